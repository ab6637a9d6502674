"""What came of a stretch of days, and what was foretold: the same figures from both."""

from dataclasses import dataclass

import numpy as np

from arsim.study.curves import AGES, HIGH, LOW
from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast
from arsim.study.survival import kaplan_meier

WEEK, DSO_DAYS = 7, 90
QUANTILES = (0.5, 0.9, 0.95)
EDGES = (0, 30, 60, 90)  # as the ageing of `arsim.study.book`


@dataclass(frozen=True, eq=False)
class Span:
    """The days ``first … last`` that are foretold, in whole weeks, and the month-ends among them."""

    first: int
    last: int
    month_ends: tuple[int, ...]

    @property
    def weeks(self) -> int:
        """Whole weeks."""
        return (self.last - self.first + 1) // WEEK


def span_of(first: np.datetime64, day: int, last: int, months: int, closed_only: bool = False) -> Span:
    """The whole weeks of the `months` after `day`, as far as the ledger goes, and the month-ends among them.

    Where only paid invoices are in the file its last day is no month-end to foretell: by then everything in it is paid.
    """
    until = (first + np.timedelta64(day, "D")).astype("datetime64[M]") + np.timedelta64(months, "M")
    inside = (first + np.timedelta64(day, "D")) - (first + np.timedelta64(day, "D")).astype("datetime64[M]")
    end = min(int((until.astype("datetime64[D]") + inside - first).astype(int)), last)
    # Whole weeks, so many that the last month-end is among them where the ledger goes so far.
    whole = -(-(end - day) // WEEK) * WEEK
    end = day + (whole if day + whole <= last else (end - day) // WEEK * WEEK)
    ends, month = [], (first + np.timedelta64(day, "D")).astype("datetime64[M]") + np.timedelta64(1, "M")
    while (place := int((month.astype("datetime64[D]") - first).astype(int)) - 1) <= end:
        if place > day and not (closed_only and place >= last):
            ends.append(place)
        month += np.timedelta64(1, "M")
    return Span(day + 1, end, tuple(ends))


def cash(forecast: Forecast, book: Invoices, span: Span) -> np.ndarray:
    """Expected cash in each week, fen."""
    edges = span.first - 1 + WEEK * np.arange(span.weeks + 1)
    by = _by(forecast, edges)
    return book.amount[forecast.which] @ np.diff(by, axis=1)


def received(book: Invoices, span: Span) -> np.ndarray:
    """`cash` as it came."""
    inside = (book.paid >= span.first) & (book.paid < span.first + WEEK * span.weeks)
    return np.bincount((book.paid[inside] - span.first) // WEEK, book.amount[inside].astype(float), span.weeks)


def paths(day: np.ndarray, amount: np.ndarray, span: Span) -> np.ndarray:
    """Cash by week of each course, shape (weeks, courses), from days of payment of shape (n, courses)."""
    week = np.where(day >= span.first, (day - span.first) // WEEK, span.weeks)
    week = np.minimum(week, span.weeks)
    courses = day.shape[1]
    flat = (week * courses + np.arange(courses)).ravel()
    return np.bincount(flat, np.repeat(amount, courses).astype(float), (span.weeks + 1) * courses).reshape(-1, courses)[:-1]


def _by(forecast: Forecast, days: np.ndarray) -> np.ndarray:
    """Chance to be paid by the end of each of `days`, shape (n, len(days))."""
    column = days[None, :] - forecast.start[:, None]
    found = np.take_along_axis(forecast.chance, np.clip(column, 0, forecast.chance.shape[1] - 1), axis=1)
    return np.where(column < 0, 0.0, found)


def standing(forecast: Forecast, book: Invoices, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Expected balance and its ageing at the ends of `days`: shapes (days,) and (days, buckets)."""
    which, left = forecast.which, 1 - _by(forecast, days)
    there = book.issued[which][:, None] <= days[None, :]
    return _aged(book, which, days, book.amount[which][:, None] * left * there)


def truly(book: Invoices, which: np.ndarray, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`standing` as it came."""
    paid = np.where(book.paid[which] >= 0, book.paid[which], np.iinfo(np.int64).max)[:, None]
    open_ = (book.issued[which][:, None] <= days) & (paid > days)
    return _aged(book, which, days, book.amount[which][:, None] * open_)


def _aged(book, which, days, amount):
    bucket = np.searchsorted(EDGES, days[None, :] - book.due[which][:, None], side="left")
    aged = (
        np.stack([np.bincount(bucket[:, at], amount[:, at], len(EDGES) + 1) for at in range(len(days))]) if len(days) else np.zeros((0, 5))
    )
    return amount.sum(0), aged


def sales(book: Invoices, days: np.ndarray) -> np.ndarray:
    """Invoiced in the `DSO_DAYS` days that end with each of `days`."""
    return np.array([book.amount[(book.issued > day - DSO_DAYS) & (book.issued <= day)].sum() for day in days.tolist()], float)


def lateness(forecast: Forecast, book: Invoices) -> np.ndarray:
    """Mean chance of the invoices to be paid by each number of days late, ``LOW … HIGH``."""
    total = np.zeros(AGES)
    age = np.arange(LOW, HIGH + 1)
    for rows in np.array_split(np.arange(len(forecast.which)), max(1, len(forecast.which) // 4096)):
        part = Forecast(forecast.which[rows], forecast.start[rows], forecast.chance[rows])
        column = book.due[part.which][:, None] + age - part.start[:, None]
        found = np.take_along_axis(part.chance, np.clip(column, 0, part.chance.shape[1] - 1), axis=1)
        total += np.where(column < 0, 0.0, found).sum(0)
    return total / max(1, len(forecast.which))


def observed_lateness(book: Invoices, which: np.ndarray) -> np.ndarray:
    """`lateness` as it came; by Kaplan–Meier, so that what is still open counts for as long as it was watched."""
    paid = book.paid[which] >= 0
    late = np.where(paid, book.paid[which], book.last) - book.due[which]
    return 1 - kaplan_meier(np.maximum(late - LOW, 0), paid, HIGH - LOW)


def quantile(curve: np.ndarray, share: float) -> float:
    """Days late within which `share` of the invoices is paid; nan where not so many are."""
    return float(np.argmax(curve >= share) + LOW) if curve[-1] >= share else float("nan")
