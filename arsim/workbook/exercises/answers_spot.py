"""Right figures beside worked solutions that are wrong, and what else people come to. Money in yuan, shares in percent."""

from collections.abc import Sequence
from datetime import date, timedelta

from arsim.study import kpi
from arsim.study.ageing_chain import absorb
from arsim.workbook.course.law_keys import sme_interest

MIDDLE = (15, 45, 75, 105)  # days overdue in the middle of a class, the last one as if it were as wide as the others


def _chain(classes: Sequence[dict]):
    """The chain of classes, the youngest first: what stays, what moves one class on, and the ends paid and lost."""
    q = [[0.0] * len(classes) for _ in classes]
    for at, one in enumerate(classes):
        q[at][at] = one["stays"] / 100
        if at + 1 < len(classes):
            q[at][at + 1] = one["older"] / 100
    return absorb(q, [[one["paid"] / 100, one["lost"] / 100] for one in classes])


def paid_in_the_end(classes: Sequence[dict]) -> float:
    """What is paid in the end of balances that are paid, stay, grow older or are lost, month by month.

    Parameters
    ----------
    classes : sequence of dict
        The youngest first, each with amount, and paid, stays, older, lost in percent a month.

    Examples
    --------
    Of 100, 60 are paid at once; of the 40 that grow older, three quarters sooner or later.

    >>> young = {"amount": 100, "paid": 60, "stays": 0, "older": 40, "lost": 0}
    >>> old = {"amount": 0, "paid": 30, "stays": 60, "older": 0, "lost": 10}
    >>> round(paid_in_the_end([young, old]), 6)
    90.0
    """
    return float(_chain(classes).amounts([one["amount"] for one in classes])[0])


def paid_at_first(classes: Sequence[dict], months: int = 1) -> float:
    """What is paid of them within so many months: taken for the end, a mistake found in public.

    >>> young = {"amount": 100, "paid": 60, "stays": 0, "older": 40, "lost": 0}
    >>> old = {"amount": 0, "paid": 30, "stays": 60, "older": 0, "lost": 10}
    >>> paid_at_first([young, old]), paid_at_first([young, old], 2)
    (60.0, 72.0)
    """
    left, paid = [float(one["amount"]) for one in classes], 0.0
    for _ in range(months):
        paid += sum(held * one["paid"] / 100 for held, one in zip(left, classes, strict=True))
        stay = [held * one["stays"] / 100 for held, one in zip(left, classes, strict=True)]
        moved = [0.0, *(held * one["older"] / 100 for held, one in zip(left, classes, strict=True))]
        left = [one + other for one, other in zip(stay, moved, strict=False)]
    return paid


def not_lost_at_first(classes: Sequence[dict]) -> float:
    """All that is not lost in the first month: a usual mistake.

    >>> not_lost_at_first([{"amount": 100, "lost": 10}])
    90.0
    """
    return sum(one["amount"] * (100 - one["lost"]) / 100 for one in classes)


def add_of(ar_end: float, current_end: float, credit_sales: float, days: float) -> float:
    """ADD: DSO less best possible DSO, which holds only what is not yet due.

    >>> round(add_of(10_000, 8_000, 30_000, 28), 2)
    1.87
    """
    return kpi.add(kpi.dso(ar_end, credit_sales, days), kpi.bpdso(current_end, credit_sales, days))


def add_against(ar_end: float, credit_sales: float, days: float, best: float, less: float = 0) -> float:
    """DSO less `best` − `less` days, as if that were the best possible: a mistake found in public.

    >>> add_against(100, 100, 90, best=70, less=30)
    50.0
    """
    return kpi.add(kpi.dso(ar_end, credit_sales, days), best - less)


def mean_age(not_due: float, d30: float, d60: float, d90: float, older: float) -> float:
    """Mean days overdue by the middles of the ageing classes, what is not due counting 0: taken for DSO in public.

    >>> mean_age(50, 50, 0, 0, 0)
    7.5
    """
    parts = (d30, d60, d90, older)
    return kpi.ratio(sum(part * days for part, days in zip(parts, MIDDLE, strict=True)), not_due + sum(parts))


def age_and_terms(not_due: float, d30: float, d60: float, d90: float, older: float, terms: float) -> float:
    """That mean plus the terms: a mistake built on the first.

    >>> age_and_terms(50, 50, 0, 0, 0, terms=30)
    37.5
    """
    return terms + mean_age(not_due, d30, d60, d90, older)


def dso_of_classes(
    not_due: float, d30: float, d60: float, d90: float, older: float, credit_sales: float, days: float, overdue_only: bool = False
) -> float:
    """DSO from an ageing table and the sales of the period; of what is overdue alone, a mistake.

    >>> dso_of_classes(40, 10, 0, 0, 0, 100, 90), dso_of_classes(40, 10, 0, 0, 0, 100, 90, overdue_only=True)
    (45.0, 9.0)
    """
    return kpi.dso(d30 + d60 + d90 + older + (0 if overdue_only else not_due), credit_sales, days)


def interest_after(claim: float, delivered: date, paid: date, terms: int) -> float:
    """Late interest a large buyer owes a smaller seller who agreed no rate, if payment falls due `terms` days after delivery.

    SME payment regulation 9, 17, in force 2025-06-01. Not legal advice.

    >>> interest_after(100_000, date(2025, 7, 1), date(2025, 10, 29), 90)
    1500.0
    """
    return sme_interest(claim, delivered + timedelta(terms), paid)
