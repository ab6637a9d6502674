"""Under the lab's answer: whose invoices moved. Asked for by a button, left at once when a lever moves."""

from collections.abc import Callable, Iterator

import ipywidgets as widgets

from arsim.model.behaviour import Behaviour
from arsim.report import words
from arsim.report.firm import Firm
from arsim.study.compare import dealt, play, prices
from arsim.study.lives import Lives
from arsim.study.window import window
from arsim.workbook.movers_view import MoversView
from arsim.workbook.trial import Question


class MoversPanel(widgets.VBox):
    """A button and the movers of the first replication.

    Its work is done by the lab's runner, run by run, after the answer: a lever that moves takes its place like any other wish.

    Parameters
    ----------
    asked : callable
        Told that the button was pressed.
    """

    def __init__(self, asked: Callable[[], None]):
        self.button = widgets.Button(description=words.say("Whose invoices moved?"), layout={"width": "auto"})
        self.button.add_class("arsim-movers-button")
        self.said, self.view = widgets.HTML(), None
        self._changes = 0
        super().__init__([self.button, self.said])
        self.button.on_click(lambda _: asked())

    def stale(self) -> None:
        """What stands there is no longer about what is asked."""
        self._changes += 1
        if self.view:
            self._say(words.say("Something was changed since: press again."))
        self.view, self.button.disabled = None, False
        self.children = (self.button, self.said)

    def steps(self, question: Question, firm: Firm, tell: Callable[[str, float], None]) -> Iterator[None]:
        """The work, leaving off after every run."""
        mine, behaviour, self.button.disabled = self._changes, Behaviour.default(), True
        tell(words.say("Looking for what moved ..."), 0)
        try:
            cost = prices(behaviour, question.scenario)
            world = dealt(0, question.company, question.days, question.seed, behaviour, question.scenario)
            yield
            seen = []
            for policy in question.policies:
                seen.append(window(play(world, [policy], question.company, behaviour)[policy.name], cost))
                yield
            both = Lives(question.company, world, tuple(question.policies), tuple(seen))
            if mine == self._changes:
                self.view = MoversView(both, firm)
                self._say(words.say("One course of luck, the first replication of the answer above; differences are B less A."))
                self.children = (self.button, self.said, self.view)
                tell(words.say("Done"), 1)
        finally:
            self.button.disabled = False

    def _say(self, text: str) -> None:
        self.said.value = f'<p class="arsim-small">{text}</p>'
