"""Beside the lab's intervals: in how many plausible worlds B beats A. Asked for by a button, left at once when a lever moves."""

import html
from collections.abc import Callable, Iterator

import ipywidgets as widgets

from arsim.report import robust, words
from arsim.report.robust import OUTCOME
from arsim.study.robust import TOGETHER, Robust, growing
from arsim.study.worlds import worlds
from arsim.workbook.exercises.marked import paragraphs
from arsim.workbook.trial import B, Question

WORLDS, LUCK = 100, 1  # fewer than `arsim robust` takes: somebody is waiting
FIRST = 10  # worlds before anything is shown


class WorldsPanel(widgets.VBox):
    """A button and what came out.

    It has no thread of its own: its work is done by the lab's, run by run, after the answer. So a lever that moves takes its place like
    any other wish, and never waits for more than the run going on.

    Parameters
    ----------
    asked : callable
        Told that the button was pressed.
    """

    def __init__(self, asked: Callable[[], None]):
        self.button = widgets.Button(description=words.say("In how many plausible worlds does B win?"), layout={"width": "auto"})
        self.button.add_class("arsim-worlds-button")
        self.said = widgets.HTML()
        self.said.add_class("arsim-worlds")
        self.found: Robust | None = None
        self._changes = 0  # how often what is asked has changed: an answer that comes late must not be shown
        super().__init__([self.button, self.said])
        self.button.on_click(lambda _: asked())

    @property
    def whole(self) -> bool:
        """Whether the answer is there, from all worlds."""
        return self.found is not None and len(self.found.worlds) == WORLDS

    def stale(self) -> None:
        """What stands there is no longer about what is asked."""
        self._changes += 1
        if self.said.value:
            self.said.value = _small(words.say("Something was changed since: press again."))
        self.found, self.button.disabled = None, False

    def steps(self, question: Question, tell: Callable[[str, float], None]) -> Iterator[None]:
        """The work, leaving off after every run; `tell` is told how far it is."""
        self.found, self.button.disabled, mine = None, True, self._changes
        self.said.value = _small(words.say("It runs …"))
        drawn = worlds(WORLDS, question.seed)
        try:
            for found in growing(drawn, question.policies, question.company, question.days, question.seed, LUCK):
                if found:
                    done = len(found.worlds)
                    tell(words.say("{done} of {asked} worlds", done=done, asked=WORLDS), done / WORLDS)
                    if mine == self._changes and (done % FIRST == 0 or done == WORLDS):
                        self._show(found)
                yield
        finally:
            self.button.disabled = False

    def _show(self, found: Robust) -> None:
        self.found = found
        lines = []
        for key in TOGETHER:
            share = found.beats(B, key)
            lines.append(words.say("{label}: B better in {share}; {word}.", label=words.pick(OUTCOME[key].label), share=robust.told(share),
                                   word=robust.word(share)))  # fmt: skip
        lines.append(words.say("All three at once: in {share}.", share=robust.told(found.all_three(B))))
        title = words.say("Share of {count} plausible worlds in which B beats A", count=len(found.worlds))
        note = words.say("In each, every parameter that nobody has measured has another value from its range, all scenarios come equally "
                         "often, and luck is new. `arsim robust` tells what would overturn it, and who loses.")  # fmt: skip
        items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        self.said.value = f"<p><b>{html.escape(title)}</b></p><ul>{items}</ul>{_small(note)}"


def _small(text: str) -> str:
    return f'<div class="arsim-small">{paragraphs(text)}</div>'
