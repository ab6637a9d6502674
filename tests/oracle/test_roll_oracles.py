"""The roll-rate chain of Kallberg & Saunders (1983), as reported by Edelman & Crook (2021): accounts may return to good."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.problem import BadInput
from arsim.study.ageing_chain import roll, stationary

PERCENT = [[79, 21, 0, 0, 0], [9, 73, 18, 0, 0], [9, 51, 0, 40, 0], [9, 38, 0, 0, 53], [6, 32, 0, 0, 62]]
CHAIN = np.array(PERCENT) / 100
START = [1, 0, 0, 0, 0]
PRINTED = {1: (0.79, 0.21, 0, 0, 0), 2: (0.64, 0.32, 0.04, 0, 0), 4: (0.468, 0.431, 0.070, 0.023, 0.008)}
RECOMPUTED = {4: (0.4681, 0.4312, 0.0697, 0.0230, 0.0080), 10: (0.3168, 0.5113, 0.0913, 0.0361, 0.0445)}
LONG_RUN = (0.2948, 0.5215, 0.0939, 0.0375, 0.0524)


def by_hand(steps):
    """Month by month in whole fractions."""
    book = [Fraction(share) for share in START]
    for _ in range(steps):
        book = [sum(book[i] * Fraction(PERCENT[i][j], 100) for i in range(5)) for j in range(5)]
    return book


@pytest.mark.parametrize(
    ("month", "printed", "places"),
    [(1, PRINTED[1], 2), (2, PRINTED[2], 2), (4, PRINTED[4], 3), (4, RECOMPUTED[4], 4), (10, RECOMPUTED[10], 4)],
)
def test_the_book_after_some_months(month, printed, places):
    ours, path = by_hand(month), roll(CHAIN, START, month)
    assert [round(float(share), places) for share in ours] == list(printed) == path[month].round(places).tolist()
    np.testing.assert_allclose(path[month], [float(share) for share in ours], rtol=1e-12)
    assert len(path) == month + 1 and path[0].tolist() == START


def test_the_long_run():
    """By patience: a thousand months, and a month more changes nothing."""
    ours = START @ np.linalg.matrix_power(CHAIN, 1000)
    assert ours.round(4).tolist() == list(LONG_RUN) == stationary(CHAIN).round(4).tolist()
    np.testing.assert_allclose(stationary(CHAIN), ours, rtol=1e-10)


def test_the_long_run_by_substitution():
    """From the worst state up: 62 stays of 3+, so π(3+) = 53/38 π(2); π(2) = 40/100 π(1); π(1) = 18/100 π(0); π(NC) by the rest."""
    zero = Fraction(1)
    one = Fraction(18, 100) * zero
    two = Fraction(40, 100) * one
    worst = Fraction(53, 38) * two
    good = (Fraction(9, 100) * (zero + one + two) + Fraction(6, 100) * worst) / Fraction(21, 100)
    total = good + zero + one + two + worst
    assert [round(float(share / total), 4) for share in (good, zero, one, two, worst)] == list(LONG_RUN)


def test_the_last_row_is_not_pinned_by_the_printed_vectors():
    """Nobody starts there and nobody has had time to leave: any last row reproduces all that is printed."""
    other = CHAIN.copy()
    other[4] = [0, 0, 0, 0, 1]
    assert roll(other, START, 4).round(3).tolist() == roll(CHAIN, START, 4).round(3).tolist()


@st.composite
def matrices(draw):
    size = draw(st.integers(1, 6))
    table = np.array([draw(st.lists(st.floats(0.01, 1), min_size=size, max_size=size)) for _ in range(size)])
    return table / table.sum(1, keepdims=True)


@given(matrices(), st.integers(0, 20))
def test_nothing_is_lost_on_the_way_and_the_long_run_stays(matrix, steps):
    kept = stationary(matrix)
    assert kept.sum() == pytest.approx(1) and (kept >= 0).all()
    np.testing.assert_allclose(roll(matrix, kept, steps)[-1], kept, atol=1e-9)
    np.testing.assert_allclose(roll(matrix, 1000 * np.ones(len(matrix)), steps).sum(1), 1000 * len(matrix))


def test_states_left_for_good_keep_nothing():
    assert stationary([[0.5, 0.25, 0.25], [0, 0.5, 0.5], [0, 0.5, 0.5]]).round(6).tolist() == [0, 0.5, 0.5]
    assert stationary([[0.9, 0.1], [0, 1]]).tolist() == [0, 1]


def test_a_fixed_circle_has_its_mean():
    assert stationary([[0, 1], [1, 0]]).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("matrix", "told"),
    [([[1, 0], [0, 1]], "2 groups"), ([[0.9, 0.2], [0, 1]], "sums to 1.1"), ([[0.5, 0.5]], "1 × 2"), ([[1.2, -0.2], [0, 1]], "-0.2")],
)
def test_a_wrong_matrix_is_refused(matrix, told):
    with pytest.raises(BadInput, match=told):
        stationary(matrix)


@pytest.mark.parametrize(("start", "steps"), [([1], 1), ([1, -1], 1), ([1, 0], -1), ([1, 0], 1.5), ([1, 0], None)])
def test_a_wrong_start_is_refused(start, steps):
    with pytest.raises(BadInput):
        roll([[0.9, 0.1], [0.5, 0.5]], start, steps)
