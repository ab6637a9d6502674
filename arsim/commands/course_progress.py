"""``arsim course progress``: one's own, or a class's."""

import sys
from pathlib import Path

from arsim.commands.making import command
from arsim.report import words


def add(course) -> None:
    """``arsim course progress [FOLDER]``."""
    say = words.say
    made = command(course, "progress", _progress, say("how far you have come; with a folder of summaries, how far a class has come"))
    made.add_argument("folder", nargs="?", type=Path, metavar=say("FOLDER"), help=say("holds the files progress_….json of the trainees"))
    out = say("write progress.html and two CSV files there (default: that folder)")
    made.add_argument("--out", type=Path, metavar=say("FOLDER"), help=out)


def _progress(arguments) -> int:
    if arguments.folder is None:
        if arguments.out:
            from arsim.domain.problem import BadInput, Problem

            raise BadInput(Problem("--out needs a folder of summaries to read.", "Name the folder, or leave --out away."))
        return _own()
    return _class(arguments.folder, arguments.out or arguments.folder)


def _own() -> int:
    from arsim.report.columns import aligned
    from arsim.workbook.progress import onward, told
    from arsim.workbook.progress.diaries import read_diaries
    from arsim.workbook.progress.own import progress

    diaries = read_diaries()
    done = progress(diaries)
    for rows in (told.overview(done), told.lessons(done), told.exercises(done)):
        if len(rows) > 1:
            print(*aligned(rows), "", sep="\n")
    if steps := onward.steps(done):
        head = [words.say("Where to go on"), words.say("How it stands")]
        print(*aligned([head, *([one.title, one.state] for one in steps[: onward.SHOWN])]), sep="\n")
    for problem in diaries.spoilt:
        print(words.explain(problem), file=sys.stderr)
    return 0


def _class(folder: Path, out: Path) -> int:
    from arsim.report.columns import aligned
    from arsim.workbook.progress import overview, page
    from arsim.workbook.progress.klass import gather

    found = gather(folder)
    people, talk, lessons = overview.brief(found), overview.talk(found), overview.lessons(found)
    for rows in (people, talk, lessons, overview.refused(found)):
        if len(rows) > 1 and (rows is not lessons or found.summaries):
            print(*aligned(rows), "", sep="\n")
    for path in page.write(found, out):
        print(words.say("Written: {path}", path=path), file=sys.stderr)
    return 0 if found.summaries else 1
