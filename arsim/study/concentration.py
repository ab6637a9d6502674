"""Where a book's money lies: by customer, and by any grouping of the customers."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.study.groups import Groups
from arsim.study.kpi import ratio
from arsim.study.ledger_figures import DAY, figures, open_on


@dataclass(frozen=True)
class Part:
    """One group of the book at the end of a day. Money in fen, shares 0 to 1.

    Parameters
    ----------
    name : str
    customers, invoices : int
        With anything in the ledger; open.
    open, overdue, over_90 : int
    late : float
        Of what fell due in the year before, the share not paid on time.
    days_late : float
        Days past due of what was paid in the year before, weighted by amount; early counts as below nothing.
    disputed : float
        Share of the year's invoices that were disputed, by count; nan where the ledger does not say.
    """

    name: str
    customers: int
    invoices: int
    open: int
    overdue: int
    over_90: int
    late: float
    days_late: float
    disputed: float


def parts(ledger: Ledger, groups: Groups, day: date | None = None, days: int = 365) -> list[Part]:
    """The book at the end of `day` (the ledger's last if none is given), group by group, largest balance first; empty groups left out.

    Parameters
    ----------
    ledger : Ledger
    groups : Groups
        `Groups.group` tells for each invoice where it belongs.
    day : date, optional
    days : int
        How far back payments and disputes are looked at.
    """
    there = np.unique(groups.group).tolist()
    found = [_part(groups.names[place], ledger.picked(groups.group == place), day or ledger.as_of, days) for place in there]
    return sorted(found, key=lambda part: -part.open)


def _part(name: str, ledger: Ledger, day: date, days: int) -> Part:
    seen, last = figures(ledger, day, days), np.datetime64(day)
    lately = (ledger.issued > last - days * DAY) & (ledger.issued <= last)
    paid = (ledger.paid > last - days * DAY) & (ledger.paid <= last)
    late = (ledger.paid - ledger.due)[paid].astype(np.int64)
    return Part(
        name=name,
        customers=len(set(ledger.customer)),
        invoices=int(open_on(ledger, last).sum()),
        open=seen.end,
        overdue=seen.overdue,
        over_90=seen.over_90,
        late=seen.late,
        days_late=ratio((late * ledger.amount[paid]).sum(), ledger.amount[paid].sum()),
        disputed=ratio(ledger.disputed[lately].sum(), lately.sum()) if ledger.has_disputes else np.nan,
    )


def balances(ledger: Ledger, day: date | None = None) -> dict[str, int]:
    """Customer → open balance at the end of `day`, fen, largest first; customers who owe nothing are left out.

    Examples
    --------
    >>> due = np.array(["2025-02-10"] * 3, "datetime64[D]")
    >>> paid = np.array(["NaT", "NaT", "2025-02-20"], "datetime64[D]")
    >>> ledger = Ledger(("1", "2", "3"), ("A", "B", "B"), due - 20, due, np.array([100, 200, 400]), paid, np.zeros(3, bool))
    >>> balances(ledger, date(2025, 1, 31)), balances(ledger, date(2025, 2, 28))
    ({'B': 600, 'A': 100}, {'B': 200, 'A': 100})
    """
    last = np.datetime64(day or ledger.as_of)
    still = open_on(ledger, last)
    names, who = np.unique(np.array(ledger.customer, str)[still], return_inverse=True)
    held = np.rint(np.bincount(who, ledger.amount[still], len(names))).astype(np.int64)
    order = np.argsort(-held, kind="stable")
    return {str(names[at]): int(held[at]) for at in order}


def effective_number(amounts: list[int] | np.ndarray) -> float:
    """How many customers of equal size would be as concentrated: 1 / Σ share² (the inverse Herfindahl index).

    >>> effective_number([100, 100, 100, 100]), round(effective_number([970, 10, 10, 10]), 2)
    (4.0, 1.06)
    """
    amounts = np.asarray(amounts, float)
    return ratio(1.0, float(((amounts / amounts.sum()) ** 2).sum())) if amounts.sum() else np.nan
