"""One debt played many times, as a reader sees it: how much has come in by when, under each policy."""

import io

import numpy as np

from arsim.domain.money import FEN
from arsim.model.evidence import number as evidence
from arsim.report import fonts, words
from arsim.report.figures import number
from arsim.study.one_debt import Replay

WIDTH, HEIGHT = 680, 330  # pixels in the notebook
DAYS = (14, 30, 90, 180, 360)  # looked at in the table, as far as the run goes
_SHARP = 1.5
_COLOURS, _STYLES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7"), ("--", "-", "-.", ":")  # for the colour-blind, and for print
_QUIET = "#555555"


def picture(found: Replay) -> bytes:
    """Mean share received, day by day, one line a policy; PNG."""
    fonts.prepare()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100 * _SHARP, facecolor="white")
    axis = figure.subplots(gridspec_kw={"left": 0.08, "right": 0.98, "top": 0.9, "bottom": 0.13})
    for place, policy in enumerate(found.policies):
        share = 100 * found.cash[policy.name].mean(axis=0)
        look = {"color": _COLOURS[place % 4], "linestyle": _STYLES[place % 4]}
        axis.plot(np.arange(-1, len(share) - 1), share, linewidth=1.8, label=policy.called(words.language()), **look)
    axis.set_xlim(0, len(share) - 2)
    axis.set_ylim(0, None)
    axis.set_title(
        words.say("Received so far, mean of {count} courses of events, % of the debt", count=_worlds(found)), fontsize=10, loc="left"
    )
    axis.set_xlabel(words.say("days from today"), fontsize=9, color=_QUIET)
    axis.grid(color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=8, color="#999999")
    axis.legend(frameon=False, fontsize=9.5, loc="lower right", handlelength=2.6)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def rows(found: Replay) -> list[list[str]]:
    """A head, then a line a policy: received by these days, spent outside the house, hours of work, and what all this is worth today."""
    days = [day for day in DAYS if day < found.cash[found.policies[0].name].shape[1] - 1]
    head = [words.say("Policy"), *(words.say("in by day {day}, %", day=day) for day in days)]
    head += [words.say("paid to others, CNY"), words.say("own work, hours"), words.say("worth today, %")]
    return [head] + [
        [
            policy.called(words.language()),
            *(number(100 * found.share_by(policy.name, day), 0) for day in days),
            number(found.cost[policy.name].mean() / FEN, 0),
            number(found.minutes[policy.name].mean() / 60, 1),
            number(100 * found.worth(policy.name, evidence("price.annual_rate")), 0),
        ]
        for policy in found.policies
    ]


def _worlds(found: Replay) -> int:
    return len(found.cash[found.policies[0].name])
