"""A comparison as files and as plain data, and the sentence on what it rests on."""

import math
import os
from collections import Counter
from datetime import date
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.model.evidence import GRADES, constants
from arsim.report import words
from arsim.report.ledger import NEAR
from arsim.study.company import Company
from arsim.study.comparison import Comparison


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


def write(comparison: Comparison, path: Path, start: date) -> list[Path]:
    """Write the tidy runs and the summary as CSV (UTF-8 with byte-order mark, for Excel; money in fen) and the picture.

    `start` is day 0 of the runs.
    """
    from arsim.report.plots import picture

    files = [path / "runs.csv", path / "summary.csv", path / "comparison.png"]
    comparison.runs().to_csv(files[0], index=False, encoding="utf-8-sig", lineterminator="\n")
    comparison.summary().to_csv(files[1], index=False, encoding="utf-8-sig", lineterminator="\n")
    files[2].write_bytes(picture(comparison, start))
    return files


def as_dict(comparison: Comparison, company: Company) -> dict:
    """For ``--json``: money in fen, no number where there is none; `model_gap` as a share, of the model's curve from the ledger's."""

    def plain(value):
        return None if isinstance(value, float) and math.isnan(value) else value

    return {
        "policies": [policy.name for policy in comparison.policies],
        "reference": comparison.policies[0].name,
        "days": comparison.days,
        "seed": comparison.seed,
        "replications": len(comparison.replications),
        "asked": comparison.asked,
        "money": "fen",
        "model_gap": company.found.gap if company.found else None,
        "trustworthy": not warning(company),
        "summary": [{key: plain(value) for key, value in row.items()} for row in comparison.summary().to_dict("records")],
    }


def assumptions(company: Company) -> str:
    """What the figures rest on, said beside them."""
    grades = Counter(constant.grade for constant in constants().values())
    counted = words.listed(f"{words.say(grade)} {grades[grade]}" for grade in GRADES)
    lines = [
        words.say(
            "Constants of behaviour by evidence: {counted}. Effects of contacts on business payers have not been measured by experiment.",
            counted=counted,
        )
    ]
    if company.population.assumed:
        named = words.listed(words.say(name) for name in company.population.assumed)
        lines.append(words.say("Not in a ledger, so assumed for every customer: {names}.", names=named))
    if company.found and company.found.gap <= NEAR:
        lines.append(
            words.say("The model repeats the ledger's days to settle to within {gap:.1f} percentage points.", gap=100 * company.found.gap)
        )
    return "\n".join(lines)


def warning(company: Company) -> str:
    """What must be said before any figure: that the model does not repeat the ledger. Empty where it does."""
    if company.found and company.found.gap > NEAR:
        return words.say(
            "The curves are up to {gap:.1f} percentage points apart: do not trust a comparison on this ledger yet.",
            gap=100 * company.found.gap,
        )
    return ""
