"""Debtors as files: ours under ``data/roleplay``, an instructor's in a folder of their own."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.workbook.roleplay.archetype import Archetype

FOLDER = "my_debtors"
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@cache
def built_in() -> dict[str, Archetype]:
    """Our archetypes by name, in the order of their numbers."""
    read = [read_archetype(path) for path in (place("data") / "roleplay").glob("*.toml")]
    return {one.name: one for one in sorted(read, key=lambda one: one.number)}


def archetype(name_or_path: str | Path) -> Archetype:
    """A built-in archetype by name, or a file by its path, ending in .toml.

    Raises
    ------
    BadInput
        There is none, or it is wrong; every fault is told.
    """
    if str(name_or_path).endswith(".toml"):
        return read_archetype(Path(name_or_path))
    if str(name_or_path) not in built_in():
        values = {"name": str(name_or_path), "known": ", ".join(built_in())}
        raise BadInput(Problem("There is no debtor {name}.", "Use one of {known}, or the path of a file ending in .toml.", values=values))
    return built_in()[str(name_or_path)]


def read_archetype(path: Path) -> Archetype:
    """The archetype in a file; raises as `archetype` does."""
    file = str(path)
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise BadInput(Problem("There is no such file.", "Check the path.", file=file)) from None
    except OSError:
        raise BadInput(Problem("The file cannot be read.", "Check that it is a file and that you may open it.", file=file)) from None
    except UnicodeDecodeError:
        raise BadInput(Problem("The file is not UTF-8 text.", "Save it as UTF-8.", file=file)) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            Problem("This is not TOML: {why}.", "Mend that line: text stands between straight quotation marks, brackets are closed.",
                    file=file, values={"why": str(error)})
        ) from None  # fmt: skip
    try:
        return Archetype.model_validate({**content, "name": path.stem})
    except ValidationError as error:
        raise BadInput(*(_fault(found, file) for found in error.errors())) from None


def template() -> str:
    """What a new file begins with: a debtor that works, with a word on every line."""
    return (place("data") / "roleplay" / "shared" / "template.toml").read_text("utf-8")


def write_template(path: Path) -> None:
    """Write the template to a new file.

    Raises
    ------
    BadInput
        It cannot be called so, there is one already, or nothing can be written there.
    """
    file = str(path)
    if path.suffix != ".toml" or not NAME.fullmatch(path.stem):
        raise BadInput(
            Problem("A debtor's file ends in .toml; its name begins with a small letter and holds small letters, digits and underscores.",
                    "Call it, for example, my_debtors/big_retailer.toml.", file=file)
        )  # fmt: skip
    if path.exists():
        raise BadInput(Problem("There is such a file already.", "Choose another name.", file=file))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, template().encode())
    except OSError:
        raise BadInput(Problem("Nothing can be written there.", "Choose another folder.", file=file)) from None


_SEE = "`arsim roleplay new FILE` writes an example with a word on every line."


def _fault(found, file: str) -> Problem:
    """One fault as its writer should read it."""
    at = ".".join(str(step) for step in found["loc"] if step != "[key]")
    where, limits = {"file": file, "column": at or None}, found.get("ctx", {})
    shown = None if isinstance(found["input"], dict | list | tuple) else str(found["input"])
    match found["type"]:
        case "house":
            return replace(limits["problem"], file=file, column=limits["problem"].column or at or None)
        case "missing":
            return Problem("This is missing.", _SEE, **where)
        case "extra_forbidden":
            return Problem("There is no such key here.", _SEE, **where)
        case "greater_than_equal" | "greater_than":
            least = limits.get("ge", limits.get("gt"))
            return Problem("The value is too small.", "The least is {limit}.", **where, value=shown, values={"limit": f"{least:g}"})
        case "less_than_equal" | "less_than":
            most = limits.get("le", limits.get("lt"))
            return Problem("The value is too large.", "The most is {limit}.", **where, value=shown, values={"limit": f"{most:g}"})
        case "literal_error":
            values = {"choices": limits["expected"].replace(" or ", ", ").replace("'", "")}
            return Problem("This is not one of the choices.", "Use {choices}.", **where, value=shown, values=values)
        case "float_type" | "float_parsing" | "int_type" | "int_parsing" | "int_from_float":
            return Problem("A number is expected here.", "Write a number without quotes or units.", **where, value=shown)
        case "bool_type" | "bool_parsing":
            return Problem("true or false is expected here.", "Write true or false, without quotes.", **where, value=shown)
        case "string_type":
            return Problem("Text is expected here.", "Write it between quotation marks.", **where)
        case "too_short":
            return Problem("The list is empty.", "Write at least one.", **where)
        case "string_pattern_mismatch":
            return Problem(
                "A name begins with a small letter and holds small letters, digits and underscores.", "Rename it.", **where, value=shown
            )
        case _:
            return Problem("This does not fit here.", _SEE, **where)
