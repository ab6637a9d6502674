"""A class: every summary of a folder, those that do not count told why; and what cost the class most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.workbook.course.item import Item
from arsim.workbook.course.tally import OTHER
from arsim.workbook.exercises.task import Task
from arsim.workbook.progress import means
from arsim.workbook.progress.record import Tried
from arsim.workbook.progress.summary import Summary, called_so, read


@dataclass(frozen=True)
class Question:
    """A check or an exercise as the class met it.

    Parameters
    ----------
    name : str
    lesson : str
        Where it is asked.
    tried, first : int
        Trainees who tried it, and whose first try was right.
    passed : int or None
        Of an exercise, trainees who passed it.
    wrong : tuple of (str, int)
        Which wrong answer, and how many trainees met it at least once; the commonest first.
    """

    name: str
    lesson: str
    tried: int
    first: int
    passed: int | None
    wrong: tuple[tuple[str, int], ...]

    @property
    def asked(self) -> Item | Task:
        """The question itself."""
        return means.item(self.name) if self.passed is None else means.task(self.name)


@dataclass(frozen=True)
class Class:
    """What came of a folder.

    Parameters
    ----------
    summaries : tuple of Summary
        Those that count, by code.
    refused : tuple of Problem
        One for each file that does not.
    """

    summaries: tuple[Summary, ...]
    refused: tuple[Problem, ...]

    def questions(self) -> list[Question]:
        """Every question somebody tried; those most were wrong about at first come first."""
        made = [_met(name, lesson, None, [one.checks[name] for one in self.summaries if name in one.checks])
                for lesson, asked in means.lessons().items() for name in asked.items]  # fmt: skip
        for name in means.pages():
            tried = [one.exercises[name] for one in self.summaries if name in one.exercises and one.exercises[name].tries]
            made.append(_met(name, means.task(name).lesson, sum(one.passed for one in tried), tried))
        return sorted((one for one in made if one.tried), key=lambda one: (one.first - one.tried, one.first / one.tried))

    def misconceptions(self) -> list[tuple[Question, str, int]]:
        """Each usual mistake somebody made, with how many trainees made it; the commonest first."""
        found = [(one, key, people) for one in self.questions() for key, people in one.wrong if key != OTHER]
        return sorted(found, key=lambda one: -one[2])

    def reached(self) -> dict[str, tuple[int, int]]:
        """Lesson → how many trainees have begun it, and how many have finished it."""
        return {name: (sum(name in one.lessons for one in self.summaries), sum(one.finished(name) for one in self.summaries))
                for name in means.lessons()}  # fmt: skip


def gather(folder: Path) -> Class:
    """Every summary in `folder`; what does not count is named and the others count.

    Raises
    ------
    BadInput
        There is no such folder, or no summary in it.
    """
    if not folder.is_dir():
        raise BadInput(Problem("There is no such folder.", "Check the path.", file=str(folder)))
    found: dict[int, list[tuple[str, Summary]]] = {}
    refused = []
    for path in sorted(folder.glob("**/*.json")):
        name = path.relative_to(folder).as_posix()
        try:
            one = read(path)
        except BadInput as error:
            refused += [_of_file(problem, name) for problem in error.problems if called_so(path)]
            continue
        found.setdefault(one.code, []).append((name, one))
    for code, held in found.items():
        refused += [] if len(held) == 1 else [_twice(name, code, [other for other, _ in held if other != name]) for name, _ in held]
    if not found and not refused:
        raise BadInput(Problem("There are no summaries here.", "Collect the files progress_….json of the trainees into one folder.",
                               file=str(folder)))  # fmt: skip
    counted = tuple(held[0][1] for _, held in sorted(found.items()) if len(held) == 1)
    return Class(counted, tuple(sorted(refused, key=lambda one: one.file)))


def _of_file(problem: Problem, name: str) -> Problem:
    return Problem(problem.what, problem.remedy, file=name, values=problem.values)


def _twice(name: str, code: int, others: Sequence[str]) -> Problem:
    values = {"code": code, "others": ", ".join(others)}
    return Problem("The code {code} is used twice: see {others}. Neither counts.",
                   "If both are of one trainee, keep the later; else give one of them another number.",
                   file=name, values=values)  # fmt: skip


def _met(name: str, lesson: str, passed: int | None, tried: Sequence[Tried]) -> Question:
    people = Counter(key for one in tried for key, times in one.wrong.items() if times)
    wrong = tuple(sorted(people.items(), key=lambda one: (-one[1], one[0])))
    return Question(name, lesson, len(tried), sum(one.first for one in tried), passed, wrong)
