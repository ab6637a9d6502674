"""An exercise as a widget: the task, what is given, room for the answer, and Check, Hint, Solution."""

import html

import ipywidgets as widgets

from arsim.report import words
from arsim.workbook.course.ask import STYLE
from arsim.workbook.course.lesson import table_html
from arsim.workbook.exercises.drawn import Drawn
from arsim.workbook.exercises.exercise import Exercise
from arsim.workbook.exercises.given import with_unit, written
from arsim.workbook.exercises.inputs import Input
from arsim.workbook.exercises.marked import paragraphs

LEVELS = {1: "read and compute", 2: "decide", 3: "by code"}
ROWS = 25  # of a table that is given; the rest is there for code


class ExerciseBox(widgets.VBox):
    """One exercise on the screen.

    Parameters
    ----------
    exercise : Exercise
    """

    def __init__(self, exercise: Exercise):
        self.exercise, drawn, before = exercise, exercise.drawn, exercise.done
        self.input = Input(drawn, before.answer)
        self.said, self.more = widgets.HTML(), widgets.HTML()
        wide = {"width": "auto"}
        self.check = widgets.Button(description=words.say("Check"), layout=wide, button_style="primary")
        self.hint = widgets.Button(description=words.say("Hint"), layout=wide)
        self.solution = widgets.Button(description=words.say("Solution"), layout=wide)
        buttons = [self.hint, self.solution] if self.input.by_code else [self.check, self.hint, self.solution]
        task = widgets.HTML(STYLE + _head(drawn) + paragraphs(drawn.asked()) + given_html(drawn))
        super().__init__([task, self.input, widgets.HBox(buttons), self.said, self.more])
        self.add_class("arsim-ask")
        self.add_class(f"arsim-exercise-{exercise.name}")
        self.check.on_click(lambda _: self._check())
        self.hint.on_click(lambda _: self._tell(exercise.next_hint()))
        self.solution.on_click(lambda _: self._tell(exercise.way()))
        if before.passed:
            self.said.value = f'<p style="color:#1a7f37">{html.escape(words.say("You have passed this one already."))}</p>'

    def _check(self) -> None:
        typed, before = self.input.typed, self.exercise.done
        again = before.attempts and typed == before.answer  # the same answer once more is no second try
        outcome = self.exercise.judge(typed) if again else self.exercise.attempt(typed, typed)
        self.said.value = outcome.html() + f"<p>{html.escape(self.exercise.unkept)}</p>"
        self.more.value = ""

    def _tell(self, text: str) -> None:
        self.more.value = paragraphs(text)


def given_html(drawn: Drawn) -> str:
    """What is given: single values in one table, each table under its title."""
    single = [one for one in drawn.task.given if one.text and not one.column]
    made = ""
    if single:
        rows = [[one.text.told(), with_unit(drawn.given[one.name], one.measure)] for one in single]
        made += table_html([[words.say("What is given"), ""], *rows])
    for one in drawn.task.given:
        if one.column and one.text:
            rows = [[written(row[column.name], column.measure) for column in one.column] for row in drawn.given[one.name]]
            left = len(rows) - ROWS
            made += f"<p><b>{html.escape(one.text.told())}</b></p>" + table_html([[c.text.told() for c in one.column], *rows[:ROWS]])
            made += f"<p>{html.escape(words.say('… and {count} rows more', count=left))}</p>" if left > 0 else ""
    return made


def _head(drawn: Drawn) -> str:
    level = words.say("level {level}: {what}", level=drawn.task.level, what=words.say(LEVELS[drawn.task.level]))
    return f'<p><b>{html.escape(drawn.task.title.told())}</b> <span style="color:#57606a">· {html.escape(level)}</span></p>'
