"""A game: sort ten customers into blue, yellow and red by what can be seen of them, then see what became of them and what it cost."""

import html

import ipywidgets as widgets

from arsim.model.liquidity import DISTRESSED, INSOLVENT
from arsim.report import words
from arsim.report.calc.alarm import alarm
from arsim.report.calc.answer import figure, percent, rough
from arsim.report.figures import number
from arsim.workbook.course.lesson import show, show_table
from arsim.workbook.course.stakes import Stakes, judged
from arsim.workbook.course.watch_list import AHEAD, Watched, WatchList, watch_list

_DOT = ("#999999", "#0072B2", "#E69F00", "#D55E00")
_CELL = "padding:3px 9px 3px 0;text-align:left;white-space:normal;border-bottom:1px solid #eee"


class Sorting:
    """The game with the ten customers of one draw.

    Parameters
    ----------
    draw : int
        Which ten; everybody who plays the same draw sees the same.
    stakes : Stakes, optional
    """

    def __init__(self, draw: int = 0, stakes: Stakes | None = None):
        self.list: WatchList = watch_list(draw)
        self.stakes = stakes or Stakes()
        names = _levels()
        self.choice = {
            one.name: widgets.ToggleButtons(options=[(name, at) for at, name in enumerate(names)], value=None,
                                            style={"button_width": "92px"})
            for one in self.list.customers
        }  # fmt: skip
        self.button = widgets.Button(description=words.say("Show what became of them"), layout={"width": "auto"})
        self.button.on_click(lambda _: self.reveal())
        self.said = widgets.HTML()
        rows = [widgets.HBox([widgets.HTML(f"<b>{name}</b>", layout={"width": "28px"}), one]) for name, one in self.choice.items()]
        self.box = widgets.VBox([widgets.HTML(_html(self.rows())), *rows, self.button, self.said])

    def show(self) -> None:
        """Display the list with a choice for each customer."""
        show(self.box)

    def rows(self) -> list[list[str]]:
        """What can be seen of the ten, as a table."""
        say = words.say
        head = [say("customer"), say("owes, CNY"), say("buys a month, CNY"), say("current ratio"), say("a quarter before"),
                say("quick ratio"), say("debt ratio"), say("sales growth"), say("days late, usually"), say("days late, lately"),
                say("oldest overdue, days")]  # fmt: skip
        return [head, *map(_seen, self.list.customers)]

    def table(self) -> None:
        """Display what can be seen of the ten: to print, or to sort on paper."""
        show_table(self.rows())

    def reveal(self) -> None:
        """Mark the choices, once all are made."""
        levels = tuple(one.value for one in self.choice.values())
        if None in levels:
            self.said.value = f"<p style='color:#b42318'>{html.escape(words.say('Sort all ten first.'))}</p>"
            return
        self.said.value = _html(self.outcome(levels)) + "".join(f"<p>{html.escape(line)}</p>" for line in self.told(levels))

    def solution(self) -> None:
        """Display what became of the ten, how the points rule sorted them, and what that cost."""
        levels = self.by_rule
        show_table(self.outcome(levels))
        print("\n".join(self.told(levels)))

    @property
    def by_rule(self) -> tuple[int, ...]:
        """The levels of the early warning with its usual points."""
        return tuple(one.level for one in self.list.customers)

    def outcome(self, levels: tuple[int, ...]) -> list[list[str]]:
        """Customer by customer: the level given, the rule's, what happened, what it cost, and the cheapest level in hindsight."""
        say, names, margin = words.say, _levels(), self.list.margin
        head = [say("customer"), say("sorted as"), say("the points rule"), say("what became of it"), say("cost, CNY"),
                say("cheapest, knowing all")]  # fmt: skip
        rows = []
        for one, level in zip(self.list.customers, levels, strict=True):
            cost = rough(self.stakes.cost(one, level, margin))
            rows.append([one.name, names[level], names[one.level], _fate(one), cost, names[self.stakes.best(one, margin)]])
        return [head, *rows]

    def told(self, levels: tuple[int, ...]) -> list[str]:
        """The score in words: hits, false alarms, cost beside that of other ways, and what the same rates mean in the whole company."""
        say, ten, margin = words.say, self.list.customers, self.list.margin
        mark = lambda given: judged(ten, given, margin, self.stakes)  # noqa: E731
        mine, ways = mark(levels), {
            say("nobody named"): (0,) * len(ten), say("all red"): (3,) * len(ten), say("the points rule"): self.by_rule,
            say("knowing all"): tuple(self.stakes.best(one, margin) for one in ten),
        }  # fmt: skip
        lines = [
            say("Hits: {hits} of {troubled} in trouble were named (yellow or red). False alarms: {false} of the {sound} others.",
                hits=mine.hits, troubled=mine.troubled, false=mine.false, sound=mine.sound),
            say("Cost of this sorting: CNY {cost}. Other ways: {ways}.", cost=rough(mine.cost),
                ways=words.listed(f"{name} {rough(mark(given).cost)}" for name, given in ways.items())),
            say("In the whole company {share} of the customers who owed something got into trouble, not {troubled} of ten.",
                share=percent(self.list.share, 1), troubled=mine.troubled),
        ]  # fmt: skip
        if mine.hits + mine.false:
            found = alarm(100, self.list.share, mine.hits / mine.troubled, 1 - mine.false / mine.sound).results
            lines.append(say("If these rates held there, {share} of the alarms would be right.", share=percent(found["precision"], 0)))
        return lines

    def rules(self) -> None:
        """Display what the game charges."""
        say, at = words.say, self.stakes
        rows = [[say("warning level"), say("what it stands for"), say("effort, CNY"), say("orders that go elsewhere"),
                 say("share of the loss saved")]]  # fmt: skip
        meant = [say("nothing is done"), say("a call"), say("visit, shorter terms, lower limit"),
                 say("supply on credit stops, security is asked for")]  # fmt: skip
        for level, name in enumerate(_levels()):
            rows.append([name, meant[level], rough(at.effort[level]), percent(at.lost_orders[level]), percent(at.saved[level])])
        show_table(rows)
        print(say("If nobody acts, distress costs {distress} of the balance, insolvency {insolvency}. Margin on lost orders: {margin}.",
                  distress=percent(at.distress_loss), insolvency=percent(at.insolvency_loss),
                  margin=percent(self.list.margin)))  # fmt: skip


def _levels() -> list[str]:
    return [words.say("none"), words.say("blue"), words.say("yellow"), words.say("red")]


def _seen(one: Watched) -> list[str]:
    late = lambda days: "–" if days != days else number(days, 0, sign=True)  # noqa: E731
    return [one.name, rough(one.balance), rough(one.purchases), *(figure(x, 2) for x in (one.current, one.before, one.quick)),
            percent(one.debt, 0), percent(one.growth, 0), late(one.usual), late(one.recent), str(one.oldest)]  # fmt: skip


def _fate(one: Watched) -> str:
    say = words.say
    if one.fate == INSOLVENT:
        return say("insolvent after {days} days", days=one.day)
    if one.fate == DISTRESSED:
        return say("in distress after {days} days", days=one.day) if one.day else say("in distress already")
    return say("no trouble within {days} days", days=AHEAD)


def _html(rows: list[list[str]]) -> str:
    colour = dict(zip(_levels(), _DOT, strict=True))
    mark = lambda text: f'<span style="color:{colour[text]}">● </span>' if text in colour else ""  # noqa: E731
    made = ["<tr>" + "".join(f'<{tag} style="{_CELL}">{mark(text)}{html.escape(text)}</{tag}>' for text in row) + "</tr>"
            for tag, row in ((("th" if at == 0 else "td"), row) for at, row in enumerate(rows))]  # fmt: skip
    return f'<table style="font-size:12px;border-collapse:collapse">{"".join(made)}</table>'
