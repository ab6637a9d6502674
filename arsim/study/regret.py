"""Regret: what it costs, once the world is known, not to have chosen the policy that was best in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

OFTEN = 0.9  # the quantile told beside mean and maximum


@dataclass(frozen=True)
class Regret:
    """One policy's regret over the worlds, in the outcome's unit: the mean, what nine of ten worlds stay below, the maximum."""

    policy: str
    mean: float
    often: float
    most: float


def regrets(values: np.ndarray, direction: int = 1) -> np.ndarray:
    """By how much each policy falls short of the best one in its world.

    Parameters
    ----------
    values : ndarray of float, shape (worlds, policies)
    direction : int
        +1 if higher is better, −1 if lower is.

    Returns
    -------
    ndarray of float, shape (worlds, policies)
        0 for the best of each world.

    Examples
    --------
    Three worlds, three policies; the middle one is never the best, and never far from it:

    >>> regrets(np.array([[10.0, 8.0, 2.0], [5.0, 6.0, 7.0], [0.0, 3.0, 4.0]])).tolist()
    [[0.0, 2.0, 8.0], [2.0, 1.0, 0.0], [4.0, 1.0, 0.0]]
    """
    good = direction * np.asarray(values, float)
    return good.max(axis=1, keepdims=True) - good


def regret_table(names: Sequence[str], values: np.ndarray, direction: int = 1) -> list[Regret]:
    """The regret of each policy; parameters as for `regrets`.

    >>> found = regret_table("ABC", np.array([[10.0, 8.0, 2.0], [5.0, 6.0, 7.0], [0.0, 3.0, 4.0]]))
    >>> [(one.policy, round(one.mean, 2), one.most) for one in found], minimax(found)
    ([('A', 2.0, 4.0), ('B', 1.33, 2.0), ('C', 2.67, 8.0)], 'B')
    """
    lost = regrets(values, direction)
    return [
        Regret(name, float(column.mean()), float(np.quantile(column, OFTEN)), float(column.max()))
        for name, column in zip(names, lost.T, strict=True)
    ]


def minimax(table: Sequence[Regret]) -> str:
    """The policy with the smallest maximal regret; of equals the one with the smaller mean."""
    return min(table, key=lambda one: (one.most, one.mean)).policy
