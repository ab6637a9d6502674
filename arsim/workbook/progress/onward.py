"""Where to go on: what was begun and not finished first, then what comes next."""

from dataclasses import dataclass

from arsim.report import words
from arsim.workbook.progress import means
from arsim.workbook.progress.record import OWN, Progress

SHOWN = 4  # steps shown: a list to choose from, not a register


@dataclass(frozen=True)
class Step:
    """One thing to do: its title, where it is, and how it stands, in the language in use."""

    title: str
    link: str
    state: str


def steps(done: Progress) -> list[Step]:
    """What to do next: first what was begun, then what comes next; empty when there is nothing left."""
    lessons, exercises = _lessons(done), _exercises(done)
    begun, fresh = [*lessons[0], *exercises[0]], [*lessons[1], *exercises[1]]
    if open_ := [one for one in done.league if one.months and one.ended < one.months]:
        state = words.say("{done} of {all} months ended", done=open_[0].ended, all=open_[0].months)
        begun.append(_step("league", words.say("The league"), state))
    if left := len(means.debtors()) - len(done.best().keys() - {OWN}):
        fresh.append(_step("roleplay", words.say("The call room"), words.say("{count} debtors not yet rung up", count=left)))
    if "before" in done.tests and not ("after" in done.tests and done.tests["after"].handed_in):
        fresh.append(_step("d3_5_evaluation_and_plan", words.say("The test after the course"), words.say("not handed in")))
    return begun + fresh


def _lessons(done: Progress) -> tuple[list[Step], list[Step]]:
    """Those begun and not finished; the first that was not begun."""
    titles, begun, fresh = means.titles(), [], []
    for name, asked in means.lessons().items():
        if name in done.lessons and not done.finished(name):
            left = asked.size - done.lessons[name].predictions - done.lessons[name].checks
            begun.append(_step(name, titles[name], words.say("begun; questions open: {count}", count=left)))
        elif name not in done.lessons:
            fresh.append(_step(name, titles[name], words.say("not begun")))
    return begun, fresh[:1]


def _exercises(done: Progress) -> tuple[list[Step], list[Step]]:
    """Those tried and not passed; the first untried one of a lesson that was begun."""
    tried, fresh = [], []
    for name, page in means.pages().items():
        one, task = done.exercises.get(name), means.task(name)
        title, link = words.say("Exercise: {title}", title=task.title.told()), means.link("exercises", page)
        if one and not one.passed:
            tried.append(Step(title, link, words.say("not yet right")))
        elif not one and task.lesson in done.lessons:
            fresh.append(Step(title, link, words.say("not attempted")))
    return tried, fresh[:1]


def _step(name: str, title: str, state: str) -> Step:
    return Step(title, means.link("notebooks", name), state)
