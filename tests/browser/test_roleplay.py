"""The call room in a real browser: a call by clicking, a restart in the middle, the score and the replay at the end."""

from arsim.report import words
from arsim.workbook.roleplay import skill_telling
from arsim.workbook.roleplay.files import built_in
from arsim.workbook.roleplay.lines import played
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.skill import skills
from browser.driving import open_notebook, restart, run_all, say_in, shot, wait_idle


def _ready(page):
    page.locator(".arsim-talk .they").first.wait_for()
    _look(page)


def _look(page):
    """Bring the room on the screen: JupyterLab itself goes on scrolling for a while after a run, and hides what is far away."""
    for _ in range(40):
        page.evaluate("() => document.querySelector('.arsim-call').scrollIntoView()")
        page.wait_for_timeout(300)
        if page.locator(".arsim-call select").first.is_visible():
            return


def _say(page, server, move, tone, count):
    _look(page)
    with words.speaking(server.language):
        label = moves()[move].label.told()
    page.locator(".arsim-call button:not(.arsim-phrase)", has_text=label).first.click()
    page.locator(".arsim-phrase").nth(moves()[move].tones.index(tone)).click()
    page.locator(".arsim-talk .they").nth(count).wait_for(state="attached")


def test_a_call_is_held_taken_up_after_a_restart_and_scored(page, server, tmp_path):
    seed = {"en": 2, "zh": 3}[server.language]  # the first call was offered, and the diary is common to both
    made = played(built_in()["process_bound"], "papers", seed).made
    open_notebook(page, server, "roleplay")
    run_all(page)
    _ready(page)
    page.locator(".arsim-call button", has_text=say_in(server, "New call")).click()
    page.locator(".arsim-talk .you").first.wait_for(state="detached")
    for count, (move, tone) in enumerate(made[:4], 1):
        _say(page, server, move, tone, count)
    said = page.locator(".arsim-talk").inner_text()
    page.locator(".arsim-call button:not(.arsim-phrase)").nth(6).click()
    page.locator(".arsim-phrase").first.wait_for()
    _look(page)
    shot(page, tmp_path, f"roleplay_call_{server.language}")
    restart(page)
    run_all(page)
    _ready(page)
    assert page.locator(".arsim-talk").inner_text() == said
    for count, (move, tone) in enumerate(made[4:], 5):
        _say(page, server, move, tone, count)
    page.locator(".arsim-call summary").wait_for(state="attached")
    assert "/ 100" in page.locator(".arsim-call").inner_text()
    assert page.locator(".arsim-call button", has_text=say_in(server, "New call")).is_visible()
    page.locator(".arsim-call summary").click()
    page.evaluate("() => document.querySelector('.arsim-call h3').scrollIntoView()")
    page.wait_for_timeout(300)
    shot(page, tmp_path, f"roleplay_score_{server.language}")


def _reach(page, selector):
    """Bring what `selector` names on the screen and wait until it can be pressed."""
    for _ in range(40):
        page.evaluate(f"() => document.querySelector({selector!r})?.scrollIntoView()")
        page.wait_for_timeout(300)
        if page.locator(selector).first.is_visible():
            return


def test_two_calls_are_compared_guessed_and_revealed_and_the_guess_survives_a_restart(page, server, tmp_path):
    with words.speaking(server.language):
        good = skill_telling.better(skills()["commit"])
        title, label = skill_telling.title(good), skills()["commit"].label.told()
        parts = [words.say("Commitment"), words.say("What they thought")]
    open_notebook(page, server, "roleplay_formats")
    run_all(page)
    page.locator(".arsim-skill").first.wait_for(state="attached")
    _reach(page, ".arsim-skill select")
    page.locator(".arsim-skill select").select_option(label=label)
    wait_idle(page)  # another skill is drawn with the guess kept for it
    page.locator(".arsim-skill .widget-toggle-button", has_text=title).first.click()
    restart(page)
    run_all(page)
    _reach(page, ".arsim-skill select")
    page.locator(".arsim-skill .widget-toggle-button.mod-active", has_text=title).wait_for(
        state="attached"
    )  # the skill and the guess are kept
    page.locator(".arsim-skill button", has_text=say_in(server, "Show what each has brought")).click()
    page.locator(".arsim-skill h4").wait_for(state="attached")
    told = page.locator(".arsim-skill").inner_text()
    assert all(part in told for part in parts) and say_in(server, "You chose it.") in told
    shot(page, tmp_path, f"roleplay_skill_{server.language}")
