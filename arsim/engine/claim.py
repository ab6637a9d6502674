"""Who compiles: one process at a time. It shows by its claim, touched every other second, that it is still alive.

A claim nobody touches any more is taken over, so a compiler that was killed (by a lack of memory, or with the program that began it)
holds nobody up for long. The system is not asked which processes live: that differs from system to system, and over a network.
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
        if alive() or not byhand and tries() >= MOST or not _cleared():
            return None
        with open(folder() / CLAIM, "x", encoding="utf-8") as file:
            file.write(mine)
        _touch(START)
        with open(folder() / TRIES, "a", encoding="utf-8") as file:
            file.write(f"{time.time():.0f}\n")
    except OSError:  # nowhere to write, or another was quicker
        return None
    return mine


def alive() -> bool:
    """Whether somebody is compiling."""
    return _fresh(folder() / CLAIM)


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
            (folder() / CLAIM).unlink(missing_ok=True)


def forget() -> None:
    """Count the tries from nothing: one has succeeded."""
    with suppress(OSError):
        (folder() / TRIES).unlink(missing_ok=True)


def _fresh(path: Path) -> bool:
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return False
    return -START - STALE < age < STALE  # from further in the future only if the clock was set


def _touch(ahead: float = 0.0) -> None:
    with suppress(OSError):
        os.utime(folder() / CLAIM, (time.time() + ahead,) * 2)


def _holder() -> str:
    try:
        return (folder() / CLAIM).read_text("utf-8")
    except OSError:
        return ""


def _cleared() -> bool:
    """Put a claim aside that nobody touches any more; False if it turns out to be a new one, of somebody who was quicker."""
    claim, aside = folder() / CLAIM, folder() / f"{CLAIM}.{uuid4().hex}"
    try:
        claim.rename(aside)
    except FileNotFoundError:
        return True
    if fresh := _fresh(aside):
        aside.replace(claim)
    else:
        aside.unlink()
    return not fresh
