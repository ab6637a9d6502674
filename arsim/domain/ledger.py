"""The ledger: invoices as columns."""

import csv
import io
import os
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from arsim.domain.headers import LABELS
from arsim.domain.money import FEN
from arsim.domain.neutral import neutral
from arsim.domain.problem import Problem
from arsim.domain.whole import write_whole

_TEXTS = ("invoice", "customer")
_ARRAYS = {"issued": "datetime64[D]", "due": "datetime64[D]", "amount": "int64", "paid": "datetime64[D]", "disputed": "bool"}


@dataclass(frozen=True, eq=False)
class Ledger:
    """Invoices as columns, in order of issue (ties: invoice number).

    Parameters
    ----------
    invoice, customer : tuple of str
        Invoice number, unique; and whose invoice it is.
    issued, due : ndarray of datetime64[D], shape (n,)
        Issue date and due date; never due before issued.
    amount : ndarray of int64, shape (n,)
        Fen (hundredths of the currency), above zero.
    paid : ndarray of datetime64[D], shape (n,)
        Paid date, NaT where the invoice is open; never before issued.
    disputed : ndarray of bool, shape (n,)
        All False where the file says nothing about disputes.
    has_disputes : bool
        Whether the file had a column for disputes.
    source : str
        The file's name as shown to the user.
    notes : tuple of Problem
        Worth knowing, but no errors: columns ignored, the order of day and month inferred, the encoding used.
    known_until : date, optional
        The day the ledger was drawn up, where the user said so.
    currency : str
        Code of the one currency of all amounts.
    """

    invoice: tuple[str, ...]
    customer: tuple[str, ...]
    issued: np.ndarray
    due: np.ndarray
    amount: np.ndarray
    paid: np.ndarray
    disputed: np.ndarray
    has_disputes: bool = False
    source: str = ""
    notes: tuple[Problem, ...] = field(default=(), repr=False)
    known_until: date | None = None
    currency: str = "CNY"

    def __post_init__(self):
        # In order and read-only from here on, whoever made it.
        days = np.asarray(self.issued, dtype="datetime64[D]").astype(np.int64).tolist()
        order = sorted(range(len(days)), key=lambda i: (days[i], self.invoice[i]))
        for name in _TEXTS:
            column = getattr(self, name)
            object.__setattr__(self, name, tuple(column[i] for i in order))
        for name, kind in _ARRAYS.items():
            column = np.asarray(getattr(self, name), dtype=kind)[order]
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.invoice)

    @cached_property
    def open(self) -> np.ndarray:
        """Whether each invoice is still open on `as_of`; bool, shape (n,)."""
        return np.isnat(self.paid)

    @cached_property
    def as_of(self) -> date:
        """The last day anything is known, where open invoices are censored: `known_until`, else the latest issue or payment."""
        if self.known_until:
            return self.known_until
        return np.concatenate([self.issued, self.paid[~self.open]]).max().item()

    def picked(self, keep: np.ndarray) -> "Ledger":
        """The invoices where `keep` is true."""
        texts = {name: tuple(text for text, kept in zip(getattr(self, name), keep, strict=True) if kept) for name in _TEXTS}
        return replace(self, **texts, **{name: getattr(self, name)[keep] for name in _ARRAYS})

    def known_on(self, day: date) -> "Ledger":
        """The ledger as it stood at the end of `day`: later invoices not there, later payments not made."""
        then = self.picked(self.issued <= np.datetime64(day))
        return replace(then, paid=np.where(then.paid <= np.datetime64(day), then.paid, np.datetime64("NaT", "D")), known_until=day)


def write_ledger(ledger: Ledger, path: str | os.PathLike) -> None:
    """Write `ledger` as CSV that `read_ledger` reads back the same.

    UTF-8 with byte-order mark (Excel shows Chinese right), headers in English, days as year-month-day, amounts in yuan (or whole units of
    another currency, named in a column of its own). Names that a spreadsheet would take for a formula get an apostrophe before them.
    The file appears whole or not at all.
    """
    names = ["invoice", "customer", "issued", "due", "amount", "paid"] + ["disputed"] * ledger.has_disputes
    columns = [
        map(neutral, ledger.invoice),
        map(neutral, ledger.customer),
        ledger.issued.astype(str),
        ledger.due.astype(str),
        [f"{fen // FEN}.{fen % FEN:02d}" for fen in ledger.amount.tolist()],
        ["" if is_open else day for is_open, day in zip(ledger.open, ledger.paid.astype(str), strict=True)],
    ]
    if ledger.has_disputes:
        columns.append(np.where(ledger.disputed, "Yes", "No"))
    if ledger.currency != "CNY":
        names, columns = [*names, "currency"], [*columns, [ledger.currency] * len(ledger)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([LABELS[name].capitalize() for name in names])
    writer.writerows(zip(*columns, strict=True))
    write_whole(Path(path), text.getvalue().encode("utf-8-sig"))
