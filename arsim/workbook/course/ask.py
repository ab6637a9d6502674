"""Questions as widgets: a prediction that is kept, an item that is marked. They know nothing but how to ask and what was typed."""

import html
import unicodedata
from collections.abc import Callable

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.course.item import Item, Judged
from arsim.workbook.course.script import Prediction

STYLE = """<style>
.arsim-ask { border-left: 3px solid #0072B2; padding: 2px 0 6px 12px; margin: 6px 0; max-width: 780px; }
.arsim-ask .widget-html-content { white-space: normal; line-height: 1.5; }
.arsim-ask .widget-radio-box label { display: block; position: relative; padding-left: 22px; white-space: normal; height: auto;
    line-height: 1.45; margin: 2px 0; }
.arsim-ask .widget-radio-box input { position: absolute; left: 0; top: 2px; float: none; margin: 0; }
.arsim-ask .widget-radio, .arsim-ask .widget-radio-box { width: auto; max-width: 760px; height: auto; }
.arsim-ask p { margin: 2px 0; }
</style>"""


class PredictionBox(widgets.VBox):
    """One prediction: asked, typed, kept.

    Parameters
    ----------
    prediction : Prediction
    value : number, str or None
        What was typed before.
    keep : callable
        Told the value; False if it cannot be kept.
    """

    def __init__(self, prediction: Prediction, value, keep: Callable[[object], bool]):
        self.prediction, self._keep = prediction, keep
        self.control = _control(prediction, value)
        self.said = widgets.HTML()
        unit = widgets.HTML(html.escape(prediction.unit.told())) if prediction.unit else widgets.HTML()
        super().__init__([widgets.HTML(STYLE + _paragraph(prediction.ask.told())), widgets.HBox([self.control, unit]), self.said])
        self.add_class("arsim-ask")
        self.control.observe(self._typed, "value")
        if value is not None:
            self._tell(_kept(True))

    def _typed(self, change) -> None:
        value = change["new"]
        if value is None or value == "":
            return
        if self.prediction.kind == "number" and (value := read_number(value)) is None:
            self._tell(words.say("A number is expected here, such as 12 or 12.5."), wrong=True)
            return
        self._tell(_kept(self._keep(value)))

    def _tell(self, text: str, wrong: bool = False) -> None:
        self.said.value = _small(text, wrong)


class ItemBox(widgets.VBox):
    """One item: asked, answered, marked at once with the rule behind it, or (in a test) only kept.

    Parameters
    ----------
    item : Item
    value : number or None
        What was answered before.
    keep : callable
        Told the answer.
    marked : bool
        Whether to say at once how good the answer is.
    """

    def __init__(self, item: Item, value, keep: Callable[[object], bool], marked: bool = True):
        self.item, self._keep, self._marked = item, keep, marked
        if item.option:
            options = [(option.text.told(), at) for at, option in enumerate(item.option)]
            known = value if isinstance(value, int) and 0 <= value < len(options) else None
            self.control = widgets.RadioButtons(options=options, value=known, layout={"width": "auto"})
        else:
            self.control = _number_box(value)
        unit = widgets.HTML(html.escape(item.unit.told())) if item.unit else widgets.HTML()
        self.button = widgets.Button(description=words.say("Check"), layout={"width": "auto", "align_self": "flex-start"})
        self.said = widgets.HTML()
        row = [self.control, unit] if item.option else [self.control, unit, self.button]
        super().__init__([widgets.HTML(STYLE + _paragraph(item.asked())), widgets.HBox(row), self.said])
        if item.option:
            self.children = (*self.children[:2], self.button, self.said)
        self.button.layout.display = None if marked else "none"
        self.add_class("arsim-ask")
        self.button.on_click(lambda _: self.check())
        if not marked:
            self.control.observe(lambda _: self._note(), "value")
            if value is not None:
                self.said.value = _small(_kept(True))

    @property
    def answer(self) -> float | int | None:
        """What is answered now: a number, an option's position, or None."""
        return self.control.value if self.item.option else read_number(self.control.value)

    def check(self) -> Judged:
        """Mark the answer and say so."""
        judged = self.item.judge(self.answer)
        if judged.right is not None:
            self._keep(self.answer)
        elif not self.item.option and self.control.value.strip():
            self.said.value = _small(words.say("A number is expected here, such as 12 or 12.5."), wrong=True)
            return judged
        self.said.value = verdict(self.item, judged)
        return judged

    def _note(self) -> None:
        if self.answer is not None:
            self.said.value = _small(_kept(self._keep(self.answer)))
        elif not self.item.option and self.control.value.strip():
            self.said.value = _small(words.say("A number is expected here, such as 12 or 12.5."), wrong=True)


def verdict(item: Item, judged: Judged) -> str:
    """How good an answer was, in HTML: the mark, what was mixed up, and the rule."""
    if judged.right is None:
        return _small(words.say("Not attempted yet. Answer first; a wrong answer teaches more than none."))
    if judged.right:
        told = _paragraph(judged.says) if judged.says else ""
        return _small("✓ " + words.say("Right.")) + told + _paragraph(item.because.told(item.key.given if item.key else {}))
    told = judged.says or words.say("Not this. Work it through once more, step by step.")
    return _small("✗ " + words.say("Not right yet."), wrong=True) + _paragraph(told)


def read_number(typed) -> float | None:
    """The number somebody typed, however it is written; None if there is none.

    >>> read_number("37.2 %"), read_number("１２，０００"), read_number("−3"), read_number("two")
    (37.2, 12000.0, -3.0, None)
    """
    if isinstance(typed, int | float):
        return float(typed)
    text = unicodedata.normalize("NFKC", typed or "").replace("−", "-").replace(",", "").replace(" ", "").rstrip("%天元")
    try:
        return float(text)
    except ValueError:
        return None


def _control(prediction: Prediction, value) -> widgets.Widget:
    if prediction.kind == "choice":
        options = [(choice.text.told(), choice.name) for choice in prediction.choices]
        known = value if value in [name for _, name in options] else None
        return widgets.RadioButtons(options=options, value=known, layout={"width": "auto"})
    if prediction.kind == "text":
        size = {"width": "100%", "min_width": "420px", "height": "64px"}
        return widgets.Textarea(value=value or "", continuous_update=False, layout=size)
    return _number_box(value)


def _number_box(value: float | None) -> widgets.Text:
    """Room for a number as people write it: 37.2 %, 12,000, ３."""
    return widgets.Text(value="" if value is None else f"{value:g}", continuous_update=False, layout={"width": "140px"})


def _kept(kept: bool) -> str:
    return words.say("Kept. You can still change it.") if kept else words.say("It cannot be kept on this computer; note it on paper.")


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def _small(text: str, wrong: bool = False) -> str:
    colour = "#b42318" if wrong else "#1a7f37"
    return f'<p style="font-size:12px;color:{colour}">{html.escape(text)}</p>'
