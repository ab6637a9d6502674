"""Ageing as a Markov chain: where the money of each age ends, after how long, and what the book looks like on the way.

Two chains. The *absorbing* one knows ends (paid, bad) and asks how much arrives at each: `absorb`. The *roll-rate* one lets accounts
go back to good and asks how the book spreads over the ages: `roll`, `stationary`.
"""

from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse.csgraph import connected_components

from arsim.domain.problem import BadInput, Problem

_DUST = 1e-9  # what binary fractions may add to or take from a row's sum
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
        return _by_age(balances, len(self.steps)) @ self.absorption

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
        return _by_age(squares, len(self.steps)) @ (self.absorption * (1 - self.absorption))


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
    q, r = _table(q), _table(r)
    ages = len(q)
    if q.shape != (ages, ages) or len(r) != ages or 0 in r.shape:
        raise BadInput(
            Problem(
                "The chain's tables do not fit together: ages by ages is {q}, ages by ends is {r}.",
                "Give the first as many columns as rows, and the second a row for each age and a column for each end.",
                values={"q": _size(q), "r": _size(r)},
            )
        )
    _refuse_rows(np.hstack([q, r]))
    _refuse_endless(q, r)
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


def roll(matrix: ArrayLike, start: ArrayLike, steps: int) -> np.ndarray:
    """The book period by period: π(n) = π(0) Pⁿ.

    Parameters
    ----------
    matrix : array_like, shape (states, states)
        P: share of state i that is in state j one period later (roll rates and cures); rows sum to 1.
    start : array_like, shape (states,)
        Where the book is now, as shares or as balances.
    steps : int
        Periods to look ahead, 0 or more.

    Returns
    -------
    ndarray, shape (steps + 1, states)
        Row n is the book after n periods, in the unit of `start`; row 0 is `start`.

    Raises
    ------
    BadInput
        If the matrix is not square, a share is negative or no number, a row does not sum to 1, or `start` or `steps` does not fit.

    Examples
    --------
    A tenth of the good accounts falls behind each month, half of those behind comes back.

    >>> roll([[0.9, 0.1], [0.5, 0.5]], [100, 0], 2)
    array([[100., 0.],
           [ 90., 10.],
           [ 86., 14.]])
    """
    matrix = _square(matrix)
    if not isinstance(steps, Integral) or steps < 0:
        raise BadInput(Problem("The number of periods is {given}.", "It must be a whole number, 0 or more.", values={"given": steps}))
    path = [_by_age(start, len(matrix))]
    for _ in range(steps):
        path.append(path[-1] @ matrix)
    return np.array(path)


def stationary(matrix: ArrayLike) -> np.ndarray:
    """The spread over the states that the chain keeps once it has it: π = π P, Σ π = 1.

    A book comes near it in time wherever it starts (unless the chain runs in a fixed circle); a forecast for next month it is not.

    Parameters
    ----------
    matrix : array_like, shape (states, states)
        P as in `roll`.

    Returns
    -------
    ndarray, shape (states,)
        Shares; 0 for states that are left for good.

    Raises
    ------
    BadInput
        As `roll`, or if the states fall into several groups that are never left: the long run then depends on the start.

    Examples
    --------
    What leaves good equals what comes back: 0.1 × good = 0.5 × behind, so 5 to 1.

    >>> stationary([[0.9, 0.1], [0.5, 0.5]]).round(4)
    array([0.8333, 0.1667])
    """
    matrix = _square(matrix)
    groups, group = connected_components(matrix > 0, directed=True, connection="strong")
    source, target = np.nonzero(matrix)
    final = np.setdiff1d(np.arange(groups), group[source[group[source] != group[target]]])
    if len(final) > 1:
        raise BadInput(
            Problem(
                "The states fall into {groups} groups that are never left, so the long run depends on the start.",
                "Add the missing ways back, or take paid and bad as ends (an absorbing chain).",
                values={"groups": len(final)},
            )
        )
    kept = np.flatnonzero(group == final[0])
    balance = matrix[np.ix_(kept, kept)].T - np.eye(len(kept))
    balance[-1] = 1  # one balance equation follows from the others; the sum takes its place
    shares = np.zeros(len(matrix))
    shares[kept] = np.linalg.solve(balance, np.eye(len(kept))[-1])
    return shares


def _table(given: ArrayLike) -> np.ndarray:
    try:
        table = np.array(given, float)
    except (TypeError, ValueError):
        table = np.array(np.nan)
    if table.ndim != 2 or not len(table):
        raise BadInput(Problem("The chain is not a table of numbers.", "Write one row an age, all rows of the same length."))
    return table


def _square(given: ArrayLike) -> np.ndarray:
    table = _table(given)
    if table.shape[0] != table.shape[1]:
        raise BadInput(
            Problem(
                "A roll-rate table must have as many columns as rows; this one is {size}.",
                "Add the missing state, or drop the one too many.",
                values={"size": _size(table)},
            )
        )
    _refuse_rows(table)
    return table


def _refuse_rows(table: np.ndarray) -> None:
    problems = []
    for number, row in enumerate(table, 1):
        wrong = row[~(row >= 0)]
        if len(wrong):
            problems.append(
                Problem(
                    "Row {number} of the chain holds {given}, which is not a share.",
                    "Shares lie between 0 and 1.",
                    values={"number": number, "given": f"{wrong[0]:g}"},
                )
            )
        elif not abs(row.sum() - 1) <= _DUST:
            problems.append(
                Problem(
                    "Row {number} of the chain sums to {total}, not to 1.",
                    "Every fen must go somewhere: correct the row, and write fractions such as 1/3 in full.",
                    values={"number": number, "total": f"{row.sum():.10g}"},
                )
            )
    if problems:
        raise BadInput(*problems)


def _refuse_endless(q: np.ndarray, r: np.ndarray) -> None:
    ends = r.sum(1) > 0
    for _ in q:
        ends |= (q > 0) @ ends
    if not ends.all():
        raise BadInput(
            *(
                Problem(
                    "Money in row {number} of the chain never ends: no path leads from there to paid or bad.",
                    "Give it, or an age it moves to, a share that ends.",
                    values={"number": number + 1},
                )
                for number in np.flatnonzero(~ends)
            )
        )


def _by_age(given: ArrayLike, ages: int) -> np.ndarray:
    try:
        amounts = np.array(given, float)
    except (TypeError, ValueError):
        amounts = np.array(np.nan)
    if amounts.shape != (ages,):
        raise BadInput(
            Problem("The chain has {ages} ages; the balances do not match them.", "Give one number an age.", values={"ages": ages})
        )
    wrong = amounts[~((amounts >= 0) & np.isfinite(amounts))]
    if len(wrong):
        raise BadInput(
            Problem(
                "A balance is {given}.",
                "It must be a number, 0 or more; credit balances are not receivables.",
                values={"given": f"{wrong[0]:g}"},
            )
        )
    return amounts


def _size(table: np.ndarray) -> str:
    return "{} × {}".format(*table.shape)
