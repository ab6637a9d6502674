"""Plausible worlds: all that nobody has measured takes a value from its evidence range, and the outside world a course, in each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
import pandas as pd

from arsim.domain.problem import BadInput, Problem
from arsim.model.behaviour import Behaviour
from arsim.model.evidence import Constant, constants
from arsim.model.scenario import Scenario, read_scenario, scenarios

MEASURED = "measured"
WIDE = 5.0  # a range whose ends are further apart than this factor is sampled evenly on the logarithmic scale
MOST = 5000  # worlds
_PARTS = ("share", "a year")  # units of what is no more than one, however unusual: 18 is meant as 0.18
_LEVELS = ("sound", "tight", "distressed", "insolvent")
# Falls, or stays, from each to the next: what is worse off may not pay better. Every range allows it, see `_in_order`.
ORDERED = (
    *(tuple(f"{name}_{level}" for level in _LEVELS) for name in ("ratio.current", "ratio.quick", "ratio.growth")),
    tuple(f"ratio.debt_{level}" for level in reversed(_LEVELS)),
    ("promise.kept", "promise.kept_tight", "promise.kept_distressed"),
    ("plan.paid_sound", "plan.paid_tight", "plan.paid_distressed"),
    ("answer.hardship_distressed", "answer.hardship_tight"),
    ("answer.refuses_slow", "answer.refuses"),
    ("money.part_distressed", "money.part_tight"),
    ("liquidity.tight", "liquidity.distressed"),
    ("law.tight", "law.distressed"),
    ("recovery.months_3", "recovery.months_6", "recovery.months_12", "recovery.months_24"),
    ("price.provision_over", "price.provision_90", "price.provision_60", "price.provision_30", "price.provision_current"),
)


@dataclass(frozen=True, eq=False)
class Worlds:
    """A sample of plausible worlds.

    Parameters
    ----------
    varied : tuple of Constant
        What differs from world to world.
    values : ndarray of float, shape (worlds, varied)
    scenarios : tuple of str
        Name of each world's scenario.
    weights : mapping of str to float
        Share of the worlds each scenario was meant to have.
    known : mapping of str to float
        Constants held at one value in every world, because somebody knows them.
    """

    varied: tuple[Constant, ...]
    values: np.ndarray
    scenarios: tuple[str, ...]
    weights: Mapping[str, float] = field(default_factory=dict)
    known: Mapping[str, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.scenarios)

    @property
    def paths(self) -> tuple[str, ...]:
        """The varied constants by path."""
        return tuple(constant.path for constant in self.varied)

    @property
    def places(self) -> np.ndarray:
        """Where in its range each value lies: 0 the low end, 1 the high end, on the scale it was sampled on; shape of `values`."""
        return np.column_stack([_place(one, column) for one, column in zip(self.varied, self.values.T, strict=True)])

    def behaviour(self, number: int) -> Behaviour:
        """The constants of one world."""
        drawn = (kind_of(one)(value) for one, value in zip(self.varied, self.values[number], strict=True))
        return Behaviour.default({**self.known, **dict(zip(self.paths, drawn, strict=True))})

    def scenario(self, number: int) -> Scenario:
        """The course of the outside world in one of them."""
        return read_scenario(self.scenarios[number])

    def first(self, count: int) -> "Worlds":
        """The first so many of them."""
        return Worlds(self.varied, self.values[:count], self.scenarios[:count], self.weights, self.known)

    def frame(self) -> pd.DataFrame:
        """One row a world: columns world, scenario, and each varied constant by path."""
        made = pd.DataFrame(self.values, columns=list(self.paths))
        made.insert(0, "world", np.arange(len(self)))
        made.insert(1, "scenario", list(self.scenarios))
        return made


def worlds(count: int, seed: int = 1, weights: Mapping[str, float] | None = None, known: Mapping[str, float] | None = None,
           only: Iterable[str] | None = None) -> Worlds:  # fmt: skip
    """Draw plausible worlds: a Latin hypercube over everything weak, and the scenarios in the shares wished for.

    A constant is weak unless it was measured, and varies if its range is wider than a point. Each range is cut into `count` equal parts,
    one value from each: evenly, or evenly on the logarithmic scale where the ends lie more than a factor of `WIDE` apart. Constants
    written in whole numbers (days, minutes) stay whole. What must stay in order (`ORDERED`) does, by shuffling and not by changing
    values.

    Parameters
    ----------
    count : int
    seed : int
        Of the draw; it is not the seed of the luck.
    weights : mapping of str to float, optional
        Scenario → weight, whatever they add up to; all scenarios alike if not given, since nobody knows how likely they are.
    known : mapping of str to float, optional
        Constants of which the value is known here: not varied.
    only : iterable of str, optional
        Vary these only, instead of everything weak.

    Raises
    ------
    BadInput
        A constant or scenario is unknown, a weight negative, or the number of worlds out of bounds.

    Examples
    --------
    >>> drawn = worlds(4, only=["price.gross_margin"], weights={"base": 3, "downturn": 1})
    >>> sorted(np.floor(4 * drawn.places[:, 0]).tolist()), sorted(drawn.scenarios)
    ([0.0, 1.0, 2.0, 3.0], ['base', 'base', 'base', 'downturn'])
    """
    if not 1 <= count <= MOST:
        raise BadInput(Problem("The number of {name} must lie between 1 and {most}.", "Choose another number.", value=str(count),
                               values={"name": "worlds", "most": MOST}))  # fmt: skip
    weights, known = _weights(weights), _known(known or {})
    varied = weak(known, only)
    from scipy.stats import qmc

    luck = np.random.default_rng(seed)
    places = qmc.LatinHypercube(len(varied), rng=luck).random(count) if varied else np.zeros((count, 0))
    values = {one.path: _value(one, column) for one, column in zip(varied, places.T, strict=True)}
    for chain in ORDERED:
        _in_order(values, known, chain, luck)
    drawn = np.column_stack(list(values.values())) if values else places
    names = [name for name, share in _shared(weights, count).items() for _ in range(share)]
    return Worlds(varied, drawn, tuple(luck.permutation(names).tolist()), weights, known)


def weak(known: Iterable[str] = (), only: Iterable[str] | None = None) -> tuple[Constant, ...]:
    """The constants of behaviour that were not measured and have a range, without those `known`; of these, `only` some if given."""
    wanted = None if only is None else set(checked(only))
    found = (one for one in constants().values() if one.path not in known and one.high > one.low)
    return tuple(one for one in found if (one.grade != MEASURED if wanted is None else one.path in wanted))


def wide(constant: Constant) -> bool:
    """Whether its range is sampled on the logarithmic scale."""
    return constant.low > 0 and constant.high > WIDE * constant.low


def kind_of(constant: Constant) -> type:
    """Whole numbers, int, where it is written in such, as days and minutes are; else float."""
    return int if all(isinstance(value, int) for value in (constant.value, constant.low, constant.high)) else float


def _value(constant: Constant, place: np.ndarray) -> np.ndarray:
    """Values at places 0 … 1 of the range; whole numbers all get parts of one width, the ends as well."""
    low, high = constant.low, constant.high
    if kind_of(constant) is int and not wide(constant):
        return np.minimum(np.floor(low + place * (high - low + 1)), high)
    made = low * (high / low) ** place if wide(constant) else low + place * (high - low)
    return np.rint(made) if kind_of(constant) is int else np.clip(made, low, high)


def _place(constant: Constant, value: np.ndarray) -> np.ndarray:
    low, high = constant.low, constant.high
    return np.log(value / low) / np.log(high / low) if wide(constant) else (value - low) / (high - low)


def _in_order(values: dict[str, np.ndarray], known: Mapping[str, float], chain: tuple[str, ...], luck: np.random.Generator) -> None:
    """Shuffle the columns of `chain` so that in every world each is at least the next.

    World by world, from the smallest of the upper column on, one of the lower values that fit is drawn. As every value that fits a
    smaller one fits a larger one too, each allowed shuffle is equally likely, and no value is lost.
    """
    default = Behaviour.default(known).values
    size = len(next(iter(values.values()), ()))
    for upper, lower in zip(chain, chain[1:], strict=False):
        if lower not in values:
            continue
        above = values[upper] if upper in values else np.full(size, default[upper])
        left, made = sorted(values[lower].tolist()), np.empty(size)
        for world in np.argsort(above, kind="stable"):
            fits = int(np.searchsorted(left, above[world], side="right"))
            made[world] = left.pop(int(luck.integers(max(fits, 1))))
        values[lower] = np.minimum(made, above)  # cuts where a constant above is held at one value, else a hair at a common end


def _weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    weights = dict(weights or dict.fromkeys(scenarios(), 1.0))
    for name, weight in weights.items():
        read_scenario(name)
        if not (isfinite(weight) and weight >= 0):
            raise BadInput(Problem("A weight must be a number from 0 on.", "Write for instance base=3.", value=f"{name}={weight}"))
    total = sum(weights.values())
    if not total:
        raise BadInput(Problem("All weights are 0.", "Give at least one scenario a weight."))
    return {name: weight / total for name, weight in weights.items() if weight}


def _known(known: Mapping[str, float]) -> dict[str, float]:
    for path in checked(known):
        low, high = constants()[path].low, constants()[path].high
        if path.startswith("price."):  # one's own prices are one's own, whatever is usual
            low, high = 0.0, 1.0 if constants()[path].unit.startswith(_PARTS) else float("inf")
        if not (isfinite(known[path]) and low <= known[path] <= high):
            raise BadInput(Problem("{name} must lie between {low} and {high}.", "Give a value within its range; `arsim evidence` lists it.",
                                   value=str(known[path]), values={"name": path, "low": f"{low:g}", "high": f"{high:g}"}))  # fmt: skip
    return {path: kind_of(constants()[path])(value) for path, value in known.items()}


def checked(paths: Iterable[str]) -> list[str]:
    """The paths, refused where there is no such constant of behaviour."""
    paths = list(paths)
    for path in paths:
        if path not in constants():
            raise BadInput(Problem("There is no parameter {name}.", "`arsim evidence` lists them.", values={"name": path}))
    return paths


def _shared(weights: Mapping[str, float], count: int) -> dict[str, int]:
    """How many worlds each scenario gets: its share, the last ones by the largest remainders."""
    exact = {name: weight * count for name, weight in weights.items()}
    made = {name: int(value) for name, value in exact.items()}
    rest = sorted(exact, key=lambda name: made[name] - exact[name])[: count - sum(made.values())]
    return {name: made[name] + (name in rest) for name in made}
