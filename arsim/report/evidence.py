"""The numbers the model rests on, as a list to read and as plain data: meaning, value, range, unit, evidence, source, where used."""

from collections import Counter
from collections.abc import Sequence

from arsim.domain.problem import BadInput, Problem
from arsim.model.evidence import GRADES, Constant, everything, words_of
from arsim.model.usage import used
from arsim.report import words

_WIDTH = 34


def chosen(prefix: str = "", grade: str | None = None) -> list[Constant]:
    """The constants whose path begins with `prefix`, of one grade if asked for.

    Raises
    ------
    BadInput
        If no path begins so.
    """
    found = [constant for path, constant in everything().items() if path.startswith(prefix)]
    if not found:
        heads = words.listed(dict.fromkeys(path.split(".")[0] for path in everything()))
        raise BadInput(
            Problem('No parameter begins with "{prefix}".', "They begin with: {heads}.", values={"prefix": prefix, "heads": heads})
        )
    return [constant for constant in found if grade in (None, constant.grade)]


def text(constants: Sequence[Constant]) -> str:
    """For a terminal: one paragraph a constant, and what the grades mean."""
    counts = Counter(constant.grade for constant in constants)
    counted = words.listed(f"{words.say(grade)} {counts[grade]}" for grade in GRADES)
    return "\n".join(
        [*map(_paragraph, constants), words.say("{count} parameters: {counted}.", count=len(constants), counted=counted)]
        + [words.say("  {grade}: {meaning}", grade=words.say(grade), meaning=meanings()[grade]) for grade in GRADES]
    )


def meanings() -> dict[str, str]:
    """What each grade means."""
    return {
        "measured": words.say("fitted to the data its source names"),
        "published": words.say("found in a study, mostly of consumers, and carried over to business payers"),
        "expert": words.say("what people who do the work, or the course, say"),
        "assumption": words.say("no usable figure was found; try the whole range before you rest a decision on it"),
    }


def rows(constants: Sequence[Constant]) -> list[dict]:
    """For ``--json``: words in the language in use, `grade` and `used_in` as the code has them."""
    return [
        {
            "path": constant.path,
            "label": words.pick(constant.label),
            "value": constant.value,
            "low": constant.low,
            "high": constant.high,
            "unit": _said("unit", constant.unit),
            "grade": constant.grade,
            "source": _said("source", constant.source),
            "used_in": list(used()[constant.path]),
        }
        for constant in constants
    ]


def _paragraph(constant: Constant) -> str:
    lines = [
        words.pick(constant.label),
        words.say(
            "{value}  ({low} … {high})  {unit}  [{grade}]",
            value=_figure(constant.value), low=_figure(constant.low), high=_figure(constant.high),
            unit=_said("unit", constant.unit), grade=words.say(constant.grade),
        ),
        words.say("source: {source}", source=_said("source", constant.source)),
        words.say("used in: {modules}", modules=words.listed(used()[constant.path]) or "–"),
    ]  # fmt: skip
    head = constant.path if len(constant.path) < _WIDTH else f"{constant.path}\n{'':<{_WIDTH}}"
    return f"{head:<{_WIDTH}}" + f"\n{'':<{_WIDTH}}".join(lines)


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def _said(kind: str, english: str) -> str:
    return words_of()[kind].get(english, english) if words.language() == "zh" else english
