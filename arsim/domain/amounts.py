"""Amounts as people write them → fen, exactly."""

import re
import unicodedata
from decimal import Decimal

from arsim.domain.money import FEN
from arsim.domain.problem import Problem

_LARGEST = 10**15  # fen; ten trillion yuan is a slip, not an invoice
_CURRENCIES = {
    "CNY": "CNY", "RMB": "CNY", "¥": "CNY", "CN¥": "CNY", "元": "CNY", "圆": "CNY", "人民币": "CNY", "人民币元": "CNY",
    "RMB¥": "CNY", "CNY¥": "CNY",
    "$": "USD", "US$": "USD", "USD": "USD", "美元": "USD", "€": "EUR", "EUR": "EUR", "欧元": "EUR", "£": "GBP", "GBP": "GBP", "英镑": "GBP",
    "HKD": "HKD", "HK$": "HKD", "港币": "HKD", "港元": "HKD", "JPY": "JPY", "日元": "JPY", "SGD": "SGD", "AUD": "AUD", "CAD": "CAD",
}
_TEN_THOUSANDS = {"万": 10**4, "W": 10**4, "K": 10**3, "千": 10**3, "百万": 10**6, "亿": 10**8}
_SHAPE = re.compile(r"(?P<open>\()?\s*(?P<pre>[^\d\s().,+-]*)\s*(?P<sign>[-+]?)\s*(?P<pre2>[^\d\s().,+-]*)\s*"
                    r"(?P<number>[\d., '’]*\d[.,]?)\s*(?P<trail>-?)\s*(?P<post>[^\d\s().,+-]*)\s*(?P<close>\))?")
_SIDES = {"CR": True, "H": True, "贷": True, "DR": False, "S": False, "借": False}  # whether it is the creditor's side
# Thousands by comma, space or (Swiss) apostrophe, decimals after a point; and the other way about.
_POINT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d{1,3}(?:['’]\d{3})+)(?:\.\d*)?|\.\d+")
_COMMA = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+)(?:,\d*)?|,\d+")
_PLAIN = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")
MARKS = ("point", "comma")


def parse_amount(cell: object, mark: str = "point", scale: int = 1) -> tuple[int, str | None] | Problem:
    """One cell → (fen, currency where it is written there), or what is wrong with it; below zero where it says so.

    Parameters
    ----------
    cell : object
        Text, or a spreadsheet's number.
    mark : {"point", "comma"}
        Before the decimals.
    scale : int
        Yuan in the unit of the column, 10,000 where its header says 万元.

    >>> parse_amount("￥1,234.56"), parse_amount("100.5元"), parse_amount(99.1)
    ((123456, 'CNY'), (10050, 'CNY'), (9910, None))
    >>> parse_amount("1.234,56", "comma"), parse_amount("(5.00)"), parse_amount("12.3456", scale=10_000)
    ((123456, None), (-500, None), (12345600, None))
    """
    if isinstance(cell, bool):
        return _not_a_number()
    if isinstance(cell, int | float):
        return _from_number(cell, scale)
    if scale == 1 and mark == "point" and (plain := _PLAIN.fullmatch(str(cell))):  # most cells of most files
        fen = int(plain[2]) * FEN + int((plain[3] or "").ljust(2, "0"))
        return (-fen if plain[1] else fen), None
    text = unicodedata.normalize("NFKC", str(cell)).replace("−", "-").strip().upper()
    if not text:
        return Problem("The amount is missing.", "Fill it in, or delete the row.")
    shape = _SHAPE.fullmatch(text)
    if not shape or not (_POINT if mark == "point" else _COMMA).fullmatch(shape["number"]) or bool(shape["open"]) != bool(shape["close"]):
        return _not_a_number()
    marks, times, credit = [], 1, False
    for word in filter(None, (shape["pre"], shape["pre2"], shape["post"])):
        if word in _SIDES:
            credit = _SIDES[word]
            continue
        unit = next((unit for unit in _TEN_THOUSANDS if word.startswith(unit) and word not in _CURRENCIES), "")
        times *= _TEN_THOUSANDS.get(unit, 1)
        marks += filter(None, [word.removeprefix(unit)])
    if any(word not in _CURRENCIES for word in marks):
        return _not_a_number()
    currencies = {_CURRENCIES[word] for word in marks}
    if len(currencies) > 1:
        return _not_a_number()
    digits = re.sub("[ '’]", "", shape["number"])
    digits = digits.replace(",", "") if mark == "point" else digits.replace(".", "").replace(",", ".")
    negative = (shape["sign"] == "-" or bool(shape["trail"]) or bool(shape["open"])) != credit
    fen = _fen(Decimal(digits) * times * scale * (-1 if negative else 1))
    return fen if isinstance(fen, Problem) else (fen, next(iter(currencies), None))


def parse_currency(cell: object) -> str:
    """A currency column's cell → its code, as far as known: "人民币" and "RMB" are one currency."""
    text = unicodedata.normalize("NFKC", str(cell)).strip().upper()
    return _CURRENCIES.get(text, text)


def decimal_mark(cell: object) -> str | None:
    """What an amount shows of its file: "point", "comma", "either" (1.234 or 1,234), or None where it shows nothing.

    >>> decimal_mark("1.234,56"), decimal_mark("12.50"), decimal_mark("1.234"), decimal_mark("1234")
    ('comma', 'point', 'either', None)
    """
    number = re.search(r"\d[\d., ]*|[.,]\d+", unicodedata.normalize("NFKC", cell)) if isinstance(cell, str) else None
    text = number[0].replace(" ", "").rstrip(".,") if number else ""
    if not set(text) & set(".,"):
        return None
    point, comma = bool(_POINT.fullmatch(text)), bool(_COMMA.fullmatch(text))
    return "either" if point and comma else "point" if point else "comma" if comma else None


def _from_number(number: float, scale: int) -> tuple[int, None] | Problem:
    if number != number:
        return _not_a_number()
    if abs(number) * scale > _LARGEST / FEN:
        return _fen(Decimal(_LARGEST))
    exact = Decimal(repr(number)) * scale
    cents = exact.quantize(Decimal("0.01"))
    # A spreadsheet's sums carry binary dust (0.1 + 0.2); a third decimal that matters is no dust.
    fen = _fen(cents if abs(exact - cents) <= Decimal("1e-6") * scale else exact)
    return fen if isinstance(fen, Problem) else (fen, None)


def _fen(value: Decimal) -> int | Problem:
    fen = value * FEN
    if abs(fen) > _LARGEST:
        return Problem("The amount is too large to be true.", "Correct it; amounts are in yuan.")
    if fen != fen.to_integral_value():
        return Problem("The amount has more than two decimals.", "Round it to the cent, as on the invoice.")
    return int(fen)


def _not_a_number() -> Problem:
    return Problem("This is not an amount.", "Write it as a plain number, for instance 1234.56.")
