"""What an exercise gives: numbers drawn for the trainee, dates and tables, each with its label."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.course.item import Said
from arsim.workbook.exercises.dice import Dice

MEASURES = ("yuan", "percent", "share", "days", "plain", "text", "date")
Measure = Literal["yuan", "percent", "share", "days", "plain", "text", "date"]


class Column(BaseModel):
    """A column of a table that is given: its name in code, its head on the screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    text: Said
    measure: Measure = "plain"


class Given(BaseModel):
    """One thing that is given.

    Parameters
    ----------
    name : str
        By which holes of texts (``{name}``), the functions of answers and ``exercise.given`` know it.
    text : Said, optional
        Its label in the table of what is given; without one it stands in no table.
    low, high, step : number, optional
        Drawn from ``low, low + step, … high``.
    one_of : tuple, optional
        Drawn from these.
    value : any, optional
        Always this. Without value and draw, the task's maker makes it.
    measure : str
        How it is written.
    column : tuple of Column
        If it is a table (a list of rows, each a dict): its columns. `text` is then the table's title.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    text: Said | None = None
    low: float | None = None
    high: float | None = None
    step: float = 1
    one_of: tuple = ()
    value: Any = None
    measure: Measure = "plain"
    column: tuple[Column, ...] = ()

    @model_validator(mode="after")
    def _whole(self):
        ways = [self.low is not None, bool(self.one_of), self.value is not None]
        if sum(ways) > 1 or (self.low is None) != (self.high is None):
            raise ValueError("a given is drawn from low to high, or is one of a few, or has a value")
        return self

    @property
    def made(self) -> bool:
        """Whether the task's maker has to make it."""
        return self.low is None and not self.one_of and self.value is None

    def draw(self, dice: Dice) -> Any:
        """Its value for one trainee; None if the maker makes it."""
        if self.one_of:
            return dice.one_of(self.one_of)
        if self.low is None:
            return self.value
        steps = dice.whole(0, round((self.high - self.low) / self.step))
        drawn = round(self.low + steps * self.step, 9)
        return int(drawn) if drawn.is_integer() else drawn


def written(value: object, measure: str) -> str:
    """A value as a reader sees it, without its unit.

    >>> written(1234567, "yuan"), written(date(2025, 3, 1), "date"), written(2.5, "percent"), written(None, "yuan")
    ('1,234,567', '2025-03-01', '2.5', '–')
    """
    if isinstance(value, Mapping):
        return words.pick(value)  # a text in both languages
    if value is None or value != value:
        return "–"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value.isoformat() if isinstance(value, date) else str(value)
    if measure == "text":
        return str(value)
    decimals = next((places for places in range(3) if abs(round(value, places) - value) < 1e-9), 3)
    return number(value, decimals)


def unit_of(measure: str) -> str:
    """The unit that goes with a measure; "" if there is none."""
    return {"yuan": words.say("yuan"), "percent": "%", "days": words.say("days")}.get(measure, "")


def with_unit(value: object, measure: str) -> str:
    """A value with its unit.

    >>> with_unit(12, "percent"), with_unit(3, "plain")
    ('12 %', '3')
    """
    return f"{written(value, measure)} {unit_of(measure)}".rstrip()
