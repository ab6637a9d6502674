"""What was seen going from age to age, the rates that follow from it, and how sure they are."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from arsim.study.ageing_chain import Absorption, absorb


@dataclass(frozen=True)
class Outlook:
    """What becomes of the present book, in fen.

    Parameters
    ----------
    collectable, bad : float
        Expected, of what is open and not yet bad; together they are that balance.
    error : float
        Standard error of either, from the estimate of the rates alone. How far the actual loss may stray from the expected one is
        `arsim.study.loss_distribution`'s business.
    """

    collectable: float
    bad: float
    error: float


@dataclass(frozen=True, eq=False)
class RollRates:
    """Flows between ages, paid and bad, customer by customer, and the present ageing.

    Parameters
    ----------
    upto : tuple of int
        Last day past due of each age; the first age reaches back to the invoice's first day.
    fen, items : ndarray, shape (customers, ages, ages + 2)
        What was seen going from each age to each age, to paid and to bad: money and invoices.
    present : ndarray of int, shape (ages,)
        Fen open on the ledger's last day.
    gone : int
        Fen still open on the last day but counted as bad already; not in `present`.
    recovered : float
        Share of the money that was counted as bad and has been paid since; nan if nothing went bad. A large one says that bad is
        declared too early.
    """

    upto: tuple[int, ...]
    fen: np.ndarray
    items: np.ndarray
    present: np.ndarray
    gone: int
    recovered: float

    def shares(self, by: Literal["amount", "count"] = "amount") -> np.ndarray:
        """The roll rates.

        Parameters
        ----------
        by : {"amount", "count"}
            Of every fen, or of every invoice.

        Returns
        -------
        ndarray, shape (ages, ages + 2)
            Row i: shares of age i that are one reading later in each age, paid, bad. Rows sum to 1.
        """
        flow = self._flow(by).sum(0)
        return flow / flow.sum(1, keepdims=True)

    def errors(self, by: Literal["amount", "count"] = "amount") -> np.ndarray:
        """Standard errors of `shares`, same shape, with the customer as the unit: one customer's invoices are not separate news.

        First-order (a ratio of sums over customers); nan for a single customer.
        """
        stray, base = self._stray(by)
        return _scatter(stray) / base[:, None]

    def chain(self, by: Literal["amount", "count"] = "amount") -> Absorption:
        """The absorbing chain of these rates; its ends are paid and bad, its period the time between two readings.

        Raises
        ------
        BadInput
            If some age never leads to an end.
        """
        table = self.shares(by)
        return absorb(table[:, :-2], table[:, -2:])

    def outlook(self) -> Outlook:
        """What the present book is expected to bring and to lose if the rates stay as they were.

        Notes
        -----
        The error is of first order: with dP in the rates the answer moves by present · N (dQ B + dR).
        """
        solved, (stray, base) = self.chain(), self._stray("amount")
        paid, bad = solved.amounts(self.present).tolist()
        weight = self.present @ solved.fundamental / base
        ages = len(self.upto)
        moved = stray[:, :, :ages] @ solved.absorption + stray[:, :, ages:]
        return Outlook(paid, bad, float(_scatter(moved[:, :, 1] @ weight)))

    def _flow(self, by: str) -> np.ndarray:
        return {"amount": self.fen, "count": self.items}[by]

    def _stray(self, by: str) -> tuple[np.ndarray, np.ndarray]:
        """How far each customer's flows lie from what the common rates would make of its balance; and each age's base."""
        flow = self._flow(by)
        return flow - flow.sum(2, keepdims=True) * self.shares(by), flow.sum((0, 2))


def _scatter(stray: np.ndarray) -> np.ndarray:
    customers = len(stray)
    return np.sqrt((stray.astype(float) ** 2).sum(0) * (customers / (customers - 1) if customers > 1 else np.nan))
