"""Policies in many plausible worlds: in how many each wins, by which outcomes, and how much of the difference is luck."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
import pandas as pd

from arsim.domain.policies import told_apart
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import AUTO
from arsim.study.company import Company
from arsim.study.compare import check, dealt, replicate
from arsim.study.keep import Keep
from arsim.study.outcome import OUTCOMES
from arsim.study.proportion import wilson
from arsim.study.question import question
from arsim.study.room import needed
from arsim.study.spread import spread
from arsim.study.worlds import Worlds, worlds

TOGETHER = ("net_value", "overdue_share", "goodwill")  # value, risk, relationship
KEYS = tuple(outcome.key for outcome in OUTCOMES)
DIRECTION = {outcome.key: outcome.direction for outcome in OUTCOMES}
MOST_EACH = 100  # replications in a world


@dataclass(frozen=True)
class Share:
    """In how many worlds something holds: the share of them, with its 95 % interval. Each replication is a world with luck of its own."""

    share: float
    low: float
    high: float
    worlds: int


@dataclass(frozen=True, eq=False)
class Robust:
    """What came of each policy in each world.

    Parameters
    ----------
    policies : tuple of Policy
        The first is what the others are compared with.
    worlds : Worlds
        Those that were run.
    values : ndarray of float, shape (worlds, replications, policies, outcomes)
        In the order of `arsim.study.outcome.OUTCOMES`; money in fen. Within a replication all policies met the same luck.
    asked : int
        Worlds asked for; fewer came out if the run was stopped.
    days, seed : int
    """

    policies: tuple[Policy, ...]
    worlds: Worlds
    values: np.ndarray
    asked: int
    days: int
    seed: int

    @property
    def names(self) -> tuple[str, ...]:
        """Of the policies."""
        return tuple(policy.name for policy in self.policies)

    @property
    def each(self) -> int:
        """Replications in a world."""
        return self.values.shape[1]

    def outcome(self, key: str) -> np.ndarray:
        """One outcome: ndarray of float, shape (worlds, replications, policies)."""
        return self.values[..., KEYS.index(key)]

    def in_worlds(self, key: str) -> np.ndarray:
        """Its mean over the replications in each world: ndarray of float, shape (worlds, policies)."""
        return self.outcome(key).mean(axis=1)

    def difference(self, policy: str, key: str) -> np.ndarray:
        """The policy less the first: ndarray of float, shape (worlds, replications)."""
        outcome = self.outcome(key)
        return outcome[..., self.names.index(policy)] - outcome[..., 0]

    def ahead(self, policy: str, key: str) -> np.ndarray:
        """How much better than the first policy, whichever way better is: ndarray of float, shape (worlds, replications)."""
        return (DIRECTION[key] or 1) * self.difference(policy, key)

    def best(self, key: str) -> dict[str, Share]:
        """In which share of the worlds each policy is the best by this outcome; of several equally good ones none is."""
        good = (DIRECTION[key] or 1) * self.outcome(key)
        top = good == np.nanmax(good, axis=2, keepdims=True)
        alone = top & (top.sum(axis=2, keepdims=True) == 1)
        return {name: share_of(alone[..., place]) for place, name in enumerate(self.names)}

    def beats(self, policy: str, key: str) -> Share:
        """In which share of the worlds the policy is better than the first. Luck is a part of a world: each replication counts."""
        return share_of(self.ahead(policy, key) > 0)

    def same(self, policy: str, key: str) -> float:
        """In which share of the worlds, luck being a part of them, the policy and the first do exactly the same."""
        return float((self.difference(policy, key) == 0).mean()) if len(self.worlds) else 0.0

    def on_average(self, policy: str, key: str) -> float:
        """About the share of worlds in which it is better than the first once luck is averaged out; nan for one replication a world.

        The averages are taken to be spread like a bell curve, with the spread between worlds that luck does not explain.
        """
        ahead = self.ahead(policy, key)
        within, between = _spreads(ahead)
        if np.isnan(within):
            return float("nan")
        mean = float(ahead.mean())
        return float(np.heaviside(mean, 0.5)) if between <= 0 else 0.5 * (1 + erf(mean / sqrt(2 * between)))

    def all_three(self, policy: str, keys: Sequence[str] = TOGETHER) -> Share:
        """In which share of the worlds it is better than the first on all of `keys` at once."""
        return share_of(np.all([self.ahead(policy, key) > 0 for key in keys], axis=0))

    def patterns(self, policy: str, keys: Sequence[str] = TOGETHER) -> dict[tuple[bool, ...], float]:
        """Share of worlds by which of `keys` it is better on, the most frequent pattern first."""
        better = np.stack([self.ahead(policy, key).ravel() > 0 for key in keys], axis=1)
        kinds, counts = np.unique(better, axis=0, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return {tuple(bool(one) for one in kinds[at]): float(counts[at] / len(better)) for at in order}

    def by_scenario(self, policy: str, key: str) -> dict[str, Share]:
        """`beats` within each scenario."""
        ahead, names = self.ahead(policy, key), np.array(self.worlds.scenarios)
        return {name: share_of(ahead[names == name] > 0) for name in self.worlds.weights if (names == name).any()}

    def luck_share(self, policy: str, key: str) -> float:
        """Share of the difference's variance, over years in worlds taken at random, that is luck within a world; nan for one a world."""
        within, between = _spreads(self.difference(policy, key))
        return within / (within + between) if within + between > 0 else float("nan")

    def runs(self) -> pd.DataFrame:
        """Columns world, replication, policy, and every outcome by key; money in fen."""
        count, each, policies, outcomes = self.values.shape
        made = pd.DataFrame(self.values.reshape(-1, outcomes), columns=list(KEYS))
        made.insert(0, "world", np.repeat(np.arange(count), each * policies))
        made.insert(1, "replication", np.tile(np.repeat(np.arange(each), policies), count))
        made.insert(2, "policy", np.tile(self.names, count * each))
        return made


def share_of(holds: np.ndarray) -> Share:
    """The share of true ones, with Wilson's 95 % interval.

    Replications of one world are no worlds of their own, so the interval reckons with as many as the spread *between* worlds shows.

    Parameters
    ----------
    holds : ndarray of bool, shape (worlds,) or (worlds, replications)

    Examples
    --------
    >>> found = share_of(np.array([True, True, True, False]))
    >>> found.share, round(found.low, 2), round(found.high, 2)
    (0.75, 0.3, 0.95)
    """
    each = holds.reshape(len(holds), -1).mean(axis=1) if len(holds) else np.zeros(0)
    share, count = float(each.mean()) if len(each) else float("nan"), len(each)
    spread = float(each.var(ddof=1)) if count > 1 else 0.0
    size = share * (1 - share) / spread * count if spread else float(count)
    size = min(max(size, count), float(np.size(holds))) if count else 0.0
    return Share(share, *wilson(share * size if count else 0.0, size), count)


def _spreads(apart: np.ndarray) -> tuple[float, float]:
    """Variance within worlds, and between them beyond what luck brings; nan, 0 for one replication a world."""
    count, each = apart.shape
    if each < 2 or count < 2:
        return float("nan"), 0.0
    within = float(apart.var(axis=1, ddof=1).mean())
    return within, max(0.0, float(apart.mean(axis=1).var(ddof=1)) - within / each)


def in_world(number: int, drawn: Worlds, policies: Sequence[Policy], company: Company, days: int, seed: int, each: int,
             engine: str = AUTO) -> np.ndarray:  # fmt: skip
    """Every policy in one world: ndarray of float, shape (each, policies, outcomes). No two worlds share their luck."""
    behaviour, scenario = drawn.behaviour(number), drawn.scenario(number)
    runs = [replicate(number * each + luck, policies, company, days, seed, behaviour, scenario, engine) for luck in range(each)]
    return np.array([[[run.outcomes[policy.name][key] for key in KEYS] for policy in policies] for run in runs])


def growing(drawn: Worlds, policies: Sequence[Policy], company: Company, days: int, seed: int, each: int) -> Iterator[Robust | None]:
    """The study after every world; None after every single run, so that whoever asks can stop there. The same figures as `robust`."""
    done: list[np.ndarray] = []
    for number in range(len(drawn)):
        behaviour, scenario, made = drawn.behaviour(number), drawn.scenario(number), []
        for luck in range(number * each, (number + 1) * each):
            world = dealt(luck, company, days, seed, behaviour, scenario)
            for policy in policies:
                run = replicate(luck, (policy,), company, days, seed, behaviour, scenario, world=world)
                made.append([run.outcomes[policy.name][key] for key in KEYS])
                yield None
        done.append(np.array(made).reshape(each, len(policies), len(KEYS)))
        yield Robust(tuple(policies), drawn.first(number + 1), np.array(done), len(drawn), days, seed)


def robust(
    policies: Sequence[Policy], company: Company | None = None, count: int = 200, each: int = 2, days: int = 365, seed: int = 1,
    weights: Mapping[str, float] | None = None, known: Mapping[str, float] | None = None,
    progress: Callable[[int, int], None] | None = None, workers: int = 0, engine: str = AUTO, drawn: Worlds | None = None,
    keep: Keep | None = None, cluster: str = "",
) -> Robust:  # fmt: skip
    """Run `policies` in plausible worlds, all of them in the same ones with the same luck.

    Parameters
    ----------
    policies : sequence of Policy
        Two or more; the others are compared with the first.
    company : Company, optional
        The demo company if not given. Its customers stay as they are: their traits are not varied.
    count : int
        Worlds.
    each : int
        Replications in a world, so that luck is not mistaken for the world.
    days, seed : int
    weights, known : mapping, optional
        As for `arsim.study.worlds.worlds`.
    progress : callable, optional
        Called with (worlds done, asked).
    workers : int
        How many at a time; 0 chooses. The result does not depend on it.
    engine : str
        As for `arsim.engine.engines.simulate`.
    drawn : Worlds, optional
        The worlds, instead of drawing them.
    keep : Keep, optional
        An entered folder in which what is run is kept; asked the same again, it goes on there.
    cluster : str
        Address of a Dask scheduler whose workers do the work.

    Returns
    -------
    Robust
        If interrupted (Ctrl-C), with the worlds finished by then.

    Raises
    ------
    BadInput
        If the policies cannot be compared, or a number is out of bounds.
    """
    policies, company = told_apart(policies), company or Company.demo()
    check(policies, days, each)
    if each > MOST_EACH:
        raise BadInput(Problem("The number of {name} must lie between 1 and {most}.", "Choose another number.", value=str(each),
                               values={"name": "replications", "most": MOST_EACH}))  # fmt: skip
    drawn = worlds(count, seed, weights, known) if drawn is None else drawn
    if keep:
        more = {"worlds": len(drawn), "each": each, "weights": dict(drawn.weights), "known": dict(drawn.known)}
        keep.ask(question("robust", company, policies, days, seed, **more), (), company)
    done: list[np.ndarray] = []
    try:
        given = (drawn, policies, company, days, seed, each, engine)
        with closing(spread(in_world, given, len(drawn), workers, engine, needed(company, days), keep, cluster)) as coming:
            for one in coming:
                done.append(one)
                if progress:
                    progress(len(done), len(drawn))
    except KeyboardInterrupt:
        pass  # the worlds finished are still a random sample of them
    values = np.array(done) if done else np.empty((0, each, len(policies), len(KEYS)))
    return Robust(policies, drawn.first(len(done)), values, len(drawn), days, seed)
