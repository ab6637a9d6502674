"""Two talks set beside each other: who did what is named first, and marked only then."""

import html
import tomllib
from functools import cache
from typing import Literal

import ipywidgets as widgets
from pydantic import BaseModel, ConfigDict, Field

from arsim.domain.places import place
from arsim.report import words
from arsim.workbook.course.ask import STYLE
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.item import Said
from arsim.workbook.course.lesson import show

IN = ("first", "second", "both", "neither")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Move(_Value):
    """Something a person may do in a talk: what, in which of the two talks it is done, and where it can be seen."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    text: Said
    where: Literal["first", "second", "both", "neither"]
    says: Said


class Pair(_Value):
    """The moves by which two talks are compared."""

    move: tuple[Move, ...] = Field(min_length=2)


@cache
def read_pair(name: str) -> Pair:
    """The pair of talks called `name` in ``data/course/contrasts``."""
    path = place("data") / "course" / "contrasts" / f"{name}.toml"
    return Pair.model_validate(tomllib.loads(path.read_text("utf-8")))


class Contrast:
    """Asks of every move in which talk it was made, and compares with the text when told to.

    Parameters
    ----------
    name : str
        Of the pair.
    lesson : str
        Whose diary keeps the answers.
    """

    def __init__(self, name: str, lesson: str):
        self.pair, self.diary, self._name = read_pair(name), Diary(lesson), name
        titles = [words.say("first call"), words.say("second call"), words.say("both calls"), words.say("neither call")]
        options = list(zip(titles, IN, strict=True))
        self.picks, self.said, rows = {}, {}, []
        for move in self.pair.move:
            kept = self.diary.value(self._entry(move))
            pick = widgets.ToggleButtons(options=options, value=kept if kept in IN else None, style={"button_width": "112px"})
            pick.observe(lambda change, move=move: self.diary.note(self._entry(move), change["new"]), "value")
            self.picks[move.name], self.said[move.name] = pick, widgets.HTML()
            rows.append(widgets.VBox([widgets.HTML(f"<p>{html.escape(move.text.told())}</p>"), pick, self.said[move.name]]))
        self.button = widgets.Button(description=words.say("Compare with the transcripts"), layout={"width": "auto"})
        self.button.on_click(lambda _: self.mark())
        self.total = widgets.HTML()
        self.box = widgets.VBox([widgets.HTML(STYLE), *rows, self.button, self.total])
        self.box.add_class("arsim-ask")

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def mark(self) -> int:
        """Set what was named beside what the transcripts show; how many moves were placed right."""
        right = 0
        for move in self.pair.move:
            picked = self.picks[move.name].value
            good = picked == move.where
            right += good
            sign, colour = ("–", "#555") if picked is None else ("✓", "#1a7f37") if good else ("✗", "#b42318")
            told = words.say(
                "{where}. {why}",
                where=dict(zip(IN, (label for label, _ in self.picks[move.name].options), strict=True))[move.where],
                why=move.says.told(),
            )
            self.said[move.name].value = f'<p style="color:{colour}">{sign} {html.escape(told)}</p>'
        total = words.say("{right} of {all} placed as the transcripts have them.", right=right, all=len(self.pair.move))
        self.total.value = f"<p><b>{html.escape(total)}</b></p>"
        return right

    def _entry(self, move: Move) -> str:
        return f"contrast.{self._name}.{move.name}"
