"""The value of one parameter at which a verdict turns, everything else as used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from arsim.domain.policy import Policy
from arsim.engine.engines import AUTO
from arsim.model.behaviour import Behaviour
from arsim.model.evidence import Constant, constants
from arsim.model.scenario import BASE, Scenario
from arsim.study.company import Company
from arsim.study.compare import replicate
from arsim.study.comparison import interval
from arsim.study.keep import Keep, Part
from arsim.study.room import needed
from arsim.study.spread import counted, spread
from arsim.study.worlds import kind_of, wide

POINTS = 7  # values along the range, the one in use among them
OFTEN = 0.95  # of them must turn before it is said that it turns
DRAWS = 400  # of the replications with replacement, for how often it turns


@dataclass(frozen=True, eq=False)
class Tipping:
    """A difference along one parameter's range.

    Parameters
    ----------
    constant : Constant
    used : float
        The value in use.
    policy, outcome : str
    values : tuple of float
        Where it was tried, rising.
    differences : ndarray of float, shape (values, replications)
        Of the policy from the first one, the same luck at every value; money in fen.
    """

    constant: Constant
    used: float
    policy: str
    outcome: str
    values: tuple[float, ...]
    differences: np.ndarray = field(repr=False)

    @property
    def points(self) -> list[tuple[float, float, float]]:
        """Mean difference with its 95 % interval at each value."""
        return [interval(one) for one in self.differences]

    @property
    def value(self) -> float | None:
        """Where the mean difference crosses zero, the crossing nearest to the value in use; None: it does not turn within its range."""
        return turn(self.values, self.differences.mean(axis=1), self.used)

    @property
    def range(self) -> tuple[float, float, float]:
        """How sure that is: the values next to it, below and above, from which on the verdict is sure; and how often it turns at all.

        Sure is a verdict whose 95 % interval (`points`) leaves out zero; between the points its ends are taken as straight lines. The
        bounds are nan unless the verdict is sure on both sides, within the range, and turned about. Replications drawn with replacement
        tell too narrow a range where a few of them carry most of the difference, as a large customer that fails does; they only tell how
        often it turns: the share of draws, each with the same luck at all values.
        """
        low = high = np.nan
        if self.value is not None:
            _, *bounds = np.array(self.points).T
            ends = sorted((value, worse) for worse, bound in enumerate(bounds) for value in crossings(self.values, bound))
            before = [end for end in ends if end[0] <= self.value][-1:]
            after = [end for end in ends if end[0] >= self.value][:1]
            if before and after and before[0][1] != after[0][1]:
                low, high = before[0][0], after[0][0]
        luck = np.random.default_rng(1)
        draws = luck.integers(self.differences.shape[1], size=(DRAWS, self.differences.shape[1]))
        found = [turn(self.values, self.differences[:, draw].mean(axis=1), self.used) for draw in draws]
        return low, high, sum(value is not None for value in found) / DRAWS


def turn(values: Sequence[float], means: Sequence[float], used: float) -> float | None:
    """Where a line through the points crosses 0, nearest to `used`; None if nowhere.

    >>> turn([1, 2, 4], [3.0, 1.0, -1.0], 2), turn([1, 2], [1.0, 2.0], 1)
    (3.0, None)
    >>> turn([0, 1, 2, 3], [-1.0, 1.0, 1.0, -1.0], 3)
    2.5
    """
    return min(crossings(values, means), key=lambda value: abs(value - used), default=None)


def crossings(values: Sequence[float], means: Sequence[float]) -> list[float]:
    """Every place where a line through the points crosses 0, rising.

    >>> crossings([0, 1, 2, 3], [-1.0, 1.0, 1.0, -1.0])
    [0.5, 2.5]
    """
    found = []
    for here, there, a, b in zip(values, values[1:], means, means[1:], strict=False):
        if a * b <= 0 and a != b:
            found.append(float(here + (there - here) * a / (a - b)))
    return found


def along(constant: Constant, used: float, points: int = POINTS) -> tuple[float, ...]:
    """Values from the low end of the range to the high end, evenly on the scale it is sampled on, with the one in use."""
    place = np.linspace(0, 1, points)
    low, high = constant.low, constant.high
    made = low * (high / low) ** place if wide(constant) else low + place * (high - low)
    nearest = int(np.argmin(np.abs(made[1:-1] - used))) + 1 if points > 2 else 0
    made = np.where((np.arange(points) == nearest) & (low < used < high), used, made)
    return tuple(sorted({kind_of(constant)(round(value) if kind_of(constant) is int else value) for value in made.tolist()}))


def at_value(number: int, path: str, values: Sequence[float], policies: Sequence[Policy], company: Company, days: int, seed: int,
             known: dict, outcome: str, scenario: Scenario, engine: str) -> list[float]:  # fmt: skip
    """The difference of the second policy from the first with the luck of replication `number`, at each value."""
    found = []
    for value in values:
        run = replicate(number, policies, company, days, seed, Behaviour.default({**known, path: value}), scenario, engine)
        found.append(run.outcomes[policies[1].name][outcome] - run.outcomes[policies[0].name][outcome])
    return found


def tipping(
    path: str, first: Policy, second: Policy, outcome: str = "net_value", company: Company | None = None, days: int = 365,
    replications: int = 20, seed: int = 1, known: dict | None = None, scenario: Scenario = BASE, points: int = POINTS, workers: int = 0,
    engine: str = AUTO, keep: Keep | Part | None = None, cluster: str = "", told: Callable[[int], None] | None = None,
) -> Tipping:  # fmt: skip
    """Walk one parameter through its range, everything else as used, with the same luck at every value.

    Parameters
    ----------
    path : str
        Of the constant.
    first, second : Policy
        The second is judged against the first.
    outcome : str
    company : Company, optional
    days, replications, seed : int
    known : dict, optional
        Constants with another value than the usual one.
    scenario : Scenario
    points : int
        Values tried.
    workers, engine, keep, cluster
        As for `arsim.study.spread.spread`.
    told : callable, optional
        Told how many replications are done.
    """
    constant, known, company = constants()[path], dict(known or {}), company or Company.demo()
    used = known.get(path, constant.value)
    values = along(constant, used, points)
    given = (path, values, (first, second), company, days, seed, known, outcome, scenario, engine)
    found = list(counted(spread(at_value, given, replications, workers, engine, needed(company, days), keep, cluster), told))
    return Tipping(constant, used, second.name, outcome, values, np.array(found).T)
