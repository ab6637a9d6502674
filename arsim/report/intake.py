"""What became of the rows of a ledger, said before anything is concluded from it."""

from collections.abc import Iterable
from dataclasses import replace

from arsim.domain.doubts import doubts
from arsim.domain.intake import Intake
from arsim.domain.problem import Problem
from arsim.domain.sheet import Fate, Finding
from arsim.report import words
from arsim.report.columns import aligned

_ROWS = 6  # rows named for each reason
_GRAVE = 0.02  # share of faulty rows from which the rest is no longer the book
# What a finding means for what may be concluded: its English sentence → the effect. Where nothing stands, the row's fate says it.
_EFFECTS = {
    "This row repeats row {first} in every cell.": "Counted twice, it would have doubled its amount; nothing is lost.",
    "This invoice number already stands in row {first}.": "Which of the rows is right is not known; sales and balances may count it twice.",
    "The invoice is due before it was issued ({issued}).": "Its days late cannot be told.",
    "The invoice was paid before it was issued ({issued}).": "Its days to settle cannot be told; a payment in advance was no credit.",
    "The amount is negative, and nothing says why.": "Sales and balances of its customer are overstated by so much if it is a credit note.",
    "This is a credit note whose invoice is not in the file: its customer's balance is overstated by so much.":
        "Balances and DSO are a little too high.",
    "This is a payment that names no invoice of the file: only the invoices' own paid dates count.":
        "An invoice it paid counts as open unless its own paid date says otherwise.",
    "This is a payment in advance, no invoice: nothing was on credit.": "It does not count as early payment.",
    "The invoice is paid in part; only what is still open of it was loaded, as open.":
        "What came in is missing from sales and from cash received.",
    "The status says open, yet there is a paid date; the date was taken.":
        "If the status is right, balances are understated by its amount and the customer looks faster than it is.",
    "The status says paid, yet the invoice is open by its dates and balance; it was loaded as open.":
        "If the status is right, balances and DSO are too high by its amount, and a payment is missing from what is learnt.",
    "This is a total, no invoice.": "None.",
    "This is a remark or a footer, no invoice.": "None.",
    "This is a ruling line.": "None.",
    "This is the header once more, as at the top of a printed page.": "None.",
    "This day does not exist in the calendar.": "Its days to settle cannot be told.",
}  # fmt: skip
_BY_FATE = {
    Fate.LOADED: "Loaded as said.",
    Fate.JOINED: "Counted with its invoice; nothing is lost.",
    Fate.DROPPED: "Not counted.",
    Fate.FAULTY: "Sales, balances and counts lack it.",
}
_FATES = {
    Fate.LOADED: "loaded as invoices",
    Fate.JOINED: "joined to the invoice they belong to",
    Fate.DROPPED: "left out: no invoices, or none of this ledger",
    Fate.FAULTY: "faulty, not loaded",
}


def effect(finding: Finding) -> str:
    """What a finding means for conclusions, in the language in use."""
    return words.say(_EFFECTS.get(finding.problem.what, _BY_FATE[finding.fate]))


def reason(problem: Problem) -> str:
    """What was found, without the place: the row itself is shown beside it."""
    return words.explain(replace(problem, file=None, row=None, value=None, remedy=""))


def fate_name(fate: Fate) -> str:
    """What became of a row, in words."""
    return words.say(_FATES[fate])


def counts(intake: Intake) -> list[tuple[str, int]]:
    """Rows read, then by fate; these add up to the first."""
    return [(words.say("rows below the header"), len(intake.sheet)), *((fate_name(fate), intake.count(fate)) for fate in Fate)]


def reasons(intake: Intake) -> list[tuple[Finding, list[str]]]:
    """Each kind of finding: the first of it, and the rows of all (with the file where there are several); faults first."""
    several = len(intake.sheet.parts) > 1
    found: dict[tuple, list[Finding]] = {}
    for finding in intake.findings:
        found.setdefault((finding.fate, finding.problem.what), []).append(finding)
    order = (Fate.FAULTY, Fate.DROPPED, Fate.JOINED, Fate.LOADED)
    ranked = sorted(found.values(), key=lambda group: (order.index(group[0].fate), -len(group)))
    return [(group[0], [_row(finding.problem, several) for finding in group]) for group in ranked]


def text(intake: Intake) -> str:
    """Rows by fate, the reasons with their rows and effects, and what the ledger as a whole allows to conclude."""
    say = words.say
    lines = [say("{file}: what was read", file=" + ".join(part.file for part in intake.sheet.parts))]
    lines += [f"  {line}" for line in aligned([[f"{count:,}", name] for name, count in counts(intake)], right=[0])]
    for finding, rows in reasons(intake):
        lines += [
            _headed(finding.problem, len(rows)),
            "    " + say("rows {rows}", rows=_listed(rows)),
            "    " + say("Effect: {effect}", effect=effect(finding)),
        ]
    lines += conclusions(intake)
    return "\n".join(lines)


def conclusions(intake: Intake) -> list[str]:
    """The doubts about the ledger as a whole, each with its effect."""
    say = words.say
    lines, faulty = [], intake.count(Fate.FAULTY)
    if len(intake.ledger) and faulty > _GRAVE * len(intake.sheet):  # where nothing is left, nothing can be concluded from it
        lines.append(
            say(
                "{share:.1%} of the rows are faulty: what is left may not be like the whole. Mend them before concluding anything.",
                share=faulty / len(intake.sheet),
            )
        )
    for doubt in doubts(intake.ledger):
        lines.append(say("Caution: {doubt} Effect: {effect}", doubt=words.explain(doubt.problem), effect=words.explain(doubt.effect)))
    return lines


def general(problem: Problem) -> str:
    """The reason of a whole group of findings: with the holes of its first row, since they differ."""
    return words.explain(replace(problem, file=None, row=None, column=None, value=None, remedy=""))


def _headed(problem: Problem, count: int) -> str:
    if count > 1 and problem.values:
        return words.say("{count} ×, the first of them: {reason}", count=count, reason=general(problem))
    return words.say("{count} × {reason}", count=count, reason=general(problem))


def _row(problem: Problem, several: bool) -> str:
    return f"{problem.file}: {problem.row}" if several else str(problem.row)


def _listed(rows: Iterable[str]) -> str:
    rows = list(dict.fromkeys(rows))
    return words.listed(rows[:_ROWS]) + (" …" if len(rows) > _ROWS else "")
