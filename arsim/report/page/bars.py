"""Intervals as a picture in the page itself (SVG): a row a policy, a line at nothing, filled where the difference is sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from arsim.report import words
from arsim.report.figures import number
from arsim.report.firm import Firm
from arsim.report.table import MAIN, comparison_scale, rows
from arsim.report.three import shown
from arsim.study.comparison import Comparison
from arsim.study.outcome import OUTCOMES

WIDTH, ROW, HEAD, FOOT, EDGE = 340, 66, 2, 42, 14  # of the picture, in its own units: about a phone's pixels
SURE, OPEN, INK, QUIET, LINE = "#0072b2", "#ffffff", "#1b1b1b", "#555555", "#c8c8c8"
_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


@dataclass(frozen=True)
class Bars:
    """One outcome: its name with the unit of differences, which way is better in words, the picture, and what it shows in words."""

    key: str
    title: str
    unit: str
    better: str
    svg: str
    alt: str


def panels(comparison: Comparison, firm: Firm | None = None) -> list[Bars]:
    """A picture for each of the three outcomes: every policy's difference from the first with its 95 % interval."""
    scale, summary = comparison_scale(comparison, firm), comparison.summary().set_index(["policy", "outcome"])
    titles = {policy.name: policy.called(words.language()) for policy in comparison.policies}
    others = [policy.name for policy in comparison.policies[1:]]
    tables = {name: {row.key: row for row in rows(comparison, name, firm)} for name in others}
    made = []
    for key in MAIN:
        kind = _OUTCOME[key]
        lines = [summary.loc[name, key] for name in others]
        values = [tuple(shown(one[what], kind.unit, scale) for what in ("difference", "low", "high")) for one in lines]
        told = [tables[name][key] for name in others]
        labels = [(titles[name], f"{row.difference} ({row.interval})") for name, row in zip(others, told, strict=True)]
        alt = words.say("{outcome}, difference from {reference} in {unit}, with 95 % interval. {rows}", outcome=words.pick(kind.label),
                        reference=titles[comparison.policies[0].name], unit=told[0].difference_unit,
                        rows=" ".join(words.say("{policy}: {difference} ({interval}), {verdict}.", policy=titles[name],
                                                difference=row.difference, interval=row.interval, verdict=row.verdict)
                                      for name, row in zip(others, told, strict=True)))  # fmt: skip
        better = words.say("further right is better") if kind.direction > 0 else words.say("further left is better")
        drawn = _svg(values, labels, alt, titles[comparison.policies[0].name])
        made.append(Bars(key, words.pick(kind.label), told[0].difference_unit, better, drawn, alt))
    return made


def _svg(values: Sequence[tuple[float, float, float]], labels: Sequence[tuple[str, str]], alt: str, reference: str) -> str:
    from matplotlib.ticker import MaxNLocator

    known = [0.0, *(one for three in values for one in three if one == one)]
    low, high = min(known), max(known)
    decimals = 2 if high - low < 1 else 1 if high - low < 5 else 0
    ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high if high > low else low + 1)
    first, last = min(ticks[0], low), max(ticks[-1], high)
    at = lambda value: round(EDGE + (WIDTH - 2 * EDGE) * (value - first) / (last - first), 1)  # noqa: E731
    height = HEAD + ROW * len(values) + FOOT
    ground = HEAD + ROW * len(values)
    parts = [f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(alt)}">']
    bands = [(HEAD + ROW * row + 34, HEAD + ROW * row + 58) for row in range(len(values))]  # lines only here: they must not cross the words
    for tick in ticks:
        parts += [_line(at(tick), under, over, LINE, 0.8) for under, over in bands]
        x, anchor = (at(tick) - 8, "start") if at(tick) < 30 else (at(tick) + 8, "end") if at(tick) > WIDTH - 30 else (at(tick), "middle")
        parts.append(f'<text x="{x}" y="{ground + 17}" text-anchor="{anchor}" class="tick">{escape(number(float(tick), decimals))}</text>')
    parts += [_line(at(0), under, over, INK, 1.8) for under, over in bands]
    anchor = "start" if at(0) < WIDTH / 3 else "end" if at(0) > 2 * WIDTH / 3 else "middle"
    parts.append(f'<text x="{at(0)}" y="{ground + 35}" text-anchor="{anchor}" class="zero">'
                 f'{escape(words.say("0 = as {reference}", reference=_short(reference)))}</text>')  # fmt: skip
    for row, ((mean, under, over), (name, told)) in enumerate(zip(values, labels, strict=True)):
        y = HEAD + ROW * row + 46
        parts.append(f'<text x="0" y="{y - 33}" class="name">{escape(_short(name, 44))}</text>')
        parts.append(f'<text x="0" y="{y - 17}" class="told">{escape(told)}</text>')
        if under == under:
            parts.append(f'<line x1="{at(under)}" x2="{at(over)}" y1="{y}" y2="{y}" stroke="{SURE}" stroke-width="3"/>')
            parts += [f'<line x1="{at(end)}" x2="{at(end)}" y1="{y - 5}" y2="{y + 5}" stroke="{SURE}" stroke-width="2"/>'
                      for end in (under, over)]  # fmt: skip
        if mean == mean:
            sure = under > 0 or over < 0
            parts.append(f'<circle cx="{at(mean)}" cy="{y}" r="5" fill="{SURE if sure else OPEN}" stroke="{SURE}" stroke-width="2"/>')
    return "".join([*parts, "</svg>"])


def _line(x: float, top: float, bottom: float, colour: str, wide: float) -> str:
    return f'<line x1="{x}" x2="{x}" y1="{top}" y2="{bottom}" stroke="{colour}" stroke-width="{wide}"/>'


def _short(text: str, most: int = 34) -> str:
    wide = 2 if words.language() == "zh" else 1
    return text if len(text) * wide <= most else text[: most // wide - 1].rstrip() + "…"
