"""Memory for the large tables of a compiled run, used again by the next."""

from sys import getrefcount
from threading import local

import numpy as np

from arsim.engine.compiled import layout
from arsim.engine.compiled.machine import LINE
from arsim.engine.journal import ROW

ALONE = 2  # references to what only a variable, and the asking itself, refer to


_spaces = local()  # of each thread, the large tables of its last run: fresh memory is dearer than the run's own writing into it


def space(name: str, length: int) -> np.ndarray:
    """A table of `length` with nothing in particular in it, in this thread's own space."""
    have = _spaces.__dict__.get(name)
    if have is None or len(have) < length or len(have) > 4 * length + 4096:
        have = _spaces.__dict__[name] = _lined_up(length, layout.TABLES[name][0])
    return have[:length]


def vacant(length: int) -> np.ndarray:
    """Room for the lines of a journal, which its users may keep: the last journal's, if nobody has it any more."""
    have = _spaces.__dict__.pop("journal", None)
    if have is None or len(have) < length or len(have) > 4 * length + 4096 or getrefcount(have) > ALONE:
        have = np.empty(length, ROW)
    _spaces.__dict__["journal"] = have
    return have[:length]


def _lined_up(length: int, kind: np.dtype) -> np.ndarray:
    """A table that begins with a line of the cache, as its records are made to fill lines."""
    raw = np.empty(length * kind.itemsize + LINE, np.uint8)
    begin = -raw.ctypes.data % LINE
    return raw[begin : begin + length * kind.itemsize].view(kind)
