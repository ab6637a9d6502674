"""A journal told as a ledger: what the company's books would show. Makes the demo company's committed ledger."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from arsim.domain.ledger import Ledger, write_ledger
from arsim.domain.policies import read_policy
from arsim.engine.journal import Journal, Kind
from arsim.engine.simulate import simulate
from arsim.model import demo
from arsim.model.world import deal
from arsim.study.book import OPEN, book, settled

REDUCED = (Kind.CREDIT_NOTE, Kind.DISCOUNT, Kind.LET_GO)
HISTORY_START, HISTORY_DAYS, KEPT_DAYS = date(2023, 1, 1), 731, 366  # the first year only fills the book


def as_ledger(journal: Journal, ids: tuple[str, ...], source: str, since: int = 0) -> Ledger:
    """The invoices of `journal` issued on day `since` or later, and those still open at its end.

    Left out are those written off, and those a credit note cancelled altogether. Invoice numbers count the invoices in order of issue.
    """
    rows = journal.rows
    sent = rows[rows["kind"] == Kind.INVOICE]
    size = int(rows["invoice"].max(initial=-1)) + 1
    gone, disputed = np.zeros(size, bool), np.zeros(size, bool)
    ordered, invoices = rows[rows["kind"] == Kind.ORDER], book(journal)
    paid, credited = settled(invoices, size), np.zeros(size, np.int64)
    reduced = np.flatnonzero(np.isin(rows["kind"], REDUCED))
    np.add.at(credited, rows["invoice"][reduced], rows["amount"][reduced])
    left = np.bincount(invoices.number, np.where(invoices.close_day == OPEN, invoices.amount, 0), size).astype(np.int64)
    gone[rows["invoice"][rows["kind"] == Kind.WRITE_OFF]] = True
    disputed[ordered["invoice"]] = ordered["a"] == 1
    number = np.array([f"{source.upper()}-{place + 1:06d}" for place in range(len(sent))])
    gone[sent["invoice"][sent["amount"] == credited[sent["invoice"]]]] = True
    kept = ((sent["a"] >= since) | (paid[sent["invoice"]] < 0)) & ~gone[sent["invoice"]]
    sent, number = sent[kept], number[kept]
    first, closed = np.datetime64(journal.start), paid[sent["invoice"]].astype("timedelta64[D]")
    return Ledger(
        invoice=tuple(number.tolist()),
        customer=tuple(ids[who] for who in sent["customer"].tolist()),
        issued=first + sent["a"].astype("timedelta64[D]"),
        due=first + sent["b"].astype("timedelta64[D]"),
        # What was asked for in the end; of an invoice paid in part, what is still open.
        amount=np.where(paid[sent["invoice"]] >= 0, sent["amount"] - credited[sent["invoice"]], left[sent["invoice"]]),
        paid=np.where(paid[sent["invoice"]] >= 0, first + closed, np.datetime64("NaT", "D")),
        disputed=disputed[sent["invoice"]],
        has_disputes=True,
        source=source,
        known_until=journal.start + timedelta(journal.days - 1),
    )


def demo_history() -> Ledger:
    """The demo company's invoices of 2024 and what is open at its end, simulated under the baseline policy; the same every time."""
    people = demo.people(HISTORY_START)
    people = people.replace(insolvency=people.insolvency * 0)  # the book is of customers still alive
    journal = simulate(deal(people, demo.SEED, 0, HISTORY_DAYS), read_policy("baseline"))
    return as_ledger(journal, people.ids, "demo", KEPT_DAYS - 1)


def write_demo(path: Path) -> None:
    """Write the demo ledger; a test holds the committed file against it."""
    write_ledger(demo_history(), path)
