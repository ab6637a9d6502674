"""Role cards on paper: one file for each side, one page for each debtor, so that nobody is handed the other side's sheet."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from arsim.report import words
from arsim.workbook.course import printed
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.card import CALLER, DEBTOR, OBSERVER, SIDES, card


def html(side: str, debtors: Sequence[Archetype], on: date) -> str:
    """The cards of one side as a page that needs nothing beside it."""
    titles = {CALLER: words.say("Role cards: caller"), DEBTOR: words.say("Role cards: debtor"), OBSERVER: words.say("Observer's sheets")}
    foot = words.say("Persons and firms are invented.")
    cards = [card(who, side, on) for who in debtors]
    return printed.render("cards.html.j2", title=titles[side], side=side, cards=cards, foot=foot, points=words.say("points"))


def write(folder: Path, debtors: Sequence[Archetype], on: date, sides: Sequence[str] = SIDES, as_pdf: bool = False) -> list[Path]:
    """Write the cards of these sides in the language in use; raises `BadInput` if a PDF is wanted and there is no browser."""
    return printed.write(folder, {f"cards-{side}": partial(html, side, debtors, on) for side in sides}, as_pdf)
