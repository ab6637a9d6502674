"""Two lives of invoices as a time line: for each invoice a bar under each policy, from delivery to the day it was cleared. PNG bytes."""

import io
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.report import fonts, words
from arsim.report.events import money
from arsim.report.lives import titles
from arsim.study.lives import Lives

WIDTH, MOST = 760, 10  # pixels; invoices in one picture
_SHARP = 1.5
_COLOURS, _HATCH = ("#0072B2", "#D55E00"), ("", "////")  # Okabe and Ito's; A plain and B hatched, for print
_QUIET, _GRID = "#555555", "#e4e4e4"
_PAYS = (Kind.PAYMENT,)
_OFF = (Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO)
_MARKS = {"paid": "o", "contact": "|", "gone": "X", "parts": "v"}


def shown(both: Lives, customer: int, most: int = MOST) -> list[int]:
    """The invoices of a customer that moved most, in the order they were ordered."""
    order = both.invoices.order(len(both.world.customer))
    return sorted(order[both.world.customer[order] == customer][:most].tolist())


def picture(both: Lives, invoices: Sequence[int]) -> bytes:
    """Draw each invoice's two bars: pale until it is due, full from then on.

    A dot is a payment, a cross a write-off or an order never sold, a stroke a contact about it, a triangle the day they part.
    """
    fonts.prepare()
    from matplotlib.dates import AutoDateLocator, DateFormatter
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    height = 96 + 44 * len(invoices)
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    axis = figure.add_axes((0.2, 34 / height, 0.78, 1 - 96 / height))
    zero = np.datetime64(both.people.start, "D")
    for row, invoice in enumerate(invoices):
        for at in (0, 1):
            _bar(axis, both, at, invoice, row + 0.2 * (2 * at - 1), zero)
        day = int(both.invoices.part_day[invoice])
        if day >= 0:
            axis.plot(zero + day, row - 0.44, _MARKS["parts"], color="black", markersize=6, clip_on=False)
    axis.set_yticks(range(len(invoices)), [f"{both.name(one)}\n{money(int(both.world.amount[one]))}" for one in invoices], fontsize=8)
    axis.set_ylim(len(invoices) - 0.4, -0.65)
    axis.axvline(zero + both.journals[0].days, color=_QUIET, linewidth=0.9, linestyle=":")
    axis.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=8))
    axis.xaxis.set_major_formatter(DateFormatter("%Y-%m"))
    axis.tick_params(labelsize=8, color="#999999")
    axis.grid(axis="x", color=_GRID, linewidth=0.7)
    axis.set_axisbelow(True)
    axis.spines[["top", "right", "left"]].set_visible(False)
    say, keys = words.say, dict(zip("AB", titles(both), strict=True))
    mark = lambda which, text: Line2D([], [], color=_QUIET, marker=_MARKS[which], linestyle="", markersize=6, label=text)  # noqa: E731
    handles = [Patch(facecolor=_COLOURS[at], hatch=_HATCH[at], edgecolor="white", label=f"{letter}  {title}")
               for at, (letter, title) in enumerate(keys.items())]  # fmt: skip
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.01, 1.0), ncols=2, frameon=False, fontsize=9)
    told = [mark("paid", say("paid")), mark("gone", say("written off, or not sold")), mark("contact", say("contact about it")),
            mark("parts", say("here they part"))]  # fmt: skip
    figure.legend(handles=told, loc="upper left", bbox_to_anchor=(0.01, 1 - 24 / height), ncols=4, frameon=False, fontsize=8.5,
                  handletextpad=0.2)  # fmt: skip
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Description": alt(both, invoices)})
    return buffer.getvalue()


def alt(both: Lives, invoices: Sequence[int]) -> str:
    """What the picture shows, for who cannot see it."""
    return words.say("Time line of {count} invoices under {first} and {second}; the table beside it says the same in words.",
                     count=len(invoices), first=titles(both)[0], second=titles(both)[1])  # fmt: skip


def _bar(axis, both: Lives, at: int, invoice: int, place: float, zero: np.datetime64) -> None:
    rows = both.life(at, invoice=invoice)
    day = rows["time"] // MINUTES_A_DAY
    of = lambda *kinds: np.isin(rows["kind"], [int(kind) for kind in kinds])  # noqa: E731
    colour, entered = _COLOURS[at], rows[of(Kind.OPENING, Kind.INVOICE)]
    draw = lambda first, last, **look: axis.barh(place, timedelta(max(0, last - first)), left=zero + first, height=0.3,  # noqa: E731
                                                 color=colour, hatch=_HATCH[at], edgecolor="white", linewidth=0, **look)  # fmt: skip
    if len(entered):
        begin, due = max(int(entered["a"][0]), 0), int(entered["b"][0])
        cleared = day[of(*_PAYS, *_OFF, Kind.WRITE_OFF)]
        total = int(entered["amount"].sum()) - int(rows["amount"][of(*_PAYS, *_OFF, Kind.WRITE_OFF)].sum())
        end = both.world.days if total else int(cleared.max())
        draw(begin, min(max(due, begin), end), alpha=0.4)
        draw(max(due, begin), end)
    paid, gone = day[of(*_PAYS, Kind.PREPAID)], day[of(Kind.WRITE_OFF, Kind.LOST, Kind.WALKED)]
    touched = np.unique(day[of(Kind.NOTICE)])
    axis.plot(zero + touched, np.full(len(touched), place), _MARKS["contact"], color="black", markersize=8)
    edge = {"color": colour, "markeredgewidth": 0.6}
    axis.plot(zero + paid, np.full(len(paid), place), _MARKS["paid"], markersize=7, markeredgecolor="white", **edge)
    axis.plot(zero + gone, np.full(len(gone), place), _MARKS["gone"], markersize=8, markeredgecolor="black", **edge)
