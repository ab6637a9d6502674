"""The open invoices of a ledger on its last day, each in its age by days past due."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.study.book import EDGES


@dataclass(frozen=True, eq=False)
class OpenItems:
    """Open invoices as columns.

    Parameters
    ----------
    age : ndarray of int, shape (items,)
        Place of the age each is in, from 0; the last age has no end.
    amount : ndarray of int64, shape (items,)
        Fen.
    customer : ndarray of int, shape (items,)
        A number for each customer, from 0.
    ages : int
        How many ages there are.
    """

    age: np.ndarray
    amount: np.ndarray
    customer: np.ndarray
    ages: int

    def balances(self) -> np.ndarray:
        """Fen by age, shape (ages,)."""
        return np.rint(np.bincount(self.age, self.amount, self.ages)).astype(np.int64)

    def counts(self) -> np.ndarray:
        """Invoices by age, shape (ages,)."""
        return np.bincount(self.age, minlength=self.ages)


def open_items(ledger: Ledger, edges: tuple[int, ...] = EDGES) -> OpenItems:
    """Sort what is open at the end of the ledger's last day into ages, counted from the due date.

    Parameters
    ----------
    ledger : Ledger
    edges : tuple of int, default (0, 30, 60, 90)
        Last day past due of each age but the last, rising.

    Returns
    -------
    OpenItems

    Examples
    --------
    Not yet due, due that very day, and 31 days late:

    >>> from datetime import date
    >>> due = np.array(["2025-02-10", "2025-01-31", "2024-12-31"], "datetime64[D]")
    >>> never = np.full(3, "NaT", "datetime64[D]")
    >>> ledger = Ledger(("1", "2", "3"), ("A", "B", "A"), due - 20, due, np.array([100, 200, 400]), never, np.zeros(3, bool),
    ...                 known_until=date(2025, 1, 31))
    >>> found = open_items(ledger)
    >>> found.balances().tolist(), found.counts().tolist()
    ([300, 0, 400, 0, 0], [2, 0, 1, 0, 0])
    """
    still = np.flatnonzero(ledger.open)
    late = (np.datetime64(ledger.as_of) - ledger.due[still]).astype(np.int64)
    customer = np.unique(np.array([ledger.customer[place] for place in still], str), return_inverse=True)[1]
    return OpenItems(np.searchsorted(edges, late), ledger.amount[still], customer, len(edges) + 1)
