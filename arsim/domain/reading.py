"""A ledger file → a `Ledger`, or everything that is wrong with it: never something half read."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from arsim.domain import columns
from arsim.domain.dates import ORDERS
from arsim.domain.flags import parse_flag
from arsim.domain.headers import match
from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem
from arsim.domain.sheet import Sheet
from arsim.domain.tables import read_table


def read_ledger(
    path: str | os.PathLike, *, date_order: str | None = None, encoding: str | None = None, as_of: date | None = None
) -> Ledger:
    """Read invoices from a CSV or XLSX file.

    Parameters
    ----------
    path : path
        .csv, .txt, .tsv (comma, semicolon or tab), .xlsx, .xlsm or .xls; the first sheet with a header we recognise.
    date_order : {"day-first", "month-first"}, optional
        What 3/4/2025 means. Default: the file's own dates decide where one of them can be read only one way.
    encoding : str, optional
        Of a text file. Default: by byte-order mark, else UTF-8, else GB18030 where that reads as ordinary Chinese.
    as_of : date, optional
        The day the ledger was drawn up: nothing in it may be later, and open invoices are known to be open until then.

    Returns
    -------
    Ledger

    Raises
    ------
    BadInput
        With every problem found (the first 200), each with row, column, value and remedy. Nothing is loaded then.
    """
    path = Path(path)
    if date_order not in (None, *ORDERS):
        problem = Problem("There is no order of dates called {name}.", "Use day-first or month-first.", values={"name": date_order})
        raise BadInput(problem)
    table = read_table(path, encoding)
    found = match(table.headers, table.header_row)
    # A file with a column missing still has the rest of it read, so that one look shows everything there is to mend.
    sheet = Sheet(table, found.at, path.name, list(found.problems), [*table.notes, *found.notes])
    invoice, customer = columns.names(sheet, "invoice"), columns.names(sheet, "customer")
    day = columns.dates(sheet, date_order)
    due = columns.due_dates(sheet, day["issued"], day["due"])
    amount, currency = columns.amounts(sheet)
    disputed = sheet.parsed("disputed", parse_flag)
    _unique(sheet, invoice)
    _in_order(sheet, day["issued"], due, day["paid"], as_of)
    if sheet.problems:
        raise BadInput(*sheet.verdict())
    return Ledger(
        tuple(invoice), tuple(customer), _days(day["issued"]), _days(due), np.array(amount, dtype=np.int64), _days(day["paid"]),
        np.array([flag is True for flag in disputed], dtype=bool), "disputed" in sheet.at, path.name,
        tuple(replace(note, file=path.name) for note in sheet.notes), as_of, currency)


def _unique(sheet: Sheet, invoice: list[str | None]) -> None:
    first: dict[str, int] = {}
    for position, number in enumerate(invoice):
        if number is not None and first.setdefault(number, position) != position:
            sheet.complain(Problem(
                "This invoice number already stands in row {first}.",
                "Delete the row if it is there twice; an invoice paid in parts is one row with the day of its last payment.",
                values={"first": sheet.table.numbers[first[number]]}), position, "invoice")


def _in_order(sheet: Sheet, issued: list, due: list, paid: list, as_of: date | None) -> None:
    """Nothing before its cause, nothing after the day the ledger was drawn up."""
    for position, (start, end, settled) in enumerate(zip(issued, due, paid, strict=True)):
        if start and end and end < start:
            values = {"issued": str(start)}
            sheet.complain(Problem(
                "The invoice is due before it was issued ({issued}).", "Correct one of the two dates.", values=values), position, "due")
        if start and settled and settled < start:
            sheet.complain(Problem(
                "The invoice was paid before it was issued ({issued}).",
                "Correct one of the two dates; leave out invoices paid in advance.", values={"issued": str(start)}), position, "paid")
        if as_of and settled and settled > as_of:
            sheet.complain(_after(as_of), position, "paid")
        if as_of and start and start > as_of:
            sheet.complain(_after(as_of), position, "issued")


def _after(as_of: date) -> Problem:
    return Problem(
        "This is later than the day the ledger was drawn up ({as_of}).", "Correct the date, or the day of the ledger.",
        values={"as_of": str(as_of)})


def _days(column: list[date | None]) -> np.ndarray:
    return np.array(column, dtype="datetime64[D]")
