"""A debtor as an instructor writes them: what is known before the call, what is hidden, what they say."""

from collections.abc import Iterator
from string import Formatter
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from arsim.domain.law import rules
from arsim.domain.money import FEN
from arsim.domain.problem import Problem
from arsim.workbook.course.item import Said
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.stock import HOLES, REACTIONS, Reply

NEEDED = ("hello", "excuse", "stalls")  # what only this debtor can say; the rest is in stock


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hidden(_Value):
    """What the collector cannot see, each from 0 to 1.

    Parameters
    ----------
    ability
        Share of the sum that could be paid at once.
    willingness, trust, patience
        At the beginning of the call; they move with it.
    dispute
        Share of the sum that is held back because of a complaint.
    power
        How little pressure matters.
    glib
        How readily they promise what they don't mean.
    route
        Share of the sum the legal route would bring.
    """

    ability: float = Field(ge=0, le=1)
    willingness: float = Field(ge=0, le=1)
    trust: float = Field(ge=0, le=1)
    dispute: float = Field(0.0, ge=0, le=0.9)
    power: float = Field(ge=0, le=1)
    patience: float = Field(ge=0.2, le=1)
    glib: float = Field(0.0, ge=0, le=1)
    route: float = Field(0.3, ge=0, le=1)


class Fact(_Value):
    """Something worth finding out: which moves bring it up, how much trust it takes, after which other fact, and how it is told."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    cause: bool = False
    text: Said
    by: tuple[str, ...] = Field(min_length=1)
    trust: float = Field(ge=0, le=1)
    after: str | None = None
    say: tuple[Said, ...] = Field(min_length=1)


class Debrief(_Value):
    """What the instructor says afterwards: how to tell this kind, the best first move, the wrong one, the rules of law."""

    signals: Said
    first: Said
    wrong: Said
    law: tuple[str, ...] = ()


class Caller(_Value):
    """What the caller's card adds to the brief: what to bring home, what will do at the least, what may be granted."""

    goal: Said
    least: Said
    may: Said


class Archetype(_Value):
    """One kind of debtor.

    Parameters
    ----------
    name : str
        The file's.
    number : int
        Its place in lists.
    buyer : {"sme", "large", "public"}
        The rules on paying small firms bind large buyers and public bodies.
    amount : float
        Owed, CNY.
    late : int
        Days overdue.
    title, firm, person, brief : Said
        The title names the kind and is told after the call; the others are known before it.
    hold : str, optional
        The fact that gives a ground to stop deliveries (Civil Code 527); without it, a stop is a breach.
    hidden : Hidden
    key : dict
        Move → share of the obstacle it removes, once the cause is known.
    harm : dict
        Move → trust it costs here.
    fact : tuple of Fact
        Exactly one of them is the cause.
    reply : dict
        Reaction → what they say instead of what is in stock.
    debrief : Debrief
    caller : Caller, optional
        For printed role cards; without it the card says what holds for any call.
    """

    name: str
    number: int = Field(ge=1, le=9999)
    buyer: Literal["sme", "large", "public"]
    amount: float = Field(ge=1, le=1e10)
    late: int = Field(ge=1, le=3650)
    title: Said
    firm: Said
    person: Said
    brief: Said
    hold: str | None = None
    hidden: Hidden
    key: dict[str, float]
    harm: dict[str, float] = {}
    fact: tuple[Fact, ...]
    reply: dict[str, Reply]
    debrief: Debrief
    caller: Caller | None = None

    @property
    def fen(self) -> int:
        """What is owed, fen."""
        return round(self.amount * FEN)

    @property
    def cause(self) -> Fact:
        """The fact behind it all."""
        return next(fact for fact in self.fact if fact.cause)

    @field_validator("key", "harm")
    @classmethod
    def _weights(cls, value: dict[str, float]) -> dict[str, float]:
        for move, weight in value.items():
            if move in moves() and not moves()[move].lawful:
                _refuse(Problem("{move} is unlawful: it can be neither a key nor a harm.", "Take it out.", values={"move": move}))
            _known(move, [name for name, one in moves().items() if one.lawful])
            if not 0 < weight <= 1:
                values = {"move": move, "weight": f"{weight:g}"}
                _refuse(Problem("{move} = {weight} is out of range.", "Write a number above 0, 1 at most.", values=values))
        return value

    @model_validator(mode="after")
    def _whole(self):
        names = [fact.name for fact in self.fact]
        if sum(fact.cause for fact in self.fact) != 1:
            _refuse(Problem("Exactly one fact is the cause.", "Write cause = true in that one only."))
        if len(set(names)) < len(names):
            _refuse(Problem("Two facts have the same name.", "Rename one of them."))
        if not 2 <= len(names) <= 8:
            _refuse(Problem("There are {count} facts.", "Write two to eight.", values={"count": len(names)}))
        if not self.key:
            _refuse(Problem("No move is a key, so nothing can get this debtor to pay.", "Write at least one under [key]."))
        for fact in self.fact:
            for move in fact.by:
                _known(move, moves(), f"fact.{fact.name}.by")
        if not any(moves()[move].lawful for move in self.cause.by):
            _refuse(Problem("No lawful move brings up the cause.", "Add one to its list, such as ask_cause."))
        for fact in self.fact:
            if fact.after is not None:
                _known(fact.after, [name for name in names if name != fact.name], f"fact.{fact.name}.after")
        if self.cause.after is not None:
            _refuse(Problem("The cause waits for another fact.", "Take its line `after` out."))
        if waiting := _in_circle({fact.name: fact.after for fact in self.fact}):
            values = {"facts": ", ".join(waiting)}
            _refuse(Problem("These facts wait for each other, so none of them is ever told: {facts}.",
                            "Take the line `after` out of one of them.", values=values))  # fmt: skip
        if self.hold is not None:
            _known(self.hold, names, "hold")
        for reaction in self.reply:
            _known(reaction, REACTIONS, f"reply.{reaction}")
        for rule in self.debrief.law:
            _known(rule, rules(), "debrief.law")
        for reaction in NEEDED:
            if reaction not in self.reply:
                _refuse(Problem("[reply.{reaction}] is missing.", "Write two or three lines for it.", values={"reaction": reaction}))
        for said in [line for reply in self.reply.values() for line in reply.say] + [line for fact in self.fact for line in fact.say]:
            _holes(said)
        for at, said in _texts(self):
            if not (said.en.strip() and said.zh.strip()):
                remedy = "Write what is missing between the quotation marks."
                _refuse(Problem("The text has to stand in both languages.", remedy, column=at))
        return self


def _texts(value: BaseModel, at: str = "") -> Iterator[tuple[str, Said]]:
    """Every text in it, with its place as the file's writer counts."""
    for name in type(value).model_fields:
        held = getattr(value, name)
        inner = held.items() if isinstance(held, dict) else enumerate(held, 1) if isinstance(held, tuple) else [("", held)]
        for key, one in inner:
            place = ".".join(str(step) for step in (at, name, key) if step != "")
            if isinstance(one, Said):
                yield place, one
            elif isinstance(one, BaseModel):
                yield from _texts(one, place)


def _in_circle(after: dict[str, str | None]) -> list[str]:
    """The facts that wait, directly or not, for themselves."""
    found = []
    for name in after:
        step = after[name]
        for _ in after:
            step = after.get(step) if step not in (None, name) else step
        found += [name] if step == name else []
    return found


def _refuse(problem: Problem) -> None:
    """Pydantic carries the problem to whoever reads the file."""
    raise PydanticCustomError("house", "{what}", {"problem": problem, "what": str(problem)})


def _known(name: str, known, at: str | None = None) -> None:
    if name not in known:
        values = {"name": name, "known": ", ".join(known)}
        _refuse(Problem("{name} is not known here.", "Use one of {known}.", column=at, value=name, values=values))


def _holes(said: Said) -> None:
    for text in (said.en, said.zh):
        try:
            parts = [(hole, how and f"!{how}", form and f":{form}") for _, hole, form, how in Formatter().parse(text) if hole is not None]
            odd = {"".join(filter(None, part)) for part in parts} - set(HOLES)
        except ValueError:
            _refuse(Problem("A curly bracket is not closed in: {text}", "Close it, or take it out.", values={"text": text}))
        if odd:
            values = {"hole": min(odd), "known": ", ".join(HOLES)}
            _refuse(Problem('Nothing is known to fill the hole "{hole}".', "Use one of {known}.", values=values))
