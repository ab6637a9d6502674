"""Text in columns that line up, with wide characters too."""

import unicodedata
from collections.abc import Collection, Sequence


def aligned(lines: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Each line's cells padded to their column's width, two blanks between; the columns `right` flush right.

    >>> aligned([["天", "x"], ["10", "1.5"]], right=[1])
    ['天    x', '10  1.5']
    """
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(_pad(*both, place in right) for place, both in enumerate(zip(line, widths, strict=True))).rstrip() for line in lines]


def _pad(cell: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(cell))
    return space + cell if right else cell + space


def width(cell: str) -> int:
    """How many columns of a terminal `cell` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in cell)
