"""The teams' curves as drawings in a page: the best in colour, the others in grey, each named when pointed at."""

import html
import math
from collections.abc import Callable, Iterator

from arsim.report import words
from arsim.report.figures import figure
from arsim.study.outcome import OUTCOMES
from arsim.workbook.league import told
from arsim.workbook.league.collect import Result, Table

WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 760, 250, 70, 110, 14, 30
COLOURS = ("#0072B2", "#D55E00", "#009E73")  # apart for the colour-blind too
_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


def curves(table: Table) -> Iterator[str]:
    """Net value, overdue share at the month's end, goodwill: one drawing each."""
    money, comma = told.scale(table), "，" if words.language() == "zh" else ", "
    overdue = words.say("Overdue share at the end of the month")
    for label, unit, name, of in (
        (words.pick(_OUTCOME["net_value"].label), "fen", money.name, lambda one: one.season.value),
        (overdue, "share", "%", lambda one: one.season.overdue),
        (words.pick(_OUTCOME["goodwill"].label), "points", words.say("points of 100"), lambda one: one.season.goodwill),
    ):
        yield f"<p><b>{html.escape(label + comma + name)}</b></p>"
        yield _drawing(table, label, of, lambda value, unit=unit: figure(value, unit, money, decimals=0 if unit != "share" else 1))


def _drawing(table: Table, label: str, of: Callable[[Result], tuple[float, ...]], tell: Callable[[float], str]) -> str:
    months, lines = table.game.months, {one.team: of(one) for one in table.results}
    values = [value for line in lines.values() for value in line if not math.isnan(value)]
    low, high = min(values), max(values)
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])
    x = lambda month: LEFT + (WIDE - LEFT - RIGHT) * (month - 1) / max(1, months - 1)  # noqa: E731
    y = lambda value: TOP + (HIGH - TOP - FOOT) * (high - value) / ((high - low) or 1.0)  # noqa: E731
    parts = [f'<svg viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" role="img" aria-label="{html.escape(label)}">']
    for tick in ticks:
        parts.append(f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tell(tick)}</text>')
    for event in table.game.event:
        at = x(event.month) - (x(2) - x(1)) / 2 if months > 1 else x(1)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{HIGH - FOOT}" stroke="#999" stroke-dasharray="4 3"/>')
    parts += [f'<text x="{x(month):.1f}" y="{HIGH - 10}" text-anchor="middle">{month}</text>' for month in range(1, months + 1)]
    parts.append(f'<text x="{WIDE - RIGHT + 12}" y="{HIGH - 10}">{html.escape(words.say("month"))}</text>')
    order = [one.team for one in table.standings]
    ends = _apart([(y(lines[team][-1]), team) for team in order[: len(COLOURS)]])
    for team in reversed(order):  # the best on top
        place = order.index(team)
        colour, width = (COLOURS[place], 2.5) if place < len(COLOURS) else ("#bbb", 1.2)
        points = " ".join(f"{x(month):.1f},{y(value):.1f}" for month, value in enumerate(lines[team], 1) if not math.isnan(value))
        name, drawn = html.escape(team), f'fill="none" stroke="{colour}" stroke-width="{width}"'
        parts.append(f'<polyline points="{points}" {drawn}><title>{name}</title></polyline>')
        if team in ends:
            bold = f'style="fill:{colour};font-weight:600"'
            parts.append(f'<text x="{WIDE - RIGHT + 8}" y="{ends[team] + 4:.1f}" {bold}>{name}</text>')
    return "".join(parts) + "</svg>"


def _ticks(low: float, high: float) -> list[float]:
    """Four to eight round numbers across the range."""
    span = (high - low) or abs(high) or 1.0
    step = 10 ** math.floor(math.log10(span / 4))
    step *= next((factor for factor in (1, 2, 5) if span / (step * factor) <= 7), 10)
    return [step * number for number in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _apart(ends: list[tuple[float, str]], least: float = 14.0) -> dict[str, float]:
    """Heights of the names at the right, pushed apart where they would lie on each other."""
    found, before = {}, -math.inf
    for height, team in sorted(ends):
        before = max(height, before + least)
        found[team] = before
    return found
