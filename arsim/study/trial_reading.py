"""The real results of a trial set against its forecast: the adjusted difference, a permutation test, the stop rules, a verdict."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from arsim.domain.problem import BadInput, Problem
from arsim.study.adjusted import by_unit, covariates, gaps
from arsim.study.looks import bounds, due
from arsim.study.lottery import B, draw

DRAWS = 2000  # other lots that might have been drawn
HARM = 0.05  # chance that the rules on orders stop a harmless trial, one-sided, over all looks
LEAST = 5  # units of each arm with a figure, for any statement

State = Literal["early", "goes_on", "stop_harm", "stop_benefit", "end"]


@dataclass(frozen=True, eq=False)
class Results:
    """What was recorded; arrays of shape (customers,), nan where there is nothing.

    Parameters
    ----------
    arms, units : ndarray of int
        As drawn; −1 stays out.
    strata : ndarray of int, shape (units,)
    before : ndarray of float
        The main figure before the start.
    values : ndarray of float
        The main figure in the trial.
    orders : ndarray of float
        Invoiced in the trial as a multiple of usual.
    complaints : ndarray of float
        Upheld complaints; all nan where nobody counted, else nan is none.
    elapsed : float
        Share of the trial that is over, 0 … 1.
    """

    arms: np.ndarray
    units: np.ndarray
    strata: np.ndarray
    before: np.ndarray
    values: np.ndarray
    orders: np.ndarray
    complaints: np.ndarray
    elapsed: float


@dataclass(frozen=True)
class Told:
    """A difference, B less A, with the interval that goes with the look, and the chance of one as large by the lots alone."""

    value: float
    low: float
    high: float
    chance: float
    score: float
    units: tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """What the results say.

    Parameters
    ----------
    main : Told
    orders : Told or None
        None where too few customers have usual orders.
    complaints : tuple of (int, int, float) or None
        In A, in B, and the chance of so many more in B if both were alike.
    state : State
        "early": no look is due, nothing may be concluded; the others are what the rules say at this look.
    look, looks : int
        Which look it is, 0 before the first.
    bound : float
        Normal bound of this look.
    forecast : tuple of 3 float
    beside : {"inside", "less", "more", "against"}
        The result against the forecast interval: inside, beyond it on the side of a smaller or a larger effect; "against": outside and of
        the other sign.
    better : int
        +1 B surely better, −1 surely worse, 0 cannot be told.
    stops : tuple of str
        Rules reached: "main", "orders", "complaints".
    """

    main: Told
    orders: Told | None
    complaints: tuple[int, int, float] | None
    state: State
    look: int
    looks: int
    bound: float
    forecast: tuple[float, float, float]
    beside: str
    better: int
    stops: tuple[str, ...]


def read_trial(found: Results, direction: int, looks: int, forecast: tuple[float, float, float], seed: int = 1) -> Reading:
    """Set what was recorded against the forecast.

    Parameters
    ----------
    found : Results
    direction : int
        +1 if more of the main figure is better.
    looks : int
        As planned.
    forecast : tuple of 3 float
        Mean, and between which bounds 95 of 100 such trials were foretold to lie.
    seed : int
        Of the permutations.

    Raises
    ------
    BadInput
        Too few customers of an arm have a figure.
    """
    look = due(found.elapsed, looks)
    bound, harm = bounds(looks)[max(0, look - 1)], bounds(looks, HARM, 1)[max(0, look - 1)]
    main = difference(found, found.values, bound, seed)
    if main is None:
        raise BadInput(Problem("Too few customers of an arm have a figure.", "{least} of each are needed; record more, or wait.",
                               values={"least": LEAST}))  # fmt: skip
    ordered, complained = difference(found, found.orders, harm, seed), _complaints(found, seed)
    good = main.score * direction
    better = int(good > bound) - int(good < -bound)
    stops = ["main"] * (better < 0) + ["orders"] * (ordered is not None and ordered.score < -harm)
    stops += ["complaints"] * (complained is not None and complained[2] < HARM / looks)
    state: State = "early" if not look else "end" if look == looks else "stop_benefit" if better > 0 else "goes_on"
    state = "stop_harm" if stops and look else state
    return Reading(main, ordered, complained, state, look, looks, bound, forecast, beside(main.value, forecast), better if look else 0,
                   tuple(stops) if look else ())  # fmt: skip


def difference(found: Results, values: np.ndarray, bound: float, seed: int) -> Told | None:
    """The adjusted difference of one figure; None if too few have it."""
    lots = np.full(len(found.strata), -1)
    lots[found.units] = found.arms
    mine = by_unit(np.where(found.arms >= 0, values, np.nan), found.units)
    inside = np.isfinite(mine) & (lots >= 0)
    counts = tuple(int((lots[inside] == arm).sum()) for arm in (0, 1))
    known = covariates(by_unit(found.before, found.units)[inside], found.strata[inside]) if inside.any() else np.zeros((0, 0))
    if min(counts) < LEAST or inside.sum() - known.shape[1] < LEAST:
        return None
    y = mine[inside]
    one = gaps((lots[inside] == B)[None, :], y, y, known)
    others = gaps(_again(found, lots, inside, seed), y, y, known).score
    value, half, score = float(one.value[0]), float(one.half_width(bound)[0]), float(one.score[0])
    chance = (1 + int((np.abs(others) >= abs(score) - 1e-12).sum())) / (1 + len(others))
    return Told(value, value - half, value + half, chance, score, counts)


def _again(found: Results, lots: np.ndarray, inside: np.ndarray, seed: int) -> np.ndarray:
    """Lots as they might have been drawn, of those inside: 0 and 1, shape (draws, inside)."""
    part = lots >= 0
    drawn = np.full((DRAWS, len(lots)), -1, np.int8)
    drawn[:, part] = draw(found.strata[part], seed + 77, times=DRAWS)
    return drawn[:, inside] == B


def beside(value: float, forecast: tuple[float, float, float]) -> str:
    """Where a result lies beside the forecast.

    >>> [beside(x, (-2.0, -3.0, -1.0)) for x in (-2.5, -0.5, -4.0, 1.0)]
    ['inside', 'less', 'more', 'against']
    """
    mean, low, high = forecast
    if low <= value <= high:
        return "inside"
    if value * mean < 0:
        return "against"
    return "more" if abs(value) > abs(mean) else "less"


def _complaints(found: Results, seed: int) -> tuple[int, int, float] | None:
    """Upheld complaints in A and in B, and how often other lots would have put so many into B.

    Who has an empty cell has none, as soon as any are recorded. By lots and not by counts alone: one customer who complains ten times
    is one customer, and may as well have been drawn into A.
    """
    if not np.isfinite(found.complaints).any():
        return None
    lots = np.full(len(found.strata), -1)
    lots[found.units] = found.arms
    mine = np.bincount(found.units, np.where(found.arms >= 0, np.nan_to_num(found.complaints), 0.0), len(lots))[lots >= 0]
    in_a, in_b = (float(mine[lots[lots >= 0] == arm].sum()) for arm in (0, 1))
    others = _again(found, lots, lots >= 0, seed) @ mine
    return int(in_a), int(in_b), (1 + int((others >= in_b - 1e-9).sum())) / (1 + len(others))
