"""A search for better policies told in words: the front on fresh luck, its levers, what binds, and what fresh luck took away."""

from collections.abc import Callable, Sequence

from arsim.domain.lever import Lever
from arsim.report import scenario, words
from arsim.report.columns import aligned, width
from arsim.report.figures import Scale, difference_unit, digits, figure, money_scale, number, telling
from arsim.report.firm import Firm
from arsim.report.lever import shown
from arsim.study.aim import DECIDED, KNOWN_OUTCOMES, Limit
from arsim.study.exploration import Exploration
from arsim.study.outcome import Outcome

_MARKS = {1: "▲", -1: "▼", 0: "·"}


def text(found: Exploration, firm: Firm | None = None) -> str:
    """For a terminal."""
    firm = firm or Firm()
    parts = [head(found), ruled(front_rows(found, firm)), "\n".join(notes(found)), ruled(lever_rows(found))]
    parts += ["\n".join(limit_lines(found)), "\n".join(luck_lines(found, firm))]
    return "\n\n".join(part for part in parts if part)


def head(found: Exploration) -> str:
    """What was searched, and how many runs it took."""
    facts = {
        "base": found.space.base.called(words.language()), "levers": len(found.space.axes), "tried": len(found.found.tried),
        "spent": found.spent, "days": found.days, "fresh": found.plan.fresh, "count": len(found.policies),
    }  # fmt: skip
    lines = [
        words.say("{tried:,} policies tried, beginning from {base}, {levers} levers, {days} days each: {spent:,} runs in all.", **facts),
        words.say(
            "The front holds {count} policies. Their change against {base}, on {fresh} replications of luck the search had not seen:",
            **facts,
        ),
    ]
    if not scenario.ordinary(found.scenario):
        lines.insert(0, scenario.line(found.scenario))
    return "\n".join(lines)


def scale_of(aim: Outcome, firm: Firm) -> Scale:
    """Money in thousands, as differences of whole companies want it."""
    return money_scale(float("inf"), firm.currency) if aim.unit == "fen" else Scale(1, "")


def unit_of(aim: Outcome, scale: Scale) -> str:
    """Of a difference."""
    return words.say("minutes") if aim.unit == "minutes" else difference_unit(aim.unit, scale)


def front_rows(found: Exploration, firm: Firm) -> list[list[str]]:
    """A head; the reference's own level; a row a policy: the change in each aim with its interval."""
    table = found.front().set_index(["policy", "outcome"])
    titled = [words.say("{label} ({unit})", label=words.pick(aim.label), unit=unit_of(aim, scale_of(aim, firm))) for aim in found.aims]
    made = [[words.say("Policy"), *titled]]
    first = table.loc[found.policies[0].name]
    levels = [(aim, first.loc[aim.key].reference) for aim in found.aims]
    made.append([words.say("{base}: level", base=found.space.base.called(words.language())),
                 *(figure(level, aim.unit, scale_of(aim, firm), decimals=_decimals(aim, level)) for aim, level in levels)])  # fmt: skip
    for policy in found.policies:
        cells = [changed(table.loc[policy.name, aim.key], aim, firm) for aim in found.aims]
        made.append([policy.called(words.language()), *cells])
    return made


def changed(line, aim: Outcome, firm: Firm) -> str:
    """A change with its interval and the mark of its verdict."""
    scale = scale_of(aim, firm)
    decimals = _decimals(aim, line.reference)
    if line.low == line.low:
        decimals = telling(line.low, line.high, aim.unit, scale, decimals)
    told = [figure(value, aim.unit, scale, sign=True, decimals=decimals) for value in (line.difference, line.low, line.high)]
    return f"{told[0]} [{told[1]} … {told[2]}] {_MARKS[int(line.better)]}"


def _decimals(aim: Outcome, level: float) -> int:
    return 0 if aim.unit == "minutes" else digits(aim.unit, level)


def lever_rows(found: Exploration, named: Callable[[Lever], str] | None = None) -> list[list[str]]:
    """A head, then a row a lever: its value in the reference and in every policy of the front.

    By default levers and choices are called by their keys, as they are typed; where `named` gives what a lever is called, in words.
    """
    names = [policy.called(words.language()) for policy in (found.space.base, *found.policies)]
    values = [found.space.values(each.candidate) for each in found.found.front]
    made = [[words.say("Lever"), *names]]
    for axis in found.space.axes:
        tell = (lambda value, lever=axis.lever: shown(lever, value)) if named else _value
        label = named(axis.lever) if named else axis.path
        made.append([label, *map(tell, (axis.lever.default, *(each[axis.path] for each in values)))])
    return made


def _value(value) -> str:
    return value if isinstance(value, str) else f"{value:,.10g}".replace("-", "−")


def notes(found: Exploration) -> list[str]:
    """What the marks mean, and who beats whom."""
    lines = [words.say("▲ surely better, ▼ surely worse, · cannot be told; 95 % intervals, each for itself.")]
    names = [policy.called(words.language()) for policy in found.policies]
    base = found.space.base.called(words.language())
    if better := [name for name, wins in zip(names, found.beats_base(), strict=True) if wins]:
        lines.append(words.say("As good as {base} in everything aimed at and surely better in something: {names}.", base=base,
                               names=words.listed(better)))  # fmt: skip
    titles = {policy.name: name for policy, name in zip(found.policies, names, strict=True)}
    for name, other in zip(names, found.beaten(), strict=True):
        if other:
            lines.append(words.say("{name} owed its place to luck: on fresh luck {other} beats it.", name=name, other=titles[other]))
    table = found.front()
    for aim in found.aims:
        if not (table[table["outcome"] == aim.key]["better"] > 0).any():
            lines.append(words.say("{label}: no policy of the front is surely better than {base}; as far as these levers and this many "
                                   "replications can tell, the ground is flat.", label=words.pick(aim.label), base=base))  # fmt: skip
    return lines


def limit_lines(found: Exploration) -> list[str]:
    """Each constraint: whether it binds, and whether fresh luck leaves it kept; and what the law takes care of."""
    lines = []
    for place, limit in enumerate(found.limits):
        told = words.say("{label} at most {bound}", label=limit_label(limit), bound=bound_told(limit)) if limit.side > 0 else words.say(
            "{label} at least {bound}", label=limit_label(limit), bound=bound_told(limit))  # fmt: skip
        if found.found.binding[place]:
            lines.append(words.say(
                "{limit}: this constraint binds. The front stands at it, or nobody on the front beats what lies beyond.", limit=told
            ))  # fmt: skip
        else:
            lines.append(words.say("{limit}: this constraint does not bind.", limit=told))
        if refused := found.found.refused[place]:
            lines.append(words.say("  {count:,} policies were not run because they break it.", count=refused))
        values = zip(found.policies, found.on_fresh_luck(limit), strict=True)
        if past := [f"{policy.called(words.language())} ({limit.shown(value)})" for policy, value in values if limit.broken(value) > 0]:
            lines.append(words.say("  On fresh luck it is not kept by: {names}.", names=words.listed(past)))
    lines.append(
        words.say("The law needs no constraint here: hours of contact, the courts' waiting times and fees hold under every policy.")
    )
    if any("interest" in axis.path for axis in found.space.axes):
        lines.append(words.say("Whether a court would grant the agreed interest in full is not checked; `arsim calc interest` tells."))
    return lines


def limit_label(limit: Limit) -> str:
    """What a limit looks at, in words."""
    if limit.key in DECIDED:
        return words.say({"headcount": "Collectors and dispute desk together", "contact_cap": "Contact cap in 7 days"}[limit.key])
    return words.pick(KNOWN_OUTCOMES[limit.key].label)


def bound_told(limit: Limit) -> str:
    """The bound of a limit, shares in per cent."""
    share = limit.key in KNOWN_OUTCOMES and KNOWN_OUTCOMES[limit.key].unit == "share"
    return f"{number(100 * limit.bound, 2).rstrip('0').rstrip('.')}%" if share else limit.shown(limit.bound)


def luck_lines(found: Exploration, firm: Firm) -> list[str]:
    """What the search believed, and what fresh luck left of it: the winner's curse, made visible."""
    lines = [words.say("What the search believed of the best on each aim, and what fresh luck says:")]
    titles = {policy.name: policy.called(words.language()) for policy in found.policies}
    for line, aim in zip(found.shrinkage().itertuples(), found.aims, strict=True):
        scale = scale_of(aim, firm)
        decimals = _decimals(aim, max(abs(line.searched), abs(line.fresh)))
        told = [figure(value, aim.unit, scale, sign=True, decimals=decimals) for value in (line.searched, line.fresh)]
        facts = {"label": words.pick(aim.label), "policy": titles[line.policy], "searched": told[0], "fresh": told[1],
                 "unit": unit_of(aim, scale)}  # fmt: skip
        if line.left == line.left:
            lines.append(words.say("  {label} ({policy}): {searched} became {fresh} {unit}, {left} % of it.",
                                   left=number(100 * line.left, 0), **facts))  # fmt: skip
        else:
            lines.append(words.say("  {label} ({policy}): {searched} became {fresh} {unit}; nothing gained over the reference.", **facts))
    return lines


def ruled(rows: Sequence[Sequence[str]]) -> str:
    """A table with a line under its head."""
    lines = aligned(rows, range(1, len(rows[0])))
    lines.insert(1, "─" * max(map(width, lines)))
    return "\n".join(lines)
