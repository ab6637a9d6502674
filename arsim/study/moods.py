"""How invoices of one customer go together: normal scores of a forecast against what came, and courses that hang together alike."""

from dataclasses import dataclass

import numpy as np

from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast, drawn

WEEK = 7
LEAST_PAIRS = 200


@dataclass(frozen=True)
class Moods:
    """Correlations of the normal scores of invoices.

    Parameters
    ----------
    together : float
        Of one customer's invoices issued in one week.
    lasting : float
        How much of it is left after a week.
    common : float
        Of different customers' invoices issued in one week.
    wide : float
        Standard deviation of the scores: 1 if the forecast is right.
    """

    together: float = 0.3
    lasting: float = 0.8
    common: float = 0.0
    wide: float = 1.0


def scores(forecast: Forecast, book: Invoices, rng: np.random.Generator) -> np.ndarray:
    """Normal scores of what came; of what had not come by ``book.last``, one drawn from beyond."""
    from scipy.special import ndtri

    n, days = forecast.chance.shape
    paid = book.paid[forecast.which]
    known = (paid >= 0) & (paid <= book.last)
    at = np.clip(np.where(known, paid, book.last) - forecast.start, -1, days - 1)
    row = np.arange(n)
    upper = np.where(at >= 0, forecast.chance[row, np.maximum(at, 0)], 0.0)
    lower = np.where(at >= 1, forecast.chance[row, np.maximum(at - 1, 0)], 0.0)
    luck = rng.random(n)
    place = np.where(known, lower + luck * (upper - lower), upper + luck * (1 - upper))
    return ndtri(np.clip(place, 1e-4, 1 - 1e-4))


def moods(score: np.ndarray, customer: np.ndarray, issued: np.ndarray) -> Moods:
    """Learn the correlations from scores."""
    if len(score) < LEAST_PAIRS:
        return Moods()
    week = (issued - issued.min()) // WEEK
    weeks, customers = int(week.max()) + 1, int(customer.max()) + 1
    cell = customer * weeks + week
    count = np.bincount(cell, minlength=customers * weeks).reshape(customers, weeks)
    total = np.bincount(cell, score, customers * weeks).reshape(customers, weeks)
    square = np.bincount(cell, score * score, customers * weeks).reshape(customers, weeks)
    # A cell counts by its number of invoices, not of pairs, or the largest customer would decide alone.
    many = count >= 2
    weight = np.where(many, 1.0 / np.maximum(count - 1, 1), 0.0)
    variance = float(np.mean(score * score))
    same = float(((total**2 - square) * weight).sum() / max(1, (count * (count - 1) * weight).sum())) / variance
    ratio = []
    for lag in (1, 2, 3):
        a, b, ca, cb = total[:, :-lag], total[:, lag:], count[:, :-lag], count[:, lag:]
        pairs = ca * cb
        share = np.where(pairs > 0, 1.0 / np.maximum(np.maximum(ca, cb), 1), 0.0)
        if pairs.sum() >= LEAST_PAIRS:
            ratio.append(
                max(0.0, float((a * b * share).sum() / max(1e-9, (pairs * share).sum())) / variance / max(same, 1e-6)) ** (1 / lag)
            )
    whole, all_of = total.sum(0), count.sum(0)
    across = (
        (whole**2 - (total**2).sum(0)).sum()
        / max(1.0, float((all_of.astype(float) ** 2 - (count.astype(float) ** 2).sum(0)).sum()))
        / variance
    )
    return Moods(
        together=float(np.clip(same, 0.0, 0.9)), lasting=float(np.clip(np.mean(ratio) if ratio else 0.8, 0.0, 0.98)),
        common=float(np.clip(across, 0.0, 0.5)), wide=float(np.sqrt(variance)),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Courses:
    """The moods of every customer in every week, and of all together; dealt once, so that forecasts of different days share them."""

    customer: np.ndarray
    common: np.ndarray
    first: int
    moods: Moods
    seed: int

    def luck(self, book: Invoices, which: np.ndarray) -> np.ndarray:
        """Uniform luck, shape (n, courses), of the invoices `which`: always the same for the same invoice."""
        from scipy.special import ndtr

        week = np.clip((book.issued[which] - self.first) // WEEK, 0, self.customer.shape[1] - 1)
        m, courses = self.moods, self.customer.shape[2]
        own = np.zeros((len(which), courses), np.float32)
        for row, place in enumerate(which.tolist()):
            own[row] = np.random.default_rng((self.seed, 1, place)).standard_normal(courses, np.float32)
        common = min(m.common, m.together)
        z = np.sqrt(m.together - common) * self.customer[book.customer[which], week] + np.sqrt(common) * self.common[week]
        return ndtr(m.wide * (z + np.sqrt(1 - m.together) * own))

    def days(self, forecast: Forecast, book: Invoices) -> np.ndarray:
        """Day of payment of each invoice foretold in each course, shape (n, courses)."""
        return drawn(forecast, self.luck(book, forecast.which))


def courses(found: Moods, customers: int, first: int, last: int, number: int, seed: int) -> Courses:
    """Deal `number` courses of moods for the weeks of issue `first` … `last`."""
    rng, weeks = np.random.default_rng(seed), (last - first) // WEEK + 1
    keep = np.float32(found.lasting)
    fresh = np.float32(np.sqrt(1 - found.lasting**2))

    def chain(shape):
        z = rng.standard_normal(shape, np.float32)
        axis = len(shape) - 2
        z = np.moveaxis(z, axis, 0)
        for week in range(1, weeks):
            z[week] = keep * z[week - 1] + fresh * z[week]
        return np.moveaxis(z, 0, axis)

    return Courses(chain((customers, weeks, number)), chain((weeks, number)), first, found, seed)
