"""Every sentence the code can say has its Chinese, with the same holes, and no Chinese is left over.

A sentence the code does not write out at the call (it comes from data, or is chosen elsewhere) bears ``#. dynamic`` in the `.po`.
"""

import ast
import json
import re
from collections import defaultdict
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from arsim.domain.places import place
from arsim.domain.problem import BadInput, Problem
from arsim.report import words

ROOT = Path(words.__file__).parents[1]
PO_FILES = sorted((ROOT / "report" / "locale" / "zh").glob("*.po"))


def _literals(node):
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return ["(an f-string cannot be looked up; name the holes instead)"]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else []


def sentences(source):
    """The English sentences written out in `source`, each with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            parts = {"say": node.args[:1], "Problem": node.args[:2]}.get(name, [])
            if name == "Problem":
                parts = parts + [keyword.value for keyword in node.keywords if keyword.arg in ("what", "remedy")]
            for part in parts:
                yield from ((text, node.lineno) for text in _literals(part))


def _sources():
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
    for path in sorted([*place("notebooks").rglob("*.ipynb"), *place("exercises").rglob("*.ipynb")]):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code" and not re.match(r"\s*[%!]", source):
                yield f"{path.name}:{cell.get('id')}", source


def _said():
    said = defaultdict(list)
    for name, source in _sources():
        for text, line in sentences(source):
            said[text].append(f"{name}:{line}")
    return said


def _messages():
    for path in PO_FILES:
        with path.open("rb") as file:
            yield from ((path.name, message) for message in read_po(file, locale="zh_CN") if message.id)


def _holes(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_everything_said_has_its_chinese():
    missing = [f"{places[0]}: {text!r}" for text, places in _said().items() if text not in words.catalogue()]
    assert not missing, "\n".join(missing)


def test_no_chinese_is_left_over():
    said = _said()
    stale = [f"{name}: {m.id!r}" for name, m in _messages() if m.id not in said and "dynamic" not in m.auto_comments]
    assert not stale, "\n".join(stale)


def test_a_sentence_is_translated_once_the_same_way():
    seen = defaultdict(set)
    for _, message in _messages():
        seen[message.id].add(message.string)
    assert not {key: found for key, found in seen.items() if len(found) > 1}


def test_both_languages_have_the_same_holes():
    differ = [text for text, chinese in words.catalogue().items() if _holes(text) != _holes(chinese)]
    assert not differ


def test_chinese_has_chinese_punctuation():
    wrong = [chinese for chinese in words.catalogue().values() if re.search(r"[\u4e00-\u9fff][,;?!]", chinese)]
    assert not wrong


def test_no_entry_is_empty_or_fuzzy():
    assert not [f"{name}: {m.id!r}" for name, m in _messages() if not m.string or m.fuzzy]


def test_the_scan_sees_what_it_should():
    source = """
        say("one {hole}", hole=1)
        words.say("two" if x else "three")
        Problem("four", "five", file="not this")
        problem.Problem(what="six", remedy="seven", value="nor this")
        say(chosen)
        say(f"eight {x}")
    """.replace("        ", "")
    found = [text for text, _ in sentences(source)]
    assert found[:7] == ["one {hole}", "two", "three", "four", "five", "six", "seven"]
    assert len(found) == 8 and "f-string" in found[7]


def test_one_setting_chooses_the_language(monkeypatch):
    monkeypatch.setattr(words, "_current", None)
    assert words.language() == "en"
    for name in ("zh_CN", "zh-CN", "cn", "zh_CN.UTF-8", "Chinese", "中文"):
        monkeypatch.setenv("ARSIM_LANG", name)
        assert words.language() == "zh" and words.unspoken() is None
    monkeypatch.setenv("ARSIM_LANG", "fr")
    assert words.language() == "en" and "fr" in words.explain(words.unspoken())
    words.use("en")
    assert words.language() == "en"


def test_there_is_no_third_language():
    with pytest.raises(BadInput, match="no language fr"):
        words.use("fr")


def test_a_problem_is_explained_in_both_languages():
    problem = Problem("There is no language {name}.", "Use en or zh.", file="a.toml", row=3, values={"name": "fr"})
    assert words.explain(problem) == "a.toml, row 3: There is no language fr. Use en or zh."
    with words.speaking("zh"):
        told = words.explain(problem)
    assert "fr" in told and re.search("[\u4e00-\u9fff]", told) and "language" not in told
