"""On which days a ledger can be cut in two for a backtest."""

from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.study.backtest import LEAST_AFTER, LEAST_BEFORE, MONTHS_AHEAD

_LEAST_AHEAD = np.timedelta64(35, "D")  # four whole weeks, and a month-end among them


def splits(ledger: Ledger) -> list[date]:
    """Month-ends with enough payments before them and enough invoices after them, oldest first; empty for a thin ledger.

    >>> from arsim.domain.reading import read_ledger
    >>> from arsim.study.company import demo_ledger
    >>> str(splits(read_ledger(demo_ledger()))[-1])
    '2024-10-31'
    """
    first, last = ledger.issued.min().astype("datetime64[M]"), np.datetime64(ledger.as_of)
    ends = np.arange(first + 1, last.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    paid, issued = np.sort(ledger.paid[~ledger.open]), ledger.issued
    return [
        end.item() for end in ends
        if last - end >= _LEAST_AHEAD
        and np.searchsorted(paid, end, side="right") >= LEAST_BEFORE
        and len(issued) - np.searchsorted(issued, end, side="right") >= LEAST_AFTER
    ]  # fmt: skip


def usual_split(days: list[date], last: date) -> date | None:
    """Of `days` the one that leaves the usual number of months up to the day `last`; where none leaves so many, the earliest.

    >>> ends = [date(2024, 7, 31), date(2024, 8, 31), date(2024, 9, 30)]
    >>> usual_split(ends, date(2024, 12, 31)), usual_split(ends, date(2024, 10, 31)), usual_split([], date(2024, 12, 31))
    (datetime.date(2024, 8, 31), datetime.date(2024, 7, 31), None)
    """
    ahead = [day for day in days if (last.year - day.year) * 12 + last.month - day.month >= MONTHS_AHEAD]
    return max(ahead, default=None) or min(days, default=None)
