"""Where machine code is kept between runs: a folder of the user's, of its own for every state of the rules.

numba looks only at the file of the function it keeps; a rule changed in another file would go unnoticed. Here the folder's name is a
fingerprint of all the code that is compiled, so what is out of date is never found.
"""

import hashlib
import os
import platform
import shutil
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

import arsim

KEPT = 3  # folders of earlier states
READY = "ready"


@cache
def fingerprint() -> str:
    """Of every source that may be compiled, of the compiler, and of the Python and the kind of machine it compiles for.

    The floors below `arsim.study` are taken whole; there, what is compiled stands in files of its own that read nothing of their floor,
    so that new statistics need no new machine code. Of a source also where it lies and when it was written: numba finds nothing of a
    copy, or of a file installed again.
    """
    root = Path(arsim.__file__).parent
    sources = [path for folder in ("domain", "model", "engine") for path in sorted((root / folder).rglob("*.py"))]
    sources += [path for path in sorted((root / "study").glob("*.py")) if b"model.store import" in path.read_bytes()]
    tools = version("numba"), version("llvmlite"), sys.implementation.cache_tag or "", platform.machine()
    stamps = (f"{path} {path.stat().st_mtime_ns}".encode() + path.read_bytes() for path in sources)
    text = "\n".join(tools).encode() + b"".join(stamps)
    return hashlib.sha256(text).hexdigest()[:16]


def folder() -> Path:
    """The folder in use; ``ARSIM_CACHE`` moves it."""
    return Path(os.environ.get("ARSIM_CACHE") or user_cache_path("arsim")) / "compiled" / fingerprint()


def kept() -> bool:
    """Whether machine code is there already, all of it."""
    return (folder() / READY).exists()


@cache
def keep() -> None:
    """Say that all of it is there."""
    with suppress(OSError):
        (folder() / READY).touch()


def entry(function):
    """A function that Python calls, its machine code kept where possible."""
    from numba import config, njit

    made = njit(error_model="numpy", nogil=True)(function)
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder())
    try:
        folder().mkdir(parents=True, exist_ok=True)
        made.enable_caching()
        os.utime(folder())  # in use: not to be tidied away by another state of the rules
        _tidy()
    except (OSError, RuntimeError):  # nowhere to write: it is compiled anew each time
        pass
    finally:
        config.CACHE_DIR = before
    return made


def _tidy() -> None:
    others = [path for path in folder().parent.iterdir() if path != folder()]
    for path in sorted(others, key=lambda path: path.stat().st_mtime)[: -KEPT or None]:
        shutil.rmtree(path, ignore_errors=True)
