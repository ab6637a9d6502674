"""``arsim course timetable | items``."""

import json
from pathlib import Path

from arsim.commands.making import command, group
from arsim.report import words


def add(commands) -> None:
    """``arsim course``: what the instructor needs."""
    say = words.say
    course = group(commands, "course", say("the three-day course: timetable, item statistics"))
    timetable = command(course, "timetable", _timetable, say("three days of 360 minutes, made from the notebooks"))
    timetable.add_argument("--json", action="store_true", help=say("print it as JSON"))
    items = command(course, "items", _items, say("how well the items of the test work, from the answer sheets in a folder"))
    items.add_argument("folder", metavar=say("FOLDER"), type=Path, help=say("holds the files that trainees handed in"))


def _timetable(arguments) -> None:
    from arsim.workbook.course import timetable

    print(json.dumps(timetable.as_dict(), ensure_ascii=False, indent=1) if arguments.json else timetable.text())


def _items(arguments) -> None:
    from arsim.workbook.course import sittings

    print(sittings.text(arguments.folder))
