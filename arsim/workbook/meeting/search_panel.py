"""Looking for better policies: levers, limits and a budget asked, the front shown, a point of it taken as policy B."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import ipywidgets as widgets

from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.study.aim import AIMS
from arsim.study.exploration import Exploration
from arsim.study.explore import explore
from arsim.study.question import fingerprint
from arsim.study.space import Space
from arsim.workbook.lever_widget import caption
from arsim.workbook.meeting.front_view import FrontView
from arsim.workbook.meeting.lever_choice import LeverChoice, differing
from arsim.workbook.meeting.limits import Limits
from arsim.workbook.meeting.pace import foretold, told
from arsim.workbook.meeting.work import Work, small
from arsim.workbook.trial import A, B

if TYPE_CHECKING:
    from arsim.workbook.lab import Lab

BUDGET = 2000  # as `arsim explore`


@dataclass(frozen=True)
class Begun:
    """The side a search begins from, as it stood then."""

    base: str
    policy: Policy


class SearchPanel(Work):
    """What to search over, and what came out.

    Parameters
    ----------
    lab : Lab
    """

    def __init__(self, lab: "Lab"):
        say = words.say
        self.base = widgets.Dropdown(options=[(say("Policy B"), B), (say("Policy A"), A)], layout={"width": "160px"})
        self.lab = lab
        self.levers, self.limits = LeverChoice(*self._pair), Limits(lab.firm.currency)
        self.budget = widgets.BoundedIntText(BUDGET, 1, 10**7, step=500, layout={"width": "110px"})
        self.takes = widgets.HTML()
        self.takes.add_class("arsim-takes")
        super().__init__(lab, say("Look for better policies"), [
            caption(say("Levers are moved within bounds of your choice, on the company, days and scenario above; what remains are the "
                        "policies that no other beats on net value, overdue share, goodwill and contact minutes. At the end they are "
                        "judged on luck the search has not seen.")),
            widgets.HBox([caption(say("Begin from, and compare with:")), self.base], layout={"align_items": "center"}),
            self.levers, caption(say("Keep to (empty: no limit)")), self.limits,
            widgets.HBox([caption(say("Runs in all, one policy in one replication each:")), self.budget, self.takes],
                         layout={"align_items": "center", "flex_flow": "row wrap"}),
        ])  # fmt: skip
        self.view: FrontView | None = None
        self._each: dict[tuple, float] = {}  # by company and days, seconds a run of a search took
        self._folder: tempfile.TemporaryDirectory | None = None  # for what was run, so that a search that was stopped goes on
        self.base.observe(lambda _: self._offer(), "value")
        self.budget.observe(lambda _: self._foretell(), "value")
        self._foretell()
        self.levers.begin(differing(*self._pair))

    def work(self) -> Iterator[None]:
        """Search; left between two runs if something else is wanted."""
        lab, question = self.lab, self.lab.question
        base = dict(zip((A, B), question.policies, strict=True))[self.base.value]
        begun = Begun(lab.sides[self.base.value].base, lab.sides[self.base.value].policy)
        wanted, most, company, firm = self.levers.asked, self.limits.asked, lab.company, lab.firm
        space = Space.of(base, wanted)
        began, first = perf_counter(), []

        def progress(done: int, budget: int) -> None:
            first.append(done)  # what an earlier, stopped search had run comes at once, and says nothing of the pace
            share, passed = done / budget, perf_counter() - began
            left = passed / share * (1 - share)
            said = words.say("{done:,} of {budget:,} runs", done=done, budget=budget)
            self.tell(words.say("{done}; {time} left", done=said, time=told(left)) if passed > 3 and share < 0.97 else said, share)

        found = explore(
            wanted, base, company, question.days, self.budget.value, most, (), AIMS, question.scenario, question.seed,
            keep=self._kept(space, question), progress=progress,
        )  # fmt: skip
        self._each[company, question.days] = (perf_counter() - began) / max(1, found.spent)
        self.view = FrontView(found, firm, lambda place: self._take(found, begun, place))
        self.show(self.view)
        self._foretell()
        yield

    def left(self) -> str:
        """What was run is kept as long as the notebook runs."""
        return words.say("Stopped before its end. What was run is kept: press the button again, and it goes on from there.")

    def stale(self) -> None:
        """Another base may have other levers."""
        super().stale()
        self._offer()

    def here(self, problem: Problem) -> Problem:
        """Levers by what they are called."""
        return self.levers.here(problem)

    def asked(self) -> tuple:
        """The policy begun from, company, days, luck and world."""
        question = self.lab.question
        return self.lab.sides[self.base.value].policy, question.company, question.days, question.seed, question.scenario

    @property
    def _pair(self) -> tuple[Policy, Policy]:
        """The policy begun from, and the other."""
        one, other = (self.lab.sides[letter].policy for letter in ((B, A) if self.base.value == B else (A, B)))
        return one, other

    def _offer(self) -> None:
        self.levers.offer(*self._pair)
        self._foretell()

    def _foretell(self) -> None:
        lab = self.lab
        if lab.company is None:
            return
        question = lab.question
        seconds = foretold(self.budget.value, lab.trials.pace(question), self._each.get((lab.company, question.days)))
        self.takes.value = small(words.say("On this computer: {time}.", time=told(seconds)) if seconds else
                                 words.say("How long that takes is known once the lab has run."))  # fmt: skip

    def _kept(self, space: Space, question) -> Path:
        """A passing folder for the runs of this very search."""
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="arsim-search-")
        asked = [space.base.model_dump_json(), [(each.path, each.values) for each in space.axes], fingerprint(question.company),
                 question.days, question.seed, question.scenario, [one.key for one in self.limits.asked]]  # fmt: skip
        return Path(self._folder.name) / sha256(repr(asked).encode()).hexdigest()[:16]

    def _take(self, found: Exploration, begun: Begun, place: int) -> None:
        policy = begun.policy.replace(found.space.values(found.found.front[place].candidate))
        side = self.lab.sides[B]
        try:
            side.show(begun.base, policy)
        except BadInput:  # the file it was begun from is gone; its levers are all here
            side.show(side.base, policy)
        side.name.value = found.policies[place].name
        title = found.policies[place].called(words.language())
        self.view.taken.value = small(words.say("Policy B is now {title}; the lab above answers for it. Save it there under a name of "
                                                "your own.", title=title))  # fmt: skip
