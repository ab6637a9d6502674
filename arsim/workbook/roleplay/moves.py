"""What a collector can do in a call, and how soft or hard it is said: read from ``data/roleplay/shared/moves.toml``."""

import tomllib
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from arsim.domain.places import place
from arsim.workbook.course.item import Said

TONES = SOFT, NEUTRAL, HARD = ("soft", "neutral", "hard")
KINDS = (
    "open", "claim", "rapport", "ask", "silence", "solve", "split", "plan", "discount", "security", "demand", "law", "press", "hold",
    "route", "commit", "sign", "write", "word", "plead", "decline", "end", "unlawful",
)  # fmt: skip


class Move(BaseModel):
    """One thing a collector can do.

    Parameters
    ----------
    name : str
    group : str
        Under which heading it stands on the screen.
    kind : str
        One of `KINDS`: what the debtor makes of it.
    force : float
        How hard it presses, 0 to 1.
    law : tuple of str
        Keys of ``law_cn.toml`` that stand behind it or, if it is unlawful, that it offends against.
    label : Said
    soft, neutral, hard : Said, optional
        How it can be said; the tones it has.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    group: str
    kind: Literal[KINDS]
    force: float = Field(0.0, ge=0, le=1)
    law: tuple[str, ...] = ()
    label: Said
    soft: Said | None = None
    neutral: Said | None = None
    hard: Said | None = None

    @property
    def tones(self) -> tuple[str, ...]:
        """The tones it can be said in."""
        return tuple(tone for tone in TONES if getattr(self, tone))

    @property
    def lawful(self) -> bool:
        """Whether it is allowed at all; a stop of deliveries is, if there is a ground for it."""
        return self.kind != "unlawful"


@cache
def moves() -> dict[str, Move]:
    """All moves by name, in the order of the screen."""
    return {name: Move.model_validate({"name": name, **content}) for name, content in _book()["move"].items()}


@cache
def groups() -> dict[str, Said]:
    """The headings moves stand under."""
    return {name: Said.model_validate(content) for name, content in _book()["group"].items()}


def _book() -> dict:
    return tomllib.loads((place("data") / "roleplay" / "shared" / "moves.toml").read_text("utf-8"))
