"""Two engines, one truth: the compiled one writes the reference's journal, line for line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_invariants import books, days, manners, many, outside, policies, seeds

from arsim.domain.policies import built_in, read_policy
from arsim.engine.compiled.simulate import simulate as compiled
from arsim.engine.simulate import simulate as reference
from arsim.model.scenario import read_scenario, scenarios
from arsim.model.world import deal
from arsim.study.company import Company


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
