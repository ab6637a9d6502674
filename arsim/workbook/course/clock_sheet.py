"""The clock-and-fee sheet, live: amount, due date and provable demands typed in; deadlines, fees and their articles come out."""

import html
from datetime import date

import ipywidgets as widgets

from arsim.domain.law import disclaimer
from arsim.domain.money import FEN
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.calc.law_sheet import Claim, lines
from arsim.workbook.controls import problems
from arsim.workbook.course.ask import read_number
from arsim.workbook.course.lesson import show

_CELL = "text-align:left;white-space:normal;vertical-align:top;padding:3px 10px 3px 0"


class ClockSheet:
    """A claim's deadlines and fees, worked out as its file is typed in.

    Parameters
    ----------
    amount : float
        CNY.
    due, today : str
        Year-month-day.
    demands : str
        Days of provable demands, separated by blanks, commas or lines.
    buyer : {"sme", "large", "public"}
    """

    def __init__(self, amount: float = 480_000, due: str = "2023-03-31", today: str = "2025-09-01", demands: str = "", buyer: str = "sme"):
        say, wide = words.say, {"width": "330px"}
        style = {"description_width": "150px"}
        kinds = [(say("small or medium-sized firm"), "sme"), (say("large enterprise"), "large"), (say("public body"), "public")]
        self.amount = widgets.Text(f"{amount:,.0f}", description=say("Amount, CNY"), style=style, layout=wide, continuous_update=False)
        self.due = widgets.Text(due, description=say("Due date"), style=style, layout=wide, continuous_update=False)
        self.today = widgets.Text(today, description=say("Today"), style=style, layout=wide, continuous_update=False)
        self.demands = widgets.Text(demands, description=say("Provable demands"), style=style, layout=wide, continuous_update=False)
        self.months = widgets.Text("", description=say("Guarantee, months"), style=style, layout=wide, continuous_update=False)
        self.buyer = widgets.Dropdown(options=kinds, value=buyer, description=say("Who owes"), style=style, layout=wide)
        self.said = widgets.HTML()
        fields = (self.amount, self.due, self.today, self.demands, self.months, self.buyer)
        for field in fields:
            field.observe(lambda _: self.update(), "value")
        hint = say("Dates as 2025-09-01; several demands separated by commas. A guarantee left empty: nothing clear was agreed.")
        left = widgets.VBox([*fields, widgets.HTML(f'<p style="font-size:12px">{html.escape(hint)}</p>')], layout={"width": "350px"})
        self.box = widgets.VBox([left, self.said])
        self.update()

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def claim(self) -> Claim:
        """What is typed in.

        Raises
        ------
        BadInput
            A date or a number cannot be read; every fault is told.
        """
        faults: list[Problem] = []
        due, today = _day(self.due.value, faults), _day(self.today.value, faults)
        demands = [_day(text, faults) for text in self.demands.value.replace(",", " ").replace("，", " ").replace("、", " ").split()]
        amount, months = read_number(self.amount.value), read_number(self.months.value) if self.months.value.strip() else None
        if amount is None or not 0 < amount < 1e11:
            faults.append(Problem("This is no amount.", "Write a number above 0, such as 480,000.", value=self.amount.value))
        if self.months.value.strip() and (months is None or months != int(months) or not 0 < months <= 600):
            faults.append(Problem("This is no number of months.", "Write a whole number such as 24, or leave it empty.",
                                  value=self.months.value))  # fmt: skip
        if faults:
            raise BadInput(*faults)
        return Claim(round(amount * FEN), due, today, tuple(demands), None if months is None else int(months), self.buyer.value)

    def update(self) -> None:
        """Work it out again."""
        try:
            found = lines(self.claim())
        except BadInput as error:
            self.said.value = problems(error)
            return
        cell = lambda text, red=False: f'<td style="{_CELL}{";color:#b42318;font-weight:bold" if red else ""}">{html.escape(text)}</td>'  # noqa: E731
        body = "".join(f"<tr>{cell(it.about)}{cell(it.value, it.late)}{cell(it.source)}</tr>" for it in found)
        told = f'<p style="font-size:12px">{html.escape(words.pick(disclaimer()))}</p>'
        self.said.value = f'<table style="max-width:780px;font-size:13px;line-height:1.4">{body}</table>{told}'


def _day(text: str, faults: list[Problem]) -> date:
    try:
        return date.fromisoformat(text.strip().replace("/", "-").replace(".", "-"))
    except ValueError:
        faults.append(Problem("This is no date.", "Write it as year-month-day, such as 2025-09-01.", value=text))
        return date.min
