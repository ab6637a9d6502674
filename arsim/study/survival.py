"""Days to settle as a curve: Kaplan–Meier, so that open invoices count for as long as they were watched."""

import numpy as np

from arsim.study.facts import Invoices


def kaplan_meier(days: np.ndarray, settled: np.ndarray, longest: int) -> np.ndarray:
    """Share not yet settled at the end of day 0, 1 … `longest` after issue.

    Parameters
    ----------
    days : ndarray of int
        Days from issue to settlement, or to the last day watched.
    settled : ndarray of bool
        False where the invoice was still open then (censored).
    longest : int

    Returns
    -------
    ndarray of float, shape (longest + 1,)

    Examples
    --------
    Four invoices: settled after 1 and 3 days, one watched for 2 days only, one settled after 4.

    >>> kaplan_meier(np.array([1, 3, 2, 4]), np.array([True, True, False, True]), 4)
    array([1.   , 0.75 , 0.75 , 0.375, 0.   ])
    """
    days = np.minimum(days, longest + 1)
    events = np.bincount(days[settled], minlength=longest + 2)[: longest + 1]
    gone = np.bincount(days, minlength=longest + 2)
    at_risk = len(days) - np.concatenate([[0], np.cumsum(gone)[:longest]])
    return np.cumprod(1 - np.divide(events, at_risk, out=np.zeros(longest + 1), where=at_risk > 0))


def settle_curve(book: Invoices, longest: int) -> np.ndarray:
    """`kaplan_meier` of a book's days to settle."""
    settled = book.paid >= 0
    return kaplan_meier(np.where(settled, book.paid, book.last) - book.issued, settled, longest)
