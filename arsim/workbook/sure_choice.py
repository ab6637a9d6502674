"""How many replications: a fixed number, or as many as it takes to be sure."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.outcome import OUTCOMES
from arsim.study.sure import MOST, USUAL, Sure, Width
from arsim.workbook.controls import problems
from arsim.workbook.lever_widget import caption

FIXED, SURE = "fixed", "sure"
_BUDGET = "budget"
_LABEL = {outcome.key: outcome.label for outcome in OUTCOMES}
_FULL = {"width": "auto"}


class SureChoice(widgets.VBox):
    """The choice and what belongs to it; the fields of the second answer are made when it is first given.

    Parameters
    ----------
    changed : callable
        Called after every change.
    """

    def __init__(self, changed: Callable[[], None]):
        say = words.say
        self._changed, self._fields, self._last = changed, {}, Sure()
        self.kind = widgets.ToggleButtons(options=[(say("a fixed number"), FIXED), (say("until sure"), SURE)],
                                          style={"button_width": "120px"}, layout=_FULL)  # fmt: skip
        self.kind.add_class("arsim-how-many")
        self.replications = widgets.IntSlider(40, 2, 200, layout=_FULL)
        self._fixed = (caption(say("Replications: more make the intervals narrower and take longer")), self.replications)
        self.said = widgets.HTML()
        self._body = widgets.VBox(self._fixed)
        super().__init__([caption(say("How many replications")), self.kind, self._body])
        self.kind.observe(lambda _: self._turned(), "value")
        self.replications.observe(lambda _: changed(), "value")

    @property
    def rule(self) -> Sure | None:
        """When to stop; None where the number is fixed. What cannot be a rule is explained, and the last one that could counts."""
        if self.kind.value == FIXED:
            return None
        try:
            self._last, self.said.value = rule(self.until), ""
        except BadInput as error:
            self.said.value = problems(error)
        return self._last

    @property
    def until(self) -> dict[str, float] | None:
        """Half widths by outcome, in the numbers of the fields, and the budget; None where the number is fixed."""
        return None if self.kind.value == FIXED else {key: field.value for key, field in self._fields.items()}

    def show(self, replications: int, until: Mapping[str, float] | None) -> None:
        """Show a remembered choice."""
        self.replications.value, self.kind.value = replications, SURE if until else FIXED
        for key, field in self._fields.items() if until else ():
            field.value = until.get(key, field.value)

    def _turned(self) -> None:
        if self.kind.value == SURE and not self._fields:
            self._make()
        self._body.children = self._fixed if self.kind.value == FIXED else self._sure
        self._changed()

    def _make(self) -> None:
        say, usual = words.say, Sure()
        number = {"min": 0, "max": 100, "step": 0.1, "layout": {"width": "80px", "flex": "0 0 auto"}}
        units = {"net_value": say("% of A's"), "overdue_share": say("percentage points"), "goodwill": say("points of 100")}
        rows = []
        for key, width in USUAL.items():
            value = width.value * (100 if key != "goodwill" else 1)
            field = self._fields[key] = widgets.BoundedFloatText(value, **number)
            field.add_class("arsim-until-" + key.replace("_", "-"))
            told = say("{label}: ± {unit}", label=words.pick(_LABEL[key]), unit=units[key])
            rows.append(widgets.HBox([field, caption(told)], layout={"align_items": "center"}))
        least, size = min(usual.looks()), {"width": "80px", "flex": "0 0 auto"}
        self._fields[_BUDGET] = widgets.BoundedIntText(usual.budget, least, MOST, layout=size)
        for field in self._fields.values():
            field.observe(lambda _: self._changed(), "value")
        self._sure = (
            caption(say("Replications are added until half of each interval is no wider than this; 0 leaves an outcome out:")), *rows,
            widgets.HBox([self._fields[_BUDGET], caption(say("replications at the most"))], layout={"align_items": "center"}),
            caption(say("It looks for the first time after {least} replications, and only at how wide the intervals are, never at where "
                        "they lie: so it does not stop because it likes what it sees.", least=least)),
            self.said,
        )  # fmt: skip


def rule(until: Mapping[str, float]) -> Sure:
    """The rule of the numbers in the fields: net value in per cent of A's, overdue share in percentage points, goodwill in points.

    Raises
    ------
    BadInput
        Nothing is waited for, or the budget is too small.
    """
    within = {key: Width(until[key] / 100 if key != "goodwill" else until[key], relative=USUAL[key].relative)
              for key in USUAL if until.get(key)}  # fmt: skip
    return Sure(within, int(until.get(_BUDGET, Sure().budget)))
