"""The demo company: the committed ledger is what the code makes, and it shows S0's levels and the stylised facts."""

import numpy as np
import pytest

from arsim.domain.reading import read_ledger
from arsim.study.company import Company, demo_ledger
from arsim.study.compare import compare
from arsim.study.estimate import invoices
from arsim.study.facts import stylised_facts, weekday_shares
from arsim.study.history import write_demo


@pytest.fixture(scope="module")
def ledger():
    return read_ledger(demo_ledger())


@pytest.fixture(scope="module")
def book(ledger):
    return invoices(ledger, {name: place for place, name in enumerate(sorted(set(ledger.customer)))})


@pytest.fixture(scope="module")
def facts(book):
    recent = book.issued >= book.last - 365
    picked = {name: getattr(book, name)[recent] for name in ("customer", "issued", "due", "paid", "amount", "disputed")}
    return stylised_facts(type(book)(**picked, last=book.last))


def test_the_committed_ledger_is_fresh(tmp_path):
    """After a change of the model: uv run python -c "from arsim.study.history import write_demo; write_demo('data/demo_ledger.csv')",
    then uv run python tests/planted_ledger.py, which plants faults in it."""
    write_demo(tmp_path / "demo.csv")
    assert (tmp_path / "demo.csv").read_bytes() == demo_ledger().read_bytes()


def test_levels_of_the_source(ledger):
    opening, people = Company.demo().population.opening, Company.demo().population
    assert 380 <= len(people) <= 420
    assert opening.amount.sum() / 1e8 == pytest.approx(120, rel=0.05)  # CNY million
    assert opening.amount[opening.due < 0].sum() / opening.amount.sum() == pytest.approx(0.15, abs=0.015)


def test_the_level_lasts():
    """Not only on the first day: a year on, under the policy the company has, its overdue share is of the same order."""
    company = Company.demo()
    found = compare(["baseline", "do_nothing"], company, 365, 6)
    assert 0.12 < found.values("baseline", "overdue_share").mean() < 0.22


def test_weekdays(book, ledger):
    share = weekday_shares(book.paid, ledger.issued.min().item().weekday())
    assert share[6] == 0 and share[5] < 0.01 and share[:5].min() > 0.12 and share[:5].max() < 0.28


def test_payment_runs_settle_invoices_together(facts):
    assert facts["together"] == pytest.approx(0.73, abs=0.05)


def test_due_date_is_a_mass_point_with_a_fat_tail(facts, book):
    assert facts["on_due"] == pytest.approx(0.2, abs=0.03)
    for day in (0, 1, 2):  # the distributor's ledger shows a third; many weekly runs and a fifth paid on the day leave a little less
        assert facts[f"hazard_{day}"] == pytest.approx(0.33, abs=0.12)
    assert np.mean([facts[f"hazard_{day}"] for day in (0, 1, 2)]) > 0.25
    assert facts["hazard_30"] < 0.4 * facts["hazard_2"]
    delay = (book.paid - book.due)[book.paid >= 0]
    late = delay[delay > 0]
    assert np.quantile(late, 0.98) > 6 * np.median(late)  # a normal or exponential tail would be far thinner


def test_over_a_third_pay_early(facts):
    assert facts["early"] > 1 / 3


def test_who_pays_matters_more_than_what(facts):
    assert 0.44 <= facts["icc"] <= 0.56
    assert facts["late_rate_10"] <= 0.15 and facts["late_rate_90"] >= 0.8


def test_moods_last(facts):
    assert 0.2 <= facts["mood"] <= 0.35


def test_sizes(facts):
    assert facts["log_sd"] == pytest.approx(1.8, abs=0.15)
    assert facts["late_small"] < facts["late_rest"]


def test_ten_customers_hold_over_forty_percent(facts):
    assert facts["top10_count"] > 0.4 and facts["top10_amount"] > 0.4
