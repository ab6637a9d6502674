"""Intervals of weekly cash: from courses, as wide as the weeks already foretold asked for.

Courses know how invoices of one customer go together, and little else that can move a week's cash. So every week whose cash is known by
now tells how far it fell from what was foretold, in units of what was foretold; and after each week outside its interval the next are
widened, after each inside narrowed, so that in the long run as many weeks fall into them as should.
"""

from dataclasses import dataclass

import numpy as np

LEVELS = (0.5, 0.8, 0.95)
TRACKED = 1  # place of the level whose hits are followed
NORMAL = 1.2815515655446004  # half-width of the interval that holds 80 % of a normal distribution, in standard deviations
PRIOR = 8.0  # weeks: how many weigh as much as believing the courses
MOST = 3.0  # standard deviations at which one week's distance is cut off
STEP = 0.3  # of the logarithm of the width, after a week outside; after one inside a fourth of it back, which holds 80 %


@dataclass(frozen=True)
class Width:
    """How much wider than the courses the intervals are to be, and from what that was learnt.

    Parameters
    ----------
    weeks : float
        Weeks seen.
    square : float
        Sum of their squared distances from the median foretold, in standard deviations of the courses.
    log : float
        What hits and misses have added to the logarithm of the width.

    Examples
    --------
    Weeks as far off as the courses say keep the width; one far outside widens it, and others follow:

    >>> width = Width()
    >>> width.factor
    1.0
    >>> far = width.after(2.5)
    >>> round(far.factor, 2), round(far.after(0.1).factor, 2)
    (1.6, 1.43)

    References
    ----------
    Gibbs and Candès (2021), Adaptive conformal inference under distribution shift; Angelopoulos, Candès and Tibshirani (2023), Conformal
    PID control for time series prediction (quantile tracking).
    """

    weeks: float = 0.0
    square: float = 0.0
    log: float = 0.0

    @property
    def _scale(self) -> float:
        return float(np.sqrt((PRIOR + self.square) / (PRIOR + self.weeks)))

    @property
    def factor(self) -> float:
        """By which the half-widths of the courses are to be multiplied."""
        return self._scale * float(np.exp(self.log))

    def after(self, distance: float) -> "Width":
        """The width after a week that fell `distance` standard deviations of the courses from their median."""
        missed, share = abs(distance) > NORMAL * self.factor, 1 - LEVELS[TRACKED]
        return Width(self.weeks + 1, self.square + min(abs(distance), MOST) ** 2, self.log + STEP * (missed - share))


def bands(path: np.ndarray, factor: float = 1.0) -> np.ndarray:
    """Intervals of each week, shape (levels, 2, weeks), from courses of shape (weeks, courses), `factor` times as wide as these."""
    middle = np.median(path, axis=1)
    ends = np.stack([np.quantile(path, [(1 - level) / 2, (1 + level) / 2], axis=1) for level in LEVELS])
    return np.maximum(0.0, middle + factor * (ends - middle))


def distance(path: np.ndarray, came: np.ndarray) -> np.ndarray:
    """How far each week fell from the median of its courses, in their standard deviations on that side; shape (weeks,)."""
    middle = np.median(path, axis=1)
    (low,), (high,) = np.split(bands(path)[TRACKED], 2)
    half = np.where(came > middle, high - middle, middle - low)
    return NORMAL * (came - middle) / np.maximum(half, 1e-9 + 1e-3 * np.abs(middle))
