"""``arsim twins``."""

from arsim.commands.making import command
from arsim.report import words


def add(commands) -> None:
    """``arsim twins``."""
    say = words.say
    twins = command(commands, "twins", _twins, say("check that the notebooks of both languages are in step"))
    twins.add_argument("--fix", action="store_true", help=say("mend what can be mended"))
    twins.add_argument(
        "--reviewed", action="append", default=[], metavar=say("NAME:CELL"), help=say("this text was read against its twin; or all")
    )


def _twins(arguments) -> int:
    from arsim.domain.places import place
    from arsim.workbook import twins

    problems = twins.sync(place("notebooks"), arguments.reviewed) if arguments.fix else twins.check(place("notebooks"))
    for problem in problems:
        print(words.explain(problem))
    if not problems:
        print(words.say("The notebooks of both languages are in step."))
    return 1 if problems else 0
