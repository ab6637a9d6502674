"""Debtors as files: ours under ``data/roleplay``, an instructor's in a folder of their own."""

from functools import cache
from pathlib import Path

from arsim.domain.places import place
from arsim.domain.problem import Problem
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.written import named, read_written, write_new

FOLDER = "my_debtors"
_SEE = "`arsim roleplay new FILE` writes an example with a word on every line."


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
    none = Problem("There is no debtor {name}.", "Use one of {known}, or the path of a file ending in .toml.")
    return named(name_or_path, built_in, read_archetype, none)


def read_archetype(path: Path) -> Archetype:
    """The archetype in a file; raises as `archetype` does."""
    return read_written(path, Archetype, _SEE, name=path.stem)


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
    misnamed = Problem(
        "A debtor's file ends in .toml; its name begins with a small letter and holds small letters, digits and underscores.",
        "Call it, for example, my_debtors/big_retailer.toml.",
    )
    write_new(path, template().encode(), misnamed)
