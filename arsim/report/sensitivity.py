"""What a comparison leans on, as a reader sees it: a picture of intervals along an assumption's range, and the same in rows."""

import io
from collections.abc import Sequence

from arsim.domain.policy import Policy
from arsim.report import fonts, words
from arsim.report.figures import Scale, difference_unit, digits, figure, money_scale, number
from arsim.study.outcome import OUTCOMES
from arsim.study.sensitivity import NOBODY, Point, Span

WIDTH = 680  # pixels in the notebook
_SHARP = 1.5
_COLOURS, _MARKS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7"), "osD^"  # told apart by the colour-blind, and by shape in print
_QUIET = "#555555"


def picture(found: Span) -> bytes:
    """One row a belief, one mark a policy with its interval; PNG."""
    fonts.prepare()
    from matplotlib.figure import Figure

    beliefs, others, scale = _beliefs(found), found.policies[1:], _scale(found)
    height = 96 + 34 * len(beliefs) + 15 * len(beliefs) * (len(others) - 1)
    drawn = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    axis = drawn.subplots(gridspec_kw={"left": 0.27, "right": 0.97, "top": 1 - 50 / height, "bottom": 40 / height})
    for place, belief in enumerate(beliefs):
        for rank, policy in enumerate(others):
            point = found.of(belief, policy.name)
            low, middle, high = (_shown(value, found, scale) for value in (point.low, point.difference, point.high))
            at = place + 0.36 * (rank - (len(others) - 1) / 2)
            look = {"color": _COLOURS[rank % 4], "marker": _MARKS[rank % 4]}
            axis.plot([low, high], [at, at], color=look["color"], linewidth=1.8)
            axis.plot([middle], [at], markersize=6, linestyle="", label=policy.called(words.language()) if not place else None, **look)
    axis.axvline(0, color=_QUIET, linewidth=0.8)
    axis.set_yticks(range(len(beliefs)), [_named(belief, found) for belief in beliefs], fontsize=9)
    axis.set_ylim(len(beliefs) - 0.5, -0.5)
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", "−"))
    axis.tick_params(axis="x", labelsize=8, color="#999999")
    axis.grid(axis="x", color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.set_xlabel(_axis(found, scale), fontsize=8.5, color=_QUIET)
    drawn.text(0.02, 1 - 14 / height, words.say("What if: {label}", label=words.pick(found.constant.label)), fontsize=10, va="center")
    drawn.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 20 / height), frameon=False, fontsize=9, ncols=3, handlelength=1.2)
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png")
    return buffer.getvalue()


def rows(found: Span) -> list[list[str]]:
    """A head, then belief, policy, difference and interval."""
    scale, outcome = _scale(found), _outcome(found)
    decimals = digits(outcome.unit, *(point.difference for point in found.points))
    told = lambda value: figure(value, outcome.unit, scale, sign=True, decimals=decimals)  # noqa: E731
    names = {policy.name: policy.called(words.language()) for policy in found.policies}
    head = [words.say("What if"), words.say("Policy"), _axis(found, scale), words.say("95 % interval")]
    return [head] + [
        [_named(point.belief, found), names[point.policy], told(point.difference), _interval(point, told)] for point in found.points
    ]


def worth_rows(outcomes: Sequence[str], found: Sequence[tuple[float, float, float]]) -> list[list[str]]:
    """A head, then outcome, what the change is worth, and interval."""
    made = [[words.say("Outcome"), words.say("Unit"), words.say("Difference"), words.say("95 % interval")]]
    for key, (difference, low, high) in zip(outcomes, found, strict=True):
        outcome = next(one for one in OUTCOMES if one.key == key)
        scale = money_scale(float("inf") if max(abs(low), abs(high)) >= 10_000_000 else 0)
        decimals = digits(outcome.unit, difference)
        told = [figure(value, outcome.unit, scale, sign=True, decimals=decimals) for value in (difference, low, high)]
        made.append([words.pick(outcome.label), difference_unit(outcome.unit, scale), told[0], f"{told[1]} … {told[2]}"])
    return made


def _interval(point: Point, told) -> str:
    return f"{told(point.low)} … {told(point.high)}"


def _beliefs(found: Span) -> list:
    return list(dict.fromkeys(point.belief for point in found.points))


def _named(belief: float | str, found: Span) -> str:
    constant = found.constant
    if belief == NOBODY:
        return words.say("nobody is moved")
    which = {constant.low: words.say("low end"), constant.value: words.say("as assumed"), constant.high: words.say("high end")}[belief]
    return words.say("{value} ({which})", value=number(belief, 2 if belief < 10 else 0), which=which)


def _outcome(found: Span):
    return next(one for one in OUTCOMES if one.key == found.outcome)


def _scale(found: Span) -> Scale:
    largest = max((abs(value) for point in found.points for value in (point.low, point.high)), default=0.0)
    return money_scale(float("inf") if largest >= 10_000_000 else 0)


def _shown(value: float, found: Span, scale: Scale) -> float:
    unit = _outcome(found).unit
    return value / scale.fen if unit == "fen" else 100 * value if unit == "share" else value


def _axis(found: Span, scale: Scale) -> str:
    first: Policy = found.policies[0]
    return words.say(
        "{outcome} against {policy}, {unit}",
        outcome=words.pick(_outcome(found).label),
        policy=first.called(words.language()),
        unit=difference_unit(_outcome(found).unit, scale),
    )
