"""The league in a real browser: two months played, the kernel restarted in the middle, played on; nothing is lost."""

from arsim.report import words
from arsim.workbook.league.files import game
from browser.driving import open_notebook, restart, run_all, say_in, shot, wait_idle


def _look(page, what=".arsim-league"):
    """Bring the room on the screen: JupyterLab itself goes on scrolling for a while after a run, and hides what is far away."""
    for _ in range(40):
        page.evaluate(f"() => document.querySelector('{what}')?.scrollIntoView()")
        page.wait_for_timeout(300)
        if page.locator(what).first.is_visible():
            return


def _press(page, server, sentence):
    """Press it once the kernel has heard what was typed or chosen before, and wait until it has answered."""
    wait_idle(page)
    page.locator(".arsim-league button", has_text=say_in(server, sentence)).first.click()
    wait_idle(page)


def _month(page, server, number):
    title = say_in(server, "month {month} of {months}", month=number, months=game("twelve_months").months)
    page.locator(".arsim-league h3", has_text=title).wait_for(state="attached")


def _end_month(page, server, number):
    _press(page, server, "End the month")
    _press(page, server, "Yes, end it")
    _month(page, server, number + 1)


def test_two_months_a_restart_and_on(page, server, tmp_path):
    team = f"team_{server.language}"  # what is kept is common to both languages
    open_notebook(page, server, "league")
    run_all(page)
    page.locator(".arsim-league").wait_for(state="attached")
    _look(page)
    if page.locator(".arsim-league button", has_text=say_in(server, "Another team or game")).first.is_visible():
        _press(page, server, "Another team or game")
    page.locator(".arsim-league input[type=text]").first.fill(team)
    page.locator(".arsim-league input[type=text]").first.blur()
    _press(page, server, "Begin, or go on")
    _month(page, server, 1)
    page.locator(".arsim-lever-law-days select").select_option(label="90")
    _end_month(page, server, 1)
    _end_month(page, server, 2)
    page.locator(".arsim-lever-dispute-desk .widget-readout").fill("1")
    page.locator(".arsim-lever-dispute-desk .widget-readout").press("Enter")
    page.wait_for_timeout(500)
    figures = page.locator(".arsim-league table").first.inner_text()
    _look(page)
    shot(page, tmp_path, f"league_month_{server.language}")
    _look(page, ".arsim-lever-dunning-0-days")
    shot(page, tmp_path, f"league_levers_{server.language}")
    restart(page)
    run_all(page)
    _month(page, server, 3)
    _look(page)
    assert page.locator(".arsim-league table").first.inner_text() == figures
    assert page.locator(".arsim-lever-law-days select").evaluate("one => one.selectedOptions[0].label") == "90"
    assert page.locator(".arsim-lever-dispute-desk .widget-readout").inner_text() == "1"
    _end_month(page, server, 3)  # and on: the fourth month brings a call of the team's own
    call = page.locator(".arsim-league .arsim-call")
    call.wait_for(state="attached")
    with words.speaking(server.language):
        _look(page, ".arsim-league .arsim-call")
    shot(page, tmp_path, f"league_call_{server.language}")
    assert team in page.locator(".arsim-league h3").first.inner_text()
