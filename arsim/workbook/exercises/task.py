"""An exercise as it stands in its file ``data/exercises/NAME.toml``: what is given and asked, hints, and the usual mistakes."""

import tomllib
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem
from arsim.workbook.course.item import Option, Said, Wrong
from arsim.workbook.course.key import Key
from arsim.workbook.exercises.given import Column, Given, Measure

KINDS = ("number", "choice", "date", "table", "spot", "policy", "company")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Value):
    """A row of a table that is asked for."""

    name: str
    text: Said


class Mistake(Wrong):
    """A usual mistake: the wrong answer it leads to (`key`), and what has been mixed up (`says`).

    `name` is needed where the task has a judge of its own: it is what the judge calls the mistake.
    """

    name: str = ""


class Task(_Value):
    """One exercise; the README of ``exercises/`` explains how to write one.

    Parameters
    ----------
    name : str
        The file's.
    lesson : str
        The lesson it belongs to.
    level : {1, 2, 3}
        Reading and computing; deciding; by code.
    kind : str
        Of the answer.
    title, objective, ask : Said
    given : tuple of Given
    maker : Key, optional
        Makes what is not drawn: called with the dice and what is drawn, returns more givens by name, or None to have all drawn anew.
    key : Key
        The one reference answer.
    measure : str
        Of a number asked for.
    unit : Said, optional
        In place of the measure's own.
    within : float
        How far a number may be off.
    row, column : tuple
        Of a table asked for.
    option : tuple of Option
        Of a choice; each wrong one says what was mixed up. Of a ``"spot"`` (which line of a worked solution is wrong, and what is the
        right figure): its lines, by number; the wrong line is the one that is `right`.
    in_order : bool
        Whether the options stand in their order (as levels do) and are not shuffled for each trainee.
    judge : str, optional
        ``"module:function"``, called with the answer and the givens it names; returns "" or the name of a mistake. For answers that
        have many right forms, such as policies.
    wrong : tuple of Mistake
    hint : tuple of Said
        From a nudge to nearly everything.
    because : Said
        The solution; ``{answer}`` is the right answer.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    lesson: str
    level: Literal[1, 2, 3]
    kind: Literal["number", "choice", "date", "table", "spot", "policy", "company"] = "number"
    title: Said
    objective: Said
    ask: Said
    given: tuple[Given, ...] = ()
    maker: Key | None = None
    key: Key
    measure: Measure = "plain"
    unit: Said | None = None
    within: float = Field(0.0, ge=0)
    row: tuple[Row, ...] = ()
    column: tuple[Column, ...] = ()
    option: tuple[Option, ...] = ()
    in_order: bool = False
    judge: str | None = None
    wrong: tuple[Mistake, ...] = ()
    hint: tuple[Said, ...] = Field(min_length=2, max_length=3)
    because: Said

    @model_validator(mode="after")
    def _whole(self):
        if (self.kind in ("choice", "spot")) != bool(self.option) or (self.kind == "table") != bool(self.row and self.column):
            raise ValueError("a choice has options, a table has rows and columns, and nothing else has")
        if (len(self.option) < 3 or self.wrong) if self.kind == "choice" else len(self.wrong) < 2:
            raise ValueError("at least two mistakes have a name; those of a choice are its options")
        if self.kind == "spot" and (sum(one.right for one in self.option) != 1 or any(type(one.value) is not int for one in self.option)):
            raise ValueError("the lines of a worked solution are numbered, and one of them is marked as the wrong one")
        if self.kind in ("policy", "company") and not self.judge:
            raise ValueError("a policy or a company needs a judge")
        return self


def names() -> list[str]:
    """The names of all exercises."""
    return sorted(path.stem for path in (place("data") / "exercises").glob("*.toml"))


@cache
def read_task(name: str) -> Task:
    """The exercise called `name`.

    Raises
    ------
    BadInput
        There is none, or its file is wrong; every fault is told.
    """
    path = place("data") / "exercises" / f"{name}.toml"
    try:
        return Task.model_validate({"name": name, **tomllib.loads(path.read_text("utf-8"))})
    except FileNotFoundError:
        values = {"name": name, "known": ", ".join(names())}
        raise BadInput(Problem("There is no exercise {name}.", "Use one of {known}.", values=values)) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(Problem("This is not TOML: {why}.", "Mend the file.", file=str(path), values={"why": str(error)})) from None
    except ValidationError as error:
        raise BadInput(*(_fault(found, str(path)) for found in error.errors())) from None


def _fault(found, path: str) -> Problem:
    where = {"file": path, "column": ".".join(map(str, found["loc"])), "values": {"why": found["msg"]}}
    return Problem("This does not fit here: {why}.", "Compare it with the other files in data/exercises.", **where)
