"""The watch-list: customers whose ledger, by plain rules, asks for somebody to look at them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.study.kpi import ratio
from arsim.study.ledger_figures import DAY, figures, open_on

REASONS = ("old", "mostly_late", "slower", "disputed")


@dataclass(frozen=True)
class Rules:
    """From where on a customer is watched.

    Parameters
    ----------
    old_days : int
        Anything open for longer past due than this ("old").
    late_share : float
        More than this share of the open balance overdue ("mostly_late").
    slower_days : float
        Payments of the last `recent` days came so many days later, against their due dates, than those before ("slower"); only with
        `least` payments on each side.
    disputed : float
        More than this share of the year's invoices disputed ("disputed"), with `least` invoices.
    smallest : int
        Fen; customers who owe less are left out.
    """

    old_days: int = 90
    late_share: float = 0.5
    slower_days: float = 10.0
    disputed: float = 0.15
    recent: int = 90
    least: int = 5
    smallest: int = 10_000_00


@dataclass(frozen=True)
class Watched:
    """One customer on the list.

    Parameters
    ----------
    customer : str
    open, overdue, old : int
        Fen; `old` is more than `Rules.old_days` past due.
    oldest : int
        Days past due of the oldest open invoice.
    slower : float
        By how many days the latest payments came later than those before; nan where there are too few.
    disputed : float
        Share of the year's invoices; nan where there are too few.
    reasons : tuple of str
        Some of `REASONS`.
    """

    customer: str
    open: int
    overdue: int
    old: int
    oldest: int
    slower: float
    disputed: float
    reasons: tuple[str, ...]


def watch_list(ledger: Ledger, day: date | None = None, rules: Rules = Rules()) -> list[Watched]:
    """Customers who meet at least one rule at the end of `day`: those with more reasons first, then by what is overdue.

    Parameters
    ----------
    ledger : Ledger
    day : date, optional
        The ledger's last if none is given.
    rules : Rules

    Returns
    -------
    list of Watched
    """
    last = day or ledger.as_of
    names, who = np.unique(np.array(ledger.customer, str), return_inverse=True)
    order = np.argsort(who, kind="stable")
    found = []
    for name, places in zip(names.tolist(), np.split(order, np.cumsum(np.bincount(who))[:-1]), strict=True):
        keep = np.zeros(len(ledger), bool)
        keep[places] = True
        one = _judged(name, ledger.picked(keep), last, rules)
        if one.reasons and one.open >= rules.smallest:
            found.append(one)
    return sorted(found, key=lambda one: (-len(one.reasons), -one.overdue))


def _judged(name: str, ledger: Ledger, day: date, rules: Rules) -> Watched:
    last, seen = np.datetime64(day), figures(ledger, day)
    still = open_on(ledger, last)
    late, held = (last - ledger.due)[still].astype(np.int64), ledger.amount[still]
    slower, disputed = _slower(ledger, last, rules), np.nan
    lately = (ledger.issued > last - 365 * DAY) & (ledger.issued <= last)
    if ledger.has_disputes and lately.sum() >= rules.least:
        disputed = float(ledger.disputed[lately].mean())
    old = int(held[late > rules.old_days].sum())
    met = (old > 0, ratio(seen.overdue, seen.end) > rules.late_share, slower >= rules.slower_days, disputed > rules.disputed)
    reasons = tuple(reason for reason, holds in zip(REASONS, met, strict=True) if holds)
    return Watched(name, seen.end, seen.overdue, old, max(0, int(late.max(initial=0))), slower, disputed, reasons)


def _slower(ledger: Ledger, last: np.datetime64, rules: Rules) -> float:
    """By how many days the latest payments came later than those before; nan where there are too few."""
    paid = ledger.paid <= last
    recent = paid & (ledger.paid > last - rules.recent * DAY)
    before = paid & ~recent
    if min(recent.sum(), before.sum()) < rules.least:
        return np.nan
    late = (ledger.paid - ledger.due).astype(np.int64)
    return float(late[recent].mean() - late[before].mean())
