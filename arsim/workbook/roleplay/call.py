"""A call, turn by turn: a fold over moves. The same archetype, seed and moves are the same call, word for word."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.course.item import Said
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.debtor import TURNS, Mind, Why, luck, met
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.reaction import MESSAGE, react
from arsim.workbook.roleplay.stock import stock


@dataclass(frozen=True)
class Turn:
    """One move and its answer: what was thought, and the mind after it. The first has no move: the debtor picks up."""

    move: str
    tone: str
    reaction: str
    said: Said
    thought: Said
    mind: Mind
    promised: int
    days: int


@dataclass(frozen=True)
class Call:
    """A call so far."""

    who: Archetype
    seed: int
    turns: tuple[Turn, ...]

    @property
    def mind(self) -> Mind:
        """The debtor's, now."""
        return self.turns[-1].mind

    @property
    def over(self) -> str:
        """How it ended; empty while it goes on."""
        return self.mind.over

    @property
    def made(self) -> tuple[tuple[str, str], ...]:
        """The moves so far, each with its tone."""
        return tuple((turn.move, turn.tone) for turn in self.turns[1:])

    def holes(self, turn: Turn) -> dict[str, str]:
        """What fills the holes of what is said in this turn, in the language in use."""
        return {
            "amount": _money(self.who.fen), "promised": _money(turn.promised), "days": str(turn.days), "late": str(self.who.late),
            "firm": self.who.firm.told(), "person": self.who.person.told(),
        }  # fmt: skip


def begin(who: Archetype, seed: int) -> Call:
    """The debtor picks up."""
    mind = met(who, seed)
    return Call(who, seed, (_turn(who, seed, (), "", "", "hello", None, mind),))


def step(call: Call, move: str, tone: str) -> Call:
    """The call after one more move; a call that is over stays as it is.

    Raises
    ------
    KeyError
        There is no such move.
    """
    made = moves()[move]
    if call.over:
        return call
    if tone not in made.tones:
        tone = made.tones[-1]
    at = len(call.turns)
    before = call.mind
    mind, reaction, fact = react(call.who, before, made, tone, call.seed, at)
    mind = replace(mind, used=(*before.used, move))
    if not mind.over:
        tired = mind.patience <= 0 or (mind.trust <= 0.03 and luck(call.seed, at, Why.LEAVES) < 0.4)
        if tired:
            mind, reaction, fact = replace(mind.moved(trust=-0.1), over="hung_up"), "hangs_up", None
        elif at >= TURNS:
            mind, reaction, fact = replace(mind, over="time"), "has_to_go", None
        if mind.over and made.lawful:  # what was only about to be said was not said; a mail or a threat is out
            sent = tuple(one for one in mind.evidence if one in before.evidence or one == MESSAGE)
            mind = replace(mind, found=before.found, promise=before.promise, secured=before.secured, evidence=sent)
    return replace(call, turns=(*call.turns, _turn(call.who, call.seed, call.turns, move, tone, reaction, fact, mind)))


def play(who: Archetype, seed: int, made: Iterable[tuple[str, str]]) -> Call:
    """The call in which these moves were made."""
    call = begin(who, seed)
    for move, tone in made:
        call = step(call, move, tone)
    return call


def _turn(who: Archetype, seed: int, turns, move: str, tone: str, reaction: str, fact, mind: Mind) -> Turn:
    reply, usual = who.reply.get(reaction, stock()[reaction]), stock()[reaction]
    draw = luck(seed, len(turns), Why.WORDS)
    line = _fresh(fact.say if fact else reply.say, {turn.said for turn in turns}, draw)
    thought = _fresh(reply.thought or usual.thought, {turn.thought for turn in turns}, draw)
    promise = mind.promise
    promised, days = (round(who.fen * promise.share), promise.days) if promise else (who.fen, 14)
    return Turn(move, tone, reaction, line, thought, mind, promised, days)


def _fresh(lines: tuple[Said, ...], used: set[Said], draw: float) -> Said:
    """One of the lines: nobody repeats themselves word for word while there is another way to say it."""
    left = [line for line in lines if line not in used] or lines
    return left[int(draw * len(left))]


def _money(fen: int) -> str:
    return words.say("CNY {amount}", amount=number(fen / 100, 0))
