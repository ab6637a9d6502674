"""Measures of the early-payment discount: what it costs, who takes it, how much of it is given for nothing."""

from dataclasses import dataclass

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.model.liquidity import YEAR
from arsim.study.arm import Arm, Figure
from arsim.study.book import settled

WEAK = 2  # grade C


@dataclass(frozen=True, eq=False)
class _Taken:
    """Discounts granted: fen, the amount in full, the invoice, and how many days sooner it was paid than in the other arm."""

    discount: np.ndarray
    full: np.ndarray
    invoice: np.ndarray
    sooner: np.ndarray


def _taken(arm: Arm, other: Arm) -> _Taken:
    rows = arm.seen.rows(Kind.DISCOUNT)
    rows = rows[np.isin(rows["invoice"], other.seen.book.number)]
    day = settled(other.seen.book, len(arm.world.customer))[rows["invoice"]]
    usual = np.where(day < 0, arm.horizon, day)  # not paid at all: as if on the last day known
    full = rows["amount"] * 100 / (arm.policy.discount.percent or 1)
    return _Taken(rows["amount"], full, rows["invoice"], usual - rows["time"] // MINUTES_A_DAY)


def cost(arm: Arm, other: Arm) -> Figure:
    """Discount given, over the money it brought in earlier × the years it was earlier: what that money cost a year."""
    taken = _taken(arm, other)
    return taken.discount.sum(), float((taken.full - taken.discount) @ np.maximum(0, taken.sooner)) / YEAR


def windfall(arm: Arm, other: Arm) -> Figure:
    """Of the discount given: what went to invoices that were paid no sooner for it."""
    taken = _taken(arm, other)
    return taken.discount[taken.sooner <= 0].sum(), taken.discount.sum()


def weak(arm: Arm, other: Arm) -> Figure:
    """Of the discount given: what went to customers of grades C and D."""
    taken = _taken(arm, other)
    weak = arm.world.population.grade[arm.world.customer[taken.invoice]] >= WEAK
    return taken.discount[weak].sum(), taken.discount.sum()


def used(arm: Arm, other: Arm) -> Figure:
    """Of the sales on credit in the window: what was paid with the discount."""
    return _taken(arm, other).full.sum(), arm.seen.credit_sales
