"""Erlang's queue. The reference is his own sum, with factorials in whole fractions, and the steady state of the queue, state by state."""

from fractions import Fraction
from math import exp, factorial, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study import staffing


def waits(load: Fraction, agents: int) -> Fraction:
    """Erlang C as he wrote it."""
    all_busy = load**agents / factorial(agents) * agents / (agents - load)
    return all_busy / (sum(load**k / factorial(k) for k in range(agents)) + all_busy)


def lost(load: Fraction, agents: int) -> Fraction:
    """Erlang B as he wrote it."""
    return load**agents / factorial(agents) / sum(load**k / factorial(k) for k in range(agents + 1))


def steady(load: float, agents: int, states=20_000):
    """P(wait) and mean queue of the M/M/c queue, from the balance between neighbouring states."""
    weight = total = 1.0
    busy = queue = 0.0
    for k in range(1, states):
        weight *= load / min(k, agents)
        total += weight
        if k >= agents:
            busy, queue = busy + weight, queue + (k - agents) * weight
    return busy / total, queue / total


def test_the_call_centre():
    """360 calls in half an hour, 240 s each, 55 agents, 15 s: load 48, 87.3 % busy, .2387 wait, 8.18 s, 84.6 %."""
    load = Fraction(360, 1800) * 240
    p = waits(load, 55)
    assert load == 48 == staffing.load(360, 1800, 240)
    assert round(100 * staffing.occupancy(48, 55), 1) == round(100 * 48 / 55, 1) == 87.3
    assert round(staffing.erlang_c(48, 55), 4) == round(float(p), 4) == 0.2387
    assert round(staffing.mean_wait(48, 55, 240), 2) == round(float(p * 240 / 7), 2) == 8.18
    assert round(100 * staffing.service_level(48, 55, 240, 15), 1) == round(100 * (1 - float(p) * exp(-7 * 15 / 240)), 1) == 84.6


@pytest.mark.parametrize(("agents", "p", "seconds"), [(2, 0.7576, 1363.6), (3, 0.2998, 134.9)])
def test_the_small_desk(agents, p, seconds):
    """10 calls an hour of 10 minutes each."""
    load = staffing.load(10, 3600, 600)
    wait, queue = steady(load, agents)
    assert round(staffing.erlang_c(load, agents), 4) == round(float(waits(Fraction(5, 3), agents)), 4) == round(wait, 4) == p
    # Little's law: mean wait = queue / arrivals a second
    assert round(staffing.mean_wait(load, agents, 600), 1) == round(queue * 360, 1) == seconds


@given(st.integers(1, 3000), st.integers(1, 40))
def test_erlang_by_factorials(hundredths, agents):
    load = Fraction(hundredths, 100)
    assert staffing.erlang_b(float(load), agents) == pytest.approx(float(lost(load, agents)), rel=1e-10)
    if load < agents:
        assert staffing.erlang_c(float(load), agents) == pytest.approx(float(waits(load, agents)), rel=1e-9)


@given(st.floats(0, 500), st.integers(1, 600))
def test_one_more_agent_helps(load, agents):
    now, then = staffing.erlang_c(load, agents), staffing.erlang_c(load, agents + 1)
    assert 0 <= then <= now <= 1 and 0 <= staffing.erlang_b(load, agents) <= now + 1e-12
    assert now == 0 or now == 1 or then < now
    assert staffing.mean_wait(load, agents + 1, 60) <= staffing.mean_wait(load, agents, 60)
    assert staffing.service_level(load, agents + 1, 60, 20) >= staffing.service_level(load, agents, 60, 20) - 1e-12


@given(st.floats(0.01, 300), st.floats(0, 120), st.floats(0.05, 0.99), st.floats(0.1, 600))
def test_the_fewest_agents(load, within, level, wait):
    enough = staffing.agents_for_service_level(load, 60, within, level)
    assert staffing.service_level(load, enough, 60, within) >= level
    assert enough == 1 or staffing.service_level(load, enough - 1, 60, within) < level
    enough = staffing.agents_for_mean_wait(load, 60, wait)
    assert staffing.mean_wait(load, enough, 60) <= wait
    assert enough == 1 or staffing.mean_wait(load, enough - 1, 60) > wait


def test_a_huge_desk():
    """Factorials of 100,000 do not fit a float; the recursion does. Halfin and Whitt: load c - β√c keeps P(wait) where it is."""
    from statistics import NormalDist

    beta, agents = 1.0, 100_000
    limit = 1 / (1 + beta * NormalDist().cdf(beta) / NormalDist().pdf(beta))
    assert staffing.erlang_c(agents - beta * agents**0.5, agents) == pytest.approx(limit, rel=0.005)
    assert 0 < staffing.erlang_c(agents - 0.001, agents) < 1


def test_too_few_agents():
    assert staffing.erlang_c(5, 5) == staffing.erlang_c(8, 5) == 1 and staffing.mean_wait(8, 5, 60) == inf
    assert staffing.service_level(8, 5, 60, 1000) == 0 and staffing.occupancy(8, 5) == 1
    assert staffing.mean_wait(5, 5, 60) == inf and staffing.service_level(5, 5, 60, 1000) == 0


def test_nobody_calls():
    assert staffing.erlang_b(0, 3) == staffing.erlang_c(0, 3) == staffing.mean_wait(0, 3, 60) == 0
    assert staffing.service_level(0, 1, 0, 0) == 1 and staffing.agents_for_service_level(0, 60, 0, 0.999) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: staffing.load(-1, 60, 5),
        lambda: staffing.load(1, 0, 5),
        lambda: staffing.load(1, 60, nan),
        lambda: staffing.erlang_b(-1, 2),
        lambda: staffing.erlang_b(inf, 2),
        lambda: staffing.erlang_c(1, 0),
        lambda: staffing.erlang_c(1, 2.5),
        lambda: staffing.occupancy(nan, 2),
        lambda: staffing.mean_wait(1, 2, -60),
        lambda: staffing.service_level(1, 2, 60, -1),
        lambda: staffing.agents_for_service_level(1, 60, 20, 1),
        lambda: staffing.agents_for_service_level(1, 60, 20, 0),
        lambda: staffing.agents_for_mean_wait(1, 60, 0),
        lambda: staffing.agents_for_mean_wait(1, 60, inf),
    ],
)
def test_wrong_input_is_refused(wrong, language):
    with pytest.raises(BadInput) as error:
        wrong()
    assert "{" not in words.explain(error.value.problems[0])
