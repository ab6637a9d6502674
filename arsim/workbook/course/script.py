"""What a lesson asks and how its time is spent, read from ``data/course/lessons``; its place in the course stands in its notebook."""

import tomllib
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem
from arsim.workbook.course.item import Item, Said

KINDS = ("question", "talk", "experiment", "practice", "debrief", "check")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Segment(_Value):
    """A stretch of a lesson."""

    title: Said
    kind: Literal["question", "talk", "experiment", "practice", "debrief", "check"]
    minutes: int = Field(gt=0)


class Choice(_Value):
    """One answer of a prediction with choices."""

    name: str
    text: Said


class Prediction(_Value):
    """What a learner types in before an experiment; there is no mark for it.

    `kind` is a number (with `unit`), a choice (with `choices`) or a text.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Literal["number", "choice", "text"]
    ask: Said
    unit: Said | None = None
    choices: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _whole(self):
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("a choice has choices, and nothing else has")
        return self


class Script(_Value):
    """A lesson's file.

    Parameters
    ----------
    segment : tuple of Segment
        Their minutes add up to the notebook's.
    prediction : tuple of Prediction
    item : tuple of Item
    facts : dict
        Fact of the sources (``data/course/facts.toml``) → id of the cell that teaches it.
    """

    name: str
    segment: tuple[Segment, ...] = ()
    prediction: tuple[Prediction, ...] = ()
    item: tuple[Item, ...] = ()
    facts: dict[str, str] = {}

    def find(self, kind: str, name: str):
        """The prediction or item called `name`."""
        held = {one.name: one for one in getattr(self, kind)}
        if name not in held:
            values = {"name": name, "known": ", ".join(held)}
            raise BadInput(Problem("The lesson has nothing called {name}.", "It has {known}.", file=f"{self.name}.toml", values=values))
        return held[name]


def scripts() -> list[str]:
    """The names of all lessons with a script."""
    return sorted(path.stem for path in (place("data") / "course" / "lessons").glob("*.toml"))


@cache
def read_script(name: str) -> Script:
    """The script of the lesson `name`.

    Raises
    ------
    BadInput
        There is none, or it is wrong; every fault is told.
    """
    path = place("data") / "course" / "lessons" / f"{name}.toml"
    try:
        return Script.model_validate({"name": name, **tomllib.loads(path.read_text("utf-8"))})
    except FileNotFoundError:
        values = {"name": name, "known": ", ".join(scripts())}
        raise BadInput(Problem("There is no lesson {name}.", "Use one of {known}.", values=values)) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(Problem("This is not TOML: {why}.", "Mend the file.", file=str(path), values={"why": str(error)})) from None
    except ValidationError as error:
        raise BadInput(*(_fault(found, path) for found in error.errors())) from None


def _fault(found, path) -> Problem:
    at = ".".join(map(str, found["loc"]))
    where = {"file": str(path), "column": at, "values": {"why": found["msg"]}}
    return Problem("This does not fit here: {why}.", "Compare it with the other files in data/course.", **where)
