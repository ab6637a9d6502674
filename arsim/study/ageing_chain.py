"""Ageing as a Markov chain: where the money of each age ends, after how long, and what the book looks like on the way.

Two chains. The *absorbing* one knows ends (paid, bad) and asks how much arrives at each: `absorb`. The *roll-rate* one lets accounts
go back to good and asks how the book spreads over the ages: `roll`, `stationary`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arsim.domain.problem import BadInput, Problem
from arsim.study.chain_tables import by_age, read_table, refuse_endless, refuse_rows, size
from arsim.study.roll_forward import roll, stationary

__all__ = ["Absorption", "absorb", "roll", "stationary"]

_LOST = 1e-6  # share of the money that may go astray in the solution before it is refused


@dataclass(frozen=True, eq=False)
class Absorption:
    """What an absorbing chain says of each age.

    Parameters
    ----------
    fundamental : ndarray, shape (ages, ages)
        N: periods a fen now in age i is still to spend in age j, the present one included.
    absorption : ndarray, shape (ages, ends)
        B: share of age i that ends in end j; rows sum to 1.
    steps, variance : ndarray, shape (ages,)
        Periods until the end is reached, mean and variance.
    """

    fundamental: np.ndarray
    absorption: np.ndarray
    steps: np.ndarray
    variance: np.ndarray

    def amounts(self, balances: ArrayLike) -> np.ndarray:
        """Money expected in each end: balances · B.

        Parameters
        ----------
        balances : array_like, shape (ages,)
            Open balance by age, any unit, none negative.

        Returns
        -------
        ndarray, shape (ends,)
            Same unit; adds up to the balances.

        Raises
        ------
        BadInput
            If there is not one balance an age, or one is negative or no number.

        Examples
        --------
        >>> chain = absorb([[0, 0.5], [0, 0]], [[0.5, 0], [0.8, 0.2]])  # current: half is paid, half grows old; old: 80 % is paid
        >>> chain.amounts([1000, 500])  # paid 900 + 400, bad 100 + 100
        array([1300., 200.])
        """
        return by_age(balances, len(self.steps)) @ self.absorption

    def amounts_variance(self, squares: ArrayLike) -> np.ndarray:
        """Variance of the money in each end when invoices end independently: Σ amount² · b(1 - b).

        Customers who fail with all their invoices at once make it larger: count each customer as one item then.

        Parameters
        ----------
        squares : array_like, shape (ages,)
            Sum of the squared amounts of the invoices of each age.

        Returns
        -------
        ndarray, shape (ends,)
            Money squared.

        Raises
        ------
        BadInput
            As `amounts`.

        Examples
        --------
        Ten current invoices of 100, each lost with probability 0.1: 10 × 100² × 0.09.

        >>> chain = absorb([[0, 0.5], [0, 0]], [[0.5, 0], [0.8, 0.2]])
        >>> chain.amounts_variance([10 * 100**2, 0]).round(6)
        array([9000., 9000.])
        """
        return by_age(squares, len(self.steps)) @ (self.absorption * (1 - self.absorption))


def absorb(q: ArrayLike, r: ArrayLike) -> Absorption:
    """Solve the absorbing chain: N = (I - Q)⁻¹, B = N R, t = N 1, variance (2N - I) t - t∘t.

    Parameters
    ----------
    q : array_like, shape (ages, ages)
        Share of age i that is in age j one period later.
    r : array_like, shape (ages, ends)
        Share of age i that ends in end j (paid, bad …) within the period. Row by row, `q` and `r` together sum to 1.

    Returns
    -------
    Absorption

    Raises
    ------
    BadInput
        If the tables do not fit together, a share is negative or no number, a row does not sum to 1, or some age never ends.

    Notes
    -----
    Kemeny and Snell, *Finite Markov Chains* (1960), ch. 3; on receivables: Cyert, Davidson and Thompson (1962). The shares are taken
    as the same every period and blind to the past: test both on the ledger before believing a forecast.

    Examples
    --------
    One age, half of which stays each month, 30 % is paid and 20 % goes bad: two months on average, 3 to 2, variance 0.5 / 0.5².

    >>> chain = absorb([[0.5]], [[0.3, 0.2]])
    >>> chain.fundamental.tolist(), chain.absorption.tolist(), chain.steps.tolist(), chain.variance.tolist()
    ([[2.0]], [[0.6, 0.4]], [2.0], [2.0])
    """
    q, r = read_table(q), read_table(r)
    ages = len(q)
    if q.shape != (ages, ages) or len(r) != ages or 0 in r.shape:
        raise BadInput(
            Problem(
                "The chain's tables do not fit together: ages by ages is {q}, ages by ends is {r}.",
                "Give the first as many columns as rows, and the second a row for each age and a column for each end.",
                values={"q": size(q), "r": size(r)},
            )
        )
    refuse_rows(np.hstack([q, r]))
    refuse_endless(q, r)
    try:
        n = np.linalg.inv(np.eye(ages) - q)
    except np.linalg.LinAlgError:
        n = np.full_like(q, np.nan)
    b = n @ r
    if not np.all(np.abs(b.sum(1) - 1) < _LOST):  # nan included
        raise BadInput(
            Problem(
                "Money leaves the ages so slowly that where it ends cannot be computed.",
                "Raise the shares that end, or use longer periods.",
            )
        )
    t = n.sum(1)
    return Absorption(n, b, t, np.maximum(2 * n @ t - t - t * t, 0))
