"""The rollout plan as a workbook: plan, customers with their arm, a log; and what was recorded there, read back with every fault named."""

import hashlib
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from arsim.domain.neutral import neutral, plain
from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.report import rollout, words
from arsim.report.firm import Firm
from arsim.study.rollout_plan import Plan
from arsim.study.trial_figures import FIGURES, Figure

HIDDEN = "arsim"
_ARMS = {0: "A", 1: "B", -1: "–"}
_FACTS = ("version", "language", "main", "first", "second", "start", "days", "looks", "seed", "low", "high", "mean")
_FIRST = 2  # row of the first customer, on either sheet


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a sheet holds: the plan as it was drawn, and what was recorded; arrays of shape (customers,), nan where nothing stands.

    `values` is in the figure's own unit (shares 0 to 1), `orders` in multiples of usual, `until` the last day that counts.
    """

    figure: Figure
    policies: tuple[str, str]
    start: date
    days: int
    looks: int
    seed: int
    forecast: tuple[float, float, float]
    ids: tuple[str, ...]
    arms: np.ndarray
    units: np.ndarray
    strata: np.ndarray
    before: np.ndarray
    usual: np.ndarray
    values: np.ndarray
    orders: np.ndarray
    complaints: np.ndarray
    until: date
    file: str = ""

    @property
    def end(self) -> date:
        """The trial's last day."""
        return self.start + timedelta(self.days - 1)

    def elapsed(self, until: date) -> float:
        """Share of the trial that is over at the end of a day."""
        return min(1.0, max(0.0, ((until - self.start).days + 1) / self.days))


def _columns(kind: str) -> list[tuple[str, int]]:
    """Heads of the customers' sheet and their widths; the last four are to be filled in."""
    say = words.say
    unit = "%" if FIGURES[kind].unit == "share" else say("days")
    return [
        (say("customer"), 22), (say("arm"), 6), (say("drawn together"), 10),
        (say("{figure}, before ({unit})", figure=rollout.label(kind), unit=unit), 22),
        (say("{figure}, in the trial ({unit})", figure=rollout.label(kind), unit=unit), 22),
        (say("orders in the trial, times usual"), 16), (say("upheld complaints"), 12), (say("remark"), 40),
    ]  # fmt: skip


def write(plan: Plan, path: Path, firm: Firm, start: date) -> Path:
    """Write the workbook in the language in use; it appears whole or not at all.

    Names from a ledger that a spreadsheet would take for a formula get an apostrophe before them.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    say, book = words.say, Workbook()
    bold, wrap, fill = Font(bold=True), Alignment(wrap_text=True, vertical="top"), PatternFill("solid", fgColor="FFF2CC")
    page = book.active
    page.title = say("Plan")
    facts = _facts(plan, start)
    people = _people(plan)
    lines = [(what, value) for what, value in rollout.plan_rows(plan, firm, start)]
    lines.append((say("Are there enough customers?"), rollout.advice(plan)))
    lines.append((say("Assumptions"), rollout.assumptions(plan)))
    lines = [(what, f"'{value}" if str(value).startswith("=") else value) for what, value in lines]  # a title that Excel would calculate
    mark = _fingerprint(facts, people, lines)
    page.append([say("Rollout plan"), say("Settled before the start; what is coloured is for you to fill in.")])
    for what, value in [*lines, (say("Fingerprint"), mark)]:
        page.append([what, value])
    until = len(lines) + 3
    page.append([say("Figures recorded up to"), start + timedelta(plan.days - 1)])
    page.cell(until, 2).number_format = "yyyy-mm-dd"
    for what in (say("Smallest difference worth having"), say("Who keeps the list of customers"), say("Who reads at the looks"),
                 say("Signed by, on")):  # fmt: skip
        page.append([what, None])
    for row in range(1, page.max_row + 1):
        page.cell(row, 1).font, page.cell(row, 1).alignment, page.cell(row, 2).alignment = bold, wrap, wrap
        if row >= until:
            page.cell(row, 2).fill = fill
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 110
    sheet = book.create_sheet(say("Customers"))
    columns = _columns(plan.figure.key)
    sheet.append([head for head, _ in columns])
    for at, (_, width) in enumerate(columns, 1):
        sheet.cell(1, at).font, sheet.cell(1, at).alignment = bold, wrap
        sheet.column_dimensions[get_column_letter(at)].width = width
    scale = _scale(plan.figure)
    for name, arm, unit, _, before, _ in people:
        sheet.append([neutral(name), _ARMS[arm], unit, None if math.isnan(before) else round(scale * before, 4)])
    for row in sheet.iter_rows(min_row=_FIRST, min_col=5, max_col=8):
        for cell in row:
            cell.fill = fill
    sheet.freeze_panes = "B2"
    log = book.create_sheet(say("Log"))
    log.append([say("date"), say("look"), say("what was read"), say("what was decided"), say("by whom")])
    for at, wide in enumerate((14, 8, 50, 50, 24), 1):
        log.cell(1, at).font = bold
        log.column_dimensions[get_column_letter(at)].width = wide
    for at, day in enumerate(rollout.look_days(start, plan.days, plan.looks), 1):
        log.append([day, at])
        log.cell(at + 1, 1).number_format = "yyyy-mm-dd"
    hidden = book.create_sheet(HIDDEN)
    hidden.sheet_state = "hidden"
    hidden.append(["fingerprint", mark])
    for key in _FACTS:
        hidden.append([key, facts[key]])
    hidden.append(["lines", len(lines)])
    for what, value in lines:
        hidden.append([what, value])
    hidden.append(["customers", len(people)])
    for row in people:
        hidden.append([neutral(row[0]), *(None if isinstance(one, float) and math.isnan(one) else one for one in row[1:])])
    data = io.BytesIO()
    book.save(data)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data.getvalue())
    except OSError as error:
        raise BadInput(Problem("The file cannot be written ({reason}).", "Close it in Excel, or choose another name.", file=str(path),
                               values={"reason": error.strerror or str(error)})) from None  # fmt: skip
    return path


def _scale(figure: Figure) -> int:
    return 100 if figure.unit == "share" else 1


def _facts(plan: Plan, start: date) -> dict[str, object]:
    first, second = (policy.name for policy in plan.policies)
    mean, low, high = (round(one, 10) for one in plan.forecast)
    return {"version": 1, "language": words.language(), "main": plan.figure.key, "first": first, "second": second,
            "start": start.isoformat(), "days": plan.days, "looks": plan.looks, "seed": plan.seed, "low": low, "high": high,
            "mean": mean}  # fmt: skip


def _people(plan: Plan) -> list[tuple]:
    """Of each customer: name, arm, unit, stratum, figure before, usual fen a day."""
    return [
        (name, int(arm), int(unit), int(plan.strata[unit]), round(float(before), 8), round(float(usual), 4))
        for name, arm, unit, before, usual in zip(plan.company.population.ids, plan.arms, plan.units, plan.before, plan.usual, strict=True)
    ]  # fmt: skip


def _fingerprint(facts: dict, people: list[tuple], lines: list[tuple[str, str]]) -> str:
    told = repr([[key, str(facts[key])] for key in _FACTS]) + repr([[str(what), str(value)] for what, value in lines])
    told += "\n".join(f"{row[0]}|{row[1]}|{row[2]}|{row[3]}|{row[4]:.6f}|{row[5]:.2f}" for row in people)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def read(path: Path, filled: bool = True) -> Sheet:
    """A sheet, checked against what was drawn.

    Parameters
    ----------
    path : Path
    filled : bool
        Whether results must stand in it; not so where a later ledger gives them.

    Raises
    ------
    BadInput
        It is no such workbook, the plan or an arm was changed, customers are missing, or values do not fit; each with sheet, row, column
        and remedy.
    """
    from openpyxl import load_workbook

    file = str(path)
    try:
        book = load_workbook(path, data_only=True)
    except FileNotFoundError:
        raise BadInput(Problem("There is no such file.", "Check the name.", file=file)) from None
    except Exception as error:
        made = Problem("This is not an Excel workbook.", "Write one with `arsim rollout plan A B --sheet FILE`.", file=file)
        raise BadInput(made) from error
    if HIDDEN not in book.sheetnames:
        raise BadInput(Problem("This workbook is no rollout plan of arsim's.", "Write one with `arsim rollout plan A B --sheet FILE`.",
                               file=file))  # fmt: skip
    facts, lines, people = _hidden(book[HIDDEN], file)
    with words.speaking(facts["language"]):
        names = [words.say(name) for name in ("Plan", "Customers")]
        heads = [head for head, _ in _columns(facts["main"])]
    for name in names:
        if name not in book.sheetnames:
            raise BadInput(Problem("There is no sheet {name}.", "Give it its old name again, or take an older copy of the file.", file=file,
                                   values={"name": name}))  # fmt: skip
    page, sheet = (book[name] for name in names)
    problems = [*_changed(page, lines, file)]
    until = _until(page, lines, facts, f"{file} [{page.title}]", problems)
    columns, told = _recorded(sheet, people, heads, FIGURES[facts["main"]], f"{file} [{sheet.title}]")
    problems += told
    if problems:
        raise BadInput(*problems)
    if filled and not np.isfinite(columns[0]).any():
        raise BadInput(Problem("No results are recorded yet.", 'Fill in the column "{column}", or give --ledger LATER_LEDGER.',
                               file=f"{file} [{sheet.title}]", values={"column": heads[4]}))  # fmt: skip
    column = lambda at, kind: np.array([row[at] for row in people], kind)  # noqa: E731
    units, strata = column(2, int), column(3, int)
    of_unit = np.zeros(int(units.max()) + 1, int)
    of_unit[units] = strata
    return Sheet(
        FIGURES[facts["main"]], (facts["first"], facts["second"]), date.fromisoformat(facts["start"]), int(facts["days"]),
        int(facts["looks"]), int(facts["seed"]), (float(facts["mean"]), float(facts["low"]), float(facts["high"])),
        tuple(row[0] for row in people), column(1, int), units, of_unit, column(4, float), column(5, float), *columns, until, file,
    )  # fmt: skip


def _hidden(sheet, file: str) -> tuple[dict, list[tuple[str, str]], list[tuple]]:
    """What was drawn, if nobody has touched it."""
    broken = Problem("The plan kept inside the workbook was changed or is not whole.", "Take an older copy of the file.", file=file)
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    try:
        mark, facts = rows[0][1], {row[0]: row[1] for row in rows[1 : len(_FACTS) + 1]}
        at = len(_FACTS) + 1
        count = int(rows[at][1])
        lines = [(row[0], row[1]) for row in rows[at + 1 : at + 1 + count]]
        at += count + 1
        size = int(rows[at][1])
        nothing = float("nan")
        people = [
            (plain(str(row[0])), int(row[1]), int(row[2]), int(row[3]), nothing if row[4] is None else float(row[4]), float(row[5]))
            for row in rows[at + 1 : at + 1 + size]
        ]
        if len(people) != size or _fingerprint(facts, people, lines) != mark:
            raise ValueError
    except (ValueError, TypeError, KeyError, IndexError):
        raise BadInput(broken) from None
    return facts, lines, people


def _changed(page, lines: list[tuple[str, str]], file: str) -> Iterator[Problem]:
    for number, (what, value) in enumerate(lines, 2):
        if (page.cell(number, 1).value, page.cell(number, 2).value) != (what, value):
            shown = str(page.cell(number, 2).value)[:60]
            yield Problem("The plan was changed after the lots were drawn: {what}.", "Write again what stood there, or make a new plan.",
                          file=f"{file} [{page.title}]", row=number, column="B", value=shown, values={"what": what})  # fmt: skip


def _until(page, lines: list, facts: dict, where: str, problems: list[Problem]) -> date:
    row = len(lines) + 3
    value = page.cell(row, 2).value
    value = value.date() if isinstance(value, datetime) else value
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            value = None
    start = date.fromisoformat(facts["start"])
    if not isinstance(value, date) or not start <= value < start + timedelta(int(facts["days"])):
        problems.append(Problem("This is not a day of the trial.", "Write the last day that counts as 2025-03-05.", file=where, row=row,
                                column="B", value=str(page.cell(row, 2).value)))  # fmt: skip
        return start
    return value


def _recorded(sheet, people: list[tuple], heads: list[str], figure: Figure, where: str) -> tuple[list[np.ndarray], list[Problem]]:
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


def _pasted(value: object) -> object:
    """A number that Excel keeps as text, as after pasting; anything else as it is."""
    return float(value) if isinstance(value, str) and re.fullmatch(r"\s*\d+(\.\d+)?\s*", value) else value


def _key(name: object) -> str:
    text = str(int(name)) if isinstance(name, float) and name.is_integer() else str(name or "")
    return plain(text.strip())
