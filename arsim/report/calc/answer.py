"""An explained answer, and numbers as its formulas show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import isfinite, isinf

from arsim.domain.law import disclaimer
from arsim.domain.money import FEN
from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import number

_HUGE = 1e7  # beyond it a number is shown with three digits and a power of ten


@dataclass(frozen=True)
class Answer:
    """What a tool says.

    Parameters
    ----------
    answer, working, beware : tuple of str
        The result, how it came about, what not to conclude; one line each.
    results : mapping
        Plain numbers: money in fen, shares from 0 to 1, dates as text.
    law : tuple of str
        Articles with their version; with them stands the disclaimer.
    """

    answer: tuple[str, ...]
    working: tuple[str, ...]
    beware: tuple[str, ...]
    results: Mapping[str, object] = field(default_factory=dict)
    law: tuple[str, ...] = ()

    def text(self) -> str:
        """For a terminal."""
        say = words.say
        lines = [*self.answer, "", say("How it comes about"), *_indented(self.working)]
        lines += ["", say("What not to conclude"), *(f"  - {line}" for line in self.beware)]
        if self.law:
            lines += ["", say("Rules of law"), *_indented(self.law), words.pick(disclaimer())]
        return "\n".join(lines)

    def as_dict(self) -> dict:
        """For ``--json``: money in fen, nothing where there is no number, an endless one as the text "inf"."""
        told = {"money": "fen", "results": plain(self.results), "answer": list(self.answer), "working": list(self.working)}
        told["not_to_conclude"] = list(self.beware)
        return told | ({"law": list(self.law), "disclaimer": words.pick(disclaimer())} if self.law else {})


def plain(value):
    """`value` as JSON knows it."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value) if isinf(value) else None
    return value


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns that line up, the first to the left, the others to the right."""
    return aligned([[*head], *map(list, rows)], range(1, len(head)))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}".rstrip() for line in lines]


def money(fen: float) -> str:
    """Fen as CNY, with decimals only where there are any.

    >>> money(281250), money(-100000)
    ('2,812.50', '−1,000')
    """
    return _big(fen / FEN) or number(fen / FEN, 2 if round(fen) % FEN else 0)


def rough(fen: float) -> str:
    """Fen as CNY for an estimate: without decimals from 10,000 CNY on.

    >>> rough(123456789), rough(1250)
    ('1,234,568', '12.50')
    """
    return _big(fen / FEN) or (number(fen / FEN, 0) if abs(fen) >= 10_000 * FEN else money(fen))


def unit_price(fen: float) -> str:
    """The price of one unit, with as many decimals as it has (six at most).

    >>> unit_price(1.25), unit_price(1000)
    ('0.0125', '10')
    """
    return figure(fen / FEN, 6)


def figure(value: float, most: int = 4) -> str:
    """A number with up to `most` decimals and no zeros at the end.

    >>> figure(48.0), figure(0.238712), figure(1e9)
    ('48', '0.2387', '1.00e+09')
    """
    if not isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "–"
    text = _big(value) or number(value, most)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def percent(share: float, most: int = 2) -> str:
    """A share in percent, as the language writes it.

    >>> percent(0.37245), percent(0.02)
    ('37.24 %', '2 %')
    """
    return words.say("{number} %", number=figure(100 * share, most))


def _big(value: float) -> str:
    return f"{value:.2e}".replace("-", "−") if abs(value) >= _HUGE * FEN else ""
