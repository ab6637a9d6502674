"""From a finished call to what a portfolio model can use: a promise with its chance, what it cost in goodwill, what it proves.

The figures that turn the state of a made-up debtor into money are assumptions, each with a range in ``data/roleplay/shared/link.toml``.
Whoever uses them shows the result at both ends of the ranges: no study known to us says what a good call is worth.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from arsim.domain.law import provable
from arsim.domain.places import place
from arsim.model.evidence import Constant
from arsim.workbook.roleplay.call import Call
from arsim.workbook.roleplay.debtor import met
from arsim.workbook.roleplay.reaction import MESSAGE, STATEMENT
from arsim.workbook.roleplay.score import kept

ENDS = VALUE, LOW, HIGH = ("value", "low", "high")
_CHANNEL = {MESSAGE: "email", STATEMENT: "statement"}  # evidence → channel in `arsim.domain.law.provable`


@dataclass(frozen=True)
class CallOutcome:
    """What one call leaves behind.

    Parameters
    ----------
    kind : {"none", "word", "full", "part", "plan", "route"}
        No promise, a friendly word, the whole, the undisputed part, instalments, or handed on to the legal route.
    promised : int
        Fen.
    due : date, optional
        When it, or the first instalment, is promised.
    kept : float
        Chance that the promise is kept.
    goodwill : float
        Points won (above 0) or lost, of 100.
    restarts : bool
        Whether the call leaves a demand that can be proved: limitation starts afresh.
    evidence : tuple of str
        Of message, statement, plan, security.
    disputed : int
        Fen that stay open as a dispute.
    unlawful : bool
        Whether something was said that must not be said.
    """

    kind: str
    promised: int
    due: date | None
    kept: float
    goodwill: float
    restarts: bool
    evidence: tuple[str, ...]
    disputed: int
    unlawful: bool


@cache
def assumed() -> dict[str, Constant]:
    """The figures behind the link, each with range, unit, evidence grade and source.

    >>> {constant.grade for constant in assumed().values()}
    {'assumption'}
    """
    book = tomllib.loads((place("data") / "roleplay" / "shared" / "link.toml").read_text("utf-8"))
    return {name: Constant(path=f"roleplay.{name}", **entry) for name, entry in book.items()}


def outcome(call: Call, on: date, end: str = VALUE) -> CallOutcome:
    """What the call, held on the day `on`, leaves behind.

    Parameters
    ----------
    call : Call
        Finished or not; an unfinished one is judged as it stands.
    on : date
    end : {"value", "low", "high"}
        Which end of the ranges of `assumed`: low is the worse for us throughout (promises kept least, goodwill lost most).
    """
    who, mind = call.who, call.mind
    better = {VALUE: VALUE, LOW: LOW, HIGH: HIGH}[end]
    worse = {VALUE: VALUE, LOW: HIGH, HIGH: LOW}[end]
    figure = lambda name, which: getattr(assumed()[name], which)  # noqa: E731
    moved = mind.trust - met(who, call.seed).trust
    unlawful = any(name != "hold_supply" for name in mind.breaches)
    goodwill = moved * figure("goodwill_trust", worse if moved < 0 else better) - unlawful * figure("goodwill_unlawful", worse)
    promise = None if mind.over == "handed_on" else mind.promise
    return CallOutcome(
        kind="route" if mind.over == "handed_on" else promise.kind if promise else "none",
        promised=round(who.fen * promise.share) if promise else 0,
        due=on + timedelta(promise.days) if promise and promise.kind != "word" else None,
        kept=min(figure("kept_most", better), kept(who, mind) * figure("kept_scale", better)) if promise else 0.0,
        goodwill=goodwill,
        restarts=any(provable()[_CHANNEL[one]].counts for one in mind.evidence if one in _CHANNEL),
        evidence=mind.evidence,
        disputed=round(who.fen * who.hidden.dispute) if who.cause.name in mind.found else 0,
        unlawful=unlawful,
    )
