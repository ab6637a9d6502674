"""The roll-rate chain: accounts grow older or come back to good, and the question is how the book spreads over the ages."""

from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse.csgraph import connected_components

from arsim.domain.problem import BadInput, Problem
from arsim.study.chain_tables import by_age, read_square


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
    matrix = read_square(matrix)
    if not isinstance(steps, Integral) or steps < 0:
        raise BadInput(Problem("The number of periods is {given}.", "It must be a whole number, 0 or more.", values={"given": steps}))
    path = [by_age(start, len(matrix))]
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
    matrix = read_square(matrix)
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
