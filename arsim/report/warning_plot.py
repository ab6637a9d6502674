"""Pictures of early warning: what a line catches and what it costs in false alarms; one customer's balance under two policies."""

import io
from collections.abc import Sequence

import numpy as np

from arsim.report import fonts, words
from arsim.report.figures import money_scale

WIDTH, HEIGHT = 680, 300
_SHARP = 1.5
_COLOURS, _STYLES = ("#0072B2", "#D55E00"), ("--", "-")
_LEVELS = ("#ffffff", "#56B4E9", "#E69F00", "#D55E00")  # none, blue, yellow, red
_HATCHES = ("", "..", "//", "xx")  # told apart in print


def trade_off(lines: Sequence[float], hit: Sequence[float], precision: Sequence[float]) -> bytes:
    """Share of failures announced and of alarms that came true (0 … 1), by the points from which an alarm is raised; PNG."""
    figure, axis = _axis()
    said = (words.say("failures announced"), words.say("alarms that came true"))
    for values, colour, style, mark, label in zip((hit, precision), _COLOURS, _STYLES, "os", said, strict=True):
        axis.plot(lines, 100 * np.asarray(values, float), color=colour, linestyle=style, marker=mark, linewidth=1.8, label=label)
    axis.set_ylim(0, None)
    axis.set_ylabel("%", fontsize=9)
    axis.set_xlabel(words.say("points from which an alarm is raised"), fontsize=9)
    axis.legend(frameon=False, fontsize=9)
    return _png(figure)


def one_customer(
    days: np.ndarray, balances: Sequence[np.ndarray], names: Sequence[str], levels: np.ndarray, failed: int, currency: str = "CNY"
) -> bytes:
    """A customer's balance day by day under each policy, with its warning level behind and the day it failed.

    Parameters
    ----------
    days : ndarray of int, shape (days,)
    balances : sequence of ndarray, shape (days,)
        Fen, one a policy.
    names : sequence of str
    levels : ndarray of int, shape (days,)
        0 none … 3 red, as it stood under the first policy.
    failed : int
        Day of insolvency.
    currency : str

    Returns
    -------
    bytes
        PNG.
    """
    from matplotlib.patches import Patch

    figure, axis = _axis()
    scale = money_scale(float("inf") if max(balance.max() for balance in balances) >= 10_000_000 else 0, currency)
    for level in (1, 2, 3):
        axis.fill_between(days, 0, 1, where=levels == level, transform=axis.get_xaxis_transform(), step="post", color=_LEVELS[level],
                          alpha=0.22, linewidth=0, hatch=_HATCHES[level])  # fmt: skip
    for balance, colour, style, name in zip(balances, _COLOURS, _STYLES, names, strict=True):
        axis.step(days, balance / scale.fen, where="post", color=colour, linestyle=style, linewidth=1.8, label=name)
    axis.axvline(failed, color="#000000", linewidth=1.2)
    axis.annotate(words.say("insolvent"), (failed, 1), xycoords=("data", "axes fraction"), xytext=(-4, -4), textcoords="offset points",
                  ha="right", va="top", fontsize=9)  # fmt: skip
    axis.set_ylim(0, None)
    axis.set_xlim(days[0], days[-1])
    axis.set_ylabel(words.say("owed") + f" ({scale.name})", fontsize=9)
    axis.set_xlabel(words.say("day of the year"), fontsize=9)
    called = (words.say("blue"), words.say("yellow"), words.say("red"))
    shades = [Patch(facecolor=_LEVELS[at], hatch=_HATCHES[at], alpha=0.4, label=name) for at, name in enumerate(called, start=1)]
    handles, labels = axis.get_legend_handles_labels()
    axis.legend([*handles, *shades], [*labels, *called], frameon=False, fontsize=8, loc="upper left", ncols=2)
    return _png(figure)


def _axis():
    fonts.prepare()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100 * _SHARP, facecolor="white")
    axis = figure.subplots(gridspec_kw={"left": 0.1, "right": 0.98, "top": 0.96, "bottom": 0.16})
    axis.tick_params(labelsize=8, color="#999999")
    axis.grid(axis="y", color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color("#999999")
    return figure, axis


def _png(figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()
