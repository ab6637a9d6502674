"""Scenarios: what the world may do to us and no policy changes. Values, read from ``data/scenarios``."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem

FOREVER = 1 << 20
INDUSTRIES = ("machinery", "electronics", "construction", "food", "textiles", "public", "unknown")


@dataclass(frozen=True)
class Scenario:
    """A course of the outside world.

    Parameters
    ----------
    name : str
    title : dict
        By language.
    from_day, until_day : int
        When it holds.
    industries : tuple of str
        Whom it meets; empty: everybody.
    down, up : float
        Chances of liquidity moving down and up are multiplied by these.
    orders : float
        Share of orders that still come.
    readiness : float
        Factor on readiness to pay of those it meets, whatever their liquidity.
    rate : float
        Added to the cost of capital, ours and the customers', a year.
    source, grade : str
        Where its numbers come from, and how well they are known.
    """

    name: str = "base"
    title: dict[str, str] = field(default_factory=dict, compare=False)
    from_day: int = 0
    until_day: int = FOREVER
    industries: tuple[str, ...] = ()
    down: float = 1.0
    up: float = 1.0
    orders: float = 1.0
    readiness: float = 1.0
    rate: float = 0.0
    source: str = ""
    grade: str = "assumption"

    def touches(self, industry: np.ndarray) -> np.ndarray:
        """Which customers it meets, given the codes of their industries."""
        if not self.industries:
            return np.ones(len(industry), bool)
        return np.isin(industry, [INDUSTRIES.index(name) for name in self.industries])

    def strained(self, moves: np.ndarray) -> np.ndarray:
        """Chances of moving as they are in this scenario; shape as given, (customers, 3, 4)."""
        moves = moves.copy()
        for state in range(3):
            moves[:, state, state + 1] = np.minimum(0.5, moves[:, state, state + 1] * self.down)
            if state:
                moves[:, state, state - 1] = np.minimum(0.5, moves[:, state, state - 1] * self.up)
            rest = [other for other in range(4) if other != state]
            moves[:, state, state] = 1.0 - moves[:, state][:, rest].sum(axis=1)
        return moves

    def called(self, language: str) -> str:
        """Title in `language`, else the name."""
        return self.title.get(language) or self.name


BASE = Scenario()


def scenarios() -> list[str]:
    """Names of the scenarios that ship with arsim, the ordinary one first."""
    return sorted((path.stem for path in _folder().glob("*.toml")), key=lambda name: (name != BASE.name, name))


def read_scenario(name: str) -> Scenario:
    """A scenario by name.

    Raises
    ------
    BadInput
        If there is none of that name.
    """
    if name not in scenarios():
        raise BadInput(
            Problem('There is no scenario "{name}".', "There are: {known}.", values={"name": name, "known": ", ".join(scenarios())})
        )
    data = tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    return Scenario(name=name, **{key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})


def _folder() -> Path:
    return place("data") / "scenarios"
