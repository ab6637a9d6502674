"""The weak spot of a verdict: choose a constant it rests on, run it through its plausible range, see whether the verdict turns."""

import html
from collections.abc import Sequence

import ipywidgets as widgets

from arsim.domain.policy import Policy
from arsim.model.evidence import constants
from arsim.report import words
from arsim.workbook.course import rollout
from arsim.workbook.course.lesson import show


class WeakSpot(widgets.VBox):
    """A list of constants, a button, and what came out.

    Parameters
    ----------
    first, second : Policy or str
        The second is judged against the first.
    paths : sequence of str
        Of the constants to choose from.
    replications : int
        Of each of the values tried.
    """

    def __init__(self, first: Policy | str, second: Policy | str, paths: Sequence[str], replications: int = 20):
        self._pair, self._replications = (first, second), replications
        known = constants()
        options = [(f"{words.pick(known[path].label)} [{words.say(known[path].grade)}]", path) for path in paths]
        self.choice = widgets.Dropdown(options=options, layout={"width": "auto", "max_width": "760px"})
        self.button = widgets.Button(description=words.say("Run through its range"), layout={"width": "auto"})
        self.out, self.said = widgets.Output(), widgets.HTML()
        super().__init__([self.choice, self.button, self.out, self.said])
        self.button.on_click(lambda _: self.run())

    def run(self) -> float | None:
        """Run the chosen constant through its range; where the mean of net value crosses 0, None if nowhere."""
        self.button.disabled, self.said.value = True, html.escape(words.say("It runs …"))
        self.out.clear_output()
        try:
            with self.out:
                turns = rollout.turning(*self._pair, self.choice.value, self._replications)
        finally:
            self.button.disabled = False
        self.said.value = html.escape(told(turns))
        return turns

    def show(self) -> None:
        """Display it."""
        show(self)


def told(turns: float | None) -> str:
    """One sentence on where the mean crosses 0."""
    if turns is None:
        return words.say("Nowhere in its plausible range does the mean change its sign.")
    return words.say("The mean changes its sign at about {value}.", value=f"{turns:.2g}")
