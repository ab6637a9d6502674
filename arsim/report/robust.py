"""A study of robustness in words and tables: how often a policy wins, what not choosing it costs, what would overturn it, who loses."""

from collections import Counter
from collections.abc import Sequence

from arsim.model.evidence import GRADES
from arsim.report import parameter, scenario, words
from arsim.report.figures import Scale, difference_unit, figure, money_scale, number
from arsim.report.three import head
from arsim.study.box import SCENARIO, Box, Condition
from arsim.study.losers import ALL, MEASURES, Effect, Losers
from arsim.study.outcome import OUTCOMES
from arsim.study.regret import minimax, regret_table
from arsim.study.robust import TOGETHER, Robust, Share
from arsim.study.robustness import Robustness
from arsim.study.tipping import OFTEN, Tipping
from arsim.study.tornado import Tornado
from arsim.study.worlds import Worlds, weak, wide

OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}
TOP = 10  # rows of a tornado
NEARLY, MORE = 0.9, 0.5


def scale_of(found: Robust, currency: str = "CNY") -> Scale:
    """Money in one scale for the whole study, fit for its receivables."""
    largest = float(found.outcome("ar_end").max()) if len(found.worlds) else 0.0
    return money_scale(largest, currency)


def titled(found: Robust) -> dict[str, str]:
    """What each policy is called, by name."""
    return {policy.name: policy.called(words.language()) for policy in found.policies}


def percent(share: float) -> str:
    """A share as a reader sees it."""
    return "–" if share != share else number(100 * share, 0) + ("%" if words.language() == "zh" else " %")


def told(share: Share) -> str:
    """A share of worlds with its interval."""
    return words.say("{share} ({low}–{high})", share=percent(share.share), low=number(100 * share.low, 0), high=percent(share.high))


def word(share: Share) -> str:
    """What the share and its interval allow to say."""
    if share.low >= NEARLY:
        return words.say("better nearly everywhere")
    if share.high <= 1 - NEARLY:
        return words.say("better hardly anywhere")
    if share.low > MORE:
        return words.say("better more often than not")
    if share.high < MORE:
        return words.say("worse more often than not")
    return words.say("it depends on the world")


def verdict(found: Robust, policy: str) -> str:
    """The three outcomes that belong together, a sentence each, then all at once, then luck."""
    titles, gap = titled(found), "" if words.language() == "zh" else " "
    lines = [words.say("{policy} against {reference} in {count} plausible worlds, {days} days each, same worlds and same luck for both:",
                       policy=titles[policy], reference=titles[found.names[0]], count=len(found.worlds), days=found.days)]  # fmt: skip
    for key in TOGETHER:
        share, average = found.beats(policy, key), found.on_average(policy, key)
        label, same = words.pick(OUTCOME[key].label), found.same(policy, key)
        if same == 1:
            lines.append(words.say("  {label}: exactly the same in all of them.", label=label))
            continue
        said = words.say("  {label}: better in {share}; {word}.", label=label, share=told(share), word=word(share))
        if same:
            said = words.say("  {label}: better in {share}, exactly the same in {same}, worse in the rest.", label=label, share=told(share),
                             same=percent(same))  # fmt: skip
        if average == average:
            said += gap + words.say("With luck averaged out: in about {share}.", share=percent(average))
        lines.append(said)
    lines.append(words.say("  All three at once: better in {share}.", share=told(found.all_three(policy))))
    luck = found.luck_share(policy, "net_value")
    if luck == luck:
        lines.append(words.say("  Of what the difference in net value varies from year to year, {share} is luck; the rest is the world.",
                               share=percent(luck)))  # fmt: skip
    return "\n".join(lines)


def share_rows(found: Robust) -> list[list[str]]:
    """A head, and a row for each policy: in how many worlds it is the best, and in how many better than the first."""
    titles, best = titled(found), {key: found.best(key) for key in TOGETHER}
    label = lambda key: words.pick(OUTCOME[key].label)  # noqa: E731
    top = [words.say("Policy"), *(words.say("{outcome}: best in", outcome=label(key)) for key in TOGETHER)]
    top += [words.say("{outcome}: beats the first in", outcome=label(key)) for key in TOGETHER] + [words.say("all three")]
    made = [top]
    for name in found.names:
        first = name == found.names[0]
        made.append([titles[name], *(percent(best[key][name].share) for key in TOGETHER),
                     *("–" if first else told(found.beats(name, key)) for key in TOGETHER),
                     "–" if first else told(found.all_three(name))])  # fmt: skip
    return made


def scenario_rows(found: Robust, policy: str, key: str = "net_value") -> list[list[str]]:
    """A head, and a row for each scenario: its share of the worlds, and in how many of these the policy is better."""
    made = [[words.say("Scenario"), words.say("Share of worlds"), words.say("Better in")]]
    for name, share in found.by_scenario(policy, key).items():
        known = next(found.worlds.scenario(at) for at, one in enumerate(found.worlds.scenarios) if one == name)
        made.append([scenario.called(known), percent(found.worlds.weights[name]), told(share)])
    return made


def regret_rows(found: Robust, key: str = "net_value", currency: str = "CNY") -> list[list[str]]:
    """A head, and a row for each policy: what it costs not to have known the world; the smallest worst one is marked."""
    scale, titles, kind = scale_of(found, currency), titled(found), OUTCOME[key]
    table = regret_table(found.names, found.in_worlds(key), kind.direction or 1)
    tell = lambda value: figure(value, kind.unit, scale)  # noqa: E731
    first = words.say("Regret ({outcome})", outcome=head(key, scale))
    made = [[first, words.say("mean"), words.say("in 9 of 10 worlds below"), words.say("worst world"), ""]]
    least = minimax(table) if len(found.worlds) else ""
    for one in table:
        made.append([titles[one.policy], tell(one.mean), tell(one.often), tell(one.most),
                     words.say("smallest worst regret") if one.policy == least else ""])  # fmt: skip
    return made


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
        gap = "" if words.language() == "zh" else " "
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


def measure(key: str) -> str:
    """What a measure of `arsim.study.losers` is called."""
    say = words.say
    return {
        "value": say("value before salaries"), "outstanding": say("days outstanding"), "overdue_share": say("overdue share"),
        "contacts": say("contact attempts"), "held": say("held orders"), "lost": say("lost orders"),
        "goodwill": say("goodwill"),
    }[key]  # fmt: skip


def segment(one: Effect) -> str:
    """What a segment is called."""
    say = words.say
    if one.grouping == ALL:
        return say("all customers")
    if one.grouping == "industry":
        return scenario.industry(one.segment)
    if one.grouping == "grade":
        return say("grade {grade}", grade=one.segment)
    names = {
        ("size", "small"): say("smallest third by orders"), ("size", "middle"): say("middle third by orders"),
        ("size", "big"): say("largest third by orders"), ("payer", "slow"): say("slowest third of payers"),
        ("payer", "usual"): say("middle third of payers"), ("payer", "prompt"): say("promptest third of payers"),
    }  # fmt: skip
    return names[one.grouping, one.segment]


def loser_scale(found: Losers, currency: str = "CNY") -> Scale:
    """Money a customer, in one scale."""
    paid = [abs(one.reference) for one in found.effects if MEASURES[one.measure][0] == "fen"]
    return money_scale(max(paid, default=0.0), currency)


def loser_rows(found: Losers, currency: str = "CNY", measures: Sequence[str] = tuple(MEASURES)) -> list[list[str]]:
    """A head, and a row for each segment: the difference on each measure; ▲ surely better, ▼ surely worse, * not sure."""
    scale = loser_scale(found, currency)
    top = [words.say("Difference, a customer"), words.say("customers")]
    top += [words.say("{measure} ({unit})", measure=measure(key), unit=difference_unit(MEASURES[key][0], scale)) for key in measures]
    made, flagged = [top], set(found.flagged)
    for total in found.of(measures[0]):
        row = [segment(total), str(total.customers)]
        for key in measures:
            one = next(one for one in found.of(key) if (one.grouping, one.segment) == (total.grouping, total.segment))
            mark = {1: " ▲", -1: " ▼"}.get(one.verdict, "" if one.low > 0 or one.high < 0 or one.low == one.high else " *")
            row.append(figure(one.difference, MEASURES[key][0], scale, sign=True) + mark + ("!" if one in flagged else ""))
        made.append(row)
    return made


def loser_lines(found: Losers, currency: str = "CNY") -> list[str]:
    """A sentence for each measure on which some segments lose while all customers together do not; one where nobody does."""
    say, scale, lines = words.say, loser_scale(found, currency), []
    for key in MEASURES:
        worse = [one for one in found.flagged if one.measure == key]
        if worse:
            kind = MEASURES[key][0]
            told = words.listed(say("{what} ({amount})", what=segment(one), amount=figure(one.difference, kind, scale, sign=True))
                                for one in worse)  # fmt: skip
            lines.append(say("{measure}: all customers together {total} {unit}, but surely worse: {segments}.", measure=measure(key),
                             total=figure(found.total(key).difference, kind, scale, sign=True), unit=difference_unit(kind, scale),
                             segments=told))  # fmt: skip
    everybody = [measure(key) for key in MEASURES if found.total(key).verdict < 0]
    if everybody:
        lines.append(say("Surely worse for all customers together: {measures}.", measures=words.listed(everybody)))
    return lines or [say("No segment is surely worse off on any of these measures.")]


def assumptions(drawn: Worlds, each: int) -> str:
    """What the worlds are made of, said beside the figures."""
    grades = Counter(one.grade for one in drawn.varied)
    counted = words.listed(f"{words.say(grade)} {grades[grade]}" for grade in GRADES if grades[grade])
    weights = words.listed(f"{scenario.called(known)} {percent(drawn.weights[known.name])}" for known in _scenarios(drawn))
    gap = "" if words.language() == "zh" else " "
    lines = [
        words.say("A plausible world: {count} parameters that nobody has measured ({counted}), each somewhere in its evidence range, "
                  "independent of each other except where order demands it (Latin hypercube; {wide} wide ranges evenly on the logarithmic "
                  "scale).", count=len(drawn.varied), counted=counted, wide=sum(map(wide, drawn.varied))),
        words.say("Scenarios: {weights}.", weights=weights) + gap + words.say("Nobody knows how likely they are; the shares are a choice."),
        words.say("Luck: new in every world, {each} times, the same for all policies.", each=each),
        words.say("Not varied: who the customers are, what was measured, and the rules of the model."),
    ]  # fmt: skip
    if drawn.known:
        lines.append(words.say("Held as known: {known}.", known=words.listed(f"{path} = {value:g}" for path, value in drawn.known.items())))
    elif len(drawn.varied) < len(weak()):
        lines.append(words.say("The other parameters stay as used."))
    return "\n".join(lines)


def _scenarios(drawn: Worlds):
    from arsim.model.scenario import read_scenario

    return [read_scenario(name) for name in drawn.weights]
