"""How much of the present book will be lost: not only the expected loss, but how it is spread.

Each invoice ends in a given end of an absorbing chain with the chance of its age, independently of the others. Customers who fail with all
they owe make the spread wider: give each customer's balance as one item then. A slump that hits all at once is not in here at all.
The idea of asking for the distribution and not for the mean alone: von Lanzenauer and Wright, MIT Sloan working paper 827-75.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from arsim.domain.problem import BadInput, Problem
from arsim.study.ageing_chain import Absorption
from arsim.study.random_sum import STEPS, convolved, grid


@dataclass(frozen=True, eq=False)
class LossDistribution:
    """The loss of a book as a random sum.

    Parameters
    ----------
    mean, sd : float
        In the unit of the amounts, exact.
    total : float
        The most that can be lost.
    unit : float
        Width of a step of the grid.
    chance : ndarray, shape (steps + 1,)
        Probability of losing 0, 1, 2 … units. Exact where `unit` divides every amount; else each amount is shared between the steps
        beside it so that the mean stays right.
    """

    mean: float
    sd: float
    total: float
    unit: float
    chance: np.ndarray

    def quantile(self, level: float) -> float:
        """Smallest loss that is not exceeded with probability `level`, 0 to 1.

        Examples
        --------
        Two invoices of 100, each lost with probability 0.1: none 81 %, one 18 %, both 1 %.

        >>> loss = loss_of([100, 100], [0.1, 0.1])
        >>> loss.quantile(0.8), loss.quantile(0.9), loss.quantile(0.995)
        (0.0, 100.0, 200.0)
        """
        _refuse_level(level)
        step = np.searchsorted(np.cumsum(self.chance), level - 1e-12)  # what the convolution may have lost or won
        return float(min(step * self.unit, self.total))

    def normal_quantile(self, level: float) -> float:
        """The same from the mean and the sd by the normal curve, cut to what is possible. Poor for few large invoices.

        Examples
        --------
        >>> round(loss_of([100] * 10_000, [0.1] * 10_000).normal_quantile(0.975))  # 100 × (1,000 + 1.96 × 30)
        105880
        """
        _refuse_level(level)
        if not self.sd or level in (0, 1):
            return self.mean if not self.sd else self.total * level
        return min(max(NormalDist(self.mean, self.sd).inv_cdf(level), 0.0), self.total)

    def exceeding(self, loss: float) -> float:
        """Probability of losing more than `loss`."""
        return float(self.chance[np.arange(len(self.chance)) * self.unit > loss + 1e-9 * self.unit].sum())


def loss_distribution(chain: Absorption, ages: ArrayLike, amounts: ArrayLike, end: int = -1, unit: float | None = None) -> LossDistribution:
    """Distribution of what the items of a book lose under an absorbing chain.

    Parameters
    ----------
    chain : Absorption
        As `arsim.study.ageing_chain.absorb` or `arsim.study.roll_rates.RollRates.chain` gives it.
    ages : array_like of int, shape (items,)
        The chain's age each item is in, from 0.
    amounts : array_like, shape (items,)
        As in `loss_of`.
    end : int, default the last
        Which of the chain's ends counts as loss.
    unit : float, optional
        As in `loss_of`.

    Returns
    -------
    LossDistribution
        Of the money that reaches `end`.

    Raises
    ------
    BadInput
        If an age or the end is not in the chain, or as `loss_of`.

    Examples
    --------
    Current invoices go bad with probability 0.1, old ones with 0.2.

    >>> from arsim.study.ageing_chain import absorb
    >>> chain = absorb([[0, 0.5], [0, 0]], [[0.5, 0], [0.8, 0.2]])
    >>> loss = loss_distribution(chain, [0, 1], [100, 300])
    >>> loss.unit, loss.chance.round(6).tolist()  # 0, 100, 200, 300, 400
    (100.0, [0.72, 0.08, 0.0, 0.18, 0.02])
    >>> round(loss.mean, 6), round(loss.sd**2, 6)
    (70.0, 15300.0)
    """
    ages = np.array(ages)
    states, ends = chain.absorption.shape
    if ages.ndim != 1 or not np.all(np.isin(ages, np.arange(states))) or not -ends <= end < ends:
        raise BadInput(
            Problem(
                "An item's age or the end asked for is not in the chain.",
                "Ages count from 0 to {ages}, ends from 0 to {ends}.",
                values={"ages": states - 1, "ends": ends - 1},
            )
        )
    return loss_of(amounts, chain.absorption[ages.astype(int), end], unit)


def loss_of(amounts: ArrayLike, chances: ArrayLike, unit: float | None = None) -> LossDistribution:
    """Distribution of the sum of amounts, each lost with its own chance, independently.

    Parameters
    ----------
    amounts : array_like, shape (items,)
        0 or more, any unit.
    chances : array_like, shape (items,)
        Probability of losing each.
    unit : float, optional
        Step of the grid. By default the largest that divides all amounts, as long as this makes no more than 262,144 steps (whole
        amounts only), else the total in so many steps.

    Returns
    -------
    LossDistribution

    Raises
    ------
    BadInput
        If there is not one chance for each amount, an amount is negative or no number, a chance lies outside 0 to 1, or the unit is not
        above 0 or so small that the grid would not fit.

    Examples
    --------
    >>> loss_of([2, 3], [0.5, 0.1]).chance.round(6).tolist()  # nothing, -, 2, 3, -, 5
    [0.45, 0.0, 0.45, 0.05, 0.0, 0.05]
    """
    amounts, chances = _columns(amounts, chances)
    total = float(amounts.sum())
    unit = grid(amounts, total) if unit is None else unit
    if not unit > 0 or total / unit > 16 * STEPS:
        raise BadInput(
            Problem(
                "A step of {given} does not fit a book of {total}.",
                "It must be above 0 and not less than {least}.",
                values={"given": unit, "total": f"{total:g}", "least": f"{total / 16 / STEPS:g}"},
            )
        )
    sd = sqrt(float((amounts**2 * chances * (1 - chances)).sum()))
    return LossDistribution(float(amounts @ chances), sd, total, float(unit), convolved(amounts / unit, chances))


def _columns(amounts: ArrayLike, chances: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    try:
        amounts, chances = np.array(amounts, float), np.array(chances, float)
        fits = amounts.ndim == 1 and amounts.shape == chances.shape
        fits = fits and np.all(np.isfinite(amounts) & (amounts >= 0)) and np.all((chances >= 0) & (chances <= 1))
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise BadInput(
            Problem(
                "The amounts and their chances of being lost do not fit together, or one of them cannot be.",
                "Give each amount, 0 or more, one chance between 0 and 1.",
            )
        )
    return amounts, chances


def _refuse_level(level: float) -> None:
    if not 0 <= level <= 1:
        raise BadInput(
            Problem("A probability of {given} cannot be.", "It must lie between 0 and 1: write 95 % as 0.95.", values={"given": level})
        )
