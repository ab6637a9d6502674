"""How the debtor reacts to each kind of move: what changes in them, and what they say."""

from dataclasses import replace

from arsim.workbook.roleplay.archetype import Archetype, Fact
from arsim.workbook.roleplay.debtor import AGAIN, Mind, Why, agrees, applies, knows_cause, luck, pressed, tells, toned, turned
from arsim.workbook.roleplay.moves import HARD, SOFT, Move, moves
from arsim.workbook.roleplay.promise import AMOUNT, CHANNEL, DATE, DOCUMENT, WHO, Promise

MESSAGE, STATEMENT, PLAN, SECURITY = "message", "statement", "plan", "security"  # evidence a call can leave
REMEDIES = ("solve", "split", "plan", "discount", "security", "law", "press")
CLEARED = 0.5  # what is left of the obstacle when nobody can say any more that it is in the way
MISSED = 0.04  # trust and patience the first remedy beside the point costs; the second costs twice that, and so on
Reacted = tuple[Mind, str, Fact | None]


def react(who: Archetype, mind: Mind, move: Move, tone: str, seed: int, turn: int) -> Reacted:
    """The mind after the move, the reaction, and the fact told with it, if any."""
    repeats = mind.used.count(move.name)
    mind, reaction, fact = _HOW[move.kind](who, toned(mind, move, tone, repeats), move, tone, seed, turn, repeats)
    if reaction == "annoyed" and any(moves()[name].kind == "ask" for name in mind.used):
        reaction = "pushed"  # "you haven't even asked" would be untrue
    if _beside(who, move) and reaction not in ("agrees_plan", "agrees_part", "secures"):
        missed = 1 + sum(_beside(who, moves()[name]) for name in mind.used)
        mind = mind.moved(trust=-MISSED * missed, patience=-MISSED * missed)
    return mind, reaction, fact


def _beside(who: Archetype, move: Move) -> bool:
    """Whether a remedy or a pressure has nothing to do with this debtor's case: who tries everything is soon heard no more."""
    return move.kind in REMEDIES and move.name not in who.key


def _tell(mind: Mind, fact) -> Mind:
    """The mind once `fact` is told; unchanged if there is none."""
    return replace(mind.moved(trust=0.02), found=(*mind.found, fact.name)) if isinstance(fact, Fact) else mind


def _asked(who, mind, move, tone, seed, turn, repeats, otherwise: str, hidden: str = "") -> Reacted:
    """A move that may bring up a fact; else `otherwise` is said, or `hidden` if there is one they keep to themselves."""
    mind, reaction = turned(who, mind, move, tone, repeats)
    if reaction == "relieved" and move.kind == "ask":
        reaction = "goes_along"  # what relieves is something given; a question only shows the way
    if reaction == "guesses" and move.kind in ("ask", "rapport"):
        reaction = ""  # whoever asks or listens doesn't guess
    fact = tells(who, mind, move, tone, seed, turn, repeats)
    if isinstance(fact, Fact):
        return _tell(mind, fact), reaction or "tells", fact
    return mind, reaction or (hidden if fact and hidden else otherwise), None


def _open(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind = replace(mind.moved(trust=0.0 if repeats else 0.03), person=True)
    return _asked(who, mind, move, tone, seed, turn, repeats, "person")


def _claim(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    return _asked(who, replace(mind, claim=True), move, tone, seed, turn, repeats, "amount")


def _ask(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    if tone == HARD and not mind.person:
        return mind.moved(trust=-0.05), "annoyed", None
    if move.name == "ask_decider" and tone != HARD and mind.trust > 0.3 - 0.15 * knows_cause(who, mind):
        mind = replace(mind, decider=True)
    return _asked(who, mind, move, tone, seed, turn, repeats, "nothing_more", "excuse")


def _rapport(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    warms = (0.08 if move.name == "listen" and mind.used else 0.04) * (0.5**repeats) * (0.0 if tone == HARD else 1.0)
    mind = mind.moved(trust=warms, patience=warms)
    heard = "heard" if mind.found else "excuse"  # "yes, exactly" needs something that was said before
    return _asked(who, mind, move, tone, seed, turn, repeats, heard if move.name == "listen" else "chat")


def _silence(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    """Works after a question or a demand, where it is the other's turn to speak; elsewhere it is only odd."""
    if mind.used[-1:] not in (("ask_cause",), ("ask_detail",), ("ask_decider",), ("state_demand",), ("pin_down",)):
        return mind.moved(patience=-0.04), "quiet", None
    if mind.used[-1] in ("state_demand", "pin_down"):
        return _demand(who, mind.moved(pressure=0.05), move, tone, seed, turn, repeats)
    return _asked(who, mind, move, tone, seed, turn, repeats, "quiet")


def _solve(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    return _asked(who, mind, move, tone, seed, turn, repeats, "unmoved")


def _split(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, reaction = turned(who, mind, move, tone, repeats)
    if not who.hidden.dispute:
        return mind, reaction or "unmoved", None
    if mind.promise is None and agrees(mind, seed, turn, 0.1):
        made = Promise("part", 1 - who.hidden.dispute, _days(mind, seed, turn), (AMOUNT, DATE))
        return replace(mind, promise=made), "agrees_part", None
    return _or_tells(who, mind, move, tone, seed, turn, repeats, reaction or "guesses")


def _plan(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, reaction = turned(who, mind, move, tone, repeats)
    if agrees(mind, seed, turn, 0.05):
        made = Promise("plan", 1 - who.hidden.dispute, 7 + int(8 * luck(seed, turn, Why.DAY)), (AMOUNT, DATE))
        return replace(mind, promise=made), "agrees_plan", None
    return _or_tells(who, mind, move, tone, seed, turn, repeats, reaction or "no_plan")


def _or_tells(who, mind, move, tone, seed, turn, repeats, reaction: str) -> Reacted:
    fact = tells(who, mind, move, tone, seed, turn, repeats)
    fact = fact if isinstance(fact, Fact) else None
    return _tell(mind, fact), reaction, fact


def _discount(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, _ = turned(who, mind, move, tone, repeats)
    return replace(mind.moved(will=0.05 if not repeats else 0.0), discount=True), "discount", None


def _security(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, _ = turned(who, mind, move, tone, repeats)
    key = who.key.get(move.name, 0.0) * (1.0 if knows_cause(who, mind) else 0.4)
    chance = 0.05 + 0.3 * mind.trust * mind.will + 0.3 * mind.pressure + key - 0.3 * who.hidden.power
    if luck(seed, turn, Why.AGREES) < chance * (0.7 if tone == HARD else 1.0):
        return replace(mind, secured=True, evidence=_with(mind.evidence, SECURITY)), "secures", None
    return _or_tells(who, mind.moved(trust=-0.03), move, tone, seed, turn, repeats, "no_security")


def _demand(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    """The sum and the day; `_silence` after it asks the same once more."""
    mind = replace(mind, claim=True, demanded=True)
    if move.force:
        mind, _ = turned(who, mind, move, tone, repeats)
        if not knows_cause(who, mind):
            mind = mind.moved(trust=-0.06 if tone == HARD else -0.03)
        mind = mind.moved(pressure=move.force * (1 - who.hidden.power) * 0.4)
    if mind.promise is not None:
        return mind, "agrees_plan" if mind.promise.kind == "plan" else "promises", None
    stalls = "wavers" if mind.obstacle < CLEARED else "stalls"  # "not without papers" would be untrue once they are there
    return _promised(who, mind, tone, seed, turn, "annoyed" if tone == HARD and not knows_cause(who, mind) else stalls)


def _promised(who, mind, tone, seed, turn, otherwise: str) -> Reacted:
    if agrees(mind, seed, turn):
        whole = Promise("full", 1 - who.hidden.dispute, _days(mind, seed, turn), (AMOUNT, DATE))
        return replace(mind, promise=whole), "promises", None
    if luck(seed, turn, Why.AGREES) < who.hidden.glib:
        light = Promise("full", 1.0, 3 + int(8 * luck(seed, turn, Why.DAY)), (AMOUNT, DATE), glib=True)
        return replace(mind, promise=light), "glib", None
    return mind, otherwise, None


def _law(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    if not applies(who):
        return mind.moved(trust=-0.12, pressure=-0.1), "bluff", None
    mind, reaction, _ = _press(who, mind, move, tone, seed, turn, repeats)
    if not knows_cause(who, mind):
        return mind, reaction, None
    return _or_tells(who, mind, move, tone, seed, turn, repeats, reaction)


def _press(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, reaction = turned(who, mind, move, tone, repeats)
    if not reaction:
        mind, reaction = pressed(who, mind, move, tone, repeats)
    return mind, reaction, None


def _hold(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, reaction, _ = _press(who, mind, move, tone, seed, turn, repeats)
    if who.hold is not None and who.hold in mind.found:
        return mind, reaction, None
    return replace(mind.moved(trust=-0.2, will=-0.1), breaches=_with(mind.breaches, move.name)), "breach_hold", None


def _route(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, _, _ = _press(who, mind, move, tone, seed, turn, repeats)
    return replace(mind, over="handed_on"), "handed_on", None


def _commit(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    """Ties down what was promised; where nothing is, asks for it."""
    if mind.promise is not None and {WHO, CHANNEL} <= set(mind.promise.parts):
        return mind, "nothing_more", None
    mind, reaction = turned(who, mind, move, tone, repeats)
    if mind.promise is None or mind.promise.kind == "word":
        asked, said, _ = _promised(who, replace(mind, demanded=True, promise=None), tone, seed, turn, "evades_pin")
        if asked.promise is None or asked.promise.glib:
            return replace(asked, promise=asked.promise or mind.promise), said, None
        mind = asked
    if agrees(mind, seed, turn, 0.2 + 0.2 * (move.name in who.key)):
        return replace(mind, promise=mind.promise.adding(WHO, CHANNEL, DATE)), _pinned(mind.promise), None
    return _or_tells(who, mind, move, tone, seed, turn, repeats, reaction or "evades_pin")


def _pinned(promise: Promise) -> str:
    return "pinned_plan" if promise.kind == "plan" else "pinned"


def _sign(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, reaction = turned(who, mind, move, tone, repeats)
    key = 0.35 if move.name in who.key and knows_cause(who, mind) else 0.0
    chance = 0.1 + 0.5 * mind.trust + 0.2 * mind.will + key - 0.3 * who.hidden.power - 0.3 * bool(who.hidden.dispute)
    chance -= 0.25 * (not mind.claim) + 0.15 * (tone == HARD)
    if luck(seed, turn, Why.AGREES) < chance:
        promise = mind.promise.adding(DOCUMENT) if mind.promise and mind.promise.kind != "word" else mind.promise
        return replace(mind, evidence=_with(mind.evidence, STATEMENT), promise=promise), reaction or "signs", None
    return _or_tells(who, mind, move, tone, seed, turn, repeats, "wont_sign")


def _write(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    """A mail to the agreed address arrives whether they like it or not; it proves a demand if it says to whom and how much."""
    mind, reaction, fact = _asked(who, mind, move, tone, seed, turn, repeats, "got_message")
    promise = mind.promise.adding(DOCUMENT) if mind.promise and mind.promise.kind != "word" else mind.promise
    proof = (MESSAGE,) if mind.claim or mind.demanded else ()
    if promise is not None and promise.kind == "plan":
        proof = (*proof, PLAN)
    return replace(mind, evidence=_with(mind.evidence, *proof), promise=promise), reaction, fact


def _word(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, _ = turned(who, mind, move, tone, repeats)
    if mind.promise is None:
        mind = replace(mind.moved(trust=0.02), promise=Promise("word", 1 - who.hidden.dispute, 30))
    return mind.moved(pressure=-0.1), "word_taken", None


def _plead(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    mind, _ = turned(who, mind, move, tone, repeats)
    return mind.moved(pressure=-0.1, will=-0.04, trust=-0.02), "pities", None


def _decline(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    """A no costs little and counts once the cause is known: whoever could agree now, agrees, even in place of a light promise."""
    force = move.force * (1 - who.hidden.power) * (1.0 if knows_cause(who, mind) else 0.25) * AGAIN**repeats
    mind, _ = turned(who, mind, move, tone, repeats)
    mind = mind.moved(trust={SOFT: 0.0, HARD: -0.08}.get(tone, -0.01), pressure=force)
    if mind.promise is not None and not mind.promise.glib and mind.promise.kind != "word":
        return mind, "nothing_more", None
    if agrees(mind, seed, turn):
        return _promised(who, replace(mind, demanded=True, promise=None), tone, seed, turn, "hears_no")
    return mind, "annoyed" if tone == HARD else "hears_no", None


def _end(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    return replace(mind, over="closed"), "goodbye", None


def _unlawful(who, mind, move, tone, seed, turn, repeats) -> Reacted:
    """Never pays: what was promised is taken back, the collector has given the debtor evidence."""
    mind = replace(mind.moved(trust=-0.5, will=-0.3, pressure=-0.5, patience=-0.25), promise=None, secured=False)
    evidence = tuple(one for one in mind.evidence if one == MESSAGE)  # whoever is threatened signs nothing, but a mail sent stays sent
    return replace(mind, evidence=evidence, breaches=_with(mind.breaches, move.name)), "outraged", None


def _days(mind: Mind, seed: int, turn: int) -> int:
    """Days until a promised payment: sooner from whoever can and will."""
    return 3 + int((6 + 14 * (1 - min(1.0, mind.ability))) * luck(seed, turn, Why.DAY))


def _with(held: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*held, *more)))


_HOW = {
    "open": _open, "claim": _claim, "rapport": _rapport, "ask": _ask, "silence": _silence, "solve": _solve, "split": _split, "plan": _plan,
    "discount": _discount, "security": _security, "demand": _demand, "law": _law, "press": _press, "hold": _hold, "route": _route,
    "commit": _commit, "sign": _sign, "write": _write, "word": _word, "plead": _plead, "end": _end,
    "decline": _decline, "unlawful": _unlawful,
}  # fmt: skip
