"""What a compiled run knows of its days, computed once for all runs of one start: open days, months, clocks of the law, payment runs."""

from datetime import timedelta
from functools import lru_cache

import numpy as np

from arsim.domain.calendar import Calendar
from arsim.domain.clocks import payment_order_deadlines, trial_end
from arsim.domain.counting import after_months
from arsim.engine.compiled import layout
from arsim.engine.limitation import MONTHS
from arsim.engine.security import PERIOD


@lru_cache(maxsize=8)
def months(start, first: int, last: int) -> np.ndarray:
    """For every day from `first` on: the last day of a guarantee period, of a limitation period, and of the month, that it sets off."""
    days = [start + timedelta(day) for day in range(first, last)]
    found = np.empty((3, len(days)), np.int64)
    for row, length in enumerate((PERIOD, MONTHS)):
        found[row] = [(after_months(day, length) - start).days for day in days]
    ends = np.array(days, "datetime64[M]") + np.timedelta64(1, "M")
    found[2] = (ends.astype("datetime64[D]") - np.datetime64(start)).astype(int) - 1
    return found


@lru_cache(maxsize=8)
def law_clock(start, days: int) -> np.ndarray:
    """For every day: when a payment order filed then can be enforced, and when small, summary and ordinary procedure end."""
    found = np.zeros((4, days), np.int64)
    for day in range(days):
        filed = start + timedelta(day)
        found[0, day] = (payment_order_deadlines(filed).enforceable_from - start).days
        for row, procedure in enumerate(("small_claims", "summary", "ordinary"), 1):
            found[row, day] = (trial_end(filed, procedure) - start).days
    return found


@lru_cache(maxsize=8)
def calendar_days(kind: str, start, days: int, horizon: int, with_law: bool) -> np.ndarray:
    """The calendar as a table; clocks of the law only where a policy needs them."""
    calendar = Calendar(kind, start, days)
    found = np.zeros(days, layout.DAY)
    found["open"], found["next_open"], found["month_end"] = calendar.open, calendar.next_open(), calendar.month_end
    found["week"] = [calendar.begins_week(day) for day in range(days)]
    found["month"] = [calendar.begins_month(day) for day in range(days)]
    if with_law:
        clock = law_clock(start, horizon)
        for row, name in enumerate(("order_ends", "small_ends", "summary_ends", "ordinary_ends")):
            found[name][:horizon] = clock[row]
    return found


@lru_cache(maxsize=8)
def next_runs(calendar: Calendar, masks: tuple[int, ...]) -> np.ndarray:
    """The next payment run from every day on, by the weekdays it falls on."""
    return np.array([calendar.next_open(mask) for mask in masks], np.int64).reshape(len(masks), calendar.days)
