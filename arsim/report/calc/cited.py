"""Articles behind an answer."""

from collections.abc import Sequence

from arsim.domain import law
from arsim.report import words


def cited(keys: Sequence[str]) -> tuple[str, ...]:
    """Name, article and version of each of these rules of ``data/law_cn.toml``; and a word where the text itself was not read."""
    return tuple(_line(law.rules()[key]) for key in keys)


def _line(rule: law.Rule) -> str:
    told = {"label": words.pick(rule.label), "article": words.pick(rule.article), "version": rule.version}
    if rule.grade == law.book()["grade"]["primary"]:
        return words.say("{label}: {article}; as of {version}", **told)
    return words.say("{label}: {article}; as of {version}. {note}", **told, note=words.pick(rule.grade))
