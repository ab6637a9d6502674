"""How prose is written in each language: one term for one thing, Chinese punctuation in Chinese, and neither language in the other."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from arsim.domain.places import place
from arsim.domain.problem import Problem

LATIN_RUN = 6  # so many Latin words one after the other are an English sentence, not a term of art
CJK_RUN = 8  # … and so many Chinese characters in English
_HAN = "\u4e00-\u9fff"
# What is not prose: code, links' targets, formulas, HTML tags.
NOT_PROSE = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|\]\([^)\n]*\)|<[^>\n]*>|\{[^}\n]*\}", re.DOTALL)
_TWIN_LINK = re.compile(r"\[(中文版|English)\]")
_TYPOGRAPHY = (
    (re.compile(rf"[{_HAN}]+[*_”’）》]*(?:[,;?!:]|\.(?=\s|$))"), "Use ，；？！：。"),
    (re.compile(rf"[{_HAN}]\s*\([^()\n]*[{_HAN}]"), "Use （ and ）."),
    (re.compile(rf"[{_HAN}][“”]*\"|\"[“”]*[{_HAN}]"), "Use “ and ”."),
    (re.compile(rf"[{_HAN}]\.\.\."), "Use ……"),
    (re.compile(rf"[{_HAN}]\s*--+|[{_HAN}]—[{_HAN}]"), "Use ——"),
    (re.compile(rf"[{_HAN}] +[，。；：？！、）”]|[，。；：？！、（“] +[{_HAN}]"), "No space beside full-width punctuation."),
    (re.compile(r"[０-９Ａ-Ｚａ-ｚ]"), "Write digits and Latin letters half-width."),
)
LATIN = re.compile(rf"(?:[A-Za-z][A-Za-z’'-]*[ ,;]+){{{LATIN_RUN - 1},}}[A-Za-z]+")
_BOLD = re.compile(r"\*\*")
_MARKS = "，。；：？！、（）“”《》…—·"
CHINESE = re.compile(rf"[{_HAN}，。；：？！、“”]{{{CJK_RUN},}}")


def faults(language: str, text: str) -> Iterator[Problem]:
    """Everything wrong with the writing of `text`, meant to be in `language`; {text} is the place, and whoever asks knows the {cell}."""
    prose = _TWIN_LINK.sub("", NOT_PROSE.sub("`", text))
    if language == "zh":
        for pattern, remedy in _TYPOGRAPHY:
            if hit := pattern.search(prose):
                yield Problem("In {cell}, Chinese punctuation is wrong: {text}", remedy, values={"text": hit[0]})
        if hit := next(_stuck(prose), None):
            yield Problem("In {cell}, this is not shown in bold: {text}", "Put the punctuation outside the ** marks.", values={"text": hit})
        if hit := LATIN.search(prose):
            held = {"text": hit[0]}
            yield Problem("In {cell}, there is English in the Chinese: {text}", "Translate it; terms of art may stay.", values=held)
    elif hit := CHINESE.search(prose):
        yield Problem("In {cell}, there is Chinese in the English: {text}", "Translate it; terms of art may stay.", values={"text": hit[0]})
    for pattern, term in _forbidden(language):
        if hit := pattern.search(prose):
            remedy = "Write {term}; data/course/glossary.toml lists the terms."
            yield Problem("In {cell}, a term is not the workbook's own: {text}", remedy, values={"text": hit[0], "term": term})


def _stuck(prose: str) -> Iterator[str]:
    """Bold that Markdown does not see: its marks stand between punctuation inside and a character outside."""
    for line in prose.splitlines():
        marks = list(_BOLD.finditer(line))
        for opened, closed in zip(marks[::2], marks[1::2], strict=False):
            before, first = line[: opened.start()][-1:], line[opened.end() :][:1]
            last, after = line[: closed.start()][-1:], line[closed.end() :][:1]
            if before.isalnum() and first in _MARKS or after.isalnum() and last in _MARKS:
                yield line[opened.start() : closed.end() + 1]


@cache
def _forbidden(language: str) -> tuple[tuple[re.Pattern, str], ...]:
    """Variants not used, each with the term that is."""
    terms = tomllib.loads((place("data") / "course" / "glossary.toml").read_text("utf-8"))["term"]
    whole = (lambda text: rf"\b{re.escape(text)}\b") if language == "en" else re.escape
    return tuple((re.compile(whole(text), re.IGNORECASE), one[language]) for one in terms for text in one.get(f"not_{language}", ()))
