"""What would overturn a comparison, in words and tables: the parameters that move it, where it turns, in which worlds it is lost."""

from arsim.report import parameter, scenario, words
from arsim.report.figures import Scale, difference_unit, figure
from arsim.report.robust_shares import OUTCOME, percent
from arsim.study.box import SCENARIO, Box, Condition
from arsim.study.robustness import Robustness
from arsim.study.tipping import OFTEN, Tipping
from arsim.study.tornado import Tornado

TOP = 10  # rows of a tornado


def tornado_rows(found: Tornado, scale: Scale, key: str = "net_value", top: int = TOP) -> list[list[str]]:
    """A head, and the parameters that move the difference most: from the low end of the range to the high end."""
    unit = OUTCOME[key].unit
    tell = lambda value: figure(value, unit, scale, sign=True)  # noqa: E731
    made = [[words.say("Parameter"), words.say("low end → high end, {unit}", unit=difference_unit(unit, scale)),
             words.say("95 % interval, all together"), words.say("share of variance"), ""]]  # fmt: skip
    for pull in found.pulls[:top]:
        made.append([f"{parameter.called(pull.path)} [{pull.path}]", tell(pull.effect), f"{tell(pull.low)} … {tell(pull.high)}",
                     percent(pull.share), words.say("sure") if pull.sure else words.say("may be nothing")])  # fmt: skip
    return made


def parts(found: Tornado) -> str:
    """What the variance of the difference is made of."""
    surely = sum(pull.share for pull in found.pulls if pull.sure)
    return words.say(
        "What makes the difference vary: luck {luck}, scenario {scenario}, parameters that surely matter {surely}, the rest (weaker or "
        "bent effects, effects that work together) {rest}.",
        luck=percent(found.luck), scenario=percent(found.scenario), surely=percent(surely), rest=percent(found.rest),
    )  # fmt: skip


def sieved(study: Robustness) -> str:
    """Which parameters were looked at, and how many do nothing at all here."""
    if not study.tried:
        return words.say("Looked at: {count} parameters, chosen beforehand.", count=len(study.pulls.pulls))
    return words.say(
        "Looked at: the {count} that moved the difference most when they were tried alone. Of all {all_}, {still} change nothing at all "
        "between these two policies.",
        count=len(study.pulls.pulls), all_=len(study.tried), still=sum(not moved for moved in study.tried.values()),
    )  # fmt: skip


def tipping_line(found: Tipping, scale: Scale) -> str:
    """Where the verdict turns, or that it does not; then the value in use."""
    constant, say = found.constant, words.say
    show = lambda number: parameter.value(constant, number)  # noqa: E731
    label, (low, high, share) = parameter.called(constant.path), found.range
    facts = {"label": label, "path": constant.path, "low": show(constant.low), "high": show(constant.high), "used": show(found.used)}
    if found.value is None:
        first, last = found.differences[0].mean(), found.differences[-1].mean()
        unit = OUTCOME[found.outcome].unit
        told = say("{label} [{path}]: does not turn within its range, {low} … {high}: the difference goes from {first} to {last} {unit}.",
                   first=figure(first, unit, scale, sign=True), last=figure(last, unit, scale, sign=True),
                   unit=difference_unit(unit, scale), **facts)  # fmt: skip
        gap = words.gap()
        open_ = say("Luck leaves that open: in {share} of the draws it would turn.", share=percent(share))
        return told if share < 0.05 else told + gap + open_
    if low == low:
        return say("{label} [{path}]: turns at about {value} ({from_} … {to}); used is {used}, range {low} … {high}.",
                   value=show(found.value), from_=show(low), to=show(high), **facts)  # fmt: skip
    if share >= OFTEN:
        return say("{label} [{path}]: turns at about {value}, but luck leaves open where, and whether it does within the range; used is "
                   "{used}, range {low} … {high}.", value=show(found.value), **facts)  # fmt: skip
    return say("{label} [{path}]: turns at about {value}, but luck leaves open whether it does ({share} of the draws); used is {used}, "
               "range {low} … {high}.", value=show(found.value), share=percent(share), **facts)  # fmt: skip


def box_line(found: Box | None, title: str) -> str:
    """Where the policy loses, in one sentence."""
    if found is None:
        return words.say("No simple condition sets the worlds in which {policy} loses apart from the others.", policy=title)
    return words.say(
        "{policy} loses mostly where {conditions}: {coverage} of its losing worlds lie there, and {density} of the worlds there are losing "
        "ones, against {base} of all (checked on worlds not used to find this).",
        policy=title, conditions=words.say(" and ").join(map(_condition, found.conditions)),
        coverage=percent(found.coverage), density=percent(found.density), base=percent(found.base),
    )  # fmt: skip


def _condition(one: Condition) -> str:
    if one.path == SCENARIO:
        from arsim.model.scenario import read_scenario

        return words.say("the scenario is “{name}”", name=scenario.called(read_scenario(one.value)))
    from arsim.model.evidence import constants

    facts = {"label": parameter.called(one.path), "path": one.path, "value": parameter.value(constants()[one.path], one.value)}
    return words.say("“{label}” [{path}] is above {value}", **facts) if one.above else words.say(
        "“{label}” [{path}] is below {value}", **facts)  # fmt: skip
