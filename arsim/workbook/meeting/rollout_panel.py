"""The rollout plan: champion and challenger by lot, from what stands in the lab; and its sheet."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import ipywidgets as widgets

from arsim.domain.problem import BadInput, Problem
from arsim.report import rollout, rollout_sheet, words
from arsim.report.firm import Firm
from arsim.study.rollout_plan import plan
from arsim.study.trial_figures import FIGURES
from arsim.study.trial_plan import Plan
from arsim.workbook.controls import problems
from arsim.workbook.lever_widget import caption
from arsim.workbook.meeting import place
from arsim.workbook.meeting.own import own
from arsim.workbook.meeting.plan_view import plan_html
from arsim.workbook.meeting.work import Work

if TYPE_CHECKING:
    from arsim.workbook.lab import Lab

REPLICATIONS = 20  # as `arsim rollout plan`
_SHORT = {"width": "90px"}


class RolloutPanel(Work):
    """What is asked of a trial, the plan, and a button that writes its sheet.

    Parameters
    ----------
    lab : Lab
    """

    def __init__(self, lab: "Lab"):
        say = words.say
        self.main = widgets.Dropdown(options=[(rollout.label(key), key) for key in FIGURES], layout={"width": "300px"})
        self.months = widgets.BoundedIntText(6, 1, 36, layout=_SHORT)
        self.power = widgets.Dropdown(options=[("80 %", 0.8), ("90 %", 0.9)], layout=_SHORT)
        self.looks = widgets.Dropdown(options=[1, 2, 3], value=3, layout=_SHORT)
        self.arm = widgets.BoundedIntText(0, 0, 10**6, layout=_SHORT)
        self.plan: Plan | None = None
        self._firm = Firm()
        asked = [(say("Main figure"), self.main), (say("Months"), self.months), (say("Chance to see the effect"), self.power),
                 (say("Looks, the end among them"), self.looks), (say("Customers in each arm (0: all take part)"), self.arm)]  # fmt: skip
        fields = [widgets.VBox([caption(label), field], layout={"margin": "0 16px 4px 0"}) for label, field in asked]
        super().__init__(lab, say("Plan the rollout"), [
            caption(say("A trial by lot: Policy A stays for some customers (champion), Policy B is tried on others (challenger). The plan "
                        "says how many it takes, for how long, and when to stop. Horizon and replications under Run play no part.")),
            widgets.HBox(fields, layout={"flex_flow": "row wrap"}),
        ])  # fmt: skip
        self.file = widgets.Text(placeholder=say("empty: a new file in {folder}", folder=place.FOLDER), layout={"width": "420px"})
        self.write = widgets.Button(description=say("Write the sheet (XLSX)"), layout={"width": "auto"})
        self.write.add_class("arsim-write-sheet")
        self.wrote = widgets.HTML()
        self._sheet = widgets.VBox([
            caption(say("The sheet has the plan, the customers drawn and columns for the results. Fill it in during the trial, and read it "
                        "back under “{tab}”.", tab=say("Results of a rollout"))),
            widgets.HBox([self.write, self.file], layout={"flex_flow": "row wrap"}), self.wrote,
        ])  # fmt: skip
        self.told = widgets.HTML()
        self.told.add_class("arsim-plan-told")
        self.write.on_click(lambda _: self._write())

    def work(self) -> Iterator[None]:
        """Simulate courses of luck under both, and plan."""
        lab, question = self.lab, self.lab.question
        firm, company, said = lab.firm, lab.company, words.say("{done} of {asked} courses of luck")
        self.tell(words.say("Working out what each customer was like before ..."), 0)
        history = lab.history()
        yield
        found = plan(
            *own(question), company, self.main.value, self.months.value, self.power.value, self.looks.value, history, None,
            self.arm.value, REPLICATIONS, question.seed, question.scenario,
            progress=lambda done, asked: self.tell(said.format(done=done, asked=asked), done / asked),
        )  # fmt: skip
        self.plan, self._firm, self.wrote.value = found, firm, ""
        self.told.value = plan_html(found, firm, company.population.start, question.scenario)
        self.show(self._sheet, self.told)
        yield

    def asked(self) -> tuple:
        """Both policies, the company, luck and world."""
        question = self.lab.question
        return question.policies, question.company, question.seed, question.scenario

    def _write(self) -> None:
        path = place.typed(self.file.value, place.free("rollout_plan", ".xlsx"))
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
        try:
            if path.exists():
                raise BadInput(Problem("There is a file of this name already; what was filled in there would be lost.",
                                       "Give another name.", file=str(path)))  # fmt: skip
            path.parent.mkdir(parents=True, exist_ok=True)
            rollout_sheet.write(self.plan, path, self._firm, self.plan.company.population.start)
        except BadInput as error:
            self.wrote.value = problems(error)
        except OSError as error:
            self.wrote.value = problems(BadInput(replace(UNWRITABLE, file=str(path), values={"reason": error.strerror or str(error)})))
        else:
            self.wrote.value = place.written([path])


UNWRITABLE = Problem("The file cannot be written ({reason}).", "If it is open in Excel, close it there; or choose another folder.")
