"""The rollout plan as a workbook: plan, customers with their arm, a log; and what was recorded there, read back with every fault named."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.report import rollout, rollout_customers, rollout_sealed, rollout_settled, words
from arsim.report.firm import Firm
from arsim.report.rollout_sealed import HIDDEN
from arsim.study.trial_figures import FIGURES, Figure
from arsim.study.trial_plan import Plan


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


def write(plan: Plan, path: Path, firm: Firm, start: date) -> Path:
    """Write the workbook in the language in use; it appears whole or not at all.

    Names from a ledger that a spreadsheet would take for a formula get an apostrophe before them.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    say, book = words.say, Workbook()
    styles = Font(bold=True), Alignment(wrap_text=True, vertical="top"), PatternFill("solid", fgColor="FFF2CC")
    page = book.active
    page.title = say("Plan")
    facts, people = rollout_sealed.facts_of(plan, start), rollout_sealed.people_of(plan)
    lines = [(what, value) for what, value in rollout.plan_rows(plan, firm, start)]
    lines.append((say("Are there enough customers?"), rollout.advice(plan)))
    lines.append((say("Assumptions"), rollout.assumptions(plan)))
    lines = [(what, f"'{value}" if str(value).startswith("=") else value) for what, value in lines]  # a title that Excel would calculate
    mark = rollout_sealed.fingerprint(facts, people, lines)
    rollout_settled.write(page, lines, mark, start + timedelta(plan.days - 1), *styles)
    rollout_customers.write(book.create_sheet(say("Customers")), plan.figure, people, *styles)
    _log(book.create_sheet(say("Log")), rollout.look_days(start, plan.days, plan.looks), styles[0])
    rollout_sealed.seal(book.create_sheet(HIDDEN), mark, facts, people, lines)
    data = io.BytesIO()
    book.save(data)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data.getvalue())
    except OSError as error:
        raise BadInput(Problem("The file cannot be written ({reason}).", "Close it in Excel, or choose another name.", file=str(path),
                               values={"reason": error.strerror or str(error)})) from None  # fmt: skip
    return path


def _log(sheet, looks, bold) -> None:
    from openpyxl.utils import get_column_letter

    say = words.say
    sheet.append([say("date"), say("look"), say("what was read"), say("what was decided"), say("by whom")])
    for at, wide in enumerate((14, 8, 50, 50, 24), 1):
        sheet.cell(1, at).font = bold
        sheet.column_dimensions[get_column_letter(at)].width = wide
    for at, day in enumerate(looks, 1):
        sheet.append([day, at])
        sheet.cell(at + 1, 1).number_format = "yyyy-mm-dd"


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
    facts, lines, people = rollout_sealed.sealed(book[HIDDEN], file)
    with words.speaking(facts["language"]):
        names = [words.say(name) for name in ("Plan", "Customers")]
        heads = [head for head, _ in rollout_customers.columns(facts["main"])]
    for name in names:
        if name not in book.sheetnames:
            raise BadInput(Problem("There is no sheet {name}.", "Give it its old name again, or take an older copy of the file.", file=file,
                                   values={"name": name}))  # fmt: skip
    page, sheet = (book[name] for name in names)
    problems = [*rollout_settled.changed(page, lines, file)]
    until = rollout_settled.until(page, lines, facts, f"{file} [{page.title}]", problems)
    columns, told = rollout_customers.recorded(sheet, people, heads, FIGURES[facts["main"]], f"{file} [{sheet.title}]")
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
