"""The rollout sheet: written, filled in, read back; and every way of spoiling it named by sheet, row, column and remedy."""

import shutil
from datetime import date, timedelta

import numpy as np
import pytest
from openpyxl import load_workbook
from test_rollout import mixed_ledger

from arsim.cli import main
from arsim.domain.ledger import write_ledger
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.report import rollout_sheet, words
from arsim.report.firm import Firm
from arsim.study.company import Company, demo_ledger
from arsim.study.rollout_plan import plan
from arsim.study.trial_figures import recorded

ARM, BEFORE, RESULT, ORDERS, COMPLAINTS = 2, 4, 5, 6, 7  # columns of the customers' sheet


@pytest.fixture(scope="module")
def planned():
    company = Company.demo()
    people = company.population
    history = recorded(read_ledger(demo_ledger()), people.ids, people.start)
    return plan(read_policy("baseline"), read_policy("source_recovery_plan"), company, months=6, history=history, replications=3)


@pytest.fixture(scope="module")
def empty(planned, tmp_path_factory):
    return rollout_sheet.write(planned, tmp_path_factory.mktemp("empty") / "plan.xlsx", Firm(), planned.company.population.start)


@pytest.fixture(scope="module")
def full(empty, planned, tmp_path_factory):
    return filled(shutil.copy(empty, tmp_path_factory.mktemp("full") / "plan.xlsx"), planned)


@pytest.fixture
def written(empty, tmp_path):
    """A copy with nothing recorded, to be spoilt."""
    return shutil.copy(empty, tmp_path / "plan.xlsx")


@pytest.fixture
def recorded_in(full, tmp_path):
    """A copy with results, to be spoilt."""
    return shutil.copy(full, tmp_path / "plan.xlsx")


def spoilt(path, spoil, sheet="Customers"):
    """The workbook at `path` with something done to one of its sheets."""
    book = load_workbook(path)
    spoil(book[sheet])
    book.save(path)
    return path


def filled(path, planned, effect=-0.2, sheet="Customers"):
    """Results in which B has so much less of the main figure."""
    luck = np.random.default_rng(3)

    def fill(page):
        for row, (arm, before) in enumerate(zip(planned.arms, planned.before, strict=True), 2):
            level = 0.3 if np.isnan(before) else 0.15 + 0.5 * before
            page.cell(row, RESULT).value = round(float(100 * np.clip(level + effect * arm + 0.05 * luck.normal(), 0, 1)), 2)
            page.cell(row, ORDERS).value = 1.0
            page.cell(row, COMPLAINTS).value = 0

    return spoilt(path, fill, sheet)


def problems(path, **how):
    with pytest.raises(BadInput) as caught:
        rollout_sheet.read(path, **how)
    return caught.value.problems


def test_what_is_written_is_read_back(written, planned):
    told = rollout_sheet.read(written, filled=False)
    assert (told.arms == planned.arms).all() and (told.units == planned.units).all() and (told.strata == planned.strata).all()
    assert told.ids == planned.company.population.ids and told.forecast == pytest.approx(planned.forecast)
    assert told.before == pytest.approx(planned.before, nan_ok=True, abs=1e-7) and told.usual == pytest.approx(planned.usual, abs=1e-3)
    assert np.isnan(told.values).all() and told.until == told.end == told.start + timedelta(planned.days - 1)


def test_what_is_recorded_is_read_in_the_figures_own_unit(full):
    cells = [load_workbook(full)["Customers"].cell(row, RESULT).value / 100 for row in (2, 3, 4)]
    assert rollout_sheet.read(full).values[:3] == pytest.approx(cells)


def test_the_same_plan_writes_the_same_lots(planned, tmp_path):
    marks = []
    for name in ("one.xlsx", "two.xlsx"):
        book = load_workbook(rollout_sheet.write(planned, tmp_path / name, Firm(), planned.company.population.start))
        marks.append(book[rollout_sheet.HIDDEN].cell(1, 2).value)
    assert marks[0] == marks[1]


def test_a_chinese_sheet_is_read_by_an_english_reader(planned, tmp_path):
    with words.speaking("zh"):
        path = rollout_sheet.write(planned, tmp_path / "zh.xlsx", Firm(), planned.company.population.start)
        title = load_workbook(path).sheetnames[1]
    assert title == "客户"
    assert np.isfinite(rollout_sheet.read(filled(path, planned, sheet=title)).values).all()


def test_an_empty_sheet_asks_to_be_filled_in(written):
    (one,) = problems(written)
    assert "recorded" in one.what and "[Customers]" in one.file


@pytest.mark.parametrize("spoil, what, row, column", [
    (lambda page: setattr(page.cell(5, ARM), "value", {"A": "B", "B": "A"}[page.cell(5, ARM).value]), "was drawn into", 5, "arm"),
    (lambda page: setattr(page.cell(7, RESULT), "value", "12 %"), "not a number", 7, "trial"),
    (lambda page: setattr(page.cell(7, RESULT), "value", 140), "not a number", 7, "trial"),
    (lambda page: setattr(page.cell(9, COMPLAINTS), "value", "none"), "not a number", 9, "complaints"),
    (lambda page: page.delete_rows(4, 3), "are missing: 3", None, None),
    (lambda page: setattr(page.cell(6, 1), "value", "Somebody"), "not in the plan", 6, "customer"),
    (lambda page: setattr(page.cell(6, 1), "value", page.cell(8, 1).value), "twice", 8, "customer"),
    (lambda page: page.delete_cols(3), "columns are not those", 1, None),
])  # fmt: skip
def test_spoilt_customers_are_named(recorded_in, spoil, what, row, column):
    found = problems(spoilt(recorded_in, spoil))
    one = next(each for each in found if what in str(each))
    assert one.row == row and (column is None or column in one.column) and one.remedy and "plan.xlsx [Customers]" in one.file
    for language in words.LANGUAGES:
        with words.speaking(language):
            assert words.explain(one)


def test_an_edited_plan_is_named_by_its_row(recorded_in):
    def soften(page):
        for row in range(1, page.max_row + 1):
            if page.cell(row, 1).value == "Forecast for this trial":
                page.cell(row, 2).value = "+0.00 percentage points; whatever comes is fine."

    (one,) = problems(spoilt(recorded_in, soften, "Plan"))
    assert "changed after the lots" in one.what and one.row and one.values["what"] == "Forecast for this trial"


def test_a_touched_fingerprint_or_hidden_page_is_refused(recorded_in):
    moved = spoilt(recorded_in, lambda page: setattr(page.cell(40, 2), "value", 1 - page.cell(40, 2).value), "arsim")
    assert "kept inside" in problems(moved)[0].what


@pytest.mark.parametrize("value", ["soon", date(2020, 1, 1)])
def test_a_day_of_reading_outside_the_trial_is_refused(recorded_in, value):
    def say(page):
        for row in range(1, page.max_row + 1):
            if page.cell(row, 1).value == "Figures recorded up to":
                page.cell(row, 2).value = value

    assert "not a day of the trial" in str(problems(spoilt(recorded_in, say, "Plan"))[0])


def test_other_files_are_no_plans(tmp_path):
    (tmp_path / "x.xlsx").write_text("no")
    assert "not an Excel" in problems(tmp_path / "x.xlsx")[0].what
    assert "no such file" in problems(tmp_path / "y.xlsx")[0].what


def test_the_command_plans_and_reads(tmp_path, capsys, planned):
    sheet, given = str(tmp_path / "plan.xlsx"), ["baseline", "source_recovery_plan"]
    assert main(["rollout", "plan", *given, "--replications", "3", "--sheet", sheet]) == 0
    assert "Forecast for this trial" in capsys.readouterr().out
    assert main(["rollout", "read", sheet]) == 2  # nothing recorded yet
    filled(tmp_path / "plan.xlsx", planned)
    capsys.readouterr()
    assert main(["rollout", "read", sheet]) == 0
    told = capsys.readouterr().out
    assert "Roll out" in told and "outside the forecast: a larger effect" in told


def test_results_come_from_a_later_ledger(tmp_path, capsys, planned):
    sheet = rollout_sheet.write(planned, tmp_path / "plan.xlsx", Firm(), planned.company.population.start)
    later = mixed_ledger(planned.company, list(planned.policies), planned.arms, planned.days)
    write_ledger(later, tmp_path / "later.csv")
    assert main(["rollout", "read", str(sheet), "--ledger", str(tmp_path / "later.csv")]) == 0
    told = capsys.readouterr().out
    assert "inside the forecast" in told and "cannot be told" in told
    early = later.picked(later.issued <= np.datetime64(planned.company.population.start) + 20)
    write_ledger(early.known_on(planned.company.population.start + timedelta(20)), tmp_path / "early.csv")
    assert main(["rollout", "read", str(sheet), "--ledger", str(tmp_path / "early.csv")]) == 0
    assert "No look is due" in capsys.readouterr().out


def test_groups_come_from_a_file(tmp_path, capsys):
    (tmp_path / "groups.csv").write_text("customer,group\nC001,One\nC002,One\nC003,One\n")
    path = tmp_path / "plan.xlsx"
    assert main(["rollout", "plan", "baseline", "do_nothing", "--replications", "2", "--together", str(tmp_path / "groups.csv"),
                 "--sheet", str(path)]) == 0  # fmt: skip
    told = rollout_sheet.read(path, filled=False)
    assert len({int(arm) for arm in told.arms[:3]}) == 1 == len({int(unit) for unit in told.units[:3]})
    (tmp_path / "wrong.csv").write_text("a,b\n1,2\n")
    assert main(["rollout", "plan", "baseline", "do_nothing", "--together", str(tmp_path / "wrong.csv")]) == 2
