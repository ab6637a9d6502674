"""A disk that keeps nothing, and two windows on one season: what is lost is said, and nobody undoes what another window did."""

import pytest
from test_league import small

from arsim.report import words
from arsim.workbook.course import diary
from arsim.workbook.exercises.box import ExerciseBox
from arsim.workbook.exercises.exercise import Exercise
from arsim.workbook.league import room as league_room
from arsim.workbook.league.room import League
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.room import CallRoom

UNKEPT = "It cannot be kept on this computer; note it on paper."


@pytest.fixture(params=words.LANGUAGES)
def language(request):
    with words.speaking(request.param):
        yield request.param


@pytest.fixture
def full(tmp_path, monkeypatch):
    """A state folder that cannot be one: there is a file in its place."""
    (tmp_path / "state").write_text("")
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path / "state"))


@pytest.fixture
def one_game(monkeypatch):
    for name in ("game", "built_in"):
        monkeypatch.setattr(league_room, name, lambda *_: small() if _ else {"small": small()})


def test_a_call_that_cannot_be_kept_says_so_all_the_way(full, language, tmp_path):
    room = CallRoom(tmp_path)
    assert words.say(UNKEPT) in room.said.value
    room.speak("listen", moves()["listen"].tones[0])
    assert words.say(UNKEPT) in room.said.value and len(room.call.turns) == 2


def test_an_exercise_that_cannot_be_kept_says_so_and_still_shows_its_solution(full, language):
    box = ExerciseBox(exercise := Exercise("dso_quarter", 1))
    box.check.click()
    assert words.say(UNKEPT) not in box.said.value  # not attempted: there is nothing to keep
    box.input._control.value = "1"
    box.check.click()
    assert words.say(UNKEPT) in box.said.value and exercise.done.attempts == 1
    box.hint.click()
    first = box.more.value
    box.hint.click()
    assert box.more.value != first
    box.solution.click()
    assert exercise.drawn.solution()[:20] in box.more.value


def test_a_season_that_cannot_be_kept_says_so(full, language, one_game, tmp_path):
    room = League(tmp_path)
    room.team.value = "red"
    room.enter()
    assert words.say(UNKEPT) in room.said.value
    room.end_month()
    assert words.say(UNKEPT) in room.said.value and room.month == 2


def test_a_window_left_behind_does_not_undo_what_another_did(language, one_game, tmp_path):
    first = League(tmp_path, tmp_path)
    first.team.value = "red"
    first.enter()
    second = League(tmp_path, tmp_path)
    first.end_month()
    second.levers["team.collectors"].value = 3
    assert second.month == 2
    assert {"en": "another window", "zh": "另一个窗口"}[language] in second.said.value
    assert not second.draft.changes and League(tmp_path, tmp_path).month == 2
    second.end_month()
    assert first.month == 2 and second.month == 3
    first.end_month()
    assert first.month == 3 and len(League(tmp_path, tmp_path).draft.done.months) == 2


def test_a_season_whose_file_was_deleted_meanwhile_goes_on(one_game, tmp_path):
    room = League(tmp_path, tmp_path)
    room.team.value = "red"
    room.enter()
    room.end_month()
    diary.Diary("league", tmp_path).path.unlink()
    room.end_month()
    assert room.month == 3 and League(tmp_path, tmp_path).month == 3


@pytest.mark.parametrize("team", ("nul", "con", "com1"))
def test_a_code_that_windows_would_swallow_is_refused(language, one_game, tmp_path, team):
    room = League(tmp_path, tmp_path)
    room.team.value = team
    room.enter()
    assert room.draft is None and "Windows" in room.said.value


def test_a_folder_nobody_owns_is_no_reason_to_fail(language, one_game, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    room = League(tmp_path, tmp_path)
    room.team.value = "red"
    room.enter()
    for _ in range(3):
        room.end_month()
    room.target.value = "~no_such_user_here"
    assert room.write() == room.folder.__class__("~no_such_user_here") / "red.league.json" and room.write().exists()


def test_a_phrase_pressed_twice_is_said_once_and_a_call_counts_once(tmp_path, monkeypatch):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path))
    room = CallRoom(tmp_path)
    for move in ("ask_cause", "close"):
        before = len(room.call.turns)
        room.choose(move)
        button = room.phrases.children[1]
        button.click()
        button.click()
        assert len(room.call.turns) == before + 1
    room.speak("listen", "soft")
    assert room.call.over and len(room.diary.value("results")) == 1


def test_yes_pressed_twice_ends_one_month(one_game, tmp_path):
    room = League(tmp_path, tmp_path)
    room.team.value = "red"
    room.enter()
    room.sure.click()
    assert room.month == 1  # nobody has been asked
    room.end.click()
    room.sure.click()
    room.sure.click()
    assert room.month == 2
    room.end.click()
    room.sure.click()
    assert room.month == 3
