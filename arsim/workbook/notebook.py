"""A notebook as a file: read, tidied to what is worth committing, and written as JupyterLab writes it."""

import hashlib
import json
import re
from pathlib import Path

from arsim.domain.problem import BadInput, Problem

SHOWN = {"show-code", "exercise"}  # tags of cells whose code a learner is meant to see
TRAINER = "trainer"  # tag of text for the instructor: folded, and gathered in the guide
ANSWER = "answer"  # tag of cells whose output answers a question the learner is to think about first: stored folded, running unfolds it

_KEPT = {"arsim", "jupyter", "tags"}  # cell metadata worth committing; the rest is one run's, or one screen's
_KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def read(path: Path) -> dict:
    """The notebook at `path`, each cell with an id, metadata, a source in one piece and, if it is code, outputs.

    Raises
    ------
    BadInput
        The file is no notebook.
    """
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


def text(book: dict) -> str:
    """What stands in the file of `book`."""
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in book["cells"]]
    return json.dumps({**book, "cells": cells}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def tidy(book: dict) -> None:
    """Drop what changes with every run or screen; fold code and answers."""
    facts = book["metadata"].get("arsim")
    book["metadata"] = {**({"arsim": facts} if facts else {}), **_KERNEL}
    book["nbformat"], book["nbformat_minor"] = 4, 5
    place = 0
    for cell in book["cells"]:
        cell["metadata"] = {key: value for key, value in cell["metadata"].items() if key in _KEPT and value}
        if cell["cell_type"] == "code":
            place += 1
            _tidy_code(cell, place)
        else:
            cell["metadata"].pop("jupyter", None)


def fold(book: dict, label: str) -> None:
    """Fold the text for the instructor under `label`: JupyterLab shows the text of a cell whatever its metadata say."""
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown" and TRAINER in tags(cell) and not cell["source"].startswith("<details>"):
            cell["source"] = f"<details><summary>{label}</summary>\n\n{cell['source'].strip()}\n\n</details>"


def unfolded(source: str) -> str:
    r"""The text of a cell without the folding of `fold`.

    >>> unfolded("<details><summary>For you</summary>\n\n**Ask.**\n\n</details>"), unfolded("as it is")
    ('**Ask.**', 'as it is')
    """
    return re.sub(r"^<details><summary>.*?</summary>\n\n(.*)\n\n</details>$", r"\1", source, flags=re.DOTALL)


def _tidy_code(cell: dict, place: int) -> None:
    cell["metadata"].pop("jupyter", None)
    folded = {"source_hidden": not SHOWN & set(tags(cell)), "outputs_hidden": ANSWER in tags(cell)}
    if any(folded.values()):
        cell["metadata"]["jupyter"] = {name: True for name, hidden in folded.items() if hidden}
    if folded["outputs_hidden"]:
        cell["metadata"]["collapsed"] = True  # the same once more: JupyterLab writes both
    count = place if cell["outputs"] else None  # as one clean run numbers them: nbval refuses outputs without a number
    cell["execution_count"] = count
    cell["outputs"] = _joined(cell["outputs"])
    for output in cell["outputs"]:
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
        if "execution_count" in output:
            output["execution_count"] = count


def _joined(outputs: list[dict]) -> list[dict]:
    """Outputs with what was printed in one piece: where a stream was cut depends on the moment."""
    joined: list[dict] = []
    for output in outputs:
        if output["output_type"] == "stream":
            said = "".join(output["text"])
            if joined and joined[-1].get("name") == output["name"]:
                said = "".join(joined.pop()["text"]) + said
            output = {**output, "text": said.splitlines(keepends=True)}
        joined.append(output)
    return joined


def ids(book: dict) -> list[str]:
    """The cells' ids in their order, each once."""
    return list(dict.fromkeys(cell["id"] for cell in book["cells"]))


def tags(cell: dict) -> list[str]:
    """A cell's tags, sorted."""
    return sorted(cell["metadata"].get("tags", []))


def mark(*parts: object) -> str:
    """A short hash by which an edit is noticed."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]
