"""An experiment as a reader sees it: the claim, the two arms, what came out, the verdict in words, and what not to conclude."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.model.evidence import GRADES, constants
from arsim.model.scenario import read_scenario
from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.figures import Scale, difference_unit, figure, money_scale, number, unit
from arsim.report.firm import Firm
from arsim.study.comparison import ENOUGH
from arsim.study.experiment_file import PRESENT, Experiment, Side, experiments, measure_of, read_experiment
from arsim.study.finding import Estimate, Finding


def listing() -> str:
    """Every experiment: name, source, title."""
    rows = [(name, (found := read_experiment(name)).source, found.told(words.language()).title) for name in experiments()]
    return "\n".join([*aligned(rows), "", words.say("Run one: arsim experiment run NAME; all of them: arsim experiment run all")])


def text(experiment: Experiment, finding: Finding, firm: Firm, present: Policy | None = None) -> str:
    """One experiment in full, for a terminal."""
    told = experiment.told(words.language())
    lines = [
        f"{told.title}  [{experiment.name}, {experiment.source}]",
        "",
        words.say("Claim: {claim}", claim=told.claim),
        words.say("Question: {question}", question=told.question),
        "",
        *_arms(experiment, present),
        words.say("{days} days, {count} paired replications, same customers and same luck.", days=experiment.days, count=finding.n),
        "",
        words.say("Measured: {what}", what=measured(experiment)),
        words.say("Claimed: {claimed}", claimed=claimed(experiment, finding, firm)),
        words.say("Found, with its 95 % interval: {found}", found=found(experiment, finding, firm)),
        *_levels(experiment, finding, firm),
        words.say("Verdict: {verdict}. {reason}", verdict=words.say(finding.verdict), reason=reason(finding)),
    ]
    if finding.beside:
        lines += ["", words.say("Beside it:"), *beside(finding, firm)]
    if finding.assumptions:
        lines += ["", _rests_on(experiment, finding)]
    return "\n".join([*lines, "", words.say("Do not conclude too much: {caution}", caution=told.caution)])


def table(findings: Sequence[Finding], firm: Firm) -> str:
    """One line an experiment: claimed, found, interval, verdict."""
    rows = [[words.say("Experiment"), words.say("Claimed"), words.say("Found, with its 95 % interval"), words.say("Verdict")]]
    for finding in findings:
        experiment = read_experiment(finding.experiment)
        rows.append([finding.experiment, claimed(experiment, finding, firm), found(experiment, finding, firm), words.say(finding.verdict)])
    return "\n".join(aligned(rows))


def as_dict(experiment: Experiment, finding: Finding, firm: Firm) -> dict:
    """For ``--json``: money in fen, shares between 0 and 1, None where there is no number."""
    told, measure = experiment.told(words.language()), experiment.measure
    head = {
        "title": told.title, "claim": told.claim, "source": experiment.source, "company": firm.called, "days": experiment.days,
        "measure": measure.of, "compare": measure.compare, "caution": told.caution, "reason": reason(finding),
    }  # fmt: skip
    return _plain({**asdict(finding), **head})


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value


# ── Parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _arms(experiment: Experiment, present: Policy | None) -> list[str]:
    if experiment.reference == experiment.trial:
        return [words.say("Policy: {policy}", policy=_side(experiment.trial, present))]
    return [
        words.say("Reference: {policy}", policy=_side(experiment.reference, present)),
        words.say("Trial: {policy}", policy=_side(experiment.trial, present)),
    ]


def _side(side: Side, present: Policy | None) -> str:
    policy = present if present is not None and side.policy == PRESENT else read_policy(side.policy)
    parts = [policy.called(words.language()), read_scenario(side.scenario).called(words.language())]
    return words.listed([*parts, *(f"{path} = {_setting(value)}" for path, value in side.levers.items())])


def _setting(value) -> str:
    if isinstance(value, list):
        return " / ".join(f"{level['days']} {level['channel']}" for level in value)
    return str(value)


def _way(experiment: Experiment) -> str:
    ways = {
        "relative": words.say("relative change"),
        "difference": words.say("difference"),
        "ratio": words.say("trial ÷ reference"),
        "level": words.say("the level itself"),
    }
    return ways[experiment.measure.compare]


def _show(value: float, compare: str, outcome_unit: str, scale: Scale) -> str:
    """A figure of the claim, without its unit."""
    if math.isnan(value):
        return "–"
    if compare == "relative":
        return number(100 * value, 1, sign=True)
    return number(value, 2) if compare == "ratio" else figure(value, outcome_unit, scale, sign=compare == "difference")


def _unit(compare: str, outcome_unit: str, scale: Scale) -> str:
    if compare in ("relative", "ratio"):
        return {"relative": "%", "ratio": words.say("times")}[compare]
    return difference_unit(outcome_unit, scale) if compare == "difference" else unit(outcome_unit, scale)


def _scale(estimate: Estimate | Finding, firm: Firm) -> Scale:
    largest = max((abs(bound) for bound in (estimate.low, estimate.high) if not math.isnan(bound)), default=0)
    return money_scale(largest, firm.currency)


def measured(experiment: Experiment) -> str:
    """What is measured, and how the arms are compared."""
    return words.say("{label}, {way}", label=words.pick(measure_of(experiment.measure.of).label), way=_way(experiment))


def claimed(experiment: Experiment, finding: Finding, firm: Firm) -> str:
    """What is claimed to come out."""
    claim, scale = finding.claimed, _scale(finding, firm)
    how = (experiment.measure.compare, measure_of(experiment.measure.of).unit, scale)
    low, high = (_show(value, *how) for value in (claim.low, claim.high))
    if claim.direction == "about" and claim.low < claim.high:
        return words.say("{low} to {high} {unit}", low=low, high=high, unit=_unit(*how))
    if claim.direction == "at most":
        return words.say("at most {most} {unit}", most=high, unit=_unit(*how))
    if claim.direction != "about" and claim.low == claim.nothing:
        return words.say("a rise") if claim.direction == "rise" else words.say("a fall")
    if claim.direction == "about":
        return f"{low} {_unit(*how)}"
    return words.say("{figure} {unit} or more", figure=low, unit=_unit(*how))


def found(experiment: Experiment, finding: Finding, firm: Firm) -> str:
    """The estimate and its interval."""
    return _interval(
        Estimate(finding.estimate, finding.low, finding.high), experiment.measure.compare, measure_of(experiment.measure.of).unit, firm
    )


def _interval(estimate: Estimate, compare: str, outcome_unit: str, firm: Firm) -> str:
    how = (compare, outcome_unit, _scale(estimate, firm))
    value, low, high = (_show(bound, *how) for bound in (estimate.value, estimate.low, estimate.high))
    return words.say("{value} {unit} ({low} … {high})", value=value, low=low, high=high, unit=_unit(*how))


def _levels(experiment: Experiment, finding: Finding, firm: Firm) -> list[str]:
    if experiment.measure.compare == "level":
        return []
    outcome_unit = measure_of(experiment.measure.of).unit
    how = ("level", outcome_unit, money_scale(max(abs(finding.reference), abs(finding.trial)), firm.currency))
    reference, trial = (_show(value, *how) for value in (finding.reference, finding.trial))
    return [words.say("Reference {reference} {unit}, trial {trial} {unit}.", reference=reference, trial=trial, unit=_unit(*how))]


def beside(finding: Finding, firm: Firm) -> list[str]:
    """The figures reported beside the claim, a line each."""
    lines = []
    for one in finding.beside:
        measure = measure_of(one.measure)
        interval = _interval(one.estimate, "difference" if one.change else "level", measure.unit, firm)
        kind = words.say("change") if one.change else words.say("level")
        lines.append(words.say("  {label} ({kind}): {interval}", label=words.pick(measure.label), kind=kind, interval=interval))
    return lines


def _rests_on(experiment: Experiment, finding: Finding) -> str:
    grades = Counter(constants()[path].grade for path in finding.assumptions)
    return words.say(
        "It leans on {count} constants of behaviour ({counted}); arsim evidence {prefix} shows them with their ranges.",
        count=len(finding.assumptions),
        counted=words.listed(f"{words.say(grade)} {grades[grade]}" for grade in GRADES if grades[grade]),
        prefix=experiment.rests_on[0].rstrip("."),
    )


def reason(finding: Finding) -> str:
    """Why the verdict is what it is."""
    claim, low, high = finding.claimed, finding.low, finding.high
    if math.isnan(low) and finding.n < 2:
        return words.say("Nothing could be measured here.")
    if low < high and finding.n < ENOUGH:
        return words.say("Fewer than {least} replications allow no verdict.", least=ENOUGH)
    if claim.direction == "at most":
        return {
            "holds": words.say("The whole interval stays within the claim."),
            "does not hold": words.say("The whole interval lies above the claim."),
        }.get(finding.verdict, words.say("The claim lies inside the interval; more replications may tell."))
    if claim.direction == "about":
        return {
            "holds": words.say("The interval meets the claimed figure."),
            "does not hold": words.say("The whole interval lies above the claim.")
            if low > claim.high
            else words.say("The whole interval lies below the claim."),
        }.get(finding.verdict, words.say("The interval takes in both the claim and no effect; more replications may tell."))
    if claim.direction == "fall":
        low, high = 2 * claim.nothing - high, 2 * claim.nothing - low
    size = claim.nothing + abs(claim.low - claim.nothing)
    if finding.verdict == "holds":
        if low >= size:
            return words.say("The whole interval lies at or beyond the claim.")
        return words.say("The effect is sure and the interval reaches the claimed size, though part of it falls short.")
    if finding.verdict == "does not hold":
        if low == high == claim.nothing:
            return words.say("Nothing changes at all.")
        if high < claim.nothing:
            return words.say("It moves the other way.")
        if low > claim.nothing:
            return words.say("There is an effect in the claimed direction, but the whole interval falls short of the claimed size.")
        return words.say("No clear effect, and the whole interval falls short of the claimed size.")
    return words.say("The interval takes in both the claim and no effect; more replications may tell.")
