"""What ten points of a call's score go with in the role-play, and what that would be in a whole team's behaviour.

A chain of assumptions, and shown as one: points measure what our rules reward; the rules are no measurement of real debtors; how much of a
difference in the room carries over to a desk is assumed (``carries_over`` in ``data/roleplay/shared/link.toml``).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from arsim.model.behaviour import Behaviour
from arsim.workbook.roleplay.debtor import met
from arsim.workbook.roleplay.files import built_in
from arsim.workbook.roleplay.lines import LINES, played
from arsim.workbook.roleplay.outcome import ENDS, HIGH, LOW, VALUE, assumed
from arsim.workbook.roleplay.score import kept, score

POINTS = 10
SEEDS = 15
UNLAWFUL = ("thug",)  # no team may call like this
KEPT = ("promise.kept", "promise.kept_tight", "promise.kept_distressed")
PROMISED, PAYS, PRICE = "answer.promise", "answer.pays", "channel.call.goodwill"
MOST = 0.95


@dataclass(frozen=True)
class Slope:
    """What goes with one more point of score, the same debtors called.

    Parameters
    ----------
    promises : float
        Share of calls that end in a promise with a day.
    kept : float
        Chance that such a promise is kept.
    trust : float
        Trust won, 0 to 1.
    calls : int
        Played to find out.
    """

    promises: float
    kept: float
    trust: float
    calls: int


@cache
def slope(seeds: int = SEEDS) -> Slope:
    """Least squares within debtors, over many calls by lines of moves good and bad.

    >>> slope(3).promises > 0 and slope(3).kept > 0 and slope(3).trust > 0
    True
    """
    rows = []
    for number, who in enumerate(built_in().values()):
        for line in (line for line in LINES if line not in UNLAWFUL):
            for seed in range(1, seeds + 1):
                call = played(who, line, seed)
                firm = call.mind.promise is not None and call.mind.promise.kind != "word" and call.over != "handed_on"
                moved = call.mind.trust - met(who, seed).trust
                rows.append((number, score(call).total, float(firm), kept(who, call.mind) if firm else np.nan, moved))
    table = np.array(rows)
    return Slope(*(_within(table[:, 0], table[:, 1], table[:, column]) for column in (2, 3, 4)), len(table))


def _within(group: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """Slope of `y` on `x` with a level of its own for each group; rows without `y` are left out."""
    known = ~np.isnan(y)
    group, x, y = group[known], x[known], y[known]
    for one in np.unique(group):
        mine = group == one
        x[mine] -= x[mine].mean()
        y[mine] -= y[mine].mean()
    return float(x @ y / (x @ x))


def changes(points: float = POINTS, seeds: int = SEEDS) -> dict[str, dict[str, float]]:
    """Constants of behaviour of a team whose calls are `points` better, at the value and at both ends of the ranges.

    Only calls that reach the right person change: how many of them end in a promise, how many promises are kept, what a call costs in
    goodwill. Shares stay possible, and no call costs less than nothing.
    """
    found, usual, made = slope(seeds), Behaviour.default(), {}
    for end in ENDS:
        carried = points * getattr(assumed()["carries_over"], end)
        sure = getattr(assumed()["kept_scale"], end)
        fonder = getattr(assumed()["goodwill_trust"], {VALUE: VALUE, LOW: LOW, HIGH: HIGH}[end])
        shares = {PROMISED: min(MOST - usual[PAYS], usual[PROMISED] + carried * found.promises)}
        shares |= {path: min(MOST, usual[path] + carried * found.kept * sure) for path in KEPT}
        made[end] = shares | {PRICE: max(0.0, usual[PRICE] - carried * found.trust * fonder)}
    return made
