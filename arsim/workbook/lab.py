"""The lab: pick a company and two policies, move levers, watch what follows. It never keeps the kernel waiting."""

import html
from collections.abc import Callable, Iterator
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.engine.engines import given_up, warm
from arsim.model.scenario import BASE, read_scenario, scenarios
from arsim.report import words
from arsim.report.firm import Firm
from arsim.study.company import Company
from arsim.workbook import memory
from arsim.workbook.answers import Answer
from arsim.workbook.companies import CompanyPanel, Wish
from arsim.workbook.controls import PolicyPanel
from arsim.workbook.lever_widget import caption
from arsim.workbook.memory import Setting, Side, Source
from arsim.workbook.movers_panel import MoversPanel
from arsim.workbook.runner import Runner, takes_the_place
from arsim.workbook.shelf import Shelf
from arsim.workbook.trial import A, B, Question, Stage, Trials
from arsim.workbook.worlds_panel import WorldsPanel

FIRST = {A: "do_nothing", B: "source_recovery_plan"}  # what the notebook asks about
USUAL = {"days": 365, "replications": 40, "seed": 1}
STYLE = """<style>
.arsim-lab .widget-html-content, .arsim-lab .jp-RenderedHTMLCommon { line-height: 1.4; }
.arsim-lab .arsim-caption { font-size: 12px; line-height: 1.35; white-space: normal; }
.arsim-lab .jupyter-widget-Collapse-header { padding: 4px 10px; }
.arsim-lab .jupyter-widget-Collapse-contents { padding: 8px; }
.arsim-lab .arsim-asleep { font-size: 12px; line-height: 1.35; white-space: normal; opacity: .75; font-style: italic; margin: 0 0 4px; }
.arsim-lab .arsim-small { font-size: 12px; line-height: 1.4; margin: 2px 0; }
.arsim-lab .arsim-problems { color: #b42318; font-size: 12px; margin: 4px 0; padding-left: 18px; overflow-wrap: anywhere; }
.arsim-lab .arsim-saved { font-size: 12px; line-height: 1.4; margin: 4px 0; overflow-wrap: anywhere; }
.arsim-lab .arsim-panel > * { flex-shrink: 0; }
.arsim-lab .arsim-panel > .arsim-said { position: sticky; top: 0; z-index: 1; background: var(--jp-layout-color1, white); }
.arsim-lab .arsim-status { margin: 0 8px; }
.arsim-lab .arsim-headline ul, .arsim-lab .arsim-basis ul { margin: 2px 0 6px; padding-left: 20px; }
.arsim-lab .arsim-table, .arsim-lab .arsim-table .widget-html-content { max-width: 100%; min-width: 0; }
.arsim-lab .arsim-table td { white-space: normal; overflow-wrap: normal; word-break: normal; }
.arsim-lab .arsim-headline p, .arsim-lab .arsim-basis p { margin: 6px 0 2px; }
</style>"""


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
        self._source, self._wish = Source(), Wish(Source())  # `_wish` is what is still to be learnt about
        self.trials, self.runner, self.answer = Trials(), Runner(self._failed), Answer()
        self.companies = CompanyPanel(self._choose)
        self.worlds = WorldsPanel(lambda: self.runner.begin(self._in_worlds, settle=0))
        self.movers = MoversPanel(lambda: self.runner.begin(self._movers, settle=0))
        self.answer.beside_intervals(widgets.VBox([self.worlds, self.movers]))
        shelf = Shelf()
        self.sides = {letter: PolicyPanel(base, self._changed, shelf) for letter, base in FIRST.items()}
        for letter, panel in self.sides.items():
            panel.add_class(f"arsim-{letter}")
        full = {"width": "auto"}
        self.days = widgets.IntSlider(USUAL["days"], 30, 1095, layout=full)
        self.replications = widgets.IntSlider(USUAL["replications"], 2, 200, layout=full)
        self.seed = widgets.BoundedIntText(USUAL["seed"], 0, 10**9, layout=full)
        offered = [(read_scenario(name).called(words.language()), name) for name in scenarios()]
        self.scenario = widgets.Dropdown(options=offered, value=BASE.name, layout=full)
        self.scenario.add_class("arsim-scenario")
        self.usual = widgets.Button(description=say("Back to the usual numbers"), layout=full)
        self.usual.on_click(lambda _: self._number(USUAL))
        for control in (self.scenario, self.days, self.replications, self.seed):
            control.observe(lambda _: self._changed(), "value")
        self.answer.stop.on_click(lambda _: self._stop_or_go())
        self.note = widgets.HTML()
        self._recall()
        run = widgets.VBox([
            caption(say("Scenario: what the world does meanwhile, to both policies alike")), self.scenario,
            caption(say("Horizon (days)")), self.days,
            caption(say("Replications: more make the intervals narrower and take longer")), self.replications,
            caption(say("Seed: another number deals other luck, to both policies alike")), self.seed, self.usual,
            caption(say("Smallest and largest: {days} days, {replications} replications, seed {seed}. "
                        "A number beyond that becomes the nearest one allowed.", days=_range(self.days),
                        replications=_range(self.replications), seed=_range(self.seed))),
        ])  # fmt: skip
        narrow = {"width": "330px", "flex": "0 0 auto", "margin": "0 12px 0 0"}
        self.tabs = widgets.Tab([self.sides[B], self.sides[A], self.companies, run], layout=narrow)
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
        return Setting(self._source, sides, self.days.value, self.replications.value, self.seed.value, self.scenario.value)

    @property
    def question(self) -> Question:
        """What is asked at the moment."""
        a, b = self.sides[A].titled, self.sides[B].titled
        scenario = read_scenario(self.scenario.value)
        return Question(self.company, a, b, self.days.value, self.replications.value, self.seed.value, scenario)

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

    def _in_worlds(self) -> Iterator[None]:
        """The answer, which is at hand if it was given before; then the share of plausible worlds."""
        yield from self._steps()
        self.answer.stop.disabled = False
        yield from self.worlds.steps(self.question, self.answer.tell)
        self.answer.stop.disabled = True

    def _movers(self) -> Iterator[None]:
        """The answer; then whose invoices moved."""
        yield from self._steps()
        yield from self.movers.steps(self.question, self.firm, self.answer.tell)

    def _learn(self, wish: Wish) -> None:
        company, told, firm = wish.learn(self._progress)
        self.company, self.firm, self._source, self._wish = company, firm, wish.source, None
        self.companies.welcome(told)

    def _progress(self, share: float) -> None:
        self.runner.check()
        self.answer.tell(words.say("Learning from the ledger how its customers pay ..."), share)

    def _answer(self, wanted: Callable[[], bool]) -> Iterator[None]:
        """Run, and show what is worth showing: the first replication at once, later ones the more seldom the less they change."""
        question, company, firm, due = self.question, self.company, self.firm, 1
        asked = question.replications
        self.answer.tell(words.say("{done} of {asked} replications", done=0, asked=asked), 0)
        self.answer.prepares(warm(), given_up())
        yield
        for stage in self.trials.stages(question):
            if not wanted():
                return
            if stage:
                again, done = stage.without, len((stage.without or stage.found).replications)
                said = words.say("{done} of {asked} replications", done=done, asked=asked) if not again else words.say(
                    "{asked} replications done; the same again without effects of contacts: {done}", done=done, asked=asked)  # fmt: skip
                self.answer.tell(said, done / asked)
                if done == 1 and not again or self.stage is None:
                    self.answer.rests(None, None, company, firm, question.scenario)
                if done >= due or done == asked:
                    self.answer.rests(stage.found, again, company, firm, question.scenario) if again else self.answer.draw(
                        stage.found, company, firm
                    )
                    due = 1 if done == asked else int(1.3 * done) + 1
                self.stage = stage
            yield
        self.answer.tell(words.say("{asked} replications done", asked=asked), 1)
        self.answer.prepares(warm(), given_up())

    def _changed(self) -> None:
        if self._quiet:
            return
        self._touched = True
        self.worlds.stale(), self.movers.stale()
        learning = self._wish and self.runner.busy  # let it finish: the answer that follows will ask with what is chosen then
        if self._live and not learning:
            self.runner.begin(self._steps)

    def _choose(self, wish: Wish) -> None:
        self._wish, self._touched = wish, True
        self.worlds.stale(), self.movers.stale()
        if self._live:
            self.runner.begin(self._steps)

    def _stop_or_go(self) -> None:
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
        lost = []
        for letter, side in setting.sides.items():
            panel = self.sides[letter]
            try:
                panel.show(side.base, side.policy)
            except BadInput:  # its file is gone or spoilt; the levers are remembered all the same
                panel.show(FIRST[letter], side.policy)
                lost.append(words.say("{file} cannot be used any more. Policy {letter} now begins with {title}; its levers are kept.",
                                      file=side.base, letter=letter.upper(), title=panel.begun.called(words.language())))  # fmt: skip
        self._number({name: getattr(setting, name) for name in USUAL})
        self.scenario.value = setting.scenario
        if (self.days.value, self.replications.value, self.seed.value) != (setting.days, setting.replications, setting.seed):
            lost.append(words.say("A remembered number was beyond what is allowed and has become the nearest one allowed; see Run."))
        self.companies.show(setting.source)
        if setting.source.kind == "upload":
            self._note(words.say("{name} was uploaded and not kept. Choose it again under Company; until then this is the demo company.",
                                 name=setting.source.path), *lost)  # fmt: skip
        else:
            self._wish = Wish(setting.source)
            self._note(*(lost or [words.say("As you left it last time.")]))

    def _number(self, values: dict[str, object]) -> None:
        """Set days, replications and seed; one question follows, not three."""
        quiet, self._quiet = self._quiet, True
        for name in USUAL:
            getattr(self, name).value = values[name]
        self._quiet = quiet
        self._changed()

    def _note(self, *texts: str) -> None:
        self.note.value = "".join(f'<p class="arsim-small">{html.escape(text)}</p>' for text in texts)

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.answer.tell(words.say("Something went wrong: {error}. Undo the last change, or restart the notebook.", error=repr(error)), 0)


def _range(control: widgets.Widget) -> str:
    return f"{control.min}–{control.max}"
