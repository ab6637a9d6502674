"""A trainee's progress as rows of a table."""

from arsim.report import words
from arsim.report.figures import number
from arsim.workbook.exercises.box import LEVELS
from arsim.workbook.progress import means
from arsim.workbook.progress.record import Progress, Test

Rows = list[list[str]]


def overview(done: Progress) -> Rows:
    """What was done of what there is, one line a kind; the first row is the head."""
    say, lessons = words.say, means.lessons()
    typed, answered = (sum(getattr(one, kind) for one in done.lessons.values()) for kind in ("predictions", "checks"))
    asked, checks = (sum(len(getattr(one, kind)) for one in lessons.values()) for kind in ("predictions", "items"))
    rows = [[say("What"), say("Done"), say("Of"), ""]]
    rows.append([say("Lessons and cases finished"), str(sum(map(done.finished, lessons))), str(len(lessons)),
                 say("{count} begun", count=len(done.lessons)) if done.lessons else ""])  # fmt: skip
    rows.append([say("Predictions typed in"), str(typed), str(asked), ""])
    first = say("{count} right at first", count=sum(one.first for one in done.checks.values())) if done.checks else ""
    rows.append([say("Checks answered"), str(answered), str(checks), first])
    return rows + _exercises(done) + _practice(done)


def _exercises(done: Progress) -> Rows:
    rows = []
    for level, what in LEVELS.items():
        all_ = [name for name in means.pages() if means.task(name).level == level]
        tried = [done.exercises[name] for name in all_ if name in done.exercises]
        title = words.say("Exercises passed, level {level}: {what}", level=level, what=words.say(what))
        said = words.say("attempts: {tries}, hints: {hints}", tries=sum(one.tries for one in tried), hints=sum(one.hints for one in tried))
        rows.append([title, str(sum(one.passed for one in tried)), str(len(all_)), said if tried else ""])
    return rows


def _practice(done: Progress) -> Rows:
    say, best = words.say, done.best()
    points = say("calls: {calls}, best: {best} points", best=max(best.values()), calls=len(done.calls)) if best else ""
    if (trend := done.trend()) is not None:
        semicolon = "；" if words.language() == "zh" else "; "
        points = semicolon.join([points, say("the last three against the first three: {points}", points=number(trend, 0, sign=True))])
    rows = [[say("Debtors rung up"), str(len(best.keys() & means.debtors())), str(len(means.debtors())), points]]
    for one in done.league:
        state = say("handed in") if one.handed_in else ""
        rows.append([say("Months of the league ended"), str(one.ended), str(one.months) if one.months else "–", state])
    for when, title in (("before", say("The test before the course: answered")), ("after", say("The test after the course: answered"))):
        if one := done.tests.get(when):
            rows.append([title, str(one.answered), str(one.asked), sitting(one)])
    return rows


def sitting(one: Test) -> str:
    """What came of a test, as far as the trainee is to know."""
    if one.right is not None:
        return words.say("{count} right", count=one.right)
    return words.say("handed in") if one.handed_in else words.say("not handed in")


def lessons(done: Progress) -> Rows:
    """Every lesson that was begun; the first row is the head."""
    say, titles = words.say, means.titles()
    rows = [[say("Lesson"), say("Predictions"), say("Checks"), say("Right at first")]]
    for name, asked in means.lessons().items():
        if one := done.lessons.get(name):
            first = sum(done.checks[item].first for item in asked.items if item in done.checks)
            rows.append([titles[name], _of(one.predictions, asked.predictions), _of(one.checks, asked.items), str(first)])
    return rows


def exercises(done: Progress) -> Rows:
    """Every exercise that was tried; the first row is the head."""
    say = words.say
    rows = [[say("Exercise"), say("Level"), say("State"), say("Attempts"), say("Hints")]]
    for name in means.pages():
        if one := done.exercises.get(name):
            state = say("passed") if one.passed else say("not yet right") if one.tries else say("not attempted")
            rows.append([means.task(name).title.told(), str(means.task(name).level), state, str(one.tries), str(one.hints)])
    return rows


def _of(done: int, asked: tuple[str, ...]) -> str:
    return f"{done} / {len(asked)}"
