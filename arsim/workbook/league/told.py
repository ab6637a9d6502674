"""The league's table as rows: standings, luck, key calls, levers, and the files that do not count."""

from statistics import fmean, pstdev

from arsim.report import words
from arsim.report.figures import Scale, figure, money_scale, number
from arsim.report.lever import CHOICES, title
from arsim.report.table import MAIN
from arsim.study.outcome import OUTCOMES
from arsim.workbook.league.collect import Rang, Result, Table
from arsim.workbook.league.game import Game
from arsim.workbook.roleplay.files import archetype

_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}
Rows = list[list[str]]
_PARTED = 6  # levers shown


def scale(table: Table) -> Scale:
    """Money in one scale for the whole table."""
    return money_scale(max((abs(one.season.scores.net_value) for one in table.results), default=0))


def standings(table: Table) -> Rows:
    """Places with the three outcomes, and where the team comes under other luck."""
    money, say = scale(table), words.say
    head = [say("Place"), say("Team code"), *_heads(money), say("Places: value, risk, relationship"), say("Layer"),
            say("Place under other luck: middle (best to worst)"), say("Surely beaten by")]  # fmt: skip
    rows = [head]
    for one in table.standings:
        luck = table.fortunes[one.team]
        others = luck.places[1:]
        elsewhere = f"{luck.usual:g} ({min(others)}–{max(others)})" if others else "–"
        rows.append([
            str(one.place), one.team, *(figure(getattr(one.scores, key), _OUTCOME[key].unit, money) for key in MAIN),
            " · ".join(map(str, one.places)), str(one.layer), elsewhere, words.listed(luck.surely_beaten_by) or "–",
        ])  # fmt: skip
    return rows


def luck(table: Table) -> Rows:
    """Each team's difference from the mean of all teams over all lucks, with its interval and what may be said."""
    money = scale(table)
    rows = [[words.say("Team code"), *(head for one in _heads(money, apart=True) for head in (one, ""))]]
    for one in table.standings:
        row = [one.team]
        for key, (mean, low, high) in zip(MAIN, table.fortunes[one.team].edge, strict=True):
            outcome = _OUTCOME[key]
            tell = lambda value, unit=outcome.unit: figure(value, unit, money, sign=True)  # noqa: E731
            row += [f"{tell(mean)} ({tell(low)} … {tell(high)})" if low == low else tell(mean), _verdict(low, high, outcome.direction)]
        rows.append(row)
    return rows


def rang(table: Table) -> Rows:
    """The key calls, the most valuable first in each month."""
    money, say = scale(table), words.say
    rows = [[say("Month"), say("Team code"), say("Customer"), say("Debtor"), say("Overdue, CNY"), say("Points of the call"),
             say("Promised, CNY"), say("Chance that it is kept"), *_heads(money, apart=True)]]  # fmt: skip
    found = [(one, result.team) for result in table.results for one in result.rang]
    for one, team in sorted(found, key=lambda pair: (pair[0].month, -pair[0].value, pair[1])):
        rows.append([
            str(one.month), team, one.customer, archetype(one.who).title.told(), number(one.overdue / 100, 0), number(one.points, 0),
            number(one.promised / 100, 0), f"{100 * one.kept:.0f} %" if one.promised else "–",
            *(figure(more, _OUTCOME[key].unit, money, sign=True) for key, more in _gain(one).items()),
        ])  # fmt: skip
    return rows


def levers(table: Table) -> Rows:
    """The levers in which the first third of the table and the last third differed most."""
    say = words.say
    rows = [[say("Lever"), say("At the beginning"), say("First third, mean of the months"), say("Last third")]]
    order = [table.result(one.team) for one in table.standings]
    third = max(1, len(order) // 3)
    if len(order) < 2:
        return rows
    found = []
    for path, lever in table.game.levers().items():
        number_like = all(isinstance(value, int | float) for value in lever.choices) if lever.choices else True
        used = [_used(table.game, result, path, lever.default, number_like) for result in order]
        best, last, spread = fmean(used[:third]), fmean(used[-third:]), pstdev(used)
        if spread and best != last:
            tell = (lambda value: number(value, 1)) if number_like else _changed
            shown = [tell(value) for value in (best, last)]
            begun = f"{lever.default:g}" if number_like else say(CHOICES.get(lever.default, str(lever.default)))
            found.append((-abs(best - last) / spread, [title(lever), begun, *shown]))
    return rows + [row for _, row in sorted(found)[:_PARTED]]


def refused(table: Table) -> Rows:
    """Files that do not count, each with why."""
    gap = words.gap()
    rows = [[words.say("File"), words.say("Why it does not count")]]
    return rows + [[one.file, gap.join(map(words.explain, one.problems))] for one in table.refused]


def unfinished(table: Table) -> Rows:
    """Seasons that are in order but not played to the end."""
    rows = [[words.say("Team code"), words.say("Months played")]]
    return rows + [[one.team, f"{len(one.decisions.months)} / {table.game.months}"] for one in table.unfinished]


def plain(table: Table) -> Rows:
    """For a spreadsheet: a line a team, numbers as they are, money in fen."""
    head = ["place", "team", "layer", *MAIN, *(f"place_{key}" for key in MAIN), "place_other_luck_median"]
    others = list(table.results[0].season.others) if table.results else []
    rows = [[*head, *others]]
    for one in table.standings:
        result = table.result(one.team)
        values = [one.place, one.team, one.layer, *(getattr(one.scores, key) for key in MAIN), *one.places, table.fortunes[one.team].usual]
        rows.append([str(value) for value in [*values, *result.season.others.values()]])
    return rows


def _gain(one: Rang) -> dict[str, float]:
    return dict(zip(MAIN, (one.value, one.share, one.goodwill), strict=True))


def _changed(share: float) -> str:
    return words.say("{share} % of the months changed", share=f"{100 * share:.0f}")


def _heads(money: Scale, apart: bool = False) -> list[str]:
    comma = "，" if words.language() == "zh" else ", "
    units = {"fen": money.name, "share": words.say("percentage points") if apart else "%", "points": words.say("points of 100")}
    return [words.pick(_OUTCOME[key].label) + comma + units[_OUTCOME[key].unit] for key in MAIN]


def _verdict(low: float, high: float, direction: int) -> str:
    if low != low:
        return words.say("no other luck was tried")
    if low <= 0 <= high:
        return words.say("no clear difference")
    return words.say("better") if (low > 0) == (direction > 0) else words.say("worse")


def _used(game: Game, result: Result, path: str, begun, number_like: bool) -> float:
    """A lever over a team's months: its mean, or for one that is no number the share of months at another value than at first."""
    value, used = begun, []
    for month in result.handed.decisions.months:
        value = dict(month.changes).get(path, value)
        used.append(float(value) if number_like else float(value != begun))
    return fmean(used)
