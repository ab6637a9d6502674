"""The lab's fold for the meeting in a real browser: until sure, a better policy taken, a rollout planned and read, the report opened."""

import os

import pytest
from openpyxl import load_workbook

from arsim.domain.policies import read_policy
from arsim.workbook import memory
from browser.driving import open_notebook, outputs, run_all, say_in, shot, wait_idle

STATUS, MEETING = ".arsim-status", ".arsim-meeting"
TABLE = ".arsim-table table.arsim-outcomes"
BUDGET = 400  # runs: the least that a search can do with is a little below


@pytest.fixture
def short(state):
    sides = {letter: memory.Side(base, read_policy(base)) for letter, base in (("a", "baseline"), ("b", "source_recovery_plan"))}
    assert memory.save(memory.Setting(memory.Source(), sides, days=60, replications=4), memory.home())


def _picture(page, folder, name, where):
    """For human eyes, where somebody wants to look."""
    if "ARSIM_SHOTS" not in os.environ:
        return
    page.evaluate("where => document.querySelector(where).scrollIntoView()", where)
    page.wait_for_timeout(300)
    shot(page, folder, name)


def _press(page, where, label):
    """Press once the kernel has heard what was typed."""
    wait_idle(page, calm=0.2)
    page.locator(f"{where} button:visible", has_text=label).first.click()


def _tab(page, where, label):
    page.locator(f"{where} .lm-TabBar-tab", has_text=label).first.click()


def test_everything_for_the_meeting(page, server, short, tmp_path):
    say = lambda sentence, **values: say_in(server, sentence, **values)  # noqa: E731
    open_notebook(page, server, "policy_lab")
    run_all(page)
    _done(page, say, 4)
    assert page.locator(f"{MEETING} input").count() == 0  # nothing of it is made before it is opened
    _until_sure(page, say, server, tmp_path)
    page.locator(f"{MEETING} .jupyter-widget-Collapse-header").click()
    _search(page, say, server, tmp_path)
    _rollout(page, say, server, tmp_path)
    _report(page, say, server, tmp_path)
    assert "Traceback" not in outputs(page)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def _done(page, say, count):
    page.wait_for_function("([where, text]) => document.querySelector(where)?.innerText.trim() === text",
                           arg=[STATUS, say("{asked} replications done", asked=count)])  # fmt: skip


def _until_sure(page, say, server, tmp_path):
    _tab(page, ".arsim-lab", say("Run"))
    page.locator(".arsim-how-many button", has_text=say("until sure")).click()
    goal = page.locator(".arsim-until-net-value input")  # the other two are enough here
    goal.fill("0"), goal.press("Tab")
    enough = say("{took} paired replications were enough: every interval asked for is narrow enough.", took=80)
    page.locator(".arsim-sure", has_text=enough).wait_for()
    _done(page, say, 80)
    _picture(page, tmp_path, f"meeting_sure_tab_{server.language}", ".arsim-lab")
    _picture(page, tmp_path, f"meeting_sure_{server.language}", ".arsim-headline")
    page.locator(".arsim-how-many button", has_text=say("a fixed number")).click()
    _done(page, say, 4)


def _search(page, say, server, tmp_path):
    page.locator(".arsim-takes").wait_for()
    assert page.locator(f"{MEETING} [class*=arsim-chosen-]").count() == 6  # where B differs from A
    _picture(page, tmp_path, f"meeting_search_{server.language}", MEETING)
    low, high = (page.locator(".arsim-chosen-law-days input").nth(place) for place in (0, 1))
    low.fill("90"), high.fill("30")
    budget = page.locator(f"{MEETING} input[type=number]").first
    budget.fill(str(BUDGET)), budget.press("Tab")
    _press(page, MEETING, say("Look for better policies"))
    page.locator(f"{MEETING} .arsim-problems li").wait_for()
    assert say("The lowest value is above the highest.") in page.locator(f"{MEETING} .arsim-problems").inner_text()
    _picture(page, tmp_path, f"meeting_search_wrong_{server.language}", f"{MEETING} .arsim-begin")
    low.fill("30"), high.fill("90"), high.press("Tab")
    _press(page, MEETING, say("Look for better policies"))
    page.wait_for_function("() => document.querySelector('.arsim-front')?.naturalWidth > 500")
    _picture(page, tmp_path, f"meeting_front_{server.language}", f"{MEETING} .arsim-begin")
    _picture(page, tmp_path, f"meeting_front_levers_{server.language}", ".arsim-take")
    _press(page, MEETING, say("Take as policy B"))
    changed = say("{title} (changed)", title="").strip()
    page.wait_for_function("([where, text]) => document.querySelector(where).innerText.includes(text)", arg=[TABLE, changed])
    _done(page, say, 4)


def _rollout(page, say, server, tmp_path):
    _tab(page, MEETING, say("Rollout plan"))
    _press(page, MEETING, say("Plan the rollout"))
    page.locator(".arsim-plan").wait_for()
    _picture(page, tmp_path, f"meeting_plan_{server.language}", f"{MEETING} .lm-TabBar")
    _picture(page, tmp_path, f"meeting_plan_end_{server.language}", ".arsim-plan + p")
    _press(page, MEETING, say("Write the sheet (XLSX)"))
    page.locator(".arsim-written a").first.wait_for()
    path = server.root / "my_meeting" / "rollout_plan.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[1]
    for number, row in enumerate(sheet.iter_rows(min_row=2), 1):
        row[4].value, row[5].value, row[6].value = number % 40 + 5 * (row[1].value == "A"), 1, 0
    book.save(path)
    _tab(page, MEETING, say("Results of a rollout"))
    field = page.locator(f"{MEETING} input[type=text]:visible").first
    field.fill("nowhere.xlsx"), field.press("Enter")
    _press(page, MEETING, say("Read the results"))
    page.locator(f"{MEETING} .arsim-problems li:visible", has_text="nowhere.xlsx").wait_for()
    field.fill(path.name), field.press("Enter")
    _press(page, MEETING, say("Read the results"))
    page.locator(f"{MEETING} .arsim-said-line:visible", has_text=say("main figure")[:3]).first.wait_for()
    _picture(page, tmp_path, f"meeting_reading_{server.language}", f"{MEETING} .lm-TabBar")


def _report(page, say, server, tmp_path):
    _tab(page, MEETING, say("Report"))
    _press(page, MEETING, say("Write the report"))
    link = page.locator(".arsim-written:visible a", has_text=".html")
    link.wait_for()
    _picture(page, tmp_path, f"meeting_report_{server.language}", f"{MEETING} .lm-TabBar")
    shown = page.locator(f"{TABLE} tr[data-outcome=net_value] td").nth(4).inner_text()
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert shown in opened.value.locator("body").inner_text()
    assert (server.root / "my_meeting" / "report" / f"report-{server.language}.xlsx").is_file()
