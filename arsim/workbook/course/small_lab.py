"""A lab with a few levers, for one question of a lesson: move them, and the picture answers. The whole one is `arsim.workbook.lab`."""

from collections.abc import Iterator

import ipywidgets as widgets

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy, levers
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import given_up, warm
from arsim.model.scenario import read_scenario
from arsim.report import words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.workbook.answers import Answer
from arsim.workbook.controls import problems
from arsim.workbook.course.lesson import show
from arsim.workbook.lab import STYLE
from arsim.workbook.lever_widget import control, row
from arsim.workbook.runner import Runner, takes_the_place
from arsim.workbook.trial import Question, Trials


class SmallLab:
    """Some levers of one policy, live, against a policy that stays.

    Parameters
    ----------
    *paths : str
        Levers, such as ``"team.collectors"``.
    base : Policy or str
        What the levers begin from.
    against : Policy or str, optional
        What it is compared with; by default `base` as it was.
    scenario : str
    days, replications, seed : int

    Raises
    ------
    BadInput
        There is no such lever, or no such policy.
    """

    def __init__(self, *paths: str, base: Policy | str = "baseline", against: Policy | str | None = None, scenario: str = "base",
                 days: int = 365, replications: int = 30, seed: int = 1):  # fmt: skip
        read = lambda policy: policy if isinstance(policy, Policy) else read_policy(policy)  # noqa: E731
        self.policy = read(base)
        self.against = read(against) if against is not None else self.policy
        self._terms = {"days": days, "replications": replications, "seed": seed, "scenario": read_scenario(scenario)}
        known = {lever.path: lever for lever in levers(self.policy)}
        if unknown := [path for path in paths if path not in known]:
            raise BadInput(Problem("There is no lever {name}.", "`arsim policy levers` lists them.", values={"name": unknown[0]}))
        self.error: Exception | None = None
        self.trials, self.runner, self.answer = Trials(), Runner(self._failed), Answer()
        self.levers = {path: control(known[path]) for path in paths}
        self._begun = {path: holder.value for path, holder in self.levers.items()}
        self.said = widgets.HTML()
        self.reset = widgets.Button(description=words.say("Back to the beginning"), layout={"width": "auto", "align_self": "flex-start"})
        self.reset.on_click(lambda _: self._put_back())
        for path, holder in self.levers.items():
            holder.observe(lambda change, path=path: self._move(path, change["new"]), "value")
        rows = [row(known[path], holder) for path, holder in self.levers.items()]
        left = widgets.VBox([*rows, self.reset, self.said], layout={"width": "330px", "flex": "0 0 auto", "margin": "0 12px 0 0"})
        self.answer.stop.layout.display = "none"
        top = widgets.HBox([left, self.answer.beside], layout={"flex_flow": "row wrap"})
        self.box = widgets.VBox([widgets.HTML(STYLE), top, self.answer.headline])
        self.box.add_class("arsim-lab")

    def show(self) -> None:
        """Display it and begin."""
        takes_the_place(" ".join(self.levers), self.runner.stop)
        show(self.box)
        self.runner.begin(self._steps, settle=0)

    def _steps(self) -> Iterator[None]:
        """The answer as it grows: the first replication at once, later ones the more seldom the less they change."""
        company, firm, due = Company.demo(), Firm(), 1
        question = Question(company, self.against, self.policy, **self._terms)
        asked = question.replications
        self.answer.tell(words.say("{done} of {asked} replications", done=0, asked=asked), 0)
        self.answer.prepares(warm(), given_up())
        yield
        for found in self.trials.growing(question):
            if found:
                done = len(found.replications)
                self.answer.tell(words.say("{done} of {asked} replications", done=done, asked=asked), done / asked)
                if done >= due or done == asked:
                    self.answer.draw(found, company, firm)
                    due = int(1.3 * done) + 1
            yield
        self.answer.tell(words.say("{asked} replications done", asked=asked), 1)
        self.answer.prepares(warm(), given_up())

    def _move(self, path: str, value) -> None:
        try:
            self.policy = self.policy.replace({path: value})
            self.said.value = ""
        except BadInput as error:
            self.said.value = problems(error)
            return
        self.runner.begin(self._steps)

    def _put_back(self) -> None:
        for path, value in self._begun.items():
            self.levers[path].value = value

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.answer.tell(words.say("Something went wrong: {error}. Undo the last change, or restart the notebook.", error=repr(error)), 0)
