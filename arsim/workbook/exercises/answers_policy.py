"""Policies as answers: what is wrong with one, and examples, right and wrong, as TOML."""

from arsim.domain.law import provable
from arsim.domain.policy import Policy
from arsim.workbook.exercises import policies
from arsim.workbook.exercises.trial import JUDGED, against

MONTH = 30  # days by which the clock end_of_month may put a step off


def ordered(before: int, call_by: int, prove_by: int, cap: int, flaw: str = "") -> str:
    """A policy as it was ordered, as TOML; with a `flaw`, one of the usual mistakes.

    >>> print(ordered(5, 12, 40, 3))
    dunning = [{ days = -5, channel = "email" }, { days = 12, channel = "call" }, { days = 40, channel = "letter" }]
    team = { contact_cap = 3 }
    """
    first = before if flaw == "late_first" else -before
    call = call_by + 5 if flaw == "late_call" else call_by
    third = "visit" if flaw == "unproved" else "letter"
    for_whom = ', grades = "weak"' if flaw == "some_only" else ""
    most, people = (cap + 1 if flaw == "too_often" else cap), (", collectors = 0" if flaw == "nobody" else "")
    levels = (
        f'{{ days = {first}, channel = "email" }}',
        f'{{ days = {call}, channel = "call"{for_whom} }}',
        f'{{ days = {prove_by}, channel = "{third}" }}',
    )
    return f"dunning = [{', '.join(levels)}]\nteam = {{ contact_cap = {most}{people} }}"


def order_fault(answer: Policy, before: int, call_by: int, prove_by: int, cap: int) -> str:
    """What is missing in a policy that was ordered: "" if nothing, else the usual mistake's name.

    >>> order_fault(policies.read(ordered(5, 12, 40, 3)), 5, 12, 40, 3), order_fault(Policy(name="none"), 5, 12, 40, 3)
    ('', 'late_first')
    """
    steps = _steps(answer)
    whole = [(earliest, latest, level) for earliest, latest, level in steps if level.grades == "all" and level.min_amount == 0]
    confirmed = answer.team.confirm_calls == "yes"
    proves = lambda level: provable()[level.channel].counts or confirmed  # noqa: E731
    calls = lambda found: any(level.channel == "call" and latest <= call_by for _, latest, level in found)  # noqa: E731
    if not any(latest <= -before for _, latest, _ in steps):
        return "late_first"
    if not calls(steps):
        return "late_call"
    if not any(0 < earliest and latest <= prove_by and proves(level) for earliest, latest, level in steps):
        return "unproved"
    late = any(latest <= -before for _, latest, _ in whole) and any(
        0 < earliest and latest <= prove_by and proves(level) for earliest, latest, level in whole)  # fmt: skip
    if not (late and calls(whole)):
        return "some_only"
    if answer.team.contact_cap > cap:
        return "too_often"
    return "nobody" if not answer.team.collectors or not answer.team.contact_cap else ""


def _steps(policy: Policy):
    """Each level with the earliest and the latest day past due on which it falls, as far as its clock tells."""
    steps, last = [], (0, 0)
    for level in policy.dunning:
        base = last if level.clock == "previous" else (0, MONTH if level.clock == "end_of_month" else 0)
        last = base[0] + level.days, base[1] + level.days
        steps.append((*last, level))
    return steps


TODAY = {
    1: 'dunning = [{ days = 30, channel = "email" }, { days = 60, channel = "letter" }]',
    2: 'dunning = [{ days = 25, channel = "sms" }, { days = 60, channel = "letter" }]',
    3: 'dunning = [{ days = 35, channel = "email" }, { days = 70, channel = "letter" }]',
}
EXAMPLES = {
    "": 'dunning = [{ days = -5, channel = "email" }, { days = 7, channel = "call" }, { days = 30, channel = "letter" }]',
    "too_dear": 'dunning = [{ days = -5, channel = "call" }, { days = 1, channel = "call" }, { days = 5, channel = "visit" }, '
    '{ days = 10, channel = "lawyer_letter" }, { days = 20, channel = "visit" }]',
    "worse": "write_off_days = 90",
}


def beating(flaw: str = "") -> str:
    """A policy that brings more than today's without costing much goodwill, as TOML; with a `flaw`, one that does not.

    >>> beating("worse")
    'write_off_days = 90'
    """
    return EXAMPLES[flaw]


def unchanged(today: str) -> str:
    """Today's policy handed in again: a usual mistake.

    >>> unchanged("dunning = []")
    'dunning = []'
    """
    return today


def beating_fault(answer: Policy, today: str, trial: int, most: int) -> str:
    """Why a policy does not beat today's on luck it has not met: "" if it does, else the usual mistake's name.

    Goodwill may fall by `most` points on average; net value must rise surely, by its 95 % interval.
    """
    found = against(answer, policies.read(today), JUDGED + trial)
    if found["goodwill"][0] < -most:
        return "too_dear"
    _, low, high = found["net_value"]
    return "" if low > 0 else "worse" if high < 0 else "cannot_tell"
