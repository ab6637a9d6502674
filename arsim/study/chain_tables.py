"""What a chain is given: tables of shares and balances by age, and which of them are refused with `BadInput`."""

import numpy as np
from numpy.typing import ArrayLike

from arsim.domain.problem import BadInput, Problem

_DUST = 1e-9  # what binary fractions may add to or take from a row's sum


def read_table(given: ArrayLike) -> np.ndarray:
    """Rows of numbers, all of the same length and at least one."""
    try:
        table = np.array(given, float)
    except (TypeError, ValueError):
        table = np.array(np.nan)
    if table.ndim != 2 or not len(table):
        raise BadInput(Problem("The chain is not a table of numbers.", "Write one row an age, all rows of the same length."))
    return table


def read_square(given: ArrayLike) -> np.ndarray:
    """Shares from each state to each state."""
    table = read_table(given)
    if table.shape[0] != table.shape[1]:
        raise BadInput(
            Problem(
                "A roll-rate table must have as many columns as rows; this one is {size}.",
                "Add the missing state, or drop the one too many.",
                values={"size": size(table)},
            )
        )
    refuse_rows(table)
    return table


def refuse_rows(table: np.ndarray) -> None:
    """Every row must hold shares that sum to 1; all wrong rows are told at once."""
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


def refuse_endless(q: np.ndarray, r: np.ndarray) -> None:
    """From every age some path must lead to an end."""
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


def by_age(given: ArrayLike, ages: int) -> np.ndarray:
    """One balance an age, none negative."""
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


def size(table: np.ndarray) -> str:
    """Rows × columns."""
    return "{} × {}".format(*table.shape)
