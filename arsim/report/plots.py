"""Pictures: what policies do over time, side by side, as PNG bytes.

Figures are drawn without pyplot, so none is left behind in its memory however often a slider moves.
"""

import io
from datetime import date

import numpy as np

from arsim.domain.money import FEN
from arsim.report import fonts, scenario, words
from arsim.report.figures import Scale, money_scale
from arsim.study.comparison import Comparison

BAND = (10, 90)  # percentiles between which the bands lie
WIDTH, HEIGHT = 680, 520  # in the notebook, pixels
_SHARP = 1.5  # pixels drawn for each shown: readable on a high-resolution screen, and projected
_LARGE = 100_000 * FEN  # from here on money is shown in thousands (Chinese: 万元)
# Okabe and Ito's colours, told apart by the colour-blind, and by line style in print.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_STYLES = ("--", "-", "-.", ":")
_QUIET = "#555555"


def band(runs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and the two percentiles of `BAND` down the columns of `runs`; nan where no run has a value.

    >>> [line.tolist() for line in band(np.array([[1.0, np.nan], [3.0, np.nan]]))]
    [[2.0, nan], [1.2, nan], [2.8, nan]]
    """
    lines = np.full((3, runs.shape[1]), np.nan)
    some = ~np.isnan(runs).all(axis=0)
    if some.any():
        known = runs[:, some]
        lines[0, some] = np.nanmean(known, axis=0)
        lines[1:, some] = np.nanpercentile(known, BAND, axis=0)
    return tuple(lines)


def picture(comparison: Comparison, start: date | None = None, first: str | None = None, currency: str = "CNY") -> bytes:
    """Cash, what it is ahead of the first policy's, overdue share and cost of collecting, week by week.

    Parameters
    ----------
    comparison : Comparison
        With at least one replication.
    start : date, optional
        Day 0 of the runs; the weeks are counted if it is not given.
    first : str, optional
        Short name of the first policy, such as "A".
    currency : str
        Of the money.

    Returns
    -------
    bytes
        PNG, `WIDTH` by `HEIGHT` times a fixed factor. Lines are means; bands hold the middle 80 % of replications.
    """
    fonts.prepare()
    from matplotlib.figure import Figure

    say = words.say
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100 * _SHARP, facecolor="white")
    top = 1 - (40 + 20 * len(comparison.policies)) / HEIGHT  # the legend has a line a policy
    axes = figure.subplots(2, 2, gridspec_kw={"left": 0.09, "right": 0.985, "top": top, "bottom": 0.115, "wspace": 0.24, "hspace": 0.42})
    runs = [_Runs(comparison, policy.name) for policy in comparison.policies]
    looks = [{"color": _COLOURS[n % 7], "linestyle": _STYLES[n % 4]} for n in range(len(runs))]
    weeks = _weeks(runs[0].days, start)

    cash = [run.of("cash") for run in runs]
    _panel(axes[0, 0], say("Cash a week"), weeks, cash, looks, currency, floor=0)
    ahead = [np.cumsum(one - cash[0], axis=1) for one in cash[1:]]
    title = say("Cash ahead of {first}, so far", first=first) if first else say("Cash ahead of the first, so far")
    _panel(axes[0, 1], title, weeks, ahead, looks[1:], currency)
    axes[0, 1].axhline(0, color=_QUIET, linewidth=0.8)
    late = [100 * run.of("overdue_share") for run in runs]
    _panel(axes[1, 0], say("Overdue share of receivables"), weeks, late, looks, unit="%", floor=0)
    _panel(axes[1, 1], say("Cost of collecting so far"), weeks, [run.of("cost") for run in runs], looks, currency, floor=0)
    for axis in axes.flat:
        _time(axis, weeks)
    _legend(figure, comparison, looks)
    return _png(figure)


def _weeks(days: np.ndarray, start: date | None) -> np.ndarray:
    """Where the weeks lie on the axis: on their last day, or at their number."""
    return np.arange(1, len(days) + 1) if start is None else np.datetime64(start, "D") + days.astype("timedelta64[D]")


class _Runs:
    """The weekly series of one policy, replications down, weeks across."""

    def __init__(self, comparison: Comparison, policy: str):
        self.series = [replication.weekly[policy] for replication in comparison.replications]
        self.days = self.series[0]["day"]

    def of(self, name: str) -> np.ndarray:
        return np.array([one[name] for one in self.series], dtype=float)


def _panel(axis, title, weeks, runs, looks, currency="", unit="", floor=None):
    lines = [band(one) for one in runs]
    largest = max((np.nanmax(np.abs(line)) for three in lines for line in three if not np.isnan(line).all()), default=0.0)
    scale = _scale(largest, currency) if currency else Scale(1, unit)
    for (mean, low, high), look in zip(lines, looks, strict=True):
        if len(runs[0]) > 1:
            axis.fill_between(weeks, low / scale.fen, high / scale.fen, color=look["color"], alpha=0.18, linewidth=0)
        axis.plot(weeks, mean / scale.fen, linewidth=1.6, **look)
    axis.set_title(f"{title} ({scale.name})" if words.language() == "en" else f"{title}（{scale.name}）", fontsize=9.5, loc="left", pad=5)
    if floor is not None:
        axis.set_ylim(floor, max(axis.get_ylim()[1], floor + (0 if largest else 1)))
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", "−"))
    axis.tick_params(labelsize=8, color="#999999")
    axis.grid(axis="y", color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color("#999999")


def _scale(largest: float, currency: str) -> Scale:
    return money_scale(float("inf") if largest >= _LARGE else 0, currency)


def _time(axis, weeks):
    """At most five months named, in figures: the same in every language."""
    from matplotlib.dates import AutoDateLocator, DateFormatter

    if len(weeks) == 0:
        axis.set_xticks([])
    elif weeks.dtype.kind == "M":
        axis.set_xlim(weeks[0] - np.timedelta64(6, "D"), weeks[-1] + np.timedelta64(1, "D"))
        axis.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=5))
        axis.xaxis.set_major_formatter(DateFormatter("%Y-%m" if len(weeks) > 12 else "%m-%d"))
    else:
        axis.set_xlim(0, len(weeks) + 1)
        axis.set_xlabel(words.say("week"), fontsize=8, color=_QUIET, labelpad=1)


def _legend(figure, comparison, looks):
    from matplotlib.lines import Line2D

    lines = [Line2D([], [], linewidth=2.2, **look) for look in looks]
    titles = [policy.called(words.language()) for policy in comparison.policies]
    figure.legend(
        lines, titles, loc="upper left", bbox_to_anchor=(0.0, 1.005), frameon=False, fontsize=10, handlelength=2.6, labelspacing=0.3
    )
    count = len(comparison.replications)
    note = (
        words.say("Lines: mean of {count} replications. Bands: {low}–{high} % of replications.", count=count, low=BAND[0], high=BAND[1])
        if count > 1
        else words.say("One replication: one possible course of events, no bands yet.")
    )
    if not scenario.ordinary(comparison.scenario):
        gap = words.gap()
        note = words.say("Scenario: {title}.", title=scenario.called(comparison.scenario)) + gap + note
    figure.text(0.985, 0.006, note, ha="right", va="bottom", fontsize=8, color=_QUIET)


def _png(figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()
