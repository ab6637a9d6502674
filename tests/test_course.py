"""The course as a whole: it adds up, every objective is checked, every fact of the sources has its place, every key is the package's."""

import ast
import re
import tomllib

import pytest

from arsim.domain.places import place
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook import notebook
from arsim.workbook.course import timetable
from arsim.workbook.course.bank import LENGTH, bank, form
from arsim.workbook.course.item import AREAS, Item
from arsim.workbook.course.script import read_script, scripts
from arsim.workbook.prose import faults

LESSONS = scripts()
ITEMS = [pytest.param(item, id=name) for name, (_, item) in bank().items()]
PAIRS = {"calculation": 7, "law": 5, "decision": 8}


def book(name, language="en"):
    return notebook.read(place("notebooks") / language / f"{name}.ipynb")


def code(name):
    return "\n".join(cell["source"] for cell in book(name)["cells"] if cell["cell_type"] == "code")


def asked(name, method):
    """The names a notebook passes to `lesson.ask` or `lesson.check`."""
    calls = (node for node in ast.walk(ast.parse(code(name))) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return {one.value for call in calls if call.func.attr == method for one in call.args if isinstance(one, ast.Constant)}


def shown(name):
    """All text that the cells of a notebook have put out."""
    outputs = (output for cell in book(name)["cells"] if cell["cell_type"] == "code" for output in cell["outputs"])
    return "\n".join("".join(output.get("data", {}).get("text/plain", "")) for output in outputs)


def test_each_day_adds_up_to_360_minutes():
    days = timetable.days()
    assert sorted(days) == [1, 2, 3]
    for held in days.values():
        assert sum(one.minutes for one in held) + timetable.QUESTIONS == timetable.DAY
        assert [one.session for one in held] == list(range(1, len(held) + 1))


def test_the_timetable_is_the_same_in_both_languages():
    english, chinese = (
        [(one.name, one.day, one.minutes, len(one.objectives)) for one in timetable.sessions(name)] for name in words.LANGUAGES
    )
    assert english == chinese


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_spends_its_minutes_and_a_third_of_them_on_the_debrief(lesson):
    script, facts = read_script(lesson), book(lesson)["metadata"]["arsim"]
    assert sum(part.minutes for part in script.segment) == facts["minutes"]
    assert sum(part.minutes for part in script.segment if part.kind == "debrief") >= 0.3 * facts["minutes"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_objective_without_a_check_and_no_check_without_an_objective(lesson):
    objectives = book(lesson)["metadata"]["arsim"]["objectives"]
    assert len(objectives["en"]) == len(objectives["zh"])
    assert {item.objective for item in read_script(lesson).item} == set(range(1, len(objectives["en"]) + 1))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_asks_what_it_says_and_shows_every_prediction_again(lesson):
    script, text = read_script(lesson), shown(lesson)
    assert asked(lesson, "ask") == {one.name for one in script.prediction}
    assert [one.name for one in script.prediction if one.ask.en not in text] == []
    assert asked(lesson, "check") <= {one.name for one in script.item} and asked(lesson, "check")


def test_names_are_unique():
    names = [item.name for lesson in LESSONS for item in read_script(lesson).item]
    assert len(names) == len(set(names)) >= 80


@pytest.mark.parametrize("item", ITEMS)
def test_a_key_is_worked_out_and_no_wrong_answer_is_right(item: Item):
    answer = item.answer
    assert item.judge(answer).right is True and item.judge(None).right is None
    for language in words.LANGUAGES:
        with words.speaking(language):
            assert item.asked() and item.right_text() and item.because.told(item.key.given if item.key else {})
            for at in range(len(item.option)):
                judged = item.judge(at)
                assert judged.right == (at == answer) and (judged.says or judged.right)
            for wrong in item.wrong:
                judged = item.judge(float(wrong.key.value()))
                assert judged.right is False and judged.says == wrong.says.told()


def test_the_two_forms_are_parallel():
    first, second = form("A"), form("B")
    assert len(first) == len(second) == LENGTH
    assert [one.pair for one in first] == [one.pair for one in second] and len({one.pair for one in first}) == LENGTH
    assert [one.area for one in first] == [one.area for one in second]
    assert {area: sum(one.area == area for one in first) for area in AREAS} == PAIRS
    assert not {one.asked() for one in first} & {one.asked() for one in second}


def test_every_fact_of_the_sources_has_its_place():
    facts = tomllib.loads((place("data") / "course" / "facts.toml").read_text("utf-8"))
    placed = {(fact, lesson): cell for lesson in LESSONS for fact, cell in read_script(lesson).facts.items()}
    assert set(placed) == {(fact, lesson) for fact, (lesson, _) in facts.items()}
    for (fact, lesson), cell in placed.items():
        assert cell in notebook.ids(book(lesson)), (fact, lesson, cell)


@pytest.mark.parametrize("lesson", LESSONS)
def test_links_between_notebooks_lead_somewhere(lesson):
    for language in words.LANGUAGES:
        folder = place("notebooks") / language
        for cell in book(lesson, language)["cells"]:
            for link in re.findall(r"\]\(([^)#]+\.ipynb)", cell["source"]):
                assert (folder / link).exists(), (lesson, cell["id"], link)


def said(value, path=()):
    """Every text of a script in both languages, with where it stands."""
    if isinstance(value, dict):
        if set(value) == {"en", "zh"}:
            yield from (((".".join(map(str, path))), language, text) for language, text in value.items())
        else:
            for key, one in value.items():
                yield from said(one, (*path, key))
    elif isinstance(value, list | tuple):
        for at, one in enumerate(value):
            yield from said(one, (*path, at))


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_text_of_a_script_is_well_written(lesson):
    broken = [f"{where}: {fault}" for where, language, text in said(read_script(lesson).model_dump()) for fault in faults(language, text)]
    assert not broken, "\n".join(broken)


def test_a_script_that_is_wrong_is_refused_by_name(tmp_path, monkeypatch):
    (tmp_path / "course" / "lessons").mkdir(parents=True)
    file = tmp_path / "course" / "lessons" / "odd.toml"
    monkeypatch.setattr("arsim.workbook.course.script.place", lambda _: tmp_path)
    for text, said in (
        ("[[segment]]\nminutes = 0", "segment.0.minutes"),
        ("x = [", "TOML"),
        ("[[item]]\nname = 'Two words'", "item.0.name"),
    ):
        read_script.cache_clear()
        file.write_text(text)
        with pytest.raises(BadInput) as refused:
            read_script("odd")
        assert any(said in words.explain(problem) and "odd.toml" in words.explain(problem) for problem in refused.value.problems)
    read_script.cache_clear()
    with pytest.raises(BadInput, match="nowhere"):
        read_script("nowhere")
