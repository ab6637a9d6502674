"""The twins rule: every notebook stands in both languages, cell by cell, and neither runs ahead of the other.

`check` says what is out of step and changes nothing; `sync` mends whatever has only one right answer and says what is left
for a person. Code is one text in two files, so it is copied. Prose is two texts, so each cell remembers the hash of the twin
it was last read against, and a later edit on one side shows as stale on the other.
"""

import copy
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.report import words
from arsim.report.words import LANGUAGES
from arsim.workbook import house, notebook, twin_cells
from arsim.workbook.house import at


def check(*folder: str | Path) -> list[Problem]:
    """Everything in which the notebooks under `folder` break the twins rule.

    Parameters
    ----------
    *folder : path
        Each holds ``en/`` and ``zh/``.

    Returns
    -------
    list of Problem
        Empty when all is well. Nothing is written.

    Raises
    ------
    BadInput
        There are no notebooks, or one can't be read.
    """
    return [problem for pair in _pairs(folder) for problem in pair.mend()]


def sync(folder: str | Path | Sequence[Path], reviewed: Collection[str] = ()) -> list[Problem]:
    """Mend the notebooks under `folder` as far as that has one right answer.

    Code edited on one side is copied to the other, missing twins are added (prose as a marked placeholder), what changes with
    every run is dropped. Outputs are kept, so run a notebook again whose code was copied.

    Parameters
    ----------
    folder : path or sequence of path
        Each holds ``en/`` and ``zh/``.
    reviewed : collection of str
        Text cells whose two languages have been read side by side and say the same: ``"NAME:CELL"``, or ``"all"``.

    Returns
    -------
    list of Problem
        What is left for a person.

    Raises
    ------
    BadInput
        `reviewed` names a cell that isn't there, or a notebook can't be read; nothing is written.
    """
    folders = (folder,) if isinstance(folder, str | Path) else tuple(folder)
    pairs = list(_pairs(folders))
    for pair in pairs:
        pair.mend(reviewed)
    texts = {key for pair in pairs for key in pair.texts()} | {"all"}
    if unknown := sorted(set(reviewed) - texts):
        raise BadInput(
            *(Problem("There is no text cell {name}.", "Name it NOTEBOOK:CELL, or say all.", values={"name": name}) for name in unknown)
        )
    for pair in pairs:
        pair.write()
    return check(*folders)


class _Pair:
    """One notebook in its languages, read from disk; `mend` works on the copy in memory."""

    def __init__(self, folder: Path, name: str):
        self.folder, self.name = folder, name
        self.books = {language: notebook.read(self.path(language)) for language in LANGUAGES if self.path(language).exists()}

    def path(self, language: str) -> Path:
        return self.folder / language / f"{self.name}.ipynb"

    def file(self, language: str) -> str:
        return f"{language}/{self.name}.ipynb"

    def texts(self) -> Iterator[str]:
        for cell in self.books["en"]["cells"]:
            if cell["cell_type"] != "code":
                yield f"{self.name}:{cell['id']}"

    def write(self) -> None:
        for language, book in self.books.items():
            self.path(language).parent.mkdir(parents=True, exist_ok=True)
            self.path(language).write_text(notebook.text(book), encoding="utf-8", newline="\n")

    def mend(self, reviewed: Collection[str] = ()) -> list[Problem]:
        """Mend what can be mended; everything found, mended or not."""
        missing = [language for language in LANGUAGES if language not in self.books]
        for language in missing:
            (there,) = self.books.values()
            self.books[language] = {**copy.deepcopy(there), "cells": []}
            for cell in there["cells"]:
                cell["metadata"].pop("arsim", None)  # its twin is gone, so it starts anew
        for language, book in self.books.items():
            with words.speaking(language):
                notebook.fold(book, words.say("For the instructor"))
        found = [at(problem, self.file(language)) for language in LANGUAGES for problem in house.broken(language, self.books[language])]
        found += [at(problem, self.file(language)) for language, problem in self._twins(reviewed)]
        for book in self.books.values():
            notebook.tidy(book)
        if missing:  # one sentence instead of one a cell
            file = self.file(missing[0])
            return [Problem("This notebook's twin is missing.", "`arsim course sync --fix` makes one to translate.", file=file)]
        untidy = Problem("The file holds traces of a run or unfolded code, or was never synced.", "Run `arsim course sync --fix`.")
        return found or [at(untidy, self.file(language)) for language, book in self.books.items() if not self._stands(language, book)]

    def _stands(self, language: str, book: dict) -> bool:
        return self.path(language).read_text(encoding="utf-8") == notebook.text(book)

    def _twins(self, reviewed: Collection[str]) -> Iterator[tuple[str, Problem]]:
        en, zh = (self.books[language] for language in LANGUAGES)
        if any(len(notebook.ids(book)) < len(book["cells"]) for book in (en, zh)):
            return  # told by the house rules; cells can't be paired
        if en["metadata"].get("arsim") != zh["metadata"].get("arsim"):
            yield "zh", Problem("The notebook's facts (day, session, minutes, …) differ between the languages.", "Make them the same.")
        yield from self._lonely("en", "zh")
        yield from self._lonely("zh", "en")
        if notebook.ids(en) != notebook.ids(zh) and sorted(notebook.ids(en)) == sorted(notebook.ids(zh)):
            yield "zh", Problem("The cells stand in another order than in the twin.", "Put them in the same order.")
        others = {cell["id"]: cell for cell in zh["cells"]}
        for cell in en["cells"]:
            if other := others.get(cell["id"]):
                key = f"{self.name}:{cell['id']}"
                rule = twin_cells.mend({"en": cell, "zh": other}, key in reviewed or "all" in reviewed)
                yield from ((language, at(problem, cell=cell["id"], name=key)) for language, problem in rule)

    def _lonely(self, here: str, there: str) -> Iterator[tuple[str, Problem]]:
        cells, others = self.books[here]["cells"], self.books[there]["cells"]
        for index, cell in enumerate(cells):
            known = notebook.ids(self.books[there])
            if cell["id"] in known:
                continue
            if cell["metadata"].get("arsim"):  # once had a twin: was it deleted there, or renamed here?
                gone = Problem(
                    "Cell {cell} is gone from the twin, or has another id there.",
                    "Delete or rename it here too; or delete its `arsim` metadata to have a twin made.",
                )
                yield here, at(gone, cell=cell["id"])
                continue
            yield there, at(Problem("Cell {cell} is missing.", "`arsim course sync --fix` adds it."), cell=cell["id"])
            before = [one["id"] for one in cells[:index] if one["id"] in known]
            others.insert(known.index(before[-1]) + 1 if before else 0, twin_cells.placeholder(cell))


def _pairs(folders: Sequence[str | Path]) -> Iterator[_Pair]:
    for folder in folders:
        yield from _pairs_of(Path(folder))


def _pairs_of(folder: Path) -> Iterator[_Pair]:
    roots = [folder / language for language in LANGUAGES]
    paths = [(path, path.relative_to(root)) for root in roots for path in root.rglob("*.ipynb")]
    names = sorted({inside.with_suffix("").as_posix() for path, inside in paths if ".ipynb_checkpoints" not in path.parts})
    if not names:
        raise BadInput(Problem("There are no notebooks in {name}.", "Name a folder that holds en/ and zh/.", values={"name": str(folder)}))
    return (_Pair(folder, name) for name in names)
