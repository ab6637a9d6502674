"""A filled-in test as a file: a seat number instead of a name, the form, the answers. It leaves the computer only by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.workbook.course.bank import form
from arsim.workbook.course.item import FORMS, Item

TIMES = ("before", "after")
FOLDER = "my_answers"
VERSION = 1


@dataclass(frozen=True)
class AnswerSheet:
    """One trainee's answers to one form.

    Parameters
    ----------
    seat : int
        The number the instructor gave; no name.
    when : {"before", "after"}
    form : {"A", "B"}
    answers : mapping
        Item's name → number, or position of an option; items not attempted are missing.
    """

    seat: int
    when: str
    form: str
    answers: Mapping[str, float] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Item, ...]:
        """What was asked."""
        return form(self.form)

    def marks(self) -> list[bool]:
        """Right or not, item by item; what was not attempted is not right."""
        return [item.judge(self.answers.get(item.name)).right is True for item in self.items]

    def write(self, folder: Path) -> Path:
        """Write it into `folder`; a later one of the same seat and time takes its place."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.when}-{self.seat:03d}.json"
        content = {"version": VERSION, "seat": self.seat, "when": self.when, "form": self.form, "answers": dict(self.answers)}
        write_whole(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
        return path


def form_of(seat: int, when: str) -> str:
    """Half the seats begin with form A, half with form B, so that an easier form cannot look like learning."""
    return FORMS[(seat + TIMES.index(when)) % 2]


def read_sheet(path: Path) -> AnswerSheet:
    """The sheet in a file.

    Raises
    ------
    BadInput
        It is not one, or its answers do not belong to its form.
    """
    file = {"file": str(path)}
    try:
        content = json.loads(path.read_text("utf-8"))
        sheet = AnswerSheet(content["seat"], content["when"], content["form"], content["answers"])
        sound = type(sheet.seat) is int and sheet.seat > 0 and sheet.when in TIMES and sheet.form in FORMS and content["version"] == VERSION
    except (OSError, ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise BadInput(Problem("This is not an answer sheet.", "Ask for the sheet again.", **file))
    known = {item.name: len(item.option) for item in sheet.items}
    for name, answer in sheet.answers.items():
        if name not in known:
            raise BadInput(
                Problem("Form {form} has no such item.", "Ask for the sheet again.", **file, column=name, values={"form": sheet.form})
            )
        if type(answer) not in (int, float) or known[name] and answer not in range(known[name]):
            raise BadInput(
                Problem("This is not an answer to the item.", "Ask for the sheet again.", **file, column=name, value=str(answer))
            )
    return sheet


def read_sheets(folder: Path) -> list[AnswerSheet]:
    """All sheets in a folder, or every fault in them at once.

    Raises
    ------
    BadInput
        There are none, one cannot be read, or two are of the same seat and time.
    """
    sheets, problems, seen = [], [], {}
    for path in sorted(folder.glob("**/*.json")):
        try:
            sheet = read_sheet(path)
        except BadInput as error:
            problems += error.problems
            continue
        if other := seen.get((sheet.seat, sheet.when)):
            twice = {"file": str(path), "values": {"other": str(other), "seat": sheet.seat}}
            problems.append(Problem("Seat {seat} has handed in the same test twice; see {other}.", "Keep one of the two sheets.", **twice))
        seen[sheet.seat, sheet.when] = path
        sheets.append(sheet)
    if problems:
        raise BadInput(*problems)
    if not sheets:
        raise BadInput(Problem("There are no answer sheets here.", "Collect the files from my_answers into one folder.", file=str(folder)))
    return sheets
