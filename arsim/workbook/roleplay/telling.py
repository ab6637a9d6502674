"""A call as it is read: the transcript, what the debtor thought, the score; as plain text and as HTML."""

import html

from arsim.domain.law import disclaimer
from arsim.report import words
from arsim.report.calc.cited import cited
from arsim.report.figures import number
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.call import Call, Turn, play
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.score import CONDUCT, EVIDENCE, FACTS, FIRM, MONEY, RELATION, Score, score

_CELL = "text-align:left;white-space:normal;vertical-align:top;padding:3px 12px 3px 0"
_PARTS = {"who": "who pays", "amount": "amount", "date": "which day", "channel": "which way", "document": "a paper"}
_ENDS = {
    "closed": "You ended the call.", "hung_up": "They hung up.", "time": "They had no more time.",
    "handed_on": "You handed the case on to the legal route.",
}  # fmt: skip
_PROOF = {
    "message": "a written demand to the agreed address", "statement": "a signed statement", "plan": "a plan in writing",
    "security": "security",
}  # fmt: skip


def said(call: Call, turn: Turn) -> tuple[str, str]:
    """What both said in a turn; you say nothing as they pick up."""
    holes = call.holes(turn)
    yours = getattr(moves()[turn.move], turn.tone).told(holes) if turn.move else ""
    return yours, turn.said.told(holes)


def text(call: Call, thoughts: bool = False) -> str:
    """The transcript for a terminal; with `thoughts`, also what the debtor thought."""
    lines = []
    for turn in call.turns:
        yours, theirs = said(call, turn)
        lines += [words.say("You: {text}", text=yours)] if yours else []
        lines += [words.say("{person}: {text}", person=call.who.person.told(), text=theirs)]
        lines += ["   " + words.say("(thinks: {text})", text=turn.thought.told())] if thoughts else []
    return "\n".join([*lines, ending(call)])


def end(call: Call) -> str:
    """How it ended; empty while it goes on."""
    return words.say(_ENDS[call.over]) if call.over else ""


def part(name: str) -> str:
    """One part of a commitment, in words."""
    return words.say(_PARTS[name])


def proven(name: str) -> str:
    """One piece of evidence, in words."""
    return words.say(_PROOF[name])


def ending(call: Call) -> str:
    """How it ended, if it has, and what it was worth."""
    if not call.over:
        return ""
    return words.say("{end} Worth {points} of 100 points.", end=end(call), points=number(score(call).total, 0))


def transcript(call: Call) -> str:
    """The transcript as HTML."""
    rows = []
    for turn in call.turns:
        yours, theirs = said(call, turn)
        if yours:
            rows.append(f'<p class="you"><b>{html.escape(words.say("You"))}</b> {html.escape(yours)}</p>')
        rows.append(f'<p class="they"><b>{html.escape(call.who.person.told())}</b> {html.escape(theirs)}</p>')
    if call.over:
        rows.append(f"<p><i>{html.escape(words.say(_ENDS[call.over]))}</i></p>")
    return "".join(rows)


def breaches(call: Call) -> str:
    """Unlawful moves made, each with the articles it offends against, as HTML; empty if there are none."""
    told = []
    for name in call.mind.breaches:
        against = "".join(f"<br>{html.escape(one)}" for one in cited(moves()[name].law))
        told.append(f"<li><b>{html.escape(moves()[name].label.told())}</b>{against}</li>")
    if not told:
        return ""
    head = words.say("Not allowed, whatever is owed:")
    return f'<div style="color:#b42318">{html.escape(head)}<ul>{"".join(told)}</ul>{html.escape(words.pick(disclaimer()))}</div>'


def scored(call: Call) -> str:
    """The score as HTML, part by part, each with what it rests on."""
    found, mind = score(call), call.mind
    facts = (" " if words.language() == "en" else "").join(fact.text.told() for fact in call.who.fact if fact.name in mind.found)
    proof = words.listed(words.say(_PROOF[one]) for one in mind.evidence)
    rows = [
        (words.say("Facts found"), found.facts, FACTS, facts or words.say("none")),
        (words.say("Commitment"), found.firm, FIRM, words.listed(words.say(_PARTS[part]) for part in found.parts) or words.say("none")),
        (words.say("What it is worth"), found.money, MONEY, _worth(call, found)),
        (words.say("Relationship"), found.relation, RELATION, _trust(call)),
        (words.say("Lawful conduct"), found.conduct, CONDUCT, words.say("no breach") if not mind.breaches else words.say("a breach")),
        (words.say("Evidence"), found.evidence, EVIDENCE, proof or words.say("nothing that can be proved")),
    ]
    body = "".join(_row(name, f"{number(points, 0)} / {most}", why) for name, points, most, why in rows)
    body += _row(words.say("Total"), f"<b>{number(found.total, 0)} / 100</b>",
                 words.say("An unlawful move caps the total.") if found.unlawful else "")  # fmt: skip
    return f'<table style="max-width:780px;font-size:13px">{body}</table>{breaches(call)}'


def replay(call: Call) -> str:
    """Turn by turn as HTML: what was said, what the debtor thought, how trust and the obstacle moved, and the points so far."""
    head = [words.say(one) for one in ("Said", "They thought", "Trust", "In the way", "Pressure felt", "Points")]
    rows = ["<tr>" + "".join(f'<th style="{_CELL};white-space:nowrap">{html.escape(one)}</th>' for one in head) + "</tr>"]
    for at, turn in enumerate(call.turns):
        yours, theirs = said(call, turn)
        before = call.turns[at - 1].mind if at else turn.mind
        label = f"<b>{html.escape(moves()[turn.move].label.told())}</b><br>{html.escape(yours)}<br>" if yours else ""
        so_far = number(score(play(call.who, call.seed, call.made[:at])).total, 0)
        moods = (_mood(getattr(before, mood), getattr(turn.mind, mood)) for mood in ("trust", "obstacle", "pressure"))
        cells = (label + html.escape(theirs), html.escape(turn.thought.told()), *moods, so_far)
        rows.append("<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>")
    return f'<table style="max-width:900px;font-size:13px;line-height:1.4">{"".join(rows)}</table>'


def debrief(who: Archetype) -> str:
    """What kind of debtor it was, and what is said about that kind, as HTML."""
    told = [(words.say("How to tell"), who.debrief.signals), (words.say("First"), who.debrief.first), (words.say("Not"), who.debrief.wrong)]
    colon = "：" if words.language() == "zh" else ": "
    lines = "".join(f"<li><b>{html.escape(name)}</b>{colon}{html.escape(text.told())}</li>" for name, text in told)
    law = "".join(f"<li>{html.escape(one)}</li>" for one in cited(who.debrief.law))
    note = f"<p>{html.escape(words.say('The law behind it:'))}</p><ul>{law}</ul>" if law else ""
    note += f"<p><i>{html.escape(words.pick(disclaimer()))}</i></p>" if law else ""
    return f"<h4>{html.escape(who.title.told())}</h4><ul>{lines}</ul>{note}"


def _worth(call: Call, found: Score) -> str:
    value = number(found.worth * 100, 0)
    if call.over == "handed_on":
        return words.say("the legal route: {worth} % of the sum to be expected", worth=value)
    if call.mind.promise is None:
        return words.say("no promise; the call brings {worth} % of the sum", worth=value)
    return words.say("kept with a chance of {kept} %; {worth} % of the sum to be expected", kept=number(found.kept * 100, 0), worth=value)


def _trust(call: Call) -> str:
    first, last = call.turns[0].mind.trust, call.mind.trust
    return words.say("trust from {first} to {last} of 100", first=number(first * 100, 0), last=number(last * 100, 0))


def _mood(before: float, after: float) -> str:
    arrow = "↑" if after > before + 0.005 else "↓" if after < before - 0.005 else ""
    return f"{number(after * 100, 0)}{arrow}"


def _row(name: str, points: str, why: str) -> str:
    cells = (
        f'<b style="white-space:nowrap">{html.escape(name)}</b>',
        f'<span style="white-space:nowrap">{points}</span>',
        html.escape(why),
    )
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"
