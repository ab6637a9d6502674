"""Which of a file's columns is which, put right by choosing from lists."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ipywidgets as widgets

from arsim.domain.headers import LABELS, REQUIRED, Columns, match
from arsim.domain.tables import Table
from arsim.report import words
from arsim.workbook.lever_widget import caption

_SHORT = 28  # signs of an example


@dataclass(frozen=True, eq=False)
class Seen:
    """A file as far as its header: the table, and which column was taken for what."""

    table: Table
    columns: Columns


def seen(table: Table, told: Mapping[str, str]) -> Seen:
    """Match the header of `table`."""
    return Seen(table, match(table.headers, table.header_row, told))


class ColumnPanel(widgets.VBox):
    """A list a field: the file's headers. `told` is what the user has chosen, field → header.

    Parameters
    ----------
    changed : callable
        Called after the user has chosen.
    """

    def __init__(self, changed: Callable[[], None]):
        self._changed, self._quiet, self.told = changed, False, {}
        self.choices, self._examples, self._names = {}, {}, {}
        for name in LABELS:
            self.choices[name] = widgets.Dropdown(options=[("", "")], layout={"width": "230px"})
            self.choices[name].add_class(f"arsim-column-{name}")
            self.choices[name].observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
            self._names[name], self._examples[name] = widgets.HTML(layout={"width": "170px"}), widgets.HTML()
        rows = {name: self._row(name) for name in LABELS}
        also = [rows[name] for name in LABELS if name not in (*REQUIRED, "terms")]
        more = widgets.Accordion([widgets.VBox(also)], titles=(words.say("More columns, if the file has them"),))
        title = caption(words.say("Which column is which (* must be there). Put right what was not read, or was read wrongly:"))
        super().__init__([title, *(rows[name] for name in REQUIRED), rows["terms"], more], layout={"display": "none"})
        self.add_class("arsim-columns")

    def show(self, files: Sequence[Seen], told: Mapping[str, str]) -> None:
        """Show how the headers of `files` were read; `told` is what the user had said of them."""
        self._quiet, self.told = True, dict(told)
        headers = list(dict.fromkeys(header for one in files for header in one.table.headers if header.strip()))
        missing = {name for one in files for name in REQUIRED if any(p.values.get("field") == LABELS[name] for p in one.columns.problems)}
        for name, choice in self.choices.items():
            at = next(((one, one.columns.at[name]) for one in files if name in one.columns.at), None)
            choice.options = [(words.say("– not in the file –"), ""), *((header, header) for header in headers)]
            choice.value = at[0].table.headers[at[1]] if at else ""
            self._examples[name].value = html.escape(_example(at[0].table, at[1])) if at else ""
            colour = "#b42318" if name in missing else "inherit"
            mark = " *" if name in REQUIRED else ""
            self._names[name].value = f'<span style="color:{colour}">{html.escape(words.say(LABELS[name]))}{mark}</span>'
        self.layout.display, self._quiet = None if headers else "none", False

    def _row(self, name: str) -> widgets.HBox:
        return widgets.HBox([self._names[name], self.choices[name], self._examples[name]], layout={"align_items": "center"})

    def _chosen(self, name: str, header: str) -> None:
        if self._quiet:
            return
        self.told = {field: other for field, other in self.told.items() if field != name and other != header}
        if header:
            self.told[name] = header
        self._changed()


def _example(table: Table, place: int) -> str:
    """The first filled cell of a column."""
    text = next((str(row[place]).strip() for row in table.rows if str(row[place]).strip()), "")
    return words.say("such as {example}", example=text if len(text) <= _SHORT else f"{text[:_SHORT]} …") if text else ""
