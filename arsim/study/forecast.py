"""What the curves foretell: for each invoice the chance to be paid by each day, and courses of all of them together."""

from dataclasses import dataclass

import numpy as np

from arsim.study.curves import HIGH, LOW, Curves, segments
from arsim.study.facts import Invoices

ROWS = 4096  # invoices worked on at a time
LEAD = 10  # days; no two payment runs lie further apart


def daily(curves: Curves, book: Invoices, which: np.ndarray, start: np.ndarray, days: int) -> np.ndarray:
    """Rates at which the invoices `which` leave on days ``start … start + days - 1``; 0 on days without a run.

    What has gathered since the last run before `start` leaves with the first one after it.
    """
    who = book.customer[which]
    day = start[:, None] + np.arange(-LEAD, days)
    age = np.clip(day - curves.reckoned(book, which)[:, None], LOW, HIGH) - LOW
    kind = segments(book, curves.small, which)
    ready = curves.segment[kind[:, None], age] * curves.own[who[:, None], age]
    ready[:, :LEAD] *= day[:, :LEAD] >= book.issued[which][:, None]
    grown = np.cumsum(ready, axis=1)
    factor = curves.weekday[who[:, None], (day + curves.first_weekday) % 7]
    factor = factor * ~curves.rest[np.clip(day, 0, len(curves.rest) - 1)]
    released = np.maximum.accumulate(np.where(factor > 0, grown, 0.0), axis=1)
    return (np.diff(released, axis=1) * factor[:, 1:])[:, LEAD - 1 :]


@dataclass(frozen=True, eq=False)
class Forecast:
    """Chance to be paid by the end of each day.

    Parameters
    ----------
    which : ndarray of int, shape (n,)
        Places of the invoices in their book.
    start : ndarray of int, shape (n,)
        Day of the first column.
    chance : ndarray of float32, shape (n, days)
    """

    which: np.ndarray
    start: np.ndarray
    chance: np.ndarray


def foretell(curves: Curves, book: Invoices, which: np.ndarray, origin: int, days: int, closed_by: int | None = None) -> Forecast:
    """Forecast for the invoices `which`, as seen at the end of day `origin`: those open then and those issued later.

    Parameters
    ----------
    closed_by : int, optional
        The file holds only what was paid by this day: chances are conditional on it.
    """
    start = np.maximum(book.issued[which], origin + 1)
    chance = np.empty((len(which), days), np.float32)
    for rows in np.array_split(np.arange(len(which)), max(1, len(which) // ROWS)):
        if len(rows):
            hazard = daily(curves, book, which[rows], start[rows], days)
            chance[rows] = -np.expm1(-np.cumsum(hazard, axis=1))
    return Forecast(which, start, chance if closed_by is None else within(chance, closed_by - start))


def within(chance: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Chances given that it comes by column `last`."""
    at = np.clip(last, 0, chance.shape[1] - 1)
    whole = np.maximum(np.take_along_axis(chance, at[:, None], 1), 1e-6)
    certain = np.arange(chance.shape[1]) >= at[:, None]
    return np.where(certain, 1.0, np.minimum(1.0, chance / whole)).astype(np.float32)


def drawn(forecast: Forecast, luck: np.ndarray) -> np.ndarray:
    """Day of payment at each quantile `luck` (n, courses); one past the last column where it does not come by then."""
    n, days = forecast.chance.shape
    rising = forecast.chance.astype(np.float64) + 2.0 * np.arange(n)[:, None]
    found = np.searchsorted(rising.ravel(), (luck + 2.0 * np.arange(n)[:, None]).ravel(), side="right")
    return forecast.start[:, None] + np.minimum(found.reshape(luck.shape) - np.arange(n)[:, None] * days, days)
