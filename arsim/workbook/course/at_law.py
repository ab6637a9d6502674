"""Going to law in a lesson, live: policies that differ in a few levers, one industry looked at alone, one customer's account told."""

import hashlib
import html
from collections.abc import Mapping

from arsim.domain.law import disclaimer
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.report import scenario as scenarios
from arsim.report import segment as segment_report
from arsim.report import story as story_report
from arsim.report import words
from arsim.report.calc.law_sheet import Claim, rows
from arsim.study.finding import Finding
from arsim.study.segment import Segment, segment
from arsim.study.story import Choice, Story, story
from arsim.workbook.course import law_keys
from arsim.workbook.course.lesson import show_table
from arsim.workbook.course.live import _display


def variant(title: str, changes: Mapping, base: str = "source_recovery_plan") -> Policy:
    """The policy `base` with some levers changed, under a title of its own in the language in use.

    >>> variant("No law", {"law.days": 0}).called(words.language())
    'No law'
    """
    made = read_policy(base).replace(changes)
    told = f"{base} {sorted(changes.items())}"
    name = f"variant_{hashlib.sha256(told.encode()).hexdigest()[:10]}"  # a policy's name must be short, and no two may be the same
    return made.model_copy(update={"name": name, "title": {words.language(): title}})


def group(*policies: Policy | str, industry: str | None = None, scenario: str = "base", days: int = 365, replications: int = 20) -> Segment:
    """Run `policies` with the same luck and show what came out among the customers of one industry (all, if none is named)."""
    found = segment(policies, industry, days=days, replications=replications, scenario=scenario)
    show_table(segment_report.rows(found))
    _note(segment_report.note(found) + _under(found.scenario))
    return found


def account(*policies: Policy | str, choose: Choice = "most_collected", industry: str | None = None, scenario: str = "base",
            days: int = 730) -> Story:  # fmt: skip
    """Show one customer's account under `policies` with the same luck: its overdue balance, and the dated steps at law."""
    found = story(policies, choose, industry, days=days, scenario=scenario)
    _display({"image/png": story_report.picture(found), "text/plain": words.say("A picture.")})
    show_table(story_report.rows(found))
    return found


def sheet(amount: float, due, today, demands=(), guarantee_months: int | None = None, buyer: str = "sme") -> None:
    """Show the clock-and-fee sheet of a claim; `amount` in CNY, dates as dates."""
    show_table(rows(Claim(round(amount * 100), due, today, tuple(demands), guarantee_months, buyer)))
    _note(words.pick(disclaimer()))


def fee(kind: str, claim: float) -> float:
    """A statutory fee in CNY for a claim in CNY; `kind` as in `arsim.domain.law_fees.tariffs`."""
    return law_keys.fee(kind, claim)


def verdict(found: Finding) -> str:
    """What an experiment found of a claimed rise, as the choice of a prediction: "yes", "no" or "luck" where it cannot be told.

    A claim that does not hold although nothing says the opposite counts as "no".
    """
    return {"holds": "yes", "cannot be told": "luck", "does not hold": "no"}[found.verdict]


def _under(given) -> str:
    gap = words.gap()
    return "" if scenarios.ordinary(given) else gap + words.say("Scenario: {title}.", title=scenarios.called(given))


def _note(text: str) -> None:
    _display({"text/html": f'<p style="font-size:12px;max-width:780px">{html.escape(text)}</p>', "text/plain": text})
