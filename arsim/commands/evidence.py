"""``arsim evidence``."""

import json

from arsim.commands.making import command
from arsim.model.evidence import GRADES
from arsim.report import words


def add(commands) -> None:
    """``arsim evidence``."""
    say = words.say
    evidence = command(
        commands, "evidence", _evidence, say("every number the model rests on: meaning, value, range, evidence, source, where used")
    )
    evidence.add_argument(
        "prefix", nargs="?", default="", metavar=say("PREFIX"), help=say("only paths that begin so, such as channel.call or demo")
    )
    evidence.add_argument("--grade", choices=GRADES, help=say("only this grade of evidence"))
    evidence.add_argument("--json", action="store_true", help=say("print the list as JSON"))


def _evidence(arguments) -> int:
    from arsim.report import evidence

    found = evidence.chosen(arguments.prefix, arguments.grade)
    print(json.dumps(evidence.rows(found), ensure_ascii=False, indent=1) if arguments.json else evidence.text(found))
    return 0
