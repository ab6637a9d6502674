"""A file with a chain of ages: one row an age, its shares that move to each age and end in each end.

The first column names the age. A column named like a row is an age; ``balance`` (余额) and ``count`` (张数) hold what is open now; every
other column is an end, as a rule paid and then bad.
"""

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from arsim.domain import asked
from arsim.domain.encodings import decode
from arsim.domain.problem import BadInput, Problem

_BALANCE, _COUNT = ("balance", "余额"), ("count", "张数")
_MOST = 200  # ages; more is another kind of table


@dataclass(frozen=True)
class ChainFile:
    """What stood in the file.

    Parameters
    ----------
    ages, ends : tuple of str
        Names, in the order of the rows and of the columns.
    q, r : tuple of tuple of float
        Shares from age to age and from age to end; as `arsim.study.ageing_chain.absorb` takes them.
    balances : tuple of float or None
        CNY open by age.
    counts : tuple of int or None
        Invoices open by age.
    """

    ages: tuple[str, ...]
    ends: tuple[str, ...]
    q: tuple[tuple[float, ...], ...]
    r: tuple[tuple[float, ...], ...]
    balances: tuple[float, ...] | None
    counts: tuple[int, ...] | None


def read_chain(path: str | Path, encoding: str | None = None) -> ChainFile:
    """Read a chain from a CSV file.

    Parameters
    ----------
    path : path
    encoding : str, optional
        As for a ledger.

    Returns
    -------
    ChainFile

    Raises
    ------
    BadInput
        If the file cannot be read, its columns do not make a chain, or a cell is no share or no number. Whether the rows sum to 1 is
        for `arsim.study.ageing_chain.absorb` to say.
    """
    path = Path(path)
    header, *rows = _rows(path, encoding)
    names = [cell.strip() for cell in header]
    ages = [row[0].strip() for row in rows]
    at = {name: place for place, name in reversed([*enumerate(names)])}
    balance, count = (next((at[name] for name in given if name in at), None) for given in (_BALANCE, _COUNT))
    ends = [place for place, name in enumerate(names) if place and name and name not in ages and place not in (balance, count)]
    problems = [
        Problem(
            "There is no column for the age {name}.",
            "Every row needs a column of the same name: the share that moves there.",
            file=path.name,
            values={"name": f'"{name}"'},
        )
        for name in ages
        if name not in names[1:]
    ]
    if len({*ages}) < len(ages) or len({*names[1:]}) < len(names[1:]):
        problems.append(Problem("Two rows or two columns have the same name.", "Name each age and each end once.", file=path.name))
    if not ends:
        problems.append(
            Problem("No column is an end of the chain.", "Add columns such as paid and bad, which are no ages.", file=path.name, row=1)
        )
    if problems:
        raise BadInput(*problems)
    cell = _Cells(path.name, names, rows)
    return ChainFile(
        ages=tuple(ages),
        ends=tuple(names[place] for place in ends),
        q=cell.table([names.index(name, 1) for name in ages], asked.share),
        r=cell.table(ends, asked.share),
        balances=None if balance is None else tuple(row[0] for row in cell.table([balance], lambda name: asked.number(name, 0, 10**13))),
        counts=None if count is None else tuple(row[0] for row in cell.table([count], lambda name: asked.count(name, 0, 10**5))),
    )


class _Cells:
    """Cells read column by column, each problem told with its place."""

    def __init__(self, file: str, names: list[str], rows: list[list[str]]):
        self.file, self.names, self.rows = file, names, rows

    def table(self, places: list[int], reader) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(self._read(number, row, place, reader) for place in places) for number, row in enumerate(self.rows, 2))

    def _read(self, number: int, row: list[str], place: int, reader) -> float:
        text = row[place].strip() if place < len(row) else ""
        try:
            return reader(self.names[place])(text or "0")
        except BadInput as error:
            (told,) = error.problems
            where = {"file": self.file, "row": number, "value": text}
            raise BadInput(replace(told, **where)) from None


def _rows(path: Path, encoding: str | None) -> list[list[str]]:
    try:
        data = path.read_bytes()
    except OSError:
        raise BadInput(
            Problem("There is no such file, or it cannot be opened.", "Check the name and the folder.", file=str(path))
        ) from None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(Problem("A chain is read from CSV only.", "Save the sheet as CSV.", file=path.name))
    text = decode(data, path.name, encoding)[0]
    mark = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if any(cell.strip() for cell in row)]
    except csv.Error:
        rows = []
    if not 2 <= len(rows) <= _MOST or len(rows[0]) < 3:
        raise BadInput(
            Problem(
                "This is no chain of ages.",
                "Give a header such as age,current,1-30,paid,bad and one row an age.",
                file=path.name,
            )
        )
    return rows
