"""The call room without a browser: a call is played, kept over restarts, scored; an instructor's own debtors are offered."""

import ipywidgets as widgets
import pytest

from arsim.report import words
from arsim.workbook.course.diary import Diary
from arsim.workbook.roleplay.files import built_in, write_template
from arsim.workbook.roleplay.lines import played
from arsim.workbook.roleplay.moves import moves
from arsim.workbook.roleplay.room import CallRoom


@pytest.fixture(autouse=True)
def own_diary(tmp_path, monkeypatch):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path / "state"))


def buttons(box):
    for child in getattr(box, "children", ()):
        yield from [child] if isinstance(child, widgets.Button) else buttons(child)


def press(box, text):
    next(button for button in buttons(box) if button.description == text).click()


def test_a_call_is_played_by_pressing_buttons_and_scored(language, tmp_path):
    room = CallRoom(tmp_path)
    room.choice.value = "honest_short"
    for name, tone in played(built_in()["honest_short"], "plan", room.call.seed).made:
        press(room.buttons, moves()[name].label.told())
        said = getattr(moves()[name], tone).told(room.call.holes(room.call.turns[-1]))
        press(room.phrases, said)
    assert room.call == played(built_in()["honest_short"], "plan", room.call.seed) and room.call.over == "closed"
    assert room.buttons.layout.display == "none" and words.say("Score") in room.result.value and "/ 100" in room.result.value
    assert built_in()["honest_short"].title.told() in room.result.value and "<details>" in room.result.value
    assert all(fact.text.told() in room.facts.value for fact in room.call.who.fact if fact.name in room.call.mind.found)


def test_the_kind_of_debtor_is_not_given_away_before_the_end(language, tmp_path):
    room = CallRoom(tmp_path)
    for label, name in room.choice.options:
        room.choice.value = name
        who = built_in()[name]
        assert who.title.told() not in label + room.brief.value + room.talk.value and not room.result.value


def test_a_call_goes_on_after_a_restart(tmp_path):
    room = CallRoom(tmp_path)
    room.choice.value = "evader"
    for name in ("identify", "verify_amount", "ask_cause"):
        room.speak(name, "neutral")
    room.notes.value = "Ask about the machines."
    again = CallRoom(tmp_path)
    assert again.call == room.call and again.choice.value == "evader" and again.notes.value == room.notes.value
    again.ring()
    assert again.call.seed == room.call.seed + 1 and not again.notes.value  # the next call, other luck
    again.speak("close", "soft")
    assert [one["who"] for one in Diary("roleplay").value("results")] == ["evader"]


def test_a_spoilt_or_outdated_diary_begins_a_new_call(tmp_path):
    for kept in (
        "nonsense",
        {"who": "nobody", "seed": 1, "made": [], "notes": ""},
        {"who": "evader", "seed": 1, "made": [["no_move", "soft"]]},
    ):
        Diary("roleplay").note("call", kept)
        assert len(CallRoom(tmp_path).call.turns) == 1


def test_an_instructors_debtor_is_offered_and_a_broken_one_explained(tmp_path):
    write_template(tmp_path / "big_retailer.toml")
    write_template(tmp_path / "broken.toml")
    (tmp_path / "broken.toml").write_text("number = 1", encoding="utf-8")
    room = CallRoom(tmp_path)
    assert len(room.choice.options) == len(built_in()) + 2
    room.choice.value = str(tmp_path / "big_retailer.toml")
    assert room.call.who.name == "big_retailer"
    room.choice.value = str(tmp_path / "broken.toml")
    assert words.say("This is missing.") in room.said.value and room.call.who.name == "big_retailer"


def test_teams_with_the_same_seed_meet_the_same_luck(tmp_path, monkeypatch):
    calls = []
    for team in ("a", "b"):
        monkeypatch.setenv("ARSIM_STATE", str(tmp_path / team))
        room = CallRoom(tmp_path, seed=7)
        room.speak("ask_cause", "soft")
        calls.append(room.call)
    assert calls[0] == calls[1] and calls[0].seed == 7


def test_unlawful_moves_are_marked(language, tmp_path):
    room = CallRoom(tmp_path)
    marked = {button.description for button in buttons(room.buttons) if button.tooltip == words.say("Not allowed; it costs you the call.")}
    assert marked == {move.label.told() for move in moves().values() if not move.lawful}
    room.speak("threaten", "hard")
    assert words.say("Not allowed, whatever is owed:") in room.facts.value
