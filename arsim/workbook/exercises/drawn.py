"""An exercise with one trainee's numbers: what is given, the right answer, the wrong ones, and what an answer is worth."""

import importlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from arsim.report import words
from arsim.workbook.course.item import Option
from arsim.workbook.course.key import Key
from arsim.workbook.exercises import policies, slips, spot, tables
from arsim.workbook.exercises.dice import Dice
from arsim.workbook.exercises.given import unit_of, with_unit, written
from arsim.workbook.exercises.outcome import Outcome, not_attempted, unreadable
from arsim.workbook.exercises.reading import nothing, read_date, read_number
from arsim.workbook.exercises.task import Task, read_task

TRIES = 500


def found(of: str):
    """The function that ``"module:name"`` names."""
    module, _, name = of.partition(":")
    return getattr(importlib.import_module(module), name)


def bound(key: Key, given: Mapping[str, Any]) -> Key:
    """A key with this trainee's numbers: what its function names among the givens, and ``"$name"`` for a given of another name."""
    wanted = inspect.signature(found(key.of)).parameters
    held = {name: value for name, value in given.items() if name in wanted}
    told = {name: given[value[1:]] if isinstance(value, str) and value.startswith("$") else value for name, value in key.given.items()}
    return key.model_copy(update={"given": held | told})


@dataclass(frozen=True)
class Drawn:
    """A task with its numbers.

    Parameters
    ----------
    task : Task
    given : dict
        By name; tables as lists of rows.
    right : any
        The right answer: a number, a date, an option's value, `tables.Cells`, line and figure of a worked solution, or whatever a
        judge's task has.
    wrong : dict
        Mistake (its name, or its place) → the wrong answer it leads to. Of a choice: the place of the option → its value.
    options : tuple of Option
        Of a choice, in the order in which they are shown.
    """

    task: Task
    given: dict[str, Any]
    right: Any
    wrong: dict[str, Any]
    options: tuple[Option, ...] = ()

    @property
    def told(self) -> dict[str, Any]:
        """What fills the holes of texts: numbers and texts as they are, dates as 2025-03-01."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in self.given.items()}

    def asked(self) -> str:
        """The question in the language in use."""
        return self.task.ask.told(self.told)

    def hint(self, place: int) -> str:
        """The hint at `place`."""
        return self.task.hint[place].told(self.told)

    def solution(self) -> str:
        """The way to the answer, and the answer."""
        return self.task.because.told(self.told | {"answer": self.answer_text()})

    def answer_text(self) -> str:
        """The right answer as a reader sees it."""
        task = self.task
        if task.kind == "choice":
            return next(option.text.told(self.told) for option in task.option if str(option.value) == str(self.right))
        if task.kind in ("number", "spot"):
            right = self.right["figure"] if task.kind == "spot" else self.right
            value = right if task.within < 0.01 else round(right, 0 if task.within >= 0.5 else 1 if task.within >= 0.05 else 2)
            return f"{written(value, task.measure)} {task.unit.told()}" if task.unit else with_unit(value, task.measure)
        if task.kind == "table":
            rows = [f"{row.text.told()} " + " / ".join(with_unit(self.right[row.name, one.name], one.measure) for one in task.column)
                    for row in task.row]  # fmt: skip
            return words.listed(rows)
        return written(self.right, "text")

    @property
    def unit(self) -> str:
        """The unit asked for."""
        return self.task.unit.told() if self.task.unit else unit_of(self.task.measure)

    def judge(self, answer: object) -> Outcome:
        """What an answer is worth. Nothing that is given makes it raise."""
        try:
            if {"table": tables.empty, "spot": spot.empty}.get(self.task.kind, nothing)(answer):
                return not_attempted()
            return self._judged(answer)
        except Exception as error:  # noqa: BLE001 - a trainee's object may do anything; no traceback, whatever it is
            return unreadable(words.say("This cannot be read as an answer here ({kind}).", kind=type(error).__name__))

    def _judged(self, answer: object) -> Outcome:
        task = self.task
        if task.kind == "choice":
            return self._choice(answer)
        if task.kind == "spot":
            return self._spot(answer)
        if task.kind == "policy":
            answer = policies.read(answer)
            if isinstance(answer, str):
                return unreadable(answer)
        if task.judge:
            return self._by_judge(answer)
        read = {
            "number": lambda: read_number(answer, task.measure), "date": lambda: read_date(answer),
            "table": lambda: tables.read_table(task, answer),
        }[task.kind]()  # fmt: skip
        if isinstance(read, str):
            return unreadable(read)
        if self._same(read, self.right):
            return Outcome(True, self.solution())
        for place, value in self.wrong.items():
            if self._same(read, value):
                return self._mistake(place)
        if task.kind == "number":
            return Outcome(False, slips.told(read, self.right, task.within, task.measure))
        if task.kind == "table":
            return Outcome(False, tables.off(task, read, self.right))
        days = (read - self.right).days
        return Outcome(False, words.say("Too late. Count once more.") if days > 0 else words.say("Too early. Count once more."))

    def _choice(self, answer: object) -> Outcome:
        options = self.task.option
        known = {str(option.value): at for at, option in enumerate(options)}
        texts = [option.text.told(self.told) for option in options]
        said = str(answer).strip()
        at = known.get(said, next((at for at, text in enumerate(texts) if text == said), None))
        if at is None:  # "B" for "Customer B"; in a name without spaces too
            ends = [at for at, text in enumerate(texts) if len(said) == 1 and text.endswith(said.upper())]
            at = ends[0] if len(ends) == 1 else None
        if at is None:
            return unreadable(words.say("Choose one of: {options}.", options=words.listed(texts)))
        right = str(options[at].value) == str(self.right)
        return Outcome(right, self.solution() if right else options[at].says.told(self.told), None if right else str(at))

    def _spot(self, answer: object) -> Outcome:
        read = spot.read(self.task, answer)
        if isinstance(read, str):
            return unreadable(read)
        line, figure = read
        if line != self.right["line"]:
            said = next(one for one in self.task.option if one.value == line).says.told(self.told)
            return Outcome(False, said, f"line {line}")
        if figure is None:
            return Outcome(False, words.say("That is the line. Now the right figure."))
        near = lambda one: abs(figure - one["figure"]) <= self.task.within + 1e-9  # noqa: E731
        if near(self.right):
            return Outcome(True, self.solution())
        for place, value in self.wrong.items():
            if value["line"] == line and near(value):
                return self._mistake(place)
        told = slips.told(figure, self.right["figure"], self.task.within, self.task.measure)
        return Outcome(False, words.say("The line is right.") + " " + told)

    def _by_judge(self, answer: object) -> Outcome:
        key = bound(Key(of=self.task.judge), self.given | {"answer": answer})
        verdict = key.value()
        if not verdict:
            return Outcome(True, self.solution())
        return self._mistake(verdict) if verdict in self.wrong else unreadable(str(verdict))

    def _mistake(self, place: str) -> Outcome:
        named = {one.name or str(at): one for at, one in enumerate(self.task.wrong)}
        return Outcome(False, named[place].says.told(self.told), place)

    def _same(self, one: Any, other: Any) -> bool:
        if self.task.kind == "date":
            return one == other
        if self.task.kind == "table":
            return tables.same(one, other, self.task.within)
        return abs(one - other) <= self.task.within + 1e-9

    def sound(self) -> bool:
        """Whether every answer is one, and none of them can be taken for another."""
        if self.task.judge:
            return True
        if self.task.kind == "choice":
            return [str(one.value) for one in self.task.option].count(str(self.right)) == 1
        answers = [self.right, *self.wrong.values()]
        if self.task.kind == "spot":
            answers = [one["figure"] for one in answers if one is self.right or one["line"] == self.right["line"]]
        if self.task.kind in ("number", "spot"):
            if any(value != value or abs(value) == float("inf") for value in answers) or abs(answers[0]) <= 4 * self.task.within:
                return False  # near 0 a wrong sign, a wrong unit or a mere guess would pass
        return not any(self._apart(one, other) for at, one in enumerate(answers) for other in answers[:at])

    def _apart(self, one: Any, other: Any) -> bool:
        """Whether two answers are so near that one number could stand for both."""
        if self.task.kind == "date":
            return one == other
        if self.task.kind == "table":
            return tables.same(one, other, 2 * self.task.within)
        return abs(one - other) <= 2 * self.task.within + 1e-6


@lru_cache(128)
def draw(name: str, seed: int) -> Drawn:
    """The exercise `name` with the numbers of trainee `seed`: the same on every machine.

    Raises
    ------
    BadInput
        There is no such exercise.
    ValueError
        It has no numbers under which its answers differ from one another.
    """
    task = read_task(name)
    for attempt in range(TRIES):
        made = _once(task, Dice(seed, name, attempt))
        if made and made.sound():
            return made
    raise ValueError(f"{name}: no numbers for {seed} under which the answers differ")


def _once(task: Task, dice: Dice) -> Drawn | None:
    given = {one.name: one.draw(dice) for one in task.given if not one.made}
    if task.maker:
        more = found(task.maker.of)(dice, **bound(task.maker, given).given)
        if more is None:
            return None
        given |= more
    value = lambda key: _value(task, bound(key, given).value())  # noqa: E731
    try:
        wrong = {one.name or str(at): value(one.key) for at, one in enumerate(task.wrong)}
        right = value(task.key)
    except ZeroDivisionError:
        return None
    if task.kind == "spot":
        right, wrong = spot.lines(task, right, wrong)
    elif task.option:
        wrong = {str(at): one.value for at, one in enumerate(task.option) if str(one.value) != str(right)}
    return Drawn(task, given, right, wrong, _in_order(task, given, dice))


def _in_order(task: Task, given: dict[str, Any], dice: Dice) -> tuple[Option, ...]:
    """The options as they are shown: as the task has them, by their letters if they are letters, or shuffled; lines of a text stay."""
    if task.in_order or task.kind == "spot" or not task.option:
        return task.option
    texts = {option.value: option.text.told(given) for option in task.option}
    if all(len(text) == 1 for text in texts.values()):
        return tuple(sorted(task.option, key=lambda option: texts[option.value]))
    return tuple(dice.some(task.option, len(task.option)))


def _value(task: Task, value: Any) -> Any:
    if task.kind == "table":
        return tables.reference_cells(task, value)
    if task.kind in ("number", "spot"):
        return float(value)
    return date.fromisoformat(value) if task.kind == "date" and isinstance(value, str) else value
