"""Measures of collecting and of the book: what is paid soon, what an hour brings in, what is lost of an old debt."""

import numpy as np

from arsim.domain.calendar import SHIFT
from arsim.model.liquidity import YEAR
from arsim.model.world import QUARTER
from arsim.study.arm import Arm, Figure
from arsim.study.book import OPEN

SOON = 30  # days after the due date within which a collection is a success
MONTH, HOUR = 30, 60
FOREVER = 1 << 20


def _claimable(arm: Arm) -> np.ndarray:
    """Pieces that were paid, written off or are open still; what was credited or let go was never to be had."""
    book = arm.seen.book
    return book.paid | book.written_off | (book.close_day == OPEN)


def paid_soon(arm: Arm, _: Arm) -> Figure:
    """Of what fell due in the window and was not paid by its due date: the amount paid within `SOON` days after it."""
    book = arm.seen.book
    late = _claimable(arm) & (book.due_day >= arm.days.start) & (book.due_day + SOON < arm.days.stop) & (book.close_day > book.due_day)
    return book.amount[late & book.paid & (book.close_day <= book.due_day + SOON)].sum(), book.amount[late].sum()


def recovered(arm: Arm, _: Arm) -> Figure:
    """Of all that was overdue at some time in the window: the amount paid by its end."""
    book = arm.seen.book
    since = np.maximum(np.maximum(book.due_day + 1, book.entry_day), arm.days.start)
    late = _claimable(arm) & (since < arm.days.stop) & (book.close_day >= since)
    return book.amount[late & book.paid & (book.close_day < arm.days.stop)].sum(), book.amount[late].sum()


def _cash_from_overdue(arm: Arm) -> float:
    book = arm.seen.book
    inside = (book.close_day >= arm.days.start) & (book.close_day < arm.days.stop)
    return float(book.amount[book.paid & inside & (book.close_day > book.due_day)].sum())


def cash_per_hour_worked(arm: Arm, _: Arm) -> Figure:
    """Fen paid on overdue invoices per hour spent on contacts."""
    return _cash_from_overdue(arm), arm.seen.minutes / HOUR


def cash_per_hour_paid(arm: Arm, _: Arm) -> Figure:
    """Fen paid on overdue invoices per working hour of collectors and dispute desk, busy or not."""
    open_days = int(arm.world.calendar.open[arm.days.start : arm.days.stop].sum())
    people = arm.policy.team.collectors + arm.policy.dispute.desk
    return _cash_from_overdue(arm), people * open_days * SHIFT / HOUR


def mild_overdue(arm: Arm, _: Arm) -> Figure:
    """Of what is overdue at the ends of 30-day periods: the amount overdue by 30 days at most."""
    book, part, whole = arm.seen.book, 0, 0
    for day in range(arm.days.start + MONTH - 1, arm.days.stop, MONTH):
        standing = (book.entry_day <= day) & (day < book.close_day) & (book.due_day < day)
        part += int(book.amount[standing & (day - book.due_day <= MONTH)].sum())
        whole += int(book.amount[standing].sum())
    return part, whole


def late_sales(arm: Arm, _: Arm) -> Figure:
    """Of what fell due in the window: the amount not paid by its due date."""
    book = arm.seen.book
    due = _claimable(arm) & (book.due_day >= arm.days.start) & (book.due_day < arm.days.stop - 1)
    return book.amount[due & (book.close_day > book.due_day)].sum(), book.amount[due].sum()


def lost_in_a_year(arm: Arm, other: Arm, over: int = -FOREVER, up_to: int = FOREVER) -> Figure:
    """Of the book at the quarters' ends, overdue by more than `over` and at most `up_to` days: what is not paid a year later.

    Only customers the scenarios of both arms touch, so that arms in different scenarios are compared on the same customers.
    """
    book, industry = arm.seen.book, arm.world.population.industry
    touched = arm.world.scenario.touches(industry) & other.world.scenario.touches(industry)
    kept, part, whole = _claimable(arm) & touched[book.customer], 0, 0
    for day in range(arm.days.start + QUARTER - 1, min(arm.days.stop, arm.horizon - YEAR), QUARTER):
        age = day - book.due_day
        held = kept & (book.entry_day <= day) & (day < book.close_day) & (over < age) & (age <= up_to)
        whole += int(book.amount[held].sum())
        part += int(book.amount[held & ~(book.paid & (book.close_day <= day + YEAR))].sum())
    return part, whole
