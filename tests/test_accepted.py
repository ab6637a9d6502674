"""What a credit manager found odd: two policies of one title, identical ones, text that a spreadsheet would calculate, a full disk."""

import csv
import errno
import io

import pytest

from arsim.domain.policies import read_policy, told_apart
from arsim.domain.problem import BadInput
from arsim.report import export, words
from arsim.report.firm import Firm
from arsim.report.page.verdict import sentences, workload
from arsim.report.put import put
from arsim.study.compare import compare

FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def found():
    copy = read_policy("baseline").model_copy(update={"name": "copy"})
    odd = read_policy("do_nothing").model_copy(update={"name": "odd", "title": {"en": FORMULA, "zh": FORMULA}})
    return compare(["baseline", copy, odd], days=30, replications=10, engine="reference")


def test_a_copy_with_the_same_title_is_told_apart_by_its_name(found):
    for language, titles in (("en", ["Baseline", "Baseline (copy)", FORMULA]), ("zh", ["现行做法", "现行做法（copy）", FORMULA])):
        assert [policy.called(language) for policy in found.policies] == titles


def test_titles_that_differ_are_left_alone():
    policies = [read_policy("baseline"), read_policy("do_nothing")]
    assert told_apart(policies) == tuple(policies)


@pytest.mark.parametrize(("language", "told"), [("en", "exactly the same as under “Baseline”"), ("zh", "都与“现行做法”完全相同")])
def test_what_is_the_same_in_every_run_is_said_to_be(found, language, told):
    with words.speaking(language):
        assert all(told in one.text for one in sentences(found, "copy"))
        assert not any(told in one.text for one in sentences(found, "odd") if one.outcome == "goodwill")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_collectors_no_utilisation_is_told(found, language):
    with words.speaking(language):
        assert "–" not in workload(found, "odd").replace("−", "")


def test_a_title_that_excel_would_calculate_is_text_in_every_csv(found, tmp_path):
    written = [path for path in export.write(found, tmp_path, read_start(), Firm()) if path.suffix == ".csv"]
    for path in written:
        cells = [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
        assert f"'{FORMULA}" in cells and FORMULA not in cells


def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path, monkeypatch):
    path = tmp_path / "front.csv"
    path.write_bytes(b"before")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("arsim.report.put.write_whole", full)
    with pytest.raises(BadInput, match="No space left") as told:
        put(path, b"after")
    assert told.value.problems[0].file == str(path) and path.read_bytes() == b"before"


def read_start():
    from arsim.study.company import Company

    return Company.demo().population.start


def test_a_comparison_does_not_write_over_a_search_nor_a_search_over_a_comparison(tmp_path):
    from arsim.study.explore import explore

    searched, compared = tmp_path / "searched", tmp_path / "compared"
    searched.mkdir()
    (searched / "search.jsonl").write_text("{}\n")
    with pytest.raises(BadInput, match="another kind"):
        compare(["baseline", "do_nothing"], days=1, replications=1, engine="reference", keep=searched)
    compare(["baseline", "do_nothing"], days=1, replications=1, engine="reference", keep=compared)
    with pytest.raises(BadInput, match="another kind"):
        explore(["team.contact_cap=1:4"], days=1, budget=400, finalists=2, keep=compared)
    assert not (compared / "search.jsonl").exists()


def test_a_search_that_begins_from_an_earlier_front_does_not_call_two_policies_alike():
    from arsim.study.explore import explore

    base = read_policy("baseline").model_copy(update={"name": "front_1", "title": {"en": "Front 1", "zh": "前沿 1"}})
    found = explore(["team.contact_cap=1:4"], base, days=10, budget=400, finalists=2)
    policies = [found.space.base, *found.policies]
    for language in ("en", "zh"):
        assert len({policy.called(language) for policy in policies}) == len(policies) == found.runs()["policy"].nunique()
