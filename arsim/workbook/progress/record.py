"""What is known of a trainee's progress: numbers only, under names that are ours. Nothing anybody typed has room in it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from arsim.workbook.course.tally import MOST
from arsim.workbook.progress import means

Count = Annotated[int, Field(ge=0, le=MOST)]
OWN = "own"  # a debtor of the instructor's


def _ours(known) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known():
            raise ValueError("unknown here")
        return value

    return AfterValidator(check)


LessonName = Annotated[str, _ours(means.lessons)]
ExerciseName = Annotated[str, _ours(means.pages)]
ItemName = Annotated[str, _ours(lambda: {name for one in means.lessons().values() for name in one.items})]
Debtor = Annotated[str, _ours(lambda: means.debtors() | {OWN})]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Lesson(_Value):
    """What was done of a lesson: predictions typed, checks answered."""

    predictions: Count
    checks: Count


class Tried(_Value):
    """A question's tries: how many, whether the first was right, which wrong answers were met how often."""

    tries: Count
    first: bool
    wrong: dict[str, Count] = {}


class Exercise(Tried):
    """An exercise's tries, whether it was passed, and how many hints were taken."""

    passed: bool
    hints: Count


class Call(_Value):
    """A call held to its end."""

    who: Debtor
    points: Annotated[int, Field(ge=0, le=100)]


class Season(_Value):
    """A season of the league: months ended, months there are (None: a game that is not ours), handed in as it stands or not."""

    ended: Count
    months: Count | None
    handed_in: bool


class Test(_Value):
    """A sitting; `right` only once both are handed in: before that the trainee is not to know."""

    answered: Count
    asked: Count
    right: Count | None
    handed_in: bool


class Progress(_Value):
    """All of it; only what was begun is there.

    Parameters
    ----------
    lessons, checks, exercises : dict
        By name.
    calls : tuple of Call
        In the order they were held.
    league : tuple of Season
    tests : dict
        "before" and "after".
    """

    lessons: dict[LessonName, Lesson] = {}
    checks: dict[ItemName, Tried] = {}
    exercises: dict[ExerciseName, Exercise] = {}
    calls: tuple[Call, ...] = ()
    league: tuple[Season, ...] = ()
    tests: dict[Literal["before", "after"], Test] = {}

    def finished(self, lesson: str) -> bool:
        """Whether everything a lesson asks has been answered."""
        asked, done = means.lessons()[lesson], self.lessons.get(lesson)
        return done is not None and done.predictions >= len(asked.predictions) and done.checks >= len(asked.items)

    def best(self) -> dict[str, int]:
        """Debtor → best points so far."""
        made: dict[str, int] = {}
        for one in self.calls:
            made[one.who] = max(one.points, made.get(one.who, 0))
        return made

    def trend(self) -> float | None:
        """Mean points of the last three calls less those of the first three; None before there are six, for they would overlap."""
        points = [one.points for one in self.calls]
        return sum(points[-3:]) / 3 - sum(points[:3]) / 3 if len(points) >= 6 else None
