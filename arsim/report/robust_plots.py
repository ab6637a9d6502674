"""Pictures of a study of robustness: share of worlds, tornado, tipping curve, who loses. PNG bytes that carry their own description."""

import io
from collections.abc import Sequence

from arsim.report import fonts, intervals, parameter, robust, words
from arsim.report.figures import Scale, difference_unit
from arsim.report.intervals import Bar, Panel
from arsim.report.three import head, shown
from arsim.study.losers import MEASURES, Losers
from arsim.study.robust import TOGETHER, Robust
from arsim.study.tipping import Tipping
from arsim.study.tornado import Tornado

WIDTH = 780  # pixels
_SHARP = 1.5
_COLOURS, _MARKS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"), "osD^v"  # told apart by the colour-blind, by shape in print
_QUIET, _GRID = "#555555", "#e4e4e4"
SHOWN = ("value", "overdue_share", "goodwill")  # of who loses
LABEL = 34  # columns of a row's label


def shares(found: Robust) -> bytes:
    """In how many worlds each policy is better than the first: a row for each outcome, a mark for each policy with its interval."""
    fonts.prepare()
    from matplotlib.figure import Figure

    others, titles = found.names[1:], robust.titled(found)
    keys = [*TOGETHER, "all"]
    labels = [*(words.pick(robust.OUTCOME[key].label) for key in TOGETHER), words.say("all three at once")]
    step = max(34, 16 * len(others) + 14)
    height = 34 + 20 * len(others) + 66 + step * len(keys)
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    top = 1 - (34 + 20 * len(others)) / height
    axis = figure.subplots(gridspec_kw={"left": 0.27, "right": 0.97, "top": top, "bottom": 60 / height})
    for row, key in enumerate(keys):
        for rank, name in enumerate(others):
            share = found.all_three(name) if key == "all" else found.beats(name, key)
            at = row + 0.55 * (rank - (len(others) - 1) / 2) / max(1, len(others))
            look = {"color": _COLOURS[rank % 5]}
            axis.plot([100 * share.low, 100 * share.high], [at, at], linewidth=2, solid_capstyle="butt", **look)
            axis.plot(100 * share.share, at, _MARKS[rank % 5], markersize=7, label=titles[name] if not row else None, clip_on=False, **look)
    axis.axvline(50, color=_QUIET, linewidth=0.9, linestyle="--")
    axis.set_yticks(range(len(keys)), labels, fontsize=9)
    axis.set_ylim(len(keys) - 0.5, -0.5)
    axis.set_xlim(0, 100)
    _dress(axis, "x")
    axis.set_xlabel(words.say("% of {count} plausible worlds in which it is better than {first}", count=len(found.worlds),
                              first=titles[found.names[0]]), fontsize=9, color=_QUIET)  # fmt: skip
    figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1.0), frameon=False, fontsize=9.5, labelspacing=0.3)
    return _png(figure, alt_shares(found))


def alt_shares(found: Robust) -> str:
    """What the picture shows, for who cannot see it."""
    titles = robust.titled(found)
    told = [
        words.say("{policy}: {shares}.", policy=titles[name], shares=words.listed(
            f"{words.pick(robust.OUTCOME[key].label)} {robust.told(found.beats(name, key))}" for key in TOGETHER))
        for name in found.names[1:]
    ]  # fmt: skip
    return " ".join([words.say("Share of plausible worlds in which a policy is better than {first}.", first=titles[found.names[0]]), *told])


def tornado(found: Tornado, scale: Scale, key: str = "net_value", top: int = robust.TOP) -> bytes:
    """The parameters that move the difference most, from the low end of their range to the high end; what may be nothing is grey."""
    pulls, unit = found.pulls[:top], robust.OUTCOME[key].unit
    bars = tuple(Bar(*(shown(value, unit, scale) for value in (pull.effect, pull.low, pull.high))) for pull in pulls)
    labels = [parameter.lines(parameter.called(pull.path), LABEL) for pull in pulls]
    title = words.say("{outcome}: low end of the range → high end", outcome=_outcome(key))
    note = words.say("Bars: 95 % intervals that hold for all {count} parameters together. Grey and hollow: may be nothing.",
                     count=len(found.pulls))  # fmt: skip
    muted = [at for at, pull in enumerate(pulls) if not pull.sure]
    drawn = intervals.picture(labels, [Panel(title, difference_unit(unit, scale), bars)], muted, note)
    return _described(drawn, alt_tornado(found, scale, key, top))


def alt_tornado(found: Tornado, scale: Scale, key: str = "net_value", top: int = robust.TOP) -> str:
    """What the picture shows, for who cannot see it."""
    rows = robust.tornado_rows(found, scale, key, top)[1:]
    return words.say("Tornado: {rows}.", rows=words.listed(f"{row[0]} {row[1]} ({row[2]})" for row in rows))


def tipping(found: Sequence[Tipping], scale: Scale) -> bytes:
    """The difference along each parameter's range with its 95 % band; a dashed line where it turns, a dotted one at the value in use."""
    fonts.prepare()
    from matplotlib.figure import Figure

    height = 324
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    edges = {"left": 0.075, "right": 0.985, "top": 1 - 76 / height, "bottom": 68 / height, "wspace": 0.24}
    axes = figure.subplots(1, len(found), squeeze=False, gridspec_kw=edges)[0]
    for axis, one in zip(axes, found, strict=True):
        unit = robust.OUTCOME[one.outcome].unit
        mean, low, high = ([shown(value, unit, scale) for value in line] for line in zip(*one.points, strict=True))
        axis.fill_between(one.values, low, high, color=_COLOURS[0], alpha=0.18, linewidth=0)
        axis.plot(one.values, mean, color=_COLOURS[0], linewidth=1.8, marker="o", markersize=4)
        axis.axhline(0, color=_QUIET, linewidth=0.9)
        axis.axvline(one.used, color=_QUIET, linewidth=1.2, linestyle=":")
        if one.value is not None:
            axis.axvline(one.value, color=_COLOURS[1], linewidth=1.6, linestyle="--")
        axis.set_title(parameter.lines(parameter.called(one.constant.path), round(92 / len(found)), 3), fontsize=9, loc="left", pad=5)
        turns = words.say("does not turn") if one.value is None else words.say("turns at about {value}", value=parameter.value(
            one.constant, one.value))  # fmt: skip
        axis.set_xlabel(words.say("{turns}; used {used}", turns=turns, used=parameter.value(one.constant, one.used)), fontsize=8.5)
        axis.locator_params(axis="both", nbins=5)
        _dress(axis, "y")
    figure.text(0.012, 0.985, head(found[0].outcome, scale), ha="left", va="top", fontsize=9.5, color=_QUIET)
    figure.text(0.985, 0.02, words.say("Line: mean difference. Band: 95 % interval. Dotted: value in use. Dashed: where it turns."),
                ha="right", fontsize=8, color=_QUIET)  # fmt: skip
    return _png(figure, " ".join(robust.tipping_line(one, scale) for one in found))


def losers(found: Losers, currency: str = "CNY") -> bytes:
    """What changes for each segment on three measures, a row a segment; what may be nothing is hollow."""
    scale, panels = robust.loser_scale(found, currency), []
    for key in SHOWN:
        kind = MEASURES[key][0]
        bars = tuple(Bar(*(shown(value, kind, scale) for value in (one.difference, one.low, one.high))) for one in found.of(key))
        panels.append(Panel(robust.measure(key), difference_unit(kind, scale), bars))
    worse = {(one.grouping, one.segment) for one in found.flagged}
    labels = [robust.segment(one) + (" ▼" if (one.grouping, one.segment) in worse else "") for one in found.of(SHOWN[0])]
    first, second = (policy.called(words.language()) for policy in found.policies)
    note = words.say("{second} less {first}, {count} replications. Hollow: may be nothing. ▼ worse off although the total is not.",
                     second=second, first=first, count=found.replications)  # fmt: skip
    alt_ = [words.say("What {second} changes for each kind of customer against {first}.", second=second, first=first)]
    return _described(intervals.picture(labels, panels, note=note), " ".join([*alt_, *robust.loser_lines(found, currency)]))


def _outcome(key: str) -> str:
    return words.pick(robust.OUTCOME[key].label)


def _dress(axis, grid: str) -> None:
    minus = lambda value, _: f"{value:,.10g}".replace("-", "−")  # noqa: E731
    axis.xaxis.set_major_formatter(minus)
    if grid == "y":
        axis.yaxis.set_major_formatter(minus)
    axis.tick_params(axis="both" if grid == "y" else grid, labelsize=8, color="#999999")
    axis.grid(axis=grid, color=_GRID, linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color("#999999")


def _png(figure, alt: str) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Description": alt})
    return buffer.getvalue()


def _described(drawn: bytes, alt: str) -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_itxt("Description", alt)
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as image:
        image.save(buffer, format="png", pnginfo=told)
    return buffer.getvalue()


def alt(drawn: bytes) -> str:
    """The description a picture carries."""
    from PIL import Image

    with Image.open(io.BytesIO(drawn)) as image:
        image.load()
        return image.text.get("Description", "")
