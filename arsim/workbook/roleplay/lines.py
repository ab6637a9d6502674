"""Named lines of moves: what people try, as strategies that play a whole call. For tables and tests, and to watch a model call."""

from collections.abc import Callable, Sequence

from arsim.model.luck import address, uniform
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.call import Call, begin, step
from arsim.workbook.roleplay.debtor import TURNS, knows_cause
from arsim.workbook.roleplay.moves import HARD, NEUTRAL, SOFT, TONES, moves

Choice = tuple[str, str]
Line = Callable[[Call], Choice]
_CHANCE = 2001  # the purpose of a random line's luck

OPENING = (("identify", NEUTRAL), ("verify_amount", NEUTRAL), ("ask_cause", SOFT), ("listen", SOFT), ("ask_detail", NEUTRAL))
ENDING = (("pin_down", NEUTRAL), ("confirm_in_writing", NEUTRAL), ("close", SOFT))
MIDDLE = {
    "papers": (("send_papers", NEUTRAL), ("ask_decider", SOFT), ("ask_receipt", NEUTRAL), ("state_demand", NEUTRAL)),
    "plan": (("offer_plan", SOFT), ("listen", SOFT), ("ask_detail", SOFT)),
    "split": (("split_dispute", NEUTRAL), ("ask_detail", SOFT), ("split_dispute", SOFT)),
    "law": (("ask_decider", NEUTRAL), ("name_law", NEUTRAL), ("name_consequence", NEUTRAL), ("state_demand", NEUTRAL)),
    "by the book": (("ask_decider", SOFT), ("send_papers", NEUTRAL), ("name_law", SOFT), ("state_demand", NEUTRAL)),
    "paper first": (("ask_receipt", NEUTRAL), ("name_consequence", NEUTRAL)),
    "secure": (("ask_detail", SOFT), ("ask_security", NEUTRAL), ("ask_receipt", SOFT), ("confirm_in_writing", NEUTRAL)),
}
FIXED: dict[str, Sequence[Choice]] = {
    **{name: (*OPENING, *middle, *ENDING) for name, middle in MIDDLE.items()},
    "secure": (*OPENING, *MIDDLE["secure"], ("escalate", SOFT)),
    "hand on": (*OPENING, ("ask_detail", SOFT), ("state_demand", NEUTRAL), ("confirm_in_writing", NEUTRAL), ("escalate", NEUTRAL)),
    "everything": (*OPENING, ("ask_decider", SOFT), ("send_papers", NEUTRAL), ("name_law", NEUTRAL), ("split_dispute", SOFT),
                   ("name_consequence", NEUTRAL), ("offer_plan", SOFT), ("ask_receipt", SOFT), *ENDING),
    "bully": (("state_demand", HARD), ("name_consequence", HARD), ("state_demand", HARD), ("ask_cause", HARD), ("name_law", HARD),
              ("name_consequence", HARD), ("pin_down", HARD), ("confirm_in_writing", HARD), ("close", HARD)),
    "thug": (("verify_amount", HARD), ("threaten", HARD), ("state_demand", HARD), ("shame", HARD), ("pin_down", HARD), ("close", HARD)),
    "beg": (("identify", SOFT), ("small_talk", SOFT), ("beg", SOFT), ("offer_discount", SOFT), ("beg", NEUTRAL), ("accept_word", SOFT),
            ("close", SOFT)),
}  # fmt: skip
FOUL = ("everything", "bully", "thug", "beg", "random")


def fixed(choices: Sequence[Choice]) -> Line:
    """These moves one after the other, then the end."""
    return lambda call: choices[len(call.turns) - 1] if len(call.turns) <= len(choices) else ("close", SOFT)


def at_random(call: Call) -> Choice:
    """Any lawful move in any tone, but the end."""
    names = [name for name, move in moves().items() if move.lawful and move.kind != "end"]
    draw = lambda which: uniform(address(call.seed, which, _CHANCE), len(call.turns), 0)  # noqa: E731
    return names[int(draw(0) * len(names))], TONES[int(draw(1) * 3)]


def cause_first(call: Call) -> Choice:
    """What a good collector does: find the cause, then what fits it, then tie it down and write it down; hand on what won't move.

    It chooses by what has been *said*; which key fits the cause it knows as one who has read the debrief.
    """
    mind, who = call.mind, call.who
    left = TURNS - len(call.turns)
    for move, tone in OPENING[:2]:
        if move not in mind.used:
            return move, tone
    if not knows_cause(who, mind) and left > 6:
        asked = sum(mind.used.count(name) for name in ("ask_cause", "ask_detail", "listen", "silence"))
        return (("ask_cause", SOFT), ("listen", SOFT), ("ask_detail", SOFT), ("silence", SOFT))[asked % 4]
    if "listen" not in mind.used:
        return "listen", SOFT
    for name in sorted((name for name in who.key if name != "escalate"), key=lambda name: -who.key[name]):
        if name not in mind.used[2:] and left > 4:
            return name, NEUTRAL
    if "ask_detail" not in mind.used and left > 4:
        return "ask_detail", SOFT
    if who.key.get("escalate", 0.0) < 0.5:
        if mind.promise is None and mind.used.count("pin_down") < 2 and mind.used[-1] != "pin_down":
            return "pin_down", NEUTRAL
        if mind.promise is not None and len(mind.promise.parts) < 4 and mind.used.count("pin_down") < 2:
            return "pin_down", NEUTRAL
    elif not mind.demanded:
        return "state_demand", NEUTRAL
    if "confirm_in_writing" not in mind.used:
        return "confirm_in_writing", NEUTRAL
    return ("escalate", NEUTRAL) if "escalate" in who.key else ("close", SOFT)


LINES: dict[str, Line] = {"cause first": cause_first, **{name: fixed(choices) for name, choices in FIXED.items()}, "random": at_random}


def played(who: Archetype, line: str, seed: int) -> Call:
    """A whole call by the line of that name."""
    call, choose = begin(who, seed), LINES[line]
    while not call.over:
        call = step(call, *choose(call))
    return call
