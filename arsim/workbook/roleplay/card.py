"""Role cards as values: what the caller knows, what the debtor knows, what an observer ticks. Each side by itself.

All three are read off the debtor's file and the rules of the score, so that an instructor's own debtor has cards at once.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.roleplay import score, telling
from arsim.workbook.roleplay.archetype import Archetype, Fact
from arsim.workbook.roleplay.debtor import Mind
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.promise import PARTS
from arsim.workbook.roleplay.reaction import MESSAGE, PLAN, SECURITY, STATEMENT
from arsim.workbook.roleplay.stock import stock

SIDES = CALLER, DEBTOR, OBSERVER = ("caller", "debtor", "observer")


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it: `rows` as a table if there are any, each a tuple of cells, else `lines` as a list."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Card:
    """One printed page: for which side, about which call, with a line of warning and its parts; `blank` asks for room to write."""

    side: str
    title: str
    note: str
    parts: tuple[Part, ...]
    blank: int = 0


def card(who: Archetype, side: str, on: date) -> Card:
    """The card of one of `SIDES` for a call held on the day `on`."""
    return {CALLER: _caller, DEBTOR: _debtor, OBSERVER: _observer}[side](who, on)


def _caller(who: Archetype, on: date) -> Card:
    say = words.say
    due = on - timedelta(who.late)
    usual = {
        "goal": say("The whole sum: who pays, how much, which day, by which way, on what paper."),
        "least": say("You know why it has not been paid, and a written demand has arrived."),
        "may": say("Papers at once; more time only with a day and in writing. A reduction only after asking your boss."),
    }
    told = {name: getattr(who.caller, name).told() if who.caller else text for name, text in usual.items()}
    facts = (
        (say("Firm"), who.firm.told()), (say("You ring up"), who.person.told()),
        (say("Invoice"), f"{due:%Y%m}-{who.number:03d}"), (say("Sum"), _money(who.fen)),
        (say("Due on"), say("{due}; today, {today}, it is {late} days late", due=due, today=on, late=who.late)),
    )  # fmt: skip
    parts = (
        Part(say("What you know"), rows=facts),
        Part(say("How it was so far"), (who.brief.told(),)),
        Part(say("What you want to bring home"), (told["goal"],)),
        Part(say("What you need at the very least"), (told["least"],)),
        Part(say("What you may grant"), (told["may"],)),
        Part(say("Never"), (say("Threats, shaming, family or colleagues, calls day and night. No stop of deliveries without a ground."),)),
    )
    title = say("Caller: {firm}", firm=who.firm.told())
    return Card(CALLER, title, say("For the caller only. What is not on this card you do not know: ask."), parts, blank=5)


def _debtor(who: Archetype, on: date) -> Card:
    say = words.say
    hidden, holes = who.hidden, _holes(who)
    purse = [say("You could pay about {sum} at once ({share} % of it).", sum=_money(round(who.fen * hidden.ability)),
                 share=number(hidden.ability * 100, 0))]  # fmt: skip
    if hidden.dispute:
        purse.append(say("{sum} you hold back because of your complaint.", sum=_money(round(who.fen * hidden.dispute))))
    if hidden.ability < 0.5:
        purse.append(say("The whole sum at once you could promise, but not keep."))
    if hidden.glib >= 0.5:
        purse.append(say("You like to say yes. It means nothing before somebody asks for name, sum, day and way."))
    moods = ((say("Trust in the caller"), hidden.trust), (say("Willing to pay"), hidden.willingness), (say("Patience"), hidden.patience))
    owed = say("You owe {sum}, {late} days late.", sum=_money(who.fen), late=who.late)
    disposed = words.listed(say("{mood}: {level}", mood=mood, level=_level(value)) for mood, value in moods) + _stop()
    parts = (
        Part(say("How you stand"), (owed, *purse, disposed)),
        Part(say("What is behind it, and what else you know: told only if asked decently"),
             rows=tuple(_fact_row(fact, holes) for fact in sorted(who.fact, key=lambda fact: not fact.cause))),
        Part(say("What brings you round, once they know the cause"),
             (_moves(sorted(who.key, key=lambda move: -who.key[move])) + _stop(),
              say("Before that it is a guess to you: “{line}”", line=_line(who, "guesses", holes)))),
        Part(say("What shuts you up"),
             (say("Hard words; pressure before anybody has asked; the same again and again; remedies that miss the point."),
              *((say("Here above all: {moves}.", moves=_moves(who.harm)),) if who.harm else ()))),
        Part(say("What you say"), rows=_answers(who, holes)),
        Part(say("Under pressure"), (_pressure(who), say("Pushed without a question: “{line}”", line=_line(who, "annoyed", holes)),
                                     say("At something unlawful: “{line}” Then you hang up.", line=_line(who, "outraged", holes)))),
    )  # fmt: skip
    title = say("You are {person}, {firm}", person=who.person.told(), firm=who.firm.told())
    note = say("For the debtor only. Don't show it, don't read it out. You may evade; you don't lie. Tone is yours, facts are not.")
    return Card(DEBTOR, title, note, parts)


def _observer(who: Archetype, on: date) -> Card:
    say = words.say
    each = number(score.FACTS / len(who.fact), 0 if score.FACTS % len(who.fact) == 0 else 1)
    mind = Mind(0, 0, 0, 0, person=True)
    proof = lambda *left, person=True: number(score.EVIDENCE * score.proof(replace(mind, evidence=left, person=person)), 1)  # noqa: E731
    points = lambda most: say("0 to {most}", most=most)  # noqa: E731
    parts = (
        Part(say("Facts told ({most} points)", most=score.FACTS), rows=tuple(_tick(fact.text.told(), each) for fact in who.fact)),
        Part(say("Commitment ({most} points)", most=score.FIRM),
             rows=tuple(_tick(telling.part(part), number(score.FIRM / len(PARTS), 0)) for part in PARTS)),
        Part(say("What it is worth ({most} points)", most=score.MONEY),
             rows=((say("Ask the debtor afterwards: would you keep it, and could you? How much of the sum?"), points(score.MONEY), ""),)),
        Part(say("Relationship ({most} points)", most=score.RELATION),
             rows=((say("Ask the debtor: would you pick up again? More trust than before: all; less: few; hung up: none"),
                    points(score.RELATION), ""),)),
        Part(say("Lawful conduct ({most} points)", most=score.CONDUCT),
             rows=(_tick(say("nothing unlawful, no stop of deliveries without a ground"), number(score.CONDUCT, 0)),
                   _tick(say("a stop of deliveries without a ground"), number(score.CONDUCT / 3, 0)),
                   _tick(say("threat, shaming, family, harassment: no points here and for the relationship, {cap} in all at most",
                             cap=score.CAP), "0"))),
        Part(say("Evidence ({most} points at most)", most=score.EVIDENCE),
             rows=(_tick(say("a mail with the sum to the right person"), proof(MESSAGE)),
                   _tick(say("such a mail, person not checked"), proof(MESSAGE, person=False)),
                   _tick(say("a signed statement"), proof(STATEMENT)), _tick(say("a plan in writing"), proof(PLAN)),
                   _tick(say("security"), proof(SECURITY)))),
    )  # fmt: skip
    title = say("Observer: {firm}", firm=who.firm.told())
    note = say("It lists the facts: show it to neither side before the call is over. Write down words that were used, not opinions.")
    return Card(OBSERVER, title, note, parts, blank=3)


def _tick(text: str, points: str) -> tuple[str, str, str]:
    return f"☐ {text}", points, ""


def _fact_row(fact: Fact, holes: dict[str, str]) -> tuple[str, str]:
    mark = words.say("the cause") if fact.cause else words.say("needs trust: {level}", level=_level(fact.trust))
    if fact.after is not None:
        mark = words.say("{mark}, after the cause is out", mark=mark)
    return words.say("{mark} · at: {moves}", mark=mark, moves=_moves(fact.by)), _quoted(fact.say[0].told(holes))


def _moves(names) -> str:
    """Labels in a row; they hold commas themselves."""
    return ("；" if words.language() == "zh" else "; ").join(_label(move) for move in names)


def _answers(who: Archetype, holes: dict[str, str]) -> tuple[tuple[str, str], ...]:
    say = words.say
    agrees = "agrees_part" if who.hidden.dispute else "agrees_plan" if who.hidden.ability < 0.5 else "promises"
    asked = (
        (say("as you pick up"), "hello"), (say("asked for the reason, before you trust them"), "excuse"),
        (say("asked to pay, before they know the cause"), "stalls"), (say("offered what does not fit"), "unmoved"),
        (say("given what you need"), "relieved"), (say("when you agree"), agrees),
        (say("asked for who, how much, which day, which way, once you agree"), "pinned_plan" if agrees == "agrees_plan" else "pinned"),
        (say("asked to sign, if you trust them"), "signs"), (say("asked to sign, if you don't"), "wont_sign"),
        (say("taken at your word"), "word_taken"), (say("begged"), "pities"),
    )  # fmt: skip
    return tuple((when, _quoted(_line(who, reaction, holes))) for when, reaction in asked)


def _pressure(who: Archetype) -> str:
    power = who.hidden.power
    presses = any(moves()[move].kind in ("law", "press", "hold", "route") for move in who.key)
    if presses:
        return words.say("Pressure that fits and comes after the question moves you; any other leaves you cold.")
    if power < 0.35:
        return words.say("Pressure frightens you a little, but it brings no money; it makes you say less.")
    return words.say("Pressure leaves you cold.")


def _line(who: Archetype, reaction: str, holes: dict[str, str]) -> str:
    reply = who.reply.get(reaction, stock()[reaction])
    return reply.say[0].told(holes)


def _holes(who: Archetype) -> dict[str, str]:
    """What fills the holes of a printed line; the day of a promise is the debtor's to say within this many days."""
    most = 3 + int(6 + 14 * (1 - min(1.0, who.hidden.ability)))
    return {
        "amount": _money(who.fen), "promised": _money(round(who.fen * (1 - who.hidden.dispute))), "days": str((3 + most) // 2),
        "late": str(who.late), "firm": who.firm.told(), "person": who.person.told(),
    }  # fmt: skip


def _label(move: str) -> str:
    return moves()[move].label.told()


def _quoted(text: str) -> str:
    return f"“{text}”"


def _stop() -> str:
    return "。" if words.language() == "zh" else "."


def _level(share: float) -> str:
    return words.say("little") if share < 0.4 else words.say("some") if share < 0.6 else words.say("much")


def _money(fen: int) -> str:
    return words.say("CNY {amount}", amount=number(fen / 100, 0))
