"""The journal: one line per event, the only thing a run leaves behind. Every number shown is a pure function of it."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

MINUTES_A_DAY = 1440


class Kind(IntEnum):
    """What happened. ``a`` and ``b`` are the two small integers each line has room for; days count from the start date.

    Lines about a customer and no single invoice have invoice = -1. Numbers are what files hold: append, never renumber.
    """

    OPENING = 0  # invoice open when the run starts: amount still due; a = issue day (negative), b = due day
    ORDER = 1  # an order arrives: a = 1 if it will be disputed, b = terms in days; the invoice will have the order's number
    HELD = 2  # the order waits: a = reason (`Hold`)
    LOST = 3  # the order walks away: a = reason (`Lost`)
    PREPAID = 4  # delivered against cash in advance: cash now, never a receivable
    INVOICE = 5  # delivered and invoiced: a = issue day, b = due day
    REACHED = 6  # a contact reached the right person: invoice = -1, amount = cost in fen, a = channel, b = minutes of staff
    MISSED = 7  # a contact reached nobody: same columns
    NOTICE = 8  # this invoice was raised in a contact: amount = open balance, a = channel, b = dunning level (from 0; -1: not the ladder)
    PAYMENT = 9  # cash for the invoice: a = why (`Paid`)
    WRITE_OFF = 10  # what was still open is written off
    INSOLVENT = 11  # the customer stops paying for good: invoice = -1, amount = 0
    DISCOUNT = 12  # early-payment discount granted (or taken and tolerated)
    CREDIT_NOTE = 13  # a justified dispute: the invoice is reduced
    LET_GO = 14  # a short payment's rest within the tolerance
    DISPUTE = 15  # a dispute comes to light: amount contested, a = cause, b = how (0 complaint, 1 contact, 2 statement)
    SETTLED = 16  # the desk has cleared it: a = 1 credit note, 0 confirmed; b = working days it took
    PROMISE = 17  # the customer promises to pay: amount, a = day promised, b = channel
    KEPT = 18  # all of it was paid by then: amount promised
    BROKEN = 19  # some of it was not: amount still open
    ANSWER = 20  # what the person reached answers: a = answer (`Answer`), b = channel
    WRONG_PARTY = 21  # a contact reached somebody who cannot decide: as REACHED
    PLAN = 22  # instalment plan agreed: amount in it, a = instalments, b = interest in basis points a year
    PLAN_BROKEN = 23  # an instalment was missed: amount still open
    INTEREST = 24  # late interest claimed: a = days late
    INTEREST_PAID = 25  # … and paid; also plan interest
    WAIVED = 26  # … and let go
    LIQUIDITY = 27  # the customer's liquidity changes: a = state, b = state before; hidden from every rule
    WARNING = 28  # its warning level changes: a = level, b = level before
    REVIEW = 29  # its grade was reviewed: a = grade, b = grade before, amount = cost
    SECURED = 30  # it has given security: a = kind (`SECURITIES`)
    LAW = 31  # a step at law: a = stage (`Stage`), b = route, amount = cost
    BARRED = 32  # the limitation period has run out: the debtor may refuse
    GUARANTEE_LOST = 33  # nothing was claimed within the guarantee period
    RECOVERY = 34  # cash after a write-off or from an insolvency
    WALKED = 35  # an order is placed elsewhere for lack of goodwill
    CARE = 36  # a care call: b = minutes
    COST = 37  # another cost: a = what (`Cost`)
    GOODWILL = 38  # after the last day, each customer's goodwill in hundredths of a point


class Hold(IntEnum):
    """Why an order waits."""

    OVER_LIMIT = 1
    OVERDUE = 2
    WARNING = 3
    REVIEW = 4
    APPROVAL = 5
    BEHIND = 6  # the customer has another order waiting


class Lost(IntEnum):
    """Why an order walks away."""

    WAITED = 0
    NO_PREPAYMENT = 1
    NO_SECURITY = 2
    SHORT_TERMS = 3
    NOT_PURSUED = 4


class Paid(IntEnum):
    """How a payment came about."""

    IN_FULL = 0
    IN_PART = 1
    INSTALMENT = 2
    AT_LAW = 3
    PROMISED = 4


class Answer(IntEnum):
    """What the person reached answers."""

    PAYS = 1
    PROMISES = 2
    DISPUTES = 3
    HARDSHIP = 4
    REFUSES = 5
    STALLS = 6


class Stage(IntEnum):
    """Steps of the legal route."""

    FILED = 0
    ORDERED = 1  # the payment order stands
    OBJECTED = 2
    AGREED = 3  # mediated and confirmed
    NOT_AGREED = 4
    JUDGED = 5
    COMPLIED = 6
    ENFORCED = 7
    ENDED = 8  # the round of enforcement is over; what is open stays open
    COMPLAINED = 9
    HEARD = 10  # the complaint worked
    UNHEARD = 11
    HANDED_OVER = 12  # to a lawyer on commission
    RETURNED = 13
    PROVED = 14  # claim lodged in a bankruptcy
    GUARANTEE_CALLED = 15


class Cost(IntEnum):
    """Other costs."""

    TOOLS = 0
    DESK = 1
    COMMISSION = 2
    JOINT_VISIT = 3
    NOTARY = 4


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
    run_off : int
        Days after the counted ones in which nothing is sold and only the book is collected; lines of these days stand at the end.
    allowance : tuple of 4 float
        Share of the balance the policy sets aside for losses: not yet due, 1–30, 31–90, more than 90 days overdue.
    later : tuple of (int, int, tuple of 4 float)
        Where the policy changed on the way: from which day on, the staff on duty then, and the shares set aside; days ascending.
    """

    rows: np.ndarray
    start: date
    warmup: int
    days: int
    customers: int
    collectors: int
    staff_minutes: int
    run_off: int = 0
    allowance: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    later: tuple[tuple[int, int, tuple[float, float, float, float]], ...] = ()

    def staff(self) -> np.ndarray:
        """Collectors on duty on each of the counted days; int, shape (days - warmup,)."""
        found = np.full(self.days, self.collectors)
        for day, collectors, _ in self.later:
            found[day:] = collectors
        return found[self.warmup :]

    def allowance_on(self, day: int) -> tuple[float, float, float, float]:
        """The shares set aside at the end of `day`."""
        return next((shares for begins, _, shares in reversed(self.later) if begins <= day), self.allowance)
