"""The question of a report in words: which policies, and in what they differ; on which company, when, and in what world."""

from collections.abc import Sequence
from functools import cache

from arsim.domain.dunning_rules import Level
from arsim.domain.policy import Policy, levers
from arsim.model.scenario import Scenario
from arsim.report import scenario, words
from arsim.report.firm import Firm
from arsim.report.lever import CHOICES, shown, title
from arsim.study.company import Company
from arsim.study.kept_study import KeptStudy

DEMO = "demo"


def firm_of(study: KeptStudy) -> Firm:
    """The company of `study` as it is shown."""
    about = study.company
    if about.learnt or about.name != DEMO:
        return Firm(about.name, about.currency)
    if about.customers == len(Company.demo().population):
        return Firm()
    return Firm(words.say("Demo company with {customers:,} customers", customers=about.customers))


def titles(study: KeptStudy) -> dict[str, str]:
    """What each policy is called, by name."""
    return {policy.name: policy.called(words.language()) for policy in study.comparison.policies}


def asked(study: KeptStudy) -> list[tuple[str, str]]:
    """Label and text: what is compared, on which company, when, in what world, and how often."""
    say, found, about, firm = words.say, study.comparison, study.company, firm_of(study)
    reference, *others = titles(study).values()
    lines = [
        (say("Question"), say("What do these policies bring against “{reference}”: {others}?", reference=reference,
                              others=words.listed(f"“{one}”" for one in others))),
        (say("Company"), say("{name}, {customers:,} customers", name=firm.called, customers=about.customers)),
        (say("Period"), say("{days} days from {start}", days=found.days, start=about.start.isoformat()) if not about.warmup else
         say("{days} days from {start}, after {warmup} days of warm-up that are not counted", days=found.days,
             start=about.start.isoformat(), warmup=about.warmup)),
        (say("Scenario"), _world(found.scenario)),
        (say("Replications"), say("{count}, each with luck of its own that is the same for all policies", count=len(found.replications))),
    ]  # fmt: skip
    return lines


def lever_rows(policies: Sequence[Policy]) -> list[list[str]]:
    """A head, and a row for each lever on which the policies are not all alike; a level of the dunning ladder is one row."""
    made = [[words.say("Lever"), *(policy.called(words.language()) for policy in policies)]]
    for number in range(max(len(policy.dunning) for policy in policies)):
        rungs = [policy.dunning[number] if number < len(policy.dunning) else None for policy in policies]
        if any(rung != rungs[0] for rung in rungs):
            made.append([words.say("Dunning level {number}", number=number + 1), *(rung_text(rung) if rung else "–" for rung in rungs)])
    known = [{lever.path: lever for lever in levers(policy)} for policy in policies]
    for lever in (lever for lever in levers() if not lever.path.startswith("dunning.")):
        values = [of[lever.path].default for of in known]
        if any(value != values[0] for value in values):
            label = whole_title(lever.path)
            if not lever.choices:
                label = words.say("{label} ({unit})", label=label, unit=words.say(lever.unit))
            made.append([label, *(shown(lever, value) for value in values)])
    return made


def rung_text(level: Level) -> str:
    """One level of the ladder: when, how, and for whom if not for all."""
    say, days = words.say, level.days
    when = {
        "due": say("on the due date") if not days else say("1 day overdue") if days == 1 else say("{days} days overdue", days=days)
        if days > 0 else say("1 day before the due date") if days == -1 else say("{days} days before the due date", days=-days),
        "end_of_month": say("{days} days after the due date, on to the month's end", days=days),
        "previous": say("{days} days after the level before", days=days),
    }[level.clock]  # fmt: skip
    parts = [when, say(CHOICES[level.channel])]
    parts += [] if level.grades == "all" else [say(CHOICES[level.grades])]
    parts += [say("from CNY {amount:,} on", amount=level.min_amount)] if level.min_amount else []
    return words.listed(parts)


def whole_title(path: str) -> str:
    """`title` of the lever at `path`, together with the one it goes on from."""
    return _whole_titles(words.language())[path]


@cache
def _whole_titles(language: str) -> dict[str, str]:
    begun, found = "", {}
    for lever in levers():
        told = title(lever)
        goes_on = told.startswith("…")
        begun = begun if goes_on else told
        found[lever.path] = f"{begun} {told}" if goes_on and language == "en" else begun + told if goes_on else told
    return found


def _world(known: Scenario) -> str:
    between, comma = ("：", "；") if words.language() == "zh" else (": ", "; ")
    told = comma.join(scenario.changes(known)) or words.say("nothing out of the ordinary")
    return scenario.called(known) + between + told
