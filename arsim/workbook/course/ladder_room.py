"""A policy of one's own against the course's: build it, see value, risk and relationship against the rivals, save it as a file."""

from collections.abc import Iterator

import ipywidgets as widgets

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.engine.engines import given_up, warm
from arsim.model.scenario import read_scenario
from arsim.report import side_by_side, words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.comparison import Comparison, Replication
from arsim.workbook.answers import Answer
from arsim.workbook.controls import PolicyPanel
from arsim.workbook.course.lesson import show, table_html
from arsim.workbook.lab import STYLE
from arsim.workbook.runner import Runner, takes_the_place
from arsim.workbook.shelf import Shelf
from arsim.workbook.trial import Question, Trials

MINE = "mine"


class LadderRoom:
    """The learner's policy, live, against policies that stay; the first of them is what all are held against.

    Parameters
    ----------
    *rivals : Policy or str
    base : str
        Built-in policy, or file of the user's, that the learner's begins from.
    name : str
        Under which it is saved unless the learner changes it.
    scenario : str
    days, replications, seed : int
    shelf : Shelf, optional
        Where the user's policies lie.
    """

    def __init__(self, *rivals: Policy | str, base: str = "baseline", name: str = "my_policy_v1", scenario: str = "base", days: int = 365,
                 replications: int = 20, seed: int = 1, shelf: Shelf | None = None):  # fmt: skip
        shelf = shelf or Shelf()
        self.rivals = tuple(one if isinstance(one, Policy) else read_policy(one) for one in rivals or ("baseline",))
        saved = f"{name}.toml"
        self.panel = PolicyPanel(saved if (shelf.folder / saved).exists() else base, self._changed, shelf)
        self.panel.name.value = name
        self.terms = {"days": days, "replications": replications, "seed": seed, "scenario": read_scenario(scenario)}
        self.trials, self.runner, self.answer = Trials(), Runner(self._failed), Answer()
        self.answer.stop.layout.display = "none"
        self.answer.picture.layout.height = "auto"
        self.found: Comparison | None = None
        self.error: Exception | None = None
        left = widgets.VBox([self.panel], layout={"width": "330px", "flex": "0 0 auto", "margin": "0 12px 0 0", "max_height": "520px"})
        left.layout.overflow = "hidden auto"
        top = widgets.HBox([left, widgets.VBox([self.answer.beside, self.answer.table])], layout={"flex_flow": "row wrap"})
        self.box = widgets.VBox([widgets.HTML(STYLE), top])
        self.box.add_class("arsim-lab")

    def show(self) -> None:
        """Display it and begin."""
        takes_the_place("ladder", self.runner.stop)
        show(self.box)
        self.runner.begin(self.steps, settle=0)

    @property
    def mine(self) -> Policy:
        """The learner's policy as it stands."""
        language = words.language()
        return self.panel.policy.model_copy(update={"name": MINE, "title": {language: words.say("Your policy")}})

    def steps(self) -> Iterator[None]:
        """Run what is not known yet, then show the whole."""
        company, policies, asked = Company.demo(), (*self.rivals, self.mine), self.terms["replications"]
        self.answer.prepares(warm(), given_up())
        rounds = {}
        for at, policy in enumerate(policies[1:], 1):
            for found in self.trials.growing(Question(company, policies[0], policy, **self.terms)):
                if found:
                    rounds[policy.name] = found
                    share = (at - 1 + len(found.replications) / asked) / (len(policies) - 1)
                    self.answer.tell(words.say("{at} of {count} policies", at=at, count=len(policies) - 1), share)
                yield
        yield  # a last chance to be stopped before the drawing
        self.found = self._together(policies, rounds)
        firm = Firm()
        self.answer.picture.value = side_by_side.picture(self.found, firm.currency)
        self.answer.table.value = table_html(side_by_side.rows(self.found, firm))
        self.answer.prepares(warm(), given_up())

    def _together(self, policies: tuple[Policy, ...], rounds: dict[str, Comparison]) -> Comparison:
        """One comparison of all, out of those of each with the first."""
        first, replications = policies[0].name, []
        for number in range(self.terms["replications"]):
            outcomes = {name: found.replications[number].outcomes["b"] for name, found in rounds.items()}
            outcomes[first] = next(iter(rounds.values())).replications[number].outcomes["a"]
            replications.append(Replication(number, outcomes, {}))
        terms = self.terms
        return Comparison(policies, tuple(replications), terms["replications"], terms["days"], terms["seed"], terms["scenario"])

    def _changed(self) -> None:
        self.runner.begin(self.steps)

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.answer.tell(words.say("Something went wrong: {error}. Undo the last change, or restart the notebook.", error=repr(error)), 0)
