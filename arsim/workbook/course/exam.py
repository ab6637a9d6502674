"""The test before and after the course, in the notebook: answers are kept as they are given, marked only once both are handed in."""

import html
from pathlib import Path

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.course.answer_sheet import FOLDER, TIMES, AnswerSheet, form_of
from arsim.workbook.course.ask import ItemBox, verdict
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.item import AREAS
from arsim.workbook.course.lesson import show as show_box
from arsim.workbook.course.lesson import show_table

_AREAS = {"calculation": "Calculation", "law": "Law", "decision": "Decision"}


class Exam(widgets.VBox):
    """One sitting.

    Parameters
    ----------
    when : {"before", "after"}
    folder : Path, optional
        Where the file for the instructor is written; by default beside the notebooks.
    """

    def __init__(self, when: str, folder: Path | None = None):
        self.when, self._folder, self.diary = when, folder or Path.cwd() / FOLDER, Diary(f"exam_{when}")
        self.seat = widgets.BoundedIntText(self.diary.value("seat") or Diary("exam_before").value("seat") or 0, 0, 999)
        self.seat.layout = {"width": "90px"}
        self.hand_in = widgets.Button(description=words.say("Hand in"), layout={"width": "auto", "align_self": "flex-start"})
        self.said, self._boxes = widgets.HTML(), widgets.VBox()
        asked = widgets.HTML(html.escape(words.say("Your seat number (from the instructor; on your own, any number):")))
        super().__init__([widgets.HBox([asked, self.seat], layout={"flex_flow": "row wrap"}), self._boxes, self.hand_in, self.said])
        self.seat.observe(lambda _: self._sit(), "value")
        self.hand_in.on_click(lambda _: self.finish())
        self._sit()

    @property
    def sheet(self) -> AnswerSheet:
        """What is answered so far."""
        return sheet(self.when)

    def _sit(self) -> None:
        """Lay out the form that belongs to the seat."""
        old, self._boxes.children = self._boxes.children, []
        for box in old:
            box.close()
        self.hand_in.disabled = not self.seat.value
        if not self.seat.value:
            return
        self.diary.note("seat", self.seat.value)
        known = self.sheet
        boxes = []
        for item in known.items:
            keep = lambda value, name=item.name: self.diary.note(f"item.{name}", value)  # noqa: E731
            boxes.append(ItemBox(item, known.answers.get(item.name), keep, marked=False))
        self._boxes.children = boxes

    def finish(self) -> None:
        """Write the file for the instructor."""
        done = self.sheet
        self.diary.note("handed_in", True)
        counted = words.say("{done} of {asked} questions answered.", done=len(done.answers), asked=len(done.items))
        try:
            path = done.write(self._folder)
        except OSError:
            told = words.say("It cannot be kept on this computer; note it on paper.")
        else:
            told = words.say("Handed in: {path}. You may change answers and hand in again.", path=path)
        self.said.value = f"<p>{html.escape(counted)} {html.escape(str(told))}</p>"


def show(when: str) -> None:
    """Display the test.

    Parameters
    ----------
    when : {"before", "after"}
    """
    show_box(Exam(when))


def sheet(when: str) -> AnswerSheet:
    """What this trainee has answered."""
    diary = Diary(f"exam_{when}")
    seat = diary.value("seat") or 1
    blank = AnswerSheet(seat, when, form_of(seat, when))
    entries = diary.entries()
    given = {item.name: entries[f"item.{item.name}"]["value"] for item in blank.items if f"item.{item.name}" in entries}
    return AnswerSheet(seat, when, blank.form, given)


def gain() -> None:
    """Show how many were right before and after, by area; and every question answered wrongly afterwards with what to think over."""
    sheets = [sheet(when) for when in TIMES]
    rows = [[words.say("Area"), words.say("Before"), words.say("After")]]
    marks = [list(zip(one.items, one.marks(), strict=True)) for one in sheets]
    for area in AREAS:
        counts = [[right for item, right in one if item.area == area] for one in marks]
        rows.append([words.say(_AREAS[area]), *(_of(count) for count in counts)])
    rows.append([words.say("All"), *(_of([right for _, right in one]) for one in marks)])
    show_table(rows)
    after = sheets[1]
    missed = [item for item, right in marks[1] if item.name in after.answers and not right]
    told = []
    for item in missed:
        because = item.because.told(item.key.given if item.key else {})
        right = words.say("Right would be: {answer}", answer=item.right_text())
        told.append(f"<p><b>{html.escape(item.asked())}</b></p>{verdict(item, item.judge(after.answers[item.name]))}"
                    f"<p>{html.escape(right)}</p><p>{html.escape(because)}</p>")  # fmt: skip
    if told:
        from IPython.display import display

        display({"text/html": "".join(told), "text/plain": words.say("What to think over.")}, raw=True)


def _of(marks: list[bool]) -> str:
    return f"{sum(marks)} / {len(marks)}"
