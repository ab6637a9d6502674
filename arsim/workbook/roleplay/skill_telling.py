"""A skill's two calls as they are read: side by side before the guess, and afterwards what they brought and what was thought."""

import html
from zlib import crc32

from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.roleplay import telling
from arsim.workbook.roleplay.call import Call
from arsim.workbook.roleplay.score import CONDUCT, EVIDENCE, FACTS, FIRM, MONEY, RELATION, score
from arsim.workbook.roleplay.skill import Skill, ahead

SIDES = A, B = ("a", "b")
_CELL = "text-align:left;white-space:normal;vertical-align:top;padding:3px 14px 3px 0"
_MOST = {"facts": FACTS, "firm": FIRM, "money": MONEY, "relation": RELATION, "conduct": CONDUCT, "evidence": EVIDENCE}


def better(skill: Skill) -> str:
    """Which of the two sides is the good call: fixed for each skill, and not the same for all."""
    return SIDES[crc32(skill.name.encode()) & 1]


def sides(skill: Skill) -> dict[str, Call]:
    """Side → its call."""
    return {side: skill.call(side == better(skill)) for side in SIDES}


def title(side: str) -> str:
    """The side's name."""
    return words.say("Call A") if side == A else words.say("Call B")


def opening(skill: Skill) -> str:
    """What both calls have in common, as HTML: the brief, and the turns before they part."""
    call = skill.call(True)
    shared = _turns(call, 0, len(skill.before) + 1)
    return f"<p>{html.escape(call.who.brief.told())}</p>{shared}"


def pair(skill: Skill) -> str:
    """The two calls side by side from where they part, without anything they thought, as HTML."""
    cells = "".join(
        f'<td style="{_CELL};width:50%"><b>{html.escape(title(side))}</b>{_turns(call, len(skill.before) + 1)}{_end(call)}</td>'
        for side, call in sides(skill).items()
    )
    return f'<table style="max-width:960px;font-size:14px;line-height:1.45"><tr>{cells}</tr></table>'


def verdict(skill: Skill, calls: int = 200) -> str:
    """Which was better, and how far it is ahead over many calls, as HTML."""
    which = words.say("{side} is the better one.", side=title(better(skill)))
    found = ahead(skill, calls)
    over = words.say(
        "Over {calls} pairs of calls with the same luck it is ahead by {mean} points on average (95 % interval {low} to {high}).",
        calls=found.calls, mean=number(found.mean, 1), low=number(found.low, 1), high=number(found.high, 1),
    )  # fmt: skip
    return f"<b>{html.escape(which)}</b> {html.escape(over)}"


def revealed(skill: Skill, calls: int = 200) -> str:
    """Which was better, the points part by part, what was thought from where the calls part, and how it goes over many calls."""
    two = sides(skill)
    thoughts = "".join(f'<td style="{_CELL};width:50%">{_thoughts(call, len(skill.before) + 1)}</td>' for call in two.values())
    head = html.escape(words.say("What they thought"))
    return (
        f"<p>{verdict(skill, calls)}</p>{_points(skill, two)}"
        f'<h4>{head}</h4><table style="max-width:960px;font-size:13px"><tr>{thoughts}</tr></table>{_breaches(two)}'
    )


def _points(skill: Skill, two: dict[str, Call]) -> str:
    scores = {side: score(call) for side, call in two.items()}
    names = {
        "facts": words.say("Facts found"), "firm": words.say("Commitment"), "money": words.say("What it is worth"),
        "relation": words.say("Relationship"), "conduct": words.say("Lawful conduct"), "evidence": words.say("Evidence"),
    }  # fmt: skip
    rows = [("", *(title(side) for side in two), words.say("of"))]
    for part, name in names.items():
        rows.append((name, *(number(getattr(found, part), 0) for found in scores.values()), str(_MOST[part])))
    rows.append((words.say("Total"), *(number(found.total, 0) for found in scores.values()), "100"))
    marked = names[skill.part]
    body = "".join(
        f'<tr style="{"font-weight:bold" if row[0] == marked else ""}">'
        + "".join(f'<td style="{_CELL}">{html.escape(cell)}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    return f'<table style="font-size:13px">{body}</table>'


def _turns(call: Call, first: int, last: int | None = None) -> str:
    told = []
    for turn in call.turns[first:last]:
        yours, theirs = telling.said(call, turn)
        told += [f'<p style="margin:3px 0;color:#0072B2">— {html.escape(yours)}</p>'] if yours else []
        told += [f'<p style="margin:3px 0 3px 1em">— {html.escape(theirs)}</p>']
    return "".join(told)


def _end(call: Call) -> str:
    return f"<p><i>{html.escape(telling.end(call))}</i></p>"


def _thoughts(call: Call, first: int) -> str:
    return "".join(f'<p style="margin:3px 0">{html.escape(turn.thought.told())}</p>' for turn in call.turns[first:])


def _breaches(two: dict[str, Call]) -> str:
    return "".join(telling.breaches(call) for call in two.values())
