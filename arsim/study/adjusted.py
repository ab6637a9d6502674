"""The difference between two arms, adjusted for what was known before the lots were drawn (analysis of covariance)."""

from dataclasses import dataclass

import numpy as np

BLOCK = 20_000_000  # cells of a block of draws: some hundred megabytes


@dataclass(frozen=True, eq=False)
class Gap:
    """B less A, by draw: `value`, its standard error, and the degrees of freedom."""

    value: np.ndarray
    error: np.ndarray
    free: int

    @property
    def score(self) -> np.ndarray:
        """The normal score of the t statistic, which bounds for looks speak of."""
        from scipy.special import ndtri, stdtr

        with np.errstate(invalid="ignore", divide="ignore"):
            t = self.value / self.error
        tail = np.clip(stdtr(self.free, -np.abs(t)), 1e-300, 0.5)
        return -np.sign(t) * ndtri(tail)

    def half_width(self, bound: float) -> np.ndarray:
        """Half the interval that goes with a normal bound such as 1.96."""
        from scipy.special import ndtr, stdtrit

        return self.error * float(stdtrit(self.free, ndtr(bound)))


def covariates(before: np.ndarray, strata: np.ndarray) -> np.ndarray:
    """Orthonormal columns of what was known before: strata, each unit's own figure, and whether it is missing.

    Parameters
    ----------
    before : ndarray of float, shape (units,)
        nan where nothing is known; all nan if nobody's is.
    strata : ndarray of int, shape (units,)

    Returns
    -------
    ndarray of float, shape (units, columns)
    """
    missing = ~np.isfinite(before)
    columns = [np.equal.outer(strata, np.unique(strata)).astype(float)]
    if not missing.all():
        columns += [np.where(missing, before[~missing].mean(), before)[:, None], missing[:, None].astype(float)]
    full = np.hstack(columns)
    u, size, _ = np.linalg.svd(full, full_matrices=False)
    return u[:, size > 1e-9 * size.max(initial=0.0)]


def gaps(arms: np.ndarray, under_a: np.ndarray, under_b: np.ndarray, known: np.ndarray) -> Gap:
    """The adjusted difference for many draws at once.

    Parameters
    ----------
    arms : ndarray of 0 and 1, shape (draws, units)
    under_a, under_b : ndarray of float, shape (units,)
        What each unit shows in arm A and in arm B. Of a real trial only one is known, and it is both.
    known : ndarray of float, shape (units, columns)
        As `covariates` gives it.
    """
    value, error, free = [], [], arms.shape[1] - known.shape[1] - 1
    for begin in range(0, len(arms), max(1, BLOCK // max(1, arms.shape[1]))):
        z = arms[begin : begin + max(1, BLOCK // max(1, arms.shape[1]))].astype(float)
        y = under_a + z * (under_b - under_a)
        z -= (z @ known) @ known.T
        y -= (y @ known) @ known.T
        spread = (z * z).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            slope = (z * y).sum(axis=1) / spread
            rest = np.maximum(0.0, (y * y).sum(axis=1) - slope**2 * spread)
            error.append(np.sqrt(rest / free / spread))
        value.append(slope)
    return Gap(np.concatenate(value), np.concatenate(error), free)


def left_over(values: np.ndarray, known: np.ndarray) -> float:
    """Standard deviation that is left once `known` is taken into account."""
    free = len(values) - known.shape[1]
    rest = values - known @ (known.T @ values)
    return float(np.sqrt((rest * rest).sum() / free)) if free > 0 else float("nan")


def by_unit(values: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Mean of each unit's customers that have a value; nan where none has. Last axis: customers."""
    count = int(units.max(initial=-1)) + 1
    flat = values.reshape(-1, values.shape[-1])
    made = np.empty((len(flat), count))
    for at, row in enumerate(flat):
        there = np.isfinite(row)
        with np.errstate(invalid="ignore"):
            made[at] = np.bincount(units[there], row[there], count) / np.bincount(units[there], minlength=count)
    return made.reshape(*values.shape[:-1], count)
