"""Customers who come and go, and the season of orders: counted from a ledger, as far as it is long enough."""

import numpy as np

from arsim.study.facts import Invoices
from arsim.study.intervals import LEVEL, Figure

SETTLING = 90  # days from the ledger's start in which every customer is new to it
SILENT, LONG = 60, 4.0  # lost: silent for so many days, and for so many of its usual gaps: one in fifty is so by chance
GAPS = 3.0  # new: so many of its usual gaps without an order before the first
REGULAR = 3  # invoices before a customer has a usual gap
MONTH = 365.25 / 12
LEAST_DAYS = 240  # of ledger, before coming and going is told
SEASON_DAYS = 730  # of ledger, before a season is told from chance


def flows(book: Invoices, first_month: int) -> dict[str, Figure]:
    """New and lost customers a month, and the busiest month's orders over the mean month's.

    Parameters
    ----------
    book : Invoices
    first_month : int
        Calendar month of day 0, 0 … 11.

    Returns
    -------
    dict of str to Figure
        ``new``, ``lost``: customers a month, Jeffreys' intervals of a Poisson count · ``season``: of a ledger of two years and more, the
        factor of the month of the year with most orders, interval by its count; nan and marked `default` where the ledger is too short.
    """
    length = int(book.issued.max()) + 1
    customers = int(book.customer.max()) + 1
    first, last, count = np.full(customers, length), np.full(customers, -1), np.bincount(book.customer, minlength=customers)
    np.minimum.at(first, book.customer, book.issued)
    np.maximum.at(last, book.customer, book.issued)
    gap = (last - first) / np.maximum(count - 1, 1)
    regular = count >= REGULAR  # of the others nobody can say whether they are gone or only rare
    settling, silent = np.maximum(SETTLING, GAPS * gap), np.maximum(SILENT, LONG * gap)
    told = {
        # A customer is known for new if so late that it would have been met before, and early enough for regular orders since.
        "new": _counted("new", regular & (first >= settling), length - settling - (REGULAR - 1) * gap, length),
        # Of one that is lost the last order lies about a gap before its loss; it had to order regularly first.
        "lost": _counted("lost", regular & (length - last > silent), length - silent - (REGULAR - 2) * gap, length),
    }
    return {**told, "season": _season(book, first_month, length)}


def _counted(key, found, days, length):
    """So many a month: each counts for the days in which it could have been found, more if these are few."""
    from scipy.stats import chi2

    if length < LEAST_DAYS:
        return Figure(key, np.nan, np.nan, np.nan, default=True)
    count = int(found.sum())
    within = np.maximum(days[found], SILENT)
    months = (count / np.sum(1 / within) if count else length - SILENT) / MONTH
    # Jeffreys' interval of a count: the exact one would hold too often.
    low, high = chi2.ppf([(1 - LEVEL) / 2, (1 + LEVEL) / 2], 2 * count + 1) / 2 / months
    return Figure(key, count / months, float(low) if count else 0.0, float(high))


def _season(book, first_month, length):
    if length < SEASON_DAYS:
        return Figure("season", 1.0, np.nan, np.nan, default=True)
    years = int(length // 365.25)
    kept = book.issued < years * 365.25
    month = (first_month + (book.issued[kept] / MONTH).astype(int)) % 12
    # A customer's burst is one decision: customers and weeks are counted, not invoices.
    busy = np.unique(np.stack([book.customer[kept], book.issued[kept] // 7, month]), axis=1)[2]
    counts = np.bincount(busy, minlength=12)
    peak = int(counts.argmax())
    factor, error = counts[peak] / counts.mean(), np.sqrt(1 / counts[peak] + 1 / counts.sum())
    return Figure("season", float(factor), float(factor * np.exp(-1.645 * error)), float(factor * np.exp(1.645 * error)))
