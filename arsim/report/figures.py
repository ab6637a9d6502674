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


def money_scale(largest: float, currency: str = "CNY") -> Scale:
    """The scale for amounts of up to `largest` fen: units, or thousands (Chinese: 万) from ten million units on."""
    home = currency == "CNY"
    if largest < 10_000_000 * FEN:
        return Scale(FEN, words.say("CNY") if home else currency)
    name = words.say("CNY thousand") if home else words.say("{currency} thousand", currency=currency)
    return Scale(FEN * (10_000 if words.language() == "zh" else 1_000), name)


_MOST = 8  # decimals ever shown
_DIGITS = {"days": 1, "%": 1, "share": 1, "points": 1, "contacts": 0, "orders": 0, "disputes": 0, "fen": 0}


def unit(outcome_unit: str, scale: Scale) -> str:
    """The unit's name beside a label."""
    names = {
        "days": words.say("days"),
        "points": words.say("points of 100"),
        "contacts": words.say("contacts"),
        "orders": words.say("orders"),
        "disputes": words.say("disputes"),
    }
    return {"fen": scale.name, "share": "%", "%": "%", **names}.get(outcome_unit, outcome_unit)


def difference_unit(outcome_unit: str, scale: Scale) -> str:
    """The unit of a difference: of two shares, percentage points."""
    return words.say("percentage points") if outcome_unit in ("share", "%") else unit(outcome_unit, scale)


def digits(outcome_unit: str, *levels: float) -> int:
    """Decimals that fit values of this size: one, two for shares that stay below a tenth, none for counts and money."""
    small = outcome_unit == "share" and max((abs(level) for level in levels if level == level), default=0) < 0.1
    return 2 if small else _DIGITS.get(outcome_unit, 2)


def file_unit(outcome_unit: str, currency: str = "CNY") -> str:
    """The unit of the values in a file, where money is in hundredths and shares lie between 0 and 1."""
    money = words.say("fen (0.01 CNY)") if currency == "CNY" else f"0.01 {currency}"
    return {"fen": money, "share": words.say("share, 0 to 1")}.get(outcome_unit) or unit(outcome_unit, Scale(1, ""))


def telling(low: float, high: float, outcome_unit: str, scale: Scale, decimals: int) -> int:
    """`decimals`, or more of them where the interval from `low` to `high` leaves out zero only by less than they show.

    >>> telling(-0.0006, -0.00004, "share", Scale(100, "CNY"), 2)
    3
    """
    near = min(abs(low), abs(high)) if low * high > 0 else 0
    while near and decimals < _MOST and not any(digit in "123456789" for digit in figure(near, outcome_unit, scale, decimals=decimals)):
        decimals += 1
    return decimals


def figure(value: float, outcome_unit: str, scale: Scale, sign: bool = False, decimals: int | None = None) -> str:
    """`value` as text; a dash where there is nothing to show. `decimals` by `digits` unless given.

    >>> figure(0.1234, "share", Scale(100, "CNY"))
    '12.3'
    """
    if value is None or math.isnan(value):
        return "–"
    decimals = digits(outcome_unit, value) if decimals is None else decimals
    value = value / scale.fen if outcome_unit == "fen" else value * 100 if outcome_unit == "share" else value
    return number(value, decimals, sign)


def number(value: float, decimals: int, sign: bool = False) -> str:
    """`value` with a real minus sign, and none before a zero.

    >>> number(-0.04, 1), number(-1234.5, 1), number(2.0, 0, sign=True)
    ('0.0', '−1,234.5', '+2')
    """
    text = f"{value:{'+' if sign else ''},.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else f"{0:.{decimals}f}"
