"""The trainee's number, which draws their exercises' numbers; and what they have done, on their own disk only."""

from dataclasses import dataclass, fields

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.tally import read_tally

DIARY = "exercises"
FIRST = 1  # the number of whoever has set none: then everybody has the same numbers
MOST = 999_999


@dataclass(frozen=True)
class Done:
    """What a trainee has done in one exercise."""

    attempts: int = 0
    passed: bool = False
    hints: int = 0
    solution: bool = False
    answer: object = None

    @property
    def mark(self) -> str:
        """For a table of progress."""
        return words.say("passed") if self.passed else words.say("not yet right") if self.attempts else words.say("not attempted")


def number() -> int:
    """The trainee's number: as set for the exercises, else the seat number of the course's test, else 1."""
    for diary, name in ((Diary(DIARY), "number"), (Diary("exam_before"), "seat")):
        value = diary.value(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST:
            return value
    return FIRST


def set_number(value: int) -> bool:
    """Keep the trainee's number; False if that cannot be done or it is none."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST:
        return False
    return Diary(DIARY).note("number", value)


def done(name: str, seed: int) -> Done:
    """What has been done in the exercise `name` with the numbers of `seed`; nothing, if the file says nothing usable."""
    kept = Diary(DIARY).value(_entry(name, seed))
    kinds = {one.name: type(one.default) for one in fields(Done) if one.default is not None}
    if not isinstance(kept, dict) or not set(kept) <= {*kinds, "answer"}:
        return Done()
    return Done(**kept) if all(type(value) is kinds.get(key, type(value)) for key, value in kept.items()) else Done()


def note(name: str, seed: int, what: Done) -> bool:
    """Keep it; False if that cannot be done."""
    return Diary(DIARY).note(_entry(name, seed), vars(what))


def note_try(name: str, seed: int, what: Done, right: bool, mistake: str | None) -> bool:
    """Keep what has been done, and of the last try which mistake it was; False if that cannot be done."""
    entry, diary = _entry(name, seed), Diary(DIARY)
    counted = read_tally(diary.value(f"tally.{entry}")).counted(right, mistake)
    return diary.note_all({entry: vars(what), f"tally.{entry}": counted.plain()})


def show_number() -> None:
    """Display the box for the trainee's number."""
    from arsim.workbook.course.lesson import show

    box = widgets.BoundedIntText(number(), 1, MOST, layout={"width": "100px"})
    said = widgets.HTML()

    def keep(change) -> None:
        kept = set_number(change["new"])
        told = words.say("Kept. Now run the page once more: its numbers are yours.") if kept else words.say(
            "It cannot be kept on this computer; note it on paper.")  # fmt: skip
        said.value = f"<p>{told}</p>"

    box.observe(keep, "value")
    label = widgets.HTML(words.say("Your number (from the instructor; on your own, any number):"))
    show(widgets.VBox([widgets.HBox([label, box], layout={"flex_flow": "row wrap"}), said]))


def _entry(name: str, seed: int) -> str:
    return f"{name}@{seed}"
