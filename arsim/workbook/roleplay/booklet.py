"""The formats on paper: a booklet for the group, the instructor's notes, and each skill's two calls."""

from functools import partial
from pathlib import Path

from arsim.domain.places import place
from arsim.report import words
from arsim.workbook import notebook
from arsim.workbook.course import excerpt, printed
from arsim.workbook.roleplay import skill_telling
from arsim.workbook.roleplay.skill import skills

NOTEBOOK = "roleplay_formats"
KINDS = ("group", "instructor", "skills")


def html(kind: str) -> str:
    """One of `KINDS` as a page that needs nothing beside it."""
    values = {
        "subtitle": printed.subtitle(keys=kind == "instructor"),
        "labels": {"objectives": words.say("Look for:") if kind == "skills" else words.say("After this you can")},
        "opening": [],
        "timetable": [],
    }
    if kind == "skills":
        return printed.render("paper.html.j2", title=words.say("Skills of a call: two calls each"), lessons=_skills(), **values)
    book = notebook.read(place("notebooks") / words.language() / f"{NOTEBOOK}.ipynb")
    title = book["cells"][0]["source"].splitlines()[0].lstrip("# ").strip()
    objectives = book["metadata"]["arsim"]["objectives"][words.language()]
    cells = excerpt.excerpts(NOTEBOOK, excerpt.TRAINER if kind == "instructor" else excerpt.HANDOUT)
    lesson = {"title": title, "where": "", "objectives": objectives, "cells": cells}
    head = words.say("Instructor's notes") if kind == "instructor" else words.say("Handouts")
    return printed.render("paper.html.j2", title=head, lessons=[lesson], **values)


def write(folder: Path, as_pdf: bool = False) -> list[Path]:
    """Write all of `KINDS` in the language in use; raises `BadInput` if a PDF is wanted and there is no browser."""
    return printed.write(folder, {f"formats-{kind}": partial(html, kind) for kind in KINDS}, as_pdf)


def _skills() -> list[dict]:
    """A page for each skill; the answers on a page of their own at the end."""
    pages = []
    for one in skills().values():
        cells = [skill_telling.opening(one), skill_telling.pair(one)]
        pages.append({"title": one.label.told(), "where": "", "objectives": [one.look.told()], "cells": cells})
    rows = "".join(f"<li><b>{one.label.told()}</b><br>{skill_telling.verdict(one)}</li>" for one in skills().values())
    return [*pages, {"title": words.say("Which was better"), "where": "", "objectives": [], "cells": [f"<ul>{rows}</ul>"]}]
