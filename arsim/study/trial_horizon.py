"""What a trial of so many months would show, and how many customers it takes."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.problem import BadInput
from arsim.study.adjusted import covariates, left_over
from arsim.study.comparison import interval
from arsim.study.sample_size import MOST, per_group, power


def days_of(months: int) -> int:
    """Days of so many months."""
    return round(months * 365 / 12)


@dataclass(frozen=True)
class Horizon:
    """What a trial of `months` would show.

    Parameters
    ----------
    months : int
    units : float
        Customers (or groups drawn together) with a figure, on average.
    effect, low, high : float
        Simulated difference of a customer's figure, B less A, and the 95 % interval of its mean over courses of luck.
    sd, left : float
        Spread between units, and what is left once their history and stratum are known.
    full, half : int or None
        Units in each arm for the power asked for, at this effect and at half of it; None: more than can be counted.
    full_90, half_90 : int or None
        The same for a power of 90 %.
    chance : float
        Power with all units of this company drawn.
    least : float
        Smallest effect that all units would show with the power asked for.
    """

    months: int
    units: float
    effect: float
    low: float
    high: float
    sd: float
    left: float
    full: int | None
    half: int | None
    full_90: int | None
    half_90: int | None
    chance: float
    least: float

    @property
    def removed(self) -> float:
        """Share of the variance that history and stratum take away."""
        return 1 - (self.left / self.sd) ** 2 if self.sd else 0.0


def horizon(months: int, values: np.ndarray, before: np.ndarray, strata: np.ndarray, asked: float, bound: float) -> Horizon:
    """The horizon of `months`, from the units' figures in many courses of luck, of shape (lucks, 2, units); `bound` is the last look's."""
    confidence = confidence_of(bound)
    effects, spreads, rests, counts = [], [], [], []
    for under in values:
        inside = np.isfinite(under).all(axis=0)
        known = covariates(before[inside], strata[inside])
        effects.append(float((under[1] - under[0])[inside].mean()))
        spreads.append(np.sqrt(np.mean([side[inside].var(ddof=1) for side in under])))
        rests.append(np.sqrt(np.mean([left_over(side[inside], known) ** 2 for side in under])))
        counts.append(int(inside.sum()))
    mean, low, high = interval(np.array(effects))
    sd, left, units = float(np.mean(spreads)), float(np.mean(rests)), float(np.mean(counts))
    half = max(2, int(units // 2))
    size = lambda share, chance: _size(share * mean, left, chance, confidence)  # noqa: E731
    return Horizon(months, units, mean, low, high, sd, left, size(1, asked), size(0.5, asked), size(1, 0.9), size(0.5, 0.9),
                   power(half, mean, left, confidence) if left else 1.0, least_effect(half, left, asked, confidence))  # fmt: skip


def confidence_of(bound: float) -> float:
    """The confidence that goes with a normal bound."""
    from scipy.special import ndtr

    return float(2 * ndtr(bound) - 1)


def _size(difference: float, left: float, chance: float, confidence: float) -> int | None:
    if not left > 0:
        return 2
    if abs(difference) < 1e-3 * left:  # far beyond `MOST` customers
        return None
    try:
        return per_group(difference, left, chance, confidence)
    except BadInput:
        return None


def least_effect(units: int, left: float, chance: float, confidence: float = 0.95) -> float:
    """Smallest effect that two arms of so many units show with the chance asked for.

    >>> round(least_effect(64, 1.0, 0.8), 2)
    0.5
    """
    if not left > 0:
        return 0.0
    low, high = 0.0, left
    while power(units, high, left, confidence) < chance and high < MOST * left:
        high *= 2
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if power(units, middle, left, confidence) < chance else (low, middle)
    return high
