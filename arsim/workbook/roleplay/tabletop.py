"""The escalation table-top: a file of documents, and days on which a group decides what to send. Clocks and fees are the law's."""

import tomllib
from datetime import date, timedelta
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arsim.domain.law import rules
from arsim.domain.money import FEN
from arsim.domain.places import place
from arsim.report import words
from arsim.report.calc.law_sheet import Claim
from arsim.report.figures import number
from arsim.workbook.course.item import Said


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(_Value):
    """One paper of the file."""

    title: Said
    text: Said


class Way(_Value):
    """One thing that could be sent, whether it is the one to send, why, and the rules behind it."""

    text: Said
    right: bool = False
    says: Said
    law: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self):
        if not set(self.law) <= set(rules()):
            raise ValueError(f"no such rule among {self.law}")
        return self


class Step(_Value):
    """A day on which something has to be decided: proved demands and agreements to pay by then, whether the part is paid, what is new."""

    on: date
    demands: tuple[date, ...]
    paid: bool
    news: Said
    ask: Said
    option: tuple[Way, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _one_right(self):
        if sum(one.right for one in self.option) != 1:
            raise ValueError("exactly one way is right")
        return self


class File(_Value):
    """The whole: sums in CNY, the day of acceptance, the terms in days, the papers and the days."""

    amount: int = Field(gt=0)
    disputed: int = Field(gt=0)
    paid: int = Field(gt=0)
    accepted: date
    terms: int = Field(gt=0)
    buyer: Literal["sme", "large", "public"]
    title: Said
    who: Said
    document: tuple[Document, ...]
    step: tuple[Step, ...]

    @property
    def due(self) -> date:
        """The due date."""
        return self.accepted + timedelta(self.terms)

    def holes(self) -> dict[str, str]:
        """What fills the holes of its texts, in the language in use."""
        sums = {
            "amount": self.amount, "disputed": self.disputed, "paid": self.paid,
            "undisputed": self.amount - self.disputed, "open": self.amount - self.paid,
        }  # fmt: skip
        return {name: words.say("CNY {amount}", amount=number(value, 0)) for name, value in sums.items()} | {"due": str(self.due)}

    def claim(self, step: Step) -> Claim:
        """The claim as it stands on the day of `step`: what the clock-and-fee sheet needs."""
        left = self.amount - (self.paid if step.paid else 0)
        return Claim(left * FEN, self.due, step.on, step.demands, None, self.buyer)


@cache
def file() -> File:
    """The file in ``data/roleplay/shared/tabletop.toml``."""
    return File.model_validate(tomllib.loads((place("data") / "roleplay" / "shared" / "tabletop.toml").read_text("utf-8")))
