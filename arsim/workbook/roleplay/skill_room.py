"""The skill room: two calls that differ in one thing; say which is better and why, then see what it brought."""

import html

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.lesson import show
from arsim.workbook.roleplay import skill_telling as telling
from arsim.workbook.roleplay.skill import skills

_AUTO = {"width": "auto", "align_self": "flex-start"}
_WRAP = "<style>.arsim-skill .widget-html-content { white-space: normal; line-height: 1.5; }</style>"


class SkillRoom:
    """One skill at a time.

    Parameters
    ----------
    skill : str, optional
        The one to begin with; by default the one looked at last, else the first.
    calls : int
        Pairs of calls behind the average that is told at the end.
    """

    def __init__(self, skill: str | None = None, calls: int = 200):
        self.diary, self.calls, say = Diary("roleplay"), calls, words.say
        options = [(one.label.told(), name) for name, one in skills().items()]
        kept = skill or self.diary.value("skill.last")
        first = kept if kept in skills() else options[0][1]
        self.choice = widgets.Dropdown(options=options, value=first, description=say("Skill"), layout={"width": "480px"})
        self.opening, self.pair, self.look, self.result = (widgets.HTML() for _ in range(4))
        self.pick = widgets.ToggleButtons(
            options=[(telling.title(side), side) for side in telling.SIDES], value=None, description=say("Better:")
        )
        self.why = widgets.Textarea(placeholder=say("Why? At which sentence do they part?"), layout={"width": "600px", "height": "60px"})
        self.button = widgets.Button(description=say("Show what each has brought"), layout=_AUTO)
        self.box = widgets.VBox(
            [widgets.HTML(_WRAP), self.choice, self.opening, self.look, self.pair, self.pick, self.why, self.button, self.result]
        )
        self.box.add_class("arsim-skill")
        self._draw()
        self.choice.observe(lambda _: self._draw(), "value")
        self.pick.observe(lambda _: self._keep(), "value")
        self.why.observe(lambda _: self._keep(), "value")
        self.button.on_click(lambda _: self.reveal())

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def reveal(self) -> None:
        """The points and the thoughts, once a guess is made."""
        if self.pick.value is None:
            self.result.value = f"<p>{html.escape(words.say('First say which is better.'))}</p>"
            return
        right = self.pick.value == telling.better(self.skill)
        told = words.say("You chose it.") if right else words.say("You chose the other one. What did you read differently?")
        self.result.value = f"<p>{html.escape(told)}</p>{telling.revealed(self.skill, self.calls)}"

    @property
    def skill(self):
        """The one chosen."""
        return skills()[self.choice.value]

    def _draw(self) -> None:
        kept = self.diary.value(f"skill.{self.skill.name}")
        kept = kept if isinstance(kept, dict) else {}
        self._quiet = True
        self.pick.value = kept.get("pick") if kept.get("pick") in telling.SIDES else None
        self.why.value = str(kept.get("why", ""))
        self._quiet = False
        both = words.say("Both calls begin alike")
        self.opening.value = f"<details open><summary><b>{html.escape(both)}</b></summary>{telling.opening(self.skill)}</details>"
        self.look.value = f"<p><b>{html.escape(words.say('Look for:'))}</b> {html.escape(self.skill.look.told())}</p>"
        self.pair.value, self.result.value = telling.pair(self.skill), ""
        self.diary.note("skill.last", self.skill.name)

    def _keep(self) -> None:
        if not self._quiet:
            self.diary.note(f"skill.{self.skill.name}", {"pick": self.pick.value, "why": self.why.value})
