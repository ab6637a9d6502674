"""Opens the workbook in JupyterLab: on this machine only, at the start page, in the user's language.

Settings live in a folder of our own, so that the user's other Jupyter neither changes this one nor is changed by it.
"""

import json
import logging
import os
import tempfile
import webbrowser
from pathlib import Path

from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.workbook.desk import lay_out

WANTED_PORT = 8888
ROOT = "ARSIM_ROOT"  # tells the kernels which folder JupyterLab shows
_LOCALE = {"en": "en", "zh": "zh_CN"}


def open_lab(language: str, port: int | None = None, browser: bool = True, root: Path | None = None, extra: tuple[str, ...] = ()) -> int:
    """Run JupyterLab until it is stopped (Ctrl-C).

    Parameters
    ----------
    language : str
        "en" or "zh": of the pages, of JupyterLab's menus, and of what the notebooks say.
    port : int, optional
        The port wanted; the next free one is taken, and said, if this is in use.
    browser : bool
        Whether to open the user's browser; the address is printed anyway.
    root : Path, optional
        Folder with ``notebooks/`` and ``exercises/``; otherwise the checkout itself, or a copy of the package's in ``arsim-workbook``.
    extra : tuple of str
        Further JupyterLab options.

    Returns
    -------
    int
        Exit code: 0 when stopped by the user.

    Raises
    ------
    BadInput
        No such port, or no start page to open.
    """
    words.use(language)
    if port is not None and not 0 < port < 65536:
        raise BadInput(Problem("There is no port {port}.", "Choose one from 1024 to 65535.", values={"port": port}))
    root = root or desk()
    page = start_page(root, language)
    os.environ.update(settings(_folder(language), language) | {ROOT: str(root)})
    print(words.say("Starting JupyterLab ..."), flush=True)
    from jupyterlab.labapp import LabApp  # slow, and it reads the settings above when imported

    server = LabApp.initialize_server(argv=[*options(root, page, port or WANTED_PORT), *extra])
    server.log.addFilter(lambda record: record.levelno < logging.CRITICAL)  # its notes on coming and going; ours are said here
    if port and server.port != port:
        print(words.say("Port {wanted} is in use; taking {port} instead.", wanted=port, port=server.port))
    address = f"http://127.0.0.1:{server.port}/lab/tree/{page}?token={server.identity_provider.token}"
    print(words.say("The workbook is open at {address}", address=address))
    print(words.say("Your work is in {folder}. Leave this window open; Ctrl-C stops.", folder=root), flush=True)
    if browser and not webbrowser.open(address):
        print(words.say("No browser could be opened: copy the address into yours."), flush=True)
    server.start()
    print(words.say("Stopped. Your saved work stays in {folder}.", folder=root))
    return 0


def desk() -> Path:
    """Where to work, a folder with notebooks and exercises: a checkout's own; from an installed package, a copy in the current folder."""
    shipped = place("notebooks").parent
    if shipped.name != "_shipped":
        return shipped
    copy = Path.cwd() / "arsim-workbook"
    for name in ("notebooks", "exercises"):
        lay_out(shipped / name, copy / name)
    return copy


def start_page(root: Path, language: str) -> str:
    """The start page's path below `root`; refused if there is none."""
    page = f"notebooks/{language}/start_here.ipynb"
    if not (root / page).is_file():
        missing = str(root / page)
        raise BadInput(Problem("There is no start page here.", "Install arsim again, or fetch the whole repository.", file=missing))
    return page


def options(root: Path, page: str, port: int) -> list[str]:
    """What JupyterLab is told. No server outside this machine is asked for news, updates or extensions."""
    administrator = hasattr(os, "geteuid") and os.geteuid() == 0  # as in containers; Jupyter refuses to start otherwise
    return [
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{page}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.open_browser=False",
        "--ServerApp.answer_yes=True",
        "--ServerApp.contents_manager_class=arsim.workbook.files.Files",
        "--Application.log_level=ERROR",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        *(["--ServerApp.allow_root=True"] if administrator else []),
    ]


def settings(folder: Path, language: str) -> dict[str, str]:
    """Write JupyterLab's and the kernels' settings below `folder`; the environment variables that make them count.

    What the user changes in JupyterLab itself (theme, font size) is kept there as well.
    """
    lab = {
        "@jupyterlab/translation-extension:plugin": {"locale": _LOCALE[language]},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    # ipykernel warns at every start that others could listen in; they would have to be on this machine already.
    kernel = "c.IPKernelApp.log_level = 40\n"
    _write(folder / "jupyter" / "labconfig" / "default_setting_overrides.json", json.dumps(lab, indent=2))
    _write(folder / "ipython" / "profile_default" / "ipython_kernel_config.py", kernel)
    return {
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
        "JUPYTER_PREFER_ENV_PATH": "1",  # this Python's kernel, not another that the user once installed
        "IPYTHONDIR": str(folder / "ipython"),
        "ARSIM_LANG": language,
    }


def _folder(language: str) -> Path:
    """Our own settings folder, one a language; a passing one where the user's cannot be written."""
    from platformdirs import user_cache_path

    folder = user_cache_path("arsim", appauthor=False) / f"lab-{language}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="arsim-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="arsim-"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
