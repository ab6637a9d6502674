"""A policy: what we decide. Small TOML files in, frozen values out; every lever knows its bounds, unit and names."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem

CHANNELS = ("email", "sms", "letter", "call", "visit", "lawyer_letter")


def lever(default, low=None, high=None, *, unit: str, en: str, zh: str):
    """A field of a policy that a user may move."""
    return Field(default, ge=low, le=high, json_schema_extra={"unit": unit, "label": {"en": en, "zh": zh}})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Credit(_Part):
    """Decided when an order arrives."""

    limit_factor: float = lever(1.0, 0.0, 5.0, unit="× limit", en="Credit limit, times the customer's own", zh="信用额度倍数")
    over_limit: Literal["accept", "hold", "prepay"] = lever(
        "accept", unit="choice", en="Order over the limit: accept, hold, or ask for prepayment", zh="超额度订单：接受、暂停发货或要求预付"
    )
    hold_overdue_days: int = lever(
        0, 0, 365, unit="days, 0 = never", en="Hold new orders when invoices are overdue longer than", zh="发票逾期超过多少天即暂停新订单"
    )
    hold_overdue_share: float = lever(
        0.1,
        0.0,
        1.0,
        unit="share of open balance",
        en="… and these are more than this share of the customer's balance",
        zh="……且其占客户未收余额的比例超过",
    )


class Level(_Part):
    """One rung of the dunning ladder: when, and how."""

    days: int = lever(
        7, -60, 365, unit="days", en="Days after the clock starts (negative: before the due date)", zh="起算日后天数（负数为到期前）"
    )
    channel: Literal["email", "sms", "letter", "call", "visit", "lawyer_letter"] = lever("email", unit="choice", en="Channel", zh="渠道")
    clock: Literal["due", "end_of_month", "previous"] = lever(
        "due",
        unit="choice",
        en="Clock: days from the due date, rolled on to that month's end, or days from the previous level",
        zh="起算：自到期日、顺延到当月月末、或自上一级催款",
    )


class Team(_Part):
    """Who does the work, and how much of it a customer may meet."""

    collectors: int = lever(1, 0, 1000, unit="people", en="Collectors on duty", zh="催收员人数")
    attempts: int = lever(
        3, 1, 10, unit="attempts", en="Attempts to reach a customer before giving the level up", zh="每级联系不上时的尝试次数"
    )
    contact_cap: int = lever(
        5, 0, 21, unit="contacts in 7 days", en="Most contacts one customer may receive in 7 days", zh="每位客户7天内最多联系次数"
    )


class Worklist(_Part):
    """Points that rank the morning's worklist."""

    amount_points: int = lever(10, 0, 100, unit="points per CNY 10,000 overdue", en="Points for the overdue amount", zh="逾期金额得分")
    days_points: int = lever(2, 0, 100, unit="points per day overdue", en="Points for days overdue", zh="逾期天数得分")
    risk_points: int = lever(20, 0, 100, unit="points per grade step", en="Points for a weaker credit grade", zh="信用等级得分")


class Policy(_Part):
    """How we grant credit, remind, chase and give up. Frozen: `replace` makes changed copies.

    Examples
    --------
    >>> soft = Policy(name="soft", dunning=(Level(days=7, channel="email"),))
    >>> soft.replace({"dunning.0.days": 3}).dunning[0].days
    3
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    title: dict[Literal["en", "zh"], str] = {}
    source: str = ""
    credit: Credit = Credit()
    dunning: tuple[Level, ...] = Field((), max_length=12)
    team: Team = Team()
    worklist: Worklist = Worklist()
    write_off_days: int = lever(540, 90, 1095, unit="days overdue", en="Write off when overdue longer than", zh="逾期超过多少天核销")

    def replace(self, changes: Mapping[str, Any]) -> "Policy":
        """A copy with levers changed, addressed by path such as ``"credit.limit_factor"`` or ``"dunning.0.days"``.

        Raises
        ------
        BadInput
            If a path does not exist or a value is out of bounds; nothing is changed.
        """
        data = self.model_dump()
        for path, value in changes.items():
            *way, last = path.split(".")
            node = data
            try:
                for step in way:
                    node = node[int(step)] if isinstance(node, list | tuple) else node[step]
                if last not in node:
                    raise KeyError(last)
            except (KeyError, IndexError, ValueError, TypeError):
                raise BadInput(unknown_key(path, [lever.path for lever in levers(self)])) from None
            node[last] = value
        return build(data, self.name)

    def called(self, language: str) -> str:
        """Title in `language`, else the name."""
        return self.title.get(language) or self.name


class Lever(BaseModel):
    """One thing a policy decides, as the CLI and the lab show it.

    `choices` is set for levers picked from a list; otherwise `low` and `high` bound the value.
    """

    path: str
    label: dict[str, str]
    unit: str
    default: Any
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


def levers(policy: Policy | None = None) -> Iterator[Lever]:
    """Every lever of a policy with its current value as `default`; without a policy, of the schema (one ladder level, ``dunning.N``)."""
    if policy is None:
        yield from _levers(Policy(name="default"), "")
        yield from _levers(Level(), "dunning.N.")
    else:
        yield from _levers(policy, "")


def _levers(part: _Part, prefix: str) -> Iterator[Lever]:
    for name, field in type(part).model_fields.items():
        value, path = getattr(part, name), prefix + name
        if isinstance(value, _Part):
            yield from _levers(value, path + ".")
        elif name == "dunning":
            for number, level in enumerate(value):
                yield from _levers(level, f"{path}.{number}.")
        elif field.json_schema_extra:
            bounds = {type(m).__name__: m for m in field.metadata}
            yield Lever(
                path=path,
                label=field.json_schema_extra["label"],
                unit=field.json_schema_extra["unit"],
                default=value,
                low=bounds["Ge"].ge if "Ge" in bounds else None,
                high=bounds["Le"].le if "Le" in bounds else None,
                choices=getattr(field.annotation, "__args__", ()) if "Ge" not in bounds else (),
            )


def read_policy(name_or_path: str | Path) -> Policy:
    """A built-in policy by name, or a TOML file by path.

    Raises
    ------
    BadInput
        Naming every wrong key or value, with a suggestion for a misspelt one.
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        if str(name_or_path) not in built_in():
            close = difflib.get_close_matches(str(name_or_path), built_in(), 1)
            raise BadInput(
                Problem(
                    'There is no built-in policy "{name}"; perhaps you mean "{close}".',
                    _KNOWN,
                    values={"name": str(name_or_path), "close": close[0], "known": _listed()},
                )
                if close
                else Problem('There is no built-in policy "{name}".', _KNOWN, values={"name": str(name_or_path), "known": _listed()})
            )
        path = place("data") / "policies" / f"{name_or_path}.toml"
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise BadInput(Problem("There is no such file.", "Check the path.", file=str(path))) from None
    except OSError:
        raise BadInput(Problem("The file cannot be read.", "Check that it is a file and that you may open it.", file=str(path))) from None
    except UnicodeDecodeError:
        raise BadInput(Problem("The file is not UTF-8 text.", "Save it as UTF-8.", file=str(path))) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            Problem(
                "This is not a TOML file: {reason}.",
                "Compare it with the files in data/policies.",
                file=str(path),
                values={"reason": str(error)},
            )
        ) from None
    return build(data, path.stem, str(path))


_KNOWN = "Built in: {known}. For a file of your own give its path, ending in .toml."


def _listed() -> str:
    return ", ".join(built_in())


def built_in() -> list[str]:
    """Names of the policies that ship with arsim."""
    return sorted(path.stem for path in (place("data") / "policies").glob("*.toml"))


def build(data: Mapping[str, Any], name: str, file: str | None = None) -> Policy:
    """A policy from plain data, every fault reported at once.

    Raises
    ------
    BadInput
        With one problem a fault.
    """
    try:
        policy = Policy.model_validate({"name": name, **data})
    except ValidationError as error:
        raise BadInput(*(_fault(fault, file) for fault in error.errors())) from None
    if policy.dunning and policy.dunning[0].clock == "previous":
        raise BadInput(
            Problem(
                "The first level has no previous level to count from.",
                "Use the clock due or end_of_month.",
                file=file,
                column="dunning.0.clock",
                value="previous",
            )
        )
    return policy


def _fault(fault: Mapping[str, Any], file: str | None) -> Problem:
    path = ".".join(str(step) for step in fault["loc"])
    at = {"file": file, "column": path, "value": str(fault["input"])}
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "extra_forbidden":
            siblings = _siblings(fault["loc"])
            return unknown_key(path, [".".join([*path.split(".")[:-1], key]) for key in siblings], file)
        case "greater_than_equal":
            return Problem("The value is too small.", "The least is {limit}.", **at, values={"limit": limits["ge"]})
        case "less_than_equal":
            return Problem("The value is too large.", "The most is {limit}.", **at, values={"limit": limits["le"]})
        case "literal_error":
            return Problem(
                "This is not one of the choices.", "Use {choices}.", **at, values={"choices": limits["expected"].replace(" or ", ", ")}
            )
        case "int_type" | "int_parsing" | "int_from_float" | "float_type" | "float_parsing":
            return Problem("A number is expected here.", "Write a number without quotes or units.", **at)
        case "too_long":
            return Problem(
                "The ladder has too many levels.", "The most is {limit}.", file=file, column=path, values={"limit": limits["max_length"]}
            )
        case "string_pattern_mismatch":
            return Problem(
                "A policy's name may hold only small letters, digits and underscores.", "Rename it, for example my_policy.", **at
            )
        case _:
            return Problem("This does not fit here.", "Compare it with the files in data/policies.", **at)


def _siblings(location: tuple) -> list[str]:
    part = (
        {"credit": Credit, "team": Team, "worklist": Worklist, "dunning": Level}.get(location[0], Policy) if len(location) > 1 else Policy
    )
    return list(part.model_fields)


def unknown_key(path: str, known: list[str], file: str | None = None) -> Problem:
    """There is no lever of that name; says which one was probably meant."""
    close = difflib.get_close_matches(path, known, 1, cutoff=0.5)
    if close:
        return Problem(
            'There is no such key; perhaps you mean "{close}".',
            "`arsim policy levers` lists them all.",
            file=file,
            column=path,
            values={"close": close[0]},
        )
    return Problem("There is no such key.", "`arsim policy levers` lists them all.", file=file, column=path)
