"""TOML files an instructor writes: read into a frozen value, every fault told so that its writer can mend it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.workbook.course.item import Said

Model = TypeVar("Model", bound=BaseModel)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def named(name_or_path: str | Path, built_in: Callable[[], Mapping[str, Model]], read: Callable[[Path], Model], none: Problem) -> Model:
    """A built-in value by its name, or what `read` finds in a file by its path, ending in .toml.

    Parameters
    ----------
    name_or_path : str or Path
    built_in : function
        Gives ours by name; not asked where there is a path.
    read : function
    none : Problem
        There is none of this {name} among the {known}.

    Raises
    ------
    BadInput
        `none`, or what `read` raises.
    """
    name = str(name_or_path)
    if name.endswith(".toml"):
        return read(Path(name_or_path))
    ours = built_in()
    if name not in ours:
        raise BadInput(replace(none, values={"name": name, "known": ", ".join(ours)}))
    return ours[name]


def read_written(path: Path, model: type[Model], see: str, **more) -> Model:
    """The value in the file `path`.

    Parameters
    ----------
    path : Path
    model : type of BaseModel
    see : str
        Where an example is, as a sentence of the catalogue.
    **more
        Fields that do not stand in the file, such as its name.

    Raises
    ------
    BadInput
        It cannot be read or is wrong; every fault is told.
    """
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content = tomllib.loads(text)
    except FileNotFoundError:
        raise BadInput(Problem("There is no such file.", "Check the path.", file=file)) from None
    except OSError:
        raise BadInput(Problem("The file cannot be read.", "Check that it is a file and that you may open it.", file=file)) from None
    except UnicodeDecodeError:
        raise BadInput(Problem("The file is not UTF-8 text.", "Save it as UTF-8.", file=file)) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(not_toml(error, text, file)) from None
    if own := [name for name in more if name in content]:
        raise BadInput(Problem("There is no such key here.", see, file=file, column=own[0]))
    try:
        return model.model_validate({**content, **more})
    except ValidationError as error:
        raise BadInput(*(_fault(found, file, see) for found in error.errors())) from None


def write_new(path: Path, content: bytes, misnamed: Problem) -> None:
    """Write `content` to a file that is not there yet and whose name can be that of a value.

    Raises
    ------
    BadInput
        It is `misnamed`, there is one already, or nothing can be written there.
    """
    if path.suffix != ".toml" or not _NAME.fullmatch(path.stem):
        raise BadInput(replace(misnamed, file=str(path)))
    if path.exists():
        raise BadInput(Problem("There is such a file already.", "Choose another name.", file=str(path)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError:
        raise BadInput(Problem("Nothing can be written there.", "Choose another folder.", file=str(path))) from None


def refuse(problem: Problem) -> None:
    """Say in a validator what is wrong; `read_written` tells it with its place."""
    raise PydanticCustomError("house", "{problem}", {"problem": problem})


def not_toml(error: tomllib.TOMLDecodeError, text: str, file: str | None = None) -> Problem:
    """What is wrong with a `text` that is no TOML: the parser knows the place; its reason is for programmers."""
    reason = str(error)
    place = re.search(r"line (\d+), column (\d+)", reason)
    line, at = map(int, place.groups()) if place else (0, 0)
    shown = [*text.splitlines(), ""][line - 1].strip()[:60] or None if 0 < line <= len(text.splitlines()) else None
    if reason.startswith("Cannot"):
        return Problem("A key or a group stands twice in the TOML file.", "Keep one of the two.", file=file, value=shown)
    if not place:
        return Problem("The TOML file ends too early.", "Something opened is not closed: a quotation mark or a bracket.", file=file)
    return Problem("Line {line} is not TOML from its character {at} on.",
                   "Text stands between straight quotation marks, brackets are closed, and outside quotation marks there is no Chinese "
                   "punctuation.", file=file, value=shown, values={"line": line, "at": at})  # fmt: skip


def _limit(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"


def _fault(found, file: str, see: str) -> Problem:
    """One fault as its writer should read it."""
    at = ".".join(str(step + 1 if isinstance(step, int) else step) for step in found["loc"] if step != "[key]")  # people count from 1
    where, limits = {"file": file, "column": at or None}, found.get("ctx", {})
    shown = None if isinstance(found["input"], dict | list | tuple) else str(found["input"])
    match found["type"]:
        case "house":
            return replace(limits["problem"], file=file, column=limits["problem"].column or at or None)
        case "missing":
            return Problem("This is missing.", see, **where)
        case "extra_forbidden":
            return Problem("There is no such key here.", see, **where)
        case "greater_than_equal" | "greater_than":
            least = limits.get("ge", limits.get("gt"))
            return Problem("The value is too small.", "The least is {limit}.", **where, value=shown, values={"limit": _limit(least)})
        case "less_than_equal" | "less_than":
            most = limits.get("le", limits.get("lt"))
            return Problem("The value is too large.", "The most is {limit}.", **where, value=shown, values={"limit": _limit(most)})
        case "literal_error":
            values = {"choices": limits["expected"].replace(" or ", ", ").replace("'", "")}
            return Problem("This is not one of the choices.", "Use {choices}.", **where, value=shown, values=values)
        case "float_type" | "float_parsing" | "int_type" | "int_parsing" | "int_from_float":
            return Problem("A number is expected here.", "Write a number without quotes or units.", **where, value=shown)
        case "bool_type" | "bool_parsing":
            return Problem("true or false is expected here.", "Write true or false, without quotes.", **where, value=shown)
        case "model_type" if limits.get("class_name") == Said.__name__:
            return Problem("The text has to stand in both languages.", 'Write {{ en = "…", zh = "…" }}.', **where, value=shown)
        case "tuple_type" | "list_type":
            return Problem("A list is expected here.", 'Write it in square brackets, as in ["a", "b"].', **where, value=shown)
        case "string_type":
            return Problem("Text is expected here.", "Write it between quotation marks.", **where)
        case "too_short":
            return Problem("The list is empty.", "Write at least one.", **where)
        case "string_pattern_mismatch":
            return Problem(
                "A name begins with a small letter and holds small letters, digits and underscores.", "Rename it.", **where, value=shown
            )
        case _:
            return Problem("This does not fit here.", see, **where)
