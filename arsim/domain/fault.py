"""Validation faults of a policy told as problems: what is wrong, where, what would be right."""

import difflib
from collections.abc import Mapping
from typing import Any

from arsim.domain.problem import Problem


def fault(found: Mapping[str, Any], keys: list[str], file: str | None) -> Problem:
    """One validation fault as the user should read it; `keys` are those that would have been right at its place."""
    path = ".".join(str(step) for step in found["loc"] if step != "[key]")
    at = {"file": file, "column": path, "value": str(found["input"])}
    limits = found.get("ctx", {})
    match found["type"]:
        case "extra_forbidden":
            return unknown_key(path, [".".join([*path.split(".")[:-1], key]) for key in keys], file)
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
                "A policy's name begins with a small letter and holds small letters, digits and underscores, 40 at most.",
                "Rename it, for example my_policy.",
                **at,
            )
        case "string_type":
            return Problem("Text is expected here.", "Write it between quotation marks.", **at)
        case "dict_type" if path == "title":
            return Problem(
                "A title names its languages.", 'Write it as title = {{ en = "My policy", zh = "我的政策" }}; one is enough.', **at
            )
        case "tuple_type" | "model_type" | "model_attributes_type" if path.startswith("dunning"):
            return Problem(
                "The dunning ladder is a list of levels.",
                "Begin each level with a line [[dunning]], in double brackets.",
                file=file,
                column=path,
            )
        case "model_type" | "model_attributes_type":
            return Problem(
                "This is a group of keys, and there is one of it.",
                "Begin it with a line [{group}], in single brackets, and write its keys below.",
                file=file,
                column=path,
                values={"group": path},
            )
        case _:
            return Problem("This does not fit here.", "Compare it with the files in data/policies.", **at)


def unknown_key(path: str, known: list[str], file: str | None = None) -> Problem:
    """There is no lever of that name; says which one was probably meant."""
    close = difflib.get_close_matches(path, known, 1, cutoff=0.5)
    if close:
        here = path.rpartition(".")[0]  # of a level's key only the last step: "dunning.0.days" is nothing one can write
        meant = close[0].removeprefix(f"{here}.") if here.startswith("dunning.") else close[0]
        return Problem(
            'There is no such key; perhaps you mean "{close}".',
            "`arsim policy levers` lists them all.",
            file=file,
            column=path,
            values={"close": meant},
        )
    return Problem("There is no such key.", "`arsim policy levers` lists them all.", file=file, column=path)
