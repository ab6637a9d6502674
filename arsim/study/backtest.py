"""Belief: fitted on what was known on a day, the model foretells what came after it, beside three simple methods.

Two views. *Rolling*: on the last day of every week everything is learnt again from what is known then, and every invoice open on that day
or issued in the week after is foretold. *At once*: everything is foretold on the day of the split. In both, the orders of the days foretold
are taken as known, but nothing of what was paid after the day of a forecast. Invoices open on that day are foretold given that they have
lasted so long.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem
from arsim.study import traits
from arsim.study.at_once import at_once
from arsim.study.curves import Curves, Fading
from arsim.study.estimate import invoices
from arsim.study.moods import Moods, courses
from arsim.study.rehearsal import rehearsed
from arsim.study.rolling import rolling
from arsim.study.scored import span_of
from arsim.study.setting import DAYS, Setting
from arsim.study.view import View

LEAST_BEFORE, LEAST_AFTER = 200, 50  # payments before the split, invoices after it
MONTHS_AHEAD = 4
COURSES = 400


@dataclass(frozen=True, eq=False)
class Backtest:
    """A forecast put to the test.

    Parameters
    ----------
    ledger : Ledger
    split, until : datetime64[D]
        Last day known to the fit, last day foretold.
    before, after : int
        Payments known at the split; invoices issued after it.
    closed_only : bool
        The file holds paid invoices only; forecasts are conditional on being paid by its last day.
    rolling, at_once : View
    moods : Moods
    fading : Fading
    curves : Curves
        As learnt on the day of the split.
    """

    ledger: Ledger
    split: np.datetime64
    until: np.datetime64
    before: int
    after: int
    closed_only: bool
    month_ends: tuple[np.datetime64, ...]
    rolling: View
    at_once: View
    moods: Moods
    fading: Fading
    curves: Curves


def backtest(ledger: Ledger, split, months: int = MONTHS_AHEAD, seed: int = 1, progress: Callable[[float], None] | None = None) -> Backtest:
    """Fit on what was known at the end of day `split`; foretell the `months` after it.

    Parameters
    ----------
    ledger : Ledger
    split : date
    months : int
        How many months after the split are foretold, as far as the ledger goes.
    seed : int
        Of the courses behind the intervals.
    progress : callable, optional
        Told the share done.

    Raises
    ------
    BadInput
        If there is too little before or after the split.
    """
    names = {name: place for place, name in enumerate(sorted(set(ledger.customer)))}
    book, first = invoices(ledger, names), ledger.issued.min()
    day = int((np.datetime64(split) - first).astype(int))
    closed_only = not (book.paid < 0).any()
    span = span_of(first, day, book.last, months, closed_only)
    before, after = int(((book.paid >= 0) & (book.paid <= day)).sum()), int(((book.issued > day) & (book.issued <= span.last)).sum())
    _enough(ledger, split, before, after, span)
    open_days = traits.payment_calendar(ledger.known_on(np.datetime64(split).item()))
    rest = ~traits.calendar_of(open_days, ledger, book.last + DAYS + 400).open
    complete = int((traits.complete_from(ledger.known_on(np.datetime64(split).item())) - first).astype(int))
    setting = Setting(book, len(names), rest, first.item().weekday(), book.last if closed_only else None, complete)
    told = rehearsed(setting, day, seed)
    dealt = courses(told.moods, len(names), max(0, day - 150), span.last, COURSES if len(names) < 5000 else 100, seed)
    once, curves = at_once(setting, span, told, dealt)
    return Backtest(
        ledger, np.datetime64(split), first + np.timedelta64(span.last, "D"), before, after, closed_only,
        tuple(first + np.timedelta64(end, "D") for end in span.month_ends), rolling(setting, span, told, dealt, progress), once,
        told.moods, told.fading, curves,
    )  # fmt: skip


def _enough(ledger, split, before, after, span):
    if before < LEAST_BEFORE or after < LEAST_AFTER or span.weeks < 4 or not span.month_ends:
        raise BadInput(
            Problem(
                "Around this day the ledger is too thin for a backtest: {before} payments before, {after} invoices in {weeks} weeks after.",
                "Choose a day with {least_before} payments or more before it, {least_after} invoices or more and a month-end after it.",
                file=ledger.source, value=str(split),
                values={"before": before, "after": after, "weeks": max(0, span.weeks), "least_before": LEAST_BEFORE,
                        "least_after": LEAST_AFTER},
            )
        )  # fmt: skip
