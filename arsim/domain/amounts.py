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
_SHAPE = re.compile(r"(?P<open>\()?\s*(?P<pre>[^\d\s().,+-]*)\s*(?P<sign>[-+]?)\s*(?P<pre2>[^\d\s().,+-]*)\s*"
                    r"(?P<number>[\d., ]*\d\.?)\s*(?P<trail>-?)\s*(?P<post>[^\d\s().,+-]*)\s*(?P<close>\))?")
_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d*)?|\.\d+")


def parse_amount(cell: object) -> tuple[int, str | None] | Problem:
    """One cell → (fen, currency where it is written there), or what is wrong with it.

    >>> parse_amount("￥1,234.56"), parse_amount("100.5元"), parse_amount(99.1)
    ((123456, 'CNY'), (10050, 'CNY'), (9910, None))
    """
    if isinstance(cell, bool):
        return _not_a_number()
    if isinstance(cell, int | float):
        return _from_number(cell)
    text = unicodedata.normalize("NFKC", str(cell)).replace("−", "-").strip().upper()
    if not text:
        return Problem("The amount is missing.", "Fill it in, or delete the row.")
    shape = _SHAPE.fullmatch(text)
    if not shape or not _NUMBER.fullmatch(shape["number"]) or bool(shape["open"]) != bool(shape["close"]):
        return _not_a_number()
    marks = [mark for mark in (shape["pre"], shape["pre2"], shape["post"]) if mark]
    if any(mark not in _CURRENCIES for mark in marks):
        return _not_a_number()
    currencies = {_CURRENCIES[mark] for mark in marks}
    if len(currencies) > 1:
        return _not_a_number()
    value = Decimal(re.sub("[, ]", "", shape["number"]))
    negative = shape["sign"] == "-" or shape["trail"] or shape["open"]
    fen = _fen(-value if negative else value)
    return fen if isinstance(fen, Problem) else (fen, next(iter(currencies), None))


def parse_currency(cell: object) -> str:
    """A currency column's cell → its code, as far as known: "人民币" and "RMB" are one currency."""
    text = unicodedata.normalize("NFKC", str(cell)).strip().upper()
    return _CURRENCIES.get(text, text)


def may_be_thousands(cell: object) -> bool:
    """Whether "1.234" may mean one thousand two hundred and thirty-four, as where ";" separates cells it often does."""
    return isinstance(cell, str) and bool(re.fullmatch(r"\D*\d{1,3}\.\d{3}\D*", cell.strip()))


def _from_number(number: float) -> tuple[int, None] | Problem:
    if number != number:
        return _not_a_number()
    if abs(number) > _LARGEST / FEN:
        return _fen(Decimal(_LARGEST))
    exact = Decimal(repr(number))
    cents = exact.quantize(Decimal("0.01"))
    # A spreadsheet's sums carry binary dust (0.1 + 0.2); a third decimal that matters is no dust.
    fen = _fen(cents if abs(exact - cents) <= Decimal("1e-6") else exact)
    return fen if isinstance(fen, Problem) else (fen, None)


def _fen(value: Decimal) -> int | Problem:
    if value <= 0:
        return Problem(
            "The amount is zero or negative.", "Leave out credit notes, refunds and advance payments: they cannot be read yet.")
    if value * FEN > _LARGEST:
        return Problem("The amount is too large to be true.", "Correct it; amounts are in yuan.")
    fen = value * FEN
    if fen != fen.to_integral_value():
        return Problem("The amount has more than two decimals.", "Round it to the cent, as on the invoice.")
    return int(fen)


def _not_a_number() -> Problem:
    return Problem("This is not an amount.", "Write it as a plain number, for instance 1234.56.")
