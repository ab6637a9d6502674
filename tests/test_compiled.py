"""Two engines, one truth: the compiled one writes the reference's journal, line for line."""

import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stylised import distributor
from test_invariants import books, days, manners, many, outside, policies, seeds

from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput
from arsim.engine import engines
from arsim.engine.compiled import simulate as module
from arsim.engine.compiled.layout import TABLES
from arsim.engine.compiled.run import play
from arsim.engine.compiled.simulate import simulate as compiled
from arsim.engine.journal import MINUTES_A_DAY
from arsim.engine.simulate import simulate as reference
from arsim.model import store
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import read_scenario, scenarios
from arsim.model.world import deal, replay
from arsim.study.bench.growth import enlarged
from arsim.study.company import Company
from arsim.study.estimate import invoices
from arsim.study.window import TOUCHES


def same(one, other):
    """The first line in which two journals differ, or that they do not."""
    for number, (mine, its) in enumerate(zip(one.rows.tolist(), other.rows.tolist(), strict=False)):
        if mine != its:
            return number, mine, its
    return len(one.rows) == len(other.rows) and one.rows.tobytes() == other.rows.tobytes()


@pytest.mark.parametrize("name", built_in())
@pytest.mark.parametrize("scenario", scenarios())
def test_the_demo_company(name, scenario):
    company = Company.demo()
    world = deal(company.population, 1, 3, 200, read_scenario(scenario), run_off=120)
    policy = read_policy(name)
    assert same(reference(world, policy, warmup=20), compiled(world, policy, warmup=20)) is True


@settings(many, max_examples=150)
@given(policies(), books(), outside, manners, seeds, days, st.integers(0, 120))
def test_random_policies_in_random_books(policy, population, scenario, behaviour, seed, days, run_off):
    world = deal(population, seed, 0, days, scenario, behaviour, run_off)
    assert same(reference(world, policy, behaviour), compiled(world, policy, behaviour)) is True


def test_a_ledger_s_own_invoices():
    """What is replayed arrives at the same minute, on rest days too."""
    company = Company.of(distributor(3, customers=60, invoices=1500, days=200))
    found, book = company.found.population, invoices(distributor(3, customers=60, invoices=1500, days=200), company.found.customers)
    held = read_policy("source_full_system")
    held = held.replace({"credit.over_limit": "hold", "credit.call_on_hold": "yes", "credit.limit_factor": 0.0})
    for policy in (read_policy("baseline"), held):
        world = replay(found, 5, 1, book.last + 1, book.customer, book.issued, book.due, book.amount, book.disputed)
        assert same(reference(world, policy), compiled(world, policy)) is True


POINTS = {
    "worklist.broken_points": 150, "worklist.warning_points": 40, "promise.follow_up": "visit", "team.contact_cap": 2,
    "credit.over_limit": "hold", "credit.call_on_hold": "yes", "credit.limit_factor": 0.3,
}  # fmt: skip


@pytest.mark.parametrize("name", built_in())
def test_more_work_than_the_staff_can_do(name):
    """What is never reached is ranked all the same: by what fell due, was paid, broken or reviewed meanwhile."""
    world = deal(enlarged(Company.demo().population, 1000), 1, 7, 150, run_off=60)
    for policy in (read_policy(name), read_policy(name).replace(POINTS)):
        policy = policy.replace({"team.collectors": 1})
        assert same(reference(world, policy), compiled(world, policy)) is True


def test_a_list_left_over_on_a_day_of_rest():
    """Orders of a ledger come on days of rest too, and who is called about them then works on what was left of the last list."""
    ledger = distributor(5, customers=200, invoices=6000, days=200)
    company = Company.of(ledger)
    book = invoices(ledger, company.found.customers)
    world = replay(company.found.population, 5, 1, book.last + 1, book.customer, book.issued, book.due, book.amount, book.disputed)
    for name in ("baseline", "source_full_system"):
        for collectors in (1, 2):
            policy = read_policy(name).replace(POINTS | {"team.collectors": collectors, "team.contact_cap": 4})
            journal = compiled(world, policy)
            assert same(reference(world, policy), journal) is True
            contacts = journal.rows["time"][np.isin(journal.rows["kind"], TOUCHES) & (journal.rows["b"] > 0)] // MINUTES_A_DAY
            assert not world.calendar.open[contacts].all()


def test_a_run_that_needs_more_room_gets_it(monkeypatch):
    company, policy = Company.demo(), read_policy("source_full_system")
    world = deal(company.population, 1, 0, 60)
    ample = compiled(world, policy)
    monkeypatch.setattr(module, "ROOM", {what: (0, 7) for what in module.ROOM})
    assert same(ample, compiled(world, policy)) is True


def test_no_field_is_called_like_a_table():
    """``S.days`` must not be mistaken for ``level.days``."""
    for kind, _ in TABLES.values():
        assert not set(kind.names or ()) & set(TABLES)


def test_numbers_of_any_kind_are_the_same_program():
    company = Company.demo()
    world = deal(company.population, 1, 0, 30)
    changed = Behaviour.default({path: float(value) for path, value in Behaviour.default().values.items()})
    assert same(compiled(world, read_policy("baseline")), compiled(world, read_policy("baseline"), changed)) is True
    assert len(play.signatures) == 1


def test_what_it_cannot_do_is_refused_by_name_and_the_reference_takes_over(monkeypatch):
    world, policy, told = deal(Company.demo().population, 1, 0, 30), read_policy("baseline"), []

    class Own(Policy):
        """May carry code."""

    def mine(run):
        told.append(run)

    with pytest.raises(BadInput, match="mine"):
        engines.simulate(world, policy, engine="compiled", change=mine)
    with pytest.raises(BadInput, match="Own"):
        engines.simulate(world, Own(name="own"), engine="compiled")
    monkeypatch.setattr(engines, "ready", lambda: True)
    assert same(engines.simulate(world, policy, change=mine), compiled(world, policy)) is True
    assert len(told) == 1  # the reference engine ran


def test_the_reference_answers_until_the_other_is_ready(monkeypatch, tmp_path):
    begun = []
    monkeypatch.setenv("ARSIM_CACHE", str(tmp_path))
    monkeypatch.setattr(engines, "_begin", begun.append)
    world, policy = deal(Company.demo().population, 1, 0, 20), read_policy("baseline")
    assert not engines.ready()
    monkeypatch.setattr(module, "play", None)  # it would break
    assert len(engines.simulate(world, policy).rows) and len(engines.simulate(world, policy).rows) and len(begun) == 1
    assert engines.warm()  # somebody is at it
    (store.folder() / store.READY).touch()
    assert engines.ready() and not engines.warm()


def test_a_copy_and_a_file_written_again_are_compiled_anew(monkeypatch, tmp_path):
    seen = {store.fingerprint()}
    root = shutil.copytree(Path(store.arsim.__file__).parent, tmp_path / "arsim", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(store.arsim, "__file__", str(root / "__init__.py"))
    for touch in (False, True):
        if touch:
            os.utime(root / "model" / "goodwill.py", (1, 1))
        store.fingerprint.cache_clear()
        seen.add(store.fingerprint())
    store.fingerprint.cache_clear()
    assert len(seen) == 3


def test_what_is_kept_belongs_to_these_very_rules(monkeypatch):
    before = store.fingerprint()
    store.fingerprint.cache_clear()
    read = type(store.Path()).read_bytes
    monkeypatch.setattr(type(store.Path()), "read_bytes", lambda path: read(path) + b"#" * (path.name == "goodwill.py"))
    assert store.fingerprint() != before
    store.fingerprint.cache_clear()


def test_compiled_statistics_read_nothing_of_their_floor():
    root = Path(store.arsim.__file__).parent
    compiled_there = [path for path in (root / "study").rglob("*.py") if "model.store import" in path.read_text("utf-8")]
    assert {path.name for path in compiled_there} == {"kernels.py"}
    assert not any(re.search(r"(from|import) arsim\.study", path.read_text("utf-8")) for path in compiled_there)
