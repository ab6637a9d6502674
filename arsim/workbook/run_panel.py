"""The lab's tab Run: the world, the horizon, how many replications, the seed."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from arsim.model.scenario import BASE, read_scenario, scenarios
from arsim.report import words
from arsim.workbook.lever_widget import caption
from arsim.workbook.sure_choice import SureChoice

USUAL = {"days": 365, "replications": 40, "seed": 1}


class RunPanel(widgets.VBox):
    """What is asked besides company and policies.

    Parameters
    ----------
    changed : callable
        Called after every change; setting several numbers at once is one change.
    """

    def __init__(self, changed: Callable[[], None]):
        say, full = words.say, {"width": "auto"}
        self._changed, self._quiet = changed, False
        self.days = widgets.IntSlider(USUAL["days"], 30, 1095, layout=full)
        self.sure = SureChoice(self._moved)
        self.replications = self.sure.replications
        self.seed = widgets.BoundedIntText(USUAL["seed"], 0, 10**9, layout=full)
        offered = [(read_scenario(name).called(words.language()), name) for name in scenarios()]
        self.scenario = widgets.Dropdown(options=offered, value=BASE.name, layout=full)
        self.scenario.add_class("arsim-scenario")
        self.usual = widgets.Button(description=say("Back to the usual numbers"), layout=full)
        self.usual.on_click(lambda _: self.number(USUAL))
        for control in (self.scenario, self.days, self.seed):
            control.observe(lambda _: self._moved(), "value")
        super().__init__([
            caption(say("Scenario: what the world does meanwhile, to both policies alike")), self.scenario,
            caption(say("Horizon (days)")), self.days, self.sure,
            caption(say("Seed: another number deals other luck, to both policies alike")), self.seed, self.usual,
            caption(say("Smallest and largest: {days} days, {replications} replications, seed {seed}. "
                        "A number beyond that becomes the nearest one allowed.", days=_range(self.days),
                        replications=_range(self.replications), seed=_range(self.seed))),
        ])  # fmt: skip

    def number(self, values: Mapping[str, int], until: Mapping[str, float] | None = None) -> None:
        """Set days, replications and seed, and when to stop; one question follows, not three."""
        self._quiet = True
        self.days.value, self.seed.value = values["days"], values["seed"]
        self.sure.show(values["replications"], until)
        self._quiet = False
        self._moved()

    def _moved(self) -> None:
        if not self._quiet:
            self._changed()


def _range(control: widgets.Widget) -> str:
    return f"{control.min}–{control.max}"
