"""What items ask for and no other function gives with plain arguments: a family of questions each."""

from collections.abc import Sequence
from datetime import date

from arsim.report.calc.waiting import present
from arsim.study import kpi
from arsim.study.ageing_chain import absorb


def days_delinquent(ar: float, current: float, sales: float, days: float) -> float:
    """ADD of a balance `ar` of which `current` is not yet due.

    >>> round(days_delinquent(10_000, 8_000, 30_000, 28), 2)
    1.87
    """
    return kpi.add(kpi.dso(ar, sales, days), kpi.bpdso(current, sales, days))


def dso_like_by_like(ar_with_vat: float, vat: float, sales: float, days: float) -> float:
    """DSO of a balance that contains VAT over sales that do not: the tax is taken out of the balance first.

    >>> round(dso_like_by_like(113, 0.13, 100, 30), 6)
    30.0
    """
    return kpi.dso(ar_with_vat / (1 + vat), sales, days)


def age_class(issued: str, due: str, today: str, since: str = "due") -> str:
    """The class of an open invoice at the end of a day: "not_due", or by its age in days "1-30", "31-60", "61-90", "90+".

    Parameters
    ----------
    issued, due, today : str
        Dates as 2025-03-31.
    since : {"due", "issue"}
        What the age is counted from.

    Examples
    --------
    >>> age_class("2025-03-01", "2025-04-30", "2025-04-30"), age_class("2025-03-01", "2025-04-30", "2025-04-30", "issue")
    ('not_due', '31-60')
    """
    began, last = date.fromisoformat(due if since == "due" else issued), date.fromisoformat(today)
    age = (last - began).days
    return next((name for most, name in ((0, "not_due"), (30, "1-30"), (60, "31-60"), (90, "61-90")) if age <= most), "90+")


def slipped(dso_before: float, best_before: float, dso_after: float, best_after: float) -> float:
    """By how many days ADD grew between two dates: what DSO alone does not show.

    >>> slipped(158, 59, 160, 32)
    29
    """
    return kpi.add(dso_after, best_after) - kpi.add(dso_before, best_before)


def overdue_percent(balances: Sequence[float]) -> float:
    """Overdue share in percent of a balance by age, the first age not yet due.

    >>> overdue_percent([80, 10, 5, 5])
    20.0
    """
    return 100 * kpi.ratio(sum(balances[1:]), sum(balances))


def days_to_pay(amounts: Sequence[float], days: Sequence[float]) -> float:
    """Mean days to pay, weighted by amount.

    >>> days_to_pay([100, 300], [10, 50])
    40.0
    """
    return kpi.ratio(sum(a * d for a, d in zip(amounts, days, strict=True)), sum(amounts))


def expected_bad(q: Sequence[Sequence[float]], r: Sequence[Sequence[float]], balances: Sequence[float]) -> float:
    """Of balances by age, what an absorbing chain expects to go bad (its last end).

    >>> expected_bad([[0, 0.5], [0, 0]], [[0.5, 0], [0.8, 0.2]], [1000, 500])
    200.0
    """
    return float(absorb(q, r).amounts(balances)[-1])


def sooner_or_later(offer: float, amount: float, days: float, rate: float) -> str:
    """Whether `offer` today is worth more than `amount` in `days` days at the cost of capital `rate` a year: "now" or "later".

    >>> sooner_or_later(990_000, 1_000_000, 60, 0.06), sooner_or_later(990_000, 1_000_000, 60, 0.12)
    ('later', 'now')
    """
    return "now" if offer > present(amount, days, rate) else "later"


def deductible_by_age(years: float, amount: float, revenue: float) -> str:
    """Whether an overdue receivable, booked as a loss, may be deducted for its age alone; money in CNY.

    State Taxation Administration Announcement 2011 No. 25, Articles 23 and 24: overdue by more than 3 years; or by more than 1 year and of
    at most CNY 50,000, or of at most 0.01 % of the year's revenue. Other grounds (a bankruptcy, say) are not asked here.

    Returns
    -------
    {"three_years", "small", "not_yet"}

    Examples
    --------
    >>> deductible_by_age(3.5, 400_000, 2e8), deductible_by_age(1.5, 45_000, 2e8), deductible_by_age(2, 400_000, 2e8)
    ('three_years', 'small', 'not_yet')
    """
    if years > 3:
        return "three_years"
    return "small" if years > 1 and (amount <= 50_000 or amount <= revenue / 10_000) else "not_yet"
