"""Numbers as a reader wants them: in the outcome's unit, money in a scale that fits."""

import math
from dataclasses import dataclass

from arsim.domain.money import FEN
from arsim.report import words


@dataclass(frozen=True)
class Scale:
    """How money is shown: divided by `fen`, called `name`."""

    fen: int
    name: str


def money_scale(largest: float) -> Scale:
    """The scale for amounts of up to `largest` fen: CNY, or thousands (Chinese: 万元) from ten million CNY on."""
    if largest < 10_000_000 * FEN:
        return Scale(FEN, words.say("CNY"))
    return Scale(FEN * (10_000 if words.language() == "zh" else 1_000), words.say("CNY thousand"))


_DIGITS = {"days": 1, "%": 1, "share": 1, "points": 1, "contacts": 0, "orders": 0, "fen": 0}


def unit(outcome_unit: str, scale: Scale) -> str:
    """The unit's name beside a label."""
    names = {
        "days": words.say("days"),
        "points": words.say("points of 100"),
        "contacts": words.say("contacts"),
        "orders": words.say("orders"),
    }
    return {"fen": scale.name, "share": "%", "%": "%", **names}.get(outcome_unit, outcome_unit)


def difference_unit(outcome_unit: str, scale: Scale) -> str:
    """The unit of a difference: of two shares, percentage points."""
    return words.say("percentage points") if outcome_unit in ("share", "%") else unit(outcome_unit, scale)


def digits(outcome_unit: str, *levels: float) -> int:
    """Decimals that fit values of this size: one, two for shares that stay below a tenth, none for counts and money."""
    small = outcome_unit == "share" and max((abs(level) for level in levels if level == level), default=0) < 0.1
    return 2 if small else _DIGITS.get(outcome_unit, 2)


def figure(value: float, outcome_unit: str, scale: Scale, sign: bool = False, decimals: int | None = None) -> str:
    """`value` as text; a dash where there is nothing to show. `decimals` by `digits` unless given.

    >>> figure(0.1234, "share", Scale(100, "CNY"))
    '12.3'
    """
    if value is None or math.isnan(value):
        return "–"
    decimals = digits(outcome_unit, value) if decimals is None else decimals
    value = value / scale.fen if outcome_unit == "fen" else value * 100 if outcome_unit == "share" else value
    text = f"{value:{'+' if sign else ''},.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else f"{0:.{decimals}f}"
