"""The continuous ranked probability score of a forecast in whole days: how far the forecast distribution lies from what came."""

import numpy as np


def crps(chance: np.ndarray, came: np.ndarray, seen: np.ndarray | None = None) -> np.ndarray:
    """Score of each forecast, in days: the smaller the better; of a forecast without spread it is the error in days.

    Parameters
    ----------
    chance : ndarray of float, shape (n, days)
        Chance that it has come by the end of day 0, 1, 2 …; never falling along a row.
    came : ndarray of int, shape (n,)
        Day on which it came; `days` or more where it did not come within them.
    seen : ndarray of int, shape (n,), optional
        Last day watched. Days after it do not count, so that what has not come yet can be scored without bending the comparison.

    Returns
    -------
    ndarray of float, shape (n,)

    Examples
    --------
    Sure of day 2, it came on day 2; sure of day 2, it came on day 0; half and half between days 0 and 2, it came on day 2
    (a quarter for each of two days).

    >>> crps(np.array([[0, 0, 1.0], [0, 0, 1.0], [0.5, 0.5, 1.0]]), np.array([2, 0, 2])).tolist()
    [0.0, 2.0, 0.5]

    References
    ----------
    Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation. For censored outcomes the sum stops at the
    last day watched, which keeps the score proper.
    """
    day = np.arange(chance.shape[1])
    gap = np.square(chance - (came[:, None] <= day))
    if seen is not None:
        gap = np.where(day <= seen[:, None], gap, 0.0)
    return gap.sum(axis=1)
