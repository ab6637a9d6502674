"""What was drawn, kept in a hidden sheet of the rollout workbook under a fingerprint, so that a later change shows."""

import hashlib
import math
from datetime import date

from arsim.domain.neutral import neutral, plain
from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.study.trial_plan import Plan

HIDDEN = "arsim"
_KEYS = ("version", "language", "main", "first", "second", "start", "days", "looks", "seed", "low", "high", "mean")


def facts_of(plan: Plan, start: date) -> dict[str, object]:
    """What a reading must know of the plan, beside its customers."""
    first, second = (policy.name for policy in plan.policies)
    mean, low, high = (round(one, 10) for one in plan.forecast)
    return {"version": 1, "language": words.language(), "main": plan.figure.key, "first": first, "second": second,
            "start": start.isoformat(), "days": plan.days, "looks": plan.looks, "seed": plan.seed, "low": low, "high": high,
            "mean": mean}  # fmt: skip


def people_of(plan: Plan) -> list[tuple]:
    """Of each customer: name, arm, unit, stratum, figure before, usual fen a day."""
    return [
        (name, int(arm), int(unit), int(plan.strata[unit]), round(float(before), 8), round(float(usual), 4))
        for name, arm, unit, before, usual in zip(plan.company.population.ids, plan.arms, plan.units, plan.before, plan.usual, strict=True)
    ]  # fmt: skip


def fingerprint(facts: dict, people: list[tuple], lines: list[tuple[str, str]]) -> str:
    """A short mark that any change of these changes."""
    told = repr([[key, str(facts[key])] for key in _KEYS]) + repr([[str(what), str(value)] for what, value in lines])
    told += "\n".join(f"{row[0]}|{row[1]}|{row[2]}|{row[3]}|{row[4]:.6f}|{row[5]:.2f}" for row in people)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def seal(sheet, mark: str, facts: dict, people: list[tuple], lines: list[tuple[str, str]]) -> None:
    """Write what was drawn to the hidden sheet."""
    sheet.sheet_state = "hidden"
    sheet.append(["fingerprint", mark])
    for key in _KEYS:
        sheet.append([key, facts[key]])
    sheet.append(["lines", len(lines)])
    for what, value in lines:
        sheet.append([what, value])
    sheet.append(["customers", len(people)])
    for row in people:
        sheet.append([neutral(row[0]), *(None if isinstance(one, float) and math.isnan(one) else one for one in row[1:])])


def sealed(sheet, file: str) -> tuple[dict, list[tuple[str, str]], list[tuple]]:
    """What was drawn, if nobody has touched it."""
    broken = Problem("The plan kept inside the workbook was changed or is not whole.", "Take an older copy of the file.", file=file)
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    try:
        mark, facts = rows[0][1], {row[0]: row[1] for row in rows[1 : len(_KEYS) + 1]}
        at = len(_KEYS) + 1
        count = int(rows[at][1])
        lines = [(row[0], row[1]) for row in rows[at + 1 : at + 1 + count]]
        at += count + 1
        size = int(rows[at][1])
        nothing = float("nan")
        people = [
            (plain(str(row[0])), int(row[1]), int(row[2]), int(row[3]), nothing if row[4] is None else float(row[4]), float(row[5]))
            for row in rows[at + 1 : at + 1 + size]
        ]
        if len(people) != size or fingerprint(facts, people, lines) != mark:
            raise ValueError
    except (ValueError, TypeError, KeyError, IndexError):
        raise BadInput(broken) from None
    return facts, lines, people
