"""Ledger files → an `Intake`: the sound invoices, and for every other row what became of it and why."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from arsim.domain import chosen, columns
from arsim.domain.amounts import MARKS
from arsim.domain.dates import ORDERS
from arsim.domain.documents import Document, documents
from arsim.domain.flags import parse_flag
from arsim.domain.headers import match
from arsim.domain.ledger import Ledger
from arsim.domain.mapping import read_mapping
from arsim.domain.money import FEN
from arsim.domain.oddrows import TOTAL, is_subtotal, set_aside
from arsim.domain.problem import BadInput, Problem
from arsim.domain.settling import Items, settle
from arsim.domain.sheet import Fate, Finding, Part, Sheet
from arsim.domain.statuses import doubt_statuses
from arsim.domain.tables import read_table, shortened


@dataclass(frozen=True)
class How:
    """How a ledger is to be read, where the file itself leaves it open.

    Parameters
    ----------
    date_order : {"day-first", "month-first"}, optional
        What 3/4/2025 means. Default: the file's own dates decide where one of them can be read only one way.
    encoding : str, optional
        Of a text file. Default: by byte-order mark, else UTF-8, else GB18030 where that reads as ordinary Chinese.
    as_of : date, optional
        The day the ledger was drawn up: nothing in it may be later, and open invoices are known to be open until then.
    decimal : {"point", "comma"}, optional
        What stands before the decimals of an amount. Default: the file's own amounts decide.
    currency, company : str, optional
        Which to keep where there are several.
    columns : mapping
        The user's own names, field → header; those saved beside the file count where nothing is given.
    """

    date_order: str | None = None
    encoding: str | None = None
    as_of: date | None = None
    decimal: str | None = None
    currency: str | None = None
    company: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        if self.date_order not in (None, *ORDERS):
            raise BadInput(
                Problem("There is no order of dates called {name}.", "Use day-first or month-first.", values={"name": self.date_order})
            )
        if self.decimal not in (None, *MARKS):
            raise BadInput(Problem("There is no decimal mark called {name}.", "Use point or comma.", values={"name": self.decimal}))


@dataclass(frozen=True, eq=False)
class Intake:
    """What was read.

    Parameters
    ----------
    ledger : Ledger
        The sound invoices; may be empty. Its notes are about the files as a whole.
    sheet : Sheet
        The rows as they stand in the files, each with its fate.
    loaded : ndarray of int64
        Positions of the rows in `ledger`, in the order of the files.
    """

    ledger: Ledger
    sheet: Sheet
    loaded: np.ndarray

    @property
    def findings(self) -> list[Finding]:
        """What there is to say about rows, in their order."""
        return sorted(self.sheet.standing(), key=lambda finding: finding.position)

    def count(self, fate: Fate) -> int:
        """Rows with this fate; over all fates they add up to the rows of the files."""
        return int((self.sheet.fate == fate).sum())

    def faults(self) -> list[Problem]:
        """What must be mended before all rows can be used."""
        return self.sheet.faults()


def take_in(paths: str | os.PathLike | Sequence[str | os.PathLike], how: How | None = None) -> Intake:
    """Read one ledger from one file or several (open and closed items, say).

    Raises
    ------
    BadInput
        Where no row can be judged at all: an unreadable file, a missing column, a question only the user can answer (which company,
        which currency, which order of dates).
    """
    how = how or How()
    paths = [Path(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
    sheet = _sheet(paths, how)
    set_aside(sheet)
    chosen.companies(sheet, how.company)
    invoice, customer = columns.names(sheet, "invoice"), columns.names(sheet, "customer")
    day = columns.dates(sheet, how.date_order)
    currency = chosen.currencies(sheet, how.currency) if sheet.has("amount") or sheet.has("left") else "CNY"
    money = {name: columns.amounts(sheet, name, how.decimal) for name in ("amount", "received", "left") if sheet.has(name)}
    nothing = np.zeros(len(sheet), np.int64), np.zeros(len(sheet), bool)
    left, left_known = money.get("left", nothing)
    amount = money["amount"][0].copy() if "amount" in money else left.copy()
    if "amount" not in money and "left" in money:
        left_known = left_known & (left <= 0)  # a list of open items: the balance is the amount, and all of it is open
    known = (money.get("amount") or money.get("left") or nothing)[1]
    kind = documents(sheet)
    owed = np.isin(kind, (Document.UNTOLD, Document.INVOICE)) & (amount >= 0)  # payments and credit notes fall due on no day
    due = columns.due_dates(sheet, day["issued"], day["due"], owed)
    received, received_known = money.get("received", nothing)
    disputed, says = sheet.parsed("disputed", parse_flag) if sheet.has("disputed") else (np.zeros(len(sheet), np.int64), [None])
    items = Items(
        invoice, customer, columns.names(sheet, "reference", needed=False), day["issued"], due, day["paid"].copy(), amount, known,
        received.copy(), received_known.copy(), left.copy(), left_known, kind,
    )  # fmt: skip
    settle(sheet, items)
    doubt_statuses(sheet, items.paid)
    _in_order(sheet, day["issued"], due, items.paid, how.as_of)
    if sheet.problems:
        raise BadInput(*shortened(sheet.faults(), paths[0].name))
    _control_totals(sheet, amount, known, currency)
    kept = np.flatnonzero(sheet.live)
    flags = np.array([flag is True for flag in says], dtype=bool)[disputed]
    name = " + ".join(part.file for part in sheet.parts)
    notes = tuple(note if note.file else replace(note, file=paths[0].name) for note in sheet.notes)
    ledger = Ledger(
        tuple(invoice[kept].tolist()), tuple(customer[kept].tolist()), items.issued[kept], due[kept], items.amount[kept],
        items.paid[kept], flags[kept], sheet.has("disputed"), name, notes, how.as_of, currency,
    )  # fmt: skip
    return Intake(ledger, sheet, kept)


def _sheet(paths: list[Path], how: How) -> Sheet:
    parts, problems, notes = [], [], []
    for path in paths:
        told = read_mapping(path) | dict(how.columns)
        table = read_table(path, how.encoding, told)
        found = match(table.headers, table.header_row, told)
        # A file with a column missing still has the rest of it read, so that one look shows everything there is to mend.
        problems += [replace(problem, file=path.name) for problem in found.problems]
        notes += [replace(note, file=path.name) for note in (*table.notes, *found.notes)]
        parts.append(Part(table, found.at, path.name, found.scale))
    sheet = Sheet(tuple(parts), problems, notes)
    if len({part.scale for part in parts}) > 1:
        sheet.problems.append(Problem("The columns of amounts are in different units.", "Export them all in yuan with two decimals."))
    for start, part in zip(sheet.starts, parts, strict=False):
        for position, fault in part.table.faults:
            sheet.close(Fate.FAULTY, fault, start + position)
    return sheet


def _control_totals(sheet: Sheet, amount: np.ndarray, known: np.ndarray, currency: str) -> None:
    """Hold the grand total of each file, where it has one, against the rows above it."""
    dropped = {finding.position for finding in sheet.findings if finding.problem.what == TOTAL}
    for number, part in enumerate(sheet.parts):
        totals = [position for position in dropped if sheet.starts[number] <= position < sheet.starts[number + 1] and known[position]]
        if not totals or "amount" not in part.at:
            continue
        last = max(totals)
        rows = np.arange(sheet.starts[number], last)
        rows = rows[~np.isin(rows, list(dropped))]
        if (total := int(amount[rows].sum())) != (said := int(amount[last])) and not is_subtotal(sheet.row(last)):
            sheet.notes.append(
                Problem(
                    "The total in this row says {said:,.2f}, but the rows above it add up to {total:,.2f} {currency}: rows are missing "
                    "from the file, cannot be read, or were added. Sales and balances are off by the difference.",
                    file=part.file,
                    row=sheet.numbers[last],
                    values={"said": said / FEN, "total": total / FEN, "currency": currency},
                )
            )


def _in_order(sheet: Sheet, issued: np.ndarray, due: np.ndarray, paid: np.ndarray, as_of: date | None) -> None:
    """Nothing before its cause, nothing after the day the ledger was drawn up."""
    for position in np.flatnonzero(due < issued).tolist():
        sheet.complain(
            Problem(
                "The invoice is due before it was issued ({issued}).",
                "Correct one of the two dates.",
                values={"issued": str(issued[position])},
            ),
            position,
            "due" if sheet.has("due") else "terms",
        )
    for position in np.flatnonzero(paid < issued).tolist():
        sheet.complain(
            Problem(
                "The invoice was paid before it was issued ({issued}).",
                "Correct one of the two dates; leave out invoices paid in advance.",
                values={"issued": str(issued[position])},
            ),
            position,
            "paid",
        )
    if as_of:
        last = np.datetime64(as_of, "D")
        for name, days in (("paid", paid), ("issued", issued)):
            for position in np.flatnonzero(days > last).tolist():
                sheet.complain(
                    Problem(
                        "This is later than the day the ledger was drawn up ({as_of}).",
                        "Correct the date, or the day of the ledger.",
                        values={"as_of": str(as_of)},
                    ),
                    position,
                    name,
                )
