"""How many agents a stream of calls needs, or how a desk of so many fares."""

from math import exp, floor, inf

from arsim.report import words
from arsim.report.calc.answer import Answer, figure, percent, table
from arsim.study.erlang import erlang_b, erlang_c, mean_wait, occupancy, service_level
from arsim.study.staffing import agents_for_mean_wait, agents_for_service_level, load


def staffing(
    calls: float, minutes: float, handling: float, agents: int | None = None,
    target: float | None = None, within: float | None = None, wait: float | None = None,
) -> Answer:  # fmt: skip
    """The desk for `calls` in `minutes`, each `handling` seconds long.

    Of a given number of `agents`; or of the fewest that answer a share `target` of the calls `within` so many seconds; or of the fewest
    with a mean wait of `wait` seconds.
    """
    say, seconds = words.say, minutes * 60
    offered = load(calls, seconds, handling)
    if target is not None:
        agents = agents_for_service_level(offered, handling, within, target)
        head = say("{agents} agents are needed to answer {target} of the calls within {within} seconds.",
                   agents=agents, target=percent(target), within=figure(within))  # fmt: skip
    elif wait is not None:
        agents = agents_for_mean_wait(offered, handling, wait)
        head = say("{agents} agents are needed to keep the mean wait at {wait} seconds or less.", agents=agents, wait=figure(wait))
    else:
        head = say("{agents} agents, {load} erlang of work:", agents=agents, load=figure(offered))
    waits, asa, level = _fares(offered, agents, handling, within)
    results = {
        "agents": agents, "load": offered, "occupancy": occupancy(offered, agents), "chance_of_waiting": waits, "mean_wait_seconds": asa,
    }  # fmt: skip
    return Answer(
        answer=(head, *_beside(offered, agents, handling, within), *_full(offered, agents)),
        working=(
            say("Load: {formula}", formula=f"a = {figure(calls)} / {figure(seconds)} s × {figure(handling)} s = {figure(offered)}"),
            say("Busy: {formula}", formula=f"a / c = {figure(offered)} / {agents} = {percent(results['occupancy'], 1)}"),
            *_waiting(offered, agents, handling, within),
        ),
        beware=(
            say("Calls are taken to come at random at one steady rate; a morning peak needs more agents than this."),
            say("Nobody is taken to hang up. Callers who do shorten the queue, and you lose them."),
            say("These are agents at the desk. Breaks, training, illness and the work after a call come on top."),
            say("Where you call and nobody queues, as in most collecting, look at the load: so many people are busy all the time."),
        ),
        results=results | ({"answered_within": level} if within is not None else {}),
    )


def _fares(offered, agents, handling, within):
    level = None if within is None else service_level(offered, agents, handling, within)
    return erlang_c(offered, agents), mean_wait(offered, agents, handling), level


def _beside(offered, agents, handling, within) -> list[str]:
    """The desk with one agent fewer and with one and two more; where the queue has no end, the first desks that can cope."""
    say = words.say
    head = [say("agents"), say("busy"), say("have to wait"), say("mean wait, s")]
    head += [] if within is None else [say("within {within} s", within=figure(within))]
    rows = []
    least = max(1, agents - 1) if offered < agents else _least(offered)
    for count in [*([] if offered < agents else [agents]), *range(least, least + 4)]:
        waits, asa, level = _fares(offered, count, handling, within)
        row = [str(count), percent(occupancy(offered, count), 1), percent(waits, 1), figure(asa, 1)]
        rows.append(row + ([] if within is None else [percent(level, 1)]))
    return table(head, rows)


def _full(offered, agents) -> list[str]:
    if offered < agents:
        return []
    told = words.say("With {agents} agents the queue grows without end: {least} is the least that can cope.",
                     agents=agents, least=_least(offered))  # fmt: skip
    return [told]


def _least(offered) -> int:
    """Fewest agents whose queue does not grow without end."""
    return floor(offered) + 1


def _waiting(offered, agents, handling, within) -> list[str]:
    say, lost, (waits, asa, level) = words.say, erlang_b(offered, agents), _fares(offered, agents, handling, within)
    if asa == inf:
        return [say("The load reaches the number of agents, so everybody waits (Erlang C = 1).")]
    a, free = figure(offered), figure(agents - offered)
    lines = [
        say("Lost if nobody could wait (Erlang B): {formula}", formula=f"B = (aᶜ / c!) / Σₖ₌₀..c aᵏ / k! = {figure(lost)}"),
        say("Have to wait (Erlang C): {formula}",
            formula=f"C = B / (1 − a / c × (1 − B)) = {figure(lost)} / (1 − {a} / {agents} × {figure(1 - lost)}) = {figure(waits)}"),
        say("Mean wait of all calls: {formula}",
            formula=f"C × handling / (c − a) = {figure(waits)} × {figure(handling)} / {free} = {figure(asa, 2)} s"),
    ]  # fmt: skip
    if within is not None and handling:
        power = (agents - offered) * within / handling
        lines.append(
            say("Answered in time: {formula}",
                formula=f"1 − C × e^(−(c − a) × T / handling) = 1 − {figure(waits)} × {figure(exp(-power))} = {percent(level, 1)}")
        )  # fmt: skip
    return lines
