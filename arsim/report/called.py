"""What a call did to an account: in words, as a table, as a picture; and what better calls by a whole team would be worth."""

import io
from datetime import date, timedelta

import numpy as np

from arsim.report import fonts, words
from arsim.report.figures import money_scale, number
from arsim.study import better
from arsim.study.called import SPANS, VALUE, WEEKS, Pair, difference, limitation, weekly

LOW, HIGH = "low", "high"
SIZE = (6.6, 3.0)  # inches
_WITHOUT, _WITH = "#D55E00", "#0072B2"


def entered(pair: Pair, start: date) -> list[str]:
    """What went into the account, a sentence each; `start` is day 0."""
    say, call, of = words.say, pair.calls[VALUE], pair.account
    scale = money_scale(of.overdue)
    money = lambda fen: f"{number(fen / scale.fen, 0)} {scale.name}"  # noqa: E731
    day = lambda at: (start + timedelta(at)).isoformat()  # noqa: E731
    told = [say("Account {name}: {sum} overdue on {day}, the oldest invoice since {due}. The debtor's sums are scaled to it.",
                name=of.name, sum=money(of.overdue), day=day(of.day), due=day(of.due))]  # fmt: skip
    if call.instalments:
        told.append(say("A plan over {sum} in {months} instalments.", sum=money(call.promised), months=call.instalments))
    elif call.promised:
        told.append(say("A promise: {sum}, from {day} on.", sum=money(call.promised), day=day(call.due)))
    else:
        told.append(say("No promise with a sum and a day."))
    if call.promised:
        ends = [number(100 * pair.calls[end].kept, 0) for end in (LOW, VALUE, HIGH)]
        told.append(say("Chance that it is kept: {chance} % ({low} to {high} % over the range of the assumptions).",
                        chance=ends[1], low=ends[0], high=ends[2]))  # fmt: skip
    points = [number(pair.calls[end].goodwill, 1, sign=True) for end in (LOW, VALUE, HIGH)]
    told.append(say("Goodwill: {points} points ({low} to {high}).", points=points[1], low=points[0], high=points[2]))
    before, after = limitation(of, call, start)
    if call.provable:
        told.append(say("A demand that can be proved: limitation for the oldest invoice now ends on {after} instead of {before}.",
                        after=after.isoformat(), before=before.isoformat()))  # fmt: skip
    else:
        told.append(say("Nothing that can be proved: limitation for the oldest invoice still ends on {before}.", before=before.isoformat()))
    if call.disputed:
        told.append(say("A dispute comes to light; the desk that clears disputes has it now."))
    if call.handed_on:
        told.append(say("The case is with the legal desk; whether it goes to law is a matter of the policy."))
    return [*told, say("Staff time: 1 minute.") if call.minutes == 1 else say("Staff time: {minutes} minutes.", minutes=call.minutes)]


def verdict(pairs: list[Pair]) -> str:
    """What the call brought, in a sentence or two without figures of statistics: soon, and after a year."""
    say, scale = words.say, money_scale(max(pair.account.overdue for pair in pairs))
    soon, late = (difference(pairs, lambda one, span=span: one.cash[span]) for span in (SPANS[0], SPANS[-1]))
    if not any(pair.without.cash[span] != pair.after[VALUE].cash[span] for pair in pairs for span in SPANS):
        return say("In money the call changed nothing: this account pays, or does not pay, just as it would have without it.")
    money = lambda mean: f"{number(abs(mean) / scale.fen, 0)} {scale.name}"  # noqa: E731
    first, year = (0 if low <= 0 <= high else 1 if low > 0 else -1 for _, low, high in (soon, late))
    told = {
        1: say("Because of this call {sum} more came in within {days} days, on average.", sum=money(soon[0]), days=SPANS[0]),
        -1: say("Because of this call {sum} less came in within {days} days, on average.", sum=money(soon[0]), days=SPANS[0]),
        0: say("Within {days} days the call made no difference that could be told from luck.", days=SPANS[0]),
    }  # fmt: skip
    after = {
        1: say("After a year it is {sum} more: money that would otherwise be lost or still open.", sum=money(late[0])),
        -1: say("After a year it is {sum} less.", sum=money(late[0])),
        0: say("After a year little of the difference is left, or none that could be told from luck: most would have come anyway, only "
               "later. What the call won is time.") if first > 0 else say("After a year neither."),
    }  # fmt: skip
    return words.gap().join((told[first], after[year]))


def table(pairs: list[Pair]) -> list[list[str]]:
    """Without the call, with it, and the paired difference with its interval and over the range of the assumptions."""
    say = words.say
    scale = money_scale(max(pair.account.overdue for pair in pairs))
    rows = [[say("mean of {count} years", count=len(pairs)), say("without the call"), say("with the call"), say("difference"),
             say("95 % interval"), say("range of the assumptions")]]  # fmt: skip
    figures = [
        (say("Paid within {days} days, {unit}", days=span, unit=scale.name), lambda x, s=span: x.cash[s] / scale.fen, 0) for span in SPANS
    ]
    figures += [
        (say("Lost or still open after a year, {unit}", unit=scale.name), lambda x: x.loss / scale.fen, 0),
        (say("Delivered in the year after, {unit}", unit=scale.name), lambda x: x.sales / scale.fen, 0),
        (say("Goodwill after a year, points"), lambda x: x.goodwill, 1),
    ]
    for name, figure, places in figures:
        without, after = (np.mean([figure(one) for one in each]) for each in (
            [pair.without for pair in pairs], [pair.after[VALUE] for pair in pairs]))  # fmt: skip
        mean, low, high = difference(pairs, figure)
        ends = sorted(difference(pairs, figure, end)[0] for end in (LOW, VALUE, HIGH))
        rows.append([name, number(without, places), number(after, places), number(mean, places, sign=True),
                     _left_open(low, high, places), _span(ends[0], ends[-1], places)])  # fmt: skip
    rows.append([say("All of it paid within the year, % of years"), *(
        number(100 * np.mean([one.paid_after is not None for one in each]), 0)
        for each in ([pair.without for pair in pairs], [pair.after[VALUE] for pair in pairs])), "", "", ""])  # fmt: skip
    return rows


def _span(low: float, high: float, places: int) -> str:
    return "–" if np.isnan(low) else f"{number(low, places, sign=True)} … {number(high, places, sign=True)}"


def _left_open(low: float, high: float, places: int) -> str:
    """The interval; where every year brought the same it has no width, which is not to say that the next year would."""
    return words.say("alike in all these years") if np.isclose(low, high, rtol=1e-9, atol=1e-9) else _span(low, high, places)


def picture(pairs: list[Pair]) -> bytes:
    """Open sum of the account's overdue invoices week by week, without and with the call, under the same luck: PNG."""
    fonts.prepare()
    from matplotlib.figure import Figure

    say, weeks = words.say, np.arange(WEEKS + 1)
    without, after = weekly(pairs)
    scale = money_scale(float("inf"))
    drawn = Figure(figsize=SIZE, dpi=130, facecolor="white", layout="constrained")
    axis = drawn.subplots()
    axis.step(weeks, without / scale.fen, where="post", color=_WITHOUT, linestyle="--", label=say("without the call"))
    axis.step(weeks, after / scale.fen, where="post", color=_WITH, label=say("with the call"))
    ends = (weekly(pairs, end)[1] / scale.fen for end in (LOW, HIGH))
    axis.fill_between(weeks, *ends, step="post", color=_WITH, alpha=0.15, linewidth=0, label=say("range of the assumptions"))
    axis.set_ylim(0, max(1e-9, 1.08 * max(without.max(), after.max()) / scale.fen))
    axis.set_xlim(0, WEEKS)
    axis.set_xlabel(say("weeks after the call"), fontsize=9)
    axis.set_title(
        say("Still open of what was overdue, {unit}, mean of {count} years", unit=scale.name, count=len(pairs)),
        fontsize=9.5,
        loc="left",
    )
    axis.tick_params(labelsize=8, color="#999999")
    axis.grid(axis="y", color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=8.5)
    kept = io.BytesIO()
    drawn.savefig(kept, format="png")
    return kept.getvalue()


def team(found: list[dict], points: float, promises: float, kept: float, calls: int, carried: tuple[float, float, float]) -> list[str]:
    """What better calls by everybody would be worth, a sentence each.

    Parameters
    ----------
    found : list
        From `arsim.study.better.better`, at "value", "low" and "high".
    points : float
        Better by so many points of 100.
    promises, kept : float
        Percentage points of promises, and of promises kept, that go with them in the role-play.
    calls : int
        Played to find out.
    carried : tuple of float
        Share of it that is assumed to show at a desk: value, low, high.
    """
    say = words.say
    value, low, high = (better.summed(found, end, "net_value") for end in (VALUE, LOW, HIGH))
    scale = money_scale(0)
    money = lambda fen: f"{number(fen / scale.fen, 0, sign=True)} {scale.name}"  # noqa: E731
    late, late_low, late_high = (100 * one for one in better.summed(found, VALUE, "overdue_share"))
    warm, warm_low, warm_high = better.summed(found, VALUE, "goodwill")
    share = [number(100 * one, 0) for one in carried]
    return [
        say("Net value in a year: {mean} (95 % interval {low} to {high}; mean of {count} years).", mean=money(value[0]),
            low=money(value[1]), high=money(value[2]), count=len(found)),
        say("At the cautious end of the assumptions {low}, at the bold end {high}.", low=money(low[0]), high=money(high[0])),
        say("Overdue share: {mean} percentage points ({low} to {high}). Goodwill: {warm} points ({warm_low} to {warm_high}).",
            mean=number(late, 2, sign=True), low=number(late_low, 2, sign=True), high=number(late_high, 2, sign=True),
            warm=number(warm, 1, sign=True), warm_low=number(warm_low, 1, sign=True), warm_high=number(warm_high, 1, sign=True)),
        say("How we got there: in {calls} played calls, {points} points more went with {promises} percentage points more promises and "
            "{kept} more of them kept. We assume that {share} % of that shows at a desk ({low} to {high} %), in every call of a year.",
            calls=number(calls, 0), points=number(points, 0), promises=number(promises, 0), kept=number(kept, 0), share=share[0],
            low=share[1], high=share[2]),
        say("This is a chain of assumptions, not a measurement: the points are our rules, and the debtors follow rules of ours. "
            "Measure it before you spend money on it."),
    ]  # fmt: skip
