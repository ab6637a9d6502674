"""One figure for each customer: what a trial in which customers are drawn by lot compares."""

from dataclasses import dataclass

import numpy as np

from arsim.study.book import Book


def open_days(book: Book, customers: int, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Fen-days outstanding and overdue of each customer, over the ends of the days ``first … last``.

    Parameters
    ----------
    book : Book
    customers : int
    first, last : int
        Days of the run, both counted.

    Returns
    -------
    tuple of ndarray of float, shape (customers,)
        Outstanding, and of that overdue.
    """
    until = np.minimum(book.close_day - 1, last)  # cleared on a day, it is no longer open at that day's end
    stood = np.maximum(0, until - np.maximum(book.entry_day, first) + 1)
    late = np.maximum(0, until - np.maximum(np.maximum(book.due_day + 1, book.entry_day), first) + 1)
    made = [np.bincount(book.customer, book.amount * days.astype(float), customers) for days in (stood, late)]
    return made[0], made[1]


def overdue_shares(book: Book, customers: int, first: int, last: int) -> np.ndarray:
    """Of what each customer owed on the days ``first … last``, the share that was overdue; nan where it owed nothing.

    Returns
    -------
    ndarray of float, shape (customers,)
        Between 0 and 1. The company's overdue share is their mean weighted by fen-days outstanding.
    """
    stood, late = open_days(book, customers, first, last)
    with np.errstate(invalid="ignore"):
        return late / stood


@dataclass(frozen=True)
class Spread:
    """How far customers differ, with and without a look at what they did before.

    Parameters
    ----------
    customers : int
        Of whom both are known.
    sd : float
        Standard deviation between customers.
    left : float
        What is left of it when each customer's own figure of the time before is taken into account: ``sd × √(1 - r²)``.
    """

    customers: int
    sd: float
    left: float


def spread_of(before: np.ndarray, after: np.ndarray) -> Spread:
    """How far customers differ after, given before.

    Parameters
    ----------
    before, after : ndarray of float, shape (customers,)
        Customers with nan in either are left out.

    Examples
    --------
    Who was late before is just as late after, so nothing is left:

    >>> found = spread_of(np.array([0.1, 0.2, 0.3]), np.array([0.3, 0.4, 0.5]))
    >>> found.customers, round(found.sd, 3), round(found.left, 3)
    (3, 0.1, 0.0)
    """
    both = np.isfinite(before) & np.isfinite(after)
    before, after = before[both], after[both]
    sd = float(after.std(ddof=1))
    tied = float(np.corrcoef(before, after)[0, 1]) if before.std() and sd else 0.0
    return Spread(int(both.sum()), sd, sd * float(np.sqrt(max(0.0, 1 - tied**2))))
