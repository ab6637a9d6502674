"""The report on a ledger as a workbook: a summary, and the rows with the offending ones marked."""

import io
import secrets
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from arsim.domain.doubts import doubts
from arsim.domain.headers import LABELS
from arsim.domain.intake import Intake
from arsim.domain.neutral import neutral
from arsim.domain.pseudonyms import pseudonym
from arsim.domain.sheet import Fate, Finding
from arsim.domain.whole import write_whole
from arsim.report import intake as told
from arsim.report import words

ALL = 20_000  # rows shown in full; of longer ledgers only the offending ones
MOST = 100_000  # offending rows shown
_LONGEST = 32_000  # signs in a cell; a spreadsheet takes a few more
_FILL = {Fate.LOADED: "E2EFDA", Fate.JOINED: "DDEBF7", Fate.DROPPED: "EDEDED", Fate.FAULTY: "F8CBAD"}
# Rows that may hold anything in any column: a clerk's name in a footer, cells that have moved to the next column.
_LOOSE = ("This is a remark or a footer, no invoice.", "The row has {cells} cells, the header only {columns}.")


def write(intake: Intake, path: Path, names: bool = False) -> None:
    """Write the report.

    Parameters
    ----------
    intake : Intake
        What was read.
    path : Path
        An .xlsx file; it appears whole or not at all.
    names : bool
        Show customers' names and the columns that were not used. By default customers stand under pseudonyms made for this report
        only, and columns that were not used are left out: a report is passed on more easily than a ledger.
    """
    book = Workbook(write_only=True)
    _summary(book.create_sheet(words.say("Summary")), intake)
    _rows(book.create_sheet(words.say("Rows")), intake, names)
    data = io.BytesIO()
    book.save(data)
    write_whole(path, data.getvalue())


def _summary(sheet, intake: Intake) -> None:
    say = words.say
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 70, 24, 70

    def line(*cells, bold=False):
        made = [_cell(sheet, cell) for cell in cells]
        for cell in made:
            cell.font = Font(bold=bold)
        sheet.append(made)

    line(say("{file}: what was read", file=" + ".join(part.file for part in intake.sheet.parts)), bold=True)
    for name, count in told.counts(intake):
        line(name, count)
    line()
    line(say("What was found"), say("rows"), say("Effect"), bold=True)
    for finding, rows in told.reasons(intake):
        line(f"{told.fate_name(finding.fate)}: {told.general(finding.problem)}", len(rows), told.effect(finding))
    line()
    line(say("What limits the conclusions"), "", say("Effect"), bold=True)
    for doubt in doubts(intake.ledger):
        line(words.explain(doubt.problem), "", words.explain(doubt.effect))
    line()
    line(say("How the files were read"), bold=True)
    for note in intake.ledger.notes:
        line(words.explain(note))


def _rows(sheet, intake: Intake, names: bool) -> None:
    say, rows = words.say, intake.sheet
    by_row: dict[int, list[Finding]] = {}
    for finding in intake.findings:
        by_row.setdefault(finding.position, []).append(finding)
    shown = range(len(rows)) if len(rows) <= ALL else sorted(by_row)[:MOST]
    fields = [name for name in LABELS if rows.has(name)]
    others = [header for header in dict.fromkeys(h for part in rows.parts for h in part.table.headers) if header] if names else []
    used = {part.table.headers[at] for part in rows.parts for at in part.at.values()}
    others = [header for header in others if header not in used]
    sheet.freeze_panes = "A2"
    for place in range(1, 6 + len(fields) + len(others)):
        sheet.column_dimensions[get_column_letter(place)].width = 16
    sheet.column_dimensions["D"].width = 60
    head = [say("File"), say("Row"), say("What became of it"), say("What was found"), *(say(LABELS[name]) for name in fields), *others]
    bold = [_cell(sheet, text) for text in head]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    fills = {fate: PatternFill("solid", start_color=colour, end_color=colour) for fate, colour in _FILL.items()}
    key = secrets.token_bytes(32)
    for position in shown:
        found = by_row.get(position, [])
        fate = Fate(int(rows.fate[position]))
        loose = not names and any(finding.problem.what in _LOOSE for finding in found)
        offending = {finding.problem.column for finding in found}
        cells = [rows.part(position).file, rows.numbers[position], told.fate_name(fate), " ".join(told.reason(f.problem) for f in found)]
        made = [_cell(sheet, cell) for cell in cells]
        if found:
            for cell in made:
                cell.fill = fills[fate]
        for name, value in _values(rows, position, fields, key, names):
            made.append(_cell(sheet, "…" if loose and value != "" else value))
            if found and rows.header(name, position) in offending:
                made[-1].fill, made[-1].font = fills[fate], Font(bold=True)
        part = rows.part(position)
        places = {header: at for at, header in enumerate(part.table.headers)}
        made += [_cell(sheet, rows.row(position)[places[header]] if header in places else "") for header in others]
        sheet.append(made)
    if len(rows) > ALL:
        sheet.append([_cell(sheet, say("Of {count:,} rows only those are shown of which something was found.", count=len(rows)))])


def _values(rows, position: int, fields: list[str], key: bytes, names: bool) -> Iterator[tuple[str, object]]:
    for name in fields:
        at = rows.part(position).at.get(name)
        value = "" if at is None else rows.row(position)[at]
        if name == "customer" and not names and str(value).strip():
            value = pseudonym(key, str(value).strip())
        yield name, value


def _cell(sheet, value: object) -> WriteOnlyCell:
    """A cell that holds what it shows and calculates nothing."""
    if isinstance(value, bool | int | float | date | datetime | time):
        return WriteOnlyCell(sheet, value=value)
    shown = "".join(char for char in str(value) if char >= " " or char in "\t\n")[:_LONGEST]
    made = WriteOnlyCell(sheet, value=neutral(shown))
    made.data_type = "s"
    return made
