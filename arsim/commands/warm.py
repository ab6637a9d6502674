"""``arsim warm``."""

import os
import sys
import time

from arsim.commands.making import command
from arsim.report import words

LOOK = 0.5  # seconds between two looks at another process


def add(commands) -> None:
    """``arsim warm``."""
    command(commands, "warm", _warm, words.say("prepare the fast engine now, about a minute, once on a computer"))


def _warm(arguments) -> int:
    from arsim.engine import claim
    from arsim.model import store

    say, mine = words.say, os.environ.pop("ARSIM_CLAIM", None)  # it stands there where `arsim.engine.engines.warm` began this process
    if not mine and claim.alive():
        print(say("Another process is preparing it already; waiting for that one."), file=sys.stderr)
        while claim.alive() and not store.kept():
            time.sleep(LOOK)
    mine = mine or claim.take(byhand=True) or ""
    with claim.held(mine):  # from here on, as what follows takes a while to import
        from arsim.study.quick import prepare

        done = prepare()
    if done:
        claim.forget()
        print(say("The fast engine is ready."))
        return 0
    print(say("The fast engine cannot be kept: its folder cannot be written. Set ARSIM_CACHE to a folder that can."), file=sys.stderr)
    return 1
