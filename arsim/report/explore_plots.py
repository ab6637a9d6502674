"""A search as pictures: every pair of aims with the front on fresh luck, and the levers of the front side by side."""

import io
from itertools import combinations

from arsim.report import fonts, words
from arsim.report.explore import scale_of, unit_of
from arsim.report.firm import Firm
from arsim.study.aim import direction
from arsim.study.exploration import Exploration
from arsim.study.outcome import Outcome

WIDTH = 980  # pixels
_SHARP = 1.5
_FRONT, _BASE, _TRIED, _QUIET = "#0072B2", "#D55E00", "#b9b9b9", "#555555"
_LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8a6d00")  # told apart by the colour-blind
_MARKS = "osD^vPX*"


def pairs(found: Exploration, firm: Firm | None = None) -> bytes:
    """Each pair of aims: grey what was tried, blue the front with its 95 % intervals on fresh luck, the reference at the cross; PNG."""
    fonts.prepare()
    from matplotlib.figure import Figure

    firm, both = firm or Firm(), list(combinations(found.aims, 2)) or [(found.aims[0], found.aims[0])]
    across = min(3, len(both))
    down = -(-len(both) // across)
    height = 92 + 300 * down
    drawn = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    axes = drawn.subplots(down, across, squeeze=False, gridspec_kw={
        "left": 0.085, "right": 0.985, "top": 1 - 44 / height, "bottom": 84 / height, "wspace": 0.36, "hspace": 0.38})  # fmt: skip
    table, tried = found.front().set_index(["policy", "outcome"]), found.tried()
    for axis, (one, other) in zip(axes.flat, both, strict=False):
        scales = [scale_of(aim, firm).fen * (0.01 if aim.unit == "share" else 1) for aim in (one, other)]
        seen = tried[tried["keeps_limits"]]
        axis.plot(seen[one.key] / scales[0], seen[other.key] / scales[1], ".", color=_TRIED, markersize=3.5, zorder=1)
        axis.plot([0], [0], "+", color=_BASE, markersize=13, markeredgewidth=2.4, zorder=4)
        for number, policy in enumerate(found.policies, 1):
            x, y = table.loc[policy.name, one.key], table.loc[policy.name, other.key]
            axis.plot([x.low / scales[0], x.high / scales[0]], [y.difference / scales[1]] * 2, color=_FRONT, linewidth=1, zorder=2)
            axis.plot([x.difference / scales[0]] * 2, [y.low / scales[1], y.high / scales[1]], color=_FRONT, linewidth=1, zorder=2)
            axis.plot(x.difference / scales[0], y.difference / scales[1], "o", color=_FRONT, markersize=10, zorder=3)
            axis.text(x.difference / scales[0], y.difference / scales[1], str(number), color="white", ha="center", va="center_baseline",
                      fontsize=7, zorder=5)  # fmt: skip
        axis.set_xlabel(_named(one, firm), fontsize=8.5)
        axis.set_ylabel(_named(other, firm), fontsize=8.5)
        _dress(axis)
    for axis in list(axes.flat)[len(both) :]:
        axis.set_visible(False)
    base = found.space.base.called(words.language())
    title = words.say("Change against {base}; arrows point to the better side", base=base)
    drawn.text(0.01, 1 - 13 / height, title, fontsize=10, va="center")
    note = words.say(
        "Numbers: the front on fresh luck, 95 % intervals. Grey: policies tried, on the luck of the search. +: {base}.", base=base
    )
    drawn.text(0.985, 10 / height, note, ha="right", fontsize=8, color=_QUIET)
    return _png(drawn)


def parallel(found: Exploration) -> bytes:
    """The levers of the front, a line a policy, each lever from the lowest value searched to the highest; PNG."""
    fonts.prepare()
    from matplotlib.figure import Figure

    axes_, height = found.space.axes, 104 + 56 * len(found.space.axes)
    drawn = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    axis = drawn.subplots(gridspec_kw={"left": 0.47, "right": 0.9, "top": 1 - 56 / height, "bottom": 30 / height})
    count = len(found.policies)
    for row, each in enumerate(axes_):
        most = len(each.values) - 1
        axis.plot([0, 1], [row, row], color="#d0d0d0", linewidth=1, zorder=0)
        for place, tried in enumerate(found.found.front):
            beside = 0.62 * ((place + 0.5) / count - 0.5)  # so that equal values do not hide each other
            axis.plot(tried.candidate[row] / most, row + beside, _MARKS[place % 8], color=_LINES[place % 8], markersize=6,
                      label=found.policies[place].called(words.language()) if not row else None, clip_on=False)  # fmt: skip
        for value, at, side in ((each.values[0], -0.015, "right"), (each.values[-1], 1.015, "left")):
            axis.text(at, row, _short(value), ha=side, va="center", fontsize=7.5, color=_QUIET)
        now = each.lever.default
        if now in each.values or not each.chosen and each.values[0] <= now <= each.values[-1]:
            axis.plot(each.nearest(now) / most, row, "|", color=_BASE, markersize=34, markeredgewidth=2, zorder=1)
    axis.plot([], [], "|", color=_BASE, markersize=10, markeredgewidth=2, label=found.space.base.called(words.language()))
    axis.set_xlim(0, 1)
    axis.set_ylim(len(axes_) - 0.5, -0.5)
    axis.set_xticks([])
    axis.set_yticks(range(len(axes_)), [_lever(each) for each in axes_], fontsize=8.5)
    axis.tick_params(axis="y", length=0, pad=82)
    axis.spines[:].set_visible(False)
    title = words.say("The levers of the front, from the lowest value searched to the highest")
    drawn.text(0.01, 1 - 13 / height, title, fontsize=10, va="center")
    handles, labels = axis.get_legend_handles_labels()
    drawn.legend(handles, labels, loc="upper left", bbox_to_anchor=(0.0, 1 - 22 / height), frameon=False, fontsize=8, ncols=9,
                 handlelength=0.8, columnspacing=1.1)  # fmt: skip
    return _png(drawn)


def _lever(axis) -> str:
    label = words.pick(axis.lever.label)
    if axis.path.startswith("dunning."):
        level = words.say("dunning level {number}", number=int(axis.path.split(".")[1]) + 1)
        label = f"{level}：{label}" if words.language() == "zh" else f"{level}: {label}"
    most = 24 if words.language() == "zh" else 50
    return label if len(label) <= most else label[: most - 1] + "…"


def _short(value) -> str:
    text = value if isinstance(value, str) else f"{value:,.6g}".replace("-", "−")
    return text if len(text) <= 14 else text[:13] + "…"


def _named(aim: Outcome, firm: Firm) -> str:
    label = words.pick(aim.label)
    return f"{f'{label} →' if direction(aim) > 0 else f'← {label}'}\n{unit_of(aim, scale_of(aim, firm))}"


def _dress(axis) -> None:
    for each in (axis.xaxis, axis.yaxis):
        each.set_major_formatter(lambda value, _: f"{value:,.6g}".replace("-", "−"))
    axis.locator_params(nbins=5)
    axis.tick_params(labelsize=7.5, color="#999999")
    axis.grid(color="#ececec", linewidth=0.7)
    axis.axhline(0, color="#cccccc", linewidth=0.8, zorder=0)
    axis.axvline(0, color="#cccccc", linewidth=0.8, zorder=0)
    axis.spines[["top", "right"]].set_visible(False)


def _png(drawn) -> bytes:
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png")
    return buffer.getvalue()
