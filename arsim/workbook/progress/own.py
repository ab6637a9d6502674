"""From diaries to progress: what was typed is looked at for whether it is there, never for what it says."""

from collections.abc import Mapping

from arsim.workbook.course.answer_sheet import TIMES, AnswerSheet, form_of
from arsim.workbook.course.item import Item
from arsim.workbook.course.tally import MOST, Tally, count, read_tally
from arsim.workbook.exercises.trainee import DIARY
from arsim.workbook.progress import means
from arsim.workbook.progress.diaries import Diaries
from arsim.workbook.progress.record import OWN, Call, Exercise, Lesson, Progress, Season, Test, Tried

Entries = Mapping[str, object]


def progress(diaries: Diaries) -> Progress:
    """How far the trainee of these diaries has come; whatever stands in them, nothing is raised."""
    lessons, checks = {}, {}
    for name, asked in means.lessons().items():
        kept = diaries.of(name)
        done = Lesson(predictions=sum(_there(kept.get(f"prediction.{one}")) for one in asked.predictions),
                      checks=sum(_there(kept.get(f"item.{one}")) for one in asked.items))  # fmt: skip
        if done.predictions or done.checks:
            lessons[name] = done
        for item in asked.items:
            if (tally := _known(read_tally(kept.get(f"tally.{item}")), means.item(item))).tries:
                checks[item] = Tried(**tally.plain())
    return Progress(lessons=lessons, checks=checks, exercises=_exercises(diaries.of(DIARY)), calls=_calls(diaries.of("roleplay")),
                    league=_league(diaries.of("league")), tests=_tests(diaries))  # fmt: skip


def _there(value: object) -> bool:
    return value is not None and value != ""


def _known(tally: Tally, question) -> Tally:
    known = means.mistakes(question)
    return Tally(tally.tries, tally.first, {name: times for name, times in tally.wrong.items() if name in known})


def _exercises(kept: Entries) -> dict[str, Exercise]:
    """With whatever numbers an exercise was done: a trainee who changed their number has not lost what they did before."""
    made: dict[str, Exercise] = {}
    for key, value in kept.items():
        name, _, seed = key.partition("@")
        if name not in means.pages() or not seed.isdecimal() or not isinstance(value, dict):
            continue
        tally = _known(read_tally(kept.get(f"tally.{key}")), means.task(name))
        done = Exercise(tries=count(value.get("attempts")), first=tally.first, wrong=dict(tally.wrong),
                        passed=value.get("passed") is True, hints=count(value.get("hints")))  # fmt: skip
        if done.tries or done.hints:
            made[name] = _both(made[name], done) if name in made else done
    return made


def _both(one: Exercise, other: Exercise) -> Exercise:
    wrong = {name: min(one.wrong.get(name, 0) + other.wrong.get(name, 0), MOST) for name in {**one.wrong, **other.wrong}}
    return Exercise(tries=min(one.tries + other.tries, MOST), first=one.first, wrong=wrong, passed=one.passed or other.passed,
                    hints=min(one.hints + other.hints, MOST))  # fmt: skip


def _calls(kept: Entries) -> tuple[Call, ...]:
    results, made = kept.get("results"), []
    for one in results if isinstance(results, list) else ():
        if isinstance(one, dict) and type(one.get("points")) in (int, float) and 0 <= one["points"] <= 100:
            who = one.get("who")
            made.append(Call(who=who if isinstance(who, str) and who in means.debtors() else OWN, points=round(one["points"])))
    return tuple(made[-MOST:])


def _league(kept: Entries) -> tuple[Season, ...]:
    made = []
    for key, value in sorted(kept.items()):
        done = value.get("done") if isinstance(value, dict) and key.startswith("season.") else None
        if not isinstance(done, dict) or not isinstance(done.get("months"), list) or not done["months"]:
            continue
        ended, game = min(len(done["months"]), MOST), done.get("game")
        months = means.months().get(game) if isinstance(game, str) else None
        made.append(Season(ended=ended, months=months, handed_in=count(kept.get(f"handed.{key}")) == ended))
    return tuple(made)


def _tests(diaries: Diaries) -> dict[str, Test]:
    made, handed = {}, all(diaries.of(f"exam_{when}").get("handed_in") is True for when in TIMES)
    for when in TIMES:
        kept = diaries.of(f"exam_{when}")
        seat = count(kept.get("seat")) or 1
        blank = AnswerSheet(seat, when, form_of(seat, when))
        given = {item.name: value for item in blank.items if _answer(item, value := kept.get(f"item.{item.name}"))}
        if given:
            right = sum(AnswerSheet(seat, when, blank.form, given).marks()) if handed else None
            made[when] = Test(answered=len(given), asked=len(blank.items), right=right, handed_in=kept.get("handed_in") is True)
    return made


def _answer(item: Item, value: object) -> bool:
    """Whether this can be an answer: a finite number, or the place of an option."""
    if item.option:
        return type(value) is int and 0 <= value < len(item.option)
    return type(value) in (int, float) and abs(value) < 1e300


def seat(diaries: Diaries) -> int | None:
    """The trainee's seat number, if they have typed it somewhere: in a test, else for the exercises."""
    for diary, entry in (("exam_before", "seat"), ("exam_after", "seat"), (DIARY, "number")):
        if 0 < (value := count(diaries.of(diary).get(entry), MOST)) <= 999:
            return value
    return None
