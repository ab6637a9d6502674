"""Progress: read from diaries whatever state they are in, summed up in numbers only, gathered for a class with every fault by name."""

import csv
import html
import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsim.cli import main
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.course import diary as diary_module
from arsim.workbook.course.ask import ItemBox
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.exam import Exam
from arsim.workbook.course.lesson import Lesson
from arsim.workbook.exercises import trainee
from arsim.workbook.exercises.exercise import Exercise
from arsim.workbook.league.decisions import Decisions, Month
from arsim.workbook.league.files import FIRST, game
from arsim.workbook.league.keeping import Draft, Keeping
from arsim.workbook.progress import means, onward, overview, page, summary, told
from arsim.workbook.progress.class_room import ClassRoom
from arsim.workbook.progress.diaries import read_diaries
from arsim.workbook.progress.klass import gather
from arsim.workbook.progress.own import progress, seat
from arsim.workbook.progress.record import Exercise as Made
from arsim.workbook.progress.record import Lesson as Begun
from arsim.workbook.progress.record import Progress, Tried
from arsim.workbook.progress.room import ProgressRoom, SummaryRoom

LESSON = "d1_2_read_the_book"
SECRET = "Zhang Wei 张伟 13800138000"
ITEM = means.lessons()[LESSON].items[0]


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """A state folder of its own; the diaries' folder in it."""
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "state" / "course"


def done(folder=None):
    return progress(read_diaries(folder))


def boxes(kind, *names):
    """The widgets a lesson shows, as a page makes them."""
    lesson, made = Lesson(LESSON), []
    for name in names:
        keep = lambda value, name=name: lesson._keep(kind, name, value)  # noqa: E731
        made.append(ItemBox(lesson.script.find(kind, name), lesson.diary.value(f"{kind}.{name}"), keep))
    return made


def answer(box, value):
    box.control.value = value if box.item.option else str(value)
    return box.check()


def choice():
    """An item with options, and one with a number and a usual mistake."""
    items = [means.item(name) for one in means.lessons().values() for name in one.items]
    return next(one for one in items if one.option)


def test_nothing_done_is_nothing_told(state):
    assert done() == Progress() and read_diaries().spoilt == () and seat(read_diaries()) is None
    assert not state.exists()
    assert all(row[1] == "0" for row in told.overview(done())[1:])


def test_everything_the_course_asks_stands_in_a_notebook():
    asked = means.lessons()
    assert len(asked) == 21 and all(one.predictions and one.items for one in asked.values())
    assert set(means.pages()) == set(means.names())


def test_checks_count_tries_the_first_and_which_mistake():
    item = choice()
    lesson = next(name for name, one in means.lessons().items() if item.name in one.items)
    wrong = next(at for at in range(len(item.option)) if at != item.answer)
    kept = Lesson(lesson)
    for value in (wrong, wrong, item.answer):  # the same answer checked twice is one try
        kept._keep("item", item.name, value)
    made = done()
    assert made.checks == {item.name: Tried(tries=2, first=False, wrong={str(wrong): 1})}
    assert made.lessons == {lesson: Begun(predictions=0, checks=1)}
    kept._keep("item", item.name, wrong)
    assert done().checks[item.name].wrong == {str(wrong): 2}


def test_a_box_on_a_page_is_counted_and_the_first_right_stays(state):
    (box,) = boxes("item", ITEM)
    item = means.item(ITEM)
    assert answer(box, item.answer).right
    assert done().checks[ITEM] == Tried(tries=1, first=True)
    other = (item.answer + 1) % len(item.option) if item.option else item.answer + 1e6
    assert answer(box, other).right is False
    assert done().checks[ITEM].first and done().checks[ITEM].tries == 2


def test_exercises_count_each_mistake_under_its_name():
    exercise = Exercise("dso_quarter", 1)
    wrong = exercise.drawn.wrong["0"]
    for given_ in (wrong, -1e9, exercise.drawn.right):
        exercise.attempt(given_)
    exercise.next_hint()
    assert done().exercises == {"dso_quarter": Made(tries=3, first=False, wrong={"0": 1, "other": 1}, passed=True, hints=1)}
    Exercise("dso_quarter", 2).attempt(Exercise("dso_quarter", 2).drawn.right)  # with another number: added up
    assert done().exercises["dso_quarter"].tries == 4


def test_an_exercise_of_an_older_version_counts_without_its_mistakes():
    trainee.note("dso_quarter", 1, trainee.Done(attempts=2, passed=True))
    assert done().exercises["dso_quarter"] == Made(tries=2, first=False, passed=True, hints=0)


def test_calls_tell_the_best_and_the_trend():
    who = sorted(means.debtors())[0]
    calls = [{"who": who, "seed": at, "points": points} for at, points in enumerate((40, 50, 60, 70, 80, 90))]
    Diary("roleplay").note("results", [*calls, {"who": "/home/zhang/own.toml", "points": 99}, {"who": who, "points": "x"}, None])
    made = done()
    assert made.best() == {who: 90, "own": 99} and len(made.calls) == 7
    assert made.trend() == pytest.approx((80 + 90 + 99) / 3 - 50)
    Diary("roleplay").note("results", calls[:5])
    assert done().trend() is None


def test_the_league_counts_months_and_whether_it_stands_as_handed_in():
    played, keeping = game(FIRST), Keeping()
    two = Decisions("red", played.fingerprint, played.seed, (Month(), Month()))
    keeping.save(Draft(two, {}), FIRST)
    assert [(one.ended, one.months, one.handed_in) for one in done().league] == [(2, played.months, False)]
    keeping.handed_in(two)
    assert done().league[0].handed_in
    keeping.save(Draft(Decisions("red", played.fingerprint, played.seed, (Month(),) * 3), {}), FIRST)
    assert not done().league[0].handed_in


def test_a_tests_result_is_not_told_before_both_are_handed_in():
    for when in ("before", "after"):
        exam = Exam(when)
        exam.seat.value = 7
        item = exam.sheet.items[0]
        exam.diary.note(f"item.{item.name}", item.answer)
        exam.finish()
        if when == "before":
            assert done().tests["before"].right is None and done().tests["before"].handed_in
    assert [(one.answered, one.right) for one in done().tests.values()] == [(1, 1), (1, 1)]
    assert seat(read_diaries()) == 7


def test_where_to_go_on_begins_with_what_was_begun(language):
    assert onward.steps(done())[0].state == words.say("not begun")
    Lesson(LESSON)._keep("item", ITEM, 1)
    Exercise("dso_quarter", 1).attempt(-1e9)
    steps = onward.steps(done())
    left = means.lessons()[LESSON].size - 1
    assert steps[0].link == f"{LESSON}.ipynb" and steps[0].state == words.say("begun; questions open: {count}", count=left)
    assert words.say("not yet right") in [one.state for one in steps]
    folder = means.place("notebooks") / language
    assert all((folder / one.link).resolve().exists() for one in steps)


def test_everything_done_leaves_nothing_to_do():
    lessons = {name: Begun(predictions=len(one.predictions), checks=len(one.items)) for name, one in means.lessons().items()}
    exercises = {name: Made(tries=1, first=True, passed=True, hints=0) for name in means.pages()}
    calls = tuple({"who": who, "points": 50} for who in means.debtors())
    made = Progress.model_validate({"lessons": lessons, "exercises": exercises, "calls": calls})
    assert onward.steps(made) == []
    assert [row[1:3] for row in told.overview(made) if row[0] == words.say("Lessons and cases finished")] == [["21", "21"]]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"version": 1, "entries": [1]}', b'{"version": 99, "entries": {}}',
                                     b"\xff\xfe", b"[" * 100_000, b'{"entries": {}}'])  # fmt: skip
def test_a_spoilt_diary_is_named_and_the_others_count(content, state, language):
    Lesson(LESSON)._keep("item", ITEM, 1)
    (state / "roleplay.json").write_bytes(content)
    found = read_diaries()
    assert [one.file for one in found.spoilt] == ["roleplay.json"] and "roleplay.json" in words.explain(found.spoilt[0])
    assert progress(found).lessons[LESSON].checks == 1 and (state / "roleplay.json").read_bytes() == content
    assert "roleplay.json" in ProgressRoom().said.value
    assert Diary("roleplay").note("seed", 2)  # put aside, not written over
    assert (state / "roleplay.spoilt").read_bytes() == content and Diary("roleplay").value("seed") == 2
    assert [one.file for one in read_diaries().spoilt] == ["roleplay.spoilt"]


def test_a_diary_that_cannot_be_read_now_is_not_written_over(state, monkeypatch):
    Diary("roleplay").note("seed", 2)
    before = (state / "roleplay.json").read_bytes()

    def locked(path):
        raise PermissionError(path)

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.read_bytes", locked)
        assert Diary("roleplay").entries() == {} and Diary("roleplay").note("seed", 3) is False
        assert [one.file for one in read_diaries().spoilt] == ["roleplay.json"]
    assert (state / "roleplay.json").read_bytes() == before and Diary("roleplay").value("seed") == 2


def test_half_a_character_is_kept_as_well_as_can_be():
    assert Diary("x").note("name", "a\ud83d") and Diary("x").value("name") == "a?"


leaves = st.one_of(st.just(SECRET), st.just(13800138000), st.none(), st.booleans(), st.floats(), st.integers(-5, 5), st.just("张伟"))
odd = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
    [SECRET, "points", "who", "done", "months", "game", "tries", "first", "wrong", "attempts", "passed", "hints", "0", "other"]), inner,
    max_size=5), max_leaves=12)  # fmt: skip
ENTRIES = [f"item.{ITEM}", f"tally.{ITEM}", f"prediction.{means.lessons()[LESSON].predictions[0]}", "promise.who", "results", "call",
           "written", "seat", "handed_in", "number", "dso_quarter@1", "tally.dso_quarter@1", "season.x.1.zhang_wei", "handed.season.x.1.z",
           f"{SECRET}@1", SECRET]  # fmt: skip


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([LESSON, "exercises", "roleplay", "league", "exam_before", "exam_after", "zhang_wei"]),
                       st.dictionaries(st.sampled_from(ENTRIES), odd, max_size=6), max_size=5))  # fmt: skip
def test_whatever_stands_in_the_diaries_nothing_typed_is_in_the_summary(state, values):
    state.mkdir(parents=True, exist_ok=True)
    for path in state.iterdir():
        path.unlink()
    for name, entries in values.items():
        Diary(name, state).note_all(entries)
    made = done(state)
    text = summary.text(summary.summary(7, made, date(2026, 3, 1)))
    content = json.loads(text)
    content.pop("checksum")  # a print of the rest
    plain = json.dumps(content, ensure_ascii=False)
    assert not [one for one in (SECRET, "Zhang", "zhang", "张", "13800138000") if one in plain]
    assert told.overview(made) and onward.steps(made) and told.lessons(made) and told.exercises(made)


def test_the_secret_would_be_seen_if_it_were_there():
    """The test above can fail: what it looks for is found in the diaries themselves."""
    Diary("roleplay").note("call", {"notes": SECRET})
    assert SECRET in Diary("roleplay").path.read_text("utf-8")


def test_free_text_typed_into_every_box_of_the_course_stays_out(state):
    for name in means.lessons():
        lesson = Lesson(name)
        for one in lesson.script.prediction:
            lesson._keep("prediction", one.name, SECRET if one.kind == "text" else 8675309)
    Diary(LESSON).note("promise.who", SECRET)
    Diary("roleplay").note_all({"written": SECRET, "call": {"notes": SECRET}, "skill.x": {"why": SECRET}})
    Exercise("dso_quarter", 1).attempt("8675309", SECRET)
    Diary("league").note("current", {"team": "zhang"})
    made = done()
    assert sum(one.predictions for one in made.lessons.values()) == sum(len(one.predictions) for one in means.lessons().values())
    text = summary.text(summary.summary(7, made)).split('"checksum"')[0]
    assert not [one for one in (SECRET, "张伟", "8675309", "zhang", str(state), os.sep) if one in text]
    assert date.today().isoformat() in text and not re.search(r"\d\d:\d\d", text)  # the day, not the hour


def write(folder, code, made=None, name=None):
    folder.mkdir(exist_ok=True)
    one = summary.summary(code, made or Progress(), date(2026, 3, 2))
    path = folder / (name or one.file)
    path.write_text(summary.text(one), "utf-8")
    return path


def wrong_once(name, key):
    return Progress(checks={name: Tried(tries=1, first=False, wrong={key: 1})}, lessons={LESSON: Begun(predictions=0, checks=1)})


def test_a_summary_is_read_back_as_it_was_written(tmp_path):
    Exercise("dso_quarter", 1).attempt(-1e9)
    Lesson(LESSON)._keep("item", ITEM, 1)
    one = summary.summary(12, done())
    path = summary.write(one, tmp_path / "hand_in")
    assert path.name == "progress_012.json" and summary.read(path) == one and path.read_text("utf-8") == summary.text(one)
    assert summary.read(path).day == date.today().isoformat()
    assert summary.write(summary.summary(12, Progress()), path.parent) == path  # one's own is replaced
    assert summary.read(path).exercises == {}
    write(tmp_path / "hand_in", 13)
    with pytest.raises(BadInput, match="not written here"):
        summary.write(summary.summary(13, Progress()), path.parent)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="Nothing can be written"):
        summary.write(summary.summary(1, Progress()), tmp_path / "file")


def changed(path, **values):
    content = json.loads(path.read_text("utf-8"))
    content.pop("checksum")
    content |= values
    path.write_text(json.dumps({**content, "checksum": summary._sum(content)}), "utf-8")


def test_faulty_summaries_are_named_and_the_others_count(tmp_path, language):
    folder = tmp_path / "class"
    write(folder, 1, wrong_once(choice().name, "0"))
    cut = write(folder, 2)
    cut.write_bytes(cut.read_bytes()[:-40])
    edited = write(folder, 3)
    edited.write_text(edited.read_text("utf-8").replace('"code": 3', '"code": 33'), "utf-8")
    changed(write(folder, 4), format=2)
    changed(write(folder, 5), lessons={"d9_9_gone": {"predictions": 1, "checks": 1}})
    changed(write(folder, 6), checks={choice().name: {"tries": 1, "first": False, "wrong": {"77": 1}}})
    changed(write(folder, 7), name="Zhang Wei")
    write(folder, 8)
    write(folder, 8, name="progress_008 (1).json")
    write(folder, 9, name="mine.json")  # renamed, and still one
    (folder / "before-001.json").write_text("{}")  # an answer sheet in the same folder is none of ours
    found = gather(folder)
    assert [one.code for one in found.summaries] == [1, 9]
    told_ = [words.explain(problem) for problem in found.refused]
    twice = ["progress_008 (1).json", "progress_008.json"]
    assert [one.file for one in found.refused] == [f"progress_00{n}.json" for n in range(2, 8)] + twice
    assert "progress_008 (1).json" in told_[7] and "progress_008.json" in told_[6].split("progress_008 (1).json")[1]
    assert len(set(told_)) == len(told_)
    assert main(["course", "progress", str(folder), "--out", str(tmp_path / "out"), "--lang", language]) == 0


def test_an_empty_or_missing_folder_is_told(tmp_path, language, capsys):
    for folder in (tmp_path / "gone", tmp_path):
        with pytest.raises(BadInput):
            gather(folder)
    write(tmp_path / "class", 1).write_text("{")
    assert main(["course", "progress", str(tmp_path / "class"), "--lang", language]) == 1


def test_the_class_learns_which_mistake_cost_most(tmp_path, language):
    item, folder = choice(), tmp_path / "class"
    places = [str(at) for at in range(len(item.option)) if at != item.answer]
    for code, key in enumerate((places[0], places[1], places[1]), 1):
        write(folder, code, wrong_once(item.name, key))
    write(folder, 4, Progress(checks={item.name: Tried(tries=1, first=True)}))
    wrong = Exercise("dso_quarter", 1).drawn.judge(Exercise("dso_quarter", 1).drawn.wrong["0"]).says
    write(folder, 5, Progress(exercises={"dso_quarter": Made(tries=9, first=False, wrong={"0": 8, "other": 1}, passed=True, hints=2)}))
    found = gather(folder)
    first, *_ = found.questions()
    assert (first.name, first.tried, first.first, first.wrong) == (item.name, 4, 1, ((places[1], 2), (places[0], 1)))
    rows = overview.talk(found)
    assert rows[1][0] == words.say("{count} of {tried}", count=2, tried=4) and rows[1][2] == item.option[int(places[1])].says.told()
    assert [row[0] for row in rows if row[2] == wrong] == [words.say("{count} of {tried}", count=1, tried=1)]  # people, not clicks
    reached = {row[0]: row[1:] for row in overview.lessons(found)[1:]}
    assert reached[means.titles()[LESSON]] == ["3", "0", ""]
    assert reached[means.titles()["d1_1_why_receivables"]] == ["0", "0", words.say("nobody got to it")]


def test_the_page_and_the_tables_say_the_same_in_the_language_in_use(tmp_path, language):
    folder = tmp_path / "class"
    write(folder, 3, wrong_once(choice().name, "0" if choice().answer else "1"))
    write(folder, 20)
    made = page.write(gather(folder), tmp_path / "out")
    told_, people, questions = (path.read_text("utf-8-sig") for path in made)
    assert words.say("What to talk about tomorrow") in told_ and ('lang="zh-CN"' in told_) == (language == "zh")
    rows = list(csv.reader(StringIO(people)))
    assert [row[0] for row in rows[1:]] == ["3", "20"] and rows[0][0] == words.say("Code") and {len(row) for row in rows} == {18}
    assert choice().name in questions and "http" not in told_


def test_the_room_shows_exactly_what_it_writes(tmp_path, language):
    room = SummaryRoom(folder=tmp_path / "hand_in")
    assert room.button.disabled and room.made is None
    room.code.value = 5
    path = room.write()
    assert html.escape(path.read_text("utf-8")) in room.shown.value and path.name == "progress_005.json"
    Exercise("dso_quarter", 1).attempt(-1e9)
    assert room.write() is None and words.say("You have gone on since: look at it once more, then press again.") in room.said.value
    assert summary.read(room.write()).exercises["dso_quarter"].tries == 1
    room.folder.value = str(path)  # a file, not a folder
    assert room.write() is None and room.said.value


def test_nothing_is_written_before_the_button_is_pressed(tmp_path):
    room = SummaryRoom(folder=tmp_path / "hand_in")
    room.code.value = 5
    assert not (tmp_path / "hand_in").exists()


def test_the_instructors_cell_shows_a_class_or_why_not(tmp_path, language):
    write(tmp_path / "class", 41)
    room = ClassRoom()
    room.folder.value = str(tmp_path / "class")
    assert "41" in room.said.value
    room.folder.value = str(tmp_path / "gone")
    assert words.say("There is no such folder.") in room.said.value


def test_the_command_shows_ones_own(capsys, language, state):
    Exercise("dso_quarter", 1).attempt(-1e9)
    (state / "league.json").write_text("{")
    assert main(["course", "progress", "--lang", language]) == 0
    out = capsys.readouterr()
    assert means.task("dso_quarter").title.told() in out.out and "league.json" in out.err
    assert main(["course", "progress", "--out", "x", "--lang", language]) != 0


KILLED = """
import os, sys
from arsim.domain import whole
from arsim.workbook.course.diary import Diary
diary, at, share = Diary("roleplay"), int(sys.argv[1]), float(sys.argv[2])
for number in range(at):
    diary.note(f"entry.{number}", "x" * 200)
print(diary.path, flush=True)
write = whole.Path.write_bytes
def torn(path, data):
    write(path, data[: int(len(data) * share)])
    os.kill(os.getpid(), 9)
whole.Path.write_bytes = torn
diary.note("entry.last", "y")
"""
ENDLESS = """
from arsim.workbook.course.diary import Diary
diary = Diary("exercises")
for number in range(10**6):
    diary.note(f"entry.{number % 300}", [number] * 50)
    if number % 20 == 0:
        print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills as POSIX does")
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_write_killed_in_the_middle_leaves_the_old_diary(share, state):
    ran = subprocess.run([sys.executable, "-c", KILLED, "9", str(share)], capture_output=True, timeout=60, check=False)
    assert ran.returncode == -signal.SIGKILL and len(list(state.glob("*.part"))) == 1
    entries = diary_module.understood((state / "roleplay.json").read_bytes())
    assert set(entries) == {f"entry.{number}" for number in range(9)}
    assert read_diaries().spoilt == () and Diary("roleplay").note("next", 1) and Diary("roleplay").value("entry.8") == "x" * 200


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills as POSIX does")
def test_a_process_killed_while_noting_leaves_all_it_had_noted(state):
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            noted = int(line)
            if noted >= 100:
                break
        process.kill()
    entries = diary_module.understood((state / "exercises.json").read_bytes())
    assert {f"entry.{number}" for number in range(noted)} <= set(entries) and read_diaries().spoilt == ()
    assert all(len(entry["value"]) == 50 for entry in entries.values())


def test_a_new_process_finds_what_another_one_did():
    Exercise("dso_quarter", 1).attempt(-1e9)
    Lesson(LESSON)._keep("item", ITEM, 1)
    code = ("from arsim.workbook.progress.own import progress; from arsim.workbook.progress.diaries import read_diaries; "
            "print(progress(read_diaries()).model_dump_json())")  # fmt: skip
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert Progress.model_validate_json(ran.stdout) == done()
