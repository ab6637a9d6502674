"""A thousand customers as dots: who gets into trouble, and whom the alarm names."""

import numpy as np

from arsim.report import fonts, words
from arsim.report.alarm_groups import sort_out
from arsim.report.plots import WIDTH, _png

_HEIGHT, _SHARP, _WIDE, _TALL = 300, 1.5, 50, 20
# Failing and warned of, failing and missed, false alarm, left alone: told apart by mark as well as by colour.
_LOOKS = (("#0072B2", "o", 26), ("#D55E00", "X", 30), ("#E69F00", "^", 20), ("#c4c4c4", ".", 9))


def picture(failing: float, hit: float, clear: float) -> bytes:
    """One dot a customer, a thousand of them; parameters as for `arsim.report.alarm_groups.sort_out`.

    Returns
    -------
    bytes
        PNG.
    """
    fonts.prepare()
    from matplotlib.figure import Figure

    size = _WIDE * _TALL
    found = sort_out(size, failing, hit, clear)
    bad = round(found.hits + found.missed)  # whole customers: a dot cannot be half in trouble
    counts = [min(bad, round(found.hits)), bad - min(bad, round(found.hits)), min(size - bad, round(found.false_alarms))]
    counts.append(size - sum(counts))
    say = words.say
    labels = (
        say("in trouble, warned of: {count}", count=counts[0]), say("in trouble, not warned of: {count}", count=counts[1]),
        say("false alarm: {count}", count=counts[2]), say("left alone, rightly: {count}", count=counts[3]),
    )  # fmt: skip
    made = Figure(figsize=(WIDTH / 100, _HEIGHT / 100), dpi=100 * _SHARP, facecolor="white")
    axis = made.add_axes((0.01, 0.02, 0.98, 0.80))
    group = np.repeat(np.arange(4), counts)
    for number, (colour, mark, area) in enumerate(_LOOKS):
        at = np.flatnonzero(group == number)
        axis.scatter(at // _TALL, -(at % _TALL), s=area, c=colour, marker=mark, linewidths=0, label=labels[number])
    axis.set_xlim(-1, _WIDE)
    axis.set_axis_off()
    made.legend(loc="upper left", ncols=2, frameon=False, fontsize=9, bbox_to_anchor=(0.0, 1.01), handletextpad=0.3, scatterpoints=1)
    return _png(made)
