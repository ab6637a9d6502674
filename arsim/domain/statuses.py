"""What a column of statuses says against the paid dates: nothing is decided by it, but a contradiction is told."""

import tomllib
from functools import cache

import numpy as np

from arsim.domain.headers import bare
from arsim.domain.places import place
from arsim.domain.problem import Problem
from arsim.domain.sheet import Sheet


@cache
def _known() -> dict[str, str]:
    told = tomllib.loads((place("data") / "statuses.toml").read_text("utf-8-sig"))
    return {bare(word): state for state, words in told.items() for word in words}


def doubt_statuses(sheet: Sheet, paid: np.ndarray) -> None:
    """Note the loaded invoices whose status says otherwise than `paid`, datetime64[D] of shape (n,)."""
    if not sheet.has("status"):
        return
    codes, cells = sheet.coded("status")
    says = np.array([_known().get(bare(str(cell)), "") for cell in cells], dtype=object)[codes]
    for position in np.flatnonzero(sheet.live & (says == "open") & ~np.isnat(paid)).tolist():
        sheet.note(Problem("The status says open, yet there is a paid date; the date was taken."), position, "status")
    for position in np.flatnonzero(sheet.live & (says == "paid") & np.isnat(paid)).tolist():
        sheet.note(Problem("The status says paid, yet the invoice is open by its dates and balance; it was loaded as open."), position,
                   "status")  # fmt: skip
