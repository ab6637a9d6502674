"""A lesson at work: it asks before it shows, keeps what was typed, and shows it again beside what came out."""

import html
import re

import ipywidgets as widgets

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import number
from arsim.workbook.course.ask import ItemBox, PredictionBox, read_number
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.script import Prediction, read_script
from arsim.workbook.course.tally import read_tally

NUMBER = re.compile(r"[+−]?[\d,.]+ ?[^\s\d]{0,4}")  # a cell that stays on one line


class Lesson:
    """The lesson of one notebook.

    Parameters
    ----------
    name : str
        The notebook's, such as ``"d1_2_read_the_book"``.

    Raises
    ------
    BadInput
        There is no such lesson, or its script is wrong.
    """

    def __init__(self, name: str):
        self.script, self.diary = read_script(name), Diary(name)

    def ask(self, *names: str) -> None:
        """Show the predictions called `names`, each with room to type."""
        self._show(PredictionBox, "prediction", names)

    def check(self, *names: str) -> None:
        """Show the items called `names`, marked as soon as they are checked."""
        self._show(ItemBox, "item", names)

    def _show(self, box: type[PredictionBox] | type[ItemBox], kind: str, names: tuple[str, ...]) -> None:
        boxes = []
        for name in names:
            entry = f"{kind}.{name}"
            keep = lambda value, kind=kind, name=name: self._keep(kind, name, value)  # noqa: E731
            boxes.append(box(self.script.find(kind, name), self.diary.value(entry), keep))
        show(widgets.VBox(boxes))

    def _keep(self, kind: str, name: str, value) -> bool:
        """Note what was typed and, of an item, what came of it; the same answer checked twice is one try."""
        entry, tally = f"{kind}.{name}", f"tally.{name}"
        if kind != "item" or value == self.diary.value(entry):
            return self.diary.note(entry, value)
        judged = self.script.find(kind, name).judge(value)
        counted = read_tally(self.diary.value(tally)).counted(judged.right, judged.mistake)
        return self.diary.note_all({entry: value, tally: counted.plain()})

    def debrief(self, **found) -> None:
        """Show what was predicted beside what was found.

        Parameters
        ----------
        **found : number, str or None
            For each prediction by name: the number found, or the name of the choice that came true. None: nothing to set beside it.
        """
        rows = [[words.say("Question"), words.say("You expected"), words.say("Found"), words.say("Off by")]]
        for name, value in found.items():
            prediction = self.script.find("prediction", name)
            rows.append(_compared(prediction, self.diary.value(f"prediction.{name}"), value))
        show_table(rows)


def show(box: widgets.Widget, title: str = "") -> None:
    """Display a widget; what stays in the file is one sentence, after `title` if there is one."""
    from IPython.display import display

    bundle = box._repr_mimebundle_()
    bundle["text/plain"] = f"{title}\n{words.say('This appears when the notebook is run.')}".lstrip()
    display(bundle, raw=True)


def show_table(rows: list[list[str]]) -> None:
    """Display rows, the first of them a head, as a table that also reads as plain text."""
    from IPython.display import display

    display({"text/html": table_html(rows), "text/plain": "\n".join(aligned(rows))}, raw=True)


def table_html(rows: list[list[str]]) -> str:
    """Rows, the first of them a head, as a table in HTML."""

    def cell(tag: str, text: str) -> str:
        wrap = "nowrap" if NUMBER.fullmatch(text) else "normal"
        return f'<{tag} style="text-align:left;white-space:{wrap};padding:3px 10px 3px 0">{html.escape(text)}</{tag}>'

    head, *body = ["<tr>" + "".join(cell("td" if at else "th", text) for text in row) + "</tr>" for at, row in enumerate(rows)]
    return f'<table style="max-width:780px;font-size:13px"><thead>{head}</thead><tbody>{"".join(body)}</tbody></table>'


def _compared(prediction: Prediction, expected, found) -> list[str]:
    texts = {choice.name: choice.text.told() for choice in prediction.choices}
    unit = f" {prediction.unit.told()}" if prediction.unit else ""
    if prediction.kind != "number":
        shown = [texts.get(value, value or "–") for value in (expected, found)]
        off = "" if expected is None or found is None else "✓" if expected == found else "✗"
        return [prediction.ask.told(), *shown, off]
    expected = None if expected is None else read_number(expected)
    size = max(abs(value) for value in (expected or 0, found or 0))
    decimals = 0 if size >= 100 else 1
    shown = ["–" if value is None else number(value, decimals) + unit for value in (expected, found)]
    off = "" if expected is None or found is None else number(expected - found, decimals, sign=True) + unit
    return [prediction.ask.told(), *shown, off]
