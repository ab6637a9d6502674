"""What a call was worth, out of 100: facts, commitment, relationship, conduct, evidence. A pure function of the call."""

from dataclasses import dataclass

from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.call import Call
from arsim.workbook.roleplay.debtor import Mind, met
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.promise import AMOUNT, CHANNEL, DATE, DOCUMENT, PARTS, SECURED, WHO, chance, fit, paid
from arsim.workbook.roleplay.reaction import MESSAGE, PLAN, SECURITY, STATEMENT

FACTS, FIRM, MONEY, RELATION, CONDUCT, EVIDENCE = 20, 15, 20, 15, 15, 15  # points
CAP = 20  # what a call with an unlawful move is worth at most
UNPROVEN = 0.5  # share of the route's worth that is left without a provable demand
DISCOUNT = 0.97


@dataclass(frozen=True)
class Score:
    """Points by part, and what the call has brought.

    Parameters
    ----------
    facts, firm, money, relation, conduct, evidence : float
        Points; `firm` counts the parts of the commitment, `money` what it is worth beside the best this debtor could give.
    unlawful : bool
        Whether an unlawful move caps the total.
    kept : float
        Chance that what was promised is paid; 0 without a promise.
    worth : float
        Share of the sum to be expected from promise, security or the legal route.
    parts : tuple of str
        Which of who, amount, date, channel, document are settled.
    """

    facts: float
    firm: float
    money: float
    relation: float
    conduct: float
    evidence: float
    unlawful: bool
    kept: float
    worth: float
    parts: tuple[str, ...]

    @property
    def total(self) -> float:
        """Points of 100; a call with an unlawful move is worth `CAP` at most, whatever else it brought."""
        points = self.facts + self.firm + self.money + self.relation + self.conduct + self.evidence
        return min(CAP, points) if self.unlawful else points


def score(call: Call) -> Score:
    """What the call was worth so far."""
    who, mind = call.who, call.mind
    unlawful = any(not moves()[name].lawful for name in mind.breaches)
    sure, parts, value = kept(who, mind), settled(mind), worth(who, mind)
    lost = mind.trust - met(who, call.seed).trust
    reached = min(1.0, value / best(who))  # a demand handed on counts as far as the law is the right door here
    relation = 0.6 + lost - 0.3 * (mind.over == "hung_up")
    return Score(
        facts=FACTS * len(mind.found) / len(who.fact),
        firm=FIRM * len(parts) / len(PARTS) * (reached if mind.over == "handed_on" else 1.0),
        money=MONEY * reached,
        relation=0.0 if unlawful else RELATION * min(1.0, max(0.0, relation)),
        conduct=0.0 if unlawful else CONDUCT / 3 if mind.breaches else CONDUCT,
        evidence=EVIDENCE * proof(mind),
        unlawful=unlawful,
        kept=sure,
        worth=value,
        parts=parts,
    )


def kept(who: Archetype, mind: Mind) -> float:
    """Chance that what was promised is paid."""
    if mind.promise is None:
        return 0.0
    return chance(mind.promise, mind.ability, mind.will, mind.trust, mind.pressure, mind.obstacle, who.hidden.glib)


def worth(who: Archetype, mind: Mind) -> float:
    """Share of the sum to be expected: from the promise and security, or from the legal route if the case was handed on."""
    promise = mind.promise
    value = 0.0
    if promise is not None:
        value = kept(who, mind) * promise.share * paid(promise.kind, mind.ability) * (DISCOUNT if mind.discount else 1.0)
    value += SECURED * (1 - value) * mind.secured
    if mind.over == "handed_on":
        proven = 1.0 if proof(mind) >= 0.6 else UNPROVEN
        known = 1.0 if who.cause.name in mind.found else 0.8
        value = max(value, who.hidden.route * proven * known + SECURED * (1 - who.hidden.route) * mind.secured)
    return value


def best(who: Archetype) -> float:
    """The most a call with this debtor can be worth."""
    hidden = who.hidden
    due = 1 - hidden.dispute
    able = hidden.ability
    most = max(fit(kind, due, able) * due * paid(kind, able) for kind in ("full", "plan")) * 0.95
    least = max(most, hidden.route)
    return max(0.01, least + SECURED * (1 - least) * ("ask_security" in who.key))


def settled(mind: Mind) -> tuple[str, ...]:
    """Which parts of a commitment are settled: by the promise or, where the case was handed on, by the demand that is behind it."""
    if mind.over == "handed_on":
        has = {WHO: mind.person, AMOUNT: mind.claim, DATE: mind.demanded, CHANNEL: MESSAGE in mind.evidence, DOCUMENT: bool(mind.evidence)}
        return tuple(part for part in PARTS if has[part])
    if mind.promise is None:
        return ()
    return tuple(part for part in PARTS if part in mind.promise.parts or (part == WHO and mind.decider and mind.promise.kind != "word"))


def proof(mind: Mind) -> float:
    """How good the evidence is that the call leaves, 0 to 1: a mail to the right person, a signed statement, a plan, security."""
    mail = 0.6 if mind.person else 0.3
    return min(1.0, mail * (MESSAGE in mind.evidence) + 0.7 * (STATEMENT in mind.evidence) + 0.3 * (PLAN in mind.evidence)
               + 0.3 * (SECURITY in mind.evidence))  # fmt: skip
