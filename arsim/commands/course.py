"""``arsim course timetable | slides | handouts | guide | items | evaluation | progress | sync``."""

import json
from pathlib import Path

from arsim.commands import course_progress
from arsim.commands.making import command, group
from arsim.report import words


def add(commands) -> None:
    """``arsim course``: what the instructor needs."""
    say = words.say
    course = group(
        commands, "course", say("the three-day course: timetable, slides, handouts, guide, item statistics, both languages in step")
    )
    timetable = command(course, "timetable", _timetable, say("three days of 360 minutes, made from the notebooks"))
    timetable.add_argument("--json", action="store_true", help=say("print it as JSON"))
    for kind, text in (
        ("slides", say("slides of the lessons, made from the notebooks")),
        ("handouts", say("printable handouts: questions, rules, forms, role cards")),
        ("guide", say("the instructor's guide: timetable, material, how to run each lesson, keys")),
    ):
        made = command(course, kind, _paper(kind), text)
        made.add_argument("--lesson", action="append", default=[], metavar=say("NAME"), help=say("only this one; may be given again"))
        made.add_argument("--out", type=Path, default=Path("course"), metavar=say("FOLDER"), help=say("where to write (default: course)"))
        made.add_argument("--pdf", action="store_true", help=say("also as PDF; needs Chromium, Chrome or Edge"))
    items = command(course, "items", _items, say("how well the items of the test work, from the answer sheets in a folder"))
    items.add_argument("folder", metavar=say("FOLDER"), type=Path, help=say("holds the files that trainees handed in"))
    evaluation = command(course, "evaluation", _evaluation, say("what the course has done: a sheet to fill in, and what came out"))
    evaluation.add_argument("file", nargs="?", type=Path, metavar=say("FILE"), help=say("the filled-in sheet"))
    evaluation.add_argument("--answers", type=Path, metavar=say("FOLDER"), help=say("holds the files that trainees handed in"))
    evaluation.add_argument("--sheet", type=Path, metavar=say("FILE"), help=say("write an empty sheet here, .xlsx"))
    course_progress.add(course)
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


def _paper(kind: str):
    def run(arguments) -> None:
        from arsim.workbook.course import paper

        for path in paper.write(kind, arguments.out, tuple(arguments.lesson), arguments.pdf):
            print(words.say("Written: {path}", path=path))

    return run


def _evaluation(arguments) -> None:
    from arsim.workbook.course import evaluation, evaluation_sheet
    from arsim.workbook.course.answer_sheet import read_sheets

    if arguments.sheet:
        print(words.say("Written: {path}", path=evaluation_sheet.write(arguments.sheet)))
    if arguments.file or arguments.answers or not arguments.sheet:
        found = evaluation_sheet.read(arguments.file) if arguments.file else evaluation_sheet.Evaluation()
        print(evaluation.text(found, read_sheets(arguments.answers) if arguments.answers else []))


def _items(arguments) -> None:
    from arsim.workbook.course import sittings

    print(sittings.text(arguments.folder))


def _sync(arguments) -> int:
    from arsim.domain.places import place
    from arsim.workbook import twins

    folders = [place("notebooks"), place("exercises")]
    problems = twins.sync(folders, arguments.reviewed) if arguments.fix else twins.check(*folders)
    for problem in problems:
        print(words.explain(problem))
    if not problems:
        print(words.say("The notebooks of both languages are in step."))
    return 1 if problems else 0
