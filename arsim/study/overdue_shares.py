"""How old a book is, and how many shares of it may be called overdue: it depends on what is counted, from when, and over what."""

from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.study.book import EDGES
from arsim.study.kpi import ratio
from arsim.study.ledger_figures import DAY, figures, open_on


def overdue_shares(ledger: Ledger, day: date | None = None, days: int = 365) -> dict[str, float]:
    """What one book may call "the overdue share", depending on what is counted, from when, and over what.

    Parameters
    ----------
    ledger : Ledger
    day : date, optional
        As in `figures`.
    days : int, default 365
        Of the flow: how far back it goes.

    Returns
    -------
    dict
        Shares of what is open at the end of the day: ``amount``, ``invoices``, ``customers`` (with anything overdue), ``past_30`` and
        ``past_90`` (amount more than so many days past due), ``issued_30``, ``issued_60`` and ``issued_90`` (amount older than so many
        days since its *issue*). Of what fell due in the `days` before: ``late``, by amount. ``before``: ``amount`` a month (30 days)
        earlier.
    """
    last = np.datetime64(day or ledger.as_of)
    still = open_on(ledger, last)
    late, old = (last - ledger.due)[still].astype(np.int64), (last - ledger.issued)[still].astype(np.int64)
    amount, who = ledger.amount[still].astype(float), np.array(ledger.customer, dtype=object)[still]
    share = lambda which: ratio(amount[which].sum(), amount.sum())  # noqa: E731
    found = {
        "amount": share(late > 0),
        "invoices": ratio((late > 0).sum(), len(late)),
        "customers": ratio(len(set(who[late > 0])), len(set(who))),
        "past_30": share(late > 30), "past_90": share(late > 90),
        "issued_30": share(old > 30), "issued_60": share(old > 60), "issued_90": share(old > 90),
        "late": figures(ledger, last.item(), days).late,
    }  # fmt: skip
    return found | {"before": figures(ledger, (last - 30 * DAY).item(), 1).overdue_share}


def ages(ledger: Ledger, day: date | None = None, since: str = "due", edges: tuple[int, ...] = EDGES) -> tuple[np.ndarray, np.ndarray]:
    """Open balance and open invoices by age at the end of `day`, counted from the due date or from the issue date.

    Parameters
    ----------
    ledger : Ledger
    day : date, optional
        As in `figures`.
    since : {"due", "issue"}
    edges : tuple of int
        Last day of each age but the last, rising.

    Returns
    -------
    fen, invoices : ndarray of int64, shape (len(edges) + 1,)
    """
    last = np.datetime64(day or ledger.as_of)
    still = open_on(ledger, last)
    age = np.searchsorted(edges, (last - (ledger.due if since == "due" else ledger.issued)[still]).astype(np.int64))
    fen = np.rint(np.bincount(age, ledger.amount[still], len(edges) + 1)).astype(np.int64)
    return fen, np.bincount(age, minlength=len(edges) + 1)
