"""“Spot the error”: a line and a figure, each told about by itself; half an answer is told kindly; the box remembers both."""

import pytest

from arsim.report import words
from arsim.workbook.exercises.box import ExerciseBox
from arsim.workbook.exercises.drawn import draw
from arsim.workbook.exercises.exercise import Exercise
from arsim.workbook.exercises.task import names, read_task

SPOT = [name for name in names() if read_task(name).kind == "spot"]
each = pytest.mark.parametrize("name", SPOT)


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    """Nothing done here may show elsewhere."""
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path))


def test_there_are_some():
    assert len(SPOT) >= 4


@each
@pytest.mark.parametrize("seed", [1, 2, 17])
def test_lines_stand_in_their_order(name, seed):
    lines = [one.value for one in draw(name, seed).options]
    assert lines == list(range(1, len(lines) + 1))
    shown = draw(name, seed).asked().splitlines()
    assert [line[:2] for line in shown if line[1:2] == "."] == [f"{line}." for line in lines]


@each
def test_half_an_answer_is_not_a_right_one(name, language):
    drawn = draw(name, 1)
    line, figure = drawn.right["line"], drawn.right["figure"]
    assert drawn.judge({"line": line, "figure": ""}).text().endswith(words.say("That is the line. Now the right figure."))
    assert drawn.judge({"line": line}).right is False
    assert drawn.judge({"figure": figure}).right is None
    assert drawn.judge({"line": None, "figure": str(figure)}).says == words.say("Say as well which line is wrong.")
    assert drawn.judge({"line": None, "figure": ""}).head == words.say("Not attempted.")
    assert drawn.judge({"line": 99, "figure": figure}).right is None
    assert drawn.judge(figure).right is None
    assert drawn.judge({"line": line, "figure": "?!"}).right is None


@each
def test_a_wrong_line_is_told_whatever_the_figure_and_a_right_one_is_owned(name, language):
    drawn = draw(name, 17)
    other = next(one for one in drawn.task.option if not one.right)
    for figure in (drawn.right["figure"], 1.0, ""):
        assert drawn.judge({"line": other.value, "figure": figure}).says == other.says.told(drawn.told)
    outcome = drawn.judge({"line": drawn.right["line"], "figure": drawn.right["figure"] * 1.31})
    assert outcome.right is False and outcome.mistake is None and outcome.says.startswith(words.say("The line is right."))


@each
def test_the_first_named_wrong_figure_is_the_one_found_in_public(name):
    drawn = draw(name, 404)
    public = drawn.wrong["0"]["figure"]
    shown = drawn.asked().replace(",", "")
    assert any(f"{public:.{places}f}" in shown for places in (0, 1, 2))


@each
def test_the_box_shows_again_what_was_typed(name):
    box = ExerciseBox(Exercise(name))
    box.input._control.value, box.input._figure.value = "1", "12"
    box.check.click()
    again = ExerciseBox(Exercise(name)).input
    assert again.typed == {"line": "1", "figure": "12"}


def test_a_function_may_answer_both(language):
    exercise = Exercise("spot_cei")

    def both(ar_begin, credit_sales, ar_end, current_end):
        return {"line": 3, "figure": 100 * (ar_begin + credit_sales - ar_end) / (ar_begin + credit_sales - current_end)}

    assert exercise.judge(both).right
    assert exercise.judge(lambda: {"line": 3, "figure": exercise.drawn.right["figure"]}).right is False


def test_a_text_in_both_languages_is_given_in_the_one_in_use(language):
    ages = Exercise("spot_chain").given["classes"]["age"]
    assert all(isinstance(one, str) for one in ages) and ages[0] == {"en": "not due", "zh": "未到期"}[language]
