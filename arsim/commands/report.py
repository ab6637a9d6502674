"""``arsim report``."""

from pathlib import Path

from arsim.commands.making import command
from arsim.report import words


def add(commands) -> None:
    """``arsim report``."""
    say = words.say
    made = command(commands, "report", _report, say("a comparison as one page to pass on (HTML, PDF) and as a workbook (XLSX)"))
    made.add_argument("study", metavar=say("STUDY"), help=say("folder that arsim compare … --out FOLDER has written"))
    made.add_argument(
        "--robust", metavar=say("FOLDER"),
        help=say("folder that arsim robust … --out FOLDER has written (default: the study's own, or robust in it)"),
    )  # fmt: skip
    made.add_argument("--out", metavar=say("FOLDER"), help=say("write there (default: into the study's folder)"))
    made.add_argument("--pdf", action="store_true", help=say("also as PDF; needs Chromium, Chrome or Edge"))


def _report(arguments) -> int:
    from arsim.report import export
    from arsim.report.page.files import write
    from arsim.report.page.parts import gather
    from arsim.study.kept_study import read_study

    parts = gather(read_study(arguments.study), Path(arguments.robust) if arguments.robust else None)
    for path in write(parts, export.folder(arguments.out or arguments.study), arguments.pdf):
        print(path)
    return 0
