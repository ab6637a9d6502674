"""The table before the talk: what each way without an agreement is worth for one debt, and what an offer is worth to both sides."""

import html
from collections.abc import Iterator

import ipywidgets as widgets

from arsim.domain.money import FEN
from arsim.model.evidence import number as evidence
from arsim.report import words
from arsim.report.calc.offer import offer
from arsim.report.figures import number
from arsim.study.company import Company
from arsim.workbook.course.debt import WAYS, WHO, YEARS, Debt, Worth, weigh
from arsim.workbook.course.lesson import show, show_table, table_html
from arsim.workbook.lever_widget import caption
from arsim.workbook.runner import Runner, takes_the_place

REPLICATIONS = 12
_ALONE = tuple(way for way in WAYS if way != "plan")  # what needs nobody's consent
_WHO = {"all": "any customer", "good": "a customer of grade A or B", "weak": "a customer of grade C or D",
        "short": "a customer short of cash now"}  # fmt: skip
_WAY = {"wait": "do nothing and wait", "chase": "go on calling and writing", "plan": "the same, with a plan on offer in hardship",
        "order": "payment order now", "suit": "suit now, assets preserved"}  # fmt: skip


def alternatives(
    debt: Debt, company: Company | None = None, replications: int = REPLICATIONS, buyer_rate: float = 0.12
) -> dict[str, Worth]:
    """Weigh every way for `debt` and show the table.

    Parameters
    ----------
    debt : Debt
    company : Company, optional
    replications : int
    buyer_rate : float
        What the customer's money costs it, a year.

    Returns
    -------
    dict of str to Worth
    """
    found = weigh(debt, (company or Company.demo()).population, replications=replications, buyer_rate=buyer_rate)
    show_table(_rows(found))
    return found


def best(found: dict[str, Worth]) -> str:
    """The way that is worth most and needs no agreement: what a negotiator walks away to."""
    return max(_ALONE, key=lambda way: found[way].value)


class WalkAway:
    """One debt, the alternatives to an agreement, and an offer.

    Parameters
    ----------
    amount : int
        CNY.
    overdue : int
        Days.
    who : str
        See `arsim.workbook.course.debt.WHO`.
    now, instalments, interest : float
        The offer to begin with: share at once, months, interest a year.
    """

    def __init__(self, amount: int = 300_000, overdue: int = 75, who: str = "short", now: float = 0.2, instalments: int = 6,
                 interest: float = 0.06):  # fmt: skip
        say, narrow = words.say, {"width": "130px"}
        self.amount = widgets.BoundedIntText(amount, min=1_000, max=100_000_000, layout=narrow)
        self.overdue = widgets.BoundedIntText(overdue, min=1, max=720, layout=narrow)
        self.who = widgets.Dropdown(options=[(say(_WHO[one]), one) for one in WHO], value=who, layout={"width": "auto"})
        slide = lambda value, most, step=1: widgets.FloatSlider(value, min=0, max=most, step=step, readout_format=".0f",  # noqa: E731
                                                                layout={"width": "300px"})  # fmt: skip
        self.now, self.interest = slide(100 * now, 100, 5), slide(100 * interest, 24)
        self.instalments = widgets.IntSlider(instalments, min=1, max=24, layout={"width": "300px"})
        self.kept = slide(100 * evidence("plan.paid_tight"), 100)
        self.ours, self.theirs = slide(100 * evidence("price.annual_rate"), 24), slide(100 * evidence("money.funds_tight"), 36)
        self.supply = slide(10, 50)
        asked = [
            (say("Debt, CNY"), self.amount), (say("Days overdue"), self.overdue), (say("It lies with"), self.who),
            (say("Offer: paid at once, %"), self.now), (say("… the rest in so many months"), self.instalments),
            (say("… with interest a year, %"), self.interest), (say("Chance that an instalment is paid, %"), self.kept),
            (say("Our money costs a year, %"), self.ours), (say("Theirs costs a year, %"), self.theirs),
            (say("Losing our supply would cost them, % of the debt"), self.supply),
        ]  # fmt: skip
        self.told, self.offered, self.found = widgets.HTML(), widgets.HTML(), {}
        self.error: Exception | None = None
        self.runner = Runner(self._failed)
        left = widgets.VBox([part for text, control in asked for part in (caption(text), control)], layout={"width": "330px"})
        right = widgets.VBox([self.told, self.offered], layout={"flex": "1 1 420px", "min_width": "0"})
        self.box = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        for control in (self.amount, self.overdue, self.who, self.theirs):
            control.observe(lambda _: self.runner.begin(self.steps), "value")
        for control in (self.now, self.interest, self.instalments, self.kept, self.ours, self.supply):
            control.observe(lambda _: self._judge(), "value")

    def show(self) -> None:
        """Display it and begin."""
        takes_the_place("walk_away", self.runner.stop)
        show(self.box)
        self.runner.begin(self.steps, settle=0)

    def steps(self) -> Iterator[None]:
        """Weigh the ways, then judge the offer."""
        self.told.value = f"<p>{html.escape(words.say('Weighing the ways ...'))}</p>"
        yield
        debt = Debt(self.amount.value * FEN, self.overdue.value, self.who.value)
        self.found = weigh(debt, Company.demo().population, replications=REPLICATIONS, buyer_rate=self.theirs.value / 100)
        self.told.value = _html(_rows(self.found))
        self._judge()

    def judged(self):
        """The offer against both sides' alternatives, as `arsim.report.calc.offer.offer` tells it."""
        way = self.found[best(self.found)]
        share = lambda slider: slider.value / 100  # noqa: E731
        return offer(
            self.amount.value * FEN, share(self.now), self.instalments.value, share(self.interest), share(self.kept),
            min(1.0, max(0.0, way.value)), share(self.ours), share(self.theirs), way.buyer, share(self.supply),
        )  # fmt: skip

    def _judge(self) -> None:
        if self.found:
            self.offered.value = f"<pre style='font-size:12px;white-space:pre-wrap'>{html.escape(self.judged().text())}</pre>"

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.told.value = f"<p>{html.escape(repr(error))}</p>"


def _rows(found: dict[str, Worth]) -> list[list[str]]:
    say = words.say
    rows = [[say("of 100 owed"), say("worth today, costs deducted"), say("95 % interval"), say("paid in a year"),
             say("paid in {years} years", years=YEARS // 365), say("spent on it")]]  # fmt: skip
    top = best(found) if found else ""
    for way, one in found.items():
        mark = " ★" * (way == top)
        hundred = [number(100 * share, 1) for share in (one.value, one.low, one.high, one.in_a_year, one.paid, one.spent)]
        rows.append([say(_WAY[way]) + mark, hundred[0], f"{hundred[1]} … {hundred[2]}", *hundred[3:]])
    return rows


def _html(rows: list[list[str]]) -> str:
    return f'{table_html(rows)}<p style="font-size:12px">{html.escape(_starred())}</p>'


def _starred() -> str:
    return words.say("★ The best way that needs nobody's consent: what you walk away to. Measured on twins of the demo company.")
