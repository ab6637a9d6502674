"""Several policies in one small table: of a few outcomes the first policy's mean, and how far the others are from it, with interval."""

from collections.abc import Sequence

from arsim.report import words
from arsim.report.figures import Scale, difference_unit, digits, figure, money_scale, telling, unit
from arsim.study.comparison import Comparison
from arsim.study.outcome import OUTCOMES, Outcome


def rows(found: Comparison, keys: Sequence[str]) -> list[list[str]]:
    """A head, then an outcome a line: the first policy's mean, the others' difference and what the interval says.

    Parameters
    ----------
    found : Comparison
    keys : sequence of str
        Of the outcomes.
    """
    known, table = {outcome.key: outcome for outcome in OUTCOMES}, found.summary().set_index(["policy", "outcome"])
    first, *others = found.policies
    head = [words.say("Outcome"), first.called(words.language()), *(policy.called(words.language()) for policy in others)]
    made = [head]
    for key in keys:
        outcome = known[key]
        scale = money_scale(float("inf") if outcome.unit == "fen" else 0)
        lines = [table.loc[(policy.name, key)] for policy in others]
        decimals = digits(outcome.unit, lines[0].reference)
        level = f"{figure(lines[0].reference, outcome.unit, scale, decimals=decimals)} {unit(outcome.unit, scale)}".strip()
        made.append([words.pick(outcome.label), level, *(_apart(line, outcome, scale, decimals) for line in lines)])
    return made


def _apart(line, outcome: Outcome, scale: Scale, decimals: int) -> str:
    """The difference with its interval."""
    if line.low != line.low:
        return figure(line.difference, outcome.unit, scale, sign=True, decimals=decimals)
    decimals = telling(line.low, line.high, outcome.unit, scale, decimals)
    middle, low, high = (
        figure(value, outcome.unit, scale, sign=True, decimals=decimals) for value in (line.difference, line.low, line.high)
    )
    told = f"{middle} {difference_unit(outcome.unit, scale)}"
    return told if low == high else words.say("{difference} ({low} … {high})", difference=told, low=low, high=high)
