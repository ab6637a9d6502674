"""Figures a trial can be judged by: one for each customer, each measurable in a real ledger, and the same in a simulated book.

Nothing that happened after the day of reading counts, and what was written off counts as still unpaid: giving up must not improve a figure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem
from arsim.study.book import OPEN, Book
from arsim.study.by_customer import overdue_shares

CASH_DAYS, CASH_LEAST = 90, 150  # a trial must be so long that two months of invoices are that old
LATE_MOST = 90  # days an invoice counts as late at most: one old case must not outweigh all the others
ORDERS_MOST = 3.0  # a customer that orders more than three times its usual counts as three times


@dataclass(frozen=True, eq=False)
class Records:
    """Invoices as columns, days counted from the trial's first day; `book` holds a piece for each, `customers` says how many there are."""

    book: Book
    customers: int

    def until(self, last: int) -> Book:
        """What was known at the end of day `last`."""
        book = self.book
        keep = book.issue_day <= last
        parts = {name: getattr(book, name)[keep] for name in Book.__dataclass_fields__}
        unpaid = (parts["close_day"] > last) | parts["written_off"]
        parts["close_day"] = np.where(unpaid, OPEN, parts["close_day"])
        parts["paid"] = parts["paid"] & ~unpaid
        return Book(**parts)


def simulated(book: Book, customers: int, start: int = 0) -> Records:
    """A simulated book, its days counted from `start`."""
    moved = {name: getattr(book, name) - start for name in ("issue_day", "due_day", "entry_day")}
    close = np.where(book.close_day >= OPEN, OPEN, book.close_day - start)
    kept = {name: getattr(book, name) for name in ("number", "customer", "amount", "paid", "written_off", "opening")}
    return Records(Book(**kept, **moved, close_day=close), customers)


def recorded(ledger: Ledger, ids: Sequence[str], start: date) -> Records:
    """A ledger's invoices of the customers `ids`; those of others are left out."""
    at = {name: place for place, name in enumerate(ids)}
    who = np.array([at.get(name, -1) for name in ledger.customer], np.int64)
    mine, zero = who >= 0, np.datetime64(start, "D")
    day = lambda column: (column[mine] - zero).astype(np.int64)  # noqa: E731
    still = ledger.open[mine]
    close = np.where(still, OPEN, day(np.where(ledger.open, zero, ledger.paid)))
    issue, no = day(ledger.issued), np.zeros(int(mine.sum()), bool)
    book = Book(np.flatnonzero(mine), who[mine], np.asarray(ledger.amount)[mine], issue, day(ledger.due), issue, close, ~still, no, no)
    return Records(book, len(ids))


def _days_late(book: Book, size: int, first: int, last: int) -> np.ndarray:
    due = (book.due_day >= first) & (book.due_day <= last)
    late = np.clip(np.minimum(book.close_day, last) - book.due_day, 0, LATE_MOST)[due]
    return _ratio(book.customer[due], book.amount[due] * late, book.amount[due], size)


def _cash(book: Book, size: int, first: int, last: int) -> np.ndarray:
    new = (book.issue_day >= first) & (book.issue_day <= last - CASH_DAYS)
    paid = (book.paid & (book.close_day - book.issue_day <= CASH_DAYS))[new]
    return _ratio(book.customer[new], book.amount[new] * paid, book.amount[new], size)


def _ratio(who: np.ndarray, above: np.ndarray, below: np.ndarray, size: int) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return np.bincount(who, above.astype(float), size) / np.bincount(who, below.astype(float), size)


@dataclass(frozen=True)
class Figure:
    """A figure by customer.

    Parameters
    ----------
    key : str
    unit : {"share", "days"}
    direction : int
        +1 more is better, −1 less is.
    compute : callable
        (book known on the last day, customers, first day, last day) → ndarray of float, shape (customers,); nan where there is nothing.
    """

    key: str
    unit: str
    direction: int
    compute: Callable[[Book, int, int, int], np.ndarray]

    def of(self, records: Records, first: int, last: int) -> np.ndarray:
        """The figure of each customer over the days ``first … last``, as known at the end of the last."""
        return self.compute(records.until(last), records.customers, first, last)


FIGURES: Mapping[str, Figure] = {
    one.key: one
    for one in (
        Figure("overdue_share", "share", -1, overdue_shares),  # of what it owed from day to day
        Figure("days_late", "days", -1, _days_late),  # of what fell due, weighted by amount; an open one counts on, to `LATE_MOST`
        Figure("cash_90", "share", 1, _cash),  # of what was invoiced, paid within 90 days
    )
}


def figure(key: str) -> Figure:
    """The figure called so.

    Raises
    ------
    BadInput
        There is none.
    """
    if key not in FIGURES:
        raise BadInput(Problem('There is no main figure "{name}".', "There are: {known}.",
                               values={"name": key, "known": ", ".join(FIGURES)}))  # fmt: skip
    return FIGURES[key]


def orders(records: Records, usual: np.ndarray, first: int, last: int) -> np.ndarray:
    """What each customer was invoiced a day, as a multiple of its own `usual` (fen a day); nan where that is nothing.

    Returns
    -------
    ndarray of float, shape (customers,)
        `ORDERS_MOST` at most.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        times = invoiced(records, first, last) / np.where(usual > 0, usual, np.nan)
    return np.minimum(times, ORDERS_MOST)


def invoiced(records: Records, first: int, last: int) -> np.ndarray:
    """Fen invoiced to each customer a day, over the days ``first … last``."""
    book = records.book
    new = (book.issue_day >= first) & (book.issue_day <= last)
    return np.bincount(book.customer[new], book.amount[new].astype(float), records.customers) / (last - first + 1)
