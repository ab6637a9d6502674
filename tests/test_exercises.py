"""Every exercise: its reference passes, each usual mistake has its own name, untouched is not attempted, nothing raises."""

import ast
import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from arsim.domain.places import place
from arsim.report import words
from arsim.workbook import notebook
from arsim.workbook.course.diary import Diary
from arsim.workbook.course.script import scripts
from arsim.workbook.exercises import trainee
from arsim.workbook.exercises.drawn import draw, found
from arsim.workbook.exercises.exercise import Exercise
from arsim.workbook.exercises.task import names, read_task
from arsim.workbook.prose import faults

SEEDS = (1, 2, 17, 404, 999_999)
NOTEBOOKS = sorted(path.stem for path in (place("exercises") / "en").glob("*.ipynb"))
every = pytest.mark.parametrize("name", names())


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    """Nothing done here may show in the notebooks that run in the same session."""
    monkeypatch.setenv("ARSIM_STATE", str(tmp_path))


def as_typed(drawn, value):
    """An answer as a trainee gives it."""
    if drawn.task.kind == "table":
        return {column.name: {row.name: value[row.name, column.name] for row in drawn.task.row} for column in drawn.task.column}
    return value


def cells(name):
    book = notebook.read(place("exercises") / "en" / f"{name}.ipynb")
    return [cell for cell in book["cells"] if cell["cell_type"] == "code"]


def called_in(name):
    """The names of the exercises that a notebook shows."""
    nodes = [node for cell in cells(name) for node in ast.walk(ast.parse(cell["source"])) if isinstance(node, ast.Call)]
    return [node.args[0].value for node in nodes if getattr(node.func, "id", "") == "Exercise"]


@every
@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_passes_and_each_mistake_is_called_by_its_name_alone(name, seed, language):
    drawn = draw(name, seed)
    outcome = drawn.judge(as_typed(drawn, drawn.right))
    assert outcome.right is True and outcome.says == drawn.solution() and drawn.answer_text() in outcome.says
    assert len(drawn.wrong) >= 2
    said = {mistake: drawn.judge(as_typed(drawn, value)) for mistake, value in drawn.wrong.items()}
    assert {mistake: one.mistake for mistake, one in said.items()} == {mistake: mistake for mistake in drawn.wrong}
    assert all(one.right is False and one.says for one in said.values())
    assert len({one.says for one in said.values()}) == len(said)


@every
def test_the_same_number_draws_the_same_and_another_number_another(name):
    first = {seed: repr(draw(name, seed).given) for seed in SEEDS}
    draw.cache_clear()
    assert {seed: repr(draw(name, seed).given) for seed in SEEDS} == first
    assert len(set(first.values())) > 1


@every
@pytest.mark.parametrize("answer", [..., None, "", "  ", "...", "？", [], {}])
def test_untouched_is_not_attempted(name, answer, capsys):
    exercise = Exercise(name)
    exercise.check(answer)
    assert capsys.readouterr().out.startswith(words.say("Not attempted."))
    assert exercise.done == trainee.Done()


class Odd:
    """An answer that fails whatever one does with it."""

    def __getattr__(self, name):
        raise RuntimeError("odd")

    def __eq__(self, other):
        raise RuntimeError("odd")

    def __hash__(self):
        return 1

    def __len__(self):
        raise RuntimeError("odd")

    def __float__(self):
        raise RuntimeError("odd")

    def __str__(self):
        raise RuntimeError("odd")


def stops():
    raise ZeroDivisionError("division by zero")


ODD = [
    "twelve", "1e999", "12,5", "--3", "1/0", "%", "万", "2025-02-31", "31/12/25", "[dunning]", "a = [", "x.toml", "'; drop", "😀" * 999,
    True, float("nan"), float("inf"), 10**400, 1j, b"12", np.nan, np.array([1, 2]), np.array([]), np.array([[3.14159]]), pd.NaT, pd.NA,
    pd.Series([1, 2]), pd.DataFrame(), pd.DataFrame({"a": [1], "b": [2]}), pd.DataFrame([[1, 2], [3, 4]]), date.max,
    {"open": 3}, {"open": {"1-30": "x"}}, {1: 2}, [1], (1, 2), {1}, object(), Odd(), Odd, print, len, stops, lambda: 1 / 0,
    lambda nonsense: nonsense, lambda **given: given, lambda: lambda: 1, lambda: ..., lambda: "12.345%", {"a": Odd()}, [Odd()], iter([1]),
]  # fmt: skip


@every
def test_no_odd_answer_raises_or_passes(name, language, capsys):
    exercise = Exercise(name)
    for answer in ODD:
        exercise.check(answer)
        told = capsys.readouterr().out
        assert told.strip() and not re.search(r"Traceback|✓", told), answer
        exercise.judge(answer).html()
    assert not exercise.done.passed


@every
def test_texts_are_whole_in_both_languages(name, language):
    task = read_task(name)
    drawn = draw(name, 1)
    texts = [task.title.told(), task.objective.told(), drawn.asked(), drawn.solution(), *(drawn.hint(at) for at in range(len(task.hint)))]
    texts += [one.says.told(drawn.told) for one in (*task.wrong, *task.option)]
    texts += [one.text.told() for one in (*task.given, *task.row, *task.column) if one.text]
    texts += [column.text.told() for one in task.given for column in one.column] + [one.text.told(drawn.told) for one in task.option]
    assert all(text.strip() for text in texts)
    assert [str(problem) for text in texts for problem in faults(language, text)] == []


@every
def test_hints_do_not_give_the_answer_away(name):
    for seed in SEEDS:
        drawn = draw(name, seed)
        if drawn.task.kind in ("number", "date"):
            assert not any(drawn.answer_text() in drawn.hint(at) for at in range(len(drawn.task.hint)))


@every
def test_it_belongs_to_a_lesson_and_to_one_notebook(name):
    assert read_task(name).lesson in scripts()
    assert len([book for book in NOTEBOOKS if name in called_in(book)]) == 1


@pytest.mark.parametrize("book", NOTEBOOKS)
def test_a_notebook_shows_the_progress_of_all_its_exercises(book):
    source = "\n".join(cell["source"] for cell in cells(book))
    (shown,) = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "progress.show")
    assert [one.value for one in shown.args] == called_in(book)


def test_a_function_is_tried_on_other_numbers_too(language):
    exercise = Exercise("dso_quarter")
    right = exercise.given["ar_end"] / exercise.given["credit_sales"] * exercise.given["days"]
    assert exercise.judge(lambda ar_end, credit_sales, days: ar_end / credit_sales * days).right
    assert exercise.judge(lambda: right).right is False
    assert exercise.judge(lambda profit: profit).right is None


def test_a_solution_is_shown_to_whoever_has_tried_or_insists():
    exercise = Exercise("dso_quarter")
    assert exercise.way() != exercise.drawn.solution() == exercise.way()
    other = Exercise("ageing_table")
    other.attempt({"not_due": 1})
    other.attempt(as_typed(other.drawn, next(iter(other.drawn.wrong.values()))))
    assert other.way() == other.drawn.solution()


def test_what_was_done_outlives_the_kernel():
    exercise = Exercise("dso_quarter")
    exercise.attempt("1", "1")
    exercise.next_hint()
    exercise.attempt(exercise.drawn.right, "right")
    exercise.attempt("2", "2")
    assert Exercise("dso_quarter").done == trainee.Done(attempts=3, passed=True, hints=1, answer="2")


def test_the_number_is_kept_and_draws_the_exercises():
    before = Exercise("dso_quarter").given
    assert trainee.set_number(5) and trainee.number() == 5
    assert Exercise("dso_quarter").given == draw("dso_quarter", 5).given != before
    assert not trainee.set_number(0) and not trainee.set_number(True) and trainee.number() == 5


def test_what_a_trainee_changes_changes_no_answer():
    exercise = Exercise("ageing_table")
    frame = exercise.given["invoices"]
    frame["paid"] = 0
    assert exercise.given["invoices"]["paid"].sum() > 0
    assert exercise.judge(as_typed(exercise.drawn, exercise.drawn.right)).right


NEXT = (("d30", "d60"), ("d60", "d90"), ("d90", "d120"))
BY_CODE = {
    "overdue_by_code": lambda ledger, today: 100 * (
        (held := ledger[(ledger.issued <= today) & ~(ledger.paid_on <= today)])[held.due < today].amount.sum() / held.amount.sum()),
    "cutoff_by_code": lambda applicants, lines: max(
        map(int, lines.split(",")), key=lambda line: applicants[applicants.score >= line].eval("chance / 100 * price - cost").sum()),
    "roll_rates_by_code": lambda ends: {
        here: 100 * ends[there].iloc[1:].sum() / ends[here].iloc[:-1].sum() for here, there in NEXT},
}  # fmt: skip


@pytest.mark.parametrize("name", BY_CODE)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_trainees_own_pandas_gets_there(name, seed):
    assert Exercise(name, seed).judge(BY_CODE[name]).right


def test_a_spoilt_diary_counts_as_nothing_done():
    exercise = Exercise("dso_quarter")
    for kept in ("x", [1], {"attempts": "x"}, {"attempts": 1, "more": 2}, {"passed": 1}, 3):
        Diary(trainee.DIARY).note("dso_quarter@1", kept)
        assert exercise.done == trainee.Done()
        exercise.attempt(1)
        assert exercise.done.attempts == 1


def test_a_table_may_come_from_pandas():
    exercise = Exercise("ageing_table")
    right = as_typed(exercise.drawn, exercise.drawn.right)
    assert exercise.judge(pd.DataFrame(right)).right and exercise.judge(pd.Series(right["open"])).right
    assert exercise.judge({key: f"{value / 10_000:.6f} 万元" for key, value in right["open"].items()}).right


def test_functions_of_answers_exist():
    for name in names():
        task = read_task(name)
        keys = [task.key, *(one.key for one in task.wrong)]
        assert all(callable(found(key.of)) for key in keys) and (not task.judge or callable(found(task.judge)))


@every
def test_the_box_says_what_a_wrong_and_a_right_answer_are(name, language):
    from arsim.workbook.exercises.box import ExerciseBox

    exercise = Exercise(name)
    box = ExerciseBox(exercise)
    if exercise.task.kind not in ("number", "choice", "date", "spot"):
        return
    wrong = next(iter(exercise.drawn.wrong.values()))
    for value, mark in ((wrong, "✗"), (exercise.drawn.right, "✓")):
        if exercise.task.kind == "spot":
            box.input._figure.value, value = str(value["figure"]), value["line"]
        box.input._control.value = str(value)
        box.check.click()
        assert mark in box.said.value
    assert words.say("You have passed this one already.") in ExerciseBox(exercise).said.value


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_level_is_there(level):
    assert any(read_task(name).level == level for name in names())


def test_every_page_is_listed(language, capsys):
    from arsim.workbook.exercises import progress

    progress.pages()
    shown = capsys.readouterr().out
    titles = [notebook.read(place("exercises") / language / f"{name}.ipynb")["cells"][0]["source"].splitlines()[0] for name in NOTEBOOKS]
    assert all(title.removeprefix("# ") in shown for title in titles)
