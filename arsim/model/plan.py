"""Instalment plans as rules of numbers."""

from arsim.domain.calendar import MONTH

MONTHS = 12
FIFTH = 5  # all may fall due once a fifth of the price is missed after a demand (Civil Code 634)
SEASON = (1.5, 0.5)  # weight of an instalment in the customer's good half-year and in the other


def weight(season: bool, month: int, peak: int) -> float:
    """Weight of the instalment of a month (0 … 11, or beyond), by how far it lies from the customer's best.

    >>> weight(True, 5, 5), weight(True, 11, 5), weight(False, 11, 5)
    (1.5, 0.5, 1.0)
    """
    if not season:
        return 1.0
    return SEASON[0] if min((month - peak) % MONTHS, (peak - month) % MONTHS) <= MONTHS // 4 else SEASON[1]


def first_month(start_month: int, day: int) -> int:
    """The month of the first instalment of a plan agreed on `day` of a run that began in `start_month` (0 … 11).

    >>> first_month(0, 65)
    3
    """
    return start_month + day // MONTH + 1


def instalment(total: int, weight: float, heavy: float) -> int:
    """Fen of an instalment of `weight`, all weighing `heavy`; what rounding leaves goes to the last.

    >>> instalment(1000, 1.0, 3.0)
    333
    """
    return int(total * weight / heavy)


def interest(amount: int, rate: float, number: int) -> int:
    """Interest in fen of instalment `number` (from 0): each carries that of its own months.

    >>> interest(120_000, 0.06, 1)
    1200
    """
    return int(amount * rate * (number + 1) / MONTHS)


def lift(security: float, season: float) -> float:
    """Share of misses avoided by security and by fitting the season.

    >>> lift(0.5, 0.2)
    0.6
    """
    return 1.0 - (1.0 - security) * (1.0 - season)


def missed(paid: float, lifted: float) -> float:
    """Chance of missing an instalment.

    >>> missed(0.9, 0.0) < 0.1001
    True
    """
    return (1.0 - paid) * (1.0 - lifted)


def grave(missed: int, total: int) -> bool:
    """Whether so much is missed that all may fall due.

    >>> grave(200, 1000), grave(199, 1000)
    (True, False)
    """
    return missed * FIFTH >= total


RULES = (weight, first_month, instalment, interest, lift, missed, grave)
