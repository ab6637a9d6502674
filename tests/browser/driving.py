"""Driving JupyterLab from a test: by its own commands, so that the language of its menus does not matter."""

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from arsim.report import words

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

_PANEL = "const panel = window.jupyterapp?.shell.currentWidget;"


@dataclass(frozen=True)
class Server:
    """A running workbook: `url` has no trailing slash, `root` is a passing copy of the notebooks."""

    url: str
    token: str
    language: str
    root: Path


def say_in(server: Server, sentence: str, **values) -> str:
    """The sentence as the server's language has it."""
    with words.speaking(server.language):
        return words.say(sentence, **values)


def open_notebook(page, server: Server, name: str, timeout: float = 90, folder: str = "notebooks") -> None:
    """Open the notebook `name` (no ending) of the server's language in `folder` and wait until its kernel can be used."""
    path = f"{folder}/{server.language}/{name}.ipynb"
    page.goto(f"{server.url}/lab/tree/{path}?token={server.token}&reset")
    ready = f"() => {{ {_PANEL} return panel?.context?.path === {path!r} && panel.context.isReady && panel.sessionContext.isReady }}"
    page.wait_for_function(ready, timeout=timeout * 1000)
    wait_idle(page, timeout)


def run_all(page, timeout: float = 120) -> None:
    """Run all cells and wait until they have run."""
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
    page.wait_for_timeout(200)
    wait_idle(page, timeout)


def wait_idle(page, timeout: float = 120, calm: float = 0.5) -> None:
    """Wait until no cell is running or queued and the kernel has been idle for `calm` seconds."""
    idle = f"""() => {{ {_PANEL}
        const running = panel.content.widgets.some(cell => cell.model.executionState === 'running');
        return !running && panel.sessionContext.session?.kernel?.status === 'idle' }}"""
    deadline, since = time.monotonic() + timeout, None
    while since is None or time.monotonic() - since < calm:
        assert time.monotonic() < deadline, f"still busy after {timeout} s"
        since = (since or time.monotonic()) if page.evaluate(idle) else None
        page.wait_for_timeout(100)


def restart(page, timeout: float = 60) -> None:
    """Restart the kernel, without the question, once it has heard what was clicked before."""
    wait_idle(page, timeout)
    page.evaluate(f"() => {{ {_PANEL} return panel.sessionContext.session.kernel.restart() }}")
    wait_idle(page, timeout)


def outputs(page) -> str:
    """What the notebook's cells show now, as text."""
    return "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())


def shot(page, folder: Path, name: str) -> Path:
    """Save a picture of the page as `name`.png, in ``ARSIM_SHOTS`` if that is set, else in `folder`."""
    place = Path(os.environ.get("ARSIM_SHOTS") or folder)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{re.sub(r'[^0-9A-Za-z_-]', '_', name)}.png"
    page.screenshot(path=path)
    return path
