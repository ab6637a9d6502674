"""Yes or no as people write it."""

import unicodedata

from arsim.domain.problem import Problem

_YES = {"yes", "y", "true", "t", "1", "x", "是", "有", "有争议", "争议", "争议中", "真", "√", "✓", "disputed"}
_NO = {"", "no", "n", "false", "f", "0", "否", "无", "无争议", "没有", "不是", "假", "×", "-", "none", "undisputed"}


def parse_flag(cell: object) -> bool | Problem:
    """One cell → whether it says yes; an empty cell says no.

    >>> parse_flag("是"), parse_flag("No"), parse_flag("")
    (True, False, False)
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip().casefold()
    if text in _YES or text in _NO:
        return text in _YES
    return Problem("This is neither yes nor no.", "Write Yes or No (是 or 否); an empty cell means no.")
