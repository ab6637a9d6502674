"""One gap between Chinese and half-width writing, in everything that is shown; what is compared with is left alone."""

import re
import tomllib
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.places import place
from arsim.domain.spacing import closed, filled, spaced
from arsim.report import words
from arsim.workbook import notebook, spacing, twin_cells

ROOT = place("data").parent
MEND = "Run: uv run python -m arsim.workbook.spacing"
PIECES = st.lists(
    st.sampled_from(
        ["次", "额", "4", "B", " ", "%", "，", "（", "**", "`", "`x`", "{n}", "{n:,}", "《", "》", "[", "](u)", "$", "<b>", "−", "\n"]
    )
)


@pytest.mark.parametrize("path", spacing.files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_keep_the_rule(path):
    right, stands = spacing.mended(path).splitlines(), path.read_text("utf-8").splitlines()
    assert [line for line in stands if line not in set(right)] == [], MEND


@pytest.mark.parametrize(
    "path", sorted(path for name in ("notebooks", "exercises") for path in place(name).glob("zh/**/*.ipynb")), ids=lambda path: path.stem
)
def test_notebooks_keep_the_rule(path):
    texts = {cell["id"]: cell["source"] for cell in notebook.read(path)["cells"] if cell["cell_type"] != "code"}
    assert texts and {name for name, text in texts.items() if spaced(text) != text} == set(), "Run: uv run arsim course sync --fix"


@given(PIECES.map("".join))
def test_only_spaces_change_and_only_once(text):
    assert spaced(text).replace(" ", "") == text.replace(" ", "")
    assert spaced(spaced(text)) == spaced(text)


@given(st.lists(st.sampled_from(["次", "4", "B", "，"])).map("".join))
def test_closing_undoes_spacing(text):
    assert closed(spaced(text)) == text


def test_data_keeps_what_is_compared_with(tmp_path):
    path = tmp_path / "any.toml"
    path.write_text(
        '# 共3张\nheader = ["金额2"]\nseen = { en = "x", zh = "6月\\\\d+日" }\ntitle = { en = "3 sheets", zh = "共3张\\n第2行" }\n'
        '[zh]\nask = """\n重复40次\n"""\n',
        "utf-8",
    )
    text = spacing.mended(path)
    held = tomllib.loads(text)
    assert held["header"] == ["金额2"] and held["seen"]["zh"] == r"6月\d+日" and text.startswith("# 共3张")
    assert held["title"] == {"en": "3 sheets", "zh": "共 3 张\n第 2 行"} and held["zh"]["ask"] == "重复 40 次\n"


def test_catalogues_keep_their_lines_and_their_english(tmp_path):
    path = tmp_path / "any.po"
    path.write_text('msgid "or 100万"\nmsgstr ""\n"共3张，\\n"\n"{name}的B级"\n\nmsgid "x"\nmsgstr "共"\n"3张"\n', "utf-8")
    assert spacing.mended(path) == (
        'msgid "or 100万"\nmsgstr ""\n"共 3 张，\\n"\n"{name} 的 B 级"\n\nmsgid "x"\nmsgstr "共 3 张"\n'
    )  # fmt: skip


def test_code_keeps_all_but_its_labels(tmp_path):
    path = tmp_path / "any.py"
    path.write_text('"""共3张"""\nUNIT = "3万"\na = lever(en="B", zh="……B级")\nb = {"en": "x", "zh": "第1级"}\n', "utf-8")
    assert spacing.mended(path) == '"""共3张"""\nUNIT = "3万"\na = lever(en="B", zh="……B 级")\nb = {"en": "x", "zh": "第 1 级"}\n'


def test_what_is_said_closes_the_gap_beside_chinese():
    open_ = re.compile(r"[一-鿿] \{name\} [一-鿿]")
    holed = [key for key, text in words.catalogue().items() if open_.search(text) and set(_holes(text)) == {"name"}]
    with words.speaking("zh"):
        assert holed and not [said for said in (words.say(key, name="某") for key in holed) if " 某" in said or "某 " in said]


def _holes(text):
    return [name for _, name, _, _ in Formatter().parse(text) if name]


@pytest.mark.parametrize("value, made", [
    ("锦舟", "客户锦舟欠款"), ("K7", "客户 K7 欠款"), ("（某）", "客户（某）欠款"), ("-5", "客户 -5 欠款"), ("共15%", "客户共15% 欠款"),
])  # fmt: skip
def test_the_gap_beside_what_is_filled_in(value, made):
    assert filled("客户 {name} 欠款", name=value) == made
    if value != "-5":  # a sign may be a dash: it gets no gap, and keeps the one that stands
        assert filled("客户{name}欠款", name=value) == made


def test_a_gap_mended_leaves_the_twins_read():
    def cell(source, twin):
        return {"id": "a", "cell_type": "markdown", "source": source, "metadata": {"tags": [], "arsim": {"twin": notebook.mark(twin)}}}

    twins = {"en": cell("Call 3", "打3次"), "zh": cell("打3次", "Call 3")}
    (language, problem), *more = twin_cells.mend(twins, reviewed=False)
    assert (language, more, twins["zh"]["source"]) == ("zh", [], "打 3 次") and "{cell}" in problem.what
    assert not list(twin_cells.mend(twins, reviewed=False))
