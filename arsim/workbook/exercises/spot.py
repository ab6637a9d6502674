"""“Spot the error” as an answer: which line of a worked solution is wrong, and what the right figure is."""

from collections.abc import Mapping
from typing import Any

from arsim.report import words
from arsim.workbook.exercises.reading import nothing, read_number
from arsim.workbook.exercises.task import Task

Spotted = dict[str, Any]  # "line" → its number, "figure" → the right figure


def lines(task: Task, figure: float, wrong: Mapping[str, float]) -> tuple[Spotted, dict[str, Spotted]]:
    """The right answer, and the wrong ones by name: the wrong line with a wrong figure, or another line with the right one.

    Parameters
    ----------
    task : Task
    figure : float
        The right one.
    wrong : mapping
        Mistake → the figure it leads to.
    """
    (line,) = (one.value for one in task.option if one.right)
    made = {name: {"line": line, "figure": value} for name, value in wrong.items()}
    made |= {f"line {one.value}": {"line": one.value, "figure": figure} for one in task.option if not one.right}
    return {"line": line, "figure": figure}, made


def empty(answer: object) -> bool:
    """Whether neither a line nor a figure has been given.

    >>> empty({"line": None, "figure": " "}), empty({"line": 3})
    (True, False)
    """
    return all(map(nothing, answer.values())) if isinstance(answer, Mapping) else nothing(answer)


def read(task: Task, answer: object) -> tuple[int, float | None] | str:
    """Line and figure somebody gave, the figure None if it is still missing; or, in words, what is wrong with the answer."""
    if not isinstance(answer, Mapping) or "line" not in answer:
        return words.say("Two things are asked for: the line that is wrong, and the right figure. In code: {example}.",
                         example='{"line": 1, "figure": 12.5}')  # fmt: skip
    if nothing(answer["line"]):
        return words.say("Say as well which line is wrong.")
    line, known = read_number(answer["line"]), [one.value for one in task.option]
    if line not in known:
        return words.say("Choose one of: {options}.", options=", ".join(map(str, known)))
    if nothing(answer.get("figure")):
        return int(line), None
    figure = read_number(answer["figure"], task.measure)
    return figure if isinstance(figure, str) else (int(line), figure)
