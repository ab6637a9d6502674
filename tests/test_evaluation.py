"""The evaluation kit: the sheet comes back as it was filled in, faults are named, and the figures are those of the textbook."""

from datetime import datetime

import numpy as np
import pytest
from openpyxl import load_workbook

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.effect import gain, relative_change
from arsim.workbook.course import evaluation, evaluation_sheet
from arsim.workbook.course.evaluation_sheet import BEHAVIOUR, REACTION, read, write


def fill(path, **rows):
    book = load_workbook(path)
    for name, lines in rows.items():
        for line in lines:
            book[words.say(name)].append(line)
    book.save(path)
    return path


@pytest.fixture
def filled(tmp_path, language):
    results = []
    for unit in range(8):
        trained = unit % 2
        group = words.say(("later", "trained")[trained])
        results.append([f"R{unit}", group, words.say("before"), 3_000_000, 90, 2_000_000 + unit, 400_000, 12_000])
        results.append([f"R{unit}", group, words.say("after"), 3_000_000, 90, 1_500_000 if trained else 2_000_000, 300_000, 12_000])
    return fill(write(tmp_path / "sheet.xlsx"), reaction=[[1, *([4] * len(REACTION))]], behaviour=[[1, 30, 10, *([5] * len(BEHAVIOUR))]],
                results=results)  # fmt: skip


def test_a_sheet_comes_back_and_its_effect_is_told(filled):
    found = read(filled)
    assert found.reaction[0]["useful"] == 4 and found.behaviour[0]["calls"] == 10 and len(found.results) == 16
    told = evaluation.text(found, [])
    assert words.say("better, and by as much as promised") in told and "−25" in told and "50 %" in told
    assert words.say("Nothing was filled in here.") in told  # no answer sheets


def test_faults_are_named_by_sheet_row_and_column(tmp_path, language):
    before, trained = words.say("before"), words.say("trained")
    rows = {
        "reaction": [[1, 9, 1, 1, 1, 1, 1]],
        "behaviour": [[1, 30, 2, 3, 0, 0, 0, 0], [1, 31, 2, 0, 0, 0, 0, 0]],
        "results": [["R1", "other", before, 1, 90, 1, 1, 1], ["R2", trained, before, 1, 90, 1, 1, 1]],
    }
    with pytest.raises(BadInput) as refused:
        read(fill(write(tmp_path / "sheet.xlsx"), **rows))
    told = [words.explain(problem) for problem in refused.value.problems]
    assert any(words.say(REACTION["useful"]) in line and "9" in line for line in told)
    assert any(words.say(BEHAVIOUR["promise_written"]) in line for line in told) and any("31" in line for line in told)
    assert any("other" in line for line in told) and any("R2" in line for line in told)


def test_what_is_no_sheet_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_text("no")
    with pytest.raises(BadInput, match="not an Excel"):
        read(tmp_path / "a.xlsx")
    book = load_workbook(write(tmp_path / "b.xlsx"))
    del book["results"]
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(BadInput, match="no sheet"):
        read(tmp_path / "b.xlsx")


def test_the_practice_evaluation_shows_what_was_put_into_it(language):
    found, sheets = evaluation.practice()
    told = evaluation.text(found, sheets)
    assert words.say("better, but by less than promised") in told or words.say("better; whether by as much as promised is open") in told
    assert words.say("no clear difference") in told  # bad debts were not moved


def test_an_interval_covers_as_often_as_it_says():
    """Welch's interval of log changes: 95 % of 2,000 draws with a true change of −15 %, to within three standard errors."""
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(2000):
        trained, others = (np.exp(np.column_stack([noise := rng.normal(0, 0.1, n), noise + rng.normal(moved, spread, n)]))
                           for n, moved, spread in ((6, np.log(0.85), 0.08), (9, 0.0, 0.05)))  # fmt: skip
        found = relative_change(trained, others)
        held += found.low <= -0.15 <= found.high
    assert abs(held / 2000 - 0.95) < 3 * np.sqrt(0.95 * 0.05 / 2000)


def test_too_few_give_no_interval():
    assert np.isnan(gain(np.array([1]), np.array([2])).low)
    assert np.isnan(relative_change(np.array([[1, 2.0]]), np.array([[1, 1.0], [1, 1.0]])).low)


def test_the_room_practises_and_refuses(tmp_path, language):
    room = evaluation.EvaluationRoom()
    room.practise.click()
    assert words.say("Invented, to practise on:") in room.said.value
    room.folder.value = str(tmp_path / "nowhere")
    assert words.say("There are no answer sheets here.") in room.said.value
    content = write(tmp_path / "s.xlsx").read_bytes()
    room.folder.value = ""
    room.upload.value = (
        {"name": "s.xlsx", "type": "", "size": len(content), "content": memoryview(content), "last_modified": datetime.now()},
    )
    assert words.say("Nothing was filled in here.") in room.said.value
    assert evaluation_sheet.GROUPS == ("trained", "later")
