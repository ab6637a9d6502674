"""The book: every invoice of a journal as columns, and what is open, overdue and how old, day by day.

An invoice may be cleared in several steps (a part paid, a discount, a credit note, a write-off). It is told as pieces: one for each step,
with the step's amount and day, and one for what is open at the end. A piece is open until its day, so sums over pieces are the book.

Days count from the journal's start. What happens on day d happens *during* day d; "the end of day d" includes it.
An invoice is overdue at the end of day d when it is still open and ``due_day < d``: on its due date it is not yet late.
"""

from dataclasses import dataclass

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.model.fast import twins
from arsim.study.lines import KERNELS, Lines

OPEN = 2**31 - 1  # close_day of an invoice that is still open when the run ends: later than any day
_CLEARS = (Kind.PAYMENT, Kind.WRITE_OFF, Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO)
EDGES = (0, 30, 60, 90)  # last day past due of each ageing bucket but the last
BUCKETS = ("current", "1-30", "31-60", "61-90", "90+")


@dataclass(frozen=True, eq=False)
class Book:
    """The pieces of the invoices of one run as columns; all arrays have shape (pieces,).

    Parameters
    ----------
    number, customer : ndarray of int64
        Invoice number and customer.
    amount : ndarray of int64
        Fen of the piece.
    issue_day, due_day : ndarray of int64
        Negative for what was issued (or fell due) before the run.
    entry_day : ndarray of int64
        First day at whose end the invoice can be in the book: its issue day, and -1 at the latest for the opening book.
    close_day : ndarray of int64
        Day of the step that cleared it; `OPEN` if none did.
    paid, written_off, opening : ndarray of bool
        How it was cleared, and whether it was already there when the run began.
    """

    number: np.ndarray
    customer: np.ndarray
    amount: np.ndarray
    issue_day: np.ndarray
    due_day: np.ndarray
    entry_day: np.ndarray
    close_day: np.ndarray
    paid: np.ndarray
    written_off: np.ndarray
    opening: np.ndarray


def book(journal: Journal, lines: Lines | None = None) -> Book:
    """Read the invoices off a journal.

    Parameters
    ----------
    journal : Journal
    lines : Lines, optional
        The journal's lines by kind, if they are at hand.

    Returns
    -------
    Book

    Raises
    ------
    ValueError
        An invoice is cleared that never entered, or of more than it was for.
    """
    if (kernels := twins(KERNELS)) and (columns := kernels.pieces(journal, OPEN)):
        return Book(*columns)
    lines = lines or Lines(journal)
    entered, steps = lines.of(Kind.OPENING, Kind.INVOICE), lines.of(*_CLEARS)
    number = entered["invoice"].astype(np.int64)
    where = _positions(number, steps["invoice"].astype(np.int64))
    left = entered["amount"] - np.bincount(where, steps["amount"], len(number)).astype(np.int64)
    if len(left) and left.min() < 0:
        raise ValueError(f"more was cleared of invoice {number[left.argmin()]} than it was for")
    still = np.flatnonzero(left > 0)
    place = np.concatenate([where, still])
    opening, issue_day = (entered["kind"] == Kind.OPENING)[place], entered["a"].astype(np.int64)[place]
    open_at_end = np.zeros(len(still), bool)
    return Book(
        number=number[place],
        customer=entered["customer"].astype(np.int64)[place],
        amount=np.concatenate([steps["amount"], left[still]]),
        issue_day=issue_day,
        due_day=entered["b"].astype(np.int64)[place],
        entry_day=np.where(opening, np.minimum(issue_day, -1), issue_day),
        close_day=np.concatenate([steps["time"] // MINUTES_A_DAY, np.full(len(still), OPEN, np.int64)]),
        paid=np.concatenate([steps["kind"] == Kind.PAYMENT, open_at_end]),
        written_off=np.concatenate([steps["kind"] == Kind.WRITE_OFF, open_at_end]),
        opening=opening,
    )


def settled(book: Book, size: int) -> np.ndarray:
    """Day each of the invoices 0 … size - 1 was settled for good, -1 where it is still open, was written off or never entered.

    Parameters
    ----------
    book : Book
    size : int

    Returns
    -------
    ndarray of int64, shape (size,)
    """
    day, unsettled = np.full(size, -1), (book.close_day == OPEN) | book.written_off
    np.maximum.at(day, book.number, np.where(unsettled, -1, book.close_day))
    day[book.number[unsettled]] = -1
    return day


def _positions(number: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where each wanted invoice number stands in `number`. Order numbers are dense, so a table beats sorting; sparse ones are sorted."""
    if not len(wanted):
        return wanted
    if len(number) and number.min() >= 0 and number.max() <= 16 * len(number) + 4096:
        table = np.full(number.max() + 1, -1)
        table[number] = np.arange(len(number))
        found = table[np.clip(wanted, 0, len(table) - 1)]
    else:
        order = np.argsort(number, kind="stable")
        found = np.append(order, -1)[np.searchsorted(number[order], wanted)]
    known = found >= 0
    if len(number):
        known &= number[found] == wanted  # what is not known looks at the last one, in vain
    if not known.all():
        raise ValueError(f"invoice {wanted[~known][-1]} was cleared but never entered the book")
    return found


def balance(book: Book, days: int) -> np.ndarray:
    """Open balance by day.

    Parameters
    ----------
    book : Book
    days : int

    Returns
    -------
    ndarray of int64, shape (days + 1,)
        Fen. Entry 0 is the book before day 0; entry d + 1 is the end of day d.
    """
    return _standing(book.amount, book.entry_day, book.close_day, days)


def overdue(book: Book, days: int) -> np.ndarray:
    """Overdue balance by day: open and ``due_day < d`` at the end of day d.

    Parameters
    ----------
    book : Book
    days : int

    Returns
    -------
    ndarray of int64, shape (days + 1,)
        Fen, laid out as in `balance`.
    """
    return _standing(book.amount, np.maximum(book.due_day + 1, book.entry_day), book.close_day, days)


def current(book: Book, days: int) -> np.ndarray:
    """Balance not yet due by day: `balance` less `overdue`, laid out as they are, in fen."""
    return balance(book, days) - overdue(book, days)


def _standing(amount: np.ndarray, first: np.ndarray, until: np.ndarray, days: int) -> np.ndarray:
    """Sum of `amount` over what stands at the end of each day -1 … days - 1; one stands from the end of day `first` to before `until`."""
    if kernels := twins(KERNELS):
        return kernels.standing(amount, first, until, days)
    start, end = np.clip(first + 1, 0, days + 1), np.clip(until + 1, 0, days + 1)
    amount = np.where(end > start, amount, 0)
    # float64 sums whole numbers exactly up to 2**53 fen, 90 trillion CNY
    change = np.bincount(start, amount, days + 2) - np.bincount(end, amount, days + 2)
    return np.cumsum(change[: days + 1]).astype(np.int64)


def ageing(book: Book, day: int, edges: tuple[int, ...] = EDGES, only: np.ndarray | None = None) -> np.ndarray:
    """Open balance by days past due at the end of `day`, counted from the *due* date; every invoice by its own age.

    Parameters
    ----------
    book : Book
    day : int
        -1 is the book before day 0.
    edges : tuple of int, default (0, 30, 60, 90)
        Last day past due of each bucket, rising; one more bucket holds the rest. The default gives `BUCKETS`.
    only : ndarray of bool, shape (invoices,), optional
        Count these invoices only.

    Returns
    -------
    ndarray of int64, shape (len(edges) + 1,)
        Fen; the buckets add up to the open balance.
    """
    standing = (book.entry_day <= day) & (day < book.close_day)
    if only is not None:
        standing &= only
    bucket = np.searchsorted(edges, day - book.due_day[standing], side="left")
    return np.bincount(bucket, book.amount[standing], len(edges) + 1).astype(np.int64)
