"""Dates: the usual forms, and which of day and month comes first."""

from datetime import date, datetime

import pytest

from arsim.domain.dates import Either, Place, Serial, Timed, decide_order, parse_date
from arsim.domain.problem import Problem

FIFTH = date(2025, 3, 5)


@pytest.mark.parametrize("text", [
    "2025-03-05", "2025-3-5", "2025/3/5", "2025/03/05", "2025.3.5", "20250305", 20250305, 20250305.0, "2025年3月5日", "2025年03月05日",
    "2025 年 3 月 5 日", "２０２５－０３－０５", "2025-03-05 00:00:00", "2025-03-05T00:00", "2025-03-05T00:00:00Z", "2025/3/5 0:00",
    "2025-03-05 12:00:00 AM", "5-Mar-2025", "05 March 2025", "Mar 5, 2025", "05MAR2025", FIFTH, datetime(2025, 3, 5), " 2025-03-05 ",
    "05-MAR-25", "20250305.0",
])
def test_usual_forms(text):
    assert parse_date(text) == FIFTH


@pytest.mark.parametrize("text", ["3/4/2025", "03/04/2025", "3-4-2025", "03.04.2025", "3/4/2025 0:00"])
def test_day_and_month_are_open(text):
    assert parse_date(text) == Either(day_first=date(2025, 4, 3), month_first=date(2025, 3, 4))


def test_same_day_either_way_is_a_date():
    assert parse_date("5/5/2025") == date(2025, 5, 5)


@pytest.mark.parametrize("cell", ["2025-03-05 14:33", datetime(2025, 3, 5, 14, 33), "2025年3月5日 14:33:02"])
def test_time_of_day_is_told(cell):
    assert parse_date(cell) == Timed(FIFTH)


@pytest.mark.parametrize("cell", ["45721", 45721, 45721.0, "45721.0"])
def test_excels_inner_numbers(cell):
    assert parse_date(cell) == Serial(FIFTH)
    assert parse_date(45721.5) == Timed(Serial(FIFTH))


@pytest.mark.parametrize(("text", "words"), [
    ("2025-02-31", "does not exist"), ("31/02/2025", "does not exist"), ("2/31/2025", "does not exist"), ("20250231", "does not exist"),
    ("2025年2月29日", "does not exist"), ("31/31/2025", "does not exist"), ("0000-00-00", "does not exist"), ("9999-12-31", "year 9999"),
    ("5/3/25", "two digits"), ("#######", "too narrow"), ("tomorrow", "not a date"),
    ("2025-03/05", "not a date"), ("2025-13-05", "does not exist"), ("5 Foo 2025", "not a date"),
    (True, "not a date"), ("12", "not a date"),
])
def test_refused(text, words):
    found = parse_date(text)
    assert isinstance(found, Problem)
    assert words in str(found)
    assert found.remedy


def choose(*texts):
    return decide_order((parse_date(text), Place(row, "Date", text), 1) for row, text in enumerate(texts, 2))


def test_one_clear_date_decides_for_the_file():
    assert choose("3/4/2025", "13/4/2025")[0] == "day-first"
    order, problems, notes = choose("3/4/2025", "4/13/2025")
    assert order == "month-first" and not problems
    assert notes[0].row == 3 and notes[0].value == "4/13/2025"


def test_contradiction_names_both_rows():
    order, (problem,), _ = choose("4/13/2025", "3/4/2025", "13/4/2025")
    assert order is None
    assert problem.row == 4 and problem.values["row"] == 2 and problem.values["value"] == "4/13/2025"


def test_ambiguous_is_refused_with_the_remedy():
    order, (problem,), _ = choose("3/4/2025", "4/5/2025")
    assert order is None
    assert problem.row == 2 and problem.values["count"] == 2 and "--dates day-first" in problem.remedy
