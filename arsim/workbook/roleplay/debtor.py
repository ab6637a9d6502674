"""The debtor's mind: a state, and how a move changes it. No script: the same move is answered differently in another state.

All numbers here are assumptions, made so that a call teaches what practitioners teach: cause before pressure, a key that fits the cause,
a promise with name, sum, day, way and paper. They are no measurements of real debtors.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

from arsim.model.luck import address, uniform
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.moves import HARD, SOFT, Move
from arsim.workbook.roleplay.promise import Promise

TURNS = 16  # a call this long is ended by the debtor
AGREES = 0.5  # inclination from which a debtor agrees, give or take LEEWAY
LEEWAY = 0.15
COST = 0.04  # patience a move costs
AGAIN = 0.7  # what a repeated move is still worth, each time


class Why(IntEnum):
    """What a random number of a call decides. Numbers are addresses: only append. They begin beyond those of `arsim.model.luck`."""

    TRUST = 1001
    WILL = 1002
    PATIENCE = 1003
    TELLS = 1004
    AGREES = 1005
    WORDS = 1006
    DAY = 1007
    LEAVES = 1008
    ABILITY = 1009


def luck(seed: int, turn: int, why: Why) -> float:
    """The number in (0, 1) that decides `why` in this turn of the call with this seed, whatever was said before."""
    return uniform(address(seed, 0, why), turn, 0)


@dataclass(frozen=True)
class Mind:
    """What goes on in the debtor, and what the collector has got so far. Shares lie between 0 and 1.

    `ability`, `will`, `trust`, `patience`, `pressure` and `obstacle` are moods; `found` the facts told; `used` the moves made so far;
    `over` is empty while the call goes on, else how it ended: closed, hung_up, time, handed_on.
    """

    ability: float
    will: float
    trust: float
    patience: float
    pressure: float = 0.0
    obstacle: float = 1.0
    person: bool = False
    decider: bool = False
    claim: bool = False
    demanded: bool = False
    discount: bool = False
    secured: bool = False
    found: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    promise: Promise | None = None
    evidence: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()
    over: str = ""

    def moved(self, **by: float) -> "Mind":
        """The mind with moods changed by so much, each kept between 0 and 1."""
        return replace(self, **{name: min(1.0, max(0.0, getattr(self, name) + change)) for name, change in by.items()})

    @property
    def inclination(self) -> float:
        """How inclined they are to agree to pay."""
        return 0.25 + 0.4 * self.will + 0.25 * self.trust + 0.5 * self.pressure - 0.7 * self.obstacle


def met(who: Archetype, seed: int) -> Mind:
    """The debtor as the call begins: the archetype, a little better or worse disposed today."""
    today = lambda value, why, spread: min(1.0, max(0.0, value + spread * (2 * luck(seed, 0, why) - 1)))  # noqa: E731
    hidden = who.hidden
    return Mind(
        ability=min(1.0, hidden.ability * (1 + 0.1 * (2 * luck(seed, 0, Why.ABILITY) - 1))),
        will=today(hidden.willingness, Why.WILL, 0.08),
        trust=today(hidden.trust, Why.TRUST, 0.08),
        patience=max(0.2, today(hidden.patience, Why.PATIENCE, 0.08)),
    )


def knows_cause(who: Archetype, mind: Mind) -> bool:
    """Whether the collector has been told the cause."""
    return who.cause.name in mind.found


def toned(mind: Mind, move: Move, tone: str, repeats: int) -> Mind:
    """What the tone and the repetition alone do, whatever the move."""
    wears = COST * {SOFT: 0.85, HARD: 1.6}.get(tone, 1.0) + 0.03 * repeats
    warms = {SOFT: 0.01, HARD: -0.06}.get(tone, 0.0)
    return mind.moved(patience=-wears, trust=warms)


def tells(who: Archetype, mind: Mind, move: Move, tone: str, seed: int, turn: int, repeats: int):
    """The fact this move brings up now: a `Fact`, "hidden" if there is one they keep to themselves, None if there is none."""
    for fact in sorted(who.fact, key=lambda fact: not fact.cause):
        if move.name in fact.by and fact.name not in mind.found and (fact.after is None or fact.after in mind.found):
            heard = mind.used[-1:] in (("listen",), ("silence",), ("small_talk",))
            asked = move.kind in ("ask", "silence", "rapport")
            chance = 0.55 + (mind.trust - fact.trust) + 0.12 * heard + {SOFT: 0.06, HARD: -0.2}.get(tone, 0.0)
            chance -= 0.2 * (not mind.person) + 0.1 * (not asked)
            chance = min(0.97, max(0.03, chance * (0.85**repeats)))
            return fact if luck(seed, turn, Why.TELLS) < chance else "hidden"
    return None


def turned(who: Archetype, mind: Mind, move: Move, tone: str, repeats: int) -> tuple[Mind, str]:
    """What a key or harm of this archetype does to the mind, and the reaction to it; "" if the move is neither here."""
    known, presses = knows_cause(who, mind), move.kind in ("law", "press", "hold", "route")
    fits = {SOFT: 0.75, HARD: 0.9}.get(tone, 1.0) if presses else {HARD: 0.7}.get(tone, 1.0)
    if move.name in who.harm:
        mind = mind.moved(trust=-who.harm[move.name], will=-who.harm[move.name] / 2)
    if move.name not in who.key:
        return mind, ""
    share = who.key[move.name] * fits * AGAIN**repeats * (1.0 if known else 0.3)
    mind = mind.moved(obstacle=-share, trust=(0.0 if presses else 0.05) * known, pressure=move.force * 0.5 * known)
    if not known:
        return (mind.moved(trust=-0.12), "annoyed") if presses else (mind, "guesses")
    return mind, "yields" if presses else "relieved"


def pressed(who: Archetype, mind: Mind, move: Move, tone: str, repeats: int) -> tuple[Mind, str]:
    """What pressure that is no key does: little against power, and before the cause is asked for it shuts the door."""
    known = knows_cause(who, mind)
    force = move.force * (1 - who.hidden.power) * {SOFT: 0.7, HARD: 1.2}.get(tone, 1.0) * AGAIN**repeats
    costs = move.force * (0.25 if known else 0.6) * {SOFT: 0.7, HARD: 1.4}.get(tone, 1.0)
    mind = mind.moved(pressure=force * (0.5 if known else 0.2), trust=-costs, patience=-costs / 3)
    return mind, "refuses" if known and tone != HARD else "annoyed"


def agrees(mind: Mind, seed: int, turn: int, extra: float = 0.0) -> bool:
    """Whether they agree now."""
    return mind.inclination + extra + LEEWAY * (2 * luck(seed, turn, Why.AGREES) - 1) >= AGREES


def applies(who: Archetype) -> bool:
    """Whether the rules on paying small firms bind this buyer."""
    return who.buyer != "sme"
