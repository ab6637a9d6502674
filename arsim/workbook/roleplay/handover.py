"""The note with which a call, or a case, is handed to the next person: what was reached, what is open, what was announced."""

from arsim.report import words
from arsim.workbook.roleplay import telling
from arsim.workbook.roleplay.call import Call
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.promise import PARTS
from arsim.workbook.roleplay.score import settled


def note(call: Call) -> list[tuple[str, str]]:
    """What a note about the call so far holds: heading and text, eight lines. It tells what was said, not what the debtor thinks."""
    say, who, mind = words.say, call.who, call.mind
    holes = call.holes(call.turns[-1])
    has = settled(mind)
    announced = [moves()[name].label.told() for name in dict.fromkeys(mind.used) if moves()[name].kind in ("press", "law", "hold", "route")]
    offered = [moves()[name].label.told() for name in dict.fromkeys(mind.used)
               if moves()[name].kind in ("solve", "split", "plan", "discount", "security")]  # fmt: skip
    missing = [telling.part(part) for part in PARTS if part not in has]
    none = say("nothing")
    person = say("{person}, {firm}", person=who.person.told(), firm=who.firm.told())
    if not mind.person:
        person = say("{person} (not checked)", person=person)
    return [
        (say("Whom we spoke to"), person),
        (say("What is open"), say("{amount}, {late} days late", amount=holes["amount"], late=who.late)),
        (say("What they told us"), words.listed(fact.text.told().rstrip(".。") for fact in who.fact if fact.name in mind.found) or none),
        (say("What we offered"), words.listed(offered) or none),
        (say("What we announced"), words.listed(announced) or none),
        (say("Settled so far"), words.listed(telling.part(part) for part in has) or none),
        (say("Still missing"), words.listed(missing) or none),
        (say("What can be proved"), words.listed(telling.proven(one) for one in mind.evidence) or none),
    ]


def show_note(call: Call) -> None:
    """Display the note."""
    from arsim.workbook.course.lesson import show_table

    show_table([[words.say("The note"), ""], *(list(row) for row in note(call))])
