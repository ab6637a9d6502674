"""Week by week: cash, what it is ahead of the first policy's, overdue share and cost, each a picture of its own with words for it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from arsim.report import fonts, words
from arsim.report.figures import Scale, number
from arsim.report.plots import _COLOURS, _STYLES, _panel, _png, _Runs, _scale, _time, _weeks, band
from arsim.study.comparison import Comparison

WIDTH, HEIGHT = 440, 280  # pixels: readable on a phone, two beside each other on a desk


@dataclass(frozen=True)
class Picture:
    """A picture with its caption and its words for who cannot see it."""

    caption: str
    alt: str
    png: bytes


def pictures(comparison: Comparison, start: date, currency: str = "CNY") -> list[Picture]:
    """Four pictures, none of less than a week; parameters as for `arsim.report.plots.picture`.

    Lines are means, bands hold the middle 80 % of replications.
    """
    say, runs = words.say, [_Runs(comparison, policy.name) for policy in comparison.policies]
    if not len(runs[0].days):
        return []
    weeks = _weeks(runs[0].days, start)
    cash = [run.of("cash") for run in runs]
    ahead = [np.cumsum(one - cash[0], axis=1) for one in cash]
    first = comparison.policies[0].called(words.language())
    return [
        _drawn(comparison, weeks, say("Cash a week"), cash, currency, floor=0, mean=True),
        _drawn(comparison, weeks, say("Cash ahead of {first}, so far", first=first), ahead, currency),
        _drawn(comparison, weeks, say("Overdue share of receivables"), [100 * run.of("overdue_share") for run in runs], "", floor=0),
        _drawn(comparison, weeks, say("Cost of collecting so far"), [run.of("cost") for run in runs], currency, floor=0),
    ]


def _drawn(comparison: Comparison, weeks, title: str, runs: list[np.ndarray], currency: str, floor=None, mean: bool = False) -> Picture:
    fonts.prepare()
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    looks = [{"color": _COLOURS[n % 7], "linestyle": _STYLES[n % 4]} for n in range(len(runs))]
    titles = [policy.called(words.language()) for policy in comparison.policies]
    height = HEIGHT + 17 * len(runs)
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=150, facecolor="white")
    edges = {"left": 0.13, "right": 0.98, "top": 1 - (12 + 17 * len(runs)) / height, "bottom": 28 / height}
    axis = figure.subplots(gridspec_kw=edges)
    _panel(axis, "", weeks, runs, looks, currency, "%", floor)
    axis.set_title("", loc="left")  # the caption has it
    _time(axis, weeks)
    axis.tick_params(labelsize=9, labelcolor="#333333")
    lines = [Line2D([], [], linewidth=2.2, **look) for look in looks]
    look = {"frameon": False, "fontsize": 9.5, "handlelength": 3, "labelspacing": 0.25}
    figure.legend(lines, titles, loc="upper left", bbox_to_anchor=(0.0, 1.01), **look)
    largest = max((float(np.nanmax(np.abs(line))) for one in runs for line in band(one) if not np.isnan(line).all()), default=0.0)
    scale = _scale(largest, currency) if currency else Scale(1, "%")
    means = [np.nanmean(one, axis=0) for one in runs]
    ends = words.listed(
        words.say("{policy} {value}", policy=name, value=number(float(np.nanmean(line) if mean else line[-1]) / scale.fen, 1))
        for name, line in zip(titles, means, strict=True)
    )
    told = words.say("mean of all weeks: {values}", values=ends) if mean else words.say("at the end: {values}", values=ends)
    caption = words.say("{label} ({unit})", label=title, unit=scale.name)
    alt = words.say("{caption}, {weeks} weeks, mean of {count} replications; {values}.", caption=caption, weeks=len(weeks),
                    count=len(comparison.replications), values=told)  # fmt: skip
    return Picture(caption, alt, _png(figure))
