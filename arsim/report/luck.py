"""A picture of luck: the same people in the same place, two years running."""

import io

import numpy as np

from arsim.report import fonts, words

_SIZE, _SHARP = (560, 400), 1.5
_BEST, _REST = "#D55E00", "#0072B2"


def two_years(first: np.ndarray, second: np.ndarray, best: int, title: str) -> bytes:
    """Each branch as a dot, this year across and next year up; the best of this year as triangles.

    Parameters
    ----------
    first, second : ndarray, shape (branches,)
        Their figures, in the unit `title` names.
    best : int
        How many to mark; more is better.
    title : str

    Returns
    -------
    bytes
        PNG.
    """
    fonts.prepare()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_SIZE[0] / 100, _SIZE[1] / 100), dpi=100 * _SHARP, facecolor="white")
    axis = figure.subplots(gridspec_kw={"left": 0.13, "right": 0.975, "top": 0.9, "bottom": 0.13})
    top = np.argsort(-first, kind="stable")[:best]
    rest = np.setdiff1d(np.arange(len(first)), top)
    axis.plot(first[rest], second[rest], "o", color=_REST, markersize=5, label=words.say("the others"))
    axis.plot(first[top], second[top], "^", color=_BEST, markersize=8, label=words.say("the best {count} of this year", count=best))
    axis.axhline(second.mean(), color="#555555", linewidth=0.9, linestyle="--", label=words.say("mean of all next year"))
    axis.set_title(title, fontsize=9.5, loc="left")
    axis.set_xlabel(words.say("this year"), fontsize=9)
    axis.set_ylabel(words.say("next year"), fontsize=9)
    for line in (axis.xaxis, axis.yaxis):
        line.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", "−"))
    axis.tick_params(labelsize=8, color="#999999")
    axis.grid(color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(fontsize=8, frameon=False, loc="best")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()
