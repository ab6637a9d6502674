"""The house rules: what a notebook of ours must be, whatever its twin says. None of it can be mended by a machine."""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from arsim.domain.problem import Problem
from arsim.workbook.notebook import tags
from arsim.workbook.prose import faults

UNTRANSLATED = "**To translate / 待翻译**"
MAX_LINES = 10
KINDS = ("lesson", "case", "lab", "exercise", "game", "quiz", "tool")

_FACTS = {"day", "session", "minutes", "kind", "objectives"}
_READABLE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_RANDOM = re.compile(r"(?=\w*\d)[0-9a-f]{8}(-[0-9a-f-]{27})?")  # what Jupyter gives a new cell
_CDN = re.compile(r"""(?:https?:|["'(])//[\w.-]*(?:cdn|unpkg|jsdelivr|googleapis|gstatic)""")


def broken(language: str, book: dict) -> Iterator[Problem]:
    """Every house rule that `book`, written in `language`, breaks."""
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
            yield at(Problem("Two cells have the id {cell}.", "Give each its own."), cell=name)
        if not _READABLE.fullmatch(name) or _RANDOM.fullmatch(name):
            yield at(Problem("The cell id {cell} says nothing.", "Name the cell, such as why-one-ledger."), cell=name)
    for cell in book["cells"]:
        rules = _code(cell) if cell["cell_type"] == "code" else _prose(language, cell["source"])
        yield from (at(problem, cell=cell["id"]) for problem in rules)
        if _CDN.search(json.dumps(cell, ensure_ascii=False)):
            yield at(Problem("Cell {cell} needs the internet.", "Nothing may come from a CDN."), cell=cell["id"])


def _code(cell: dict) -> Iterator[Problem]:
    if len(cell["source"].splitlines()) > MAX_LINES:
        yield Problem("Cell {cell} has more than {most} lines of code.", "Move the rest into the package.", values={"most": MAX_LINES})
    try:
        tree = compile(cell["source"], "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError:
        yield Problem("The code of cell {cell} is not plain Python.", "No % or ! commands either.")
        return
    defined = any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in ast.walk(tree))
    if defined and "exercise" not in tags(cell):
        yield Problem("Cell {cell} defines a function or a class.", "Move it into the package, or tag the cell exercise.")


def _prose(language: str, source: str) -> Iterator[Problem]:
    if UNTRANSLATED in source:
        yield Problem("Cell {cell} is not translated yet.", "Translate it and delete the mark.")
    else:
        yield from faults(language, source)


def at(problem: Problem, file: str | None = None, **values: str) -> Problem:
    """The same problem, knowing better where it is."""
    return replace(problem, file=file, values={**problem.values, **values})
