"""Every constant of behaviour with its range, grade and source, read from ``data/behaviour.toml``."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from arsim.domain.places import place

GRADES = ("measured", "published", "expert", "assumption")


@dataclass(frozen=True)
class Constant:
    """One number of the model.

    Parameters
    ----------
    path : str
        Where it stands in ``behaviour.toml``, such as ``"channel.call.effect"``.
    value, low, high : float
        What the model uses, and the plausible range.
    grade : str
        How well it is known: measured, published, expert or assumption.
    source, unit : str
    """

    path: str
    value: float
    low: float
    high: float
    grade: str
    source: str
    unit: str = ""


@cache
def constants() -> dict[str, Constant]:
    """All constants by path."""
    data = tomllib.loads((place("data") / "behaviour.toml").read_text(encoding="utf-8"))
    return {constant.path: constant for constant in _walk(data, "")}


def _walk(node: dict, prefix: str) -> Iterator[Constant]:
    for name, value in node.items():
        if "value" in value:
            yield Constant(path=prefix + name, **value)
        else:
            yield from _walk(value, f"{prefix}{name}.")
