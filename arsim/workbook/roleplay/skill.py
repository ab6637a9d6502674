"""Skills of a call, each shown by two calls with one debtor and one luck that part in a single place.

Nothing in the two calls is written down but the moves: what is said, thought and scored comes from the rules of `reaction` and `score`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, field_validator

from arsim.domain.places import place
from arsim.workbook.course.item import Said
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.call import Call, play
from arsim.workbook.roleplay.files import built_in
from arsim.workbook.roleplay.lines import Choice
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.score import Score, score

SHOWN = "facts", "firm", "money", "relation", "conduct", "evidence"
Z = 1.96


class Skill(BaseModel):
    """One skill.

    Parameters
    ----------
    name : str
    who : str
        The built-in debtor it is shown with.
    seed : int
        Of the two calls that are shown.
    part : str
        The part of the score in which the difference shows first, one of `SHOWN`.
    label, look : Said
        Its name, and what to look for.
    before, good, poor, after : tuple of (move, tone)
        Both calls make `before`; then one `good` and the other `poor`; then both `after`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    who: str
    seed: int = Field(ge=0)
    part: Literal[SHOWN]
    label: Said
    look: Said
    before: tuple[Choice, ...]
    good: tuple[Choice, ...]
    poor: tuple[Choice, ...]
    after: tuple[Choice, ...]

    @field_validator("before", "good", "poor", "after", mode="before")
    @classmethod
    def _read(cls, value):
        made = [tuple(one.split() if isinstance(one, str) else one) for one in value]
        for move, tone in made:
            if tone not in moves()[move].tones:
                raise ValueError(f"{move} is not said in the tone {tone}")
        return made

    @property
    def debtor(self) -> Archetype:
        """Whom both ring up."""
        return built_in()[self.who]

    def line(self, well: bool) -> tuple[Choice, ...]:
        """All moves of the good call, or of the other."""
        return (*self.before, *(self.good if well else self.poor), *self.after)

    def call(self, well: bool, seed: int | None = None) -> Call:
        """The good call, or the other, with this luck; by default the one that is shown."""
        return play(self.debtor, self.seed if seed is None else seed, self.line(well))


@dataclass(frozen=True)
class Ahead:
    """How far the good call is ahead: mean of the paired differences in points, and its 95 % interval."""

    mean: float
    low: float
    high: float
    calls: int


@cache
def skills() -> dict[str, Skill]:
    """All skills by name, in the order of ``data/roleplay/shared/skills.toml``."""
    book = tomllib.loads((place("data") / "roleplay" / "shared" / "skills.toml").read_text("utf-8"))["skill"]
    return {name: Skill.model_validate({"name": name, **content}) for name, content in book.items()}


def ahead(skill: Skill, calls: int = 200, part: str = "total") -> Ahead:
    """How far the good call is ahead over `calls` pairs, in all or in one part of the score.

    Both calls of a pair meet the same luck. The seeds begin at 1.
    """
    pairs = [[_part(score(skill.call(well, seed)), part) for well in (True, False)] for seed in range(1, calls + 1)]
    differ = np.subtract(*np.array(pairs).T)
    half = Z * differ.std(ddof=1) / calls**0.5
    return Ahead(float(differ.mean()), float(differ.mean() - half), float(differ.mean() + half), calls)


def _part(found: Score, part: str) -> float:
    return getattr(found, part)
