"""A comparison as files and as plain data, and the sentence on what it rests on."""

import math
import os
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from arsim.domain.problem import BadInput, Problem
from arsim.model.evidence import GRADES, constants
from arsim.model.scenario import BASE, Scenario
from arsim.report import scenario as said
from arsim.report import standing, sure, words
from arsim.report.figures import file_unit
from arsim.report.firm import Firm
from arsim.report.ledger import NEAR
from arsim.report.put import csv, put
from arsim.study.company import Company
from arsim.study.comparison import Comparison
from arsim.study.few import largest
from arsim.study.outcome import OUTCOMES
from arsim.study.standing import standing as standings

# What `Population.assumed` names, in words.
_ASSUMED = {
    "limit": "each customer's credit limit",
    "dependence": "how much customers depend on our deliveries",
    "insolvency": "how often customers become insolvent",
    "grade": "customers' credit grades",
    "liquidity": "how short of cash customers are",
    "season": "in which month customers pay most",
    "industry": "customers' industries",
}


def folder(path: str | os.PathLike) -> Path:
    """The folder to write into, made if it is missing; refused before anything is run, not after."""
    path = Path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadInput(Problem("This folder cannot be made.", "Choose another one.", file=str(path))) from None
    if not os.access(path, os.W_OK):
        raise BadInput(Problem("This folder cannot be written to.", "Choose another one.", file=str(path)))
    return path


def write(comparison: Comparison, path: Path, start: date, firm: Firm | None = None) -> list[Path]:
    """Write the tidy runs and the summary as CSV (UTF-8 with byte-order mark, for Excel) and the picture.

    Beside the keys of policies and outcomes stand what they are called in the language in use, and the unit; money is in fen. `start` is
    day 0 of the runs. Of three policies or more it is also written where each stands by the three main outcomes.
    """
    firm = firm or Firm()
    from arsim.report.plots import picture

    frames = {"runs": comparison.runs(), "summary": comparison.summary()}
    if len(comparison.policies) > 2:
        frames["standing"] = standings(comparison).assign(behind=lambda places: places["behind"].map(" ".join))
    made = {path / f"{name}.csv": csv(_named(frame, comparison, firm)) for name, frame in frames.items()}
    made[path / "comparison.png"] = picture(comparison, start, currency=firm.currency)
    return [put(file, content) for file, content in made.items()]


def _named(frame: pd.DataFrame, comparison: Comparison, firm: Firm) -> pd.DataFrame:
    """`frame` with the columns policy_title, outcome_label and unit beside its keys."""
    titles = {policy.name: policy.called(words.language()) for policy in comparison.policies}
    labels = {outcome.key: words.pick(outcome.label) for outcome in OUTCOMES}
    units = {outcome.key: file_unit(outcome.unit, firm.currency) for outcome in OUTCOMES}
    at = frame.columns.get_loc("outcome") + 1
    frame.insert(at, "outcome_label", frame["outcome"].map(labels))
    frame.insert(at + 1, "unit", frame["outcome"].map(units))
    frame.insert(frame.columns.get_loc("policy") + 1, "policy_title", frame["policy"].map(titles))
    return frame


def as_dict(comparison: Comparison, company: Company, firm: Firm | None = None) -> dict:
    """For ``--json``: money in fen, no number where there is none; `model_gap` as a share, of the model's curve from the ledger's."""
    firm = firm or Firm()

    def plain(value):
        return None if isinstance(value, float) and math.isnan(value) else value

    return {
        "policies": [policy.name for policy in comparison.policies],
        "reference": comparison.policies[0].name,
        "days": comparison.days,
        "seed": comparison.seed,
        "scenario": comparison.scenario.name,
        "replications": len(comparison.replications),
        "asked": comparison.asked,
        "company": firm.called,
        "money": "fen" if firm.currency == "CNY" else f"0.01 {firm.currency}",
        "model_gap": company.found.gap if company.found else None,
        "trustworthy": not warning(company, firm),
        "largest_customer": largest(company.population),
        **sure.as_dict(comparison),
        "standing": standing.as_list(standings(comparison)) if len(comparison.policies) > 2 else [],
        "summary": [{key: plain(value) for key, value in row.items()} for row in comparison.summary().to_dict("records")],
    }


def assumptions(company: Company, scenario: Scenario = BASE) -> str:
    """What the figures rest on, said beside them: first the scenario, where it is not ordinary times."""
    return "\n".join(rests_on(company.population.assumed, company.found and company.found.gap, scenario))


def rests_on(assumed: Sequence[str], gap: float | None, scenario: Scenario = BASE) -> list[str]:
    """The same, a line each, where only the company's assumed traits and its gap from the ledger are known."""
    space = words.gap()
    grades = Counter(constant.grade for constant in constants().values())
    counted = words.listed(f"{words.say(grade)} {grades[grade]}" for grade in GRADES)
    world = [] if said.ordinary(scenario) else [said.line(scenario), words.say("source: {source}", source=words.say(scenario.source))]
    lines = [
        *([space.join(world)] if world else []),
        words.say(
            "Constants of behaviour by evidence: {counted}. Effects of contacts on business payers have not been measured by experiment.",
            counted=counted,
        ),
    ]
    if assumed:
        named = words.listed(words.say(_ASSUMED.get(name, name)) for name in assumed)
        lines.append(words.say("Not in a ledger, so assumed for every customer: {names}.", names=named))
    if gap is not None and gap <= NEAR:
        lines.append(words.say("The model repeats the ledger's days to settle to within {gap:.1f} percentage points.", gap=100 * gap))
    return lines


def warning(company: Company, firm: Firm | None = None) -> str:
    """What must be said before any figure: that the model does not repeat the ledger, or counts in two currencies. Else empty."""
    return "\n".join(doubts(company.found and company.found.gap, firm))


def doubts(gap: float | None, firm: Firm | None = None) -> list[str]:
    """The same, a line each, where only the gap from the ledger is known."""
    found = [(firm or Firm()).warning]
    if gap is not None and gap > NEAR:
        found.append(words.say("The curves are up to {gap:.1f} percentage points apart: do not trust a comparison on this ledger yet.",
                               gap=100 * gap))  # fmt: skip
    return list(filter(None, found))
