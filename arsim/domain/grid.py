"""Cells that stretch over several columns and rows → rows as a spreadsheet shows them: the value in the first cell, the rest empty."""

from collections.abc import Sequence

from arsim.domain.headers import field_of

ROWS, COLUMNS = 1_048_576, 16_384  # of a spreadsheet
_HEADS = 20  # rows among which a header of several rows is looked for


class Grid:
    """A table while it is read."""

    def __init__(self):
        self.rows: list[list[object]] = []
        self._below: dict[int, int] = {}  # column → rows it is still covered from above
        self._wide: dict[int, list[int]] = {}  # row → how many columns its stretched cells take
        self._deep: dict[int, int] = {}  # row → the last row its cells reach down to

    def row(self, at: int | None = None) -> None:
        """Begin the next row, or row `at` (from 0) where rows were left out."""
        last = len(self.rows) if at is None else max(len(self.rows), min(at, ROWS - 1))
        while len(self.rows) <= last:
            self.rows.append([])
            self._column, self._covered = 0, set(self._below)
            self._below = {column: left - 1 for column, left in self._below.items() if left > 1}

    def cell(self, value: object, across: int = 1, down: int = 1, at: int | None = None) -> None:
        """The row's next cell, or the one in column `at` (from 0)."""
        if not self.rows:
            self.row()
        self._column = self._column if at is None else min(at, COLUMNS - 1)
        while at is None and self._column in self._covered:
            self._column += 1
        across = max(1, min(across, COLUMNS - self._column))
        row = self.rows[-1]
        row.extend([""] * (self._column + 1 - len(row)))
        row[self._column] = value
        if down > 1:
            self._below.update(dict.fromkeys(range(self._column, self._column + across), min(down, ROWS) - 1))
        here = len(self.rows) - 1
        if here < _HEADS and (across > 1 or down > 1):
            self._wide.setdefault(here, []).append(across)
            self._deep[here] = max(self._deep.get(here, here), here + down - 1)
        self._column += across

    def done(self) -> list[list[object]]:
        """The rows, equally long; a header that was built of several rows is one."""
        width = max(map(len, self.rows), default=0)
        for row in self.rows:
            row.extend([""] * (width - len(row)))
        head = next((row for row, last in self._deep.items() if last > row and max(self._wide[row]) > 1), None)
        if head is not None and (last := min(self._deep[head], len(self.rows) - 1)) > head:
            block = self.rows[head : last + 1]
            self.rows[head:last] = [[""] * width for _ in block[1:]]
            self.rows[last] = _joined(block, self._wide, head)
        return self.rows


def _joined(block: Sequence[Sequence[object]], wide: dict[int, list[int]], head: int) -> list[object]:
    """Rows of a header → one: the lowest name of each column if that says a field by itself, else with what stands above it."""
    names, above = [], ""
    for column in zip(*block, strict=True):
        texts = [str(cell).strip() for cell in column]
        above = texts[0] or (above if any(texts[1:]) else "")
        lower = next((text for text in reversed(texts[1:]) if text), "")
        names.append(lower if lower and field_of(lower) else " ".join(filter(None, (above, lower))) if lower else texts[0])
    return names
