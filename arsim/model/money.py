"""Money terms as rules of numbers: when a discount beats the bank, what it takes off, what late interest comes to."""

from arsim.domain.calendar import YEAR


def worth(percent: float, gain_days: int, funds: float) -> bool:
    """Whether paying `gain_days` sooner for `percent` off beats money that costs `funds` a year.

    2 % for 20 days is 2/98 × 365/20 = 37 % a year:

    >>> worth(2.0, 20, 0.37), worth(2.0, 20, 0.38)
    (True, False)
    """
    return gain_days > 0 and percent / (100.0 - percent) * YEAR / gain_days > funds


def discounted(amount: int, percent: float) -> int:
    """Fen taken off `amount`.

    >>> discounted(10_050, 2.0)
    201
    """
    return int(amount * percent / 100.0)


def late_interest(amount: int, rate: float, late: int) -> int:
    """Interest in fen on `amount` for `late` days at `rate` a year.

    >>> late_interest(365_000, 0.10, 30)
    3000
    """
    return int(amount * rate * late / YEAR)


def part_of(amount: int, share: float) -> int:
    """`share` of `amount` in fen, a fen at least.

    >>> part_of(1000, 0.333), part_of(2, 0.1)
    (333, 1)
    """
    return max(1, int(amount * share))


def short_by(owed: int, most: float, luck: float, share: float) -> int:
    """By how many fen a payment falls short, if it does: up to `most` of it, as `luck` lies within the `share` of those that do.

    >>> short_by(10_000, 0.02, 0.025, 0.05)
    100
    """
    return int(owed * most * luck / share)


def moved(average: float, late: int, weight: float) -> float:
    """A moving average of days late after one more payment.

    >>> moved(10.0, 20, 0.1)
    11.0
    """
    return average + (late - average) * weight


SLOW, QUICK = 0.1, 0.4  # weights of a payment in the two averages
RULES = (worth, discounted, late_interest, part_of, short_by, moved)
