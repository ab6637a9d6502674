"""What trainees type is read as they meant it, and what is wrong with it is told without a name only where there is none."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest

from arsim.domain.places import place
from arsim.domain.policies import built_in, read_policy
from arsim.report import words
from arsim.workbook import shelf, twins
from arsim.workbook.exercises import policies
from arsim.workbook.exercises.dice import Dice
from arsim.workbook.exercises.drawn import draw
from arsim.workbook.exercises.reading import read_date, read_number

READ = [
    ("1234.5", "plain", 1234.5), ("1,234.5", "plain", 1234.5), ("１，２３４．５", "plain", 1234.5), ("1 234", "plain", 1234),
    ("−3", "plain", -3), ("+3", "plain", 3), (".5", "plain", 0.5), ("1e3", "plain", 1000),
    ("≈ 40.9 天", "days", 40.9), ("40.9 days", "days", 40.9),
    ("12%", "percent", 12), ("12％", "percent", 12), ("12", "percent", 12), ("12%", "share", 0.12), ("0.12", "share", 0.12),
    ("12.5 万", "yuan", 125_000), ("12.5万元", "yuan", 125_000), ("¥125,000", "yuan", 125_000), ("￥125,000元", "yuan", 125_000),
    ("CNY 125,000", "yuan", 125_000), ("0.5亿", "yuan", 5e7), ("125k", "yuan", 125_000), ("-1.5 million", "yuan", -1.5e6),
    ("12人", "plain", 12), (np.float64(2.5), "plain", 2.5), (np.array([2.5]), "plain", 2.5), (Decimal("2.5"), "plain", 2.5),
    (7, "plain", 7),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "measure", "meant"), READ)
def test_a_number_is_read_as_it_was_meant(typed, measure, meant):
    assert read_number(typed, measure) == pytest.approx(meant, rel=1e-12)


NO_NUMBER = ["", "12,5", "1,23,4", "1.2.3", "a dozen", "十二", "12 %%", "--3", True, None, [], b"12", float("nan")]


@pytest.mark.parametrize("typed", NO_NUMBER)
def test_what_is_no_number_is_told(typed, language):
    told = read_number(typed)
    assert isinstance(told, str) and any("\u4e00" <= sign <= "\u9fff" for sign in told.replace("万", "")) == (language == "zh")


DAYS = ["2025-03-05", "2025/3/5", "2025年3月5日", "20250305", " ２０２５-０３-０５", date(2025, 3, 5), datetime(2025, 3, 5, 9)]


@pytest.mark.parametrize("typed", DAYS)
def test_a_date_is_read_as_it_was_meant(typed):
    assert read_date(typed) == date(2025, 3, 5)


@pytest.mark.parametrize("typed", ["2025-02-30", "3/4/2025", "tomorrow", 20250305.5, "", [], {}])
def test_what_is_no_date_is_told(typed, language):
    assert isinstance(read_date(typed), str)


SLIPS = [
    (lambda right: -right, "The size is right, the sign is not."),
    (lambda right: right / 100, "Your number is a hundred times too small. Look at the units."),
    (lambda right: right * 100, "Your number is a hundred times too large. Look at the units: 1 % is 0.01, and fen are not yuan."),
    (lambda right: right / 10_000, "Your number is ten thousand times too small: 万 are not yuan."),
    (lambda right: right * 10_000, "Your number is ten thousand times too large: yuan are not 万."),
    (lambda right: right / 1000, "Your number is off by a factor of a thousand. Look at the units."),
    (lambda right: right * 1.004, "Very close. Rounded too soon, or one small step is off: a day too many, a share of the wrong whole?"),
    (lambda right: right * 3.3, "Too high. Work it through once more, step by step."),
    (lambda right: right / 3.3, "Too low. Work it through once more, step by step."),
]


@pytest.mark.parametrize(("slip", "said"), SLIPS)
def test_a_wrong_number_without_a_name_is_told_how_it_is_wrong(slip, said, language):
    drawn = draw("allowance_matrix", 1)
    outcome = drawn.judge(slip(drawn.right))
    assert (outcome.right, outcome.mistake, outcome.says) == (False, None, words.say(said))


def test_a_share_for_percent_is_told():
    drawn = draw("cei_quarter", 1)
    assert "hundred times too small" in drawn.judge(drawn.right / 100).says
    assert drawn.judge(f"{drawn.right:.1f} %").right


def test_a_table_with_one_row_wrong_is_told_which():
    drawn = draw("ageing_table", 1)
    right = {row: value for (row, _), value in drawn.right.items()}
    told = drawn.judge(right | {"1-30": right["1-30"] + 7, "90+": right["90+"] - 7}).says
    assert "1–30 days" in told and "over 90 days" in told and "31–60" not in told and "The sum over all cells is right" in told
    assert "The sum" not in drawn.judge(right | {"1-30": 0}).says
    assert "31-60" in drawn.judge({key: value for key, value in right.items() if key != "31-60"}).says


def test_a_date_too_early_or_too_late_is_told():
    drawn = draw("reminder_date", 1)
    assert [drawn.judge(day).says for day in ("2024-01-01", "2026-12-31")] == ["Too early. Count once more.", "Too late. Count once more."]


def test_a_policy_may_be_a_name_a_text_a_file_or_itself(tmp_path):
    baseline = read_policy("baseline")
    assert policies.read(baseline) is baseline and policies.read("baseline") == baseline
    assert policies.read("[team]\ncollectors = 5\n").team.collectors == 5
    (tmp_path / "mine.toml").write_text("[team]\ncollectors = 4\n")
    assert policies.read(tmp_path / "mine.toml").team.collectors == policies.read(str(tmp_path / "mine.toml")).team.collectors == 4
    assert "baseline" in built_in()


NO_POLICY = ["[team", "[team]\ncollectors = 'x'", "team", "[tem]\ncollectors = 1", "gone.toml", 3, object(), "\x00", "a\x00.toml"]


@pytest.mark.parametrize("odd", NO_POLICY)
def test_what_is_no_policy_is_told(odd, language):
    assert isinstance(policies.read(odd), str)


def test_dice_fall_alike_everywhere():
    dice = Dice(1, "x")
    assert [dice.whole(1, 6) for _ in range(8)] == [dice for dice in _thrown(1, "x", 8)]
    throws = [Dice(seed).whole(1, 3) for seed in range(300)]
    assert set(throws) == {1, 2, 3} and {Dice(seed).whole(10, 20, 5) for seed in range(99)} == {10, 15, 20}
    assert sorted(Dice(5).some("abcd", 4)) == list("abcd")


def _thrown(seed, name, count):
    """The same from the definition: Python promises that `random()` gives the same numbers for the same text on every system."""
    import random

    source = random.Random(f"{seed}:{name}")
    return [1 + int(source.random() * 6) for _ in range(count)]


def test_exercises_and_notebooks_share_a_shelf(tmp_path, monkeypatch):
    for name in ("notebooks", "exercises"):
        for language in words.LANGUAGES:
            (tmp_path / name / language).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "exercises" / "en")
    assert shelf.home() == tmp_path / "notebooks" / "my_policies"


def test_the_twins_rule_holds_for_exercises_too(tmp_path):
    import shutil

    for name in ("notebooks", "exercises"):
        shutil.copytree(place("exercises"), tmp_path / name)
    page = next((tmp_path / "exercises" / "zh").glob("*.ipynb"))
    page.unlink()
    both = (tmp_path / "notebooks", tmp_path / "exercises")
    assert [problem.file for problem in twins.check(*both)] == [f"zh/{page.name}"]
    twins.sync(both)
    assert page.exists()
