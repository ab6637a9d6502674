"""Role cards on paper: one file for each side, one page for each debtor, so that nobody is handed the other side's sheet."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from arsim.report import browser, words
from arsim.workbook.course import paper
from arsim.workbook.course.paper import write_page
from arsim.workbook.roleplay.archetype import Archetype
from arsim.workbook.roleplay.card import CALLER, DEBTOR, OBSERVER, SIDES, card


def html(side: str, debtors: Sequence[Archetype], on: date) -> str:
    """The cards of one side as a page that needs nothing beside it."""
    titles = {CALLER: words.say("Role cards: caller"), DEBTOR: words.say("Role cards: debtor"), OBSERVER: words.say("Observer's sheets")}
    foot = words.say("Persons and firms are invented.")
    cards = [card(who, side, on) for who in debtors]
    return paper.render("cards.html.j2", title=titles[side], side=side, cards=cards, foot=foot, points=words.say("points"))


def write(folder: Path, debtors: Sequence[Archetype], on: date, sides: Sequence[str] = SIDES, as_pdf: bool = False) -> list[Path]:
    """Write the cards of these sides in the language in use; as PDF too, which needs a browser.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    BadInput
        A PDF is wanted and there is no browser, or nothing can be written there.
    """
    written = []
    for side in sides:
        page = folder / f"cards-{side}-{words.language()}.html"
        write_page(page, html(side, debtors, on))
        written.append(page)
        if as_pdf:
            written.append(browser.pdf(page, page.with_suffix(".pdf")))
    return written
