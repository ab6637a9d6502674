"""Pictures of a ledger beside the model: days to settle and weekly cash, by group; and a forecast of weekly cash beside what came."""

import io
from math import ceil

import numpy as np

from arsim.report import fonts, words
from arsim.report.figures import Scale, money_scale
from arsim.study.backtest import Backtest
from arsim.study.bands import LEVELS
from arsim.study.repeated import BAND, Group, Repeated
from arsim.study.scored import WEEK

WIDTH, PANEL = 680, 210  # pixels in the notebook; height of a row of panels
_SHARP = 1.5
_LEDGER, _MODEL = "#000000", "#0072B2"  # black and blue: told apart by everybody, and by line style in print


def curves(found: Repeated) -> bytes:
    """Kaplan–Meier curves, the ledger's and the model's, one panel a group; PNG."""
    say = words.say
    figure, axes = _panels(len(found.groups), say("Share not yet settled, by days since issue"))
    for axis, group in zip(axes, found.groups, strict=False):
        days = np.arange(len(group.observed))
        axis.step(days, 100 * group.observed, where="post", color=_LEDGER, linewidth=1.4)
        axis.plot(days, 100 * group.model, color=_MODEL, linestyle="--", linewidth=1.6)
        _dress(axis, group, "%")
        axis.set_ylim(0, 101)
        axis.set_xlim(0, max(1, len(days) - 1))
    _legend(figure, [say("ledger"), say("model")])
    return _png(figure)


def weekly(found: Repeated, currency: str = "CNY") -> bytes:
    """Cash by week, the ledger's and the model's with the middle 80 % of its courses, one panel a group; PNG."""
    say = words.say
    figure, axes = _panels(len(found.groups), say("Cash a week"))
    for axis, group in zip(axes, found.groups, strict=False):
        if not len(group.came):
            axis.set_axis_off()
            continue
        scale = _scale(max(group.came.max(), group.cash.max()), currency)
        weeks = np.datetime64(found.start) + 7 * np.arange(1, len(group.came) + 1)
        mean, low, high = group.cash / scale.fen
        axis.fill_between(weeks, low, high, color=_MODEL, alpha=0.2, linewidth=0)
        axis.plot(weeks, mean, color=_MODEL, linestyle="--", linewidth=1.4)
        axis.plot(weeks, group.came / scale.fen, color=_LEDGER, linewidth=1.2)
        _dress(axis, group, scale.name)
        axis.set_ylim(0, None)
        _months(axis)
    _legend(figure, [say("ledger"), say("model, mean and {low}–{high} %", low=BAND[0], high=BAND[1])])
    return _png(figure)


def forecast(found: Backtest) -> bytes:
    """Cash by week as foretold a week ahead, with its intervals, and what came; PNG."""
    say, view = words.say, found.rolling
    scale = _scale(max(view.truth.cash.max(), view.bands.max()), found.ledger.currency)
    figure, (axis, *_) = _panels(1, say("Cash a week, foretold on the last day of the week before"), height=280, across=1)
    weeks = found.split + WEEK * np.arange(1, len(view.truth.cash) + 1)
    for (low, high), shade in zip(view.bands[::-1], (0.12, 0.2, 0.3), strict=True):
        axis.fill_between(weeks, low / scale.fen, high / scale.fen, color=_MODEL, alpha=shade, linewidth=0)
    axis.plot(weeks, view.methods["model"].cash / scale.fen, color=_MODEL, linestyle="--", linewidth=1.6)
    axis.plot(weeks, view.truth.cash / scale.fen, color=_LEDGER, marker="o", markersize=4, linewidth=1.2)
    _dress(axis, None, scale.name)
    axis.set_ylim(0, None)
    _months(axis)
    bands = words.listed(f"{level:.0%}" for level in LEVELS)
    _legend(figure, [say("what came"), say("model, with intervals of {levels}", levels=bands)])
    return _png(figure)


def called(group: Group) -> str:
    """What a group is called."""
    sizes = {
        "largest": words.say("largest third"), "middle": words.say("middle third"), "smallest": words.say("smallest third"),
    }  # fmt: skip
    return words.say("all customers") if group.name is None else sizes.get(group.name, group.name)


def _panels(count, title, height=PANEL, across=2):
    fonts.prepare()
    from matplotlib.figure import Figure

    down = ceil(count / across)
    tall = 60 + height * down
    figure = Figure(figsize=(WIDTH / 100, tall / 100), dpi=100 * _SHARP, facecolor="white")
    figure.text(0.01, 1 - 6 / tall, title, ha="left", va="top", fontsize=11)
    margins = {"left": 0.08, "right": 0.965, "top": 1 - 74 / tall, "bottom": 26 / tall, "wspace": 0.2, "hspace": 0.5}
    axes = list(figure.subplots(down, across, squeeze=False, gridspec_kw=margins).flat)
    for axis in axes[count:]:
        axis.set_axis_off()
    return figure, axes


def _dress(axis, group, unit):
    if group is None:
        axis.set_title(unit, fontsize=9, loc="left", pad=4)
    else:
        say = words.say
        text = say("{name}: {count:,} invoices, {unit}", name=called(group), count=group.count, unit=unit)
        axis.set_title(text.replace("$", r"\$"), fontsize=9, loc="left", pad=4)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", "−"))
    axis.tick_params(labelsize=8, color="#999999")
    axis.grid(axis="y", color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color("#999999")


def _months(axis):
    from matplotlib.dates import AutoDateLocator, DateFormatter

    axis.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=5))
    first, last = axis.get_xlim()
    axis.xaxis.set_major_formatter(DateFormatter("%Y-%m" if last - first > 180 else "%m-%d"))


def _scale(largest: float, currency: str) -> Scale:
    return money_scale(float("inf") if largest >= 10_000_000 else 0, currency)


def _legend(figure, names):
    from matplotlib.lines import Line2D

    looks = ({"color": _LEDGER}, {"color": _MODEL, "linestyle": "--"})
    lines = [Line2D([], [], linewidth=2, **look) for look in looks]
    tall = figure.get_figheight() * 100
    where = {"loc": "upper left", "bbox_to_anchor": (0.0, 1 - 22 / tall)}
    figure.legend(lines, names, ncols=2, frameon=False, fontsize=9, handlelength=2.6, **where)


def _png(figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()
