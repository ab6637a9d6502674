"""Outcomes over time, week by week, for plots."""

import numpy as np

from arsim.engine.journal import Journal
from arsim.study.prices import Prices
from arsim.study.window import Window, window

WEEK = 7


def weekly(journal: Journal, prices: Prices) -> dict[str, np.ndarray]:
    """Cash, overdue share, receivables and cost for each whole week of the window, counted from its first day.

    A last week of fewer than seven days is left out: its cash would look like a fall.

    Parameters
    ----------
    journal : Journal
    prices : Prices

    Returns
    -------
    dict of str to ndarray, each of shape (weeks,)
        - ``day``: last day of the week;
        - ``cash``: fen from customers in the week, payments and prepayments;
        - ``overdue_share``: overdue / AR at the end of the week, nan if nothing is open;
        - ``ar``: fen open at the end of the week;
        - ``cost``: fen spent on collecting from the beginning of the window to the end of the week.
    """
    return by_week(window(journal, prices))


def by_week(seen: Window) -> dict[str, np.ndarray]:
    """`weekly` of a run that is summed up already."""
    weeks = seen.days // WEEK
    day = seen.journal.warmup + WEEK * np.arange(1, weeks + 1) - 1
    ar, late = seen.open[day + 1], seen.late[day + 1]
    return {
        "day": day,
        "cash": seen.cash_by_day[: weeks * WEEK].reshape(weeks, WEEK).sum(axis=1),
        "overdue_share": np.divide(late, ar, out=np.full(weeks, np.nan), where=ar != 0),
        "ar": ar,
        "cost": np.cumsum(seen.cost_by_day)[WEEK - 1 : weeks * WEEK : WEEK],
    }
