"""How the fast engine comes along, in words."""

from pathlib import Path

from arsim.report import words


def told(going_on: bool, log: Path | None) -> str:
    """What to tell while the slower engine answers; "" if there is nothing to tell.

    Parameters
    ----------
    going_on : bool
        The fast engine is being prepared.
    log : Path or None
        Where it stands why that failed again and again, if it did.
    """
    say = words.say
    if going_on:
        return say("The fast engine is being prepared, once on this computer; until then the slower one answers, with the same result.")
    if log:
        return say("The fast engine could not be prepared: several attempts broke off. The slower one answers, with the same result. "
                   "Run `arsim warm` to try again; what happened stands in {path}.", path=log)  # fmt: skip
    return ""
