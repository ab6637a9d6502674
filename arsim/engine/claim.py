"""Who compiles: one process at a time. It shows by its claim, touched every other second, that it is still alive.

A claim nobody touches any more is taken over, so a compiler that was killed (by a lack of memory, or with the program that began it)
holds nobody up for long. The system is not asked which processes live: that differs from system to system, and over a network.

Claims are numbered and the last one counts. Taking over is making the next, which of several at once only one can; a claim is never moved
or removed by anybody but its holder, so there is no moment between looking and taking in which two could succeed.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from arsim.model.store import folder

CLAIM, TRIES, LOG = "claim", "tries", "log.txt"
BEAT = 2.0  # seconds between two touches
STALE = 15.0  # seconds after which an untouched claim holds no more
START = 30.0  # further seconds that a process may take to start
MOST = 3  # tries within `PERIOD` before nobody tries of itself
PERIOD = 86_400.0  # seconds


def take(byhand: bool = False) -> str | None:
    """Claim to compile.

    Parameters
    ----------
    byhand : bool
        The user wishes it: however often it was tried before.

    Returns
    -------
    str or None
        What to show at `held`; None if somebody else is compiling, it was tried too often, or there is nowhere to write.
    """
    mine = uuid4().hex
    try:
        folder().mkdir(parents=True, exist_ok=True)
        number = _last()
        if _fresh(_claim(number)) or not byhand and tries() >= MOST:
            return None
        with open(_claim(number + 1), "x", encoding="utf-8") as file:
            file.write(mine)
        _touch(START)
        with open(folder() / TRIES, "a", encoding="utf-8") as file:
            file.write(f"{time.time():.0f}\n")
    except OSError:  # nowhere to write, or another was quicker
        return None
    return mine


def alive() -> bool:
    """Whether somebody is compiling."""
    return _fresh(_claim(_last()))


def tries() -> int:
    """How often compiling was begun of late and not finished; one going on is among them."""
    try:
        begun = (folder() / TRIES).read_text("utf-8").split()
    except OSError:
        return 0
    return sum(time.time() - float(one) < PERIOD for one in begun if one.isdigit())


def given_up() -> bool:
    """Whether it was tried so often that nobody tries again of itself."""
    return not alive() and tries() >= MOST


def log() -> Path:
    """Where a process that compiles in the background says what happens to it."""
    return folder() / LOG


@contextmanager
def held(mine: str) -> Iterator[None]:
    """Show that the claim `mine` is alive as long as this lasts, then release it."""
    done = threading.Event()

    def beat():
        while not done.wait(BEAT):
            if _holder() == mine:
                _touch()

    if _holder() == mine:
        _touch()
    heart = threading.Thread(target=beat, name="arsim-claim", daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()
        release(mine)


def release(mine: str) -> None:
    """Give the claim back, unless somebody else has taken it over."""
    if _holder() == mine:
        with suppress(OSError):
            _claim(_last()).unlink(missing_ok=True)


def forget() -> None:
    """Count the tries from nothing: one has succeeded."""
    with suppress(OSError):
        (folder() / TRIES).unlink(missing_ok=True)


def _claim(number: int) -> Path:
    return folder() / f"{CLAIM}.{number}"


def _last() -> int:
    """The number of the claim that counts; 0 if there is none."""
    return max((int(path.suffix[1:]) for path in folder().glob(f"{CLAIM}.*") if path.suffix[1:].isdecimal()), default=0)


def _fresh(path: Path) -> bool:
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return False
    return -START - STALE < age < STALE  # from further in the future only if the clock was set


def _touch(ahead: float = 0.0) -> None:
    with suppress(OSError):
        os.utime(_claim(_last()), (time.time() + ahead,) * 2)


def _holder() -> str:
    try:
        return _claim(_last()).read_text("utf-8")
    except OSError:
        return ""
