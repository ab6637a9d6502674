"""A trainee's page as they meet it: what was done on another page, where to go on, and a summary that shows itself before it is written."""

from arsim.report import words
from arsim.workbook.course.diary import home
from arsim.workbook.exercises.exercise import Exercise
from arsim.workbook.progress import means, summary
from arsim.workbook.progress.diaries import read_diaries
from arsim.workbook.progress.own import progress
from browser.driving import open_notebook, outputs, run_all, say_in, shot


def test_progress_is_seen_and_summed_up(page, server, tmp_path):
    for path in home().glob("*.json"):
        path.unlink()  # both languages remember in one place
    Exercise("dso_quarter", 1).attempt(-1e9)
    page.set_viewport_size({"width": 1280, "height": 2600})
    open_notebook(page, server, "my_progress")
    run_all(page)
    with words.speaking(server.language):
        title = means.task("dso_quarter").title.told()
    assert say_in(server, "Exercise: {title}", title=title) in outputs(page)
    box = page.locator(".arsim-summary")
    box.locator("input[type=number]").fill("7")
    box.locator("input[type=number]").press("Tab")
    shown = box.locator("pre")
    shown.wait_for()
    folder = tmp_path / "hand_in"
    box.locator("input[type=text]").fill(str(folder))
    box.locator("input[type=text]").press("Tab")
    box.get_by_role("button", name=say_in(server, "Write my summary for the instructor")).click()
    box.get_by_text(str(folder)).last.wait_for()
    path = folder / "progress_007.json"
    page.wait_for_function("() => document.querySelector('.arsim-summary').innerText.includes('progress_007.json')")
    assert summary.read(path).exercises == progress(read_diaries()).exercises and shown.inner_text() == path.read_text("utf-8")
    shot(page, tmp_path, f"progress_{server.language}")
    page.locator(f"a[href*='{means.pages()['dso_quarter']}']").first.click()
    wanted = f"exercises/{server.language}/{means.pages()['dso_quarter']}.ipynb"
    page.wait_for_function(f"() => window.jupyterapp.shell.currentWidget?.context?.path === {wanted!r}")
