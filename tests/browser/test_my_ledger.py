"""One's own ledger in a real browser: uploaded, a column put right, the verdict read, and on to the lab with it."""

import io

import openpyxl
import pytest

from arsim.domain.reading import read_ledger
from arsim.study.company import demo_ledger
from browser.driving import open_notebook, outputs, run_all, say_in, shot

VERDICT, REPORT = ".arsim-part-belief .arsim-verdict li", ".arsim-part-rows .arsim-report table"
STRANGE = "Wann kam das Geld"  # a header no list of synonyms knows


@pytest.fixture
def strange(tmp_path):
    """The demo company's ledger with a header of its own for the paid date, and a column of segments."""
    head, *rows = demo_ledger().read_text("utf-8-sig").splitlines()
    head = head.replace("Paid date", STRANGE) + ",Region"
    lines = [head, *(f"{row},{'North' if place % 3 else 'South'}" for place, row in enumerate(rows))]
    path = tmp_path / "receivables.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


def _shot(page, top, folder, name):
    for _ in range(2):  # what comes near the screen is laid out only then, and may push the page
        page.evaluate("where => document.querySelector(where).scrollIntoView()", top)
        page.wait_for_timeout(300)
    shot(page, folder, name)


def _upload(page, server, path):
    # Once all cells have run JupyterLab goes to the last one, and what is far from the screen then counts as hidden.
    page.evaluate("() => document.querySelector('.arsim-part-file').scrollIntoView()")
    with page.expect_file_chooser() as waiting:
        page.locator(".arsim-part-file button", has_text=say_in(server, "Choose a file")).click()
    waiting.value.set_files(path)


def _open(page, server):
    open_notebook(page, server, "my_ledger")
    run_all(page)
    page.locator(REPORT).first.wait_for()


def test_the_exercise_ledger_is_reported_tested_and_saved_as_a_workbook(page, server, tmp_path):
    _open(page, server)
    assert "188" in page.locator(REPORT).first.inner_text()
    _shot(page, ".arsim-part-file", tmp_path, f"my_ledger_file_{server.language}")
    _shot(page, ".arsim-part-rows", tmp_path, f"my_ledger_rows_{server.language}")
    page.locator(".arsim-part-rows button", has_text=say_in(server, "Report as a workbook (XLSX)")).click()
    with page.expect_download() as waiting:
        page.locator("a.arsim-download").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert book.sheetnames == [say_in(server, "Summary"), say_in(server, "Rows")]
    page.locator(VERDICT).first.wait_for()
    _shot(page, ".arsim-part-fit", tmp_path, f"my_ledger_fit_{server.language}")
    _shot(page, ".arsim-part-belief", tmp_path, f"my_ledger_belief_{server.language}")
    assert "Traceback" not in outputs(page)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def test_upload_map_verdict_lab(page, server, strange, tmp_path):
    _open(page, server)
    page.locator(".arsim-part-file .widget-toggle-button", has_text=say_in(server, "My file")).click()
    _upload(page, server, strange)
    page.locator(".arsim-part-file .arsim-problems li", has_text=say_in(server, "Choose it from the lists above.")).wait_for()
    _shot(page, ".arsim-part-file", tmp_path, f"my_ledger_unread_{server.language}")

    page.locator(".arsim-column-paid select").select_option(STRANGE)
    page.locator(REPORT).first.wait_for()
    assert f"{len(read_ledger(demo_ledger())):,}" in page.locator(REPORT).first.inner_text()
    page.locator(VERDICT).first.wait_for()
    assert page.locator(VERDICT).count() == 4
    assert "North" in page.locator(".arsim-part-fit").inner_text()  # the segments were found by themselves
    _shot(page, ".arsim-part-fit", tmp_path, f"my_ledger_own_fit_{server.language}")
    _shot(page, ".arsim-part-belief", tmp_path, f"my_ledger_own_verdict_{server.language}")

    page.locator("button", has_text=say_in(server, "Save it and choose it in the lab")).click()
    page.locator(".arsim-kept p").first.wait_for()
    saved = server.root / "my_companies" / "receivables.json"
    assert saved.is_file() and str(saved) in page.locator(".arsim-kept").inner_text()
    _shot(page, ".arsim-kept", tmp_path, f"my_ledger_kept_{server.language}")
    page.locator(".arsim-keep-link a[href]").last.click()
    on = "() => window.jupyterapp.shell.currentWidget?.context?.path.endsWith('policy_lab.ipynb')"
    page.wait_for_function(on)
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.isReady")
    run_all(page)
    page.wait_for_function("() => document.querySelector('.arsim-headline')?.innerText.includes('receivables.csv')")
    _shot(page, ".arsim-lab", tmp_path, f"my_ledger_lab_{server.language}")
    saved.unlink()
    assert "Traceback" not in outputs(page)


def test_a_wrong_file_is_explained_and_nothing_is_left_of_the_one_before(page, server, tmp_path):
    _open(page, server)
    wrong = tmp_path / "picture.csv"
    wrong.write_bytes(b"PK\x03\x04 not a table")
    page.locator(".arsim-part-file .widget-toggle-button", has_text=say_in(server, "My file")).click()
    _upload(page, server, wrong)
    page.wait_for_function("() => document.querySelector('.arsim-part-file .arsim-problems')?.innerText.includes('picture.csv')")
    assert say_in(server, "Rename it to end in .xlsx, or save it as CSV.") in page.locator(".arsim-part-file .arsim-problems").inner_text()
    assert page.locator(f"{REPORT}:visible").count() == 0 and page.locator(f"{VERDICT}:visible").count() == 0
    _shot(page, ".arsim-part-file", tmp_path, f"my_ledger_wrong_{server.language}")
