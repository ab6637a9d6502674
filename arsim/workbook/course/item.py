"""An item: a question with a right answer the package works out, and wrong ones that each have a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arsim.domain.spacing import filled
from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.course.key import Key

AREAS = ("calculation", "law", "decision")
FORMS = ("A", "B")


class Said(BaseModel):
    """A text in both languages; ``{holes}`` are filled from what is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    en: str
    zh: str

    def told(self, given: Mapping = {}) -> str:  # noqa: B006 - never written to
        """The text in the language in use."""
        text = words.pick({"en": self.en, "zh": self.zh})
        return filled(text, **given) if given else text


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wrong(_Value):
    """A wrong number people come to, and what they have mixed up."""

    key: Key
    says: Said


class Option(_Value):
    """One answer to choose. It is right if it says so or, in an item with a key, if its value is the key's."""

    text: Said
    value: str | int | float | bool | None = None
    right: bool = False
    says: Said


class Item(_Value):
    """One question of a lesson's check or of a test.

    Parameters
    ----------
    name : str
        Unique in the whole course.
    objective : int
        Of the lesson's objectives, counted from 1.
    area : {"calculation", "law", "decision"}
    form : {"A", "B"}, optional
        Stands in this form of the test before and after the course; without it, in the lesson only.
    pair : str, optional
        What an item of form A and its parallel item of form B have in common.
    ask : Said
    key : Key, optional
        Works out the right answer. Without one, an option says that it is right.
    unit : Said, optional
        Of a number asked for.
    within : float
        How far a number may be off.
    wrong : tuple of Wrong
    option : tuple of Option
        Empty where a number is asked for.
    because : Said
        The rule behind it, shown after an answer.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    objective: int = Field(ge=1)
    area: Literal["calculation", "law", "decision"]
    form: Literal["A", "B"] | None = None
    pair: str | None = None
    ask: Said
    key: Key | None = None
    unit: Said | None = None
    within: float = Field(0.0, ge=0)
    wrong: tuple[Wrong, ...] = ()
    option: tuple[Option, ...] = ()
    because: Said

    @model_validator(mode="after")
    def _whole(self):
        if not self.option and not self.key:
            raise ValueError("an item needs a key or options")
        if self.option and (len(self.option) < 3 or self.wrong):
            raise ValueError("an item with options has at least three, and its wrong answers are options")
        if self.option and not self.key and sum(option.right for option in self.option) != 1:
            raise ValueError("exactly one option is right")
        if (self.form is None) != (self.pair is None):
            raise ValueError("form and pair go together")
        return self

    @cached_property
    def answer(self):
        """The right answer: a number, or the position of the right option."""
        if not self.option:
            return float(self.key.value())
        value = self.key.value() if self.key else None
        held = [at for at, one in enumerate(self.option) if (str(one.value) == str(value) if self.key else one.right)]
        if len(held) != 1:
            raise ValueError(f"{self.name}: {len(held)} options hold the key's value {value}")
        return held[0]

    def asked(self) -> str:
        """The question in the language in use."""
        return self.ask.told(self.key.given if self.key else {})

    def judge(self, answer: float | int | None) -> "Judged":
        """What an answer is worth: a number, or an option's position; None where there is none."""
        if answer is None:
            return Judged(None, "")
        if self.option:
            right = answer == self.answer
            return Judged(right, self.option[answer].says.told(), None if right else str(answer))
        near = lambda value: abs(answer - float(value)) <= self.within + 1e-9  # noqa: E731
        if near(self.answer):
            return Judged(True, "")
        at = next((at for at, wrong in enumerate(self.wrong) if near(float(wrong.key.value()))), None)
        return Judged(False, "") if at is None else Judged(False, self.wrong[at].says.told(), str(at))

    def right_text(self) -> str:
        """The right answer as a reader sees it."""
        if self.option:
            return self.option[self.answer].text.told()
        decimals = 0 if self.within >= 0.5 and float(self.answer).is_integer() else 2 if self.within < 0.1 else 1
        return f"{number(self.answer, decimals)} {self.unit.told() if self.unit else ''}".strip()


@dataclass(frozen=True)
class Judged:
    """Right or wrong (None: not attempted), what a wrong answer has mixed up or a right one shows, and which of the wrong ones it is."""

    right: bool | None
    says: str
    mistake: str | None = None
