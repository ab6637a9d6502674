"""An exercise as a trainee meets it: wrong and named, hinted at, right, and still there after a restart; the page found from the start."""

from arsim.report import words
from arsim.workbook.course.diary import home
from arsim.workbook.exercises.drawn import draw
from arsim.workbook.exercises.trainee import DIARY, FIRST
from browser.driving import open_notebook, restart, run_all, say_in, shot, wait_idle

BOOK, NAME = "e1_reading_the_book", "dso_quarter"


def test_an_exercise_is_checked_wrong_and_right(page, server, tmp_path):
    page.set_viewport_size({"width": 1280, "height": 14_000})  # JupyterLab draws only what is in view
    (home() / f"{DIARY}.json").unlink(missing_ok=True)  # both languages remember in one place
    open_notebook(page, server, BOOK, folder="exercises")
    run_all(page)
    drawn = draw(NAME, FIRST)
    box = page.locator(f".arsim-exercise-{NAME}")

    def check(answer):
        box.locator("input[type=text]").fill(str(answer))
        box.locator("input[type=text]").blur()
        wait_idle(page)  # a press could overtake what was typed while the kernel was busy
        box.get_by_role("button", name=say_in(server, "Check"), exact=True).click()

    with words.speaking(server.language):
        mistake, solution = drawn.judge(drawn.wrong["0"]).says, drawn.judge(drawn.right).says
        hint = drawn.hint(0)
    check("")
    box.get_by_text(say_in(server, "Not attempted.")).wait_for()
    check(round(drawn.wrong["0"], 1))
    box.get_by_text(mistake).wait_for()
    box.get_by_role("button", name=say_in(server, "Hint"), exact=True).click()
    box.get_by_text(hint).wait_for()
    check(round(drawn.right, 1))
    box.get_by_text(solution).wait_for()
    shot(page, tmp_path, f"exercises_{server.language}")
    restart(page)
    run_all(page)
    box.get_by_text(say_in(server, "You have passed this one already.")).wait_for()
    assert box.locator("input[type=text]").input_value() == str(round(drawn.right, 1))
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def test_the_start_page_leads_to_the_exercises(page, server):
    open_notebook(page, server, "start_here")
    page.locator(f"a[href*='{BOOK}']").first.click()
    wanted = f"exercises/{server.language}/{BOOK}.ipynb"
    page.wait_for_function(f"() => window.jupyterapp.shell.currentWidget?.context?.path === {wanted!r}")
