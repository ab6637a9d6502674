"""Estimation: known answers from simulated ledgers, censoring, refusal when too thin, the open book; the IBM sample if it is at hand."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_journals import line, made
from people import people

from arsim.domain.ledger import Ledger
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.engine.journal import Kind
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.company import Company
from arsim.study.compare import prices
from arsim.study.estimate import estimate, invoices, open_items
from arsim.study.facts import Invoices
from arsim.study.history import as_ledger
from arsim.study.outcome import outcomes
from arsim.study.survival import kaplan_meier, settle_curve

TRUE = people(
    30,
    orders_a_day=np.full(30, 0.4),
    payer=np.exp(np.linspace(-1.2, 1.2, 30)),
    insolvency=np.zeros(30),
    dispute_rate=np.full(30, 0.15),
    run_days=np.where(np.arange(30) % 3 == 0, 0b00100, 0b11111),
    month_end=np.arange(30) % 4 == 0,
)
IBM = Path(os.environ.get("ARSIM_IBM", Path(__file__).parents[2] / "shared" / "data" / "ibm_ar_sample.csv"))


def history(policy="baseline", days=500, population=TRUE):
    return as_ledger(simulate(deal(population, 5, 0, days), read_policy(policy)), population.ids, "test")


def test_a_journal_as_a_ledger():
    """What was asked for in the end, and the day the last of it came; what is still open of a part payment; nothing of what is gone."""
    sent = [line(2, Kind.INVOICE, 0, number, 1_000, 2, 9) for number in range(6)]
    steps = [
        line(3, Kind.CREDIT_NOTE, 0, 0, 200), line(5, Kind.PAYMENT, 0, 0, 300), line(8, Kind.PAYMENT, 0, 0, 490),
        line(8, Kind.DISCOUNT, 0, 0, 10),
        line(5, Kind.PAYMENT, 0, 1, 400),
        line(5, Kind.PAYMENT, 0, 2, 400), line(9, Kind.WRITE_OFF, 0, 2, 600),
        line(6, Kind.CREDIT_NOTE, 0, 3, 1_000),
        line(4, Kind.PAYMENT, 0, 4, 999), line(7, Kind.LET_GO, 0, 4, 1),
    ]  # fmt: skip
    ledger = as_ledger(made(sent + steps, 20), ("A", "B"), "test")
    start = np.datetime64("2025-01-01")
    assert ledger.amount.tolist() == [790, 600, 999, 1_000]  # invoices 2 and 3 are gone
    assert ledger.invoice == ("TEST-000001", "TEST-000002", "TEST-000005", "TEST-000006")
    assert [None if np.isnat(day) else int((day - start).astype(int)) for day in ledger.paid] == [8, None, 7, None]


@pytest.fixture(scope="module")
def found():
    return estimate(history(), read_policy("baseline"))


def test_traits_are_found_again(found):
    made = found.population
    assert made.calendar == "CN" and made.due_rolls
    assert np.corrcoef(np.log(made.payer), np.log(TRUE.payer))[0, 1] > 0.9
    assert (made.run_days == TRUE.run_days).mean() > 0.9
    assert (made.month_end == TRUE.month_end).all() and (np.abs(made.terms - TRUE.terms) <= 2).all()
    assert made.dispute_factor == pytest.approx(TRUE.dispute_factor, rel=0.3)
    assert made.orders_a_day.mean() == pytest.approx(0.4, rel=0.1)
    assert 0.1 < made.mood < 0.5
    assert found.gap < 0.02


def test_contacts_of_the_observed_policy_are_not_counted_twice():
    """Payments simulated under a hard policy: read as such, the customers' own readiness comes out; read as nobody's doing, too much."""
    ledger = history("source_three_stage", population=TRUE.replace(payer=np.full(30, 0.5)))
    told, untold = (estimate(ledger, read_policy(name)) for name in ("source_three_stage", "do_nothing"))
    without = [simulate(deal(found.population, 1, 0, 400), read_policy("do_nothing")) for found in (told, untold)]
    true = simulate(deal(TRUE.replace(payer=np.full(30, 0.5)), 1, 0, 400), read_policy("do_nothing"))
    late = [outcomes(journal, prices(Behaviour.default()))["overdue_share"] for journal in (*without, true)]
    assert late[1] < late[0] and abs(late[0] - late[2]) < abs(late[1] - late[2])


def test_open_invoices_count_for_as_long_as_they_were_watched():
    full = history(days=700)
    cut = np.datetime64(full.issued.min()) + np.timedelta64(400, "D")
    kept = full.issued <= cut
    censored = replace(
        full,
        invoice=tuple(np.array(full.invoice)[kept]),
        customer=tuple(np.array(full.customer)[kept]),
        issued=full.issued[kept],
        due=full.due[kept],
        amount=full.amount[kept],
        disputed=full.disputed[kept],
        paid=np.where(full.paid[kept] <= cut, full.paid[kept], np.datetime64("NaT", "D")),
        known_until=cut.item(),
    )
    assert censored.open.any()
    names = {name: place for place, name in enumerate(sorted(set(full.customer)))}
    whole, part = settle_curve(invoices(full, names), 90), settle_curve(invoices(censored, names), 90)
    assert np.abs(whole - part).max() < 0.03
    closed_only = invoices(censored, names)
    keep = closed_only.paid >= 0
    naive = kaplan_meier((closed_only.paid - closed_only.issued)[keep], np.ones(keep.sum(), bool), 90)
    assert np.abs(whole - naive).max() > np.abs(whole - part).max()  # leaving the open ones out flatters


def test_kaplan_meier_agrees_with_scipy():
    from scipy import stats

    rng = np.random.default_rng(1)
    days, settled = rng.integers(0, 60, 300), rng.random(300) < 0.7
    theirs = stats.ecdf(stats.CensoredData.right_censored(days, ~settled)).sf
    assert kaplan_meier(days, settled, 60) == pytest.approx(theirs.evaluate(np.arange(61)))


def test_the_open_book_on_a_day():
    ledger = history()
    day = np.datetime64("2025-12-31")
    names = {name: place for place, name in enumerate(sorted(set(ledger.customer)))}
    items = open_items(ledger, names, day, read_policy("baseline"))
    assert np.all(items.issue < 0)
    expected = ledger.amount[(ledger.issued <= day) & ~(ledger.paid <= day)].sum()
    assert items.amount.sum() == expected
    company = Company.of(ledger, day=day.item())
    assert company.population.start.isoformat() == "2026-01-01" and company.warmup == 0


def _with(ledger, invoice, issued, due, amount=100_00, paid="NaT"):
    """`ledger` with one invoice more, of its first customer."""
    add = lambda column, value: np.append(column, np.array([value], column.dtype))  # noqa: E731
    return replace(
        ledger,
        invoice=(*ledger.invoice, invoice),
        customer=(*ledger.customer, ledger.customer[0]),
        issued=add(ledger.issued, issued),
        due=add(ledger.due, due),
        amount=add(ledger.amount, amount),
        paid=add(ledger.paid, paid),
        disputed=add(ledger.disputed, False),
    )


def test_an_old_open_invoice_changes_only_the_book(found):
    old = estimate(_with(history(), "OLD-1", "2019-03-01", "2019-03-31"), read_policy("baseline"))
    np.testing.assert_allclose(old.population.orders_a_day, found.population.orders_a_day, rtol=0.02)
    np.testing.assert_allclose(old.population.payer, found.population.payer, rtol=0.02)
    assert old.gap < 0.02
    company = Company.of(_with(history(), "OLD-1", "2019-03-01", "2019-03-31"))
    assert company.population.opening.issue.min() < -2000


def _made(delays, customers=4, n=400, terms=30):
    """A ledger of `n` invoices, the days past due at payment given in turn."""
    issued = np.datetime64("2024-01-01") + (np.arange(n) // 2).astype("timedelta64[D]")
    due = issued + np.timedelta64(terms, "D")
    late = np.resize(np.array(delays), n).astype("timedelta64[D]")
    names = tuple(f"K{number % customers}" for number in range(n))
    none = np.zeros(n, bool)
    return Ledger(tuple(f"M{number:04d}" for number in range(n)), names, issued, due, np.full(n, 5000_00), due + late, none, source="made")


@pytest.mark.parametrize("delays", [[0], [5], [0, 0, 0, 0, 0, 5, 5, 5, 30, 30], [1, 0, 2, 4, 8, 1, 0, 3, 16, 1]])
def test_spikes_are_repeated(delays):
    assert estimate(_made(delays), read_policy("do_nothing")).gap < 0.05


def test_one_customer_who_always_pays_alike_pays():
    found = estimate(_made([5], customers=1), read_policy("do_nothing"))
    assert found.population.mood == 0 and found.simulated[-1] < 0.02


def test_each_invoice_keeps_its_own_due_date():
    short, long = _made([0, 2, 1, 3]), _made([0, 2, 1, 3], terms=90)
    pick = np.arange(len(short)) % 3 == 0
    mixed = replace(short, due=np.where(pick, long.due, short.due), paid=np.where(pick, long.paid, short.paid))
    assert estimate(mixed, read_policy("do_nothing")).gap < 0.06


def test_what_came_after_the_start_day_teaches_nothing():
    ledger, day = history(), np.datetime64("2025-12-31")
    later = replace(ledger, paid=np.where(ledger.paid > day, ledger.paid + np.timedelta64(200, "D"), ledger.paid))
    one, other = Company.of(ledger, day=day.item()), Company.of(later, day=day.item())
    np.testing.assert_array_equal(one.population.base, other.population.base)
    np.testing.assert_array_equal(one.population.payer, other.population.payer)


def test_too_thin_or_wrong_day_is_refused():
    thin = history(days=12)
    with pytest.raises(BadInput, match="payments"):
        Company.of(thin)
    ledger = history()
    with pytest.raises(BadInput, match="nothing about this day"):
        Company.of(ledger, day=np.datetime64("2031-01-01").item())


@pytest.mark.skipif(not IBM.exists(), reason="the sample ledger is not redistributed; set ARSIM_IBM to its path")
def test_ibm_sample():
    ledger = read_ledger(IBM)
    for policy in ("do_nothing", "baseline"):
        company = Company.of(ledger, policy)
        assert company.found.gap < 0.03
    # Not only the ledger's own invoices: fresh orders from an empty book settle alike.
    population = company.found.population
    last = (ledger.as_of - population.start).days
    fresh = [_observed(population, replication, last) for replication in range(6)]
    ages = len(company.found.observed) - 1
    curve = np.mean([settle_curve(book, ages) for book in fresh], axis=0)
    assert np.abs(curve - company.found.observed).max() < 0.03


def _observed(population, replication, last) -> Invoices:
    journal = simulate(deal(population, 1, replication, last + 1), read_policy("baseline"))
    ledger = as_ledger(journal, population.ids, "fresh")
    return invoices(ledger, {name: place for place, name in enumerate(population.ids)})
