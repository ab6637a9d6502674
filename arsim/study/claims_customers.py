"""Measures of foresight: whether ratios, grades and warnings tell who will be late."""

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.model.liquidity import DISTRESSED
from arsim.model.world import QUARTER
from arsim.study.arm import Arm, Figure
from arsim.study.warning_score import WarningScore, score_warnings

SEVERE = 60  # days overdue beyond which the course calls an item severe
WEEK = 7
YELLOW, WEAK = 2, 2  # warning level, and grade (C), from which a customer counts as called bad


def overdue_by_ratio(arm: Arm, _: Arm, low: bool = True, money: bool = True) -> Figure:
    """Customers with a published current ratio below 1 (or not): what is overdue of their balance, or how many have anything overdue."""
    book, size, part, whole = arm.seen.book, arm.journal.customers, 0.0, 0.0
    lag = int(arm.world.behaviour["ratio.lag"])
    for day in range(arm.days.start + QUARTER - 1, arm.days.stop, QUARTER):
        ratio = arm.world.statements.current_ratio[:, max(0, (day - lag) // QUARTER)]
        those = ((ratio < 1.0) == low) & (arm.seen.fails > day)
        standing = (book.entry_day <= day) & (day < book.close_day)
        late = standing & (book.due_day < day)
        owed, overdue = (np.bincount(book.customer[which], book.amount[which], size)[those] for which in (standing, late))
        part += float(overdue.sum()) if money else int((overdue > 0).sum())
        whole += float(owed.sum()) if money else int((owed > 0).sum())
    return part, whole


def grade_right(arm: Arm, _: Arm) -> Figure:
    """Customers whose grade on the first day told (A, B: no; C, D: yes) whether something would be severely overdue in the window."""
    book, size = arm.seen.book, arm.journal.customers
    due = (book.due_day >= arm.days.start) & (book.due_day + SEVERE < arm.days.stop)
    severe = np.bincount(book.customer[due & (book.close_day > book.due_day + SEVERE)], minlength=size) > 0
    seen = np.bincount(book.customer[due], minlength=size) > 0
    return int(((arm.world.population.grade >= WEAK) == severe)[seen].sum()), int(seen.sum())


def _failures(arm: Arm) -> tuple[np.ndarray, np.ndarray]:
    """Customer and day of every fall into distress or worse within the window."""
    moved = arm.seen.rows(Kind.LIQUIDITY)
    day = moved["time"] // MINUTES_A_DAY
    fell = (moved["a"] >= DISTRESSED) & (moved["a"] > moved["b"]) & (day > arm.days.start)
    return moved["customer"][fell], day[fell]


def warning_right(arm: Arm, _: Arm) -> Figure:
    """Customers sorted rightly over the window: warned of at yellow or red and fallen into distress, or neither."""
    told = arm.seen.rows(Kind.WARNING)
    warned, failed = (np.zeros(arm.journal.customers, bool) for _ in range(2))
    warned[told["customer"][told["a"] >= YELLOW]] = True
    failed[_failures(arm)[0]] = True
    return int((warned == failed).sum()), len(warned)


def never_warning_right(arm: Arm, _: Arm) -> Figure:
    """Customers sorted rightly by calling nobody bad: those that did not fall into distress."""
    size = arm.journal.customers
    return size - len(np.unique(_failures(arm)[0])), size


def _score(arm: Arm) -> WarningScore:
    """Alarms at yellow or above held against distress within 90 days; a level stands until it changes, and is looked at weekly."""
    told = arm.seen.rows(Kind.WARNING)
    told = told[np.lexsort((told["time"], told["customer"]))]
    day = told["time"] // MINUTES_A_DAY
    last = np.append(told["customer"][1:] != told["customer"][:-1], True) if len(told) else np.zeros(0, bool)
    until = np.where(last, arm.days.stop, np.append(day[1:], 0)[: len(day)])
    weeks = np.maximum(1, -(-(until - day) // WEEK))
    first = np.repeat(np.cumsum(weeks) - weeks, weeks)
    days = np.repeat(day, weeks) + (np.arange(weeks.sum()) - first) * WEEK
    return score_warnings(
        np.repeat(told["customer"], weeks), days, np.repeat(told["a"], weeks), *_failures(arm),
        customers=arm.journal.customers, horizon=arm.days.stop, level=YELLOW,
    )  # fmt: skip


def warning_precision(arm: Arm, _: Arm) -> Figure:
    """Alarms that a failure followed, of all alarms that can be judged."""
    found = _score(arm)
    return found.alarms - found.false_alarms, found.alarms


def warning_hits(arm: Arm, _: Arm) -> Figure:
    """Failures warned of in time, of all failures."""
    found = _score(arm)
    return found.hits, found.failures
