"""What a course may have done: learning before and after, and results against those who had not yet had it.

Before and after alone shows nothing about results: seasons, prices and the economy move too. What counts is how much *more* the trained
units changed than the others did in the same months (difference in differences).
"""

import numpy as np

from arsim.study.finding import Estimate

LEVEL = 0.95


def gain(before: np.ndarray, after: np.ndarray) -> Estimate:
    """Mean of the paired differences after − before, with its 95 % interval (Student's t).

    Parameters
    ----------
    before, after : ndarray, shape (people,)
        Scores of the same people.

    Returns
    -------
    Estimate
        The interval is nan for fewer than two people.

    Examples
    --------
    Differences 2, 4, 6: mean 4, standard error 2/√3 = 1.155, t(2) = 4.303.

    >>> found = gain(np.array([8, 8, 8]), np.array([10, 12, 14]))
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (4.0, -0.97, 8.97)
    """
    moved = np.asarray(after, float) - np.asarray(before, float)
    error = moved.std(ddof=1) / np.sqrt(len(moved)) if len(moved) > 1 else np.nan
    return _around(float(moved.mean()) if len(moved) else np.nan, error, len(moved) - 1)


def relative_change(trained: np.ndarray, others: np.ndarray) -> Estimate:
    """How much more the trained units changed than the others, as a share of what they would have had: −0.2 is 20 % less.

    Parameters
    ----------
    trained, others : ndarray, shape (units, 2)
        Each unit's figure before and after, all above 0. A unit is what was trained together: a team, a region.

    Returns
    -------
    Estimate
        Of exp(difference of mean log changes) − 1, its 95 % interval by Welch's t; nan with fewer than two units on a side.

    Examples
    --------
    Trained units fall by a fifth, the others not at all:

    >>> found = relative_change(np.array([[50, 40], [60, 48.0]]), np.array([[50, 50], [40, 40.0]]))
    >>> round(found.value, 6)
    -0.2
    """
    moved = [np.diff(np.log(np.asarray(side, float)), axis=1)[:, 0] for side in (trained, others)]
    if min(map(len, moved)) < 2:
        value = float(np.expm1(moved[0].mean() - moved[1].mean())) if min(map(len, moved)) else np.nan
        return Estimate(value, np.nan, np.nan)
    parts = [side.var(ddof=1) / len(side) for side in moved]
    error = float(np.sqrt(sum(parts)))
    freedom = sum(parts) ** 2 / sum(part**2 / (len(side) - 1) for part, side in zip(parts, moved, strict=True)) if error else 1.0
    found = _around(float(moved[0].mean() - moved[1].mean()), error, freedom)
    return Estimate(*(float(np.expm1(bound)) for bound in (found.value, found.low, found.high)))


def _around(value: float, error: float, freedom: float) -> Estimate:
    from scipy.stats import t

    if np.isnan(error):
        return Estimate(value, np.nan, np.nan)
    reach = float(t.ppf((1 + LEVEL) / 2, freedom)) * float(error)
    return Estimate(value, value - reach, value + reach)
