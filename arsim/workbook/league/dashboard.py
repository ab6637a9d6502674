"""What the team sees after a month, as tables: the months side by side, the book by age, the largest overdue accounts."""

import html
from collections.abc import Sequence
from datetime import date, timedelta

from arsim.domain.money import FEN
from arsim.report import words
from arsim.report.figures import figure, money_scale, number
from arsim.study.league.sight import TOP, Account, Sight
from arsim.workbook.league.game import Game
from arsim.workbook.league.replay import Stage

Rows = list[list[str]]


def months(sights: Sequence[Sight]) -> Rows:
    """A column for each month, a head first."""
    money, say = money_scale(max(one.open for one in sights)), words.say
    rows = [[say("Month"), *(str(one.month) for one in sights)]]
    for label, tell in (
        (say("Cash received, {unit}", unit=money.name), lambda one: figure(one.cash, "fen", money)),
        (say("Credit sales, {unit}", unit=money.name), lambda one: figure(one.sales, "fen", money)),
        (say("Cost of collecting, CNY"), lambda one: number(one.cost / FEN, 0)),
        (say("Receivables at the end, {unit}", unit=money.name), lambda one: figure(one.open, "fen", money)),
        (say("Overdue, %"), lambda one: figure(one.overdue_share, "share", money, decimals=1)),
        (say("DSO by countback, days *"), lambda one: number(one.dso, 1)),
        (say("Promises made, kept, broken"), lambda one: f"{one.promises}, {one.kept}, {one.broken}"),
        (say("Promises waiting for their day"), lambda one: str(one.waiting)),
        (say("Disputes: new, open"), lambda one: f"{one.disputes}, {one.disputes_open}"),
        (say("Contacts"), lambda one: str(one.contacts)),
        (say("Collectors' time used, %"), lambda one: figure(one.load, "share", money, decimals=1)),
        (say("Orders held"), lambda one: str(one.held)),
        (say("Orders lost to our rules, CNY"), lambda one: number(one.lost / FEN, 0)),
        (say("Orders placed elsewhere, as sales hear, CNY"), lambda one: number(one.walked / FEN, 0)),
        (say("Suits filed"), lambda one: str(one.suits)),
    ):
        rows.append([label, *map(tell, sights)])
    return rows


def unit(sight: Sight) -> str:
    """What money in `ageing` is counted in."""
    return money_scale(sight.open).name


def ageing(sight: Sight) -> Rows:
    """The book by days past due."""
    money, say = money_scale(sight.open), words.say
    heads = [say("not yet due"), say("1–30 days overdue"), say("31–60"), say("61–90"), say("over 90")]
    return [heads, [figure(one, "fen", money) for one in sight.ageing]]


def accounts(found: Sequence[Account], at: Stage) -> Rows:
    """The largest overdue accounts; a promise with its date."""
    say = words.say
    rows = [[say("Customer"), say("Overdue, CNY"), say("Open in all, CNY"), say("Oldest, days overdue"), say("Promised for")]]
    for one in found[:TOP]:
        promised = told(at, one.promised) if one.promised is not None else "–"
        rows.append([at.ids[one.customer], number(one.overdue / FEN, 0), number(one.open / FEN, 0), str(one.days), promised])
    return rows


def news(game: Game, at: Stage, month: int, sights: Sequence[Sight]) -> list[str]:
    """What the department reads at the beginning of `month`: the game's events, and insolvencies made public in the month before."""
    found = [event.news.told({"customer": at.ids[at.struck[month]] if month in at.struck else ""})
             for event in game.event if event.month == month]  # fmt: skip
    gone = sights[-1].insolvent if sights else ()
    return found + [words.say("Public notice: {customer} is insolvent.", customer=at.ids[one]) for one in gone]


def told(at: Stage, day: int) -> str:
    """The date of a day."""
    moment: date = at.world.population.start + timedelta(day)
    return moment.isoformat()


def paper(rows: Rows, first_wide: bool = True) -> str:
    """Rows as a table that scrolls in a narrow page; numbers flush right."""
    style = "padding:1px 10px 1px 0;line-height:1.35;white-space:nowrap;text-align:"
    lines = []
    for at, row in enumerate(rows):
        tag = "th" if not at else "td"
        cells = (f'<{tag} style="{style}{"left" if not place and first_wide else "right"}">{html.escape(text)}</{tag}>'
                 for place, text in enumerate(row))  # fmt: skip
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div style="overflow-x:auto"><table style="font-size:13px;font-variant-numeric:tabular-nums">{"".join(lines)}</table></div>'
