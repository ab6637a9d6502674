"""The twins rule: every notebook stands in both languages, cell by cell, and neither runs ahead of the other.

`check` says what is out of step and changes nothing; `sync` mends whatever has only one right answer and says what is left
for a person. Code is one text in two files, so it is copied. Prose is two texts, so each cell remembers the hash of the twin
it was last read against, and a later edit on one side shows as stale on the other.
"""

import ast
import copy
import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.report.words import LANGUAGES

LANGUAGE_CELL = 'from arsim.report import words\n\nwords.use("{language}")'
UNTRANSLATED = "**To translate / 待翻译**"
MAX_LINES = 10
KINDS = ("lesson", "lab", "exercise", "game", "quiz", "tool")

_FACTS = {"day", "session", "minutes", "kind", "objectives"}
_SHOWN = {"show-code", "exercise"}  # tags of cells whose code a learner is meant to see
_KEPT = {"arsim", "jupyter", "tags"}  # cell metadata worth committing; the rest is one run's, or one screen's
_KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_READABLE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_RANDOM = re.compile(r"(?=\w*\d)[0-9a-f]{8}(-[0-9a-f-]{27})?")  # what Jupyter gives a new cell
_CODE_SPAN = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff]+[*_”’）》]*(?:[,;?!:]|\.(?=\s|$))")
_CDN = re.compile(r"""(?:https?:|["'(])//[\w.-]*(?:cdn|unpkg|jsdelivr|googleapis|gstatic)""")


def check(folder: str | Path) -> list[Problem]:
    """Everything in which the notebooks under `folder` break the twins rule.

    Parameters
    ----------
    folder : path
        Holds ``en/`` and ``zh/``.

    Returns
    -------
    list of Problem
        Empty when all is well. Nothing is written.

    Raises
    ------
    BadInput
        There are no notebooks, or one can't be read.
    """
    return [problem for pair in _pairs(Path(folder)) for problem in pair.mend()]


def sync(folder: str | Path, reviewed: Collection[str] = ()) -> list[Problem]:
    """Mend the notebooks under `folder` as far as that has one right answer.

    Code edited on one side is copied to the other, missing twins are added (prose as a marked placeholder), what changes with
    every run is dropped. Outputs are kept, so run a notebook again whose code was copied.

    Parameters
    ----------
    folder : path
        Holds ``en/`` and ``zh/``.
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
    pairs = list(_pairs(Path(folder)))
    for pair in pairs:
        pair.mend(reviewed)
    texts = {key for pair in pairs for key in pair.texts()} | {"all"}
    if unknown := sorted(set(reviewed) - texts):
        raise BadInput(
            *(Problem("There is no text cell {name}.", "Name it NOTEBOOK:CELL, or say all.", values={"name": name}) for name in unknown)
        )
    for pair in pairs:
        pair.write()
    return check(folder)


class _Pair:
    """One notebook in its languages, read from disk; `mend` works on the copy in memory."""

    def __init__(self, folder: Path, name: str):
        self.folder, self.name = folder, name
        self.books = {language: _read(self.path(language)) for language in LANGUAGES if self.path(language).exists()}

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
            self.path(language).write_text(_text(book), encoding="utf-8", newline="\n")

    def mend(self, reviewed: Collection[str] = ()) -> list[Problem]:
        """Mend what can be mended; everything found, mended or not."""
        missing = [language for language in LANGUAGES if language not in self.books]
        for language in missing:
            (there,) = self.books.values()
            self.books[language] = {**copy.deepcopy(there), "cells": []}
            for cell in there["cells"]:
                cell["metadata"].pop("arsim", None)  # its twin is gone, so it starts anew
        found = [_at(problem, self.file(language)) for language in LANGUAGES for problem in _house(language, self.books[language])]
        found += [_at(problem, self.file(language)) for language, problem in self._twins(reviewed)]
        for book in self.books.values():
            _tidy(book)
        if missing:  # one sentence instead of one a cell
            return [Problem("This notebook's twin is missing.", "`arsim twins --fix` makes one to translate.", file=self.file(missing[0]))]
        untidy = Problem("The file holds traces of a run or unfolded code, or was never synced.", "Run `arsim twins --fix`.")
        changed = (language for language, book in self.books.items() if _text(book) != self.path(language).read_text(encoding="utf-8"))
        return found or [_at(untidy, self.file(language)) for language in changed]

    def _twins(self, reviewed: Collection[str]) -> Iterator[tuple[str, Problem]]:
        en, zh = (self.books[language] for language in LANGUAGES)
        if any(len(_ids(book)) < len(book["cells"]) for book in (en, zh)):
            return  # told by the house rules; cells can't be paired
        if en["metadata"].get("arsim") != zh["metadata"].get("arsim"):
            yield "zh", Problem("The notebook's facts (day, session, minutes, …) differ between the languages.", "Make them the same.")
        yield from self._lonely("en", "zh")
        yield from self._lonely("zh", "en")
        if _ids(en) != _ids(zh) and sorted(_ids(en)) == sorted(_ids(zh)):
            yield "zh", Problem("The cells stand in another order than in the twin.", "Put them in the same order.")
        others = {cell["id"]: cell for cell in zh["cells"]}
        for cell in en["cells"]:
            if other := others.get(cell["id"]):
                key = f"{self.name}:{cell['id']}"
                rule = _cell_rule({"en": cell, "zh": other}, key in reviewed or "all" in reviewed)
                yield from ((language, _at(problem, cell=cell["id"], name=key)) for language, problem in rule)

    def _lonely(self, here: str, there: str) -> Iterator[tuple[str, Problem]]:
        cells, others = self.books[here]["cells"], self.books[there]["cells"]
        for index, cell in enumerate(cells):
            known = _ids(self.books[there])
            if cell["id"] in known:
                continue
            if cell["metadata"].get("arsim"):  # once had a twin: was it deleted there, or renamed here?
                gone = Problem(
                    "Cell {cell} is gone from the twin, or has another id there.",
                    "Delete or rename it here too; or delete its `arsim` metadata to have a twin made.",
                )
                yield here, _at(gone, cell=cell["id"])
                continue
            yield there, _at(Problem("Cell {cell} is missing.", "`arsim twins --fix` adds it."), cell=cell["id"])
            before = [one["id"] for one in cells[:index] if one["id"] in known]
            others.insert(known.index(before[-1]) + 1 if before else 0, _placeholder(cell))


def _cell_rule(twins: dict[str, dict], reviewed: bool) -> Iterator[tuple[str, Problem]]:
    """Mend one cell's twins; yields the language to blame and what was wrong."""
    if twins["en"]["cell_type"] != twins["zh"]["cell_type"]:
        yield "zh", Problem("Cell {cell} has another type than its twin.", "Make both code, or both text.")
    elif twins["en"]["id"] == "language":
        yield from _language(twins)
    elif twins["en"]["cell_type"] == "code":
        yield from _code(twins)
    else:
        yield from _prose(twins, reviewed)


def _language(twins: dict[str, dict]) -> Iterator[tuple[str, Problem]]:
    for language, cell in twins.items():
        if cell["source"] != (line := LANGUAGE_CELL.format(language=language)):
            cell["source"] = line
            yield language, Problem("The cell `language` must only set the notebook's language.", "Run `arsim twins --fix`.")


def _code(twins: dict[str, dict]) -> Iterator[tuple[str, Problem]]:
    faces = {language: _hash(cell["source"], _tags(cell)) for language, cell in twins.items()}
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
            "`arsim twins --fix` copies it to the other; then run that notebook again.",
        )
        right = twins[edited[0]]
        for cell in twins.values():
            cell["source"], cell["metadata"]["tags"] = right["source"], _tags(right)
    for cell in twins.values():
        cell["metadata"]["arsim"] = {"synced": _hash(cell["source"], _tags(cell))}


def _prose(twins: dict[str, dict], reviewed: bool) -> Iterator[tuple[str, Problem]]:
    if _tags(twins["en"]) != _tags(twins["zh"]):
        yield "zh", Problem("Cell {cell} has other tags than its twin.", "Give both the same.")
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        now, memory = _hash(twins[there]["source"]), twins[here]["metadata"].setdefault("arsim", {})
        if reviewed:
            memory["twin"] = now
        elif memory.get("twin") != now:
            yield here, Problem(
                "Cell {cell} is stale: its twin was changed since the two were last read side by side.",
                "Bring it up to date, then run `arsim twins --fix --reviewed {name}`.",
            )


def _pairs(folder: Path) -> Iterator[_Pair]:
    roots = [folder / language for language in LANGUAGES]
    paths = [(path, path.relative_to(root)) for root in roots for path in root.rglob("*.ipynb")]
    names = sorted({inside.with_suffix("").as_posix() for path, inside in paths if ".ipynb_checkpoints" not in path.parts})
    if not names:
        raise BadInput(Problem("There are no notebooks in {name}.", "Name a folder that holds en/ and zh/.", values={"name": str(folder)}))
    return (_Pair(folder, name) for name in names)


def _house(language: str, book: dict) -> Iterator[Problem]:
    """What a notebook of ours must be, whatever its twin says; none of it can be mended by a machine."""
    facts = book["metadata"].get("arsim", {})
    if not _FACTS <= set(facts) or facts["kind"] not in KINDS or not isinstance(facts["minutes"], int):
        yield Problem(
            "The notebook doesn't say what it is for.",
            "Its metadata `arsim` needs day, session, minutes (whole), kind ({kinds}) and objectives.",
            values={"kinds": ", ".join(KINDS)},
        )
    if [cell["id"] for cell in book["cells"] if cell["cell_type"] == "code"][:1] != ["language"]:
        yield Problem("The first code cell must be `language`.", "Add it: it sets the language everything after it speaks.")
    for name, count in Counter(cell["id"] for cell in book["cells"]).items():
        if count > 1:
            yield _at(Problem("Two cells have the id {cell}.", "Give each its own."), cell=name)
        if not _READABLE.fullmatch(name) or _RANDOM.fullmatch(name):
            yield _at(Problem("The cell id {cell} says nothing.", "Name the cell, such as why-one-ledger."), cell=name)
    for cell in book["cells"]:
        rules = _code_rules(cell) if cell["cell_type"] == "code" else _prose_rules(language, cell["source"])
        yield from (_at(problem, cell=cell["id"]) for problem in rules)
        if _CDN.search(json.dumps(cell, ensure_ascii=False)):
            yield _at(Problem("Cell {cell} needs the internet.", "Nothing may come from a CDN."), cell=cell["id"])


def _code_rules(cell: dict) -> Iterator[Problem]:
    if len(cell["source"].splitlines()) > MAX_LINES:
        yield Problem("Cell {cell} has more than {most} lines of code.", "Move the rest into the package.", values={"most": MAX_LINES})
    try:
        tree = compile(cell["source"], "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError:
        yield Problem("The code of cell {cell} is not plain Python.", "No % or ! commands either.")
        return
    defined = any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in ast.walk(tree))
    if defined and "exercise" not in _tags(cell):
        yield Problem("Cell {cell} defines a function or a class.", "Move it into the package, or tag the cell exercise.")


def _prose_rules(language: str, source: str) -> Iterator[Problem]:
    if UNTRANSLATED in source:
        yield Problem("Cell {cell} is not translated yet.", "Translate it and delete the mark.")
    if language == "zh" and (hit := _HALF_WIDTH.search(_CODE_SPAN.sub("`", source))):
        yield Problem("Cell {cell} has half-width punctuation after Chinese: {text}", "Use ，；？！：。", values={"text": hit[0]})


def _at(problem: Problem, file: str | None = None, **values: str) -> Problem:
    """The same problem, knowing better where it is."""
    return replace(problem, file=file, values={**problem.values, **values})


def _tidy(book: dict) -> None:
    """Drop what changes with every run or screen; fold code."""
    facts = book["metadata"].get("arsim")
    book["metadata"] = {**({"arsim": facts} if facts else {}), **_KERNEL}
    book["nbformat"], book["nbformat_minor"] = 4, 5
    place = 0
    for cell in book["cells"]:
        kept = {key: value for key, value in cell["metadata"].items() if key in _KEPT and value}
        if cell["cell_type"] == "code":
            kept |= {"jupyter": {"source_hidden": True}}
            if _SHOWN & set(_tags(cell)):
                del kept["jupyter"]
            place += 1
            count = place if cell["outputs"] else None  # as one clean run numbers them: nbval refuses outputs without a number
            cell["execution_count"] = count
            for output in cell["outputs"]:
                output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
                if "execution_count" in output:
                    output["execution_count"] = count
        cell["metadata"] = kept


def _placeholder(cell: dict) -> dict:
    twin = copy.deepcopy(cell)
    if cell["cell_type"] == "code":
        twin["outputs"] = []
    else:
        twin["source"] = f"{UNTRANSLATED}\n\n{cell['source']}"
        twin["metadata"]["arsim"] = {"twin": _hash(cell["source"])}
        cell["metadata"]["arsim"] = {"twin": _hash(twin["source"])}
    return twin


def _ids(book: dict) -> list[str]:
    return list(dict.fromkeys(cell["id"] for cell in book["cells"]))


def _tags(cell: dict) -> list[str]:
    return sorted(cell["metadata"].get("tags", []))


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _read(path: Path) -> dict:
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            cell["source"] = "".join(cell["source"])  # a text or a list of lines: both are allowed
            cell.setdefault("id", "")
            cell.setdefault("metadata", {})
            if cell["cell_type"] == "code":
                cell.setdefault("outputs", [])
        book.setdefault("metadata", {})
        return book
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(Problem("This is not a Jupyter notebook.", "Open and save it in JupyterLab.", file=str(path))) from error


def _text(book: dict) -> str:
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in book["cells"]]
    return json.dumps({**book, "cells": cells}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
