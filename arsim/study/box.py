"""Where a policy loses, in one line: the one or two conditions that set losing worlds best apart from the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from arsim.study.proportion import wilson
from arsim.study.worlds import Worlds

SCENARIO = "scenario"
GAIN = 0.1  # so much better must two conditions be than one, in coverage less false alarms
LEAST = 8  # worlds of either kind, in each half, to find anything in
_CUTS = np.linspace(0.1, 0.9, 9)


@dataclass(frozen=True)
class Condition:
    """What a world must have to be inside: a parameter above or below a value, or a scenario."""

    path: str
    above: bool = True
    value: float | str = 0.0

    def holds(self, drawn: Worlds) -> np.ndarray:
        """In which worlds: ndarray of bool."""
        if self.path == SCENARIO:
            return np.array(drawn.scenarios) == self.value
        column = drawn.values[:, drawn.paths.index(self.path)]
        return column > self.value if self.above else column < self.value


@dataclass(frozen=True)
class Box:
    """Where the worlds looked for lie.

    Parameters
    ----------
    conditions : tuple of Condition
        One or two, all of which must hold.
    coverage : float
        Share of the worlds looked for that lie inside.
    density : float
        Share of the worlds inside that are looked for; `base` is their share of all worlds.
    base : float
    worlds : int
        How many these shares were measured on: the half of the worlds in which the conditions were *not* sought.
    """

    conditions: tuple[Condition, ...]
    coverage: float
    density: float
    base: float
    worlds: int


def box(drawn: Worlds, wanted: np.ndarray, paths: Sequence[str]) -> Box | None:
    """The conditions that best set the `wanted` worlds apart, sought in every other world and measured on the rest.

    Parameters
    ----------
    drawn : Worlds
    wanted : ndarray of bool, shape (worlds,)
    paths : sequence of str
        Parameters to look at; the scenario is looked at as well.

    Returns
    -------
    Box or None
        None where either kind of world is too rare, or what was found does not hold in the other half.
    """
    sought = np.arange(len(drawn)) % 2 == 0
    if min(np.sum(kind & half) for kind in (wanted, ~wanted) for half in (sought, ~sought)) < LEAST:
        return None
    offered = [(one, one.holds(drawn)) for one in _conditions(drawn, paths)]

    def gain(inside: np.ndarray) -> float:
        return float(inside[sought & wanted].mean() - inside[sought & ~wanted].mean())

    if not offered:
        return None
    first, inside = max(offered, key=lambda pair: gain(pair[1]))
    chosen = (first,)
    second, both = max(((one, inside & held) for one, held in offered), key=lambda pair: gain(pair[1]))
    if gain(both) > gain(inside) + GAIN:
        chosen, inside = (first, second), both
    hit, tested = inside & wanted & ~sought, ~sought
    base = float(wanted[tested].mean())
    coverage, density = float(hit.sum() / (wanted & tested).sum()), float(hit.sum() / max(1, (inside & tested).sum()))
    surely = wilson(int(hit.sum()), int((inside & tested).sum()))[0] > base
    return Box(chosen, coverage, density, base, int(tested.sum())) if surely else None


def _conditions(drawn: Worlds, paths: Sequence[str]) -> Iterator[Condition]:
    for path in paths:
        for cut in np.unique(np.quantile(drawn.values[:, drawn.paths.index(path)], _CUTS)):
            yield from (Condition(path, above, float(cut)) for above in (True, False))
    if len(kinds := sorted(set(drawn.scenarios))) > 1:
        yield from (Condition(SCENARIO, True, name) for name in kinds)
