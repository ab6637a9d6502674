"""``arsim lab``."""

from arsim.commands.making import command
from arsim.report import words


def add(commands) -> None:
    """``arsim lab``."""
    say = words.say
    lab = command(commands, "lab", _lab, say("open the workbook in JupyterLab"))
    lab.add_argument("--no-browser", action="store_true", help=say("do not open a browser; print the address"))
    lab.add_argument("--port", type=int, metavar=say("NUMBER"), help=say("port on this machine"))


def _lab(arguments) -> int:
    from arsim.workbook.launch import open_lab

    return open_lab(words.language(), arguments.port, not arguments.no_browser)
