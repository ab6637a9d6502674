"""What roll rates are asked for, and which ledgers and ages are refused with `BadInput`."""

from collections.abc import Sequence
from numbers import Integral

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem


def refuse_ages(ledger: Ledger, edges: Sequence[int], every: int, bad_after: int, manner: str, least: int) -> tuple[int, ...]:
    """The last day past due of each age, `bad_after` included; every wrong input is told at once."""
    problems = []
    days = [*edges, bad_after]
    if not (len(days) > 1 and all(isinstance(day, Integral) for day in days) and sorted({*edges}) == [*edges] and bad_after >= edges[-1]):
        problems.append(
            Problem(
                "The ages end {edges} days past due and bad begins after {bad}: that is no ageing.",
                "Give whole days in rising order, and let bad begin at the last of them or later.",
                values={"edges": ", ".join(map(str, edges)) or "–", "bad": bad_after},
            )
        )
    for given in (every, least):
        if not (isinstance(given, Integral) and given >= 1):
            problems.append(
                Problem(
                    "The days between readings or the invoices needed are {given}.",
                    "Both are whole numbers, 1 or more.",
                    values={"given": given},
                )
            )
    if manner not in ("partial", "total"):
        problems.append(
            Problem(
                "There is no manner of ageing called {given}.",
                "Use partial (each invoice by its own age) or total (the account by its oldest invoice).",
                values={"given": manner},
            )
        )
    if not len(ledger):
        problems.append(Problem("The ledger holds no invoices.", "Roll rates need a year or so of them."))
    if problems:
        raise BadInput(*problems)
    return tuple(int(day) for day in dict.fromkeys(days))


def refuse_thin(seen: np.ndarray, upto: Sequence[int], least: int) -> None:
    """Every age must have been seen often enough; all thin ones are told at once."""
    problems = [
        Problem(
            "Of the age that ends {upto} days past due only {seen} invoices were seen again at the next reading; {least} are needed.",
            "Join ages, let bad begin earlier, or use a longer ledger.",
            values={"upto": day, "seen": number, "least": least},
        )
        for day, number in zip(upto, seen.tolist(), strict=True)
        if number < least
    ]
    if problems:
        raise BadInput(*problems)
