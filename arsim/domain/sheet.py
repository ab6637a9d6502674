"""One or more tables with their columns known, where the fate of every row and the problems of one reading gather."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import IntEnum
from functools import cached_property
from itertools import chain

import numpy as np

from arsim.domain.dates import Place
from arsim.domain.problem import Problem
from arsim.domain.tables import Table

_NONE = {"-", "--", "—", "——", "/", "n/a", "na", "null", "none", "nan", "nat", "open", "unpaid",
         "无", "未收", "未收款", "未付", "未付款", "未回款", "未核销", "未结清", "未结"}  # fmt: skip


class Fate(IntEnum):
    """What became of a row."""

    LOADED = 0  # an invoice
    JOINED = 1  # part of an invoice that stands in another row: a payment, a credit note
    DROPPED = 2  # no invoice, or none that counts: a total, a remark, an exact repetition
    FAULTY = 3  # cannot be used until it is mended


@dataclass(frozen=True)
class Finding:
    """Something to know about one row (`position` counts rows from 0 through all files); a LOADED row may have some too."""

    position: int
    fate: Fate
    problem: Problem


@dataclass(frozen=True, eq=False)
class Part:
    """One file of the ledger, and `at`: which of its columns holds which field."""

    table: Table
    at: Mapping[str, int]
    file: str
    scale: int = 1


@dataclass
class Sheet:
    """The rows of all parts, one after the other."""

    parts: tuple[Part, ...]
    problems: list[Problem] = field(default_factory=list)  # of a file as a whole: nothing can be loaded before they are settled
    notes: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self):
        self.starts = [0, *np.cumsum([len(part.table.rows) for part in self.parts]).tolist()]
        self.fate = np.zeros(len(self), dtype=np.int8)
        self.closed = np.zeros(len(self), dtype=bool)  # rows of which all is said: further checks would only repeat it
        self._cells: dict[str, Sequence[object]] = {}
        self._coded: dict[str, tuple[np.ndarray, list[object]]] = {}

    def __len__(self) -> int:
        return self.starts[-1]

    @cached_property
    def numbers(self) -> list[int]:
        """Row numbers in the spreadsheet."""
        return list(chain.from_iterable(part.table.numbers for part in self.parts))

    @property
    def live(self) -> np.ndarray:
        """Rows that are still taken for invoices without fault; bool."""
        return self.fate == Fate.LOADED

    def part(self, position: int) -> Part:
        """The file a row stands in."""
        return self.parts[bisect_right(self.starts, position) - 1]

    def row(self, position: int) -> Sequence[object]:
        """Cells of a row."""
        return self.part(position).table.rows[position - self.starts[bisect_right(self.starts, position) - 1]]

    def has(self, name: str) -> bool:
        """Whether some part has a column for the field."""
        return any(name in part.at for part in self.parts)

    def header(self, name: str, position: int | None = None) -> str:
        """The file's own name for a field."""
        named = [part for part in self.parts if name in part.at]
        here = named[0] if position is None or name not in self.part(position).at else self.part(position)
        return here.table.headers[here.at[name]]

    def cells(self, name: str) -> Sequence[object]:
        """Column of a field; empty cells where a file has none."""
        if name not in self._cells:
            found: list[object] = []
            for part in self.parts:
                at = part.at.get(name)
                found += [""] * len(part.table.rows) if at is None else [row[at] for row in part.table.rows]
            self._cells[name] = found
        return self._cells[name]

    def coded(self, name: str) -> tuple[np.ndarray, list[object]]:
        """Column of a field as codes, shape (n,), into its different cells: 1, 1.0 and True are three, and so is "1"."""
        if name not in self._coded:
            cells = self.cells(name)
            self._coded[name] = _texts_coded(cells) if set(map(type, cells)) == {str} else _coded(cells)
        return self._coded[name]

    def parsed(self, name: str, parse: Callable[[object], object]) -> tuple[np.ndarray, list[object]]:
        """Codes into the parsed cells, each different cell parsed once; None where it is missing or a problem was noted."""
        codes, different = self.coded(name)
        results = [parse(cell) for cell in different]
        wrong = np.array([isinstance(result, Problem) for result in results], dtype=bool)
        if wrong.any():
            for position in np.flatnonzero(wrong[codes]).tolist():
                self.complain(results[codes[position]], position, name)
            results = [None if isinstance(result, Problem) else result for result in results]
        return codes, results

    def place(self, position: int, name: str) -> Place:
        """Where a cell stands."""
        at = self.part(position).at.get(name)
        return Place(self.numbers[position], self.header(name, position), "" if at is None else shown(self.row(position)[at]))

    def complain(self, problem: Problem, position: int, name: str | None = None) -> None:
        """A row is faulty, whatever else it is found to be."""
        if not self.closed[position]:
            self.fate[position] = Fate.FAULTY
            self.findings.append(Finding(position, Fate.FAULTY, self._placed(problem, position, name)))

    def note(self, problem: Problem, position: int, name: str | None = None) -> None:
        """Something to know about a row that is loaded all the same."""
        self.findings.append(Finding(position, Fate.LOADED, self._placed(problem, position, name)))

    def close(self, fate: Fate, problem: Problem, position: int, name: str | None = None) -> None:
        """A row is joined or dropped: it is no invoice of its own, and nothing more is said of it."""
        if not self.closed[position]:
            self.fate[position], self.closed[position] = fate, True
            self.findings.append(Finding(position, fate, self._placed(problem, position, name)))

    def _placed(self, problem: Problem, position: int, name: str | None) -> Problem:
        if name is None or not self.has(name):
            return replace(problem, file=self.part(position).file, row=self.numbers[position])
        place = self.place(position, name)
        return replace(problem, file=self.part(position).file, row=place.row, column=place.column, value=place.value or None)

    def standing(self) -> list[Finding]:
        """The findings but for faults of rows that were dropped or joined afterwards: they need no mending."""
        return [finding for finding in self.findings if finding.fate in (Fate.LOADED, self.fate[finding.position])]

    def faults(self) -> list[Problem]:
        """What keeps the ledger from being loaded whole: the problems of the files, and those of rows in their order."""
        file = self.parts[0].file
        whole = [problem if problem.file else replace(problem, file=file) for problem in self.problems]
        found = [finding for finding in self.standing() if finding.fate == Fate.FAULTY]
        order = {name: place for place, name in enumerate(part.file for part in self.parts)}
        rows = [finding.problem for finding in found]
        return sorted([*whole, *rows], key=lambda problem: (order.get(problem.file, 0), problem.row or 0))


def _texts_coded(cells: Sequence[str]) -> tuple[np.ndarray, list[object]]:
    import pandas as pd

    codes, different = pd.factorize(np.array(cells, dtype=object))
    return codes.astype(np.int64), different.tolist()


def _coded(cells: Sequence[object]) -> tuple[np.ndarray, list[object]]:
    known: dict[object, int] = {}
    codes, different = np.empty(len(cells), dtype=np.int64), []
    for position, cell in enumerate(cells):
        key = cell if type(cell) is str else (type(cell), cell)
        code = known.setdefault(key, len(different))
        if code == len(different):
            different.append(cell)
        codes[position] = code
    return codes, different


def blank(cell: object) -> bool:
    """Whether a cell is empty or says that there is nothing ("-", "N/A", "未收")."""
    if cell == "":
        return True
    text = str(cell).strip()
    return not text or len(text) < 8 and text.casefold() in _NONE


def shown(cell: object) -> str:
    """A cell as the user sees it in the spreadsheet, cut where long."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    text = str(cell).strip()
    return text if len(text) <= 60 else text[:59] + "…"
