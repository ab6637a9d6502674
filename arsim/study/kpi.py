"""The textbook formulas, one number in, one number out. `arsim.study.outcome` applies them to a journal.

Money may be in any one unit (the model uses fen). Where a formula divides by nothing the answer is nan: unknown, not zero.
"""

from collections.abc import Sequence
from math import nan


def ratio(part: float, whole: float) -> float:
    """`part` / `whole`; nan if there is no whole.

    >>> ratio(15, 100), ratio(1, 0)
    (0.15, nan)
    """
    return float(part / whole) if whole else nan


def dso(ar_end: float, credit_sales: float, days: float) -> float:
    """Days sales outstanding, balance method: AR at the end / credit sales of the period × days of the period.

    It moves with the volume of sales even when nobody pays sooner or later; `countback` does not.

    Parameters
    ----------
    ar_end, credit_sales : float
        Open balance at the end, sales on credit of the period (one currency).
    days : float
        Length of the period.

    Returns
    -------
    float
        Days.

    Examples
    --------
    50,000 open, 100,000 sold in 30 days: half of the month's sales is still out.

    >>> dso(50_000, 100_000, 30)
    15.0
    """
    return ratio(ar_end * days, credit_sales)


def bpdso(current_end: float, credit_sales: float, days: float) -> float:
    """Best possible DSO: the DSO left if nothing were overdue, from the balance not yet due.

    Parameters
    ----------
    current_end : float
        Open balance not yet due at the end.
    credit_sales, days : float
        As in `dso`.

    Returns
    -------
    float
        Days.

    Examples
    --------
    8,000 not yet due, 30,000 sold in 28 days: 8/30 × 28.

    >>> round(bpdso(8_000, 30_000, 28), 2)
    7.47
    """
    return dso(current_end, credit_sales, days)


def add(dso: float, bpdso: float) -> float:
    """Average days delinquent: DSO - BPDSO, the days of sales tied up in overdue invoices.

    Parameters
    ----------
    dso, bpdso : float
        Days.

    Returns
    -------
    float
        Days.

    Examples
    --------
    >>> add(15.0, 12.0)
    3.0
    """
    return dso - bpdso


def countback(ar_end: float, sales_by_period: Sequence[float], days_by_period: Sequence[float]) -> float:
    """DSO by countback (exhaustion): peel whole periods of sales off the balance, newest first, counting their days.

    The period that no longer fits counts in proportion. What is left when the periods are used up counts at their mean daily
    sales, so the answer goes on rising with the balance.

    Parameters
    ----------
    ar_end : float
        Open balance at the end.
    sales_by_period, days_by_period : sequence of float
        Credit sales and length in days of each period, the newest first.

    Returns
    -------
    float
        Days; nan without any sales.

    Examples
    --------
    250 open; the last three months sold 100, 120 and 80. The first two come off whole (60 days), the last 30 are 3/8 of a month:

    >>> countback(250, [100, 120, 80], [30, 30, 30])
    71.25
    """
    left, counted, sold = float(ar_end), 0.0, float(sum(sales_by_period))
    if sold == 0:
        return nan
    for sales, days in zip(sales_by_period, days_by_period, strict=True):
        if left <= sales:
            return counted + (ratio(left, sales) * days if left else 0.0)
        left, counted = left - sales, counted + days
    return counted + left * counted / sold


def cei(ar_begin: float, credit_sales: float, ar_end: float, current_end: float) -> float:
    """Collection effectiveness index: what was collected of what could have been, in percent.

    ``(AR_begin + S - AR_end) / (AR_begin + S - AR_end not yet due) × 100``. Convention: S is *all* credit sales of the period. The
    one-month variant (S = sales / number of months) gives a much lower figure for the same books: compare like with like. Prepaid
    sales are no receivable and stay out; a write-off counts as cleared, so read CEI beside the bad-debt rate.

    Parameters
    ----------
    ar_begin, ar_end : float
        Open balance at the beginning and at the end of the period.
    credit_sales : float
        Sales on credit of the period.
    current_end : float
        Part of `ar_end` not yet due.

    Returns
    -------
    float
        Percent; 100 when nothing is overdue at the end.

    Examples
    --------
    6,000 open, 4,000 sold, 5,000 open at the end of which 3,000 not yet due: 5,000 cleared of 7,000.

    >>> round(cei(6_000, 4_000, 5_000, 3_000), 2)
    71.43
    """
    return 100 * ratio(ar_begin + credit_sales - ar_end, ar_begin + credit_sales - current_end)


def discount_cost(discount: float, discount_days: float, net_days: float, year: float = 365) -> float:
    """Yearly cost of *not* taking an early-payment discount, simple interest: d / (100 - d) × year / (n - m).

    Parameters
    ----------
    discount : float
        Percent off, d.
    discount_days, net_days : float
        Days within which the discount holds, m, and the full term, n.
    year : float, default 365
        Day-count convention, 365 or 360.

    Returns
    -------
    float
        Share a year.

    Examples
    --------
    2/10 net 30: 2/98 for 20 days, 18.25 times a year.

    >>> round(discount_cost(2, 10, 30), 4)
    0.3724
    """
    return discount / (100 - discount) * year / (net_days - discount_days)


def discount_cost_effective(discount: float, discount_days: float, net_days: float, year: float = 365) -> float:
    """`discount_cost` with compounding: (1 + d / (100 - d)) ^ (year / (n - m)) - 1.

    Parameters
    ----------
    discount, discount_days, net_days, year : float
        As in `discount_cost`.

    Returns
    -------
    float
        Share a year.

    Examples
    --------
    >>> round(discount_cost_effective(2, 10, 30), 4)
    0.4459
    """
    return (1 + discount / (100 - discount)) ** (year / (net_days - discount_days)) - 1
