"""``arsim bench``: it runs, it says when engines differ; how fast is for a reader to judge, not for a test."""

import json

import numpy as np
import pytest

from arsim import cli
from arsim.domain.policies import read_policy
from arsim.engine.journal import Kind
from arsim.engine.simulate import simulate as reference
from arsim.engine.yardstick import toy_c, toy_lean, toy_numba, toy_simpy
from arsim.engine.yardstick.simulate import covered
from arsim.engine.yardstick.simulate import simulate as idiomatic
from arsim.engine.yardstick.toy import CALL, CONTACT, ORDER, PAID, deal_toy
from arsim.model.world import deal
from arsim.report import bench as report
from arsim.report import words
from arsim.study.bench import budget, decision, engines, growth, measured, toys
from arsim.study.company import Company
from arsim.study.enlarged import enlarged

SMALL = measured.Plan(1, 30, 10, ((50, ("lean", "numba")),), 1, (50, 100), 1, 10, 1, 0.0, (budget.Budget(None, 20, 2),))


@pytest.fixture(autouse=True)
def own_language(monkeypatch):
    monkeypatch.setattr(words, "_current", None)


def test_the_command_measures_and_finds_equal_journals(capsys):
    assert cli.main(["bench", "--quick", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["journals_identical"] is True and found["full_model"]["rows"] > 1000
    ratios = ("speedup_over_simpy", "speedup_over_simpy_gc_off", "speedup_over_reference", "growth_500_to_1000", "decision_speedup",
              "growth_500_to_1000_staff_unchanged")  # fmt: skip
    assert all(found[name] > 0 for name in ratios) and "toy_over_c" in found
    assert {one["name"] for one in found["decisions"]} == {"unlike", "alike"} and found["toy"][0]["numba"]["median"] > 0
    (spent,) = found["budgets"]
    assert spent["budget"]["replications"] == 4 and 0 < spent["seconds"] < spent["process"] and set(found["import_seconds"]) > {"arsim"}


def other(simulate):
    """The same engine, but one payment is a fen smaller."""

    def wrong(*arguments, **named):
        journal = simulate(*arguments, **named)
        journal.rows["amount"][np.flatnonzero(journal.rows["kind"] == Kind.PAYMENT)[-1]] -= 1
        return journal

    return wrong


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_difference_between_the_engines_is_noticed(capsys, monkeypatch, language):
    monkeypatch.setattr(measured, "QUICK", SMALL)
    monkeypatch.setattr(growth, "measure", lambda *_: [growth.Size(n, n, *2 * (measured.Spread(1.0, 1.0, 1.0),), 100.0) for n in (50, 100)])
    assert cli.main(["bench", "--quick", "--lang", language]) == 0
    same = capsys.readouterr()
    assert report.differing() not in same.out + same.err and "numba" in same.out
    monkeypatch.setattr(engines, "compiled", other(engines.compiled))
    assert cli.main(["bench", "--quick", "--lang", language]) == 1
    told = capsys.readouterr()
    assert report.differing() in told.out and report.differing() in told.err


def test_the_large_company_is_measured_on_request(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(measured, "QUICK", SMALL)
    monkeypatch.setattr(budget, "measure", lambda one: asked.append(one) or budget.Spent(one, 1.0, 2.0, 3e9, 2))
    assert cli.main(["bench", "--quick", "--large"]) == 0 and "50,000" in capsys.readouterr().out
    assert asked[-1] == budget.LARGE and (budget.LARGE.customers, budget.LARGE.days, budget.LARGE.replications) == (50_000, 730, 20)


def test_a_toy_that_differs_is_noticed():
    def late(toy):
        rows = toy_numba.simulate_toy(toy)
        rows["time"][-1] += 1
        return rows

    both = {"lean": toy_lean.simulate_toy, "numba": toy_numba.simulate_toy}
    assert toys.measure(40, 1, both).identical and not toys.measure(40, 1, both | {"numba": late}).identical


@pytest.mark.parametrize("policy", [*engines.policies(), read_policy("oca_3_time")], ids=lambda policy: policy.name)
def test_the_idiomatic_model_comes_to_the_same_totals(policy):
    world = deal(Company.demo().population, 1, 5, 250, run_off=60)
    ours, theirs = reference(world, policy), idiomatic(world, policy)
    kinds = [Kind.INVOICE, Kind.PAYMENT, Kind.NOTICE, Kind.REACHED, Kind.MISSED, Kind.LOST, Kind.DISPUTE, Kind.PROMISE, Kind.LAW]
    mine, its = ([int((journal.rows["kind"] == kind).sum()) for kind in kinds] for journal in (ours, theirs))
    assert mine[0] > 3000 and its == pytest.approx(mine, rel=0.03, abs=3)
    assert engines.totals(theirs) == pytest.approx(engines.totals(ours), rel=0.01)
    assert (ours.rows["kind"] == Kind.HELD).any() == (policy.credit.over_limit == "hold")


def test_the_idiomatic_model_refuses_what_it_would_leave_out():
    policy = read_policy("source_recovery_plan")
    assert not covered(policy) and all(covered(one) for both in decision.pairs().values() for one in both)
    with pytest.raises(ValueError, match="leaves out"):
        idiomatic(deal(Company.demo().population, 1, 0, 5), policy)


@pytest.mark.parametrize("customers, seed", [(3, 1), (200, 2), (600, 3)])
def test_all_dialects_of_the_toy_write_one_journal(customers, seed):
    toy = deal_toy(customers, seed)
    rows = toy_simpy.simulate_toy(toy)
    kind = rows["what"] & 3
    count = np.bincount(kind, minlength=4)
    assert count[ORDER] == toy.invoices and 0 < count[PAID] <= toy.invoices and 0 <= count[CALL] - count[CONTACT] <= toy.collectors
    assert (np.diff(rows["time"]) >= 0).all() and len(np.unique(rows["invoice"][kind == PAID])) == count[PAID]
    assert toy_lean.simulate_toy(toy).tobytes() == toy_numba.simulate_toy(toy).tobytes() == rows.tobytes()
    try:
        assert toy_c.simulate_toy(toy).tobytes() == rows.tobytes()
    except ImportError as missing:
        pytest.skip(f"no C here: {missing}")


def test_a_company_enlarged_keeps_its_ways():
    people = Company.demo().population
    large = enlarged(people, 1000)
    assert len(large) == len(large.ids) == len(set(large.ids)) == 1000 and (large.terms[400:800] == people.terms).all()
    assert (np.diff(large.opening.issue) >= 0).all() and large.opening.customer.max() < 1000
    first = large.opening.customer < 400
    assert large.opening.amount[first].sum() == people.opening.amount.sum() == large.opening.amount[
        (large.opening.customer >= 400) & (large.opening.customer < 800)
    ].sum()  # fmt: skip
    world = deal(large, 1, 0, 30)
    sizes = [set(world.amount[world.customer == customer].tolist()) for customer in (0, 400)]
    assert sizes[0] and sizes[1] - sizes[0]  # luck of their own
