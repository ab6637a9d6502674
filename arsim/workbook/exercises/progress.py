"""How far a trainee has come: every exercise with its level and what has been done in it."""

from arsim.report import words
from arsim.workbook.course.lesson import show_table
from arsim.workbook.exercises import trainee
from arsim.workbook.exercises.task import read_task


def rows(*names: str) -> list[list[str]]:
    """A table, its first row the head: exercise, level, passed, attempts, hints."""
    say, seed = words.say, trainee.number()
    made = [[say("Exercise"), say("Level"), say("State"), say("Attempts"), say("Hints")]]
    for name in names:
        task, done = read_task(name), trainee.done(name, seed)
        made.append([task.title.told(), str(task.level), done.mark, str(done.attempts), str(done.hints)])
    return made


def show(*names: str) -> None:
    """Display it for the exercises `names`."""
    show_table(rows(*names))
