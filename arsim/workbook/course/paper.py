"""Slides, handouts and the instructor's guide: made from the notebooks and their scripts, so that nothing is written twice."""

import tomllib
from pathlib import Path

from arsim.domain.places import place
from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.course import excerpt, printed, timetable
from arsim.workbook.course.item import Item
from arsim.workbook.course.printed import render
from arsim.workbook.course.script import read_script
from arsim.workbook.course.timetable import Session

KINDS = ("slides", "handouts", "guide")


def write(kind: str, folder: Path, lessons: tuple[str, ...] = (), as_pdf: bool = False) -> list[Path]:
    """Write one of `KINDS` in the language in use.

    Parameters
    ----------
    kind : {"slides", "handouts", "guide"}
    folder : Path
        Made if need be.
    lessons : tuple of str
        Only these; all if empty.
    as_pdf : bool
        Also as PDF, which needs a browser.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    BadInput
        There is no such lesson, nothing can be written there, or a PDF is wanted and there is no browser.
    """
    for name in lessons:
        read_script(name)  # refuses a name that is not there
    chosen = [one for one in timetable.sessions() if not lessons or one.name in lessons]
    return printed.write(folder, {kind: lambda: html(kind, chosen)}, as_pdf)


def html(kind: str, sessions: list[Session]) -> str:
    """One of `KINDS` as a page that needs nothing beside it."""
    return _slides(sessions) if kind == "slides" else _handouts(sessions) if kind == "handouts" else _guide(sessions)


def _slides(sessions: list[Session]) -> str:
    decks = [_head(one) | {"slides": excerpt.excerpts(one.name, excerpt.SLIDE)} for one in sessions]
    return render("slides.html.j2", title=words.say("Slides"), decks=decks)


def _handouts(sessions: list[Session]) -> str:
    lessons = [_head(one) | {"asks": _asks(one), "blank": True, "cells": excerpt.excerpts(one.name, excerpt.HANDOUT)} for one in sessions]
    values = {"subtitle": printed.subtitle(keys=False), "labels": _labels(), "opening": [], "lessons": lessons}
    return render("paper.html.j2", title=words.say("Handouts"), **values)


def _guide(sessions: list[Session]) -> str:
    lessons = [
        _head(one)
        | {
            "segments": [{"minutes": part.minutes, "title": part.title.told(), "kind": words.say(part.kind)} for part in one.segments],
            "asks": _asks(one),
            "cells": excerpt.excerpts(one.name, excerpt.TRAINER),
            "marking": [_key(item) for item in read_script(one.name).item],
        }
        for one in sessions
    ]
    values = {"subtitle": printed.subtitle(keys=True), "labels": _labels(), "opening": _opening(), "timetable": _days(), "lessons": lessons}
    return render("paper.html.j2", title=words.say("Instructor's guide"), **values)


def _head(one: Session) -> dict:
    where = words.say("Day {day}, session {session}", day=one.day, session=one.session) if one.day else words.say("Case")
    minutes = words.say("{minutes} min", minutes=one.minutes)
    return {"title": one.title, "where": f"{where} · {minutes}", "minutes": minutes, "objectives": one.objectives}


def _asks(one: Session) -> list[dict]:
    asked = read_script(one.name).prediction
    return [{"text": each.ask.told(), "choices": [choice.text.told() for choice in each.choices]} for each in asked]


def _key(item: Item) -> dict:
    given = item.key.given if item.key else {}
    if item.option:
        wrong = [{"answer": one.text.told(), "says": one.says.told()} for at, one in enumerate(item.option) if at != item.answer]
    else:
        wrong = [{"answer": number(float(one.key.value()), 2), "says": one.says.told()} for one in item.wrong]
    about = words.say("form {form}", form=item.form) if item.form else ""
    return {
        "asked": item.asked(),
        "right": item.right_text(),
        "wrong": wrong,
        "because": item.because.told(given),
        "about": f"[{item.name}] {about}",
    }


def _days() -> list[dict]:
    head = [words.say("Time"), words.say("min"), words.say("Session")]
    made = []
    for day, held in timetable.days().items():
        rows = [[when, minutes, title] for when, minutes, title in timetable.rows(held)]
        made.append({"title": words.say("Day {day}", day=day), "head": head, "rows": rows})
    return made


def _opening() -> list[dict]:
    parts = tomllib.loads((place("data") / "course" / "guide.toml").read_text("utf-8"))["part"]
    return [{"title": words.pick(part["title"]), "html": excerpt.prose(words.pick(part))} for part in parts]


def _labels() -> dict[str, str]:
    say = words.say
    return {
        "objectives": say("After this you can"), "minutes": say("min"), "what": say("What"), "kind": say("Kind"),
        "predictions": say("Write down what you expect"), "marking": say("Keys and common wrong answers"),
    }  # fmt: skip
