"""What a trainee types, read kindly: 1,234.5, 12%, 12.5万, １２ or a NumPy number; a date in its usual forms."""

import math
import re
import unicodedata
from datetime import date, datetime
from numbers import Real

from arsim.domain.dates import Either, Serial, Timed, parse_date
from arsim.domain.problem import Problem
from arsim.report import words

_TIMES = {"": 1, "K": 10**3, "千": 10**3, "THOUSAND": 10**3, "万": 10**4, "萬": 10**4, "W": 10**4, "百万": 10**6, "M": 10**6,
          "MILLION": 10**6, "亿": 10**8, "億": 10**8}  # fmt: skip
_UNIT = r"(?:元|圆|块|人民币|YUAN|CNY|RMB|¥|DAYS?|天|日|个|人|家|笔|张|POINTS?|分|个百分点)"
_SHAPE = re.compile(
    rf"{_UNIT}?(?P<sign>[-+]?){_UNIT}?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)(?P<exponent>E[-+]?\d{{1,2}})?"
    rf"(?P<times>{'|'.join(sorted(filter(None, _TIMES), key=len, reverse=True))})?{_UNIT}?(?P<percent>%|‰)?"
)
_NOTHING = ("", "...", "…", "……", "?", "？", "nan", "none", "nothing")


def nothing(answer: object) -> bool:
    """Whether somebody has not answered: ``...``, None, an empty text or an empty collection.

    >>> nothing(...), nothing("  "), nothing([]), nothing(0)
    (True, True, True, False)
    """
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return unicodedata.normalize("NFKC", answer).strip().casefold() in _NOTHING
    try:
        return not isinstance(answer, Real) and len(answer) == 0
    except TypeError:
        return False


def read_number(answer: object, measure: str = "plain") -> float | str:
    """The number somebody gave, in the question's own unit; or, in words, why it is none.

    A percent sign is taken at its word: 12% is 12 where percent are asked for, and 0.12 anywhere else.

    >>> read_number("1,234.5"), read_number("12.5 万元", "yuan"), read_number("１２％", "percent"), read_number("12%", "share")
    (1234.5, 125000.0, 12.0, 0.12)
    >>> read_number("12,5"), read_number(True)[:23]
    ('Write 12.5 with a point: in 12,5 the comma may be either.', 'A number is expected he')
    """
    if hasattr(answer, "item") and getattr(answer, "size", 0) == 1:
        answer = answer.item()  # one number in an array or a column of a table
    if isinstance(answer, bool | bytes | bytearray):
        return _no_number()
    if not isinstance(answer, str):
        try:
            value = float(answer)
        except (TypeError, ValueError, OverflowError, ArithmeticError):
            return _no_number()
        return value if math.isfinite(value) else words.say("Your answer came out as no finite number. Look for a division by zero.")
    text = unicodedata.normalize("NFKC", answer).replace("−", "-").replace("¥", "¥").strip().upper()
    text = re.sub(r"[\s_'’]", "", text.removeprefix("≈").removeprefix("=").rstrip("。"))
    if found := re.fullmatch(r"(-?\d+),(\d{1,2})", text):
        return words.say("Write {point} with a point: in {comma} the comma may be either.", point=".".join(found.groups()), comma=text)
    shape = _SHAPE.fullmatch(text)
    if not shape:
        return _no_number()
    value = float(f"{shape['number'].replace(',', '')}{shape['exponent'] or ''}") * _TIMES[shape["times"] or ""]
    value *= {"": 1, "%": 1 if measure == "percent" else 0.01, "‰": 0.1 if measure == "percent" else 0.001}[shape["percent"] or ""]
    return -value if shape["sign"] == "-" else value


def read_date(answer: object) -> date | str:
    """The day somebody gave; or, in words, why it is none.

    >>> read_date("2025年3月5日"), read_date("2025/3/5")
    (datetime.date(2025, 3, 5), datetime.date(2025, 3, 5))
    """
    if isinstance(answer, datetime):
        return answer.date() if answer == answer else _no_date()  # pandas' NaT is a datetime, and not itself
    if isinstance(answer, date):
        return answer
    if not isinstance(answer, str):
        return _no_date()
    found = parse_date(unicodedata.normalize("NFKC", answer).strip())
    found = found.day if isinstance(found, Timed | Serial) else found
    if isinstance(found, Either):
        return words.say("Which number is the month? Write the year first, then month and day, such as 2025-03-05.")
    return _no_date() if isinstance(found, Problem | Serial) else found


def _no_number() -> str:
    return words.say("A number is expected here, such as 1,234.5, 12% or 12.5 万.")


def _no_date() -> str:
    return words.say("A date is expected here, such as 2025-03-05.")
