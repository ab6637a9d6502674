"""The lab in a real browser: it answers, answers again when a lever moves, and comes back after a restart."""

import pytest

from arsim.domain.policies import read_policy
from arsim.workbook import memory
from browser.driving import open_notebook, outputs, restart, run_all, say_in, shot

FIGURE, TABLE, STATUS = ".arsim-figure", ".arsim-table table.arsim-outcomes", ".arsim-status"
COLLECTORS = ".arsim-b .arsim-lever-team-collectors"
FEW = 6  # replications: enough for an interval, soon done
SHOWS = f"() => document.querySelector('{FIGURE}')?.naturalWidth > 500"  # what stands there before is a single pixel
CLOCK = f"""() => {{
    const clock = window.arsimClock = {{}}, look = () => {{
        if (document.querySelector('.arsim-lab')) clock.shown ??= performance.now();
        if (({SHOWS})()) clock.picture ??= performance.now(); else requestAnimationFrame(look);
    }};
    requestAnimationFrame(look); }}"""


@pytest.fixture
def few_replications(state):
    sides = {letter: memory.Side(base, read_policy(base)) for letter, base in (("a", "baseline"), ("b", "source_recovery_plan"))}
    assert memory.save(memory.Setting(memory.Source(), sides, replications=FEW), memory.home())


def _wait_done(page, server):
    done = say_in(server, "{asked} replications done", asked=FEW)
    page.wait_for_function("([where, text]) => document.querySelector(where)?.innerText.trim() === text", arg=[STATUS, done])


def _seen(page):
    return page.locator(FIGURE).get_attribute("src"), page.locator(TABLE).inner_text()


def _shot_from(page, top, folder, name):
    page.evaluate("where => document.querySelector(where).scrollIntoView()", top)
    page.wait_for_timeout(300)
    shot(page, folder, name)


def test_a_moved_lever_changes_picture_and_table(page, server, few_replications, tmp_path):
    open_notebook(page, server, "policy_lab")
    page.evaluate(CLOCK)
    run_all(page)
    page.wait_for_function(SHOWS)
    clock = page.evaluate("() => window.arsimClock")
    print(f"first picture {(clock['picture'] - clock['shown']) / 1000:.2f} s after the lab appeared")  # told, not tested: machines differ
    _wait_done(page, server)
    _shot_from(page, ".arsim-lab", tmp_path, f"lab_{server.language}")
    before = _seen(page)

    collectors = int(page.locator(f"{COLLECTORS} input").input_value())
    page.locator(f"{COLLECTORS} .noUi-handle").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    changed = say_in(server, "{title} (changed)", title="")
    page.wait_for_function("([where, text]) => document.querySelector(where).innerText.includes(text)", arg=[TABLE, changed])
    _wait_done(page, server)
    after = _seen(page)
    assert before[0] != after[0] and before[1] != after[1]
    _shot_from(page, ".arsim-headline", tmp_path, f"lab_moved_{server.language}")

    restart(page)
    run_all(page)
    page.wait_for_function(SHOWS)
    assert page.locator(f"{COLLECTORS} input").input_value() == str(collectors + 3)
    _wait_done(page, server)
    assert _seen(page)[1] == after[1]  # the same question, the same answer
    assert "Traceback" not in outputs(page)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def test_a_wrong_path_is_explained(page, server, few_replications, tmp_path):
    open_notebook(page, server, "policy_lab")
    run_all(page)
    page.wait_for_function(SHOWS)
    page.locator(".arsim-lab .lm-TabBar-tab", has_text=say_in(server, "Company")).click()
    page.locator(".arsim-lab .widget-toggle-button", has_text=say_in(server, "My ledger")).click()
    page.locator(".arsim-lab input[type=text]:visible").first.fill("nowhere.csv")
    page.locator(".arsim-lab input[type=text]:visible").first.press("Enter")
    page.locator(".arsim-problems li").first.wait_for()
    assert "nowhere.csv" in page.locator(".arsim-problems").first.inner_text()
    _wait_done(page, server)  # the company there was goes on
    _shot_from(page, ".arsim-lab", tmp_path, f"lab_ledger_{server.language}")


def test_a_saved_policy_tells_its_path_and_is_offered_on_the_other_side(page, server, few_replications, tmp_path):
    open_notebook(page, server, "policy_lab")
    run_all(page)
    page.wait_for_function(SHOWS)
    page.locator(".arsim-b input[type=text]:visible").first.fill("my_first")
    page.locator(".arsim-b button", has_text=say_in(server, "Save as file")).click()
    page.locator(".arsim-b .arsim-saved").first.wait_for()
    path = server.root / "my_policies" / "my_first.toml"
    assert path.is_file() and page.locator(".arsim-b .arsim-saved code").first.inner_text() == str(path)
    assert f"uv run arsim compare baseline {path}" in page.locator(".arsim-b .arsim-saved code").last.inner_text()
    _wait_done(page, server)
    _shot_from(page, ".arsim-lab", tmp_path, f"lab_saved_{server.language}")

    path.with_name("wrong.toml").write_text("[team]\ncollectors = 2000", "utf-8")
    page.locator(".arsim-b button", has_text=say_in(server, "Save as file")).click()  # the lists are brought up to date
    page.locator(".arsim-lab .lm-TabBar-tab", has_text=say_in(server, "Policy A")).click()
    choice = page.locator(".arsim-a select").first
    choice.select_option("my_first")
    page.wait_for_function("where => document.querySelector(where).innerText.includes('A · my_first')", arg=TABLE)
    choice.select_option(say_in(server, "{name} (cannot be used)", name="wrong"))
    page.locator(".arsim-a .arsim-problems li").first.wait_for()
    assert "wrong.toml" in page.locator(".arsim-a .arsim-problems").first.inner_text()
    page.wait_for_function("where => document.querySelector(where).selectedOptions[0].label === 'my_first'", arg=".arsim-a select")
    _wait_done(page, server)
    _shot_from(page, ".arsim-lab", tmp_path, f"lab_broken_{server.language}")


def test_the_table_stays_inside_a_small_screen(page, server, few_replications, tmp_path):
    page.set_viewport_size({"width": 1024, "height": 700})
    open_notebook(page, server, "policy_lab")
    run_all(page)
    page.wait_for_function(SHOWS)
    _wait_done(page, server)
    inside = f"""() => {{ const table = document.querySelector('{TABLE}'), room = table.parentElement;
        return room.scrollWidth <= room.clientWidth || getComputedStyle(room).overflowX === 'auto' }}"""
    assert page.evaluate(inside)
    _shot_from(page, ".arsim-headline", tmp_path, f"lab_small_{server.language}")


def test_no_lever_is_cut_off_on_a_small_screen(page, server, few_replications, tmp_path):
    page.set_viewport_size({"width": 1024, "height": 700})
    open_notebook(page, server, "policy_lab")
    run_all(page)
    page.wait_for_function(SHOWS)
    _wait_done(page, server)
    heads = page.locator(".arsim-b .jupyter-widget-Collapse-header")
    assert heads.count() == 16
    for number in range(heads.count()):
        if number:
            heads.nth(number).click()
        page.wait_for_timeout(150)
        # Everything visible inside the panel ends where the panel does, and no label or choice hides part of its text.
        cut = page.evaluate("""() => {
            const panel = document.querySelector('.arsim-b'), edge = panel.getBoundingClientRect().left + panel.clientWidth + 1;
            return [...panel.querySelectorAll('*')].filter(one => one.offsetParent !== null && one.getBoundingClientRect().width > 0
                && (one.getBoundingClientRect().right > edge
                    || one.matches('.arsim-caption, .arsim-asleep, button') && one.scrollWidth > one.clientWidth + 1))
                .map(one => `${one.className} ${one.innerText?.slice(0, 60)}`) }""")
        assert not cut, (number, cut)
        heads.nth(number).scroll_into_view_if_needed()
        shot(page, tmp_path, f"lab_group_{number:02}_{server.language}")
