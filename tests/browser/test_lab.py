"""The lab in a real browser: it answers, goes on answering when a lever moves, and comes back after a restart."""

import json
import time

import pytest
from driving import open_notebook, outputs, restart, run_all, shot, wait_idle

FIGURE, TABLE, STATUS = ".arsim-figure", ".arsim-table table.arsim-outcomes", ".arsim-status"
HANDLE = ".arsim-lever-team-collectors .noUi-handle"
WORDS = {
    "en": {"status": "40 replications done", "row": "Collection cost", "changed": "(changed)", "rest": "If no contact and no hold moved anybody, B's"},
    "zh": {"status": "40 次重复已完成", "row": "催收费用", "changed": "（已改动）", "rest": "如果催款和停止供货对谁都不起作用，B"},
}


@pytest.fixture(scope="module", autouse=True)
def own_memory(tmp_path_factory):
    """What the lab remembers goes to a passing folder, not to the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARSIM_STATE", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(autouse=True)
def forgotten(own_memory):
    import os
    from pathlib import Path

    (Path(os.environ["ARSIM_STATE"]) / "lab.json").unlink(missing_ok=True)


def _first_picture(page):
    """Wait for it; the number of pixels tells it from the empty placeholder."""
    page.wait_for_function(f"() => document.querySelector('{FIGURE}')?.naturalWidth > 500")
    page.locator(TABLE).wait_for()


def _until_changed(page, old_source, old_table):
    page.wait_for_function(
        f"""([source, table]) => document.querySelector('{FIGURE}').src !== source
            && document.querySelector('{TABLE}').outerHTML !== table""",
        arg=[old_source, old_table],
    )


def _seen(page):
    return page.locator(FIGURE).get_attribute("src"), page.locator(TABLE).evaluate("table => table.outerHTML")


def _run_to_first_picture(page):
    """Seconds from running the lab's own cell to its first picture; what stands above it has run before."""
    began = time.perf_counter()
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
    _first_picture(page)
    return time.perf_counter() - began
