"""A book to read for oneself: choose the day, what the age is counted from and what is counted, and see what is called overdue then."""

import html
from datetime import date

import ipywidgets as widgets
import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.reading import read_ledger
from arsim.report import words
from arsim.report.book_ageing import ageing
from arsim.report.calc.answer import percent
from arsim.study.company import demo_ledger
from arsim.study.overdue_shares import ages
from arsim.study.traits import complete_from
from arsim.workbook.course.lesson import show, table_html

SETTLE = 150  # days after the ledger becomes complete: older invoices that were paid meanwhile are not in it


class BookRoom(widgets.VBox):
    """The ageing of a ledger on a day of one's choice, and the overdue share it yields.

    Parameters
    ----------
    ledger : Ledger, optional
        By default the demo company's.
    """

    def __init__(self, ledger: Ledger | None = None):
        say = words.say
        self.ledger = read_ledger(demo_ledger()) if ledger is None else ledger
        days = month_ends(self.ledger)
        auto = {"description_width": "150px"}
        self.day = widgets.Dropdown(
            options=[(day.isoformat(), day) for day in days], value=days[-1], description=say("End of the day"), style=auto
        )
        self.since = widgets.ToggleButtons(
            options=[(say("due date"), "due"), (say("invoice date"), "issue")], description=say("Age counted from"), style=auto
        )
        self.counted = widgets.ToggleButtons(
            options=[(say("amounts"), "amounts"), (say("invoices"), "invoices")], description=say("What is counted"), style=auto
        )
        self.limit = widgets.IntSlider(0, 0, 120, 5, description=say("Overdue means older than"), style=auto, continuous_update=False)
        self.said, self.table = widgets.HTML(), widgets.HTML()
        super().__init__(
            [self.day, self.since, self.counted, widgets.HBox([self.limit, widgets.Label(say("days"))]), self.said, self.table]
        )
        for control in (self.day, self.since, self.counted, self.limit):
            control.observe(lambda _: self._answer(), "value")
        self._answer()

    @property
    def share(self) -> float:
        """What is older than the limit, of what is open."""
        fen, invoices = ages(self.ledger, self.day.value, self.since.value, (self.limit.value,))
        held = fen if self.counted.value == "amounts" else invoices
        return float(held[-1] / held.sum())

    def _answer(self) -> None:
        told = words.say("So the overdue share is {share}.", share=percent(self.share, 1))
        self.said.value = f'<p style="font-size:15px"><b>{html.escape(told)}</b></p>'
        self.table.value = table_html(ageing(self.ledger, self.day.value, self.since.value))


def month_ends(ledger: Ledger) -> list[date]:
    """The month ends on which the ledger shows its whole book: late enough after its beginning, and no later than its last day."""
    last = np.datetime64(ledger.as_of)
    months = np.arange(ledger.issued.min().astype("datetime64[M]"), last.astype("datetime64[M]") + 1)
    ends = (months + 1).astype("datetime64[D]") - 1
    first = complete_from(ledger) + np.timedelta64(SETTLE, "D")
    return [day.item() for day in ends if first <= day < last] + [last.item()]


def read(ledger: Ledger | None = None) -> None:
    """Display a room to read a book in.

    Parameters
    ----------
    ledger : Ledger, optional
        By default the demo company's.
    """
    show(BookRoom(ledger))
