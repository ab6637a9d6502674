"""What an evaluation says, level by level (Kirkpatrick): reaction, learning, behaviour, results."""

import math
from collections.abc import Sequence

import numpy as np

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import number
from arsim.study.effect import gain, relative_change
from arsim.study.finding import Estimate

CLAIMS = {"period": -0.20, "bad": -0.10}  # the sources' promises, put down before the course


def reaction(marks: dict[str, Sequence[int]]) -> str:
    """Level 1: the mean mark of each question and how many gave 4 or 5."""
    rows = [[words.say("Question"), words.say("mean"), words.say("4 or 5"), words.say("people")]]
    for name, given in marks.items():
        share = sum(mark >= 4 for mark in given) / len(given)
        rows.append([words.say(name), number(sum(given) / len(given), 1), f"{number(100 * share, 0)} %", str(len(given))])
    return "\n".join([*aligned(rows, (1, 2, 3)), "", words.say("Liking a course is not learning from it: read on.")])


def learning(before: Sequence[int], after: Sequence[int], items: int) -> str:
    """Level 2: marks of the same people before and after."""
    found = gain(np.array(before), np.array(after))
    left = [items - score for score in before]
    share = sum(late - early for early, late in zip(before, after, strict=True)) / max(1, sum(left))
    return "\n".join(
        [
            words.say(
                "{people} people sat both tests: {before} of {items} right before, {after} after.",
                people=len(before), items=items, before=number(float(np.mean(before)), 1), after=number(float(np.mean(after)), 1),
            ),
            words.say(
                "Gain: {gain}. Of what could still be learnt, {share} % was.", gain=_interval(found, 1), share=number(100 * share, 0)
            ),
            words.say("Half began with form A and half with form B, so an easier form cannot look like learning."),
        ]
    )  # fmt: skip


def behaviour(rows: Sequence[tuple[int, str, int, int]]) -> str:
    """Level 3: of each thing and day, in what share of the calls it was done, with a 95 % interval over people taken as one pool.

    Parameters
    ----------
    rows : sequence of (day, thing, done, calls)
    """
    days = sorted({day for day, *_ in rows})
    head = [words.say("Done in real calls"), *(words.say("after {day} days", day=day) for day in days)]
    made = [head]
    for thing in dict.fromkeys(thing for _, thing, *_ in rows):
        line = [words.say(thing)]
        for day in days:
            done = sum(one[2] for one in rows if one[0] == day and one[1] == thing)
            calls = sum(one[3] for one in rows if one[0] == day and one[1] == thing)
            line.append("–" if not calls else f"{number(100 * done / calls, 0)} % ({_wilson(done, calls)})")
        made.append(line)
    return "\n".join(aligned(made))


def results(trained: dict[str, np.ndarray], others: dict[str, np.ndarray]) -> str:
    """Level 4: each measure's change in trained units against the others, beside what was promised.

    Parameters
    ----------
    trained, others : dict of ndarray, shape (units, 2)
        Measure ("period", "overdue", "bad") → each unit's figure before and after.
    """
    names = {"period": words.say("collection period"), "overdue": words.say("overdue share"), "bad": words.say("bad-debt rate")}
    rows = [[words.say("Measure"), words.say("trained against the others"), words.say("promised"), words.say("Verdict")]]
    for key, name in names.items():
        sides = [side[key][(side[key] > 0).all(axis=1)] for side in (trained, others)]
        found = relative_change(*sides)
        claim = CLAIMS.get(key)
        promised = f"{number(100 * claim, 0, sign=True)} %" if claim is not None else "–"
        rows.append(
            [
                name,
                _interval(Estimate(*(100 * value for value in (found.value, found.low, found.high))), 0) + " %",
                promised,
                _verdict(found, claim),
            ]
        )
    dropped = sum(int((side[key] <= 0).any(axis=1).sum()) for side in (trained, others) for key in names)
    told = [words.say("{count} figures of 0 cannot be compared as shares and are left out.", count=dropped)] if dropped else []
    units = words.say("{trained} trained units, {others} others.", trained=len(trained["period"]), others=len(others["period"]))
    return "\n".join(
        [
            *aligned(rows),
            "",
            units,
            *told,
            words.say("Before and after alone would prove nothing: the others show what would have happened anyway."),
        ]
    )


def _verdict(found: Estimate, claim: float | None) -> str:
    if math.isnan(found.low):
        return words.say("too few units")
    if found.low <= 0 <= found.high:
        return words.say("no clear difference")
    if found.low > 0:
        return words.say("worse")
    if claim is None:
        return words.say("better")
    if found.high <= claim:
        return words.say("better, and by as much as promised")
    return (
        words.say("better, but by less than promised") if found.low > claim else words.say("better; whether by as much as promised is open")
    )


def _interval(found: Estimate, decimals: int) -> str:
    if math.isnan(found.value):
        return "–"
    value = number(found.value, decimals, sign=True)
    return (
        value
        if math.isnan(found.low)
        else f"{value} ({number(found.low, decimals, sign=True)} … {number(found.high, decimals, sign=True)})"
    )


def _wilson(done: int, calls: int, z: float = 1.959964) -> str:
    share, spread = done / calls, z * z / calls
    centre, reach = (share + spread / 2) / (1 + spread), z * math.sqrt(share * (1 - share) / calls + spread / (4 * calls)) / (1 + spread)
    return f"{number(100 * max(0, centre - reach), 0)}–{number(100 * min(1, centre + reach), 0)}"
