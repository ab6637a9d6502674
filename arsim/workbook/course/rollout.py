"""From a claim to a decision: the looks at a comparison that come before a rollout, each shown at once and its figure given back."""

from collections.abc import Sequence

import numpy as np

from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.model.behaviour import Behaviour
from arsim.model.evidence import constants
from arsim.model.scenario import read_scenario
from arsim.report import intervals, scenario, three, words
from arsim.report.figures import difference_unit, figure, number
from arsim.report.intervals import Bar
from arsim.report.table import comparison_scale
from arsim.study.compare import compare
from arsim.study.comparison import ENOUGH, Comparison, interval
from arsim.study.dominated import dominators
from arsim.study.outcome import OUTCOMES
from arsim.study.sample_size import replications_for
from arsim.workbook.course.lesson import show_table

_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}
QUARTER = 13  # weeks


def together(found: Comparison, drawn: bool = True) -> dict[str, tuple[str, ...]]:
    """Show every policy of a comparison by the three outcomes, as picture (if `drawn`) and table; who beats whom comes back."""
    beaten = dominators(found)
    if drawn:
        display_picture(three.picture(found, beaten))
    show_table(three.rows(found, beaten))
    return beaten


def paired(found: Comparison, outcome: str = "net_value") -> float:
    """Show the second policy less the first with the same luck and with separate luck; how many times as wide the latter interval is.

    Separate luck is made of the same runs: each run of the one policy is set against the *next* run of the other.
    """
    first, second = (found.values(policy.name, outcome) for policy in found.policies[:2])
    scale, kind = comparison_scale(found), _OUTCOME[outcome]
    show = lambda value: three.shown(value, kind.unit, scale)  # noqa: E731
    luck = {words.say("Separate luck"): second - np.roll(first, 1), words.say("Same luck"): second - first}
    bars = [Bar(*map(show, interval(one)), tuple(map(show, one))) for one in luck.values()]
    note = words.say("Dots: single differences. Bars: 95 % intervals of their mean, {count} replications.", count=len(first))
    display_picture(intervals.picture(list(luck), [three.panel(outcome, scale, bars)], note=note))
    wide, narrow = (bar.high - bar.low for bar in bars)
    return wide / narrow


def narrowing(found: Comparison, half_width: float, outcome: str = "net_value", sizes: Sequence[int] = (5, 10, 20, 40)) -> int:
    """Show how the interval narrows as replications are added; about how many bring it to plus or minus `half_width`.

    `half_width` is in CNY where the outcome is money, else in the outcome's own unit.
    """
    first, second = (found.values(policy.name, outcome) for policy in found.policies[:2])
    scale, kind = comparison_scale(found), _OUTCOME[outcome]
    rows = [[words.say("Replications"), three.head(outcome, scale), words.say("95 % interval"), words.say("Half its width")]]
    for size in sizes:
        mean, low, high = interval((second - first)[:size])
        tell = lambda value, sign=True: figure(value, kind.unit, scale, sign=sign)  # noqa: E731
        rows.append([str(size), tell(mean), f"{tell(low)} … {tell(high)}", "± " + tell((high - low) / 2, sign=False)])
    show_table(rows)
    return replications_for(second - first, half_width * (FEN if kind.unit == "fen" else 1))


def in_worlds(first: Policy | str, second: Policy | str, *names: str, replications: int = 20) -> dict[str, str]:
    """Show the second policy against the first in scenarios and, last, in a world where no contact has any effect; net value's verdicts."""
    told = {name: scenario.called(read_scenario(name)) for name in names}
    found = {told[name]: compare([first, second], replications=replications, scenario=name) for name in names}
    still = words.say("Ordinary times, no contact has an effect")
    found[still] = compare([first, second], replications=replications, behaviour=Behaviour.default().without_effects())
    second_name = next(iter(found.values())).policies[1].name
    display_picture(three.scenarios(found, second_name))
    return {name: _verdict(one) for name, one in zip([*names, "without_effects"], found.values(), strict=True)}


def turning(first: Policy | str, second: Policy | str, constant: str, replications: int = 20, outcome: str = "net_value") -> float | None:
    """Run one constant through its plausible range and show the difference; the value at which the mean crosses 0, None if nowhere."""
    known = constants()[constant]
    values = sorted({known.low, (known.low + known.value) / 2, known.value, (known.value + known.high) / 2, known.high})
    found = {value: compare([first, second], replications=replications, behaviour=Behaviour.default({constant: value})) for value in values}
    kind, scale = _OUTCOME[outcome], comparison_scale(found[known.value])
    bars = []
    for one in found.values():
        apart = interval(one.values(one.policies[1].name, outcome) - one.values(one.policies[0].name, outcome))
        bars.append(Bar(*(three.shown(value, kind.unit, scale) for value in apart)))
    marks = {known.low: words.say("low"), known.value: words.say("as used"), known.high: words.say("high")}
    labels = [f"{value:g}" + (f" ({marks[value]})" if value in marks else "") for value in values]
    note = f"{constant}: {words.pick(known.label)} [{words.say(known.grade)}]"
    display_picture(intervals.picture(labels, [three.panel(outcome, scale, bars)], note=note))
    return crossing(values, [bar.mean for bar in bars])


def crossing(values: Sequence[float], means: Sequence[float]) -> float | None:
    """Where a line through the points first crosses 0; None if it does not.

    >>> crossing([1, 2, 4], [3.0, 1.0, -1.0]), crossing([1, 2], [1.0, 2.0])
    (3.0, None)
    """
    for at in range(len(values) - 1):
        here, there = means[at], means[at + 1]
        if here * there <= 0 and here != there:
            return float(values[at] + (values[at + 1] - values[at]) * here / (here - there))
    return None


def before_after(found: Comparison) -> tuple[float, float]:
    """Show what a before–after look would say of each policy, and the paired truth of the second; both changes, in percentage points.

    The figure is the overdue share: its mean over the last quarter of the run less that over the first.
    """
    late = {p.name: 100 * np.array([one.weekly[p.name]["overdue_share"] for one in found.replications]) for p in found.policies}
    moved = {name: one[:, -QUARTER:].mean(axis=1) - one[:, :QUARTER].mean(axis=1) for name, one in late.items()}
    first, second = found.policies[:2]
    apart = late[second.name][:, -QUARTER:].mean(axis=1) - late[first.name][:, -QUARTER:].mean(axis=1)
    labels = [words.say("{policy}: after less before", policy=policy.called(words.language())) for policy in (first, second)]
    labels.append(
        words.say("Same quarter, {second} less {first}", second=second.called(words.language()), first=first.called(words.language()))
    )
    rows = [[words.say("Overdue share"), words.say("percentage points"), words.say("95 % interval")]]
    for label, one in zip(labels, (moved[first.name], moved[second.name], apart), strict=True):
        mean, low, high = (number(value, 1, sign=True) for value in interval(one))
        rows.append([label, mean, f"{low} … {high}"])
    show_table(rows)
    return float(moved[second.name].mean()), float(apart.mean())


def display_picture(drawn: bytes, alt: str = "") -> None:
    """Show a PNG; `alt` says what it shows, for who cannot see it."""
    from IPython.display import display

    display({"image/png": drawn, "text/plain": alt or words.say("A picture.")}, raw=True)


def _verdict(found: Comparison, outcome: str = "net_value") -> str:
    first, second = (found.values(policy.name, outcome) for policy in found.policies[:2])
    _, low, high = interval(second - first)
    if len(found.replications) < ENOUGH or low <= 0 <= high:
        return "cannot_tell"
    return "better" if (low > 0) == (_OUTCOME[outcome].direction > 0) else "worse"


def amount(found: Comparison, outcome: str = "net_value") -> str:
    """The second policy's difference from the first as text, in the unit shown."""
    kind, scale = _OUTCOME[outcome], comparison_scale(found)
    mean, low, high = interval(found.values(found.policies[1].name, outcome) - found.values(found.policies[0].name, outcome))
    tell = lambda value: figure(value, kind.unit, scale, sign=True)  # noqa: E731
    return f"{tell(mean)} {difference_unit(kind.unit, scale)} ({tell(low)} … {tell(high)})"
