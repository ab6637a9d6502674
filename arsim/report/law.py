"""The rules of law as a reader sees them: the list, and one rule in full."""

from difflib import get_close_matches

from arsim.domain import law
from arsim.domain.problem import BadInput, Problem
from arsim.report import words


def listing() -> str:
    """Every rule under its chapter: key, name, article and version; the disclaimer last."""
    lines = []
    for group, title in law.groups().items():
        lines += [words.pick(title), ""]
        for rule in law.rules().values():
            if rule.group == group:
                lines += [f"  {rule.key:<24}{words.pick(rule.label)}", f"  {'':<24}{_source(rule)}"]
        lines.append("")
    return "\n".join([*lines, words.say("The full text of one rule: arsim law KEY"), words.pick(law.disclaimer())])


def entry(key: str) -> str:
    """One rule in full: name, article, version, text, how well it was checked, disclaimer.

    Raises
    ------
    BadInput
        If there is no such rule.
    """
    found = law.rules().get(key)
    if found is None:
        near = get_close_matches(key, law.rules(), n=3, cutoff=0.5)
        remedy = "Did you mean {near}?" if near else "The command arsim law lists all rules."
        raise BadInput(Problem("There is no rule {name}.", remedy, values={"name": key, "near": words.listed(near)}))
    lines = [words.pick(found.label), _source(found), "", words.pick(found.text), words.pick(found.grade)]
    if key == "demand":
        lines += ["", *_channels()]
    if found.group == "interest":
        lines += ["", lpr()]
    return "\n".join([*lines, "", words.pick(law.disclaimer())])


def _source(rule: law.Rule) -> str:
    return words.say("{article}; as of {version}", article=words.pick(rule.article), version=rule.version)


def _channels() -> list[str]:
    verdict = {True: words.say("counts"), False: words.say("does not count")}
    return [
        words.say("{channel}: {verdict}. {reason}", channel=words.pick(it.label), verdict=verdict[it.counts], reason=words.pick(it.reason))
        for it in law.provable().values()
    ]


def lpr() -> str:
    """The rate last entered, since when, and how well that was checked."""
    known = law.lpr()
    return words.say(
        "One-year LPR: {rate} % since {since}. {grade}",
        rate=f"{float(100 * known.rate):.1f}",
        since=known.since,
        grade=words.pick(known.grade),
    )
