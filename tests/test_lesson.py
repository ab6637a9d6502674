"""Questions in a notebook: what is typed is kept, judged and shown again; a test is sat, handed in and read back."""

import json

import numpy as np
import pytest

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.course import answer_sheet, exam, sittings
from arsim.workbook.course.answer_sheet import AnswerSheet, form_of, read_sheet, read_sheets
from arsim.workbook.course.ask import ItemBox, PredictionBox
from arsim.workbook.course.bank import form
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.item import Item
from arsim.workbook.course.script import Prediction
from arsim.workbook.course.small_lab import SmallLab

BOTH = {"en": "text", "zh": "文字"}
COST = Item.model_validate({
    "name": "cost", "objective": 1, "area": "calculation", "within": 0.2, "because": BOTH,
    "ask": {"en": "What does {discount} % cost?", "zh": "{discount}% 的代价？"},
    "key": {"of": "arsim.study.kpi:discount_cost", "given": {"discount": 2, "discount_days": 10, "net_days": 30}, "times": 100},
    "wrong": [{"says": {"en": "From the invoice.", "zh": "从开票日算了。"},
               "key": {"of": "arsim.study.kpi:discount_cost", "given": {"discount": 2, "discount_days": 0, "net_days": 30}, "times": 100}}],
})  # fmt: skip
CHOICE = Item.model_validate({
    "name": "choice", "objective": 1, "area": "law", "ask": BOTH, "because": BOTH,
    "option": [{"text": BOTH, "says": {"en": "No, because.", "zh": "不对。"}}, {"text": BOTH, "says": BOTH, "right": True},
               {"text": BOTH, "says": BOTH}],
})  # fmt: skip


def kept():
    log = []
    return log, lambda value: not log.append(value)


def test_a_prediction_is_kept_and_anything_else_is_told(language):
    asked = Prediction(name="late", kind="number", ask={"en": "How many?", "zh": "多少？"}, unit={"en": "%", "zh": "%"})
    log, keep = kept()
    box = PredictionBox(asked, None, keep)
    box.control.value = "many"
    assert log == [] and words.say("A number is expected here, such as 12 or 12.5.") in box.said.value
    box.control.value = "12.5 %"
    assert log == [12.5] and words.say("Kept. You can still change it.") in box.said.value
    assert PredictionBox(asked, 12.5, keep).control.value == "12.5"


def test_a_choice_begins_unchosen_and_is_restored():
    asked = Prediction(
        name="way", kind="choice", ask=BOTH, choices=[{"name": "up", "text": BOTH}, {"name": "down", "text": {"en": "d", "zh": "降"}}]
    )
    log, keep = kept()
    box = PredictionBox(asked, None, keep)
    assert box.control.value is None
    box.control.value = "down"
    assert log == ["down"] and PredictionBox(asked, "down", keep).control.value == "down"
    assert PredictionBox(asked, "gone", keep).control.value is None


def test_an_item_is_marked_and_a_known_mistake_is_named(language):
    log, keep = kept()
    box = ItemBox(COST, None, keep)
    assert box.check().right is None and log == []
    box.control.value = "24.8"
    assert box.check().right is False and COST.wrong[0].says.told() in box.said.value and log == [24.8]
    box.control.value = "37.2%"
    assert box.check().right is True and COST.because.told() in box.said.value
    box.control.value = "?"
    assert box.check().right is None and words.say("A number is expected here, such as 12 or 12.5.") in box.said.value


def test_an_option_is_marked():
    box = ItemBox(CHOICE, None, kept()[1])
    box.control.value = 0
    assert box.check().right is False and "No, because." in box.said.value
    box.control.value = 1
    assert box.check().right is True


def test_in_a_test_nothing_is_marked():
    log, keep = kept()
    box = ItemBox(CHOICE, None, keep, marked=False)
    box.control.value = 0
    assert log == [0] and "No, because." not in box.said.value and box.button.layout.display == "none"


def test_a_diary_survives_a_spoilt_file_and_a_disk_that_refuses(tmp_path):
    diary = Diary("one", tmp_path)
    assert diary.note("a", 1) and Diary("one", tmp_path).value("a") == 1
    diary.path.write_text("{")
    assert diary.value("a") is None and diary.path.with_suffix(".spoilt").exists()
    assert diary.note("b", 2) and diary.value("b") == 2
    (tmp_path / "file").write_text("")
    assert Diary("one", tmp_path / "file").note("a", 1) is False


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path / "state"))
    return tmp_path


def sit(when, seat, right, folder):
    room = exam.Exam(when, folder)
    room.seat.value = seat
    for item, box in zip(room.sheet.items, room._boxes.children, strict=True):
        if item.option:
            box.control.value = item.answer if right else (item.answer + 1) % len(item.option)
        else:
            box.control.value = str(item.answer if right else item.answer + 10 * item.within + 1000)
    room.finish()
    return room


def test_a_test_is_sat_handed_in_and_counted(state, capsys, language):
    sit("before", 3, False, state / "in")
    assert all(box.control.value not in (None, "") for box in exam.Exam("before", state)._boxes.children)  # a restart finds the answers
    room = sit("after", 3, True, state / "in")
    assert words.say("{done} of {asked} questions answered.", done=20, asked=20) in room.said.value
    before, after = (read_sheet(state / "in" / f"{when}-003.json") for when in answer_sheet.TIMES)
    assert {before.form, after.form} == {"A", "B"} and sum(before.marks()) == 0 and sum(after.marks()) == 20


def test_without_a_seat_nothing_is_asked(state):
    room = exam.Exam("before", state)
    assert room.hand_in.disabled and not room._boxes.children


def test_half_the_seats_begin_with_each_form():
    assert [form_of(seat, "before") for seat in (1, 2)] != [form_of(seat, "after") for seat in (1, 2)]
    assert form_of(1, "before") == form_of(2, "after") != form_of(1, "after")


def sheets(folder, people=12):
    rng = np.random.default_rng(1)
    for seat in range(1, people + 1):
        letter = form_of(seat, "before")
        answers = {}
        for at, item in enumerate(form(letter)):
            wrong = (item.answer + 1) % len(item.option) if item.option else item.answer + 1e6
            answers[item.name] = item.answer if rng.random() < seat / people - at / 60 else wrong
        AnswerSheet(seat, "before", letter, answers).write(folder)


def test_item_statistics(tmp_path, language):
    sheets(tmp_path)
    text = sittings.text(tmp_path)
    assert all(item.name in text for letter in "AB" for item in form(letter)) and "KR-20" in text


@pytest.mark.parametrize("change, said", [
    (lambda it: it.update(form="C"), "not an answer sheet"), (lambda it: it.update(seat="Wang"), "not an answer sheet"),
    (lambda it: it["answers"].update(other=1), "no such item"),
    (lambda it: it["answers"].update({form("A")[0].name: "x"}), "not an answer"),
])  # fmt: skip
def test_a_wrong_sheet_is_refused_by_name(tmp_path, change, said):
    path = AnswerSheet(2, "before", "A", {}).write(tmp_path)
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    with pytest.raises(BadInput) as refused:
        read_sheets(tmp_path)
    (problem,) = refused.value.problems
    assert said in words.explain(problem) and path.name in words.explain(problem)


def test_two_sheets_of_one_seat_and_an_empty_folder_are_refused(tmp_path):
    AnswerSheet(2, "before", "A", {}).write(tmp_path / "x")
    AnswerSheet(2, "before", "A", {}).write(tmp_path / "y")
    with pytest.raises(BadInput, match="twice"):
        read_sheets(tmp_path)
    with pytest.raises(BadInput, match="no answer sheets"):
        read_sheets(tmp_path / "nowhere")


def test_a_small_lab_answers_its_levers():
    lab = SmallLab("team.collectors", replications=2, days=60)
    for _ in lab._steps():
        pass
    first = lab.answer.picture.value
    lab.levers["team.collectors"].value += 2
    lab.runner.wait()
    assert lab.error is None and lab.policy.team.collectors == lab.against.team.collectors + 2 and lab.answer.picture.value != first
    lab._put_back()
    lab.runner.wait()
    assert lab.policy == lab.against
    with pytest.raises(BadInput, match="no lever"):
        SmallLab("team.robots")
