"""One customer's account under several policies, as a picture and as a list of dated steps."""

import io
from datetime import timedelta

import numpy as np

from arsim.domain.money import FEN
from arsim.engine.journal import Kind, Stage
from arsim.report import fonts, words
from arsim.report.calc.answer import rough
from arsim.report.figures import money_scale
from arsim.study.story import Account, Step, Story

WIDTH, HEIGHT = 680, 300  # in the notebook, pixels
_SHARP = 1.5
_LARGE = 100_000 * FEN  # from here on money is shown in thousands (Chinese: 万元)
_TOLD_FALL = 0.2  # of the highest overdue balance: a fall by more in a day is told though nothing was done at law
_COLOURS, _STYLES = ("#0072B2", "#D55E00", "#009E73"), ("--", "-", "-.")  # Okabe and Ito's; styles tell them apart in print


def picture(told: Story) -> bytes:
    """What the customer owed past its due date, day by day, under each policy, and the days of the steps at law; PNG."""
    fonts.prepare()
    from matplotlib.dates import AutoDateLocator, DateFormatter
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100 * _SHARP, facecolor="white")
    axis = figure.add_axes((0.09, 0.12, 0.895, 0.63))
    most = max(float(one.overdue.max()) for one in told.accounts)
    scale = money_scale(float("inf") if most >= _LARGE else 0)
    lines = []
    for at, one in enumerate(told.accounts):
        days = np.datetime64(told.start, "D") + np.arange(len(one.overdue))
        look = {"color": _COLOURS[at % 3], "linestyle": _STYLES[at % 3], "linewidth": 1.7}
        lines += axis.step(days, one.overdue / scale.fen, where="post", **look)
        steps = sorted({step.day for step in one.steps if step.kind == Kind.LAW})
        axis.plot(days[steps], one.overdue[steps] / scale.fen, "o", color=look["color"], markersize=5)
    axis.set_ylim(0, None)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axis.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=8))
    axis.xaxis.set_major_formatter(DateFormatter("%Y-%m"))
    axis.tick_params(labelsize=8, color="#999999")
    axis.grid(axis="y", color="#e4e4e4", linewidth=0.7)
    axis.spines[["top", "right"]].set_visible(False)
    heading = words.say("Customer {name}: overdue balance, {unit}; a dot is a step at law", name=told.customer, unit=scale.name)
    axis.set_title(heading, fontsize=9.5, loc="left", pad=5)
    names = [one.policy.called(words.language()) for one in told.accounts]
    figure.legend(lines, names, loc="upper left", bbox_to_anchor=(0.0, 1.01), frameon=False, fontsize=9.5, handlelength=2.6)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def rows(told: Story) -> list[list[str]]:
    """The dated steps under each policy, the first row a head; then what came of it in all."""
    say = words.say
    made = [[say("under the policy"), say("date"), say("what happened"), say("CNY")]]
    for one in told.accounts:
        name = one.policy.called(words.language())
        events = [(step.day, _told(step), step.amount) for step in one.steps] + _falls(one)
        for day, what, amount in sorted(events, key=lambda event: event[0]):
            made.append([name, str(told.start + timedelta(day)), what, rough(amount) if amount else ""])
        made.append([name, str(told.start + timedelta(len(one.overdue) - 1)), _end(one), rough(int(one.overdue[-1]))])
    return made


def _falls(one: Account) -> list[tuple[int, str, int]]:
    """Days on which the overdue balance falls much without a payment at law or a write-off: it was paid of its own accord, or cleared."""
    named = {step.day for step in one.steps if step.kind in (Kind.PAYMENT, Kind.WRITE_OFF)}
    falls = -np.diff(one.overdue)
    days = np.flatnonzero(falls > max(_TOLD_FALL * one.overdue.max(), 1)) + 1
    return [(int(day), words.say("paid without the law, or cleared"), int(falls[day - 1])) for day in days if day not in named]


def _end(one: Account) -> str:
    return words.say("still overdue at the end (through the law {collected}, fees {spent})",
                     collected=rough(one.collected), spent=rough(one.spent))  # fmt: skip


def at_law(stage: Stage) -> str:
    """A step at law in words."""
    say = words.say
    return {
        Stage.FILED: say("filed at court; fees paid"),
        Stage.ORDERED: say("the payment order stands"),
        Stage.OBJECTED: say("objection: the payment order falls, the case goes on as a suit"),
        Stage.AGREED: say("mediated and confirmed by the court"),
        Stage.NOT_AGREED: say("mediation fails"),
        Stage.JUDGED: say("judgment"),
        Stage.COMPLIED: say("the debtor does as ordered"),
        Stage.ENFORCED: say("enforcement done"),
        Stage.ENDED: say("this round of enforcement is closed; something is left"),
        Stage.COMPLAINED: say("complaint made"),
        Stage.HEARD: say("the complaint brings payment"),
        Stage.UNHEARD: say("the complaint brings nothing"),
        Stage.HANDED_OVER: say("handed to a lawyer on commission"),
        Stage.RETURNED: say("the lawyer hands the file back"),
        Stage.PROVED: say("claim lodged in the bankruptcy"),
        Stage.GUARANTEE_CALLED: say("the guarantor is called on"),
    }[stage]


def _told(step: Step) -> str:
    say = words.say
    if step.kind == Kind.LAW:
        return at_law(step.stage)
    return {
        Kind.PAYMENT: say("money comes in through the law"),
        Kind.RECOVERY: say("court fee refunded by the loser, or money after a write-off"),
        Kind.PLAN: say("instalment plan agreed"),
        Kind.PLAN_BROKEN: say("instalment missed, plan broken"),
        Kind.WRITE_OFF: say("written off"),
        Kind.INSOLVENT: say("the customer is insolvent"),
        Kind.BARRED: say("limitation has run out"),
        Kind.WALKED: say("an order goes to somebody else"),
    }[step.kind]
