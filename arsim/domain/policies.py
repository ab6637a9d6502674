"""Policies as files: the built-in ones under ``data/policies`` and the user's own."""

import difflib
import json
import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from arsim.domain.lever import Lever
from arsim.domain.places import place
from arsim.domain.policy import NAME, Policy, build, levers
from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole

_BRACKETED = {"en": "{} ({})", "zh": "{}（{}）"}
_TELLING = {"dunning.N.days", "dunning.N.channel"}  # written even when usual: a level without them tells a reader nothing


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
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(Problem("There is no such file.", "Check the path.", file=str(path))) from None
    except OSError:
        raise BadInput(Problem("The file cannot be read.", "Check that it is a file and that you may open it.", file=str(path))) from None
    except UnicodeDecodeError:
        raise BadInput(Problem("The file is not UTF-8 text.", "Save it as UTF-8.", file=str(path))) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_not_toml(str(error), text, str(path))) from None
    return build(data, path.stem, str(path))


def _not_toml(reason: str, text: str, file: str) -> Problem:
    """The parser knows the place; its reason is for programmers."""
    place = re.search(r"line (\d+), column (\d+)", reason)
    if reason.startswith("Cannot"):
        return Problem("A key or a group stands twice in the TOML file.", "Keep one of the two.", file=file)
    if not place:
        return Problem("The TOML file ends too early.", "Something opened is not closed: a quotation mark or a bracket.", file=file)
    line, at = map(int, place.groups())
    return Problem(
        "Line {line} is not TOML from its character {at} on.",
        "Text stands between straight quotation marks; compare the line with the files in data/policies.",
        file=file,
        value=text.splitlines()[line - 1].strip()[:60] if line <= len(text.splitlines()) else None,
        values={"line": line, "at": at},
    )


_KNOWN = "Built in: {known}. For a file of your own give its path, ending in .toml."


def _listed() -> str:
    return ", ".join(built_in())


def built_in() -> list[str]:
    """Names of the policies that ship with arsim."""
    return sorted(path.stem for path in (place("data") / "policies").glob("*.toml"))


def told_apart(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """The same policies; where two bear one title, as a copy with a lever changed does, the name is added to the later one's.

    A built-in policy keeps its title wherever it stands, so that it stays the built-in one.

    >>> one = read_policy("baseline")
    >>> copy = one.model_copy(update={"name": "sooner"})
    >>> [policy.called("en") for policy in told_apart([copy, one])]
    ['Baseline (sooner)', 'Baseline']
    """
    made: list[Policy] = []
    for policy in policies:
        title = dict(policy.title)
        for language, bracketed in _BRACKETED.items():
            told = policy.called(language)
            others = [one for one in policies if one is not policy and one.called(language) == told]
            earlier = any(one.called(language) == told for one in made)
            if policy.name not in built_in() and (earlier or any(one.name in built_in() for one in others)):
                title[language] = bracketed.format(told, policy.name)
        made.append(policy if title == policy.title else policy.model_copy(update={"title": title}))
    return tuple(made)


def write_policy(policy: Policy, path: str | os.PathLike) -> None:
    """Write `policy` as a short TOML file: what it is called, where it comes from, and the levers that are not as usual.

    The name is the file's, as `read_policy` has it. The file appears whole or not at all; its folder is made if need be.

    Raises
    ------
    BadInput
        The name is not one for a policy or is taken by a built-in one, the policy could not be read back, or nothing can be
        written there.
    """
    path = Path(path)
    if path.suffix != ".toml":
        raise BadInput(
            Problem("A policy is written to a file ending in .toml.", "Name the file so, for example my_policy.toml.", file=str(path))
        )
    check_name(path.stem)
    build(policy.model_dump() | {"name": path.stem}, path.stem, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, as_toml(policy).encode())
    except OSError as error:
        why = {"why": error.strerror}
        raise BadInput(
            Problem("The policy cannot be written here: {why}.", "Choose a folder of your own.", file=str(path), values=why)
        ) from None


def check_name(name: str) -> None:
    """Refuse what cannot be the name of a user's own policy.

    Raises
    ------
    BadInput
        It is not made as names are, or is a built-in policy's.
    """
    if not re.fullmatch(NAME, name):
        raise BadInput(
            Problem(
                "A policy's name begins with a small letter and holds small letters, digits and underscores, 40 at most.",
                "Choose another name, for example my_policy.",
                value=name or None,
            )
        )
    if name in built_in():
        raise BadInput(Problem('"{name}" is a built-in policy.', "Choose another name, for example my_policy.", values={"name": name}))


def as_toml(policy: Policy) -> str:
    """`policy` as a short TOML file, as `write_policy` writes it."""
    usual = {lever.path: lever.default for lever in levers()}
    title = ", ".join(f"{language} = {_value(text)}" for language, text in policy.title.items())
    tables = {"": [f"title = {{ {title} }}"] * bool(title) + [f"source = {_value(policy.source)}"] * bool(policy.source)}
    explained = set()  # a lever is explained where it first stands, not at every level again
    for lever in levers(policy):
        table, _, key = lever.path.rpartition(".")
        kind, rows = re.sub(r"\.\d+\.", ".N.", lever.path), tables.setdefault(table, [])
        if lever.default != usual[kind] or kind in _TELLING:
            rows += [_comment(lever)] * (kind not in explained) + [f"{key} = {_value(lever.default)}"]
            explained.add(kind)
    parts = ["\n".join([*_head(table), *rows]) for table, rows in tables.items() if rows]
    return "\n\n".join(parts or ["# Every lever has its default."]) + "\n"


def _head(table: str) -> list[str]:
    return ["[[dunning]]"] if table.startswith("dunning.") else [f"[{table}]"] if table else []


def _comment(lever: Lever) -> str:
    return f"# {lever.label['en']} [{' | '.join(lever.choices) or lever.unit}]"


def _value(value: str | int | float) -> str:
    """As TOML has it: as JSON, but for one sign that has to be escaped as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
