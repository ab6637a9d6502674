"""A class as rows of tables: by code, what to talk about tomorrow, by question, by lesson, and the files that do not count."""

from arsim.report import words
from arsim.report.columns import width
from arsim.report.figures import number
from arsim.workbook.course.bank import LENGTH
from arsim.workbook.course.tally import OTHER
from arsim.workbook.exercises.drawn import draw
from arsim.workbook.exercises.task import Task
from arsim.workbook.exercises.trainee import FIRST
from arsim.workbook.progress import means
from arsim.workbook.progress.klass import Class, Question
from arsim.workbook.progress.summary import Summary
from arsim.workbook.progress.told import Rows

WIDE = 66  # columns of a question: enough to know it by
TALK = 8  # mistakes to talk about: more than a morning holds


def people(found: Class) -> Rows:
    """One row a code; the first row is the head."""
    say = words.say
    head = [say("Code"), say("Day"), say("Lessons finished"), say("Lessons begun"), say("Predictions"), say("Checks"),
            say("Right at first"), say("Exercises passed"), say("Attempts"), say("Hints"), say("Debtors"), say("Calls"),
            say("Best points, mean"), say("Points, trend"), say("Months of the league"),
            say("League handed in"), say("Test before, of {asked}", asked=LENGTH), say("Test after, of {asked}", asked=LENGTH)]  # fmt: skip
    return [head, *map(_person, found.summaries)]


def brief(found: Class) -> Rows:
    """`people`, as wide as a terminal or a notebook is."""
    return [[row[at] for at in (0, 2, 5, 6, 7, 8, 10, 12, 14, 16, 17)] for row in people(found)]


def _person(one: Summary) -> list[str]:
    best, trend, exercises, seasons = one.best(), one.trend(), one.exercises.values(), one.league
    cells = [one.code, one.day, sum(map(one.finished, means.lessons())), len(one.lessons),
             sum(each.predictions for each in one.lessons.values()), sum(each.checks for each in one.lessons.values()),
             sum(each.first for each in one.checks.values()), sum(each.passed for each in exercises), sum(each.tries for each in exercises),
             sum(each.hints for each in exercises), len(best), len(one.calls)]  # fmt: skip
    points = [number(sum(best.values()) / len(best), 0) if best else "–", "–" if trend is None else number(trend, 0, sign=True)]
    league = [words.listed(str(each.ended) for each in seasons) or "–",
              (words.say("yes") if any(each.handed_in for each in seasons) else words.say("no")) if seasons else "–"]  # fmt: skip
    return [*map(str, cells), *points, *league, *(_test(one, when) for when in ("before", "after"))]


def _test(one: Summary, when: str) -> str:
    test = one.tests.get(when)
    if not test:
        return "–"
    return str(test.right) if test.right is not None else words.say("answered {count}", count=test.answered)


def talk(found: Class, most: int = TALK) -> Rows:
    """The commonest mistakes by name: how many made it, where, and what was mixed up; the first row is the head."""
    say = words.say
    rows = [[say("Trainees"), say("Where"), say("What was mixed up")]]
    for one, key, count in found.misconceptions()[:most]:
        rows.append([say("{count} of {tried}", count=count, tried=one.tried), _title(one), mistake(one, key)])
    return rows


def questions(found: Class) -> Rows:
    """Every question somebody tried, the dearest first; the first row is the head."""
    say = words.say
    head = [say("Question"), say("Where"), say("Tried"), say("Right at first"), say("Passed"), say("Commonest wrong answer")]
    rows = [[*head, say("Trainees")]]
    for one in found.questions():
        key, count = one.wrong[0] if one.wrong else ("", 0)
        passed = "–" if one.passed is None else str(one.passed)
        rows.append([one.name, _title(one), str(one.tried), str(one.first), passed, mistake(one, key) if key else "–", str(count or "–")])
    return rows


def lessons(found: Class) -> Rows:
    """Every lesson with how many began and finished it; the first row is the head."""
    titles, say = means.titles(), words.say
    rows = [[say("Lesson"), say("Begun"), say("Finished"), ""]]
    for name, (begun, finished) in found.reached().items():
        rows.append([titles[name], str(begun), str(finished), "" if begun else say("nobody got to it")])
    return rows


def refused(found: Class) -> Rows:
    """The files that do not count, and why; the first row is the head."""
    return [[words.say("Files that do not count")], *([words.explain(problem)] for problem in found.refused)]


def mistake(one: Question, key: str) -> str:
    """A wrong answer by its name: what was mixed up."""
    if key == OTHER:
        return words.say("another wrong answer")
    question = one.asked
    named = question.option or question.wrong
    found = next(each for at, each in enumerate(named) if (getattr(each, "name", "") or str(at)) == key)
    return found.says.told(draw(one.name, FIRST).told if isinstance(question, Task) else {})


def _title(one: Question) -> str:
    question = one.asked
    if isinstance(question, Task):
        return words.say("Exercise: {title}", title=question.title.told())
    asked = question.asked()
    at = next((at for at in range(len(asked)) if width(asked[: at + 1]) > WIDE), None)
    return f"{means.titles()[one.lesson]} · {asked if at is None else asked[:at] + '…'}"
