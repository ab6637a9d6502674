"""Two talks compared, a promise written down, and the policies of the course."""

import pytest

from arsim.domain.places import place
from arsim.report import words
from arsim.workbook.course.contrast import Contrast, read_pair
from arsim.workbook.course.policy_shelf import policy
from arsim.workbook.course.promise_note import PARTS, PromiseNote, missing

PAIRS = sorted(path.stem for path in (place("data") / "course" / "contrasts").glob("*.toml"))
POLICIES = sorted(path.stem for path in (place("data") / "course" / "policies").glob("*.toml"))


@pytest.fixture(autouse=True)
def own_diary(monkeypatch, tmp_path):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path))


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_of_talks_has_moves_of_several_kinds(name):
    moves = read_pair(name).move
    assert len({move.name for move in moves}) == len(moves)
    assert {"first", "second"} <= {move.where for move in moves}


def test_moves_are_marked_only_when_asked_and_kept():
    room = Contrast("two_calls", "d2_2_call_clinic")
    assert room.mark() == 0
    for move in room.pair.move:
        room.picks[move.name].value = move.where
    assert room.mark() == len(room.pair.move)
    wrong = room.pair.move[0]
    room.picks[wrong.name].value = next(one for one in ("first", "neither") if one != wrong.where)
    assert room.mark() == len(room.pair.move) - 1 and "✗" in room.said[wrong.name].value
    again = Contrast("two_calls", "d2_2_call_clinic")
    assert again.picks[wrong.name].value == room.picks[wrong.name].value


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_promise_is_whole_or_says_what_it_lacks(language):
    with words.speaking(language):
        note = PromiseNote("d2_2_call_clinic")
        before = note.said.value
        for part, text in zip(PARTS, ("Ms Tao, payables", "186000", "19 June", "transfer", "delivery note by mail"), strict=True):
            note.boxes[part].value = text
        assert "Ms Tao" in note.said.value and "186000" in note.said.value and note.said.value != before
        note.boxes["amount"].value = "part of it"
        assert missing(**{part: box.value for part, box in note.boxes.items()}) == ["amount"]
        assert "Ms Tao" not in note.said.value
        assert PromiseNote("d2_2_call_clinic").boxes["who"].value == "Ms Tao, payables"


def test_a_typed_name_is_text_and_not_a_page():
    note = PromiseNote("d2_2_call_clinic")
    for part in PARTS:
        note.boxes[part].value = "1<b>"
    note.boxes["amount"].value = "1"
    assert "<b>" not in note.said.value


@pytest.mark.parametrize("name", POLICIES)
def test_the_courses_policies_are_titled_in_both_languages_and_in_order(name):
    found = policy(name)
    assert found.name == name and set(found.title) == set(words.LANGUAGES) and not found.out_of_order()


def test_a_built_in_policy_is_found_as_well():
    assert policy("baseline").name == "baseline"
