"""Compiled twins and the arrays they stand in for: the same bits, whichever computes."""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_journals import PRICES, journals, line, made
from test_invariants import books, days, manners, many, outside, policies, seeds

from arsim.domain.policies import read_policy
from arsim.engine.journal import Kind
from arsim.engine.simulate import simulate
from arsim.model import exact, fast
from arsim.model.liquidity import STEP
from arsim.model.scenario import read_scenario, scenarios
from arsim.model.world import deal, replay
from arsim.study.book import book
from arsim.study.company import Company
from arsim.study.lines import KERNELS, Lines
from arsim.study.outcome import outcomes
from arsim.study.series import weekly
from arsim.study.window import window


@contextmanager
def warmed():
    """Within, the twins are used."""
    assert fast.warm() and fast.warm(KERNELS) and fast.twins() and fast.twins(KERNELS)
    try:
        yield
    finally:
        fast.cool()


def told(value):
    """Everything in a value, arrays to the bit and by type."""
    if isinstance(value, np.ndarray):
        return str(value.dtype), value.shape, value.tobytes()
    if is_dataclass(value):
        return {field.name: told(getattr(value, field.name)) for field in fields(value) if field.name not in LEFT_OUT}
    return {name: told(one) for name, one in value.items()} if isinstance(value, dict) else repr(value)


LEFT_OUT = {"population", "calendar", "behaviour", "scenario", "journal", "prices", "lines"}  # what was given


def both(compute):
    """What `compute` gives with the arrays, and with the twins."""
    plain = told(compute())
    with warmed():
        return plain, told(compute())


@given(st.lists(st.integers(0, 2**52 - 1) | st.integers(0, 2**20) | st.integers(2**52 - 2**20, 2**52 - 1), min_size=1))
def test_quantiles_of_one_number_and_of_many(draws):
    luck = (np.array(draws, np.float64) + 0.5) * 2.0**-52
    assert [exact.quantile_one(u) for u in luck.tolist()] == exact.normal_quantile(luck).tolist()
    assert [exact.normal_quantile(np.array(u)).item() for u in luck] == exact.normal_quantile(luck).tolist()


@settings(many, max_examples=150)
@given(books(), outside, manners, seeds, days, st.integers(0, 120), st.sampled_from([0.0, 0.4]))
def test_random_worlds(population, scenario, behaviour, seed, days, run_off, mood):
    population = population.replace(mood=mood)
    plain, twins = both(lambda: deal(population, seed, 2, days, scenario, behaviour, run_off))
    assert plain == twins


@pytest.mark.parametrize("scenario", scenarios())
def test_the_demo_company(scenario):
    company = Company.demo()
    for replication in range(4):
        plain, twins = both(lambda: deal(company.population, 1, replication, 365, read_scenario(scenario), run_off=365))  # noqa: B023
        assert plain == twins


def test_columns_of_any_kind_will_do():
    people = Company.demo().population
    narrow = people.replace(orders_a_day=people.orders_a_day.astype(np.float32), log_mean=people.log_mean[::-1])
    narrow.orders_a_day.flags.writeable = False
    plain, twins = both(lambda: deal(narrow, 1, 0, 100))
    assert plain == twins


def test_a_ledgers_own_orders():
    people = Company.demo().population
    luck = np.random.default_rng(1)
    who, day = luck.integers(0, len(people), 500), np.sort(luck.integers(0, 300, 500))
    given = (who, day, day + 30, luck.integers(100, 10**8, 500), luck.random(500) < 0.2)
    plain, twins = both(lambda: replay(people, 1, 0, 300, *given))
    assert plain == twins


def test_a_run_and_its_figures():
    company = Company.demo()
    world = deal(company.population, 1, 0, 150, run_off=100)
    for name in ("do_nothing", "source_recovery_plan"):
        journal = simulate(world, read_policy(name), warmup=30)
        for compute in (book, lambda journal: window(journal, PRICES), lambda journal: outcomes(journal, PRICES)):
            plain, twins = both(lambda: compute(journal))  # noqa: B023
            assert plain == twins


@settings(many, max_examples=20)
@given(policies(), books(), outside, manners, seeds, days, st.integers(0, 120))
def test_random_runs(policy, population, scenario, behaviour, seed, days, run_off):
    journal = simulate(deal(population, seed, 0, days, scenario, behaviour, run_off), policy, behaviour)
    plain, twins = both(lambda: window(journal, PRICES))
    assert plain == twins


@settings(many)
@given(journals())
def test_any_journal(journal):
    for compute in (book, lambda journal: window(journal, PRICES)):
        plain, twins = both(lambda: compute(journal))  # noqa: B023
        assert plain == twins
    plain, twins = both(lambda: {**outcomes(journal, PRICES), **weekly(journal, PRICES)})
    assert plain == twins


def test_no_lines_and_no_days():
    for journal in (made([], 30), made([], 0), made([line(0, Kind.GOODWILL, 0, -1, 4_000)], 0)):
        plain, twins = both(lambda: window(journal, PRICES))  # noqa: B023
        assert plain == twins


SOLD = [line(1, Kind.INVOICE, 0, 3, 100, 1, 31)]


@pytest.mark.parametrize(
    "lines",
    [
        [*SOLD, line(5, Kind.PAYMENT, 0, 3, 101)],
        [*SOLD, line(5, Kind.PAYMENT, 0, 2, 1)],
        [*SOLD, line(5, Kind.PAYMENT, 0, 10**6, 1)],
        [*SOLD, line(5, Kind.PAYMENT, 0, -1, 1)],
        [line(5, Kind.PAYMENT, 0, 3, 1)],
    ],
)
def test_what_is_wrong_is_said_alike(lines):
    said = []
    for compute in (book, lambda journal: window(journal, PRICES)):
        with pytest.raises(ValueError, match="invoice") as plain:
            compute(made(lines, 30))
        with warmed(), pytest.raises(ValueError, match="invoice") as twins:
            compute(made(lines, 30))
        said.append(str(plain.value) == str(twins.value))
    assert all(said)


def test_customers_there_are_not_spoil_no_memory():
    for kind in (Kind.ORDER, Kind.INSOLVENT, Kind.GOODWILL):
        with warmed(), pytest.raises((IndexError, ValueError)):
            outcomes(made([line(3, kind, 7, -1, 100)], 30, customers=2), PRICES)


@pytest.mark.parametrize("shift", [0, 10**8])
def test_numbers_sparse_or_dense(shift):
    found = [(day, Kind.INVOICE, 0, day + shift * (day % 2), 0, 5, 9, 10) for day in range(9)]
    journal = made([line(day, kind, who, number, fen, a, b) for day, kind, who, number, _, a, b, fen in found], 30)
    plain, twins = both(lambda: book(journal))
    assert plain == twins


def test_an_open_item_issued_on_the_first_day():
    journal = made([line(0, Kind.OPENING, 0, 0, 100, 0, 30), line(0, Kind.OPENING, 1, 1, 90, -3, 30)], 30)
    plain, twins = both(lambda: window(journal, PRICES))
    assert plain == twins and book(journal).entry_day.tolist() == [-1, -3]


def test_lines_are_found_by_kind_within_bounds():
    kinds = np.random.default_rng(2).integers(0, len(Kind), 300)
    journal = made([line(place, kind, 0, -1) for place, kind in enumerate(kinds.tolist())], 300)
    wanted = (Kind.PAYMENT, Kind.HELD, Kind.CARE)
    hoped = [place for place in range(20, 250) if kinds[place] in wanted]
    assert Lines(journal).at(*wanted, since=20, until=250).tolist() == hoped
    assert (Lines(journal).of(*wanted, since=20, until=250)["time"] // 1440).tolist() == hoped


@settings(many, max_examples=60)
@given(books(), outside, manners, seeds, days)
def test_spells_tell_the_factor_of_every_day(population, scenario, behaviour, seed, days):
    world = deal(population, seed, 0, days, scenario, behaviour)
    late = scenario.touches(population.industry)
    for day in range(0, min(days, world.liquidity.state.shape[1] * STEP), 7):
        state = world.liquidity.on(day)
        for who, (starts, factors) in enumerate(world.spells):
            usual = world.liquidity.factor[who, state[who]]
            strained = scenario.readiness if late[who] and scenario.from_day <= day < scenario.until_day else 1.0
            assert factors[sum(start <= day for start in starts) - 1] == usual * strained
        assert all(starts == sorted(set(starts)) and len(starts) == len(factors) for starts, factors in world.spells)


def test_worlds_share_what_no_luck_is_in_and_only_that():
    people = Company.demo().population
    one, other = deal(people, 1, 0, 100), deal(people, 1, 1, 100)
    assert one.calendar is other.calendar and one.liquidity.factor is other.liquidity.factor
    riskier = deal(people.replace(insolvency=people.insolvency * 20), 1, 0, 100)
    assert (riskier.liquidity.state != one.liquidity.state).any()
    strained = deal(people, 1, 0, 100, replace(one.scenario, down=3.0))
    assert strained.liquidity.state.sum() > one.liquidity.state.sum()


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_numba_waits_until_it_is_asked_for_and_may_be_missing():
    cold = "import sys, arsim, arsim.study.compare as c; from arsim.study.company import Company; from arsim.model.world import deal; "
    deals = "w = deal(Company.demo().population, 1, 0, 90); print(int(w.amount.sum()))"
    here = int(deal(Company.demo().population, 1, 0, 90).amount.sum())
    assert run(f"{cold}{deals}; print('numba' in sys.modules)") == [str(here), "False"]
    without = "sys.modules['numba'] = None; from arsim.model import fast; print(fast.warm(), fast.twins()); "
    assert run(cold + without + deals) == ["False", "None", str(here)]
