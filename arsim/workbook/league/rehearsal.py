"""A game tried out before teams get it: what happens if nobody decides anything, and whom the key calls would be about."""

from arsim.domain.money import FEN
from arsim.report import words
from arsim.report.figures import figure, money_scale, number
from arsim.workbook.league.decisions import Decisions, Month
from arsim.workbook.league.game import Game
from arsim.workbook.league.replay import morning, replayed, seen, stage


def rehearsed(game: Game) -> list[list[str]]:
    """A row a month, a head first: cash, overdue share, events and key calls."""
    idle = Decisions("nobody", game.fingerprint, game.seed, (Month(),) * game.months)
    at, money, say = stage(game), None, words.say
    rows = [[say("Month"), "", say("Overdue, %"), say("Events and key calls")]]
    for sight in seen(game, idle):
        money = money or money_scale(sight.open)
        what = [event.news.told({"customer": at.ids[at.struck[event.month]] if event.month in at.struck else ""})
                for event in game.event if event.month == sight.month]  # fmt: skip
        if game.call_in(sight.month):
            account = at.account(sight.month, morning(game, idle.first(sight.month - 1)), ())
            none = say("Key call: no account fits, so there will be none")
            what.append(_call(at.ids[account.customer], account.overdue) if account else none)
        rows.append([str(sight.month), figure(sight.cash, "fen", money), figure(sight.overdue_share, "share", money), " / ".join(what)])
    rows[0][1] = say("Cash received, {unit}", unit=money.name)
    return rows


def _call(customer: str, overdue: int) -> str:
    return words.say("Key call: {customer}, CNY {amount} overdue", customer=customer, amount=number(overdue / FEN, 0))


def idle(game: Game, lucks: int) -> list[list[str]]:
    """What the season comes to if nobody decides anything: a row for the game's own luck and each of `lucks` others, a head first."""
    months, say = Decisions("nobody", game.fingerprint, game.seed, (Month(),) * game.months), words.say
    rows = [[say("Luck"), say("Net value, CNY"), say("Overdue share, average, %"), say("Customer goodwill, points of 100")]]
    for number_ in range(lucks + 1):
        found = replayed(game, months, number_)[1].scores
        name = say("another, {number}", number=number_) if number_ else say("the game's own")
        rows.append([name, number(found.net_value / FEN, 0), f"{100 * found.overdue_share:.2f}", f"{found.goodwill:.1f}"])
    return rows
