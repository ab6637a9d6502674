"""Which days are working days: days counted from a start date, minutes within a day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from threading import Lock

import numpy as np

DAY = 1440  # minutes
WEEK, MONTH, YEAR = 7, 30, 365  # days, as rules of the model count them
OFFICE_OPENS = 9 * 60  # collectors and customers' order desks; all contacts lie within the permitted hours 08:00–22:00
NOON_BREAK = (12 * 60, 13 * 60 + 30)
CUT_OFF = 17 * 60  # banks' cut-off: what is ready by now leaves with today's payment run
DUNNING_RUN = 8 * 60 + 30
SHIFT = (NOON_BREAK[0] - OFFICE_OPENS) + (CUT_OFF - NOON_BREAK[1])  # minutes one collector works a day

KINDS = ("CN", "weekdays", "every day")


@dataclass(frozen=True)
class Calendar:
    """Working days from `start` on.

    Parameters
    ----------
    kind : {"CN", "weekdays", "every day"}
        "CN": mainland public holidays with make-up working days (package `holidays`; for years whose make-up days are not yet
        published, statutory holidays only).
    start : date
        Day 0.
    days : int
        How many days to know.
    """

    kind: str
    start: date
    days: int

    @cached_property
    def open(self) -> np.ndarray:
        """True on working days; bool, shape (days,)."""
        return np.array([is_open(self.kind, self.start + timedelta(day)) for day in range(self.days)], dtype=bool)

    @cached_property
    def weekday(self) -> np.ndarray:
        """0 = Monday … 6 = Sunday; shape (days,)."""
        return (np.arange(self.days) + self.start.weekday()) % 7

    @cached_property
    def month_end(self) -> np.ndarray:
        """The last day of the month each day lies in; shape (days,)."""
        first = np.datetime64(self.start)
        months = (first + np.arange(self.days).astype("timedelta64[D]")).astype("datetime64[M]") + np.timedelta64(1, "M")
        return (months.astype("datetime64[D]") - first).astype(int) - 1

    def end_of_month(self, day: int) -> int:
        """The last day of the month `day` lies in, which may be before the start or beyond the calendar."""
        if 0 <= day < self.days:
            return int(self.month_end[day])
        falls = self.start + timedelta(day)
        return day + monthrange(falls.year, falls.month)[1] - falls.day

    def begins_week(self, day: int) -> bool:
        """Whether `day` is its week's first working day."""
        return bool(self.open[day]) and not self.open[max(0, day - int(self.weekday[day])) : day].any()

    def begins_month(self, day: int) -> bool:
        """Whether `day` is its month's first working day."""
        first = int(np.searchsorted(self.month_end, self.month_end[day]))
        return bool(self.open[day]) and not self.open[first:day].any()

    def next_open(self, mask: int = 0b1111111) -> np.ndarray:
        """First working day on or after each day whose weekday is in `mask` (bit 0 = Monday); `days` where there is none.

        If a week holds no such day (its run day is a holiday) the run waits for the next week's.
        """
        allowed = self.open & ((mask >> self.weekday) & 1).astype(bool)
        found = np.where(allowed, np.arange(self.days), self.days)
        return np.minimum.accumulate(found[::-1])[::-1]


_filling = Lock()  # the package works a year out when it is first asked about, and a second thread would find it half done


@cache
def is_open(kind: str, day: date) -> bool:
    """Whether `day` is a working day of the calendar `kind`."""
    if kind == "every day":
        return True
    if kind == "weekdays":
        return day.weekday() < 5
    with _filling:
        return _china().is_working_day(day)


@cache
def _china():
    import holidays

    return holidays.country_holidays("CN")
