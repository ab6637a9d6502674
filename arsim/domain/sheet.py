"""A table with its columns known, where the problems and notes of one reading gather."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from arsim.domain.dates import Place
from arsim.domain.problem import Problem
from arsim.domain.tables import Table, shortened

_NONE = {"-", "--", "—", "——", "/", "n/a", "na", "null", "none", "nan", "nat", "open", "unpaid",
         "无", "未收", "未收款", "未付", "未付款", "未回款", "未核销", "未结清", "未结"}


@dataclass
class Sheet:
    """The file's table, and `at`: which column holds which field. Positions count its rows from 0."""

    table: Table
    at: Mapping[str, int]
    file: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.table.rows)

    def header(self, name: str) -> str:
        """The file's own name for a field."""
        return self.table.headers[self.at[name]]

    def cells(self, name: str) -> Sequence[object]:
        """Column of a field; empty cells where the file has none."""
        at = self.at.get(name)
        return [""] * len(self) if at is None else [row[at] for row in self.table.rows]

    def parsed(self, name: str, parse: Callable[[object], object]) -> list[object]:
        """Column of a field, each different cell parsed once; None where it is missing or a problem was noted."""
        if name not in self.at:
            return [None] * len(self)
        known: dict[tuple[type, object], object] = {}
        results = []
        for position, cell in enumerate(self.cells(name)):
            key = (type(cell), cell)
            if key not in known:
                known[key] = parse(cell)
            result = known[key]
            if isinstance(result, Problem):
                self.complain(result, position, name)
                result = None
            results.append(result)
        return results

    def place(self, position: int, name: str) -> Place:
        """Where a cell stands."""
        return Place(self.table.numbers[position], self.header(name), shown(self.table.rows[position][self.at[name]]))

    def complain(self, problem: Problem, position: int, name: str) -> None:
        """Note a problem with a cell."""
        place = self.place(position, name)
        self.problems.append(replace(problem, row=place.row, column=place.column, value=place.value or None))

    def verdict(self) -> list[Problem]:
        """All problems in the order of the rows, the list cut where it gets too long to read."""
        ranked = sorted((replace(problem, file=self.file) for problem in self.problems), key=lambda problem: problem.row or 0)
        return shortened(ranked, self.file)


def blank(cell: object) -> bool:
    """Whether a cell is empty or says that there is nothing ("-", "N/A", "未收")."""
    text = str(cell).strip()
    return not text or text.casefold() in _NONE


def shown(cell: object) -> str:
    """A cell as the user sees it in the spreadsheet, cut where long."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    text = str(cell).strip()
    return text if len(text) <= 60 else text[:59] + "…"
