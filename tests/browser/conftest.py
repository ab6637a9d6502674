"""A real browser against a real workbook on this machine. `browser.driving` has the helpers."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from arsim.domain.places import place
from arsim.report import browser as browsers
from browser.driving import FLAGS, Server

_RUN = """
import sys
from pathlib import Path
from arsim.workbook import launch
language, root, folder = sys.argv[1:]
launch._folder = lambda language: Path(folder)
launch.open_lab(language, None, False, Path(root), ("--LabApp.expose_app_in_browser=True",))
"""


@contextmanager
def _serving(language, folder):
    root = folder / "notebooks"  # a copy: what a test runs and saves must not touch the committed notebooks
    own = shutil.ignore_patterns(".ipynb_checkpoints", "my_policies", "my_companies", "my_debtors", "my_league", "my_meeting")
    shutil.copytree(place("notebooks"), root, ignore=own)
    shutil.copytree(place("exercises"), folder / "exercises", ignore=own)
    said = folder / "said.txt"
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", _RUN, language, str(folder), str(folder / "settings")]
    with said.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=folder)
    try:
        yield _address(process, said, language, root)
    finally:
        _stop(process, said)


def _address(process, said, language, root, patience=90):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", said.read_text("utf-8", "replace"))
        if found:
            return Server(found[1], found[2], language, root)
        time.sleep(0.1)
    pytest.fail(f"the workbook did not start:\n{said.read_text('utf-8', 'replace')}")


def _stop(process, said):
    found = re.search(r"(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", said.read_text("utf-8", "replace"))
    try:
        if found and process.poll() is None:  # asked over HTTP it takes its kernels along, on every system
            request = urllib.request.Request(f"{found[1]}/api/shutdown", method="POST", headers={"Authorization": f"token {found[2]}"})
            with urllib.request.urlopen(request, timeout=10):
                pass
            process.wait(30)
    except (OSError, subprocess.TimeoutExpired):
        pass
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture(scope="package")
def chromium():
    """The browser for all tests of this folder; without one they are skipped, except under CI, where they fail.

    It is gone after them: its driver keeps an event loop that others would trip over.
    """
    executable = browsers.find()
    if not executable:
        reason = "needs Chromium, Chrome or Edge on this machine (Debian: apt-get install chromium fonts-noto-cjk)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """What the workbook remembers goes to a passing folder, not among the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARSIM_STATE", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="module", params=("en", "zh"))
def server(request, chromium, state, tmp_path_factory):
    """A running workbook (a `Server`), in each language in turn. It asks for the browser first, so as to start only if there is one."""
    with _serving(request.param, tmp_path_factory.mktemp(f"lab-{request.param}")) as running:
        yield running


@pytest.fixture
def page(chromium, server):
    """A fresh page; it may ask nothing of any machine but this one."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale={"en": "en-GB", "zh": "zh-CN"}[server.language])
    page, outside = context.new_page(), []
    page.set_default_timeout(60_000)
    page.on("request", lambda request: outside.append(request.url) if _is_outside(request.url) else None)
    yield page
    context.close()
    assert not outside, "asked from other machines: " + ", ".join(sorted(set(outside)))


def _is_outside(url):
    return urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1"
