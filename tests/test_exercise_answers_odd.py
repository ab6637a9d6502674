"""What trainees type that cannot be judged: told why in their language, and not counted as a try."""

import pytest

from arsim.report import words
from arsim.workbook.exercises.box import ExerciseBox
from arsim.workbook.exercises.exercise import Exercise


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(("name", "answer", "en", "zh"), [
    ("guarantee_last_day", "5.3.2025", "Which number is the month?", "哪个数是月份"),
    ("guarantee_last_day", "03/05/2025", "Which number is the month?", "哪个数是月份"),
    ("guarantee_last_day", "2025-02-30", "A date is expected", "日期"),
    ("policy_to_order", "[team]\n“title” = 1", "Line 2 is not TOML from its character 1 on", "第 2 行从第 1 个字符起"),
    ("policy_to_order", "[team]\n[team]", "stands twice", "两次"),
    ("ageing_table", {"amount": {"current": "abc"}}, ": A number is expected", "：这里要填一个数"),
])  # fmt: skip
def test_what_cannot_be_read_is_told(language, name, answer, en, zh):
    with words.speaking(language):
        exercise = Exercise(name, 1)
        if isinstance(answer, dict):
            task = exercise.task
            answer = {column.name: {row.name: "abc" for row in task.row} for column in task.column}
        outcome = exercise.judge(answer)
        assert outcome.right is None
        assert {"en": en, "zh": zh}[language] in outcome.text()
        assert language == "en" or not {"Invalid", "Expected", "Cannot"} & set(outcome.text().split())


def test_the_same_answer_checked_again_is_no_second_try(tmp_path, monkeypatch):
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path))
    box = ExerciseBox(exercise := Exercise("dso_quarter", 1))
    for answer, tries in (("1", 1), ("1", 1), ("2", 2), ("1", 3)):
        box.input._control.value = answer
        box.check.click()
        assert exercise.done.attempts == tries and "✗" in box.said.value
