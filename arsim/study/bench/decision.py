"""Time to a confident decision: the same luck for both policies and stopping when sure, against runs that share nothing.

Our side deals one world a replication, runs both policies in it with the compiled engine, and stops once the 95 % interval of the
difference of net value is narrower than a tenth of the difference, or stays clear of zero by a tenth of it; not before `ENOUGH`
replications. (Looking again after every replication makes 95 % somewhat less; who decides on large sums should go on for a while.)
The other side runs each policy in worlds of its own in idiomatic SimPy; how many runs it needs for an interval as
narrow follows from the variance of the net values, (1.96 × sd / half-width)², which the compiled engine measures: the rules are the same.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.engine.compiled.simulate import simulate as compiled
from arsim.engine.yardstick.simulate import simulate as idiomatic
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.company import Company
from arsim.study.compare import prices
from arsim.study.comparison import ENOUGH, interval
from arsim.study.outcome import outcomes
from arsim.study.quick import quicken

CLEAR = 0.1  # part of the difference that the interval may be wide, or must stay away from zero
Z = 1.96


@dataclass(frozen=True)
class Decision:
    """What was found for one pair of policies; money in fen, seconds of CPU.

    `sure` is False if the most replications allowed did not do.
    """

    name: str
    policies: tuple[str, str]
    difference: float
    half_width: float
    replications: int
    sure: bool
    paired_sd: float
    independent_sd: float
    independent_replications: int
    seconds: float
    independent_seconds: float

    @property
    def speedup(self) -> float:
        """How many times as long independent runs in idiomatic SimPy would take."""
        return self.independent_seconds / self.seconds

    @property
    def of_pairing(self) -> float:
        """The part of it that the same luck brings: fewer replications."""
        return self.independent_replications / self.replications

    @property
    def of_engine(self) -> float:
        """The part of it that the engine brings: a faster replication, dealing its world and outcomes included."""
        return self.speedup / self.of_pairing


def pairs() -> dict[str, tuple[Policy, Policy]]:
    """Two policies that differ in kind, and two that differ by a few days."""
    usual = read_policy("baseline")
    sooner = usual.replace({"name": "sooner", "dunning.0.days": 5, "dunning.1.days": 15})
    return {"unlike": (read_policy("do_nothing"), usual), "alike": (usual, sooner)}


def sure(differences: list[float]) -> bool:
    """Whether to stop.

    >>> sure([1.0, 1.2] * 10), sure([-1.0, 1.2] * 10), sure([1.0, 1.2])
    (True, False, False)
    """
    if len(differences) < ENOUGH:
        return False
    mean, low, high = interval(np.array(differences))
    return high - low < CLEAR * abs(mean) or (low * high > 0 and min(abs(low), abs(high)) > CLEAR * abs(mean))


def decide(name: str, both: tuple[Policy, Policy], days: int, run_off: int, most: int, timed: int,
           tell: Callable[[], None] = lambda: None) -> Decision:  # fmt: skip
    """Decide between two policies, and find what independent runs would have cost.

    Parameters
    ----------
    name : str
    both : pair of Policy
    days, run_off : int
    most : int
        Replications at the most.
    timed : int
        Runs in idiomatic SimPy by which one of its runs is timed.
    tell : callable, optional
        Called after every replication and timed run.
    """
    people, cost = Company.demo().population, prices(Behaviour.default())

    def world(number):
        return deal(people, 1, number, days, run_off=run_off)

    def worth(simulate, dealt, policy):
        return outcomes(simulate(dealt, policy), cost)["net_value"]

    quicken()
    worth(compiled, world(0), both[0])  # compiled now, not while the clock runs
    values: list[list[float]] = []
    begun = time.process_time()
    while True:
        dealt = world(len(values))
        values.append([worth(compiled, dealt, policy) for policy in both])
        if (found := sure([theirs - ours for ours, theirs in values])) or len(values) == most:
            break
        tell()
    seconds = time.process_time() - begun
    ours, theirs = np.array(values).T
    mean, low, high = interval(theirs - ours)
    half = max((high - low) / 2, 1e-9)
    one_run = partial(_one_run, worth, world, both)
    each = float(np.median([one_run(number, tell) for number in range(timed)]))  # seconds for one run of each policy
    # More worlds for the variance than the decision took, or it would rest on a handful.
    further = [[worth(compiled, dealt, policy) for policy in both] for dealt in map(world, range(len(values), max(len(values), most)))]
    all_ = np.array(values + further)
    spread = float(np.sqrt(all_.var(axis=0, ddof=1).sum()))
    needed = max(ENOUGH, int(np.ceil((Z * spread / half) ** 2)))
    return Decision(
        name, (both[0].name, both[1].name), mean, half, len(values), found, float((theirs - ours).std(ddof=1)), spread, needed, seconds,
        needed * each,
    )  # fmt: skip


def _one_run(worth, world, both, number, tell):
    """Seconds idiomatic SimPy takes for one run of each policy, in a world of its own each."""
    begun = time.process_time()
    for place, policy in enumerate(both):
        worth(idiomatic, world(1_000_000 + 2 * number + place), policy)
    tell()
    return time.process_time() - begun
