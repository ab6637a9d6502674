"""Money in integer fen; CNY only where a person reads or writes it."""

from decimal import Decimal

FEN = 100


def fen(yuan: str | int | Decimal) -> int:
    """CNY as written → fen, exactly.

    >>> fen("1234.5")
    123450
    """
    return int((Decimal(str(yuan)) * FEN).to_integral_exact())


def yuan(amount: float, digits: int = 0) -> str:
    """Fen → CNY with thousands separators.

    >>> yuan(123456789, 2)
    '1,234,567.89'
    """
    return f"{amount / FEN:,.{digits}f}"
