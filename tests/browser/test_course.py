"""Lessons as a trainee meets them: they run, nothing overflows, what is typed outlives a restart, the instructor's notes are folded."""

import pytest

from browser.driving import open_notebook, restart, run_all, say_in

LESSONS = ("d1_2_read_the_book", "d2_1_ladder_and_worklist", "d3_1_law_and_evidence")
WIDE = """() => [...document.querySelectorAll('.jp-Notebook .jp-Cell-outputArea, .jp-Notebook .jp-MarkdownOutput')]
    .filter(area => area.scrollWidth > area.clientWidth + 2).map(area => area.innerText.slice(0, 80))"""


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_and_fits(page, server, name):
    page.set_viewport_size({"width": 1280, "height": 14_000})  # JupyterLab draws only what is in view
    open_notebook(page, server, name)
    run_all(page)
    assert page.locator(".jp-Notebook details").count() > 0
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.evaluate(WIDE) == []
    assert page.locator(".jp-Notebook details[open]").count() == 0


def test_a_prediction_outlives_the_kernel_and_an_answer_is_marked(page, server):
    open_notebook(page, server, LESSONS[0])
    run_all(page)
    first = page.locator(".arsim-ask input[type=text]").first
    first.fill("37.5")
    first.press("Tab")
    page.get_by_text(say_in(server, "Kept. You can still change it.")).first.wait_for()
    restart(page)
    run_all(page)
    assert page.locator(".arsim-ask input[type=text]").first.input_value() == "37.5"
    item = page.locator(".arsim-ask", has=page.get_by_role("button", name=say_in(server, "Check"), exact=True)).first
    item.get_by_role("button").click()
    page.get_by_text(say_in(server, "Not attempted yet. Answer first; a wrong answer teaches more than none.")).first.wait_for()
