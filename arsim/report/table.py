"""The comparison as a table: each outcome, both means, the paired difference, its interval, the verdict in words."""

import html
from dataclasses import dataclass
from functools import partial

from arsim.report import scenario, words
from arsim.report.columns import aligned, width
from arsim.report.figures import Scale, difference_unit, digits, figure, money_scale, telling, unit
from arsim.report.firm import Firm
from arsim.study.comparison import ENOUGH, Comparison
from arsim.study.outcome import OUTCOMES

_GROUPS = {"value": "Value", "risk": "Risk", "relationship": "Relationship", "workload": "Workload"}
_NUMBERS = range(2, 6)  # columns set flush right
_HEAD = "overflow-wrap:normal;word-break:normal;white-space:normal;min-width:60px;padding:2px 6px;border-bottom:1px solid #999"
MAIN = ("net_value", "overdue_share", "goodwill")  # always shown together: what it earns, what it risks, what it does to customers


@dataclass(frozen=True)
class Row:
    """One outcome as shown.

    `better` is +1, −1 or 0 as in `Comparison.summary`; `assumed` marks prices that are assumptions; `idle` is what happened under
    neither policy, such as discounts where none is given.
    """

    key: str
    group: str
    label: str
    unit: str
    difference_unit: str
    reference: str
    ours: str
    difference: str
    interval: str
    verdict: str
    better: int
    assumed: bool
    idle: bool = False


def rows(comparison: Comparison, policy: str, firm: Firm | None = None) -> list[Row]:
    """The table of `policy` against the comparison's first policy; money in the currency of `firm`, by default CNY."""
    table = comparison.summary().query("policy == @policy").set_index("outcome")
    scale = comparison_scale(comparison, firm)
    made = []
    for outcome in OUTCOMES:
        line = table.loc[outcome.key]
        decimals = digits(outcome.unit, line.reference, line["mean"])
        show = partial(figure, outcome_unit=outcome.unit, scale=scale, decimals=decimals)
        apart = partial(show, sign=True, decimals=telling(line.low, line.high, outcome.unit, scale, decimals))
        made.append(
            Row(
                outcome.key,
                words.say(_GROUPS[outcome.group]),
                words.pick(outcome.label),
                unit(outcome.unit, scale),
                difference_unit(outcome.unit, scale),
                show(line.reference),
                show(line["mean"]),
                apart(line.difference),
                f"{apart(line.low)} … {apart(line.high)}" if line.low == line.low else "–",
                verdict(line, outcome.direction, len(comparison.replications)),
                int(line.better),
                outcome.basis == "assumption",
                _nothing(line),
            )
        )
    return made


def _nothing(line) -> bool:
    """Neither policy has any of it, or it is defined under neither."""
    undefined = line.reference != line.reference and line["mean"] != line["mean"]
    return undefined or line.reference == 0 == line["mean"] and (line.low != line.low or line.low == 0 == line.high)


def _idle(made: list[Row]) -> list[str]:
    """One line for all that happened under neither policy, if there is any."""
    labels = [row.label for row in made if row.idle]
    return [words.say("Nothing of these under either policy: {outcomes}.", outcomes=words.listed(labels))] if labels else []


def comparison_scale(comparison: Comparison, firm: Firm | None = None) -> Scale:
    """Money in one scale for the whole comparison, fit for its receivables."""
    largest = max((r.outcomes[p.name]["ar_end"] for r in comparison.replications for p in comparison.policies), default=0)
    return money_scale(largest, (firm or Firm()).currency)


def verdict(line, direction: int, replications: int) -> str:
    """What the interval allows to say."""
    if line.difference != line.difference:
        return words.say("not defined here")
    if line.low != line.low:
        return words.say("too few replications")
    if line.low == line.high == 0:
        return words.say("the same")
    if replications < ENOUGH:
        return words.say("too few replications")
    if line.low <= 0 <= line.high:
        return words.say("no clear difference")
    if direction == 0:
        return words.say("higher") if line.difference > 0 else words.say("lower")
    return words.say("better") if line.better > 0 else words.say("worse")


def headline(comparison: Comparison, policy: str, firm: Firm | None = None) -> str:
    """The three outcomes that belong together, in one sentence each."""
    titles = {p.name: p.called(words.language()) for p in comparison.policies}
    made = {row.key: row for row in rows(comparison, policy, firm)}
    facts = {
        "policy": titles[policy],
        "reference": titles[comparison.policies[0].name],
        "days": comparison.days,
        "count": len(comparison.replications),
    }
    if scenario.ordinary(comparison.scenario):
        first = words.say("{policy} against {reference}, {days} days, {count} paired replications, same customers and same luck:", **facts)
    else:
        first = words.say(
            "{policy} against {reference} in the scenario {scenario}, {days} days, {count} paired replications, "
            "same customers and same luck:",
            scenario=scenario.called(comparison.scenario),
            **facts,
        )
    lines = [
        words.say(
            "  {label}: {difference} {unit}, 95 % interval {interval}: {verdict}.",
            label=made[key].label,
            difference=made[key].difference,
            unit=made[key].difference_unit,
            interval=made[key].interval,
            verdict=made[key].verdict,
        )
        for key in MAIN
    ]
    return "\n".join([first, *lines])


def headings(comparison: Comparison, policy: str) -> list[str]:
    """What stands above the columns."""
    titles = {p.name: p.called(words.language()) for p in comparison.policies}
    return [
        words.say("Outcome"), words.say("Unit"), titles[comparison.policies[0].name], titles[policy], words.say("Difference"),
        words.say("95 % interval"), words.say("Verdict"),
    ]  # fmt: skip


def text(comparison: Comparison, policy: str, firm: Firm | None = None) -> str:
    """For a terminal; columns line up with wide characters too. An asterisk marks outcomes that also rest on assumed prices."""
    table = [headings(comparison, policy)]
    made = rows(comparison, policy, firm)
    for row in (row for row in made if not row.idle):
        table.append(
            [row.label + (" *" if row.assumed else ""), row.unit, row.reference, row.ours, row.difference, row.interval, row.verdict]
        )
    lines = aligned(table, _NUMBERS)
    lines.insert(1, "─" * max(map(width, lines)))
    assumed = words.say("* also rests on assumed prices; data/behaviour.toml lists them with ranges and sources.")
    return "\n".join([*lines, "", *_idle(made), assumed])


def as_html(comparison: Comparison, policy: str, firm: Firm | None = None) -> str:
    """For a notebook; in a narrow page lines break between words, and where that is not enough the table scrolls."""
    cell = lambda tag, content, style="": f'<{tag} style="{style}">{html.escape(content)}</{tag}>'  # noqa: E731
    colour = {1: "color:#1a7f37", -1: "color:#b42318", 0: ""}
    parts = ['<div style="overflow-x:auto"><table class="arsim-outcomes" style="border-collapse:collapse;font-size:13px"><thead><tr>']
    for place, title in enumerate(headings(comparison, policy)):
        parts.append(cell("th", title, f"text-align:{'right' if place in _NUMBERS else 'left'};{_HEAD}"))
    parts.append("</tr></thead><tbody>")
    group, made = None, rows(comparison, policy, firm)
    for row in (row for row in made if not row.idle):
        if row.group != group:
            group = row.group
            parts.append(f'<tr><td colspan="7" style="padding:6px 6px 2px;font-weight:600;text-align:left">{html.escape(group)}</td></tr>')
        parts.append(f'<tr data-outcome="{row.key}">')
        parts.append(cell("td", row.label + (" *" if row.assumed else ""), "text-align:left;padding:1px 6px"))
        parts.append(cell("td", row.unit, "text-align:left;padding:1px 6px;opacity:.7"))
        parts += [cell("td", value, "text-align:right;padding:1px 6px;font-variant-numeric:tabular-nums")
                  for value in (row.reference, row.ours, row.difference, row.interval)]  # fmt: skip
        parts.append(cell("td", row.verdict, f"text-align:left;padding:1px 6px;{colour[row.better]}"))
        parts.append("</tr>")
    notes = [*_idle(made), words.say("* also rests on assumed prices; data/behaviour.toml lists them with ranges and sources.")]
    told = "<br>".join(html.escape(note) for note in notes)
    return "".join(parts) + f'</tbody></table></div><p style="font-size:12px;opacity:.7">{told}</p>'
