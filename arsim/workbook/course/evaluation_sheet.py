"""The evaluation sheet: a workbook to fill in over a quarter, and what stands in it, read back with every fault named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.report import words

GROUPS = ("trained", "later")
REACTION = {
    "useful": "useful for my work",
    "clear": "clearly explained",
    "pace": "right pace",
    "drill": "enough practice",
    "confident": "I am confident I can use it",
    "will_use": "I will use it next week",
}
BEHAVIOUR = {
    "promise_written": "promise confirmed in writing",
    "amount_and_date": "amount and date agreed",
    "cause_asked": "cause asked first",
    "dispute_coded": "dispute recorded with its cause",
    "demand_provable": "demand leaves proof",
}
DAYS = (30, 60, 90)
# Sheet → its columns: key, what the head says, how it is read.
_SHEETS: dict[str, tuple[tuple[str, str, Callable], ...]]


@dataclass(frozen=True)
class Evaluation:
    """What was filled in: each sheet's rows, as dicts by column."""

    reaction: tuple[dict, ...] = ()
    behaviour: tuple[dict, ...] = ()
    results: tuple[dict, ...] = ()
    file: str = field(default="", compare=False)


def _mark(value) -> int:
    return _between(value, 1, 5)


def _count(value) -> int:
    return _between(value, 0, 100_000)


def _seat(value) -> int:
    return _between(value, 1, 999)


def _day(value) -> int:
    if value not in DAYS:
        raise ValueError
    return int(value)


def _between(value, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or not low <= value <= high:
        raise ValueError
    return int(value)


def _amount(value) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError
    return float(value)


def _group(value) -> str:
    text = str(value).strip().lower()
    named = {words.catalogue().get(name, name): name for name in GROUPS} | {name: name for name in GROUPS}
    if text not in named:
        raise ValueError
    return named[text]


def _phase(value) -> str:
    text = str(value).strip().lower()
    named = {words.catalogue().get(name, name): name for name in ("before", "after")} | {name: name for name in ("before", "after")}
    if text not in named:
        raise ValueError
    return named[text]


def _text(value) -> str:
    return str(value).strip()


_SHEETS = {
    "reaction": (("seat", "seat", _seat), *((key, head, _mark) for key, head in REACTION.items())),
    "behaviour": (
        ("seat", "seat", _seat), ("day", "day", _day), ("calls", "calls looked at", _count),
        *((key, head, _count) for key, head in BEHAVIOUR.items()),
    ),
    "results": (
        ("unit", "unit", _text), ("group", "group", _group), ("phase", "phase", _phase), ("sales", "credit sales", _amount),
        ("days", "days", _count), ("receivables", "receivables at the end", _amount), ("overdue", "of these overdue", _amount),
        ("bad", "bad debts", _amount),
    ),
}  # fmt: skip


def write(path: Path) -> Path:
    """Write an empty sheet in the language in use, with what to fill in where."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    about = book.active
    about.title = words.say("Read first")
    for row, line in enumerate(_instructions(), 1):
        about.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    about.column_dimensions["A"].width = 100
    for name, columns in _SHEETS.items():
        sheet = book.create_sheet(words.say(name))
        for at, (_, head, _) in enumerate(columns, 1):
            cell = sheet.cell(1, at, words.say(head))
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
            sheet.column_dimensions[get_column_letter(at)].width = 18
        sheet.freeze_panes = "A2"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _instructions() -> Iterator[str]:
    say = words.say
    yield say(
        "Put the hypotheses down before the course: the collection period falls by 20 %, the bad-debt rate by 10 %, against the others."
    )
    yield say("Reaction: one row a person on the last day, 1 (not at all) to 5 (fully). Seat numbers, no names.")
    yield say("Learning is read from the answer sheets of the two tests; nothing is typed here.")
    yield say(
        "Behaviour: one row a person and day (30, 60, 90): how many real calls were looked at, and in how many of them each thing was done."
    )
    yield say(
        "Results: two rows a unit (team or region), before and after, over the same months for all. "
        "Group: trained, or later (not yet trained in those months: the comparison). Money in CNY."
    )
    yield say("Draw lots for who is trained first. Units that chose themselves differ in more than the course.")


def read(path: Path) -> Evaluation:
    """A filled-in sheet.

    Raises
    ------
    BadInput
        It is no such workbook, or values are wrong; each with sheet, row, column and remedy.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        problem = Problem("This is not an Excel workbook.", "Make a sheet with `arsim course evaluation --sheet FILE`.", file=str(path))
        raise BadInput(problem) from error
    known = {words.catalogue().get(name, name): name for name in _SHEETS} | {name: name for name in _SHEETS}
    sheets = {known[title]: book[title] for title in book.sheetnames if title in known}
    if missing := [name for name in _SHEETS if name not in sheets]:
        values = {"name": words.say(missing[0])}
        raise BadInput(Problem("There is no sheet {name}.", "Use the sheet that arsim made.", file=str(path), values=values))
    problems: list[Problem] = []
    found = {name: tuple(_rows(sheets[name], name, str(path), problems)) for name in _SHEETS}
    problems += _unpaired(found["results"], str(path))
    if problems:
        raise BadInput(*problems)
    return Evaluation(**found, file=str(path))


def _rows(sheet, name: str, file: str, problems: list[Problem]) -> Iterator[dict]:
    where = f"{file} [{sheet.title}]"
    for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
        if all(value in (None, "") for value in cells):
            continue
        row = {}
        for place, (key, head, reader) in enumerate(_SHEETS[name]):
            value = cells[place] if place < len(cells) else None
            try:
                if value in (None, ""):
                    raise ValueError
                row[key] = reader(value)
            except ValueError:
                shown = "" if value is None else str(value)
                at = {"file": where, "row": number, "column": words.say(head), "value": shown}
                problems.append(Problem("This value does not fit.", "The sheet `Read first` says what belongs here.", **at))
        if name == "behaviour" and len(row) == len(_SHEETS[name]):
            for key in BEHAVIOUR:
                if row[key] > row["calls"]:
                    more = Problem(
                        "More than the calls looked at.",
                        "Count only those calls.",
                        file=where,
                        row=number,
                        column=words.say(BEHAVIOUR[key]),
                    )
                    problems.append(more)
        yield row


def _unpaired(rows: tuple[dict, ...], file: str) -> Iterator[Problem]:
    held: dict[str, list[dict]] = {}
    for row in rows:
        if {"unit", "group", "phase"} <= row.keys():
            held.setdefault(row["unit"], []).append(row)
    for unit, both in held.items():
        if sorted(row["phase"] for row in both) != ["after", "before"] or len({row["group"] for row in both}) != 1:
            named = {"file": file, "values": {"unit": unit}}
            yield Problem("The unit {unit} cannot be compared.", "Give it one row before and one after, in the same group.", **named)
