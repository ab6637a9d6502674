"""A table as an answer: typed into boxes, or given as a DataFrame, a Series or a dict; what is wrong with it, cell by cell."""

from collections.abc import Mapping

from arsim.report import words
from arsim.workbook.exercises import slips
from arsim.workbook.exercises.reading import nothing, read_number
from arsim.workbook.exercises.task import Task

Cells = dict[tuple[str, str], float]  # (row, column) → number


def read_table(task: Task, answer: object) -> Cells | str:
    """The numbers somebody gave, by row and column; or, in words, what is wrong with the table.

    Rows and columns may be called by their names or by their texts. A table of one column may be one dict or Series, row → number.
    """
    content = _as_dict(answer)
    if content is None:
        return words.say("A table is expected here: a DataFrame, or a dict with these rows: {rows}.", rows=_listed(task.row))
    columns = [column.name for column in task.column]
    if len(columns) == 1 and not any(isinstance(value, Mapping) for value in content.values()):
        content = {columns[0]: content}
    content = _renamed(content, task.column)
    cells: Cells = {}
    for column in task.column:
        held = content.get(column.name)
        if not isinstance(held, Mapping):
            return words.say("There is no column {column} in your table.", column=column.name)
        held = _renamed(held, task.row)
        for row in task.row:
            if row.name not in held:
                return words.say("There is no row {row} in your table.", row=row.name)
            value = 0.0 if _blank(held[row.name]) else read_number(held[row.name], column.measure)
            if isinstance(value, str):
                return row.text.told() + ("：" if words.language() == "zh" else ": ") + value
            cells[row.name, column.name] = value
    return cells


def reference_cells(task: Task, value: object) -> Cells:
    """What a function of answers returns for a table, as `Cells`.

    Raises
    ------
    ValueError
        It is no such table.
    """
    cells = read_table(task, value)
    if isinstance(cells, str):
        raise ValueError(f"{task.name}: {cells}")
    return cells


def empty(answer: object) -> bool:
    """Whether nothing has been filled into a table."""
    content = _as_dict(answer)
    if content is None:
        return nothing(answer)
    values = [one for value in content.values() for one in (value.values() if isinstance(value, Mapping) else [value])]
    return all(_blank(value) for value in values)


def same(one: Cells, other: Cells, within: float) -> bool:
    """Whether two tables agree in every cell."""
    return all(abs(one[at] - other[at]) <= within + 1e-9 for at in one)


def off(task: Task, given: Cells, right: Cells) -> str:
    """Which rows are wrong, without the right numbers; a total that is right is worth saying, and so is one wrong unit all over."""
    if (unit := _unit_slip(task, given, right)) is not None:
        return unit
    wrong = {row for row, column in right if abs(given[row, column] - right[row, column]) > task.within + 1e-9}
    told = words.say("Look again at: {rows}.", rows=words.listed(row.text.told() for row in task.row if row.name in wrong))
    if abs(sum(given.values()) - sum(right.values())) <= task.within + 1e-9:
        told += " " + words.say("The sum over all cells is right: something stands in the wrong row.")
    return told


def _unit_slip(task: Task, given: Cells, right: Cells) -> str | None:
    """What to say if every cell is right but for the same unit or sign."""
    row, column = largest = max(right, key=lambda cell: abs(right[cell]))
    measure = next(one.measure for one in task.column if one.name == column)
    for factor in (-1, 0.01, 100, 0.0001, 10_000):
        room = abs(factor) * task.within
        if all(abs(given[cell] - factor * right[cell]) <= max(room, abs(factor * right[cell]) * 1e-6) for cell in right):
            return slips.told(given[largest], right[largest], task.within, measure)
    return None


def _as_dict(answer: object) -> dict | None:
    try:
        if isinstance(answer, Mapping):
            return dict(answer)
        if type(answer).__name__ in ("DataFrame", "Series"):
            if type(answer).__name__ == "DataFrame" and answer.index.dtype.kind in "iu" and answer.shape[1] > 1:
                answer = answer.set_index(answer.columns[0])  # the rows' names stand in the first column
            return answer.to_dict()
    except Exception:  # noqa: BLE001 - whatever it is, it is no table
        return None
    return None


def _renamed(content: Mapping, known) -> dict:
    names = {one.text.told(): one.name for one in known}
    return {names.get(str(key).strip(), str(key).strip()): value for key, value in content.items()}


def _blank(value: object) -> bool:
    try:
        return nothing(value) or bool(value != value)
    except Exception:  # noqa: BLE001 - it cannot be compared: then it is not blank either
        return False


def _listed(rows) -> str:
    return ", ".join(row.name for row in rows)
