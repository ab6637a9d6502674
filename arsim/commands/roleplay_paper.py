"""``arsim roleplay cards | formats``: what a role-play needs on paper."""

from datetime import date
from pathlib import Path

from arsim.commands.making import command
from arsim.domain.asked import day
from arsim.report import words

SIDES = ("caller", "debtor", "observer")


def add(roleplay) -> None:
    """The commands that print."""
    say = words.say
    cards = command(roleplay, "cards", _cards, say("role cards to print: caller, debtor and observer, each side on sheets of its own"))
    named = say("built-in debtors or files of your own; all built-in ones if none is named")
    cards.add_argument("debtors", nargs="*", metavar=say("NAME"), help=named)
    cards.add_argument("--side", action="append", choices=SIDES, default=[], help=say("only this side; may be given again"))
    held = say("day on which the calls are held (default: today)")
    cards.add_argument("--date", type=day("--date"), default=None, metavar=say("YEAR-MONTH-DAY"), help=held)
    formats = command(roleplay, "formats", _formats, say("a booklet: six ways to practise, with material and the instructor's notes"))
    for made, folder in ((cards, "cards"), (formats, "formats")):
        where = say("where to write (default: {folder})", folder=folder)
        made.add_argument("--out", type=Path, default=Path(folder), metavar=say("FOLDER"), help=where)
        made.add_argument("--pdf", action="store_true", help=say("also as PDF; needs Chromium, Chrome or Edge"))


def _cards(arguments) -> None:
    from arsim.workbook.roleplay import card_paper
    from arsim.workbook.roleplay.files import archetype, built_in

    debtors = [archetype(name) for name in arguments.debtors] or list(built_in().values())
    sides = [side for side in SIDES if side in (arguments.side or SIDES)]
    _told(card_paper.write(arguments.out, debtors, arguments.date or date.today(), sides, arguments.pdf))
    print(words.say("Print the sides apart: nobody should hold both sheets of one debtor."))


def _formats(arguments) -> None:
    from arsim.workbook.roleplay import booklet

    _told(booklet.write(arguments.out, arguments.pdf))


def _told(paths) -> None:
    for path in paths:
        print(words.say("Written: {path}", path=path))
