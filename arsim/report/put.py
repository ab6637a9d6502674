"""A file put where it was asked for: whole or not at all, safe to open in a spreadsheet, and a plain word where that fails."""

from pathlib import Path

import pandas as pd

from arsim.domain.neutral import neutral
from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole


def put(path: Path, data: bytes) -> Path:
    """Write `data` to `path`, and say where.

    Raises
    ------
    BadInput
        It cannot be written; what was there before still is.
    """
    try:
        write_whole(path, data)
    except OSError as error:
        raise BadInput(Problem(
            "The file cannot be written ({reason}).",
            "If it is open in Excel, close it there; or make room on the disk. Then give the same command again.",
            file=str(path), values={"reason": error.strerror or str(error)})) from None  # fmt: skip
    return path


def csv(frame: pd.DataFrame) -> bytes:
    r"""`frame` as CSV, UTF-8 with byte-order mark, for Excel; text that Excel would calculate gets an apostrophe before it.

    >>> csv(pd.DataFrame({"title": ["=1+1", "Later"], "days": [-5, 2]})).decode("utf-8-sig")
    "title,days\n'=1+1,-5\nLater,2\n"
    """
    safe = frame.rename(columns=lambda name: neutral(str(name)))
    for at, kind in enumerate(safe.dtypes):
        if not pd.api.types.is_numeric_dtype(kind):
            safe.isetitem(at, [neutral(value) if isinstance(value, str) else value for value in safe.iloc[:, at]])
    return safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
