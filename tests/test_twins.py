"""The committed notebooks keep the twins rule, and every part of the rule can fail."""

import json
import shutil

import nbformat
import pytest

from arsim.domain.places import place
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook import house, notebook, prose, twin_cells, twins


@pytest.fixture
def folder(tmp_path):
    """A copy of the start page in both languages, free to be broken."""
    for language in words.LANGUAGES:
        (tmp_path / language).mkdir()
        shutil.copy(place("notebooks") / language / "start_here.ipynb", tmp_path / language)
    return tmp_path


def load(folder, language):
    return json.loads((folder / language / "start_here.ipynb").read_text(encoding="utf-8"))


def save(folder, language, book):
    text = json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (folder / language / "start_here.ipynb").write_text(text, encoding="utf-8", newline="\n")


def cell_of(book, name):
    return next(cell for cell in book["cells"] if cell["id"] == name)


def edit(folder, name, *languages, **changes):
    for language in languages:
        book = load(folder, language)
        cell_of(book, name).update(changes)
        save(folder, language, book)


def found(problems):
    return [problem.what for problem in problems]


def files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*.ipynb"))}


def test_committed_notebooks_keep_the_rule():
    assert [str(problem) for problem in twins.check(place("notebooks"), place("exercises"))] == []


def test_committed_notebooks_are_valid_and_were_run():
    for path in place("notebooks").glob("*/start_here.ipynb"):
        book = nbformat.read(path, as_version=4)
        nbformat.validate(book)
        assert all(cell.outputs for cell in book.cells if cell.cell_type == "code" and cell.id != "language")


def test_a_well_kept_pair_is_left_alone(folder):
    before = files(folder)
    assert twins.sync(folder) == []
    assert files(folder) == before


ONE_SIDED = [
    ("ready", {"source": "print(1)"}, "only this side was edited"),
    ("ready", {"metadata": {"tags": ["show-code"]}}, "differ between the languages"),
    ("ready", {"id": "is-ready"}, "gone from the twin"),
    ("ready", {"cell_type": "raw"}, "another type"),
    ("language", {"source": 'words.use("fr")'}, "must only set"),
    ("title", {"source": "# Other"}, "stale"),
    ("title", {"metadata": {"tags": ["x"]}}, "other tags"),
]


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(("name", "changes", "said"), ONE_SIDED)
def test_a_difference_between_the_twins_is_told(folder, language, name, changes, said):
    edit(folder, name, language, **changes)
    assert any(said in what for what in found(twins.check(folder)))


BOTH_SIDES = [
    ("ready", {"source": "def f():\n    pass"}, "defines a function"),
    ("ready", {"source": "class A:\n    pass"}, "defines a function"),
    ("ready", {"source": "\n".join(["pass"] * 11)}, "more than {most} lines"),
    ("ready", {"source": "%matplotlib inline"}, "not plain Python"),
    ("ready", {"id": "0f3a9c1d"}, "says nothing"),
    ("ready", {"id": "Ready_Now"}, "says nothing"),
    ("ready", {"id": "title"}, "Two cells have the id"),
    ("language", {"id": "speak"}, "first code cell must be"),
    ("title", {"source": '<script src="https://cdn.jsdelivr.net/x.js">'}, "needs the internet"),
    ("title", {"source": '<script src="//unpkg.com/x.js">'}, "needs the internet"),
    ("title", {"source": f"{house.UNTRANSLATED}\n\n# Start"}, "not translated yet"),
]


@pytest.mark.parametrize(("name", "changes", "said"), BOTH_SIDES)
def test_a_broken_house_rule_is_told_and_left_to_a_person(folder, name, changes, said):
    edit(folder, name, *words.LANGUAGES, **changes)
    assert any(said in what for what in found(twins.check(folder)))
    assert any(said in what for what in found(twins.sync(folder)))


def test_ten_lines_are_allowed_and_an_exercise_may_define(folder):
    edit(folder, "ready", *words.LANGUAGES, source="\n".join(["pass"] * 10))
    edit(folder, "dso-three-months", *words.LANGUAGES, source="def f():\n    pass", metadata={"tags": ["exercise"]})
    assert twins.sync(folder) == []


@pytest.mark.parametrize("mark", [",", ";", "?", "!", ":", ".", "**:", "”,"])
def test_half_width_punctuation_after_chinese_is_told(folder, mark):
    edit(folder, "title", "zh", source=f"**付款{mark} 然后")
    assert any("punctuation" in what for what in found(twins.check(folder)))


@pytest.mark.parametrize("text", ["付款，然后。", "`付款: x`", "```\n付款, x\n```", "DSO: 30", "见 arsim.report", "[台账](x.ipynb)!"])
def test_other_half_width_marks_pass(folder, text):
    edit(folder, "title", "zh", source=text)
    assert not any("punctuation" in what for what in found(twins.check(folder)))


def test_facts_are_needed_and_shared(folder):
    book = load(folder, "zh")
    book["metadata"]["arsim"]["minutes"] = 20
    save(folder, "zh", book)
    assert any("facts" in what for what in found(twins.sync(folder)))
    del book["metadata"]["arsim"]["kind"]
    save(folder, "zh", book)
    assert any("what it is for" in what for what in found(twins.sync(folder)))


def test_another_order_is_told(folder):
    book = load(folder, "zh")
    book["cells"].append(book["cells"].pop(2))
    save(folder, "zh", book)
    assert any("another order" in what for what in found(twins.sync(folder)))


@pytest.mark.parametrize(("here", "there"), [("en", "zh"), ("zh", "en")])
def test_code_edited_on_one_side_is_copied(folder, here, there):
    outputs = cell_of(load(folder, there), "ready")["outputs"]
    edit(folder, "ready", here, source="print(2)")
    assert twins.sync(folder) == []
    cell = cell_of(load(folder, there), "ready")
    assert cell["source"] == ["print(2)"]
    assert cell["outputs"] == outputs


def test_code_edited_on_both_sides_is_left_to_a_person(folder):
    edit(folder, "ready", "en", source="print(2)")
    edit(folder, "ready", "zh", source="print(3)")
    assert any("both were edited" in what for what in found(twins.sync(folder)))
    assert [cell_of(load(folder, language), "ready")["source"] for language in words.LANGUAGES] == [["print(2)"], ["print(3)"]]


def test_a_review_freshens_prose_and_a_misspelt_one_writes_nothing(folder):
    edit(folder, "title", "en", source="# Begin here")
    before = files(folder)
    with pytest.raises(BadInput):
        twins.sync(folder, ["start_here:titel"])
    assert files(folder) == before
    assert [problem.file for problem in twins.sync(folder)] == ["zh/start_here.ipynb"]
    assert [problem.file for problem in twins.sync(folder, ["start_here:question"])] == ["zh/start_here.ipynb"]
    assert twins.sync(folder, ["start_here:title"]) == []


def test_review_of_all(folder):
    for language in words.LANGUAGES:
        edit(folder, "title", language, source="# A")
        edit(folder, "your-data", language, source="# B")
    assert len(twins.check(folder)) == 4
    assert twins.sync(folder, ["all"]) == []


def test_a_new_cell_gets_its_twin_in_its_place(folder):
    book = load(folder, "en")
    new = {"cell_type": "markdown", "id": "new-thought", "metadata": {}, "source": "A thought"}
    code = {"cell_type": "code", "id": "new-code", "metadata": {}, "source": "print(1)", "outputs": [], "execution_count": None}
    book["cells"][3:3] = [new, code]
    save(folder, "en", book)
    assert found(twins.check(folder)) == ["Cell {cell} is missing."] * 2
    assert found(twins.sync(folder)) == ["Cell {cell} is not translated yet."]
    assert [cell["id"] for cell in load(folder, "zh")["cells"][3:5]] == ["new-thought", "new-code"]
    edit(folder, "new-thought", "zh", source="一个想法")
    assert found(twins.check(folder)) == ["Cell {cell} is stale: its twin was changed since the two were last read side by side."]
    assert twins.sync(folder, ["start_here:new-thought"]) == []


@pytest.mark.parametrize(("here", "there"), [("en", "zh"), ("zh", "en")])
def test_a_missing_notebook_is_told_and_made(folder, here, there):
    (folder / there / "start_here.ipynb").unlink()
    assert found(twins.check(folder)) == ["This notebook's twin is missing."]
    left = twins.sync(folder)
    assert set(found(left)) == {"Cell {cell} is not translated yet."}
    assert "".join(cell_of(load(folder, there), "language")["source"]) == twin_cells.LANGUAGE_CELL.format(language=there)


def test_traces_of_a_run_are_dropped_and_outputs_kept(folder):
    clean, book = files(folder), load(folder, "en")
    book["metadata"] |= {"widgets": {"state": 1}, "kernelspec": {"name": "py", "display_name": "Mine"}, "language_info": {"version": "3.9"}}
    cell = cell_of(book, "ready")
    cell |= {"execution_count": 7}
    cell["metadata"] |= {"execution": {"iopub.status.busy": "2026"}, "collapsed": False, "jupyter": {"source_hidden": False}}
    save(folder, "en", book)
    assert found(twins.check(folder)) == ["The file holds traces of a run or unfolded code, or was never synced."]
    assert twins.sync(folder) == []
    assert files(folder) == clean


def test_widget_views_are_dropped_from_outputs(folder):
    view = {"text/plain": "IntSlider(value=1)", "application/vnd.jupyter.widget-view+json": {"model_id": "3f"}}
    output = {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": view}
    edit(folder, "ready", "en", outputs=[output])
    assert twins.sync(folder) == []
    kept = {"output_type": "execute_result", "execution_count": 2, "metadata": {}, "data": {"text/plain": "IntSlider(value=1)"}}
    assert cell_of(load(folder, "en"), "ready")["outputs"] == [kept]


def test_code_is_folded_unless_tagged(folder):
    hidden = {cell["id"]: cell["metadata"].get("jupyter") for cell in load(folder, "en")["cells"] if cell["cell_type"] == "code"}
    folded = {"source_hidden": True}
    answer = {"outputs_hidden": True}
    assert hidden == {"language": folded, "ready": folded, "dso-three-months": answer, "demo-size": folded | answer, "course-plan": folded}


@pytest.mark.parametrize("name", ["start_here", "policy_lab"])
def test_no_stored_answer_stands_open_before_its_question_is_thought_about(name):
    for language in words.LANGUAGES:
        book = json.loads((place("notebooks") / language / f"{name}.ipynb").read_text("utf-8"))
        told = lambda cell: any(word in json.dumps(cell.get("outputs")) for word in ("%", "DSO"))  # noqa: E731
        stored = [cell for cell in book["cells"] if told(cell) and cell["id"] != "course-plan"]
        assert stored and all(cell["metadata"]["jupyter"]["outputs_hidden"] for cell in stored)


def test_checking_writes_nothing(folder):
    edit(folder, "ready", "en", source="print(2)")
    before = files(folder)
    twins.check(folder)
    assert files(folder) == before


@pytest.mark.parametrize("text", ["", "<html>", "[]", "{}"])
def test_a_file_that_is_no_notebook_is_refused(folder, text):
    (folder / "zh" / "start_here.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="not a Jupyter notebook"):
        twins.check(folder)


def test_a_folder_without_notebooks_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no notebooks"):
        twins.check(tmp_path)


def test_problems_are_told_in_chinese(folder):
    edit(folder, "title", "en", source="# Begin here")
    with words.speaking("zh"):
        (told,) = map(words.explain, twins.check(folder))
    assert told == (
        "zh/start_here.ipynb：单元格 title 已过时：上次对照阅读之后，另一种语言的内容改过。"
        "请更新内容，再运行 `arsim course sync --fix --reviewed start_here:title`。"
    )


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_code_shows_is_in_the_notebook_s_language(language):
    stray = prose.LATIN if language == "zh" else prose.CHINESE
    for path in sorted((place("notebooks") / language).glob("*.ipynb")):
        for cell in notebook.read(path)["cells"]:
            for output in cell.get("outputs", ()):
                shown = [output.get("data", {}).get(kind, "") for kind in ("text/plain", "text/html", "text/markdown")]
                text = "".join("".join(part) for part in [output.get("text", ""), *shown])
                hit = stray.search(prose.NOT_PROSE.sub("`", text))
                assert not hit, f"{path.name} {cell['id']}: {hit[0]}"
