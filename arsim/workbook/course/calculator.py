"""A calculator in a lesson: numbers to set, and below them the answer, worked and explained as `arsim calc` explains it."""

import html
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.report.calc.answer import Answer
from arsim.workbook.controls import problems

MOST_STEPS = 400  # a slider with more is too fine to drag: a box takes the number instead
_STYLE = """<style>
.arsim-calc { border: 1px solid #ccc; border-radius: 6px; padding: 8px 14px; margin: 6px 0; max-width: 800px; }
.arsim-calc .widget-html-content { line-height: 1.45; white-space: normal; }
.arsim-calc p { margin: 2px 0; }
.arsim-calc pre { margin: 4px 0; font-size: 12px; line-height: 1.4; white-space: pre-wrap; }
.arsim-calc .widget-label { min-width: 0; }
</style>"""


@dataclass(frozen=True)
class Blank:
    """One thing to fill in.

    Parameters
    ----------
    name : str
        Of the argument it is for.
    label : str
        In the language in use, with its unit.
    value, low, high, step : float
    times : float
        The argument is this many times what is typed: 0.01 for percent, 100 for yuan where fen are wanted.
    options : tuple of (str, object)
        Instead of a number, something to choose: what it is called, and the argument.
    """

    name: str
    label: str
    value: object
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    times: float = 1.0
    options: tuple[tuple[str, object], ...] = ()


class Calculator:
    """Blanks, and what `work` says of them.

    Parameters
    ----------
    blanks : sequence of Blank
    work : callable
        Takes the arguments by name, gives an `Answer` or raises `BadInput`.
    """

    def __init__(self, blanks, work: Callable[..., Answer]):
        self.blanks, self.work = tuple(blanks), work
        self.controls = {blank.name: _control(blank) for blank in self.blanks}
        self.found: Answer | None = None
        self.said = widgets.HTML()
        rows = [_row(blank, self.controls[blank.name]) for blank in self.blanks]
        self.box = widgets.VBox([widgets.HTML(_STYLE), *rows, self.said])
        self.box.add_class("arsim-calc")
        for control in self.controls.values():
            control.observe(lambda _: self.tell(), "value")
        self.tell()

    @property
    def given(self) -> dict:
        """The arguments as they stand."""
        return {blank.name: _argument(blank, self.controls[blank.name].value) for blank in self.blanks}

    def tell(self) -> None:
        """Work the answer out and show it; or say what is wrong with the numbers."""
        try:
            self.found = self.work(**self.given)
            self.said.value = as_html(self.found)
        except BadInput as error:
            self.found = None
            self.said.value = problems(error)

    def show(self) -> None:
        """Display it; what stays in the file is the answer to the numbers it begins with."""
        from IPython.display import display

        bundle = self.box._repr_mimebundle_()
        bundle["text/plain"] = self.found.text() if self.found else words.say("This appears when the notebook is run.")
        display(bundle, raw=True)


def as_html(answer: Answer) -> str:
    """The answer in bold, then how it comes about, then what not to conclude."""
    first, *more = answer.answer
    lines = "".join(f"<li>{html.escape(line)}</li>" for line in answer.working)
    beware = "".join(f"<li>{html.escape(line)}</li>" for line in answer.beware)
    return (
        f"<p><b>{html.escape(first)}</b></p>"
        + (f"<pre>{html.escape(chr(10).join(more))}</pre>" if more else "")
        + f"<p>{html.escape(words.say('How it comes about'))}</p><ul>{lines}</ul>"
        + f"<p>{html.escape(words.say('What not to conclude'))}</p><ul>{beware}</ul>"
    )


def _argument(blank: Blank, value):
    if blank.options or value is None:
        return value
    made = value * blank.times
    return round(made) if blank.times >= 100 else round(made, 12)  # fen are whole, and 0.07 is not 0.07000000000000001


def _control(blank: Blank) -> widgets.Widget:
    wide = {"width": "320px"}
    if blank.options:
        return widgets.Dropdown(options=blank.options, value=blank.value, layout=wide)
    facts = {"value": blank.value, "min": blank.low, "max": blank.high, "step": blank.step}
    if (blank.high - blank.low) / blank.step > MOST_STEPS:
        return widgets.BoundedFloatText(**facts, layout={"width": "160px"})
    decimals = 0 if float(blank.step).is_integer() else 2 if blank.step < 0.1 else 1
    return widgets.FloatSlider(**facts, readout_format=f".{decimals}f", layout=wide)


def _row(blank: Blank, control: widgets.Widget) -> widgets.HBox:
    label = widgets.HTML(html.escape(blank.label), layout={"width": "330px"})
    return widgets.HBox([label, control], layout={"flex_flow": "row wrap"})
