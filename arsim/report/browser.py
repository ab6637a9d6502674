"""A browser on this computer, for what only a browser does well: pages of HTML as PDF."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from arsim.domain.problem import BadInput, Problem

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = {
    "darwin": ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"],
    "win32": [r"%ProgramFiles%\Google\Chrome\Application\chrome.exe", r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
              r"%LocalAppData%\Google\Chrome\Application\chrome.exe", r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe"],
}  # fmt: skip
# No sandbox where root runs it, as in containers; the pages are our own and nothing is fetched.
FLAGS = ("--headless", "--disable-gpu", "--disable-dev-shm-usage", *(("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()))


def find() -> str | None:
    """The Chromium, Chrome or Edge of this machine, if any."""
    found = (shutil.which(name) for name in _NAMES)
    usual = (os.path.expandvars(place) for place in _PLACES.get(sys.platform, []))
    return next((path for path in found if path), None) or next((path for path in usual if Path(path).is_file()), None)


def pdf(page: Path, target: Path) -> Path:
    """Print the HTML file `page` to `target`.

    Raises
    ------
    BadInput
        There is no browser, or it failed.
    """
    program = find()
    if not program:
        raise BadInput(
            Problem(
                "A PDF needs Chromium, Chrome or Edge, and none was found.", "Open the HTML in any browser and print it.", file=str(page)
            )
        )
    with tempfile.TemporaryDirectory(prefix="arsim-print-") as profile:
        order = [program, *FLAGS, f"--user-data-dir={profile}", "--no-pdf-header-footer", "--virtual-time-budget=20000"]
        done = subprocess.run([*order, f"--print-to-pdf={target}", page.resolve().as_uri()], capture_output=True, timeout=300, check=False)
    if done.returncode or not target.exists():
        raise BadInput(Problem("The browser could not print this page.", "Open the HTML in any browser and print it.", file=str(page)))
    return target
