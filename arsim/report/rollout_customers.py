"""The customers' sheet of the rollout workbook: each with its arm; and what was recorded beside them, every fault named."""

import math
import re

import numpy as np

from arsim.domain.neutral import neutral, plain
from arsim.domain.problem import Problem
from arsim.report import rollout, words
from arsim.study.trial_figures import FIGURES, Figure

_ARMS = {0: "A", 1: "B", -1: "–"}
_FIRST = 2  # row of the first customer


def columns(kind: str) -> list[tuple[str, int]]:
    """Heads of the customers' sheet and their widths; the last four are to be filled in."""
    say = words.say
    unit = "%" if FIGURES[kind].unit == "share" else say("days")
    return [
        (say("customer"), 22), (say("arm"), 6), (say("drawn together"), 10),
        (say("{figure}, before ({unit})", figure=rollout.label(kind), unit=unit), 22),
        (say("{figure}, in the trial ({unit})", figure=rollout.label(kind), unit=unit), 22),
        (say("orders in the trial, times usual"), 16), (say("upheld complaints"), 12), (say("remark"), 40),
    ]  # fmt: skip


def write(sheet, figure: Figure, people: list[tuple], bold, wrap, fill) -> None:
    """Write the customers to a sheet, in these styles of font, alignment and cells to fill in."""
    from openpyxl.utils import get_column_letter

    heads = columns(figure.key)
    sheet.append([head for head, _ in heads])
    for at, (_, width) in enumerate(heads, 1):
        sheet.cell(1, at).font, sheet.cell(1, at).alignment = bold, wrap
        sheet.column_dimensions[get_column_letter(at)].width = width
    scale = _scale(figure)
    for name, arm, unit, _, before, _ in people:
        sheet.append([neutral(name), _ARMS[arm], unit, None if math.isnan(before) else round(scale * before, 4)])
    for row in sheet.iter_rows(min_row=_FIRST, min_col=5, max_col=8):
        for cell in row:
            cell.fill = fill
    sheet.freeze_panes = "B2"


def recorded(sheet, people: list[tuple], heads: list[str], figure: Figure, where: str) -> tuple[list[np.ndarray], list[Problem]]:
    """Figure, orders and complaints of each customer, and every fault."""
    problems, arms = [], {_key(row[0]): (at, row[1]) for at, row in enumerate(people)}
    found = [np.full(len(people), np.nan) for _ in range(3)]
    seen: dict[int, int] = {}
    if [cell.value for cell in sheet[1]][: len(heads)] != heads:
        return found, [Problem("The columns are not those of the plan.", "Put the first row back as it was; new columns belong to the "
                               "right.", file=where, row=1)]  # fmt: skip
    for number, cells in enumerate(sheet.iter_rows(min_row=_FIRST, values_only=True), _FIRST):
        cells = (*cells, *[None] * len(heads))[: len(heads)]
        if all(value in (None, "") for value in cells):
            continue
        name = _key(cells[0])
        if name not in arms:
            problems.append(Problem("This customer is not in the plan.", "Remove the row: who was not drawn cannot join later.", file=where,
                                    row=number, column=heads[0], value=name))  # fmt: skip
            continue
        at, arm = arms[name]
        if at in seen:
            problems.append(Problem("This customer stands here twice, first in row {first}.", "Keep one row.", file=where, row=number,
                                    column=heads[0], value=name, values={"first": seen[at]}))  # fmt: skip
            continue
        seen[at] = number
        if str(cells[1] or "").strip().upper() != _ARMS[arm]:
            problems.append(Problem("This customer was drawn into {arm}.", "Put it back: whoever moves customers undoes the lots. If it "
                                    "was really treated otherwise, say so in the remark; it still counts where it was drawn.", file=where,
                                    row=number, column=heads[1], value=str(cells[1]), values={"arm": _ARMS[arm]}))  # fmt: skip
        limits = ((0, 100) if figure.unit == "share" else (0, 10_000), (0, 1000), (0, 10_000))
        for place, (low, high) in enumerate(limits):
            value = cells[4 + place]
            if value in (None, ""):
                continue
            value = _pasted(value)
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                problems.append(Problem("This is not a number from {low} to {high}.", "Write the number alone, without a unit; leave the "
                                        "cell empty where there is none.", file=where, row=number, column=heads[4 + place],
                                        value=str(value), values={"low": low, "high": high}))  # fmt: skip
                continue
            found[place][at] = value / (_scale(figure) if place == 0 else 1)
    lost = [row[0] for at, row in enumerate(people) if at not in seen]
    if lost:
        problems.append(Problem("Customers of the plan are missing: {count}, such as {names}.", "Put their rows back; who has nothing to "
                                "record keeps an empty cell.", file=where,
                                values={"count": len(lost), "names": words.listed(lost[:5])}))  # fmt: skip
    return found, problems


def _scale(figure: Figure) -> int:
    return 100 if figure.unit == "share" else 1


def _pasted(value: object) -> object:
    """A number that Excel keeps as text, as after pasting; anything else as it is."""
    return float(value) if isinstance(value, str) and re.fullmatch(r"\s*\d+(\.\d+)?\s*", value) else value


def _key(name: object) -> str:
    text = str(int(name)) if isinstance(name, float) and name.is_integer() else str(name or "")
    return plain(text.strip())
