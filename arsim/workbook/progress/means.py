"""What there is to be done: lessons with what they ask, exercises with their pages, debtors, games. Names outside it are not ours."""

import json
from dataclasses import dataclass
from functools import cache

from arsim.domain.places import place
from arsim.report import words
from arsim.workbook import notebook
from arsim.workbook.course import timetable
from arsim.workbook.course.bank import bank
from arsim.workbook.course.item import Item
from arsim.workbook.course.script import read_script
from arsim.workbook.course.tally import OTHER
from arsim.workbook.exercises.task import Task, names, read_task
from arsim.workbook.league import files as league
from arsim.workbook.roleplay import files as roleplay


@dataclass(frozen=True)
class Asked:
    """What a lesson's notebook asks: predictions and items by name."""

    predictions: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many questions in all."""
        return len(self.predictions) + len(self.items)


@cache
def lessons() -> dict[str, Asked]:
    """Every lesson and case in the order of the course. An item that stands in the script but not in the notebook is not asked."""
    made = {}
    for one in timetable.sessions("en"):
        code, script = _code("notebooks", one.name), read_script(one.name)
        kept = [tuple(each.name for each in all_ if json.dumps(each.name) in code) for all_ in (script.prediction, script.item)]
        made[one.name] = Asked(*kept)
    return made


@cache
def pages() -> dict[str, str]:
    """Exercise → the notebook it stands in, in the order of the pages."""
    known, made = set(names()), {}
    for path in sorted((place("exercises") / "en").glob("*.ipynb")):
        code = _code("exercises", path.stem)
        here = {code.index(json.dumps(name)): name for name in known if json.dumps(name) in code}
        made |= {here[at]: path.stem for at in sorted(here)}
    return made


def titles() -> dict[str, str]:
    """Lesson → its title in the language in use."""
    return {one.name: one.title for one in timetable.sessions()}


def item(name: str) -> Item | None:
    """The item of a lesson; None if there is none of this name."""
    return bank()[name][1] if name in bank() else None


def task(name: str) -> Task | None:
    """The exercise; None if there is none of this name."""
    return read_task(name) if name in names() else None


@cache
def debtors() -> frozenset[str]:
    """Names of our debtors; an instructor's own count without a name."""
    return frozenset(roleplay.built_in())


@cache
def months() -> dict[str, int]:
    """Fingerprint of each of our games → its months."""
    return {one.fingerprint: one.months for one in league.built_in().values()}


def mistakes(question: Item | Task) -> frozenset[str]:
    """The wrong answers of a question that have a name, by their place or name, and "other"."""
    named = question.option or question.wrong
    return frozenset({getattr(one, "name", "") or str(at) for at, one in enumerate(named)} | {OTHER})


def _code(folder: str, name: str) -> str:
    cells = notebook.read(place(folder) / "en" / f"{name}.ipynb")["cells"]
    return "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")


def link(folder: str, name: str) -> str:
    """Where a notebook lies, seen from another one of the language in use."""
    return f"{name}.ipynb" if folder == "notebooks" else f"../../{folder}/{words.language()}/{name}.ipynb"
