"""The sheets of an XML workbook as Excel 2003 and many systems write it (SpreadsheetML), mostly under the name .xls."""

from datetime import datetime
from xml.parsers import expat

from arsim.domain.grid import Grid
from arsim.domain.markup import BOOK
from arsim.domain.problem import BadInput, Problem


def sheets(text: str, file: str) -> list[tuple[str, list[list[object]]]]:
    """The sheets of an XML workbook with their names; cells are texts, floats, bools and datetimes.

    A file that brings a document type of its own is refused: a workbook has none, and entities defined there can be a trap.
    """
    book = _Book()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = book.start, book.end, book.texts.append
    parser.StartDoctypeDeclHandler = book.refuse
    try:
        parser.Parse(text.encode(), True)
    except _DocumentType:
        raise BadInput(Problem(
            "This XML file declares a document type of its own, which no workbook needs; it was not read, for safety.",
            "Open it in Excel and save it as XLSX, or export the ledger again.", file=file)) from None  # fmt: skip
    except (expat.ExpatError, ValueError) as error:
        raise BadInput(Problem(
            "The XML workbook breaks off or is damaged in this line.", "Open it in Excel and save it as XLSX, or export the ledger again.",
            file=file, row=getattr(error, "lineno", None))) from None  # fmt: skip
    return [(name, grid.done()) for name, grid in book.found]


class _DocumentType(Exception):
    pass


class _Book:
    """Gathers sheets from what the parser reports."""

    def __init__(self):
        self.found: list[tuple[str, Grid]] = []
        self.texts: list[str] = []
        self._cell: dict[str, str] | None = None
        self._value: object = ""
        self._remark = False  # a comment on a cell has text of its own

    def refuse(self, *_):
        raise _DocumentType

    def start(self, name, attributes):
        told = {key.removeprefix(f"{BOOK} "): value for key, value in attributes.items()}
        at = int(told["Index"]) - 1 if "Index" in told else None
        match name.removeprefix(f"{BOOK} "):
            case "Worksheet":
                self.found.append((told.get("Name", ""), Grid()))
            case "Row" if self.found:
                self.found[-1][1].row(at)
            case "Cell" if self.found:
                self._cell, self._value = told, ""
            case "Comment":
                self._remark = True
            case "Data" if not self._remark:
                self._type = told.get("Type", "String")
                self.texts.clear()

    def end(self, name):
        match name.removeprefix(f"{BOOK} "):
            case "Comment":
                self._remark = False
            case "Data" if not self._remark and self._cell is not None:
                self._value = _typed("".join(self.texts), self._type)
            case "Cell" if self._cell is not None:
                at, across, down = (int(self._cell.get(key, 0)) for key in ("Index", "MergeAcross", "MergeDown"))
                self.found[-1][1].cell(self._value, across + 1, down + 1, at - 1 if at else None)
                self._cell = None
        self.texts.clear() if self._cell is None else None


def _typed(text: str, kind: str) -> object:
    try:
        match kind:
            case "Number":
                return float(text)
            case "DateTime":
                return datetime.fromisoformat(text.strip().removesuffix("Z"))
            case "Boolean":
                return text.strip() == "1"
    except ValueError:
        pass
    return text.strip()
