"""``arsim course timetable | items | sync``."""

import json
from pathlib import Path

from arsim.commands.making import command, group
from arsim.report import words


def add(commands) -> None:
    """``arsim course``: what the instructor needs."""
    say = words.say
    course = group(commands, "course", say("the three-day course: timetable, item statistics, both languages in step"))
    timetable = command(course, "timetable", _timetable, say("three days of 360 minutes, made from the notebooks"))
    timetable.add_argument("--json", action="store_true", help=say("print it as JSON"))
    items = command(course, "items", _items, say("how well the items of the test work, from the answer sheets in a folder"))
    items.add_argument("folder", metavar=say("FOLDER"), type=Path, help=say("holds the files that trainees handed in"))
    sync = command(course, "sync", _sync, say("check that the notebooks of both languages are in step"))
    either = sync.add_mutually_exclusive_group()
    either.add_argument("--check", action="store_true", help=say("say what is out of step and change nothing (as without options)"))
    either.add_argument("--fix", action="store_true", help=say("mend what can be mended"))
    sync.add_argument(
        "--reviewed", action="append", default=[], metavar=say("NAME:CELL"), help=say("this text was read against its twin; or all")
    )


def _timetable(arguments) -> None:
    from arsim.workbook.course import timetable

    print(json.dumps(timetable.as_dict(), ensure_ascii=False, indent=1) if arguments.json else timetable.text())


def _items(arguments) -> None:
    from arsim.workbook.course import sittings

    print(sittings.text(arguments.folder))


def _sync(arguments) -> int:
    from arsim.domain.places import place
    from arsim.workbook import twins

    problems = twins.sync(place("notebooks"), arguments.reviewed) if arguments.fix else twins.check(place("notebooks"))
    for problem in problems:
        print(words.explain(problem))
    if not problems:
        print(words.say("The notebooks of both languages are in step."))
    return 1 if problems else 0
