"""Do the statements hold as often as they say? Studies by the hundred in a world whose truth is known exactly.

The world: replications of real policies, many of them, run once. A study draws some of them anew (with replacement), so that the true
difference of two policies is the mean over all of them: known, while every difference keeps the lopsided spread it really has. Where the
difference is to be zero, either the true difference is taken off the second policy's figures (as if it cost exactly so much more), or
in each drawn replication a coin decides which of the two is called which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from arsim.study.comparison import CONFIDENCE, Comparison, Replication, interval
from arsim.study.standing import level
from arsim.study.sure import SIGN, Sure

TRUTHS = ("real", "shifted", "swapped")  # the difference as it is; taken off; a coin for each replication


@dataclass(frozen=True, eq=False)
class World:
    """Replications to draw from.

    Parameters
    ----------
    names : tuple of str
        Of the policies; the first is what the others are compared with.
    keys : tuple of str
        Outcomes.
    values : ndarray, shape (policies, outcomes, replications)
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    values: np.ndarray

    @staticmethod
    def of(found: Comparison, keys: Sequence[str]) -> "World":
        """The world made of a comparison's replications."""
        names = tuple(policy.name for policy in found.policies)
        return World(names, tuple(keys), np.array([[found.values(name, key) for key in keys] for name in names]))

    def true(self) -> np.ndarray:
        """Mean of each policy and outcome, shape (policies, outcomes)."""
        return self.values.mean(axis=2)

    def pair(self, other: int, truth: str) -> "World":
        """The first policy and another one, their true difference as `truth` (see `TRUTHS`) has it."""
        both = self.values[[0, other]]
        if truth == "shifted":
            both = both - np.array([np.zeros(len(self.keys)), both[1].mean(axis=1) - both[0].mean(axis=1)])[:, :, None]
        elif truth == "swapped":
            both = np.concatenate([both, both[::-1]], axis=2)
        return World((self.names[0], self.names[other]), self.keys, both)

    def level(self) -> "World":
        """All policies with the same true mean: the first one's."""
        return World(self.names, self.keys, self.values - (self.true() - self.true()[:1])[:, :, None])

    def drawn(self, size: int, random: np.random.Generator) -> np.ndarray:
        """So many replications, shape (policies, outcomes, size)."""
        return self.values[:, :, random.integers(self.values.shape[2], size=size)]


def fixed(world: World, size: int, studies: int, seed: int = 1) -> pd.DataFrame:
    """How often the 95 % interval of the second policy less the first holds the truth, after `size` replications.

    Returns
    -------
    DataFrame
        Indexed by outcome: held (share of the studies), error (its standard error, by luck of the studies), low and high (share of
        misses in which the truth lies below, above the interval).
    """
    random, true = np.random.default_rng(seed), world.true()[1] - world.true()[0]
    sides = [_sides(drawn[1] - drawn[0], true) for drawn in (world.drawn(size, random) for _ in range(studies))]
    return _table(world.keys, np.array(sides))


def stopped(world: World, rule: Sure, studies: int, seed: int = 1) -> pd.DataFrame:
    """The same where `rule` decided when to stop; with the column took: replications, mean over the studies, those put aside included."""
    random, true = np.random.default_rng(seed), world.true()[1] - world.true()[0]
    sides, took = [], []
    for _ in range(studies):
        values = world.drawn(rule.budget, random)
        runs = _Runs(world, values)
        stop = next(filter(None, (rule.stop(runs[: rule.aside + look], world.names) for look in rule.looks())))
        took.append(stop.took)
        sides.append(_sides((values[1] - values[0])[:, rule.aside : stop.took], true))
    return _table(world.keys, np.array(sides)).assign(took=float(np.mean(took)))


def together(world: World, size: int, studies: int, seed: int = 1) -> pd.DataFrame:
    """How often all statements on several policies are true together: per outcome, and ("all") for all outcomes of the world at once.

    Returns
    -------
    DataFrame
        Indexed by outcome and "all": held (every interval between two policies holds its truth), error, wrong (share of the studies in
        which a policy was called better than one that is as good or better).
    """
    random, true = np.random.default_rng(seed), world.true()
    pairs = list(combinations(range(len(world.names)), 2))
    families = {**{key: [place] for place, key in enumerate(world.keys)}, "all": list(range(len(world.keys)))}
    held, wrong = {name: [] for name in families}, {name: [] for name in families}
    for _ in range(studies):
        values = world.drawn(size, random)
        for name, places in families.items():
            apart = np.array([values[b][place] - values[a][place] for place in places for a, b in pairs])
            truth = np.array([true[b][place] - true[a][place] for place in places for a, b in pairs])
            each = level(apart)
            bounds = np.array([interval(one, each)[1:] for one in apart])
            near = np.repeat([1e-9 * np.abs(true[:, place]).max() for place in places], len(pairs))  # nothing is nothing but for rounding
            held[name].append(bool(((bounds[:, 0] <= truth + near) & (truth - near <= bounds[:, 1])).all()))
            wrong[name].append(bool((((bounds[:, 0] > 0) & (truth <= near)) | ((bounds[:, 1] < 0) & (truth >= -near))).any()))
    rows = [(name, np.mean(held[name]), _error(np.mean(held[name]), studies), np.mean(wrong[name])) for name in families]
    return pd.DataFrame(rows, columns=["outcome", "held", "error", "wrong"]).set_index("outcome")


def measure(world: World, studies: int = 200, sizes: Sequence[int] = (20, 40, 100), many: Sequence[int] = (40, 100)) -> pd.DataFrame:
    """All of it, for a table: every other policy against the first, with its difference and with none; then all policies together.

    An interval after a given number of replications, or stopped by its width, moves with the differences: taking the true one off changes
    nothing, so of the ways to have none only the coin is tried there.

    Parameters
    ----------
    world : World
    studies : int
        Of each kind.
    sizes, many : sequence of int
        Replications of a comparison of two, and of all.

    Returns
    -------
    DataFrame
        kind ("fixed", "auto", "sign" or "together"), size (replications; mean of what it took for auto and sign), policy, truth, outcome,
        held, error.
    """
    found = []
    for other, name in enumerate(world.names[1:], 1):
        for truth in TRUTHS:
            pair = world.pair(other, truth)
            kinds = [("sign", stopped(pair, Sure({world.keys[0]: SIGN}, budget=200), studies))]
            if truth != "shifted":
                kinds += [("fixed", fixed(pair, size, studies).assign(took=size)) for size in sizes]
                kinds.append(("auto", stopped(pair, Sure(_present(world, Sure().within), budget=400), studies)))
            found += [table.reset_index().assign(kind=kind, policy=name, truth=truth) for kind, table in kinds]
    for size in many:
        found.append(together(world, size, studies).reset_index().assign(kind="together", took=size, policy="", truth="real"))
    columns = ["kind", "took", "policy", "truth", "outcome", "held", "error"]
    return pd.concat(found)[columns].rename(columns={"took": "size"}).reset_index(drop=True)


def _present(world: World, within):
    return {key: width for key, width in within.items() if key in world.keys}


class _Runs:
    """Drawn replications, made when they are asked for."""

    def __init__(self, world: World, values: np.ndarray):
        self.world, self.values = world, values
        self.made: list[Replication] = []

    def __getitem__(self, wanted: slice) -> list[Replication]:
        keys, names = self.world.keys, self.world.names
        for number in range(len(self.made), wanted.stop):
            met = {name: dict(zip(keys, self.values[place, :, number], strict=True)) for place, name in enumerate(names)}
            self.made.append(Replication(number, met, {}))
        return self.made[wanted]


def _sides(apart: np.ndarray, true: np.ndarray) -> list[int]:
    """Of each outcome: 0 the truth lies within, -1 below the interval, +1 above it."""
    found = []
    for one, truth in zip(apart, true, strict=True):
        _, low, high = interval(one, CONFIDENCE)
        near = 1e-9 * np.abs(one).max()
        found.append(int(truth - near > high) - int(truth + near < low))
    return found


def _table(keys: Sequence[str], sides: np.ndarray) -> pd.DataFrame:
    held = (sides == 0).mean(axis=0)
    return pd.DataFrame({"held": held, "error": [_error(one, len(sides)) for one in held], "below": (sides < 0).mean(axis=0),
                         "above": (sides > 0).mean(axis=0)}, index=pd.Index(keys, name="outcome"))  # fmt: skip


def _error(share: float, studies: int) -> float:
    return float(np.sqrt(share * (1 - share) / studies))
