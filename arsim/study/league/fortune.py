"""Better or luckier: the same decisions under other luck, and what is left of the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from arsim.domain.policy import Policy
from arsim.study.comparison import Comparison, Replication, interval
from arsim.study.dominated import TOGETHER, dominators
from arsim.study.league.season import Scores
from arsim.study.league.standing import standings

Interval = tuple[float, float, float]  # mean, low, high


@dataclass(frozen=True)
class Fortune:
    """One team under all lucks, the game's own first.

    Parameters
    ----------
    places : tuple of int
        Its place in each world.
    edge : tuple of 3 Interval
        Difference from the mean of all teams in the same world, with its 95 % interval: net value (fen), overdue share, goodwill.
    surely_beaten_by : tuple of str
        Teams as good or better on the average of all worlds on all three, and surely better on one (`arsim.study.dominated`).
    """

    places: tuple[int, ...]
    edge: tuple[Interval, Interval, Interval]
    surely_beaten_by: tuple[str, ...]

    @property
    def usual(self) -> float:
        """Median place under other luck; under the game's own where there is no other."""
        return float(np.median(self.places[1:] or self.places))


def fortunes(worlds: Sequence[Mapping[str, Scores]]) -> dict[str, Fortune]:
    """Every team's fortune.

    Parameters
    ----------
    worlds : sequence of mapping
        Team → scores, one mapping a world, the game's own first; the same teams in each.
    """
    teams = sorted(worlds[0])
    places = [{one.team: one.place for one in standings(world)} for world in worlds]
    table = np.array([[[getattr(world[team], key) for key in TOGETHER] for team in teams] for world in worlds])
    edge = table - table.mean(axis=1, keepdims=True)
    sure = _sure(worlds, teams)
    return {
        team: Fortune(tuple(one[team] for one in places), tuple(interval(edge[:, at, key]) for key in range(3)), sure[team])
        for at, team in enumerate(teams)
    }


def agreement(found: Mapping[str, Fortune]) -> float:
    """Mean rank correlation of the game's own order with that under each other luck; 1: luck moved nobody. nan without other luck."""
    places = np.array([one.places for one in found.values()], float)
    if len(places) < 2 or places.shape[1] < 2:
        return float("nan")
    from scipy.stats import rankdata

    ranks = rankdata(places, axis=0)
    own, others = ranks[:, 0], ranks[:, 1:]
    if own.std() == 0 or (others.std(axis=0) == 0).any():
        return float("nan")
    return float(np.mean([np.corrcoef(own, other)[0, 1] for other in others.T]))


def _sure(worlds, teams) -> dict[str, tuple[str, ...]]:
    policies = tuple(Policy(name=f"team_{at}") for at in range(len(teams)))  # names of teams may hold what policies' may not
    runs = tuple(
        Replication(number, {f"team_{at}": vars(world[team]) for at, team in enumerate(teams)}, {}) for number, world in enumerate(worlds)
    )
    comparison = Comparison(policies, runs, len(runs), 0, 0)
    named = {f"team_{at}": team for at, team in enumerate(teams)}
    return {named[name]: tuple(named[by] for by in beaten) for name, beaten in dominators(comparison).items()}
