"""Early-warning points and levels."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.alert import BLUE, NONE, RED, YELLOW, level, points

WEIGHTS = (30, 40, 20, 10, 20)
QUIET = dict(current_ratio=1.5, ratio_below=1.0, oldest_overdue_days=0, slowing_days=0, sales_growth=0.05, broken_promises=0)
WORSE = dict(current_ratio=-1, ratio_below=1, oldest_overdue_days=1, slowing_days=1, sales_growth=-1, broken_promises=1)

signals = st.fixed_dictionaries(
    dict(
        current_ratio=st.floats(0, 6),
        ratio_below=st.floats(0.3, 2),
        oldest_overdue_days=st.integers(0, 900) | st.floats(0, 900),
        slowing_days=st.floats(-100, 100),
        sales_growth=st.floats(-0.9, 2),
        broken_promises=st.integers(0, 9),
    )
)
weights = st.tuples(*[st.integers(0, 100) | st.floats(0, 100)] * 5)


def seen(weights=WEIGHTS, **changes):
    return points(*(QUIET | changes).values(), *weights)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 0),
        ({"current_ratio": 1.0}, 0),
        ({"current_ratio": 0.9}, 10),
        ({"current_ratio": 0.85}, 15),
        ({"current_ratio": 0.7}, 30),
        ({"current_ratio": 0.1}, 30),
        ({"current_ratio": 1.4, "ratio_below": 1.55}, 15),
        ({"oldest_overdue_days": 15}, 10),
        ({"oldest_overdue_days": 60}, 40),
        ({"oldest_overdue_days": 400}, 40),
        ({"slowing_days": -10}, 0),
        ({"slowing_days": 12}, 8),
        ({"slowing_days": 99}, 20),
        ({"sales_growth": -0.15}, 5),
        ({"sales_growth": -0.8}, 10),
        ({"broken_promises": 1}, 10),
        ({"broken_promises": 3}, 20),
        ({"current_ratio": 0.85, "oldest_overdue_days": 30, "slowing_days": 15, "sales_growth": -0.06, "broken_promises": 1}, 57),
    ],
)
def test_points_by_hand(changes, expected):
    assert seen(**changes) == pytest.approx(expected)


def test_everything_at_its_worst_is_the_sum_of_the_weights():
    worst = dict(current_ratio=0.2, oldest_overdue_days=200, slowing_days=80, sales_growth=-0.6, broken_promises=5)
    assert seen(**worst) == sum(WEIGHTS)


@given(signals, weights, st.sampled_from([*WORSE]), st.floats(0, 100) | st.floats(0, 1e-9))
def test_a_worse_signal_never_lowers_the_points(signals, weights, which, by):
    before = seen(weights, **signals)
    after = seen(weights, **signals | {which: signals[which] + WORSE[which] * by})
    assert 0 <= before <= after <= sum(weights) * (1 + 1e-12)
    assert level(before, 20, 40, 60) <= level(after, 20, 40, 60)


@given(signals, weights, st.integers(0, 4), st.floats(0, 50))
def test_a_heavier_weight_never_lowers_the_points(signals, weights, at, more):
    heavier = (*weights[:at], weights[at] + more, *weights[at + 1 :])
    assert seen(weights, **signals) <= seen(heavier, **signals)


@pytest.mark.parametrize("unknown", [name for name in WORSE])
def test_what_is_not_known_does_not_alarm(unknown):
    assert seen(**{unknown: nan}) == 0
    assert seen(**{"current_ratio": 0.7, "oldest_overdue_days": 60} | {unknown: nan}) in (30, 40, 70)


def test_levels_begin_at_their_line():
    assert [level(p, 20, 40, 60) for p in (0, 19.9, 20, 39.9, 40, 59.9, 60, 120)] == [NONE, NONE, BLUE, BLUE, YELLOW, YELLOW, RED, RED]
    assert level(59.99999999999999, 20, 40, 60) == RED  # what a sum meant to be 60 may come to


@given(st.floats(0, 200), st.floats(0, 50), *[st.integers(1, 200)] * 3)
def test_more_points_never_lower_the_level(p, more, blue, yellow, red):
    assert level(p, blue, yellow, red) <= level(p + more, blue, yellow, red)
