"""After the call: what it does to an account in a running portfolio, and what better calls by the whole team would be worth."""

import html
from collections.abc import Iterator

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import called as told
from arsim.report import words
from arsim.study import better
from arsim.study.called import REPLICATIONS, Pair, chosen, played
from arsim.study.company import Company
from arsim.workbook.controls import problems
from arsim.workbook.course.lesson import table_html
from arsim.workbook.roleplay import team
from arsim.workbook.roleplay.call import Call
from arsim.workbook.roleplay.link import made
from arsim.workbook.roleplay.outcome import HIGH, LOW, VALUE, assumed
from arsim.workbook.runner import Runner

FIRST, STEP = 2, 4  # replications before something is shown, and between two drawings


class Debrief:
    """What a finished call is worth in the books; nothing is shown before there is one.

    Parameters
    ----------
    replications : int
        Years played with the call and without it.
    years : int
        Years played for the whole team.
    """

    def __init__(self, replications: int = REPLICATIONS, years: int = better.REPLICATIONS):
        self.replications, self.years = replications, years
        self.call: Call | None = None
        self.pairs: list[Pair] = []
        self.worth: list[dict] = []
        self.error: Exception | None = None
        self.runner = Runner(self._failed)
        say = words.say
        self.said, self.entered, self.verdict, self.table, self.answer = (widgets.HTML() for _ in range(5))
        self.picture = widgets.Image(format="png", layout={"display": "none", "max_width": "680px"})
        question = say("What would calls ten points better be worth, made by the whole team for a year?")
        self.ask = widgets.Button(description=question, layout={"width": "auto", "height": "auto"})
        self.ask.on_click(lambda _: self.runner.begin(self.weigh, settle=0))
        head = widgets.HTML(f"<h3>{html.escape(say('What it does to an account'))}</h3>")
        self.box = widgets.VBox(
            [head, self.entered, self.verdict, self.picture, self.table, self.ask, self.answer, self.said], layout={"display": "none"}
        )

    def take(self, call: Call) -> None:
        """A call has ended: put it into the books."""
        if call == self.call:
            return
        self.call, self.pairs, self.error = call, [], None
        self.box.layout.display, self.picture.layout.display, self.ask.layout.display = None, "none", "none"
        self.entered.value = self.verdict.value = self.table.value = self.answer.value = ""
        self.runner.begin(self.steps, settle=0)

    def leave(self) -> None:
        """Another call begins."""
        self.runner.stop()
        self.call, self.box.layout.display = None, "none"

    def steps(self) -> Iterator[None]:
        """Year after year, with the call and without it."""
        call, company, pairs = self.call, Company.demo(), []
        start, hidden = company.population.start, call.who.hidden
        customer = chosen(call.who.fen, call.who.late, hidden.dispute > 0, call.who.buyer, company)
        for pair in played(made(call, start), customer, company, replications=self.replications):
            pairs.append(pair)
            self.said.value = _line(words.say("{done} of {asked} years played ...", done=pair.number + 1, asked=self.replications))
            if len(pairs) == 1:
                self.entered.value = "".join(f"<li>{html.escape(one)}</li>" for one in told.entered(pair, start)).join(("<ul>", "</ul>"))
            if len(pairs) == FIRST or len(pairs) % STEP == 0:
                self._draw(pairs)
            yield
        self.pairs = pairs
        if pairs:
            self._draw(pairs)
            self.verdict.value = f"<p><b>{html.escape(told.verdict(pairs))}</b></p>"
            self.said.value = _line(words.say("95 % interval: what luck alone leaves open. Range of the assumptions: the same with every "
                                              "assumption at its cautious and at its bold end.") + words.gap() + words.say(
                "The demo company's book on the first working days of the year; everything else goes on as it does today, under the "
                "same luck. Sums, chances and goodwill come from assumptions, each with a range; no study known to us says what a good "
                "call is worth."
            ))  # fmt: skip
        else:
            self.said.value = _line(words.say("In every year played this account was paid before the call."))
        self.ask.layout.display = None

    def weigh(self) -> Iterator[None]:
        """The same policy for a year, by people whose calls are ten points better."""
        self.ask.disabled, found = True, []
        try:
            self.answer.value = _line(words.say("Playing calls to see what goes with the points ..."))
            yield
            slope = team.slope()
            for one in better.better(team.changes(), replications=self.years):
                found.append(one)
                self.answer.value = _line(words.say("{done} of {asked} years played ...", done=len(found), asked=self.years))
                yield
            carried = assumed()["carries_over"]
            points, shares = team.POINTS, tuple(getattr(carried, end) for end in (VALUE, LOW, HIGH))
            lines = told.team(found, points, 100 * points * slope.promises, 100 * points * slope.kept, slope.calls, shares)
            self.worth, self.answer.value = found, "".join(_line(one) for one in lines)
        finally:
            self.ask.disabled = False

    def _draw(self, pairs: list[Pair]) -> None:
        self.table.value = table_html(told.table(pairs))
        self.picture.value, self.picture.layout.display = told.picture(pairs), None

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.said.value = problems(error) if isinstance(error, BadInput) else _line(repr(error))


def _line(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
