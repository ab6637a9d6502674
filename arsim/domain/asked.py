"""What somebody types after a command → numbers, shares, amounts, days; what cannot be is refused by the option's name.

Each function makes a reader for one option: text in, value out.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf

from arsim.domain.amounts import parse_amount
from arsim.domain.dates import Either, Timed, parse_date
from arsim.domain.money import FEN
from arsim.domain.problem import BadInput, Problem

_PLAIN = re.compile(r"(?P<sign>[-+]?)(?P<number>\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)(?P<of>/[1-9]\d*)?\s*(?P<percent>%?)")
_LARGE = re.compile(r"(?P<before>\D*?)(?P<number>[\d,]*\.?\d+)\s*(?P<unit>[万萬亿億])(?P<after>\D*)")
_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_LONGEST = 40  # characters of a number


def number(option: str, least: float = -inf, most: float = inf, *, above: bool = False) -> Callable[[str], float]:
    """A reader of numbers from `least` (or, with `above`, from beyond it) to `most`.

    Raises
    ------
    BadInput
        From the reader, if the text is no such number.

    Examples
    --------
    >>> number("--days", 0)("1,000")
    1000.0
    """

    def read(text: str) -> float:
        return _within(option, text, _fraction(option, text, percent=False), least, most, above)

    return read


def count(option: str, least: int = 0, most: int = 10**9) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`; raises as `number` does.

    >>> count("--agents", 1)("55")
    55
    """

    def read(text: str) -> int:
        exact = _fraction(option, text, percent=False)
        if exact.denominator != 1:
            raise BadInput(Problem("{option} is not a whole number.", "Leave out the decimals.", value=text, values={"option": option}))
        return int(_within(option, text, exact, least, most, False))

    return read


def share(option: str, least: float = 0.0, most: float = 1.0, *, above: bool = False) -> Callable[[str], float]:
    """A reader of shares: 0.02, 2% and 1/50 are the same; raises as `number` does.

    >>> share("--rate")("2%"), share("--rate")("1/50")
    (0.02, 0.02)
    """

    def read(text: str) -> float:
        return _within(option, text, _fraction(option, text, percent=True), least, most, above, shares=True)

    return read


def rate(option: str) -> Callable[[str], Fraction]:
    """A reader of yearly rates as exact shares, 0 or more and at most 10; raises as `number` does.

    >>> rate("--lpr")("3.1%")
    Fraction(31, 1000)
    """

    def read(text: str) -> Fraction:
        exact = _fraction(option, text, percent=True)
        _within(option, text, exact, 0.0, 10.0, False, shares=True)
        return exact

    return read


def amount(option: str) -> Callable[[str], int]:
    """A reader of amounts of CNY above 0 → fen; 100万 and 1,000,000 are the same.

    Raises
    ------
    BadInput
        From the reader, if it is no amount, none above 0, or in another currency.

    Examples
    --------
    >>> amount("AMOUNT")("1,000,000"), amount("AMOUNT")("100万"), amount("AMOUNT")("￥12.5 元")
    (100000000, 100000000, 1250)
    """

    def read(text: str) -> int:
        found = parse_amount(_spelled_out(text))
        if isinstance(found, Problem) or found[0] <= 0:
            raise BadInput(
                Problem("{option} must be an amount of CNY above 0.", "Write it as 1234.56, 1,000,000 or 100万.",
                        value=text, values={"option": option})
            )  # fmt: skip
        if found[1] not in (None, "CNY"):
            raise BadInput(
                Problem("{option} is in another currency.", "Convert it to CNY; statutory figures and prices are in CNY.",
                        value=text, values={"option": option})
            )  # fmt: skip
        return found[0]

    return read


def price(option: str) -> Callable[[str], float]:
    """A reader of prices and costs of CNY, 0 or more, with any number of decimals → fen; raises as `amount` does.

    >>> price("--cost")("0.0125"), price("--cost")("1.5万"), price("--cost")("0")
    (1.25, 1500000.0, 0.0)
    """

    def read(text: str) -> float:
        bare = re.sub(r"[¥元圆\s]|CNY|RMB", "", _spelled_out(text).upper())
        return _within(option, text, _fraction(option, bare, percent=False, shown=text), 0.0, 10.0**13, False) * FEN

    return read


def day(option: str) -> Callable[[str], date]:
    """A reader of days; raises `BadInput` for what is no day, or could be two.

    >>> day("--due")("2025-03-05") == day("--due")("2025年3月5日")
    True
    """

    def read(text: str) -> date:
        found = parse_date(text)
        if isinstance(found, Problem | Either | Timed):
            raise BadInput(
                Problem("{option} is not a date between 1980 and 2099.", "Write it as year-month-day, for instance 2025-03-05.",
                        value=text, values={"option": option})
            )  # fmt: skip
        return found

    return read


def _fraction(option: str, text: str, *, percent: bool, shown: str | None = None) -> Fraction:
    found = _PLAIN.fullmatch(unicodedata.normalize("NFKC", text).replace("−", "-").strip())
    if not found or len(text) > _LONGEST or (found["percent"] and not percent):
        raise BadInput(
            Problem("{option} is not a number.",
                    "Write a share as 0.02 or 2%." if percent else "Write it plainly, for instance 30 or 0.5.",
                    value=shown or text, values={"option": option})
        )  # fmt: skip
    exact = Fraction(found["number"].replace(",", "")) / int((found["of"] or "/1")[1:]) / (100 if found["percent"] else 1)
    return -exact if found["sign"] == "-" else exact


def _within(option: str, text: str, exact: Fraction, least: float, most: float, above: bool, shares: bool = False) -> float:
    value = float(exact)
    if (value > least if above else value >= least) and value <= most:
        return value
    values = {"option": option, "least": f"{least:g}", "most": f"{most:g}"}
    if most < inf:
        raise BadInput(
            Problem(
                "{option} is out of range.",
                ("It must be above {least}, up to {most}; write 2 % as 0.02 or 2%." if above else
                 "It must lie between {least} and {most}; write 2 % as 0.02 or 2%.") if shares else
                ("It must be above {least}, up to {most}." if above else "It must lie between {least} and {most}."),
                value=text, values=values,
            )
        )  # fmt: skip
    raise BadInput(
        Problem("{option} is out of range.", "It must be above {least}." if above else "It must be {least} or more.",
                value=text, values=values)
    )  # fmt: skip


def _spelled_out(text: str) -> str:
    """100万 → 1000000; anything else as it is."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _LARGE.fullmatch(plain)
    if not found or len(plain) > _LONGEST:
        return plain
    return f"{found['before']}{Decimal(found['number'].replace(',', '')) * _UNITS[found['unit']]:f}{found['after']}"
