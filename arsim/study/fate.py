"""What became of one invoice under one policy, until the year after the counted days is over."""

from dataclasses import dataclass

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Kind, Lost
from arsim.study.lives import Lives


@dataclass(frozen=True)
class Fate:
    """What became of an order and its invoice; money in fen, days from the start.

    Parameters
    ----------
    sold : int
        Invoiced, or open when the run began.
    prepaid, gone : int
        Delivered against cash in advance; or lost, by our rules or for lack of goodwill.
    walked : bool
        Gone for lack of goodwill.
    why : Lost, optional
        Why our rules lost it.
    paid, reduced, lost, left : int
        Of what was sold: paid, taken off (discount, credit note, small rest), written off, still open at the very end.
    paid_day : float
        Mean day of the payments, weighted by amount; nan without any.
    due_day : int, optional
        Due date; none where nothing was invoiced.
    """

    sold: int = 0
    prepaid: int = 0
    gone: int = 0
    walked: bool = False
    why: Lost | None = None
    paid: int = 0
    reduced: int = 0
    lost: int = 0
    left: int = 0
    paid_day: float = float("nan")
    due_day: int | None = None


def fate(both: Lives, which: int, invoice: int) -> Fate:
    """What became of `invoice` under policy 0 or 1."""
    rows = both.life(which, invoice=invoice)
    of = lambda *kinds: rows[np.isin(rows["kind"], [int(kind) for kind in kinds])]  # noqa: E731
    total = lambda *kinds: int(of(*kinds)["amount"].sum())  # noqa: E731
    entered, payments, lost = of(Kind.OPENING, Kind.INVOICE), of(Kind.PAYMENT), of(Kind.LOST)
    sold, paid = int(entered["amount"].sum()), int(payments["amount"].sum())
    reduced, written = total(Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO), total(Kind.WRITE_OFF)
    why = Lost(int(lost["a"][0])) if len(lost) else None
    return Fate(
        sold=sold, prepaid=total(Kind.PREPAID), gone=total(Kind.LOST, Kind.WALKED), walked=bool(len(of(Kind.WALKED))), why=why,
        paid=paid, reduced=reduced, lost=written, left=sold - paid - reduced - written,
        paid_day=float(payments["amount"] @ (payments["time"] / MINUTES_A_DAY) / paid) if paid else float("nan"),
        due_day=int(entered["b"][0]) if len(entered) else None,
    )  # fmt: skip
