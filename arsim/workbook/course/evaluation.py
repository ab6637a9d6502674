"""The evaluation of a course: the filled-in sheet and the answer sheets in, four levels of evidence out."""

import html
import tempfile
from pathlib import Path

import ipywidgets as widgets
import numpy as np

from arsim.domain.problem import BadInput
from arsim.report import evaluation as report
from arsim.report import words
from arsim.workbook.controls import problems
from arsim.workbook.course.answer_sheet import TIMES, AnswerSheet, read_sheets
from arsim.workbook.course.bank import LENGTH
from arsim.workbook.course.evaluation_sheet import BEHAVIOUR, DAYS, REACTION, Evaluation, read


def text(found: Evaluation, sheets: list[AnswerSheet]) -> str:
    """Four levels, each with what it shows; a level without data says so."""
    say = words.say
    nothing = say("Nothing was filled in here.")
    parts = [("1 · " + say("Reaction"), _reaction(found)), ("2 · " + say("Learning"), _learning(sheets))]
    parts += [("3 · " + say("Behaviour"), _behaviour(found)), ("4 · " + say("Results"), _results(found))]
    return "\n\n".join(f"{title}\n{told or nothing}" for title, told in parts)


def _reaction(found: Evaluation) -> str:
    return report.reaction({head: [row[key] for row in found.reaction] for key, head in REACTION.items()}) if found.reaction else ""


def _learning(sheets: list[AnswerSheet]) -> str:
    scores = {when: {sheet.seat: sum(sheet.marks()) for sheet in sheets if sheet.when == when} for when in TIMES}
    both = sorted(scores[TIMES[0]].keys() & scores[TIMES[1]].keys())
    return report.learning(*([scores[when][seat] for seat in both] for when in TIMES), LENGTH) if both else ""


def _behaviour(found: Evaluation) -> str:
    rows = [(row["day"], head, row[key], row["calls"]) for key, head in BEHAVIOUR.items() for row in found.behaviour]
    return report.behaviour(rows) if rows else ""


def _results(found: Evaluation) -> str:
    held: dict[str, dict[str, dict]] = {}
    for row in found.results:
        held.setdefault(row["unit"], {})[row["phase"]] = row
    measures = {
        "period": lambda row: row["receivables"] / row["sales"] * row["days"] if row["sales"] else 0.0,
        "overdue": lambda row: row["overdue"] / row["receivables"] if row["receivables"] else 0.0,
        "bad": lambda row: row["bad"] / row["sales"] if row["sales"] else 0.0,
    }
    sides = []
    for group in ("trained", "later"):
        units = [both for both in held.values() if both["before"]["group"] == group]
        made = {key: np.array([[of(both["before"]), of(both["after"])] for both in units]).reshape(-1, 2) for key, of in measures.items()}
        sides.append(made)
    return report.results(*sides) if held else ""


def practice() -> tuple[Evaluation, list[AnswerSheet]]:
    """An invented evaluation to practise on: 16 people, 12 regions, seeded; in it the period falls by a tenth and bad debts do not move."""
    rng = np.random.default_rng(3)
    reaction = tuple({"seat": seat} | {name: int(rng.integers(3, 6)) for name in REACTION} for seat in range(1, 17))
    behaviour = tuple(
        {"seat": seat, "day": day, "calls": 10} | {thing: int(rng.binomial(10, 0.75 - day / 300)) for thing in BEHAVIOUR}
        for seat in range(1, 17) for day in DAYS
    )  # fmt: skip
    results = []
    for unit in range(12):
        group, season = ("trained", "later")[unit % 2], 1.06
        for phase in TIMES:
            late = season * (0.9 if group == "trained" else 1) if phase == "after" else 1
            sales = float(rng.normal(3e6, 2e5))
            owed = sales * 60 / 90 * late * float(rng.normal(1, 0.02))
            row = {"unit": f"R{unit + 1}", "group": group, "phase": phase, "sales": sales, "days": 90, "receivables": owed}
            results.append(row | {"overdue": owed * float(rng.normal(0.2, 0.02)), "bad": sales * float(rng.normal(0.004, 0.0006))})
    return Evaluation(reaction, behaviour, tuple(results)), _sat(rng)


def _sat(rng: np.random.Generator) -> list[AnswerSheet]:
    from arsim.workbook.course.answer_sheet import form_of
    from arsim.workbook.course.bank import form

    sheets = []
    for seat in range(1, 17):
        for when, right in zip(TIMES, (0.4, 0.68), strict=True):
            letter, answers = form_of(seat, when), {}
            for item in form(letter):
                wrong = (item.answer + 1) % len(item.option) if item.option else item.answer + 1000
                answers[item.name] = item.answer if rng.random() < right else wrong
            sheets.append(AnswerSheet(seat, when, letter, answers))
    return sheets


class EvaluationRoom(widgets.VBox):
    """Bring a filled-in sheet and the folder of answer sheets, or practise on invented ones."""

    def __init__(self):
        say = words.say
        self.upload = widgets.FileUpload(accept=".xlsx", description=say("Choose a file"), layout={"width": "150px"})
        self.folder = widgets.Text(placeholder=say("folder with the answer sheets, such as my_answers"), continuous_update=False)
        self.folder.layout = {"width": "420px"}
        self.practise = widgets.Button(description=say("Practise on an invented evaluation"), layout={"width": "auto"})
        self.said = widgets.HTML()
        super().__init__([widgets.HBox([self.upload, self.folder, self.practise], layout={"flex_flow": "row wrap"}), self.said])
        self._sheet = Evaluation()
        self.upload.observe(lambda _: self._bring(), "value")
        self.folder.observe(lambda _: self._show(), "value")
        self.practise.on_click(lambda _: self._tell(words.say("Invented, to practise on:"), text(*practice())))

    def _bring(self) -> None:
        if not self.upload.value:
            return
        with tempfile.TemporaryDirectory(prefix="arsim-sheet-") as folder:
            path = Path(folder) / Path(self.upload.value[0]["name"]).name
            path.write_bytes(bytes(self.upload.value[0]["content"]))
            try:
                self._sheet = read(path)
            except BadInput as error:
                self.said.value = problems(error)
                return
        self._show()

    def _show(self) -> None:
        try:
            sheets = read_sheets(Path(self.folder.value.strip())) if self.folder.value.strip() else []
        except BadInput as error:
            self.said.value = problems(error)
            return
        self._tell("", text(self._sheet, sheets))

    def _tell(self, head: str, told: str) -> None:
        self.said.value = f"<p><b>{html.escape(head)}</b></p><pre style='white-space:pre-wrap;font-size:13px'>{html.escape(told)}</pre>"
