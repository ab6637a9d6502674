"""A league game as an instructor writes it: the company, the luck, the levers open to teams, key calls, events."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Lever, Policy, levers
from arsim.domain.problem import BadInput, Problem, Verbatim
from arsim.model.scenario import scenarios
from arsim.workbook.course.item import Said
from arsim.workbook.roleplay.files import built_in as debtors
from arsim.workbook.written import refuse, wrong_holes

ACCOUNTS = LARGEST, OLDEST, STRUCK = ("largest_overdue", "oldest_overdue", "struck")
MOST_MONTHS = 24
Value = int | float | str


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Open(_Value):
    """A lever teams may move: between two bounds, or among some values."""

    path: str
    low: float | None = None
    high: float | None = None
    choices: tuple[Value, ...] = ()


class KeyCall(_Value):
    """A call the team makes itself, on the first working day of a month: to which account, and what kind of debtor answers."""

    month: int = Field(ge=1, le=MOST_MONTHS)
    account: Literal[ACCOUNTS]
    who: str


class Event(_Value):
    """Something that happens from a month on, and what the department reads about it.

    Parameters
    ----------
    kind : {"downturn", "trouble"}
        A scenario for everybody, or one big customer short of cash.
    month : int
    scenario : str
        Of a downturn.
    rank : int
        Of the customer in trouble, by what it orders: 1 is the largest.
    news : Said
        May name the customer as {customer}.
    """

    kind: Literal["downturn", "trouble"]
    month: int = Field(ge=1, le=MOST_MONTHS)
    scenario: str = "downturn"
    rank: int = Field(1, ge=1, le=50)
    news: Said


class Game(_Value):
    """Everything the teams share.

    Parameters
    ----------
    name : str
        The file's.
    title, brief : Said
    seed : int
        Of the luck, the same for all teams.
    months : int
    customers : int
        Of the demo company, the largest of them.
    policy : str
        Built-in policy the department begins with.
    lever : tuple of Open
    call : tuple of KeyCall
        One a month at most.
    event : tuple of Event
        One downturn at most.
    """

    name: str
    title: Said
    brief: Said
    seed: int = Field(ge=0, le=2**31 - 1)
    months: int = Field(ge=1, le=MOST_MONTHS)
    customers: int = Field(ge=20, le=400)
    policy: str
    lever: tuple[Open, ...] = Field(min_length=1)
    call: tuple[KeyCall, ...] = ()
    event: tuple[Event, ...] = ()

    @property
    def base(self) -> Policy:
        """What the department does before the first decision."""
        return read_policy(self.policy)

    @property
    def fingerprint(self) -> str:
        """Twelve signs that differ for two games which differ in anything that decides a season; the seed and the texts aside."""
        texts = {"name", "title", "brief", "seed"}
        content = self.model_dump(exclude={**dict.fromkeys(texts, True), "event": {"__all__": {"news"}}})
        content["base"] = self.base.model_dump(exclude={"title", "source"})
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]

    def levers(self) -> dict[str, Lever]:
        """The open levers by path, with the game's own bounds; `default` is where they begin. Those of the ladder name their level."""
        known = {lever.path: lever for lever in levers(self.base)}
        return {one.path: _levelled(_narrowed(known[one.path], one)) for one in self.lever}

    def call_in(self, month: int) -> KeyCall | None:
        """The key call of a month (from 1), if there is one."""
        return next((call for call in self.call if call.month == month), None)

    def call_seed(self, month: int) -> int:
        """The luck of a key call: the same for all teams."""
        return (self.seed * 100 + month) % 2**31

    @model_validator(mode="after")
    def _whole(self):
        for problem in _faults(self):
            refuse(problem)
        return self


def out_of_bounds(lever: Lever, value) -> Problem | None:
    """Why `value` is not allowed for this open lever; None if it is. Its month and place are the caller's to say."""
    if lever.choices:
        if value in lever.choices and not isinstance(value, bool):
            return None
        values = {"choices": ", ".join(str(one) for one in lever.choices)}
        return Problem("This is not one of the choices.", "Use {choices}.", value=str(value), values=values)
    whole = isinstance(lever.default, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return Problem("A number is expected here.", "Write a number without quotes or units.", value=str(value))
    if value < lever.low:
        return Problem("The value is too small.", "The least is {limit}.", value=Verbatim(value), values={"limit": f"{lever.low:g}"})
    if value > lever.high:
        return Problem("The value is too large.", "The most is {limit}.", value=Verbatim(value), values={"limit": f"{lever.high:g}"})
    return None


def _narrowed(lever: Lever, open_: Open) -> Lever:
    change = {"low": open_.low if open_.low is not None else lever.low, "high": open_.high if open_.high is not None else lever.high}
    return lever.model_copy(update={**change, "choices": open_.choices or lever.choices})


def _levelled(lever: Lever) -> Lever:
    table, _, rest = lever.path.partition(".")
    if table != "dunning":
        return lever
    level = int(rest.partition(".")[0]) + 1
    prefix = {"en": f"Level {level}, ", "zh": f"第 {level} 级，"}
    small = lambda text: text[:1].lower() + text[1:]  # noqa: E731
    return lever.model_copy(update={"label": {key: prefix[key] + small(text) for key, text in lever.label.items()}})


def _faults(game: Game) -> Iterator[Problem]:
    """What is wrong beyond types; the first is told."""
    yield from _unknown("policy", game.policy, built_in())
    if game.policy not in built_in():
        return
    known = {lever.path: lever for lever in levers(game.base)}
    paths = [one.path for one in game.lever]
    for one in game.lever:
        yield from _unknown("lever", one.path, known)
        if paths.count(one.path) > 1:
            yield Problem("{name} stands twice.", "Keep one of the two.", values={"name": one.path})
        if one.path in known:
            yield from _bounds(known[one.path], one)
    for month in [call.month for call in game.call] + [event.month for event in game.event]:
        if month > game.months:
            yield Problem("Month {month} lies beyond the game's {months}.", "Choose an earlier one.",
                          values={"month": month, "months": game.months})  # fmt: skip
    for call in game.call:
        yield from _unknown("who", call.who, debtors())
        if [other.month for other in game.call].count(call.month) > 1:
            yield Problem("There are two key calls in month {month}.", "Keep one a month.", values={"month": call.month})
        if call.account == STRUCK and not any(event.kind == "trouble" and event.month < call.month for event in game.event):
            yield Problem("Nobody is in trouble before month {month}.", "Add an event of this kind before it, or choose another account.",
                          values={"month": call.month})  # fmt: skip
    for event in game.event:
        yield from _unknown("scenario", event.scenario, scenarios())
        if event.rank > game.customers:
            yield Problem("There are only {count} customers.", "Choose a smaller rank.", values={"count": game.customers})
    texts = {"title": game.title, "brief": game.brief} | {f"event.{place}.news": one.news for place, one in enumerate(game.event, 1)}
    for at, said in texts.items():
        yield from _text(at, said)
    if sum(event.kind == "downturn" for event in game.event) > 1:
        yield Problem("There are two downturns.", "Keep one of the two.")


def _text(at: str, said: Said) -> Iterator[Problem]:
    """What would only show in the month in which the text is read."""
    if not (said.en.strip() and said.zh.strip()):
        yield Problem("The text has to stand in both languages.", "Write what is missing between the quotation marks.", column=at)
    if at.endswith("news"):
        yield from (replace(problem, column=at) for problem in wrong_holes(said, ("customer",)))


def _bounds(lever: Lever, one: Open) -> Iterator[Problem]:
    mine = _narrowed(lever, one)
    for value in one.choices or [bound for bound in (one.low, one.high) if bound is not None]:
        if lever.choices and value not in lever.choices or not lever.choices and (
            isinstance(value, str) or not lever.low <= value <= lever.high or isinstance(lever.default, int) and value != int(value)
        ):  # fmt: skip
            yield Problem("{name} cannot be {value}.", "`arsim policy levers` tells what it can be.",
                          values={"name": one.path, "value": Verbatim(f'"{value}"' if isinstance(value, str) else value)})  # fmt: skip
    if out_of_bounds(mine, lever.default):
        yield Problem("{name} begins at {value}, which teams may not choose.", "Widen its bounds.",
                      values={"name": one.path, "value": str(lever.default)})  # fmt: skip


def _unknown(key: str, name: str, known) -> Iterator[Problem]:
    if name not in known:
        yield Problem("{name} is not known here.", "Use one of {known}.", values={"name": name, "known": ", ".join(known)})


def raising(problems) -> None:
    """Raise them, if there are any."""
    if problems := [one for one in problems if one]:
        raise BadInput(*problems)
