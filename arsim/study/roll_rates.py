"""Roll rates read off a ledger: of the money in each age, how much is paid, grows older or goes bad by the next reading.

The book is read every so many days back from the ledger's last day. What is open at one reading is found again at the next: paid, in some
age, or so late that it counts as bad (a ledger has no other word for it). The shares feed `arsim.study.ageing_chain.absorb`.
"""

from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.study.roll_flows import RollRates
from arsim.study.roll_inputs import refuse_ages, refuse_thin

_NEVER = 2**31  # day of a payment that has not come
_GONE = -1  # no longer, or not yet, in the book


def roll_rates(
    ledger: Ledger,
    edges: tuple[int, ...] = (0, 30, 60, 90),
    every: int = 30,
    bad_after: int = 180,
    manner: Literal["partial", "total"] = "partial",
    since: date | None = None,
    least: int = 10,
) -> RollRates:
    """Estimate roll rates from a ledger.

    Parameters
    ----------
    ledger : Ledger
    edges : tuple of int
        Last day past due of each age. One more age lies between the last edge and `bad_after` where there is room.
    every : int
        Days from one reading to the next; the last is at the end of the ledger's last day.
    bad_after : int
        Days past due after which an open invoice counts as bad, paid or not in the end.
    manner : {"partial", "total"}
        "partial": each invoice by its own age. "total": the whole account in the age of its oldest open invoice, so that it can grow
        younger when that one is paid, and goes bad as a whole (Cyert, Davidson and Thompson). The total manner overstates the loss of
        accounts that hold back one old invoice and pay the rest.
    since : date, optional
        Count only invoices issued on this day or later. Needed where the ledger holds, of older invoices, only those still open: they
        would make payers look worse than they are.
    least : int
        Invoices that must have been seen in each age at one reading with another to follow.

    Returns
    -------
    RollRates

    Raises
    ------
    BadInput
        If the ages, days or manner make no sense, or an age was seen too rarely.

    Notes
    -----
    The chain takes the next step to depend on the age alone: what is not yet due counts as one age, be it 5 or 60 days from its due
    date. Invoices issued and paid between two readings are never seen, which is right for the present book and wrong for new sales.

    Examples
    --------
    Two invoices of 1 and 3 yuan, due on the day of issue and watched for 30 days: one is paid, the other is late and here already bad.

    >>> day = np.array(["2025-01-01"] * 2, "datetime64[D]")
    >>> paid = np.array(["2025-01-10", "NaT"], "datetime64[D]")
    >>> ledger = Ledger(("1", "2"), ("A", "B"), day, day, np.array([100, 300]), paid, np.zeros(2, bool), known_until=date(2025, 1, 31))
    >>> rates = roll_rates(ledger, edges=(0,), every=30, bad_after=0, least=1)
    >>> rates.shares().tolist(), rates.shares("count").tolist()  # stays, paid, bad
    ([[0.0, 0.25, 0.75]], [[0.0, 0.5, 0.5]])
    """
    upto = refuse_ages(ledger, edges, every, bad_after, manner, least)
    last = np.datetime64(ledger.as_of)
    issued, due = ((column - last).astype(np.int64) for column in (ledger.issued, ledger.due))
    closed = np.where(ledger.open, _NEVER, (ledger.paid - last).astype(np.int64))
    names, who = np.unique(np.array(ledger.customer), return_inverse=True)
    counted = np.ones(len(ledger), bool) if since is None else ledger.issued >= np.datetime64(since)
    bad = np.zeros(len(ledger), bool)
    ages, ends = len(upto), len(upto) + 2

    def read(day: int) -> np.ndarray:
        """The age of each invoice at the end of a day; `ages` if it goes bad there, which is noted."""
        inside = (issued <= day) & (closed > day) & ~bad
        late = day - due
        if manner == "total":
            oldest = np.full(len(names), -_NEVER)
            np.maximum.at(oldest, who[inside], late[inside])
            late = oldest[who]
        age = np.where(inside, np.searchsorted(upto, late), _GONE)
        bad[age == ages] = True
        return age

    cells, fen = [], []
    days = range(-((-issued.min()) // every) * every, 1, every)
    readings = ((day, read(day)) for day in days)
    for (_, before), (day, after) in pairwise(readings):
        seen = np.flatnonzero((before >= 0) & (before < ages) & counted)
        then = np.where(closed[seen] <= day, ages, np.where(after[seen] == ages, ages + 1, after[seen]))
        cells.append((who[seen] * ages + before[seen]) * ends + then)
        fen.append(ledger.amount[seen])
    shape = (len(names), ages, ends)
    cell, weight = np.concatenate([[], *cells]).astype(np.int64), np.concatenate([[], *fen])
    items = np.bincount(cell, minlength=np.prod(shape)).reshape(shape)
    refuse_thin(items.sum((0, 2)), upto, least)
    now = (after >= 0) & (after < ages)  # past that check there were two readings, the second on the last day
    lost = ledger.amount[bad]
    return RollRates(
        upto=upto,
        fen=np.rint(np.bincount(cell, weight, np.prod(shape))).astype(np.int64).reshape(shape),
        items=items,
        present=np.rint(np.bincount(after[now], ledger.amount[now], ages)).astype(np.int64),
        gone=int(lost[ledger.open[bad]].sum()),
        recovered=float(lost[~ledger.open[bad]].sum() / lost.sum()) if len(lost) else np.nan,
    )
