"""``arsim warm``."""

import sys

from arsim.commands.making import command
from arsim.report import words


def add(commands) -> None:
    """``arsim warm``."""
    command(commands, "warm", _warm, words.say("prepare the fast engine now, about a minute, once on a computer"))


def _warm(arguments) -> int:
    from arsim.study.quick import prepare

    if prepare():
        print(words.say("The fast engine is ready."))
        return 0
    say = words.say
    print(say("The fast engine cannot be kept: its folder cannot be written. Set ARSIM_CACHE to a folder that can."), file=sys.stderr)
    return 1
