"""One cell in its two languages: code is one text in two files, so it is copied; prose is two texts, so each remembers the other."""

import copy
from collections.abc import Iterator

from arsim.domain.problem import Problem
from arsim.domain.spacing import spaced
from arsim.report.words import LANGUAGES
from arsim.workbook.house import UNTRANSLATED
from arsim.workbook.notebook import mark, tags

LANGUAGE_CELL = 'from arsim.report import words\n\nwords.use("{language}")'


def mend(twins: dict[str, dict], reviewed: bool) -> Iterator[tuple[str, Problem]]:
    """Mend one cell's twins, ``{language: cell}``; yields the language to blame and what was wrong."""
    if twins["en"]["cell_type"] != twins["zh"]["cell_type"]:
        yield "zh", Problem("Cell {cell} has another type than its twin.", "Make both code, or both text.")
    elif twins["en"]["id"] == "language":
        yield from _language(twins)
    elif twins["en"]["cell_type"] == "code":
        yield from _code(twins)
    else:
        yield from _prose(twins, reviewed)


def placeholder(cell: dict) -> dict:
    """A twin for a cell that has none: code as it is, prose marked as untranslated."""
    twin = copy.deepcopy(cell)
    if cell["cell_type"] == "code":
        twin["outputs"] = []
    else:
        twin["source"] = f"{UNTRANSLATED}\n\n{cell['source']}"
        twin["metadata"]["arsim"] = {"twin": mark(cell["source"])}
        cell["metadata"]["arsim"] = {"twin": mark(twin["source"])}
    return twin


def _language(twins: dict[str, dict]) -> Iterator[tuple[str, Problem]]:
    for language, cell in twins.items():
        if cell["source"] != (line := LANGUAGE_CELL.format(language=language)):
            cell["source"] = line
            yield language, Problem("The cell `language` must only set the notebook's language.", "Run `arsim course sync --fix`.")


def _code(twins: dict[str, dict]) -> Iterator[tuple[str, Problem]]:
    faces = {language: mark(cell["source"], tags(cell)) for language, cell in twins.items()}
    if len(set(faces.values())) > 1:
        edited = [language for language, cell in twins.items() if cell["metadata"].get("arsim", {}).get("synced") != faces[language]]
        if len(edited) != 1:
            yield "zh", Problem(
                "The code or the tags of cell {cell} differ between the languages, and both were edited.",
                "Make one right and copy it over the other by hand.",
            )
            return
        yield edited[0], Problem(
            "The code or the tags of cell {cell} differ between the languages, and only this side was edited.",
            "`arsim course sync --fix` copies it to the other; then run that notebook again.",
        )
        right = twins[edited[0]]
        for cell in twins.values():
            cell["source"], cell["metadata"]["tags"] = right["source"], tags(right)
    for cell in twins.values():
        cell["metadata"]["arsim"] = {"synced": mark(cell["source"], tags(cell))}


def _prose(twins: dict[str, dict], reviewed: bool) -> Iterator[tuple[str, Problem]]:
    if tags(twins["en"]) != tags(twins["zh"]):
        yield "zh", Problem("Cell {cell} has other tags than its twin.", "Give both the same.")
    yield from _gaps(twins)
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        now, memory = mark(twins[there]["source"]), twins[here]["metadata"].setdefault("arsim", {})
        if reviewed:
            memory["twin"] = now
        elif memory.get("twin") != now:
            yield here, Problem(
                "Cell {cell} is stale: its twin was changed since the two were last read side by side.",
                "Bring it up to date, then run `arsim course sync --fix --reviewed {name}`.",
            )


def _gaps(twins: dict[str, dict]) -> Iterator[tuple[str, Problem]]:
    """The gaps beside half-width writing in the Chinese; who has read the text has read it with other gaps too."""
    cell, memory = twins["zh"], twins["en"]["metadata"].setdefault("arsim", {})
    if (right := spaced(cell["source"])) != cell["source"]:
        if memory.get("twin") == mark(cell["source"]):
            memory["twin"] = mark(right)
        cell["source"] = right
        yield "zh", Problem("In cell {cell}, spaces beside half-width letters or digits are wrong.", "Run `arsim course sync --fix`.")
