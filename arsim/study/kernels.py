"""A journal summed up in passes over its lines, compiled by numba: the same figures as `arsim.study.window` and `arsim.study.book`.

What is not as it should be, is left to the arrays there, which say what is wrong. Only `arsim.model.fast` imports this file.
"""

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, ROW, Journal, Kind
from arsim.model.store import entry as kernel

KINDS = len(Kind)
OPENING, ORDER, INVOICE, REACHED, MISSED, WRONG_PARTY, PAYMENT, WRITE_OFF, DISCOUNT, CREDIT_NOTE, LET_GO, INSOLVENT, GOODWILL = (
    int(kind)
    for kind in (
        Kind.OPENING, Kind.ORDER, Kind.INVOICE, Kind.REACHED, Kind.MISSED, Kind.WRONG_PARTY, Kind.PAYMENT, Kind.WRITE_OFF, Kind.DISCOUNT,
        Kind.CREDIT_NOTE, Kind.LET_GO, Kind.INSOLVENT, Kind.GOODWILL,
    )
)  # fmt: skip


@kernel
def _sums(rows, begin, end, days, customers, never):
    flow, count, minutes = np.zeros(KINDS * days), np.zeros(KINDS, np.int64), 0
    demand, fails, goodwill = np.zeros(customers), np.full(customers, never, np.int64), np.full(customers, 100.0)
    fine = True
    for place in range(len(rows)):
        line = rows[place]
        kind, who, day = line.kind, line.customer, line.time // MINUTES_A_DAY
        if place < end:
            cell = kind * days + day
            if kind < 0 or kind >= KINDS or cell < 0 or cell >= len(flow):
                fine = False
                break
            flow[cell] += line.amount
            if place >= begin:
                count[kind] += 1
                if kind == REACHED or kind == MISSED or kind == WRONG_PARTY:
                    minutes += line.b
        if kind == ORDER or kind == INSOLVENT or kind == GOODWILL:
            if who < 0 or who >= customers:
                fine = False
                break
            if kind == GOODWILL:
                goodwill[who] = line.amount / 100
            elif kind == INSOLVENT and place < end:
                fails[who] = day
            elif kind == ORDER and begin <= place < end:
                demand[who] += line.amount
    return fine, flow, count, minutes, demand, fails, goodwill


@kernel
def _pieces(rows, never):
    entered, cleared, many, steps, high, fine = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64), 0, 0, -1, True
    for place in range(len(rows)):
        kind = rows[place].kind
        if kind == OPENING or kind == INVOICE:
            entered[many] = place
            many += 1
            high = max(high, rows[place].invoice)
            fine = fine and rows[place].invoice >= 0
        elif kind == PAYMENT or kind == WRITE_OFF or kind == DISCOUNT or kind == CREDIT_NOTE or kind == LET_GO:
            cleared[steps] = place
            steps += 1
    fine = fine and high <= 16 * many + 4096
    table, left, still = np.full(high + 1 if fine else 0, -1), np.empty(many, np.int64), 0
    columns, flags = np.empty((7, steps + many), np.int64), np.zeros((3, steps + many), np.bool_)
    if fine:
        for place in range(many):
            left[place] = rows[entered[place]].amount
            table[rows[entered[place]].invoice] = place
        for step in range(steps):
            invoice = rows[cleared[step]].invoice
            if invoice < 0 or invoice > high or table[invoice] < 0:
                fine = False
                break
            left[table[invoice]] -= rows[cleared[step]].amount
    if fine:
        for piece in range(steps + many):
            if piece < steps:
                step = rows[cleared[piece]]
                source, to = table[step.invoice], piece
                columns[2, to], columns[6, to] = step.amount, step.time // MINUTES_A_DAY
                flags[0, to], flags[1, to] = step.kind == PAYMENT, step.kind == WRITE_OFF
            else:
                source, to = piece - steps, steps + still
                fine = fine and left[source] >= 0
                if left[source] <= 0:
                    continue
                columns[2, to], columns[6, to] = left[source], never
                still += 1
            line = rows[entered[source]]
            columns[0, to], columns[1, to], columns[3, to], columns[4, to] = line.invoice, line.customer, line.a, line.b
            columns[5, to] = min(line.a, -1) if line.kind == OPENING else line.a
            flags[2, to] = line.kind == OPENING
    return fine, columns, flags, steps + still


@kernel
def _standing(amount, first, until, days):
    found = np.zeros(days + 2, np.int64)
    for place in range(len(amount)):
        start, end = min(max(first[place] + 1, 0), days + 1), min(max(until[place] + 1, 0), days + 1)
        if end > start:
            found[start] += amount[place]
            found[end] -= amount[place]
    return np.cumsum(found[: days + 1])


def sums(journal: Journal, begin: int, end: int, never: int):
    """Flow, count, minutes, demand, fails and goodwill of a `Window` whose lines are begin … end − 1; None if a line is odd."""
    fine, flow, *others = _sums(np.require(journal.rows, ROW, "CW"), begin, end, journal.days, journal.customers, never)
    return (flow.reshape(KINDS, journal.days), *others) if fine else None


def pieces(journal: Journal, never: int):
    """The columns of a `Book` in order, the flags last; None if a line is odd or numbers are sparse."""
    fine, columns, flags, size = _pieces(np.require(journal.rows, ROW, "CW"), never)
    return (*columns[:, :size], *flags[:, :size]) if fine else None


def standing(amount: np.ndarray, first: np.ndarray, until: np.ndarray, days: int) -> np.ndarray:
    """What `arsim.study.book` calls standing."""
    return _standing(*(np.require(column, np.int64, "CW") for column in (amount, first, until)), days)


def compile_all() -> None:
    """Compile every kernel, or load it from the cache."""
    none = np.zeros(0, np.int64)
    _sums(np.zeros(0, ROW), 0, 0, 0, 0, 0)
    _pieces(np.zeros(0, ROW), 0)
    standing(none, none, none, 0)
