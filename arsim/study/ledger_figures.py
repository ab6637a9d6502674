"""The usual figures of a ledger at the end of a day: balance, overdue, DSO and its kin.

Overdue at the end of day d is what is open then and was due before d. All figures rest on what the file holds: where old paid invoices
were left out of it, early days look better or worse than they were (`arsim.study.traits.complete_from` says from when it is complete).
"""

from dataclasses import dataclass
from datetime import date
from math import nan

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.study import kpi
from arsim.study.book import EDGES

DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Figures:
    """A ledger's figures over `days` days up to the end of `day`. Money in fen, shares 0 to 1, the rest days or (CEI) percent.

    Parameters
    ----------
    begin, sales, end, current, over_90 : int
        Open before the period, invoiced in it, open at its end; of that not yet due, and more than 90 days past due.
    dso, countback, bpdso, add, cei : float
        As in `arsim.study.kpi`; CEI with all sales of the period.
    cei_month : float
        CEI with the sales of a mean month (30 days) in place of all sales: the other convention.
    days_to_pay : float
        Of what was paid in the period, from issue to payment, weighted by amount; nan where nothing was.
    late : float
        Of what fell due in the period before its last day, the share not paid by its due date.
    recovered : float
        Of what was overdue before the period, the share paid in it.
    """

    day: date
    days: int
    begin: int
    sales: int
    end: int
    current: int
    over_90: int
    dso: float
    countback: float
    bpdso: float
    add: float
    cei: float
    cei_month: float
    days_to_pay: float
    late: float
    recovered: float

    @property
    def overdue(self) -> int:
        """Open and past due, fen."""
        return self.end - self.current

    @property
    def overdue_share(self) -> float:
        """Of the open balance."""
        return kpi.ratio(self.overdue, self.end)


def figures(ledger: Ledger, day: date | None = None, days: int = 90) -> Figures:
    """The figures of `ledger` over the `days` days up to the end of `day` (its last day if none is given).

    Parameters
    ----------
    ledger : Ledger
    day : date, optional
    days : int, default 90
        A month for CEI is 30 of them.

    Returns
    -------
    Figures

    Examples
    --------
    Two invoices of 300 and 100 yuan, the first paid ten days late, the second 31 days past due on the last day:

    >>> due = np.array(["2025-01-10", "2025-01-10"], "datetime64[D]")
    >>> paid = np.array(["2025-01-20", "NaT"], "datetime64[D]")
    >>> ledger = Ledger(("1", "2"), ("A", "B"), due - 9, due, np.array([30000, 10000]), paid, np.zeros(2, bool),
    ...                 known_until=date(2025, 2, 10))
    >>> found = figures(ledger, days=41)
    >>> found.end, found.overdue_share, found.dso, found.cei, found.late, found.days_to_pay
    (10000, 1.0, 10.25, 75.0, 1.0, 19.0)
    """
    last = np.datetime64(day or ledger.as_of)
    first = last - days * DAY
    sold = (ledger.issued > first) & (ledger.issued <= last)
    begin, end = open_on(ledger, first), open_on(ledger, last)
    current = end & (ledger.due >= last)
    paid = (ledger.paid > first) & (ledger.paid <= last)
    fell = (ledger.due >= first) & (ledger.due < last) & (ledger.issued <= last)
    late = fell & (ledger.open | (ledger.paid > ledger.due))
    was = begin & (ledger.due < first)
    money = lambda which: int(ledger.amount[which].sum())  # noqa: E731
    sales, left, fresh = money(sold), money(end), money(current)
    dso, best = kpi.dso(left, sales, days), kpi.bpdso(fresh, sales, days)
    waited = (ledger.paid - ledger.issued)[paid].astype(np.int64)
    return Figures(
        day=last.item(), days=days, begin=money(begin), sales=sales, end=left, current=fresh,
        over_90=money(end & (last - ledger.due > EDGES[-1] * DAY)),
        dso=dso, countback=kpi.countback(left, *_months(ledger, last)), bpdso=best, add=kpi.add(dso, best),
        cei=kpi.cei(money(begin), sales, left, fresh), cei_month=kpi.cei(money(begin), sales * 30 / days, left, fresh),
        days_to_pay=float(np.average(waited, weights=ledger.amount[paid])) if paid.any() else nan,
        late=kpi.ratio(money(late), money(fell)), recovered=kpi.ratio(money(was & paid), money(was)),
    )  # fmt: skip


def open_on(ledger: Ledger, last: np.datetime64) -> np.ndarray:
    """Which invoices were issued and not yet paid at the end of a day; bool, shape (n,)."""
    return (ledger.issued <= last) & (ledger.open | (ledger.paid > last))


def _months(ledger: Ledger, last: np.datetime64) -> tuple[list[int], list[int]]:
    """Sales and days of the calendar months back from a day, the newest (as far as it has gone) first."""
    sales, lengths = [], []
    until, earliest = last + DAY, ledger.issued.min() if len(ledger) else last + DAY
    while until > earliest:
        start = (until - DAY).astype("datetime64[M]").astype("datetime64[D]")
        sales.append(int(ledger.amount[(ledger.issued >= start) & (ledger.issued < until)].sum()))
        lengths.append(int((until - start).astype(int)))
        until = start
    return sales, lengths
