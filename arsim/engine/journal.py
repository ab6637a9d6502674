"""The journal: one line per event, the only thing a run leaves behind. Every number shown is a pure function of it."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

MINUTES_A_DAY = 1440


class Kind(IntEnum):
    """What happened. ``a`` and ``b`` are the two small integers each line has room for; days count from the start date."""

    OPENING = 0  # invoice open when the run starts: amount still due; a = issue day (negative), b = due day
    ORDER = 1  # an order arrives: a = 1 if it will be disputed, b = terms in days; the invoice will have the order's number
    HELD = 2  # the order waits for credit: a = reason (1 over the limit, 2 overdue too long)
    LOST = 3  # the held or refused order walks away
    PREPAID = 4  # delivered against cash in advance: cash now, never a receivable
    INVOICE = 5  # delivered and invoiced: a = issue day, b = due day
    REACHED = 6  # a contact reached the customer: invoice = -1, amount = cost in fen, a = channel, b = minutes of staff
    MISSED = 7  # a contact did not: same columns
    NOTICE = 8  # this invoice was raised in a contact: amount = open balance, a = channel, b = dunning level (from 0)
    PAYMENT = 9  # cash for the invoice, in full
    WRITE_OFF = 10  # the invoice is written off
    INSOLVENT = 11  # the customer stops paying for good: invoice = -1, amount = 0


ROW = np.dtype([("time", "i8"), ("kind", "i4"), ("customer", "i4"), ("invoice", "i4"), ("a", "i4"), ("b", "i4"), ("amount", "i8")])


@dataclass(frozen=True)
class Journal:
    """What happened in one run.

    Parameters
    ----------
    rows : ndarray of ROW, shape (events,)
        In time order. `time` is in minutes since the midnight that begins `start`; `amount` in fen.
    start : date
        Day 0.
    warmup, days : int
        Outcomes are taken over days ``warmup <= day < days``; what came before only fills the book.
    customers : int
        Size of the population.
    collectors : int
        Staff on duty each working day.
    staff_minutes : int
        Working minutes all collectors together had over the counted days.
    """

    rows: np.ndarray
    start: date
    warmup: int
    days: int
    customers: int
    collectors: int
    staff_minutes: int
