"""An exercise at work: shown with the trainee's own numbers, checked, hinted at, solved; kept over a restart."""

from dataclasses import replace
from typing import Any

from arsim.report import words
from arsim.workbook.course.lesson import show as show_box
from arsim.workbook.exercises import trainee
from arsim.workbook.exercises.drawn import Drawn, draw
from arsim.workbook.exercises.frames import as_given
from arsim.workbook.exercises.functions import called, elsewhere
from arsim.workbook.exercises.outcome import Outcome

OTHER = 7_919  # further on: numbers on which a function is tried besides the trainee's own


class Exercise:
    """One exercise of this trainee.

    Parameters
    ----------
    name : str
        Of its file in ``data/exercises``.
    seed : int, optional
        Whose numbers; by default the trainee's own.

    Raises
    ------
    BadInput
        There is no such exercise.
    """

    def __init__(self, name: str, seed: int | None = None):
        self.name, self.seed = name, trainee.number() if seed is None else seed
        self.drawn: Drawn = draw(name, self.seed)
        self._unkept: trainee.Done | None = None

    @property
    def task(self):
        """What its file says."""
        return self.drawn.task

    @property
    def given(self) -> dict[str, Any]:
        """What is given, by name: numbers, dates, and tables as DataFrames; a copy each time."""
        return as_given(self.drawn)

    @property
    def done(self) -> trainee.Done:
        """What has been done so far."""
        return self._unkept or trainee.done(self.name, self.seed)

    @property
    def unkept(self) -> str:
        """What to say where nothing can be kept on this computer; empty where it can."""
        return words.say("It cannot be kept on this computer; note it on paper.") if self._unkept else ""

    def show(self) -> None:
        """Display the task with what is given, room for the answer, and the buttons."""
        from arsim.workbook.exercises.box import ExerciseBox

        show_box(ExerciseBox(self), self.task.title.told())

    def judge(self, answer: object) -> Outcome:
        """What `answer` is worth; nothing is noted. A function is called with what is given, by name."""
        if not callable(answer):
            return self.drawn.judge(answer)
        found = called(answer, self.drawn)
        if isinstance(found, Outcome):
            return found
        outcome = self.drawn.judge(found)
        return elsewhere(answer, draw(self.name, self.seed + OTHER)) or outcome if outcome.right else outcome

    def attempt(self, answer: object, typed: object = None) -> Outcome:
        """Judge `answer` and note it; `typed` is what a box is to show again."""
        outcome = self.judge(answer)
        if outcome.right is not None:
            before = self.done
            kept = before.answer if typed is None else typed
            after = replace(before, attempts=before.attempts + 1, passed=before.passed or outcome.right, answer=kept)
            self._unkept = None if trainee.note_try(self.name, self.seed, after, outcome.right, outcome.mistake) else after
        return outcome

    def check(self, answer: object = ...) -> None:
        """Say what `answer` is worth."""
        print("\n".join(filter(None, (self.attempt(answer).text(), self.unkept))))

    def _note(self, what: trainee.Done) -> None:
        self._unkept = None if trainee.note(self.name, self.seed, what) else what

    def next_hint(self) -> str:
        """The next hint, and after the last one all of them."""
        before, most = self.done, len(self.task.hint)
        self._note(replace(before, hints=min(before.hints + 1, most)))
        shown = range(before.hints, before.hints + 1) if before.hints < most else range(most)
        return "\n".join(words.say("Hint {place} of {most}: {hint}", place=at + 1, most=most, hint=self.drawn.hint(at)) for at in shown)

    def hint(self) -> None:
        """Say the next hint."""
        print(self.next_hint())

    def way(self) -> str:
        """The solution; whoever has not tried is asked to try, once."""
        before = self.done
        self._note(replace(before, solution=True))
        if not before.attempts and not before.solution:
            return words.say("Try once first: even a rough guess. If you ask again, you will see it.")
        return self.drawn.solution()

    def solution(self) -> None:
        """Say the solution."""
        print(self.way())
