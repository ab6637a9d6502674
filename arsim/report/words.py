"""Everything a reader sees from code, in their language.

The English sentence is the key; `locale/zh/*.po` holds the Chinese. The `.po` files are read as they are: what a translator
edits is what runs. The language is one setting (`use`, ``--lang`` or ``ARSIM_LANG``), never the operating system's locale.
"""

import os
import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from arsim.domain.problem import BadInput, Problem, Verbatim
from arsim.domain.spacing import filled

LANGUAGES = ("en", "zh")
_ALSO = {"en": "en", "eng": "en", "english": "en", "zh": "zh", "cn": "zh", "zho": "zh", "chi": "zh", "chinese": "zh", "中文": "zh"}
_current = None


def named(language: str) -> str | None:
    """The language meant, however it is written; None if we do not speak it.

    >>> named("zh_CN.UTF-8"), named("zh-Hans"), named("cn"), named("EN-us"), named("fr")
    ('zh', 'zh', 'zh', 'en', None)
    """
    return _ALSO.get(re.split(r"[-_.@]", language.strip().lower())[0])


def use(language: str) -> None:
    """Speak `language` ("en" or "zh", or another way of writing them) from now on."""
    global _current
    _current = named(language) or _refuse(language)


def _refuse(language: str):
    raise BadInput(Problem("There is no language {name}.", "Use en or zh.", values={"name": language}))


def language() -> str:
    """The language in use: the one set, else ``ARSIM_LANG``, else English."""
    return _current or named(os.environ.get("ARSIM_LANG", "")) or "en"


def unspoken() -> Problem | None:
    """What to say where ``ARSIM_LANG`` asks for a language we do not speak; None where all is well."""
    setting = os.environ.get("ARSIM_LANG", "")
    if _current or not setting or named(setting):
        return None
    values = {"name": setting}
    return Problem("ARSIM_LANG is {name}, a language arsim does not speak; this is English.", "Set it to en or zh.", values=values)


@contextmanager
def speaking(language: str):
    """Speak `language` inside a ``with`` block."""
    global _current
    before = _current
    use(language)
    try:
        yield
    finally:
        _current = before


@cache
def catalogue() -> dict[str, str]:
    """English sentence → Chinese sentence, from all ``locale/zh/*.po``."""
    from babel.messages.pofile import read_po

    pairs = {}
    for path in sorted((Path(__file__).parent / "locale" / "zh").glob("*.po")):
        with path.open("rb") as file:
            pairs.update({message.id: message.string for message in read_po(file, locale="zh_CN") if message.id and message.string})
    return pairs


def say(sentence: str, **values) -> str:
    """`sentence` in the language in use, its ``{holes}`` filled from `values`."""
    spoken = catalogue().get(sentence, sentence) if language() == "zh" else sentence
    return filled(spoken, **values) if values else spoken


def pick(labels: dict[str, str]) -> str:
    """The label in the language in use, from ``{"en": …, "zh": …}`` (levers and outcomes carry theirs on the field)."""
    return labels[language()]


def listed(items) -> str:
    """Items one after the other, with the language's own comma."""
    return ("、" if language() == "zh" else ", ").join(items)


def gap() -> str:
    """What stands between two sentences."""
    return "" if language() == "zh" else " "


def explain(problem: Problem) -> str:
    """One problem as the user reads it: where, what, and the remedy."""
    where = [str(problem.file)] if problem.file else []
    where += [say("row {row}", row=problem.row)] if problem.row is not None else []
    where += _key(problem.key) if problem.key else []
    where += [say('column "{column}"', column=problem.column)] if problem.column and not problem.key else []
    where += [say('value "{value}"', value=problem.value)] if problem.value is not None else []
    ours = {key for key, value in problem.values.items() if isinstance(value, str) and not isinstance(value, Verbatim)}
    values = {key: say(value) if key in ours else value for key, value in problem.values.items()}
    sentence = gap().join(filled(say(part), **values) for part in (problem.what, problem.remedy) if part)
    if not where:
        return sentence
    return ("，".join(where) + "：" if language() == "zh" else ", ".join(where) + ": ") + sentence


def _key(path: str) -> list[str]:
    """A key's place: of the dunning ladder the level as it is counted, from 1."""
    table, _, rest = path.partition(".")
    number, _, name = rest.partition(".")
    if table != "dunning" or not number.isdecimal():
        return [say('key "{key}"', key=path)]
    level = say("dunning level {number}", number=int(number) + 1)
    return [level, say('key "{key}"', key=name)] if name else [level]
