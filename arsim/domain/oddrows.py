"""Rows that are no invoices: totals, footers, ruling lines, headers repeated on every page."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from arsim.domain.headers import recognised
from arsim.domain.problem import Problem
from arsim.domain.sheet import Fate, Sheet, blank

_TOTAL = re.compile(
    r"(合\s*计|总\s*计|小\s*计|累\s*计|本页合计|本月合计|(grand|sub|report|page|column|overall)?[\s-]*totals?\b|sum\b|sums\b|result\b|\*+)[:：\s]*.*",
    re.IGNORECASE | re.DOTALL,
)
TOTAL = "This is a total, no invoice."
_SUBTOTAL = re.compile(r"(小\s*计|本页|本月|sub|page|column).*", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"[-=_*|+.\s·—–]+")
_REMARK = ("invoice", "issued", "due", "amount", "left")


def set_aside(sheet: Sheet) -> None:
    """Drop the rows that are no invoices; each is reported. Only rows without an invoice number or without a date can be such."""
    bare = np.ones(len(sheet), dtype=bool)
    for name in ("invoice", "issued"):
        if sheet.has(name):
            codes, cells = sheet.coded(name)
            # A total stands in whichever column had room for it, that of the numbers as well.
            lacks = np.array([blank(cell) or bool(_RULE.fullmatch(str(cell))) or _is_total(cell) for cell in cells], dtype=bool)[codes]
            bare = lacks if name == "invoice" else bare | lacks
    headers = [part.table.headers for part in sheet.parts]
    if sheet.has("issued"):  # a repeated header stands in full
        codes, cells = sheet.coded("issued")
        bare |= np.array([recognised([str(cell)]) > 0 for cell in cells], dtype=bool)[codes]
    for position in np.flatnonzero(bare & ~sheet.closed).tolist():
        texts = [str(cell).strip() for cell in sheet.row(position) if cell != "" and str(cell).strip()]
        if tuple(texts) == tuple(header for header in headers[sheet.parts.index(sheet.part(position))] if header):
            sheet.close(Fate.DROPPED, Problem("This is the header once more, as at the top of a printed page."), position)
        elif all(_RULE.fullmatch(text) for text in texts):
            sheet.close(Fate.DROPPED, Problem("This is a ruling line."), position)
        elif any(_is_total(text) for text in texts) and not _dated(sheet, position):
            sheet.close(Fate.DROPPED, Problem(TOTAL), position)
        elif len(texts) <= 3 and not any(_holds(sheet, position, name) for name in _REMARK[1:]) and not _numbered(sheet, position):
            sheet.close(Fate.DROPPED, Problem("This is a remark or a footer, no invoice."), position)


def is_subtotal(row: Sequence[object]) -> bool:
    """Whether a total is one of a part only."""
    return any(isinstance(cell, str) and _SUBTOTAL.fullmatch(cell.strip()) for cell in row)


def _is_total(cell: object) -> bool:
    return isinstance(cell, str) and bool(_TOTAL.fullmatch(unicodedata.normalize("NFKC", cell).strip()))


def _holds(sheet: Sheet, position: int, name: str) -> bool:
    at = sheet.part(position).at.get(name)
    return at is not None and not blank(sheet.row(position)[at])


def _dated(sheet: Sheet, position: int) -> bool:
    return _holds(sheet, position, "issued") and not any(
        _is_total(str(sheet.row(position)[sheet.part(position).at["issued"]])) for _ in "1"
    )


def _numbered(sheet: Sheet, position: int) -> bool:
    """Whether both a number and a customer stand there: then it is an invoice that lacks the rest, and a fault."""
    return _holds(sheet, position, "invoice") and _holds(sheet, position, "customer")
