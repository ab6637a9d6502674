"""Where to draw the line: an early warning scored at several lines, many years pooled."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.policies import read_policy
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE
from arsim.report import words
from arsim.report.calc.answer import percent
from arsim.report.figures import number
from arsim.study.company import Company
from arsim.study.compare import dealt, play
from arsim.study.warned import warning_score
from arsim.study.warning_score import WarningScore
from arsim.workbook.course.lesson import show_table

LINES = (10, 20, 30, 40, 50, 60, 70, 80, 90)
DAYS = 365


@dataclass(frozen=True)
class Drawn:
    """A line and what became of the alarms from it on, all years together; shares are nan where there is nothing to divide by.

    Parameters
    ----------
    line : int
        Points from which an alarm is raised.
    hit, precision, warned : float
        Share of the failures announced, of the alarms that came true, of the customers ever named in a year.
    lead : float
        Days ahead: the mean of the years' medians.
    alarms : float
        A year.
    """

    line: int
    hit: float
    precision: float
    warned: float
    lead: float
    alarms: float


def sweep(replications: int = 10, seed: int = 1, **levers) -> list[Drawn]:
    """Score the early warning, which nobody acts on, at each of `LINES`.

    Parameters
    ----------
    replications, seed : int
    **levers
        Points of the signals, such as ``ratio_points=0``; by default as the policy has them.
    """
    company, behaviour = Company.demo(), Behaviour.default()
    three = [LINES[at : at + 3] for at in range(0, len(LINES), 3)]
    base = read_policy("baseline").replace({"warning.check": "weekly"} | {f"warning.{name}": value for name, value in levers.items()})
    policies = [base.replace(dict(zip(("warning.blue", "warning.yellow", "warning.red"), lines, strict=True))) for lines in three]
    found: dict[int, list[WarningScore]] = {line: [] for line in LINES}
    for number_ in range(replications):
        world = dealt(number_, company, DAYS, seed, behaviour, BASE)
        for policy, lines in zip(policies, three, strict=True):
            journal = play(world, [policy], company, behaviour)[policy.name]
            for level, line in enumerate(lines, start=1):
                found[line].append(warning_score(journal, level))
    return [_drawn(line, scores) for line, scores in found.items()]


def show_sweep(drawn: list[Drawn]) -> None:
    """Display a picture of hits against right alarms, and the table."""
    from IPython.display import display

    from arsim.report.warning_plot import trade_off

    png = trade_off([one.line for one in drawn], [one.hit for one in drawn], [one.precision for one in drawn])
    display({"image/png": png, "text/plain": words.say("A picture.")}, raw=True)
    say = words.say
    rows = [[say("alarm from points"), say("customers named in a year"), say("alarms a year"), say("failures announced"),
             say("alarms that came true"), say("days ahead, median")]]  # fmt: skip
    for one in drawn:
        shares = (percent(share, 0) if share == share else "–" for share in (one.hit, one.precision))
        lead = number(one.lead, 0) if one.lead == one.lead else "–"
        rows.append([str(one.line), percent(one.warned, 0), number(one.alarms, 0), *shares, lead])
    show_table(rows)


def _drawn(line: int, scores: list[WarningScore]) -> Drawn:
    total = lambda name: sum(getattr(score, name) for score in scores)  # noqa: E731
    share = lambda part, whole: part / whole if whole else np.nan  # noqa: E731
    leads = [score.lead_median for score in scores if score.lead_median == score.lead_median]
    return Drawn(
        line, share(total("hits"), total("failures")), share(total("alarms") - total("false_alarms"), total("alarms")),
        float(np.mean([score.warned_share for score in scores])), float(np.mean(leads)) if leads else np.nan,
        (total("alarms") + total("unjudged")) / len(scores),
    )  # fmt: skip
