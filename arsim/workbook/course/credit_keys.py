"""Right answers that need a function with plain arguments: one for each family of questions."""

from arsim.domain.alert import extent, level
from arsim.domain.assessment import assess
from arsim.domain.scorecard import suggested_limit
from arsim.study.order_decision import order_value, repeat_order_value

_LEVELS = ("none", "blue", "yellow", "red")


def order_verdict(chance: float, revenue: float, cost: float, later: float, rate: float) -> str:
    """Whether to take an order on credit: ``"alone"`` if it pays by itself, ``"with_next"`` if only the next one makes it pay, ``"no"``.

    Shares from 0 to 1, money in any one unit.

    >>> order_verdict(0.9, 1200, 1000, 0.9, 0.1), order_verdict(0.8, 1200, 1000, 0.95, 0.2), order_verdict(0.5, 1200, 1000, 0.95, 0.2)
    ('alone', 'with_next', 'no')
    """
    if order_value(chance, revenue, cost) > 0:
        return "alone"
    return "with_next" if repeat_order_value(chance, later, revenue, cost, rate) > 0 else "no"


def limit_of(monthly: float, terms: int, **figures: float) -> float:
    """The limit in CNY that the scorecard suggests for purchases of `monthly` CNY; `figures` as for `arsim.domain.assessment.assess`.

    >>> limit_of(200_000, 60, current_ratio=2, quick_ratio=1.3, debt_ratio=0.4, sales_growth=0.2, mean_days_late=0, late_share=0)
    650000.0
    """
    return suggested_limit(round(monthly * 100), assess(**figures).grade, terms) / 100


def grade_of(**figures: float) -> str:
    """The grade of the scorecard; `figures` as for `arsim.domain.assessment.assess`.

    >>> grade_of(current_ratio=2, quick_ratio=1.3, debt_ratio=0.4, sales_growth=0.2, mean_days_late=0, late_share=0)
    'A'
    """
    return assess(**figures).letter


def warning_level(
    ratio: float, below: float, ratio_span: float, ratio_points: float, overdue: float, overdue_span: float, overdue_points: float,
    slower: float, slower_span: float, slower_points: float, blue: float, yellow: float, red: float,
) -> str:  # fmt: skip
    """The level of an early warning by three signals, each with its points and how much of it counts in full.

    Parameters
    ----------
    ratio, below : float
        Current ratio, and the line below which it is a signal.
    overdue, slower : float
        Days the oldest item is overdue; days later than usual.
    blue, yellow, red : float
        Points from which each level begins.

    Examples
    --------
    Half of 50, a third of 15, half of 24:

    >>> warning_level(0.95, 1.1, 0.3, 50, 20, 60, 15, 15, 30, 24, 20, 40, 60)
    'yellow'
    """
    found = (
        ratio_points * extent(below - ratio, ratio_span)
        + overdue_points * extent(overdue, overdue_span)
        + slower_points * extent(slower, slower_span)
    )
    return _LEVELS[level(found, blue, yellow, red)]


def alarm_verdict(failing: float, hit: float, clear: float) -> str:
    """Of the alarms: ``"mostly right"`` if more than half are right, ``"mostly wrong"`` if fewer; all shares from 0 to 1.

    >>> alarm_verdict(0.02, 0.95, 0.95), alarm_verdict(0.2, 0.95, 0.95)
    ('mostly wrong', 'mostly right')
    """
    return "mostly right" if failing * hit > (1 - failing) * (1 - clear) else "mostly wrong"


def dearer(loss: float, saved: float, chance: float, orders: float, margin: float) -> str:
    """What costs less on average with an alarm that is right with `chance`: ``"act"`` or ``"wait"``.

    Acting saves the share `saved` of `loss` if the alarm is right, and the margin on `orders` if it is wrong. Money in any one unit.

    >>> dearer(1_000_000, 0.5, 0.2, 600_000, 0.2), dearer(1_000_000, 0.5, 0.2, 900_000, 0.2)
    ('act', 'wait')
    """
    return "act" if chance * saved * loss > (1 - chance) * orders * margin else "wait"


def at_risk(monthly: float, terms: float, short: float) -> float:
    """What shorter terms keep from being owed by a customer that buys evenly and pays on the due date; same unit as `monthly`.

    It owes what it bought in the last `terms` days.

    >>> at_risk(300_000, 60, 30)
    300000.0
    """
    return monthly * (terms - short) / 30
