"""Every constant of the model with its meaning, range, grade and source, read from ``data/*.toml``.

``behaviour.toml`` says how people behave, ``demo.toml`` how the demo company is drawn. What a constant is called, in both languages,
stands once a pattern in ``behaviour_labels.toml``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType

from arsim.domain.places import place

GRADES = ("measured", "published", "expert", "assumption")
BOOKS = ("behaviour", "demo")


@dataclass(frozen=True)
class Constant:
    """One number of the model.

    Parameters
    ----------
    path : str
        Where it stands in its file, such as ``"channel.call.effect"``.
    value, low, high : float
        What the model uses, and the plausible range.
    grade : str
        How well it is known: measured, published, expert or assumption.
    source, unit : str
        In English; `words_of` has the Chinese.
    label : mapping of str to str
        What it means, by language ("en", "zh"); the path where nobody has said.
    """

    path: str
    value: float
    low: float
    high: float
    grade: str
    source: str
    unit: str = ""
    label: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "label", dict(self.label) or {"en": self.path, "zh": self.path})


@cache
def constants(book: str = "behaviour") -> Mapping[str, Constant]:
    """The constants of one file by path, in its order: "behaviour" or "demo"."""
    return MappingProxyType({path: Constant(path=path, **_labelled(path, entry)) for path, entry in _walk(_read(book), "")})


@cache
def everything() -> Mapping[str, Constant]:
    """All constants of all files by path."""
    return MappingProxyType({path: constant for book in BOOKS for path, constant in constants(book).items()})


def number(path: str) -> float:
    """The value of one constant.

    >>> number("price.provision_30")
    0.01
    """
    return everything()[path].value


def table(path: str) -> dict[str, float]:
    """The values that stand directly under `path`, by name, in the order of the file.

    >>> table("demo.terms_share")
    {'30': 0.34, '45': 0.22, '60': 0.3, '90': 0.14}
    """
    found = {name.removeprefix(f"{path}."): constant.value for name, constant in everything().items() if name.startswith(f"{path}.")}
    if not found:
        raise KeyError(path)
    return found


@cache
def words_of() -> Mapping[str, Mapping]:
    """``behaviour_labels.toml``: tables "label" (pattern → en, zh, unit), "unit" and "source" (English → Chinese)."""
    return MappingProxyType(_read("behaviour_labels"))


def pattern_of(path: str) -> str | None:
    """The label pattern that names `path`: the longest that fits, None if there is none.

    >>> pattern_of("channel.call.effect")
    'channel.*.effect'
    """
    return max((pattern for pattern in words_of()["label"] if fnmatchcase(path, pattern)), key=len, default=None)


def _labelled(path: str, entry: dict) -> dict:
    known = words_of()["label"].get(pattern_of(path), {})
    named = {"label": {language: known[language] for language in ("en", "zh")}} if known else {}
    return {"unit": known.get("unit", "")} | named | entry


def _read(book: str) -> dict:
    return tomllib.loads((place("data") / f"{book}.toml").read_text(encoding="utf-8"))


def _walk(node: dict, prefix: str) -> Iterator[tuple[str, dict]]:
    for name, value in node.items():
        if "value" in value:
            yield prefix + name, value
        else:
            yield from _walk(value, f"{prefix}{name}.")
