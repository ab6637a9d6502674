"""Places of teams by three outcomes at once, without weights."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from arsim.study.dominated import TOGETHER
from arsim.study.league.season import Scores
from arsim.study.outcome import OUTCOMES

_DIRECTION = np.array([next(one.direction for one in OUTCOMES if one.key == key) for key in TOGETHER])


@dataclass(frozen=True)
class Standing:
    """Where a team stands.

    Parameters
    ----------
    team : str
    scores : Scores
    layer : int
        1: nobody is better on all three. 2: nobody but those of layer 1, and so on.
    places : tuple of 3 int
        By each of the three alone.
    place : int
        By layer, then by the weakest of the three places, then by their sum; the same for teams these do not part.
    beaten_by : tuple of str
        Teams at least as good on all three and better on one.
    """

    team: str
    scores: Scores
    layer: int
    places: tuple[int, int, int]
    place: int
    beaten_by: tuple[str, ...]


def standings(scores: Mapping[str, Scores]) -> tuple[Standing, ...]:
    """All teams, the best first; of equals, by name.

    Nobody is asked what a point of goodwill is worth in money. Whoever is beaten on all three stands behind whoever beats it. Where
    one team is better at this and another at that, the one whose weakest side is stronger goes first: a department must not pay for
    one with another.

    >>> a, b, c = Scores(3.0, 0.1, 90.0), Scores(2.0, 0.1, 80.0), Scores(1.0, 0.05, 95.0)
    >>> [(one.team, one.layer, one.place) for one in standings({"a": a, "b": b, "c": c})]
    [('a', 1, 1), ('c', 1, 2), ('b', 2, 3)]
    """
    names = sorted(scores)
    table = ahead(scores, names)
    better = (table[:, None] >= table).all(axis=2) & (table[:, None] > table).any(axis=2)  # [i, j]: i beats j
    layer = _layers(better)
    places = 1 + (table[:, None] < table).sum(axis=1)  # [i, outcome]: how many are strictly ahead of i
    key = [(int(layer[at]), int(places[at].max()), int(places[at].sum())) for at in range(len(names))]
    order = sorted(range(len(names)), key=lambda at: (key[at], names[at]))
    return tuple(
        Standing(names[at], scores[names[at]], int(layer[at]), tuple(places[at].tolist()), 1 + sum(one < key[at] for one in key),
                 tuple(names[other] for other in np.flatnonzero(better[:, at])))
        for at in order
    )  # fmt: skip


def ahead(scores: Mapping[str, Scores], names: list[str]) -> np.ndarray:
    """The three outcomes turned so that more is better; shape (teams, 3)."""
    values = [(one.net_value, one.overdue_share, one.goodwill) for one in (scores[name] for name in names)]
    return np.array(values, float).reshape(len(names), 3) * _DIRECTION


def _layers(better: np.ndarray) -> np.ndarray:
    layer, left, number = np.zeros(len(better), int), np.ones(len(better), bool), 1
    while left.any():
        free = left & ~(better & left[:, None]).any(axis=0)
        layer[free] = number
        left &= ~free
        number += 1
    return layer
