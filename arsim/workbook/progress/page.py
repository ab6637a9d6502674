"""A class as one page that needs nothing else, and as two files for a spreadsheet."""

import csv
import io
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.domain.whole import write_whole
from arsim.report import words
from arsim.workbook.course.printed import render
from arsim.workbook.progress import overview
from arsim.workbook.progress.klass import Class
from arsim.workbook.progress.told import Rows


def write(found: Class, folder: Path) -> list[Path]:
    """Write progress.html, progress.csv (by code) and progress_questions.csv into `folder`, in the language in use.

    Raises
    ------
    BadInput
        Nothing can be written there.
    """
    files = {"progress.html": html(found).encode(), "progress.csv": _csv(overview.people(found)),
             "progress_questions.csv": _csv(overview.questions(found))}  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write_whole(folder / name, data)
    except OSError:
        raise BadInput(
            Problem("Nothing can be written there.", "If it is open in Excel, close it there; or choose another folder.", file=str(folder))
        ) from None
    return [folder / name for name in files]


def html(found: Class) -> str:
    """The page in the language in use."""
    say = words.say
    parts = [{"title": title, "rows": rows, "note": note} for title, rows, note in (
        (say("What to talk about tomorrow"), overview.talk(found),
         say("How many trainees met each usual mistake at least once, of those who tried the question.")),
        (say("By code"), overview.people(found), say("Trend: mean points of the last three calls less those of the first three.")),
        (say("By lesson"), overview.lessons(found), ""),
        (say("By question"), overview.questions(found), say("The questions most trainees had wrong at first come first.")),
    ) if len(rows) > 1]  # fmt: skip
    counted = say("{count} summaries count.", count=len(found.summaries))
    return render("progress.html.j2", title=say("Progress of the class"), counted=counted, parts=parts, refused=overview.refused(found))


def _csv(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[cell.replace("−", "-") if cell != "–" else "" for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")
