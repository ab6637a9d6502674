"""The start page opens, in the user's language, with JupyterLab's own menus in it too."""

from browser.driving import open_notebook, outputs, run_all, shot

MENU = {"en": "File", "zh": "文件"}


def _title(server):
    import nbformat

    cells = nbformat.read(server.root / server.language / "start_here.ipynb", 4).cells
    heading = next(line for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines() if line.startswith("# "))
    return heading.removeprefix("# ").strip()


def test_the_start_page_opens(page, server, tmp_path):
    open_notebook(page, server, "start_here")
    title = _title(server)
    heading = page.locator(".jp-RenderedMarkdown h1", has_text=title).first
    heading.wait_for()
    shot(page, tmp_path, f"start_{server.language}")
    assert MENU[server.language] in page.locator("#jp-MainMenu").inner_text()
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0  # nobody is greeted by news or a question


def test_looking_changes_nothing(page, server):
    path = server.root / server.language / "start_here.ipynb"
    before = path.read_bytes()
    open_notebook(page, server, "start_here")
    page.wait_for_timeout(1000)
    assert not page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty")  # no mark on its tab
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.context.model.dirty = true }")
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_timeout(1000)
    assert path.read_bytes() == before


def test_the_start_page_runs(page, server, tmp_path):
    open_notebook(page, server, "start_here")
    run_all(page)
    shot(page, tmp_path, f"start_ran_{server.language}")
    assert "Traceback" not in outputs(page)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def test_the_kernel_knows_the_language(page, server):
    open_notebook(page, server, "start_here")
    asked = """async () => {
        const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
        const future = kernel.requestExecute({code: "from arsim.report import words; print(words.language())"});
        let said = ""; future.onIOPub = message => { said += message.content.text ?? ""; };
        await future.done; return said }"""
    assert page.evaluate(asked).strip() == server.language


def test_answers_wait_folded_until_they_are_run(page, server):
    open_notebook(page, server, "start_here")
    shown = page.locator(".jp-OutputArea-output:visible")
    assert not any("DSO" in text for text in shown.all_inner_texts())
    run_all(page)
    page.evaluate("() => document.querySelector('.jp-CodeCell:has(.cm-content) .jp-OutputArea')?.scrollIntoView()")
    assert any("DSO" in text for text in shown.all_inner_texts())
