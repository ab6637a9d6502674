"""A scorecard as a value: weights, scales, cut-offs and the rule for limits, read from ``data/scorecard.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import NamedTuple

from arsim.domain.money import FEN
from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem

LETTERS = "ABCD"  # grade 0 = A … 3 = D
Knots = tuple[tuple[float, float], ...]


class Weights(NamedTuple):
    """What each C weighs. Relative: the score divides by their sum."""

    character: float
    capacity: float
    capital: float
    collateral: float
    conditions: float


class Scales(NamedTuple):
    """Points by figure: for each, ``(input, points)`` with rising inputs."""

    mean_days_late: Knots
    late_share: Knots
    current_ratio: Knots
    quick_ratio: Knots
    debt_ratio: Knots
    security: Knots
    sales_growth: Knots


# The C each figure speaks for.
SPEAKS_FOR = dict(
    zip(Scales._fields, ("character", "character", "capacity", "capacity", "capital", "collateral", "conditions"), strict=True)
)
_FALLING = ("mean_days_late", "late_share", "debt_ratio")  # more is worse


@dataclass(frozen=True)
class Scorecard:
    """A scorecard: what counts how much. `scorecard()` is ``data/scorecard.toml``; `dataclasses.replace` makes changed copies.

    Parameters
    ----------
    weights : Weights
    scales : Scales
    cuts : tuple of 3 float
        Points from which A, B and C begin.
    factors : tuple of 4 float
        Of the suggested limit, by grade.
    slack_days, step_fen : int
        As in `arsim.domain.scorecard.suggested_limit`.
    security : mapping
        What a kind of security counts for, share of the exposure.
    label : mapping
        Names of the C, the figures and the verdicts, each by language ("en", "zh").

    Raises
    ------
    BadInput
        If it would favour the worse customer: a negative weight, a scale that turns, cut-offs or factors out of order.
    """

    weights: Weights
    scales: Scales
    cuts: tuple[float, float, float]
    factors: tuple[float, float, float, float]
    slack_days: int
    step_fen: int
    security: Mapping[str, float]
    label: Mapping[str, Mapping[str, str]]

    def __post_init__(self):
        problems = []
        if not (all(isfinite(weight) and weight >= 0 for weight in self.weights) and sum(self.weights) > 0):
            problems.append(
                Problem("A weight is negative or missing, or all weights are 0.", "Weigh every C with 0 or more, and one of them above 0.")
            )
        problems += [
            Problem(
                "This scale turns back, or leaves 0 to 100 points.",
                "Let its inputs rise from knot to knot, and its points only rise or only fall, as the figure is good or bad.",
                column=name,
            )
            for name, knots in zip(Scales._fields, self.scales, strict=True)
            if not _runs_one_way(knots, -1 if name in _FALLING else 1)
        ]
        if not 100 >= self.cuts[0] >= self.cuts[1] >= self.cuts[2] >= 0:
            problems.append(
                Problem(
                    "The cut-offs of the grades are out of order.", "Let A begin at the most points, then B, then C, all within 0 to 100."
                )
            )
        if not self.factors[0] >= self.factors[1] >= self.factors[2] >= self.factors[3] >= 0 or self.step_fen < 1:
            problems.append(
                Problem(
                    "The rule for limits would give a weaker grade more, or has no step.",
                    "Let the factors fall from A to D, none below 0, and round to a step above 0.",
                )
            )
        if problems:
            raise BadInput(*problems)


def _runs_one_way(knots: Knots, way: int) -> bool:
    steps = list(zip(knots, knots[1:], strict=False))
    return (
        bool(steps)
        and all(a[0] < b[0] and way * a[1] <= way * b[1] for a, b in steps)
        and all(isfinite(x) and 0 <= points <= 100 for x, points in knots)
    )


@cache
def scorecard() -> Scorecard:
    """The scorecard of ``data/scorecard.toml``.

    Examples
    --------
    >>> sum(scorecard().weights), scorecard().cuts
    (100.0, (80.0, 65.0, 50.0))
    """
    data = tomllib.loads((place("data") / "scorecard.toml").read_text("utf-8-sig"))
    value = {table: {name: float(row["value"]) for name, row in data[table].items()} for table in ("weight", "security", "cut", "limit")}
    return Scorecard(
        weights=Weights(**value["weight"]),
        scales=Scales(**{name: tuple((float(x), float(y)) for x, y in scale["knots"]) for name, scale in data["scale"].items()}),
        cuts=tuple(value["cut"][letter] for letter in LETTERS[:3]),
        factors=tuple(value["limit"][letter] for letter in LETTERS),
        slack_days=int(value["limit"]["slack"]),
        step_fen=int(value["limit"]["step"]) * FEN,
        security=value["security"],
        label=data["label"],
    )
