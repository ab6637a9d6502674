"""Slides, handouts and guide: everything tagged is on them, in one language, without the internet; as PDF nothing is cut off."""

import html
import re

import pytest

from arsim.domain.problem import BadInput
from arsim.report import browser, words
from arsim.workbook.course import excerpt, paper, timetable
from arsim.workbook.course.script import read_script, scripts

FIRST = scripts()[0] if scripts() else ""


@pytest.mark.parametrize("kind", paper.KINDS)
def test_a_page_stands_alone_in_its_language(tmp_path, language, kind):
    (page,) = paper.write(kind, tmp_path)
    text = page.read_text("utf-8")
    assert page.name == f"{kind}-{language}.html" and f'lang="{ {"en": "en", "zh": "zh-CN"}[language] }"' in text
    assert not re.search(r'(?:src|href)="(?!data:)[^"#]*//', text)
    for one in timetable.sessions():
        assert one.title in html.unescape(text)


def test_every_lesson_has_slides_a_handout_and_notes_for_the_instructor(language):
    for one in timetable.sessions():
        slides = excerpt.excerpts(one.name, excerpt.SLIDE)
        assert len(slides) >= (6 if one.kind == "lesson" else 3), one.name
        assert excerpt.excerpts(one.name, excerpt.HANDOUT), one.name
        assert excerpt.excerpts(one.name, excerpt.TRAINER), one.name


def test_the_guide_holds_every_key_and_the_handout_none(language):
    sessions = timetable.sessions()
    guide, handout = paper.html("guide", sessions), paper.html("handouts", sessions)
    for one in sessions:
        for item in read_script(one.name).item:
            assert f"[{item.name}]" in guide and f"[{item.name}]" not in handout


def test_only_the_lessons_asked_for_and_no_other(tmp_path):
    (page,) = paper.write("slides", tmp_path, (FIRST,))
    assert page.read_text("utf-8").count('class="slide first"') == 1
    with pytest.raises(BadInput, match="no lesson nothing"):
        paper.write("slides", tmp_path, ("nothing",))


def test_without_a_browser_there_is_html_and_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "find", lambda: None)
    with pytest.raises(BadInput, match="none was found"):
        paper.write("handouts", tmp_path, (FIRST,), as_pdf=True)
    assert (tmp_path / f"handouts-{words.language()}.html").exists()


@pytest.mark.skipif(not browser.find(), reason="no Chromium, Chrome or Edge here")
def test_a_pdf_is_printed(tmp_path, language):
    _, pdf = paper.write("slides", tmp_path, (FIRST,), as_pdf=True)
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", content)) >= 1 + len(excerpt.excerpts(FIRST, excerpt.SLIDE))
