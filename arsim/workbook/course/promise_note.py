"""A promise written down: who, how much, when, by which way, with which document; what is missing, and the message that confirms it."""

import html

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.course.ask import STYLE, read_number
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.lesson import show

PARTS = ("who", "amount", "date", "channel", "document")


def missing(who: str = "", amount: str = "", date: str = "", channel: str = "", document: str = "") -> list[str]:
    """The parts of a promise that are not there; an amount must be a number, everything else anything but blank.

    Examples
    --------
    "We will transfer something on Friday": a date, nothing else.

    >>> missing(date="Friday")
    ['who', 'amount', 'channel', 'document']
    >>> missing(amount="part of it", date="Friday", who="Ms Shen")
    ['amount', 'channel', 'document']
    """
    given = dict(zip(PARTS, (who, amount, date, channel, document), strict=True))
    return [part for part, text in given.items() if not str(text).strip() or part == "amount" and read_number(str(text)) is None]


def missing_count(**parts: str) -> int:
    """How many of the five parts a promise lacks.

    >>> missing_count(who="Ms Shen", amount="80000", date="2025-06-20")
    2
    """
    return len(missing(**parts))


class PromiseNote:
    """Five boxes; beneath them what is still missing, or the message to send the same day.

    Parameters
    ----------
    lesson : str
        Whose diary keeps the note.
    """

    def __init__(self, lesson: str):
        self.diary = Diary(lesson)
        labels = {
            "who": words.say("Who pays: name and position"),
            "amount": words.say("Amount in CNY"),
            "date": words.say("Day the money leaves"),
            "channel": words.say("Way: which account, transfer or bill"),
            "document": words.say("Document: what is sent, by whom, today"),
        }
        self.boxes = {part: widgets.Text(value=self.diary.value(f"promise.{part}") or "", layout={"width": "430px"}) for part in PARTS}
        for part, box in self.boxes.items():
            box.observe(lambda change, part=part: self._typed(part, change["new"]), "value")
        rows = [
            widgets.HBox([widgets.HTML(f'<div style="width:290px">{html.escape(labels[part])}</div>'), box])
            for part, box in self.boxes.items()
        ]
        self.said = widgets.HTML()
        self.box = widgets.VBox([widgets.HTML(STYLE), *rows, self.said])
        self.box.add_class("arsim-ask")
        self._tell()

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def _typed(self, part: str, text: str) -> None:
        self.diary.note(f"promise.{part}", text)
        self._tell()

    def _tell(self) -> None:
        given = {part: box.value.strip() for part, box in self.boxes.items()}
        lacking = missing(**given)
        if lacking:
            names = {
                "who": words.say("who"), "amount": words.say("a sum in figures"), "date": words.say("the day"),
                "channel": words.say("the way"), "document": words.say("the document"),
            }  # fmt: skip
            told = words.say("Not a promise yet. Missing: {parts}.", parts=words.listed(names[part] for part in lacking))
        else:
            told = words.say(
                "To {who}: as agreed by phone today, you will pay CNY {amount} on {date}, by {channel}; {document}. "
                "Please reply that this is so. If the money is not there by then, I will call you the next morning.",
                **given,
            )
        self.said.value = f"<p>{html.escape(told)}</p>"
