"""Rules of law as values, read from ``data/law_cn.toml``. Not legal advice; have a lawyer check."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from arsim.domain.places import place
from arsim.domain.spacing import filled

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Rule:
    """One rule of law in plain words.

    Parameters
    ----------
    key : str
        Its name in ``law_cn.toml``.
    group : str
        Key of the chapter it stands in, one of `groups`.
    label, article, text : mapping
        Name, source with article, and what it says, each by language ("en", "zh"); the text with its numbers filled in.
    numbers : mapping
        The numbers by name, each named after its unit (days, months, percent, …): whole numbers, or exact fractions.
    version : date
        The law as it stood on this day.
    grade : mapping
        How well this entry was checked, by language.
    """

    key: str
    group: str
    label: Mapping[str, str]
    article: Mapping[str, str]
    text: Mapping[str, str]
    numbers: Mapping[str, int | Fraction]
    version: date
    grade: Mapping[str, str]


@dataclass(frozen=True)
class Proof:
    """Whether a contact by one channel is a demand that can be proved, and why; `label` and `reason` by language."""

    channel: str
    counts: bool
    label: Mapping[str, str]
    reason: Mapping[str, str]


@dataclass(frozen=True)
class Lpr:
    """The one-year loan prime rate: `rate` a year as a share, known to hold from the day `since`; `grade` by language."""

    rate: Fraction
    since: date
    grade: Mapping[str, str]


@cache
def rules() -> dict[str, Rule]:
    """All rules by key, in the order of the file. Not legal advice.

    Returns
    -------
    dict of str to Rule

    Examples
    --------
    >>> rules()["limitation"].numbers["years"], rules()["limitation"].article["en"]
    (3, 'Civil Code, Article 188')
    """
    return {key: _rule(key, entry) for key, entry in book()["rule"].items()}


@cache
def provable() -> dict[str, Proof]:
    """Which channels leave a provable demand (SPC Provisions on Limitation 8, as of 2025-04-19). Not legal advice.

    Returns
    -------
    dict of str to Proof
        By channel: "email", "sms", "chat", "letter", "lawyer_letter", "statement", "call", "visit".

    Examples
    --------
    >>> [channel for channel, proof in provable().items() if not proof.counts]
    ['call', 'visit']
    """
    return {channel: Proof(channel, it["counts"], it["label"], it["reason"]) for channel, it in book()["provable"].items()}


@cache
def lpr() -> Lpr:
    """The one-year loan prime rate last entered in ``law_cn.toml``.

    Returns
    -------
    Lpr

    Examples
    --------
    >>> lpr().rate
    Fraction(3, 100)
    """
    entry = book()["lpr"]
    return Lpr(Fraction(entry["one_year_percent"]) / 100, entry["since"], book()["grade"][entry["grade"]])


def groups() -> dict[str, Mapping[str, str]]:
    """The chapters the rules stand in: key to name by language.

    Examples
    --------
    >>> list(groups())
    ['time', 'security', 'interest', 'sme', 'route', 'tax', 'conduct']
    """
    return dict(book()["group"])


def disclaimer() -> dict[str, str]:
    """What must stand beside every statement of law, by language.

    Returns
    -------
    dict of str to str
        "en" and "zh".

    Examples
    --------
    >>> disclaimer()["en"]
    'Not legal advice; have a lawyer check.'
    """
    return dict(book()["disclaimer"])


@cache
def book() -> dict:
    """``law_cn.toml`` as it stands; decimals are fractions, not floats: 0.9 % of a claim must be exact. Not to be changed."""
    return tomllib.loads((place("data") / "law_cn.toml").read_text("utf-8-sig"), parse_float=Fraction)


def _rule(key: str, entry: dict) -> Rule:
    numbers = entry.get("numbers", {})
    shown = {name: f"{float(value):g}" if isinstance(value, Fraction) else value for name, value in numbers.items()}
    return Rule(
        key=key,
        group=entry["group"],
        label=entry["label"],
        article={language: _cited(entry["sources"], language) for language in LANGUAGES},
        text={language: filled(entry["text"][language], **shown) for language in LANGUAGES},
        numbers={name: Fraction(value) if isinstance(value, str) else value for name, value in numbers.items()},
        version=entry.get("version", book()["version"]),
        grade=book()["grade"][entry["grade"]],
    )


def _cited(sources: list[dict], language: str) -> str:
    between, after = ("; ", ", ") if language == "en" else ("；", "")
    cited = [(book()["instrument"][source["instrument"]][language], source[language]) for source in sources]
    return between.join(f"{name}{after}{article}" if article else name for name, article in cited)
