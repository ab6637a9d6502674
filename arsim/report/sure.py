"""How many replications it took to be sure, why they ended, and what the same luck saved."""

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import difference_unit, figure, number
from arsim.report.firm import Firm
from arsim.report.table import MAIN, comparison_scale
from arsim.study import few
from arsim.study.comparison import Comparison
from arsim.study.outcome import OUTCOMES
from arsim.study.pairing import Saving, saving
from arsim.study.sure import SIGN

_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


def text(comparison: Comparison, firm: Firm | None = None) -> str:
    """For a terminal: why the replications ended, and a row for each wanted interval."""
    made = rows(comparison, firm)
    return "\n".join([*why(comparison), *(f"  {line}" for line in aligned(made, range(2, len(made[0]))))])


def rows(comparison: Comparison, firm: Firm | None = None) -> list[list[str]]:
    """A head, and a row for each wanted interval: how narrow, and how many runs separate luck would have taken for the same."""
    say, stop, scale = words.say, comparison.stop, comparison_scale(comparison, firm)
    titles = {policy.name: policy.called(words.language()) for policy in comparison.policies}
    head = ["", say("Unit"), say("Wanted, ±"), say("Reached, ±"), say("With separate luck: runs of each policy"), say("times as many")]
    made = [head]
    for policy in comparison.policies[1:]:
        for key in stop.rule.within:
            outcome, found = _OUTCOME[key], saving(comparison, policy.name, key)
            reference = float(comparison.values(comparison.policies[0].name, key).mean())
            sign = stop.rule.within[key] == SIGN
            wanted = say("sign") if sign else figure(stop.rule.target(key, reference), outcome.unit, scale)
            label = words.pick(outcome.label)
            name = label if len(comparison.policies) == 2 else say("{policy}: {outcome}", policy=titles[policy.name], outcome=label)
            made.append([name, difference_unit(outcome.unit, scale), wanted, figure(found.half_width, outcome.unit, scale),
                         _runs(found), _times(found)])  # fmt: skip
    return made


def why(comparison: Comparison) -> list[str]:
    """How many replications, and why no more."""
    say, stop = words.say, comparison.stop
    counts = {"took": len(comparison.replications), "budget": stop.rule.budget}
    told = [say("{took} paired replications were enough: every interval asked for is narrow enough.", **counts) if stop.narrow else
            say("The budget of {budget} replications is spent, and not every interval is narrow enough.", **counts)]  # fmt: skip
    if not stop.narrow:
        titles = {policy.name: policy.called(words.language()) for policy in comparison.policies}
        wide = words.listed(f"{titles[name]} / {words.pick(_OUTCOME[key].label)}" for name, key in stop.wide)
        told.append(say("Still too wide: {which}.", which=wide))
    if stop.rule.aside:
        told.append(say("{aside} more were run first, to see how narrow is enough to tell a sign; they are not in the figures.",
                        aside=stop.rule.aside))  # fmt: skip
    return told


def doubtful(comparison: Comparison, largest: float = 0.0) -> list[str]:
    """What to say where a few replications, or one customer with the share `largest` of sales, carry nearly all of a difference."""
    told, carried = [], few.found(comparison, _asked(comparison))
    if largest > few.LUMPY:
        told.append(words.say(
            "Take care: one customer makes {share:.0%} of expected sales. Whether that customer fails decides the net value, and as that "
            "is rare, its interval may be much too narrow (docs/statistics has figures). Rather decide by overdue share and goodwill.",
            share=largest))  # fmt: skip
    if carried:
        told.append(_few(comparison, carried))
    return told


def _few(comparison: Comparison, carried: list[tuple[str, str]]) -> str:
    titles = {policy.name: policy.called(words.language()) for policy in comparison.policies}
    which = words.listed(f"{titles[name]} / {words.pick(_OUTCOME[key].label)}" for name, key in carried)
    return words.say("Take care: {few} of the {count} replications make nearly all of the spread of: {which}. Something rare and large "
                     "decides there; as long as it was met so seldom, the interval may be much too narrow.", few=few.FEW,
                     count=len(comparison.replications), which=which)  # fmt: skip


def _asked(comparison: Comparison) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(comparison.stop.rule.within if comparison.stop else ()), *MAIN, "dso")))


def as_dict(comparison: Comparison) -> dict:
    """For ``--json``: why the replications ended (None if their number was given), what pairing saved, and what rests on a few."""
    stop, keys = comparison.stop, _asked(comparison)
    found = [saving(comparison, policy.name, key) for policy in comparison.policies[1:] for key in keys]
    return {
        "stop": stop and {"narrow_enough": stop.narrow, "took": stop.took, "put_aside": stop.rule.aside, "budget": stop.rule.budget,
                          "too_wide": [{"policy": name, "outcome": key} for name, key in stop.wide]},
        "pairing": [{"policy": one.policy, "outcome": one.outcome, "half_width": _plain(one.half_width),
                     "independent_replications": _plain(one.independent), "low": _plain(one.range[0]), "high": _plain(one.range[1]),
                     "times": _plain(one.times)} for one in found],
        "carried_by_few": [{"policy": name, "outcome": key} for name, key in few.found(comparison, keys)],
    }  # fmt: skip


def _plain(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def _runs(found: Saving) -> str:
    if not abs(found.times) < float("inf"):
        return "–"
    return words.say("{count} ({low} to {high})", count=number(found.independent, 0), low=number(found.range[0], 0),
                     high=number(found.range[1], 0))  # fmt: skip


def _times(found: Saving) -> str:
    return number(found.times, 1) if abs(found.times) < float("inf") else "–"
