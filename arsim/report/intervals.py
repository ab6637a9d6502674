"""A picture of estimates: one row each, a dot with its interval, in one panel or several side by side, against a line at nothing."""

import io
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from arsim.report import fonts, words

WIDTH, ROW = 780, 30  # pixels; a row of the picture is so high
_SHARP = 1.5
GAP = 6  # pixels, of as many as are drawn, between two numbers under a panel
_SURE, _QUIET, _GRID = "#0072B2", "#8a8a8a", "#e4e4e4"


@dataclass(frozen=True)
class Bar:
    """An estimate, its interval, and the runs it is made of if they are to be seen; nan bounds draw the dot alone."""

    mean: float
    low: float
    high: float
    dots: tuple[float, ...] = ()


@dataclass(frozen=True)
class Panel:
    """One column of bars, a bar for each row, for a figure and its unit."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


def picture(labels: Sequence[str], panels: Sequence[Panel], muted: Collection[int] = (), note: str = "", zero: bool = True) -> bytes:
    """Rows of estimates.

    A filled dot is an estimate whose interval leaves out nothing at all, a hollow one may be nothing.

    Parameters
    ----------
    labels : sequence of str
        One for each row, from the top.
    panels : sequence of Panel
    muted : collection of int
        Rows drawn in grey.
    note : str
        Small print below.
    zero : bool
        Whether 0 is "nothing" and gets a line.

    Returns
    -------
    bytes
        PNG.

    Raises
    ------
    ValueError
        A panel has another number of bars than there are labels.
    """
    fonts.prepare()
    from matplotlib.figure import Figure

    head = 30 if len(panels) == 1 else 46  # side by side, titles need a line for the unit
    height = 34 + head + ROW * len(labels) + 22 * bool(note)
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    left = min(0.42, 0.02 + 0.0095 * max(map(_width, labels)))
    edges = {"left": left, "right": 0.985, "top": 1 - head / height, "bottom": (30 + 22 * bool(note)) / height, "wspace": 0.12}
    axes = figure.subplots(1, len(panels), sharey=True, squeeze=False, gridspec_kw=edges)[0]
    for axis, panel in zip(axes, panels, strict=True):
        for row, (_, bar) in enumerate(zip(labels, panel.bars, strict=True)):
            _draw(axis, row, bar, _QUIET if row in muted else _SURE, zero)
        _dress(axis, _title(panel, len(panels)), zero, ticks=6 if len(panels) == 1 else 4)
    axes[0].set_yticks(range(len(labels)), labels, fontsize=9)
    axes[0].set_ylim(len(labels) - 0.4, -0.6)
    if note:
        figure.text(0.985, 0.02, note, ha="right", va="bottom", fontsize=8, color="#555555")
    for axis in axes:
        _thin(figure, axis)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _thin(figure, axis) -> None:
    """Fewer ticks where the numbers under them run into each other, as six-digit amounts do in a narrow panel."""
    for ticks in (3, 2, 1):
        figure.draw_without_rendering()
        low, high = axis.get_xlim()
        numbers = [label for at, label in zip(axis.get_xticks(), axis.get_xticklabels(), strict=True) if low <= at <= high]
        boxes = [label.get_window_extent() for label in numbers]
        if all(one.x1 + GAP < other.x0 for one, other in zip(boxes, boxes[1:], strict=False)):
            return
        axis.locator_params(axis="x", nbins=ticks)


def _draw(axis, row: int, bar: Bar, colour: str, zero: bool) -> None:
    for n, value in enumerate(bar.dots):
        axis.plot(value, row + 0.3 * ((n * 0.618) % 1 - 0.5), ".", color=_QUIET, markersize=3, alpha=0.6)
    if bar.low == bar.low:
        axis.plot([bar.low, bar.high], [row, row], color=colour, linewidth=2, solid_capstyle="butt")
    sure = not zero or bar.low > 0 or bar.high < 0
    axis.plot(bar.mean, row, "o", color=colour, markersize=7, markerfacecolor=colour if sure else "white", markeredgewidth=1.6)


def _dress(axis, title: str, zero: bool, ticks: int) -> None:
    if zero:
        axis.axvline(0, color="#555555", linewidth=0.9)
    axis.set_title(title, fontsize=9.5, loc="left", pad=6)
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", "−"))
    axis.locator_params(axis="x", nbins=ticks)
    axis.tick_params(axis="x", labelsize=8, color="#999999")
    axis.tick_params(axis="y", length=0)
    axis.grid(axis="x", color=_GRID, linewidth=0.7)
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.spines["bottom"].set_color("#999999")


def _title(panel: Panel, panels: int) -> str:
    if panels > 1:
        return f"{panel.title}\n{panel.unit}"
    return f"{panel.title}{'，' if words.language() == 'zh' else ', '}{panel.unit}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
