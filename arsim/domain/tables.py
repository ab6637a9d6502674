"""A file → its header and rows, as the user's spreadsheet numbers them."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from arsim.domain.encodings import decode
from arsim.domain.headers import bare, recognised
from arsim.domain.markup import is_book, is_markup, text_of
from arsim.domain.problem import BadInput, Problem
from arsim.domain.webpage import tables
from arsim.domain.xmlbook import sheets

TEXT, BOOK = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm", ".xls")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_SEARCHED = 20  # rows looked through for the header: exports often start with a title and a print date
_ENOUGH = 3     # fields that make a row a header without looking further
_LISTED = 200   # problems listed; nobody mends more at one go


@dataclass(frozen=True, eq=False)
class Table:
    """Rows below the header; `numbers` are their row numbers in the spreadsheet (from 1)."""

    headers: tuple[str, ...]
    header_row: int
    rows: list[Sequence[object]]
    numbers: list[int]
    separator: str | None  # of a text file
    notes: tuple[Problem, ...]
    faults: tuple[tuple[int, Problem], ...] = ()  # of rows with too many cells, by position


def read_table(path: Path, encoding: str | None = None, told: Mapping[str, str] | None = None, guess: bool = False) -> Table:
    """The table in `path`, its header recognised (also by the names the user `told`); raises `BadInput` where there is none.

    With `guess`, a header none of whose names is known is taken to be the first of the rows with the most text in it: so that its names
    can be offered to the user to choose from.
    """
    own = frozenset(bare(header, True) for header in (told or {}).values())
    data = _bytes(path)
    if is_markup(data[:4096].decode("utf-16" if data.startswith(_UTF16) else "utf-8", errors="replace")):
        return _marked_up(*text_of(data, path.name, encoding), path.name, own, guess)
    _refuse_disguise(data, path)
    if path.suffix.lower() in BOOK and data.startswith((_ZIP, _OLE)):
        return _book(data, path.name, own, guess)
    text, notes = decode(data, path.name, encoding)
    if is_markup(text):
        return _marked_up(text, notes, path.name, own, guess)
    table = _text(text, path.name, own, guess)
    return replace(table, notes=notes + table.notes)


def _bytes(path: Path) -> bytes:
    name = path.name or str(path)
    if path.is_dir():
        raise BadInput(Problem("This is a folder, not a file.", "Give the ledger file itself, CSV or XLSX.", file=name))
    if path.exists() and path.suffix.lower() not in TEXT + BOOK:
        raise BadInput(Problem(
            "A ledger cannot be read from a file of the kind {suffix}.", "Save it as CSV or XLSX.",
            file=name, values={"suffix": f'"{path.suffix}"'}))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        where = str(path.parent.absolute())
        problem = Problem("There is no such file in {folder}.", "Check the name and the folder.", file=name, values={"folder": where})
        raise BadInput(problem) from None
    except OSError as error:
        problem = Problem(
            "The file cannot be opened ({reason}).", "If it is open in Excel, close it there and try again.",
            file=name, values={"reason": error.strerror or str(error)})
        raise BadInput(problem) from None
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BadInput(Problem("The file is empty.", "Export the ledger again and check that the file has a size.", file=name))
    return data


def _refuse_disguise(data: bytes, path: Path) -> None:
    """Files that are not what their suffix says, by their first bytes."""
    suffix, name = path.suffix.lower(), path.name
    if data.startswith(_OLE) and (suffix != ".xls" or "EncryptedPackage".encode("utf-16-le") in data):
        raise BadInput(Problem(
            "The workbook is protected by a password, or is an old Excel 97 file under a new name.",
            "Open it in Excel and save it as an .xlsx without a password.", file=name))
    if suffix in TEXT and data.startswith(_ZIP):
        raise BadInput(Problem(
            "This is an Excel workbook under the name of a text file.", "Rename it to end in .xlsx, or save it as CSV.", file=name))
    # SAP writes tab-separated text under the name .xls; nothing writes text under .xlsx.
    if suffix in BOOK and not data.startswith((_ZIP, _OLE)) and (suffix != ".xls" or not _looks_like_text(data)):
        raise BadInput(Problem(
            "This is not an Excel workbook, whatever its name says.", "If it is text, rename it to end in .csv; else export it again.",
            file=name))


def _looks_like_text(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in data[:4096]


def _marked_up(text: str, notes: tuple[Problem, ...], name: str, own: frozenset[str], guess: bool) -> Table:
    """The ledger in a web page or an XML workbook. Of a page, the table with most rows whose header is known, and those with the same."""
    if is_book(text):
        table = _sheet(sheets(text, name), name, own, guess)
        return replace(table, notes=notes + table.notes)
    found = [rows for rows in tables(text, name) if len(rows) > 1 and any(sum(bool(cell) for cell in row) > 2 for row in rows[:_SEARCHED])]
    if not found:
        start = text.lstrip("\ufeff \t\r\n").partition("\n")[0].strip()[:60]
        _refuse_page(name, start, xml=start.startswith("<?") and not re.search("<(html|table|body)", text, re.IGNORECASE))
    known = [rows for rows in found if _header(rows, own)[1] >= _ENOUGH]
    most = max(known or found, key=len)
    head = most[_header(most, own)[0]]
    alike = [rows for rows in known if head in rows[:_SEARCHED]] or [most]  # a report may be a table a page
    table = _table([row for rows in alike for row in rows], name, None, own, guess)
    said = Problem("This is a web page (HTML) under another name; of its tables, this many were read: {count} (rows: {rows:,}).",
                   file=name, values={"count": len(alike), "rows": sum(map(len, alike))})  # fmt: skip
    return replace(table, notes=(*notes, said, *table.notes))


def _refuse_page(name: str, start: str, xml: bool) -> None:
    if xml:
        raise BadInput(Problem("This is an XML file in which there is no table.",
                               "Open it in Excel and save it as CSV or XLSX, or export the ledger again.", file=name, row=1, value=start))
    raise BadInput(Problem(
        "This is a web page (HTML), not a table: an export that failed, a log-in page, or a report saved under another name.",
        "Open it in Excel and save it as CSV or XLSX, or export the ledger again after logging in.", file=name, row=1, value=start))


def _text(text: str, name: str, own: frozenset[str], guess: bool) -> Table:
    best = max(",;\t|", key=lambda mark: _fitness(text, mark, own))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=best, strict=True)
    rows = []
    try:
        rows.extend(reader)
    except csv.Error:
        # Without `strict` an unclosed quote would swallow every row after it in silence.
        raise BadInput(Problem(
            "A quotation mark in or after this row is opened but not closed, or stands inside a quoted cell.",
            'Remove it, or write it twice ("").', file=name, row=len(rows) + 1)) from None
    return _table(rows, name, best, own, guess)


def _fitness(text: str, mark: str, own: frozenset[str]) -> tuple[int, int]:
    """How well the first rows read as a ledger's header when cut at `mark`."""
    rows = list(itertools.islice(csv.reader(io.StringIO(text[:65536], newline=""), delimiter=mark), _SEARCHED))
    return max((recognised(row, own) for row in rows), default=0), len(rows[0]) if rows else 0


def _book(data: bytes, name: str, own: frozenset[str], guess: bool) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # only who reads a workbook pays for it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        wanted = (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet)
        names = [meta.name for meta in book.sheets_metadata if (meta.visible, meta.typ) == wanted]
        found = [(sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)) for sheet in names]
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput(Problem(
            "The workbook cannot be opened: it is damaged or protected ({reason}).",
            "Open it in Excel, and save it again as an .xlsx without a password.", file=name, values={"reason": str(error)})) from None
    return _sheet(found, name, own, guess)


def _sheet(found: list[tuple[str, list]], name: str, own: frozenset[str], guess: bool) -> Table:
    """Of the sheets of a workbook, the first with a header we know; else the first that is filled."""
    filled = [(sheet, rows) for sheet, rows in found if any(map(_filled, rows))]
    if not filled:
        raise BadInput(Problem("The workbook has no filled sheet.", "Put the ledger in its first sheet.", file=name))
    sheet, rows = next((pair for pair in filled if _header(pair[1], own)[1] >= _ENOUGH), filled[0])
    table = _table(rows, name, None, own, guess)
    if len(filled) > 1:
        note = Problem("Of {count} sheets, {sheet} was read.", file=name, values={"count": len(filled), "sheet": f'"{sheet}"'})
        table = replace(table, notes=(note, *table.notes))
    return table


def _table(rows: list[Sequence[object]], name: str, separator: str | None, own: frozenset[str], guess: bool) -> Table:
    at, fields = _header(rows, own)
    if fields < 2 and guess:
        texts = [sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) for row in rows[:_SEARCHED]]
        at = texts.index(max(texts))
    elif fields < 2:
        first = next(filter(_filled, rows), [""])
        raise BadInput(Problem(
            "No header row was found in the first {searched} rows.",
            "The first row must name the columns, for instance Invoice number, Customer, Issue date, Due date, Amount, Paid date.",
            file=name, row=next((i for i, row in enumerate(rows, 1) if _filled(row)), 1),
            value=(separator or ", ").join(map(str, first))[:80], values={"searched": _SEARCHED}))
    headers = tuple(str(cell).strip() for cell in rows[at])
    kept, numbers, faults, short = [], [], [], []
    width = len(headers)
    for number, row in enumerate(itertools.islice(rows, at + 1, None), at + 2):
        if not _filled(row):
            continue
        if len(row) > width:  # even by an empty cell: an unquoted "1,234" has shifted what follows it
            faults.append((len(kept), Problem(
                "The row has {cells} cells, the header only {columns}.",
                "Put a cell that contains a separator into quotation marks, or delete the separators too many at the row's end.",
                row=number, value=(separator or ", ").join(map(str, row))[:60], values={"cells": len(row), "columns": width})))
            row = row[:width]
        if len(row) < width:
            short.append(number)
            row = [*row, *itertools.repeat("", width - len(row))]
        kept.append(row)
        numbers.append(number)
    if not kept:
        problem = Problem("The file has a header but no invoices.", "Export the ledger again, with its rows.", file=name, row=at + 1)
        raise BadInput(problem)
    return Table(headers, at + 1, kept, numbers, separator, tuple(_remarks(name, at, rows, short)), tuple(faults))


def _remarks(name: str, at: int, rows: list[Sequence[object]], short: list[int]) -> Iterator[Problem]:
    if any(map(_filled, rows[:at])):
        yield Problem("What stands above the header was left out.", file=name, row=at + 1)
    if short:
        yield Problem(
            "Rows shorter than the header: {count}, the first of them row {first}; their missing cells were read as empty.",
            file=name, values={"count": len(short), "first": short[0]})


def _header(rows: Sequence[Sequence[object]], own: frozenset[str]) -> tuple[int, int]:
    """Position of the header and how many fields it names: the first row with enough, else the best one."""
    best = (0, 0)
    for position, row in enumerate(rows[:_SEARCHED]):
        fields = recognised([cell for cell in row if isinstance(cell, str)], own)
        if fields >= _ENOUGH:
            return position, fields
        if fields > best[1]:
            best = (position, fields)
    return best


def shortened(problems: list[Problem], file: str) -> list[Problem]:
    """`problems`, their list cut where it gets too long to read."""
    if len(problems) <= _LISTED:
        return problems
    count = {"count": len(problems) - _LISTED}
    return [*problems[:_LISTED], Problem("And {count} more problems.", "Mend these first, then check again.", file=file, values=count)]


def _filled(row: Sequence[object]) -> bool:
    return any(cell != "" and (not isinstance(cell, str) or bool(cell.strip())) for cell in row)
