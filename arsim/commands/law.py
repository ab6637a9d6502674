"""``arsim law``."""

from arsim.commands.making import command
from arsim.report import words


def add(commands) -> None:
    """``arsim law``."""
    say = words.say
    law = command(commands, "law", _law, say("the rules of law a collector meets, each with article and version"))
    law.add_argument("key", nargs="?", metavar=say("KEY"), help=say("show this rule in full, such as limitation"))


def _law(arguments) -> int:
    from arsim.report import law

    print(law.entry(arguments.key) if arguments.key else law.listing())
    return 0
