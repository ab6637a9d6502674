"""Room for an answer: a line, a choice, a small table, a text; or, where only code can answer, a line that says so."""

import html

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.exercises.drawn import Drawn


class Input(widgets.VBox):
    """Where an answer is typed.

    Parameters
    ----------
    drawn : Drawn
    known : any
        What was typed before, as `typed` gave it.
    """

    def __init__(self, drawn: Drawn, known: object = None):
        self._task = drawn.task
        self.by_code = self._task.kind == "company"
        made = {"choice": self._choice, "table": self._table, "spot": self._spot, "policy": self._text, "company": self._code}
        super().__init__([made.get(self._task.kind, self._line)(drawn, known)])

    @property
    def typed(self) -> object:
        """What is typed now: a text, an option's value, row → text for a table, line and figure for an error to be spotted."""
        if self._task.kind == "spot":
            return {"line": self._control.value, "figure": self._figure.value}
        if self._task.kind == "table":
            return {one.name: {row.name: self._cells[row.name, one.name].value for row in self._task.row} for one in self._task.column}
        return None if self.by_code else self._control.value

    def _line(self, drawn: Drawn, known: object) -> widgets.Widget:
        self._control = widgets.Text(
            value=known if isinstance(known, str) else "", continuous_update=False, layout={"width": "160px"},
            placeholder="2025-03-05" if self._task.kind == "date" else "")  # fmt: skip
        return widgets.HBox([self._control, widgets.HTML(html.escape(drawn.unit))])

    def _choice(self, drawn: Drawn, known: object) -> widgets.Widget:
        options = [(option.text.told(drawn.told), str(option.value)) for option in drawn.options]
        value = known if known in [held for _, held in options] else None
        self._control = widgets.RadioButtons(options=options, value=value, layout={"width": "auto"})
        return self._control

    def _spot(self, drawn: Drawn, known: object) -> widgets.Widget:
        before = known if isinstance(known, dict) else {}
        choice = self._choice(drawn, before.get("line"))
        line = self._line(drawn, before.get("figure"))
        self._figure, self._control = self._control, choice
        say = lambda text: widgets.HTML(f"<b>{html.escape(text)}</b>")  # noqa: E731
        return widgets.VBox([say(words.say("The first line that is wrong:")), choice, say(words.say("The right figure:")), line])

    def _table(self, drawn: Drawn, known: object) -> widgets.Widget:
        before = known if isinstance(known, dict) else {}
        self._cells = {}
        boxes = [widgets.HTML(), *(widgets.HTML(f"<b>{html.escape(column.text.told())}</b>") for column in self._task.column)]
        for row in self._task.row:
            boxes.append(widgets.HTML(html.escape(row.text.told())))
            for column in self._task.column:
                held = before.get(column.name)
                value = held.get(row.name) if isinstance(held, dict) else None
                cell = widgets.Text(value=value if isinstance(value, str) else "", continuous_update=False, layout={"width": "130px"})
                self._cells[row.name, column.name] = cell
                boxes.append(cell)
        columns = "max-content " + "140px " * len(self._task.column)
        return widgets.GridBox(boxes, layout={"grid_template_columns": columns.strip(), "grid_gap": "2px 8px"})

    def _text(self, drawn: Drawn, known: object) -> widgets.Widget:
        size = {"width": "100%", "min_width": "420px", "height": "150px"}
        self._control = widgets.Textarea(value=known if isinstance(known, str) else "", continuous_update=False, layout=size)
        return self._control

    def _code(self, drawn: Drawn, known: object) -> widgets.Widget:
        return widgets.HTML(f"<p>{html.escape(words.say('The answer is given by code, in the cell below.'))}</p>")
