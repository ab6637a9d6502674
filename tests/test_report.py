"""Tables, files and the ledger's report: figures that keep their sign, units that are named, words in the user's language."""

import csv
import inspect
import re
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from arsim.domain.ledger import Ledger
from arsim.domain.policies import read_policy
from arsim.report import export, table
from arsim.report import ledger as report
from arsim.report.figures import Scale, file_unit, telling
from arsim.report.firm import Firm
from arsim.study import estimate
from arsim.study.company import Company
from arsim.study.comparison import Comparison, Replication
from arsim.study.outcome import OUTCOMES


def comparison(step, spread=0.0, count=12):
    """Every outcome of the second policy is `step` above the first's, now a little more, now a little less."""
    zero = {outcome.key: 100.0 for outcome in OUTCOMES} | {"overdue_share": 0.5}
    weekly = {"day": np.arange(6, 62, 7), **{name: np.ones(8) for name in ("cash", "overdue_share", "ar", "cost")}}
    made = []
    for number in range(count):
        more = {key: value + step + spread * (-1) ** number for key, value in zero.items()}
        made.append(Replication(number, {"do_nothing": zero, "baseline": more}, {"do_nothing": weekly, "baseline": weekly}))
    return Comparison((read_policy("do_nothing"), read_policy("baseline")), tuple(made), count, 60, 1)


@pytest.mark.parametrize("step", [0.0004, -0.0004, 0.03, -40])
def test_a_bound_that_decides_shows_its_sign(step):
    for row in table.rows(comparison(step, abs(step) / 3), "baseline"):
        if row.verdict in ("better", "worse", "higher", "lower"):
            signs = [bound[0] for bound in row.interval.split(" … ")]
            assert signs == ["+" if step > 0 else "−"] * 2, row
            assert not re.search("[+−]0[.0]*$", row.difference), row


def test_no_more_digits_than_needed():
    (row,) = [row for row in table.rows(comparison(20.0, 1.0), "baseline") if row.key == "goodwill"]
    assert row.difference == "+20.0"
    assert telling(-0.5, 0.5, "days", Scale(1, ""), 1) == 1 and telling(0, 0, "days", Scale(1, ""), 1) == 1
    assert telling(float("nan"), float("nan"), "days", Scale(1, ""), 1) == 1


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_files_name_units_and_labels_beside_the_keys(tmp_path, language):
    export.write(comparison(1.0), tmp_path, date(2025, 1, 1))
    labels = {outcome.key: outcome.label[language] for outcome in OUTCOMES}
    for name in ("runs.csv", "summary.csv"):
        rows = rows_of(tmp_path / name)
        assert {row["outcome"]: row["outcome_label"] for row in rows} == labels
        assert all(row["unit"] for row in rows) and {row["policy"] for row in rows} <= {"do_nothing", "baseline"}
        assert {row["policy_title"] for row in rows} <= {read_policy(name).title[language] for name in ("do_nothing", "baseline")}
        money = {row["unit"] for row in rows if row["outcome"] == "net_value"}
        assert money == {"fen (0.01 CNY)" if language == "en" else "分（0.01 元）"}


def test_another_currency_is_shown_and_warned_of(tmp_path, language):
    firm, found = Firm("ours.csv", "USD"), comparison(1e10)
    said = table.text(found, "baseline", firm) + table.headline(found, "baseline", firm) + table.as_html(found, "baseline", firm)
    assert "USD" in said and "CNY" not in said and "元" not in said
    assert file_unit("fen", "USD") == "0.01 USD" and not Firm().warning
    company = Company.demo(5)
    warned = export.warning(company, firm)
    assert "USD" in warned and ("wages" if language == "en" else "工资") in warned
    assert export.warning(company) == "" and export.as_dict(found, company)["trustworthy"]
    assert not export.as_dict(found, company, firm)["trustworthy"] and export.as_dict(found, company, firm)["money"] == "0.01 USD"


def test_what_is_assumed_is_said_in_words(language):
    company = SimpleNamespace(found=None, population=SimpleNamespace(assumed=("limit", "dependence", "insolvency", "grade")))
    said = export.assumptions(company)
    assert ("each customer's credit limit" if language == "en" else "每位客户的信用额度") in said
    assert not re.search(r"\blimit, dependence|dependence|insolvency\b", said)


def test_all_that_an_estimate_assumes_has_words():
    (names,) = re.findall(r"assumed=\((.*?)\)", inspect.getsource(estimate))
    assert set(re.findall(r'"(\w+)"', names)) <= set(export._ASSUMED)


def ledger(customers, paid=0, currency="CNY"):
    count = 40
    day = np.datetime64("2025-01-01") + np.arange(count)
    cleared = np.where(np.arange(count) < paid, day + 25, np.datetime64("NaT"))
    return Ledger(tuple(f"A{n:02d}" for n in range(count)), tuple(f"C{n % customers}" for n in range(count)), day, day + 30,
                  np.full(count, 10_000), cleared, np.zeros(count, bool), source="ours.csv", currency=currency)  # fmt: skip


def test_a_ledger_nobody_paid_in_says_so(language):
    said = report.description(ledger(20))
    assert ("Nothing in this ledger has been paid yet" if language == "en" else "还没有一张发票收到款") in said
    assert "0%" not in said.replace("50%", "") and "nan" not in said


@pytest.mark.parametrize("customers, told, zh", [(6, "largest customer holds", "最大的客户"), (20, "ten largest", "前十大客户")])
def test_the_largest_customers_are_as_many_as_there_are(customers, told, zh, language):
    said = report.description(ledger(customers, 30))
    assert (told if language == "en" else zh) in said and "100%" not in said.split("\n")[-1]


def test_a_ledger_in_dollars_is_not_called_yuan(language):
    said = report.description(ledger(6, 30, "USD"))
    assert "(USD)" in said or "USD（" in said
    assert "wages" in said or "工资" in said


def test_the_fit_is_told_in_points_and_in_line(language):
    curve = np.linspace(1, 0.2, 60)
    found = SimpleNamespace(observed=curve, simulated=curve - 0.0001, gap=0.0001, under=read_policy("baseline"), frailty=0.3,
                            payments=np.full(6, 9), told=dict)  # fmt: skip
    company = SimpleNamespace(found=found, population=SimpleNamespace(dispute_factor=0.4, mood=-0.001, assumed=()))
    said = report.fit(company)
    head, *lines = [line for line in said.splitlines() if line.startswith("  ")]
    assert ("percentage points" if language == "en" else "个百分点") in head
    assert all(line.count("%") == 2 and line.endswith(" 0.0") for line in lines) and len(lines) > 3
    assert "-0" not in said and ("0 of" not in said and "有 0 位" not in said)
    found.payments[:2] = 1
    assert ("2 of 6" if language == "en" else "有 2 位") in report.fit(company)
