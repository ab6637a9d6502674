"""Many policies at a glance by the three outcomes that belong together: what it earns, what it risks, what it does to customers."""

from collections.abc import Iterable, Mapping, Sequence

from arsim.report import intervals, words
from arsim.report.figures import Scale, difference_unit, figure
from arsim.report.firm import Firm
from arsim.report.intervals import Bar, Panel
from arsim.report.table import MAIN, comparison_scale
from arsim.study.comparison import Comparison, interval
from arsim.study.outcome import OUTCOMES

_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


def rows(comparison: Comparison, beaten: Mapping[str, Sequence[str]], firm: Firm | None = None) -> list[list[str]]:
    """A head, and a row for each policy: difference from the first with its interval, three times, and who beats it on all three.

    Parameters
    ----------
    comparison : Comparison
    beaten : mapping
        As `arsim.study.dominated.dominators` has it.
    firm : Firm, optional
    """
    scale, titles = comparison_scale(comparison, firm), _titles(comparison)
    top = [words.say("Policy"), *(head(key, scale) for key in MAIN), words.say("Beaten on all three by")]
    return [top, *([titles[name], *_cells(comparison, name, scale), words.listed(titles[by] for by in beaten[name]) or "–"]
                    for name in titles)]  # fmt: skip


def picture(comparison: Comparison, beaten: Mapping[str, Sequence[str]], firm: Firm | None = None) -> bytes:
    """Each policy but the first as a row, with its difference from the first and the 95 % interval; the beaten ones in grey."""
    scale, titles = comparison_scale(comparison, firm), _titles(comparison)
    others = [name for name in titles if name != comparison.policies[0].name]
    panels = [panel(key, scale, (_bar(comparison, name, key, scale) for name in others)) for key in MAIN]
    note = words.say("Difference from {first} with its 95 % interval, {count} replications. Hollow: no clear difference. Grey: beaten.",
                     first=titles[comparison.policies[0].name], count=len(comparison.replications))  # fmt: skip
    return intervals.picture([titles[name] for name in others], panels, [n for n, name in enumerate(others) if beaten[name]], note)


def scenarios(found: Mapping[str, Comparison], policy: str, firm: Firm | None = None) -> bytes:
    """One policy against the first in several worlds, a row each; `found` is label → comparison."""
    scale = comparison_scale(next(iter(found.values())), firm)
    panels = [panel(key, scale, (_bar(one, policy, key, scale) for one in found.values())) for key in MAIN]
    return intervals.picture(list(found), panels, note=words.say("Differences with their 95 % intervals. Hollow: no clear difference."))


def _titles(comparison: Comparison) -> dict[str, str]:
    return {policy.name: policy.called(words.language()) for policy in comparison.policies}


def panel(key: str, scale: Scale, bars: Iterable[Bar]) -> Panel:
    """Bars of the differences of one outcome, named with their unit."""
    return Panel(words.pick(_OUTCOME[key].label), difference_unit(_OUTCOME[key].unit, scale), tuple(bars))


def head(key: str, scale: Scale) -> str:
    """What an outcome is called, with the unit of its differences, as the head of a column."""
    comma = "，" if words.language() == "zh" else ", "
    return words.pick(_OUTCOME[key].label) + comma + difference_unit(_OUTCOME[key].unit, scale)


def _bar(comparison: Comparison, name: str, key: str, scale: Scale) -> Bar:
    found = interval(comparison.values(name, key) - comparison.values(comparison.policies[0].name, key))
    return Bar(*(shown(value, _OUTCOME[key].unit, scale) for value in found))


def shown(value: float, unit: str, scale: Scale) -> float:
    """`value` in the unit a reader sees: money in its scale, shares in percentage points."""
    return value / scale.fen if unit == "fen" else 100 * value if unit == "share" else value


def _cells(comparison: Comparison, name: str, scale: Scale) -> list[str]:
    first = comparison.policies[0].name
    if name == first:
        means = (float(comparison.values(name, key).mean()) for key in MAIN)
        return [words.say("{value} (itself)", value=figure(mean, _OUTCOME[key].unit, scale)) for key, mean in zip(MAIN, means, strict=True)]
    made = []
    for key in MAIN:
        mean, low, high = interval(comparison.values(name, key) - comparison.values(first, key))
        tell = lambda value, unit=_OUTCOME[key].unit: figure(value, unit, scale, sign=True)  # noqa: E731
        made.append(f"{tell(mean)} ({tell(low)} … {tell(high)})")
    return made
