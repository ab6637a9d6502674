"""Pictures of a book: how concentrated it is, by customer and by group; and how far its loss may stray from what was set aside."""

import io
from collections.abc import Sequence
from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.report import fonts, words
from arsim.report.figures import money_scale, number
from arsim.study.concentration import Part, balances
from arsim.study.loss_distribution import LossDistribution

WIDTH, HEIGHT = 680, 300  # pixels in the notebook
_SHARP = 1.5
_BLUE, _ORANGE, _BLACK = "#0072B2", "#D55E00", "#000000"  # told apart by everybody, and by hatching and line style in print


def concentration(ledger: Ledger, found: Sequence[Part], day: date | None = None) -> bytes:
    """Left, the share of the balance the largest customers hold; right, the balance by group, what is overdue marked; PNG."""
    say = words.say
    figure, (left, right) = _axes({"left": 0.07, "right": 0.985, "top": 0.86, "bottom": 0.15, "wspace": 0.38})
    held = np.array(list(balances(ledger, day).values()), float)
    left.plot(np.arange(len(held) + 1), np.concatenate([[0], 100 * np.cumsum(held) / held.sum()]), color=_BLUE, linewidth=1.8)
    left.plot([0, len(held)], [0, 100], color=_BLACK, linewidth=0.8, linestyle=":")
    left.set_xlim(0, len(held))
    left.set_ylim(0, 101)
    left.set_xlabel(say("customers, largest first (dotted: all owe alike)"), fontsize=8)
    _title(left, say("Share of the open balance"), "%")
    scale = money_scale(sum(part.open for part in found), ledger.currency)
    place = np.arange(len(found))[::-1]
    fresh, late = (np.array([getattr(part, name) for part in found]) / scale.fen for name in ("open", "overdue"))
    right.barh(place, fresh - late, color=_BLUE, height=0.62, label=say("not due"))
    right.barh(place, late, left=fresh - late, color=_ORANGE, height=0.62, hatch="///", edgecolor="white", label=say("overdue"))
    right.set_yticks(place, [part.name for part in found])
    right.legend(frameon=False, fontsize=8, loc="lower right")
    right.locator_params(axis="x", nbins=5)
    _title(right, say("Open balance"), scale.name)
    right.grid(axis="x", color="#e4e4e4", linewidth=0.7)
    return _png(figure)


def losses(found: Sequence[tuple[str, LossDistribution]], aside: float, currency: str = "CNY") -> bytes:
    """Chance that the book loses more than so much, a line each; upright, what was set aside; PNG.

    Parameters
    ----------
    found : sequence of (str, LossDistribution)
        At most three, each with its name; amounts in fen.
    aside : float
        Fen.
    currency : str
    """
    say = words.say
    figure, (axis,) = _axes({"left": 0.07, "right": 0.985, "top": 0.87, "bottom": 0.16}, across=1)
    most = max([aside, *(loss.quantile(0.995) for _, loss in found)]) * 1.05
    scale = money_scale(float("inf") if most >= 10_000_000 else 0, currency)
    for (name, loss), colour, style in zip(found, (_BLUE, _ORANGE, _BLACK), ("-", "--", ":"), strict=False):
        sums = np.linspace(0, most, 400)
        chance = np.cumsum(loss.chance)[np.minimum((sums / loss.unit + 1e-9).astype(int), len(loss.chance) - 1)]
        axis.plot(sums / scale.fen, 100 * (1 - chance), color=colour, linestyle=style, linewidth=1.8, label=name)
    axis.axvline(aside / scale.fen, color="#009E73", linewidth=1.6, linestyle="-.", label=say("set aside at the course's rates"))
    axis.set_xlim(0, most / scale.fen)
    axis.set_ylim(0, 101)
    axis.set_xlabel(say("loss ({unit})", unit=scale.name), fontsize=8)
    axis.legend(frameon=False, fontsize=9)
    _title(axis, say("Chance of losing more than this"), "%")
    return _png(figure)


def _axes(margins: dict[str, float], across: int = 2):
    fonts.prepare()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100 * _SHARP, facecolor="white")
    axes = list(figure.subplots(1, across, squeeze=False, gridspec_kw=margins).flat)
    for axis in axes:
        axis.xaxis.set_major_formatter(lambda value, _: number(value, 0))
        axis.tick_params(labelsize=8, color="#999999")
        axis.grid(axis="y", color="#e4e4e4", linewidth=0.7)
        axis.set_axisbelow(True)
        axis.spines[["top", "right"]].set_visible(False)
        axis.spines[["left", "bottom"]].set_color("#999999")
    return figure, axes


def _title(axis, title: str, unit: str) -> None:
    axis.set_title(f"{title} ({unit})" if words.language() == "en" else f"{title}（{unit}）", fontsize=9.5, loc="left", pad=5)


def _png(figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()
