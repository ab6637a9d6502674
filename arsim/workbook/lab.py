"""The lab: pick a company and two policies, move levers, watch what follows. It never keeps the kernel waiting."""

import html
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.engine.engines import given_up, warm
from arsim.model.scenario import read_scenario
from arsim.report import words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.study.trial_figures import Records
from arsim.workbook import memory
from arsim.workbook.answers import Answer
from arsim.workbook.companies import CompanyPanel, Wish
from arsim.workbook.controls import PolicyPanel
from arsim.workbook.how_far import how_far
from arsim.workbook.lab_style import STYLE
from arsim.workbook.meeting.fold import Meeting
from arsim.workbook.memory import Setting, Side, Source
from arsim.workbook.movers_panel import MoversPanel
from arsim.workbook.recall import put_back
from arsim.workbook.run_panel import RunPanel
from arsim.workbook.runner import Runner, takes_the_place
from arsim.workbook.shelf import Shelf
from arsim.workbook.trial import A, B, Question, Stage, Trials
from arsim.workbook.worlds_panel import WorldsPanel

FIRST = {A: "do_nothing", B: "source_recovery_plan"}  # what the notebook asks about


class Lab:
    """Two policies in one company, live.

    Parameters
    ----------
    remember : Path, optional
        File that keeps the user's choices over a restart; by default one of the user's own.

    Examples
    --------
    >>> lab = Lab(Path("nowhere") / "lab.json")
    >>> lab.sides["b"].levers["team.attempts"].max
    10
    """

    def __init__(self, remember: Path | None = None):
        say = words.say
        self._memory, self._quiet, self._live, self._touched = remember or memory.home(), True, False, False
        self.error: Exception | None = None  # what broke last, if anything did
        self.stage: Stage | None = None  # the newest answer
        self.company: Company | None = None
        self.firm = Firm()
        self._wish = self._learnt = Wish(Source())  # what is still to be learnt about, and where the company at hand came from
        self.trials, self.runner, self.answer = Trials(), Runner(self._failed), Answer()
        self.companies = CompanyPanel(self._choose)
        self.worlds = WorldsPanel(lambda: self.do(lambda: self.worlds.steps(self.question, self.answer.tell)))
        self.movers = MoversPanel(lambda: self.do(lambda: self.movers.steps(self.question, self.firm, self.answer.tell)))
        self.meeting = Meeting(self)
        self.answer.beside_intervals(widgets.VBox([self.worlds, self.movers, self.meeting]))
        shelf = Shelf()
        self.sides = {letter: PolicyPanel(base, self._changed, shelf) for letter, base in FIRST.items()}
        for letter, panel in self.sides.items():
            panel.add_class(f"arsim-{letter}")
        self.run = RunPanel(self._changed)
        self.days, self.replications, self.seed = self.run.days, self.run.replications, self.run.seed
        self.scenario, self.usual = self.run.scenario, self.run.usual
        self.answer.stop.on_click(lambda _: self.stop_or_go())
        self.note = widgets.HTML()
        self._recall()
        narrow = {"width": "330px", "flex": "0 0 auto", "margin": "0 12px 0 0"}
        self.tabs = widgets.Tab([self.sides[B], self.sides[A], self.companies, self.run], layout=narrow)
        self.tabs.titles = [say("Policy B"), say("Policy A"), say("Company"), say("Run")]
        for child in self.tabs.children:
            child.add_class("arsim-panel")
            child.layout.max_height, child.layout.overflow = "500px", "hidden auto"
        top = widgets.HBox([self.tabs, self.answer.beside], layout={"flex_flow": "row wrap"})
        self.box = widgets.VBox([widgets.HTML(STYLE), self.note, top, self.answer.below])
        self.box.add_class("arsim-lab")
        self._quiet = False

    def show(self) -> None:
        """Display the lab and begin."""
        from IPython.display import display

        takes_the_place("lab", self.close)
        bundle = self.box._repr_mimebundle_()
        bundle["text/plain"] = words.say("The lab appears here when the notebook is run.")  # all that stays in the file
        display(bundle, raw=True)
        self.start()

    def start(self) -> None:
        """Work in the background from now on, and again whenever something is moved."""
        self._live = True
        self.runner.begin(self._steps, settle=0)

    def close(self) -> None:
        """Stop working for good."""
        self._live = False
        self.runner.stop()

    def run_now(self, replications: int | None = None) -> Stage:
        """Answer in the foreground, all of it, without a kernel; for scripts and tests.

        Raises
        ------
        BadInput
            If the chosen ledger cannot be used.
        """
        self.runner.stop()
        self.runner.wait()
        if replications:
            self._quiet, self.replications.value = True, replications
            self._quiet = False
        if self._wish:
            self._learn(self._wish)
        for _ in self._answer(lambda: True):
            pass
        return self.stage

    @property
    def setting(self) -> Setting:
        """Everything chosen, as it is remembered."""
        sides = {letter: Side(panel.base, panel.policy) for letter, panel in self.sides.items()}
        numbers = self.days.value, self.replications.value, self.seed.value
        return Setting(self._learnt.source, sides, *numbers, self.scenario.value, self.run.sure.until)

    @property
    def question(self) -> Question:
        """What is asked at the moment."""
        a, b = self.sides[A].titled, self.sides[B].titled
        scenario = read_scenario(self.scenario.value)
        numbers = self.days.value, self.replications.value, self.seed.value
        return Question(self.company, a, b, *numbers, scenario, self.run.sure.rule)

    def history(self) -> Records | None:
        """The invoices from before day 0 of the company at hand; None where no ledger tells them.

        Raises
        ------
        BadInput
            The ledger's file is gone or was changed so that it cannot be read.
        """
        return self._learnt.history(self.company)

    def do(self, work: Callable[[], Iterable[None]]) -> None:
        """The answer, which is at hand if it was given before; then `work`, given as steps. Whatever is moved meanwhile takes its place."""
        self.runner.begin(lambda: self._then(work), settle=0)

    def _then(self, work: Callable[[], Iterable[None]]) -> Iterator[None]:
        yield from self._steps()
        self.answer.stop.disabled = False
        yield from work()
        self.answer.stop.disabled = True

    def _steps(self) -> Iterator[None]:
        """The work: learn about the company if a new one is wished for, then answer."""
        self.answer.stop.description, self.answer.stop.disabled = words.say("Stop"), False
        if self._wish:
            self.answer.tell(words.say("Getting to know the company ..."), 0)
            yield
            try:
                self._learn(self._wish)
            except BadInput as error:
                self._wish = None
                self.companies.refuse(error)
                self.company = self.company or Company.demo()
            yield
        if self._touched and not memory.save(self.setting, self._memory):
            self._note(words.say("Your choices cannot be remembered on this computer; a restart will begin afresh."))
        yield from self._answer(lambda: self.runner.wanted)
        self.answer.stop.disabled = True

    def _learn(self, wish: Wish) -> None:
        company, told, firm = wish.learn(self._progress)
        self.company, self.firm, self._learnt, self._wish = company, firm, wish, None
        self.companies.welcome(told)

    def _progress(self, share: float) -> None:
        self.runner.check()
        self.answer.tell(words.say("Learning from the ledger how its customers pay ..."), share)

    def _answer(self, wanted: Callable[[], bool]) -> Iterator[None]:
        """Run, and show what is worth showing: the first replication at once, later ones the more seldom the less they change."""
        question, company, firm, due = self.question, self.company, self.firm, 1
        self.answer.tell(*how_far(question))
        self.answer.prepares(warm(), given_up())
        yield
        for stage in self.trials.stages(question):
            if not wanted():
                return
            if stage:
                self.answer.tell(*how_far(question, stage))
                again, done = stage.without, len((stage.without or stage.found).replications)
                if done == 1 and not again or self.stage is None:
                    self.answer.rests(None, None, company, firm, question.scenario)
                if done >= due or done == stage.found.asked:
                    self.answer.rests(stage.found, again, company, firm, question.scenario) if again else self.answer.draw(
                        stage.found, company, firm
                    )
                    due = 1 if done == stage.found.asked else int(1.3 * done) + 1
                self.stage = stage
            yield
        self.answer.tell(words.say("{asked} replications done", asked=self.stage.found.asked), 1)
        self.answer.prepares(warm(), given_up())

    def _changed(self) -> None:
        if self._quiet:
            return
        self._touched = True
        self.worlds.stale(), self.movers.stale(), self.meeting.stale()
        learning = self._wish and self.runner.busy  # let it finish: the answer that follows will ask with what is chosen then
        if self._live and not learning:
            self.runner.begin(self._steps)

    def _choose(self, wish: Wish) -> None:
        self._wish, self._touched = wish, True
        self.worlds.stale(), self.movers.stale(), self.meeting.stale()
        if self._live:
            self.runner.begin(self._steps)

    def stop_or_go(self) -> None:
        """Stop what is going on; if nothing is, go on with the answer."""
        if self.runner.busy:
            self.runner.stop()
            self.answer.stop.description = words.say("Go on")
        else:
            self.runner.begin(self._steps)

    def _recall(self) -> None:
        setting, spoilt = memory.recall(self._memory)
        if spoilt:
            self._note(words.say("What was remembered from last time cannot be used any more; the lab begins afresh."))
        if not setting:
            return
        self._note(*put_back(setting, self.sides, FIRST, self.run, self.companies))
        if setting.source.kind != "upload":
            self._wish = Wish(setting.source)

    def _note(self, *texts: str) -> None:
        self.note.value = "".join(f'<p class="arsim-small">{html.escape(text)}</p>' for text in texts)

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.answer.tell(words.say("Something went wrong: {error}. Undo the last change, or restart the notebook.", error=repr(error)), 0)
