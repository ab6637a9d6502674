"""The report as a workbook: the same figures to go on reckoning with, money in whole currency units."""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from arsim.domain import law
from arsim.report import robust, words
from arsim.report.page import question, repeat, tables, verdict
from arsim.report.page.html import heading
from arsim.report.page.leans import left_out
from arsim.report.page.parts import Parts

LOOKED_AT = 200  # rows by which a column's width is chosen
_LONGEST = 32_000  # signs in a cell; a spreadsheet takes a few more


def book(parts: Parts) -> bytes:
    """The workbook, in the language in use."""
    made, say = Workbook(write_only=True), words.say
    _sheet(made, say("Report"), [say("What"), say("Text")], _told(parts), (34, 110))
    _sheet(made, say("Summary"), *tables.summary(parts))
    _sheet(made, say("Runs"), *tables.runs(parts))
    if len(parts.study.comparison.policies) > 2:
        _sheet(made, say("Standing"), *tables.standings(parts))
    if parts.robust:
        for name, (head, rows) in tables.robustness(parts).items():
            _sheet(made, name, head, rows)
    _sheet(made, say("Assumptions"), *tables.assumptions(parts))
    _sheet(made, say("Reproduction"), [say("What"), say("Text")], _repeat(parts), (34, 110))
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _sheet(made: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence], widths: Sequence[int] = ()) -> None:
    sheet = made.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    rows = iter(rows)
    first = list(islice(rows, LOOKED_AT))
    for at, name in enumerate(head):
        texts = [name, *(row[at] for row in first if isinstance(row[at], str))]
        wide = widths[at] if widths else min(44, max(12, 2 + max(map(_width, texts))))
        sheet.column_dimensions[get_column_letter(at + 1)].width = wide
    sheet.append([_cell(sheet, name, bold=True) for name in head])
    for row in chain(first, rows):
        sheet.append([_cell(sheet, value) for value in row])


def _width(text: str) -> int:
    """Of a text in a column, in letters; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _format(value: int | float) -> str:
    """So many decimals that a small rate is not shown as nothing.

    >>> [_format(value) for value in (12, 1234.5, 1.5, 0.003, -0.00002, 0.0)]
    ['#,##0', '#,##0', '#,##0.00', '0.0000', '0.0E+00', '#,##0.00']
    """
    size = abs(value)
    if isinstance(value, int) or size >= 1000:
        return "#,##0"
    return "#,##0.00" if not size or size >= 0.1 else "0.0000" if size >= 0.001 else "0.0E+00"


def _cell(sheet, value: object, bold: bool = False) -> WriteOnlyCell:
    """A number as a number; text as text, whatever it begins with: a title of "=1+1" must not be reckoned."""
    if isinstance(value, bool) or value is None:
        value = {True: words.say("yes"), False: words.say("no"), None: ""}[value]
    if isinstance(value, int | float):
        cell = WriteOnlyCell(sheet, None if value != value else value)
        cell.number_format = _format(value)
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_LONGEST]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _told(parts: Parts) -> list[tuple[str, str]]:
    say, found, titles = words.say, parts.study.comparison, question.titles(parts.study)
    lines = [(say("Report on a decision"), heading(parts)), *((say("Note"), one) for one in parts.notices), *question.asked(parts.study)]
    for policy in found.policies[1:]:
        lines += [(titles[policy.name], one.text) for one in verdict.sentences(found, policy.name, parts.firm)]
        lines.append((titles[policy.name], verdict.workload(found, policy.name, parts.firm)))
    lines += [(say("Robustness"), one) for one in (parts.misfit or say("not looked into"),) if not parts.robust]
    if parts.robust:
        kept = parts.robust.study
        lines += [(say("Robustness"), robust.verdict(kept.found, policy)) for policy in kept.found.names[1:]]
    lines += [(say("What the model leaves out"), left_out()), (say("Notes of law"), words.pick(law.disclaimer()))]
    for rule in (one.rule for one in parts.notes):
        source = say("{article}; as of {version}", article=words.pick(rule.article), version=rule.version)
        lines.append((words.pick(rule.label), f"{words.pick(rule.text)} {source}"))
    return lines


def _repeat(parts: Parts) -> list[tuple[str, str]]:
    study = parts.study
    return [*repeat.facts(study), (words.say("The command:"), repeat.command(study)), *repeat.texts(study).items()]
