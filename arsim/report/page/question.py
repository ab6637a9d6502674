"""The question of a report in words: which policies, and in what they differ; on which company, when, and in what world."""

from collections.abc import Sequence

from arsim.domain.lever import Lever
from arsim.domain.policy import Policy, levers
from arsim.report import scenario, words
from arsim.report.firm import Firm
from arsim.report.lever import shown, title
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
        (say("Scenario"), scenario.line(found.scenario)),
        (say("Replications"), say("{count}, each with luck of its own that is the same for all policies", count=len(found.replications))),
    ]  # fmt: skip
    return lines


def lever_rows(policies: Sequence[Policy]) -> list[list[str]]:
    """A head, and a row for each lever on which the policies are not all alike: group, label with unit, and what each stands at.

    A dunning level that a policy does not have shows a dash.
    """
    known = [{lever.path: lever for lever in levers(policy)} for policy in policies]
    order: dict[str, Lever] = {path: lever for of in reversed(known) for path, lever in of.items()}
    usual = {path: at for at, path in enumerate(lever.path for lever in levers())}
    made = [[words.say("Lever"), words.say("Unit"), *(policy.called(words.language()) for policy in policies)]]
    for path in sorted(order, key=lambda path: _place(path, usual)):
        values = [of[path].default if path in of else None for of in known]
        if len({repr(value) for value in values}) > 1:
            made.append([_label(order[path]), "–" if order[path].choices else words.say(order[path].unit),
                         *("–" if value is None else shown(order[path], value) for value in values)])  # fmt: skip
    return made


def _place(path: str, usual: dict[str, int]) -> tuple:
    """The dunning ladder first, level by level, then the levers in their usual order."""
    head, *rest = path.split(".")
    return (0, int(rest[0]), usual[f"dunning.N.{rest[1]}"]) if head == "dunning" else (1, 0, usual[path])


def _label(lever: Lever) -> str:
    """What it is called where it stands alone: a label that goes on from the one before it ("… for claims of at least") has that one too."""
    head, *rest = lever.path.split(".")
    if head == "dunning":
        return words.say("Dunning level {number}: {lever}", number=int(rest[0]) + 1, lever=title(lever))
    return whole_title(lever.path)


def whole_title(path: str) -> str:
    """`title` of the lever at `path`, together with the one it goes on from."""
    begun = ""
    for lever in levers():
        told = title(lever)
        goes_on = told.startswith("…")
        begun = begun if goes_on else told
        if lever.path == path:
            return f"{begun} {told}" if goes_on and words.language() == "en" else begun + told if goes_on else told
    raise KeyError(path)
