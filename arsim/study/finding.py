"""What an experiment found: an estimate with its interval, and whether the claim survives it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from arsim.study.comparison import ENOUGH, interval

Verdict = Literal["holds", "does not hold", "cannot be told"]
Compare = Literal["relative", "difference", "ratio", "level"]
Direction = Literal["rise", "fall", "about", "at most"]


@dataclass(frozen=True)
class Claim:
    """What is said to come out.

    Parameters
    ----------
    low, high : float
        The claimed value, twice; or both ends of a claimed range. A share for relative changes (-0.2 is 20 % less).
    direction : {"rise", "fall", "about", "at most"}
        A rise or a fall of at least so much; the figure itself; or a figure that is not exceeded.
    nothing : float
        What comes out if there is no effect: 1 for a ratio, else 0.
    """

    low: float
    high: float
    direction: Direction
    nothing: float = 0.0


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval, nan where it is not known."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Beside:
    """A figure reported beside the claim, without a verdict: the paired `change`, or the trial's level where nothing is compared."""

    measure: str
    estimate: Estimate
    change: bool


@dataclass(frozen=True)
class Finding:
    """What an experiment found.

    Parameters
    ----------
    experiment : str
    estimate, low, high : float
        In the unit of the claim; nan where nothing could be measured.
    verdict : {"holds", "does not hold", "cannot be told"}
        See `judge`.
    claimed : Claim
    n, ran, asked : int
        Paired replications that gave a figure, those that were run, and those asked for.
    reference, trial : float
        The measure in each arm; nan for a reference that is not compared with.
    beside : tuple of Beside
    assumptions : tuple of str
        Paths of the constants of behaviour the answer leans on (`arsim.model.evidence.constants`).
    """

    experiment: str
    estimate: float
    low: float
    high: float
    verdict: Verdict
    claimed: Claim
    n: int
    ran: int
    asked: int
    reference: float
    trial: float
    beside: tuple[Beside, ...]
    assumptions: tuple[str, ...]


def judge(low: float, high: float, claim: Claim, n: int = ENOUGH) -> Verdict:
    """Hold a claim against the interval from `low` to `high` of `n` replications.

    - A rise (or fall) of at least c *does not hold* if the whole interval falls short of c, or shows no change at all. It *holds* if the
      interval reaches c, lying beyond it or around it, and leaves no doubt that there is a rise. Else it *cannot be told*.
    - A figure itself ("about") does not hold if the interval lies outside the claimed range, and holds if they meet, unless the
      interval also takes in "no effect".
    - A figure said not to be exceeded holds if the whole interval stays at or below it, and does not if it lies above.

    Fewer than `ENOUGH` replications tell nothing, unless every one of them says exactly the same.

    Examples
    --------
    Claimed: at least 20 % less. Found 18 to 25 % less; 5 to 12 % less; 25 % less to 3 % more.

    >>> less = Claim(-0.20, -0.20, "fall")
    >>> judge(-0.25, -0.18, less), judge(-0.12, -0.05, less), judge(-0.25, 0.03, less)
    ('holds', 'does not hold', 'cannot be told')
    """
    if not (np.isfinite(low) and np.isfinite(high)) or (n < ENOUGH and low < high):
        return "cannot be told"
    if claim.direction == "at most":
        return "holds" if high <= claim.high else "does not hold" if low > claim.high else "cannot be told"
    if claim.direction == "about":
        if high < claim.low or low > claim.high:
            return "does not hold"
        return "cannot be told" if low <= claim.nothing <= high else "holds"
    if claim.direction == "fall":  # a fall is a rise upside down
        low, high, claim = -high, -low, Claim(-claim.high, -claim.low, "rise", -claim.nothing)
    if high < claim.low or high <= claim.nothing:
        return "does not hold"
    return "holds" if low > claim.nothing else "cannot be told"


def estimated(compare: Compare, trial: np.ndarray, reference: np.ndarray | None = None) -> Estimate:
    """Compare two arms, each a ratio of sums over the replications, with a paired interval by the delta method.

    Parameters
    ----------
    compare : {"relative", "difference", "ratio", "level"}
        trial / reference - 1, trial - reference, trial / reference, or the trial alone.
    trial, reference : ndarray, shape (replications, 2)
        Part and whole of each replication; an arm's value is sum of parts / sum of wholes. Row for row the same luck.

    Returns
    -------
    Estimate
        All nan if a whole is 0 (or a reference, where it is divided by).

    Examples
    --------
    Always exactly a tenth less, so there is no doubt about it:

    >>> reference = np.array([[10.0, 1], [20.0, 1], [30.0, 1]])
    >>> estimated("relative", reference * [0.9, 1], reference)
    Estimate(value=-0.1, low=-0.1, high=-0.1)
    """
    value, pull = _arm(trial)
    if compare != "level":
        base, base_pull = _arm(reference)
        if compare == "difference":
            value, pull = value - base, pull - base_pull
        else:
            value = value / base if base else np.nan
            pull = (pull - value * base_pull) / base if base else pull
            value -= compare == "relative"
    scale = np.abs(pull).max(initial=0.0)
    if scale < 1e-12 * max(1.0, abs(value)):
        pull = np.zeros_like(pull)  # only rounding is left: every replication says the same
    if not np.isfinite(value):
        return Estimate(np.nan, np.nan, np.nan)
    _, low, high = interval(pull)
    return Estimate(*(round(float(x), 15) for x in (value, value + low, value + high)))


def _arm(figures: np.ndarray) -> tuple[float, np.ndarray]:
    """Value of an arm, and how far each replication pulls it."""
    part, whole = figures.T
    if not whole.sum():
        return np.nan, np.zeros(len(part))
    value = part.sum() / whole.sum()
    return value, (part - value * whole) / whole.mean()
