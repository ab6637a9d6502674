"""The loss of a book: against every outcome, the binomial, and books walked through the chain step by step."""

from itertools import product
from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.ageing_chain import absorb
from arsim.study.loss_distribution import loss_distribution, loss_of

Q, R = [[0.3, 0.3], [0.3, 0.1]], [[0.4, 0], [0.4, 0.2]]


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 1)), min_size=1, max_size=8))
def test_every_outcome_weighed(items):
    loss, chance = loss_of(*zip(*items, strict=True)), {}
    for way in product((0, 1), repeat=len(items)):
        lost = sum(amount * gone for gone, (amount, _) in zip(way, items, strict=True))
        weight = np.prod([p if gone else 1 - p for gone, (_, p) in zip(way, items, strict=True)])
        chance[lost] = chance.get(lost, 0) + weight
    for lost in range(int(loss.total) + 1):
        if lost % loss.unit == 0:
            assert loss.chance[int(lost / loss.unit)] == pytest.approx(chance.get(lost, 0), abs=1e-9)
        assert loss.exceeding(lost) == pytest.approx(sum(w for amount, w in chance.items() if amount > lost), abs=1e-9)
    mean = sum(w * amount for amount, w in chance.items())
    assert loss.mean == pytest.approx(mean, abs=1e-9)
    assert loss.sd**2 == pytest.approx(sum(w * (amount - mean) ** 2 for amount, w in chance.items()), abs=1e-6)


@pytest.mark.parametrize("level", [0.001, 0.05, 0.5, 0.95, 0.999])
def test_equal_invoices_are_binomial(level):
    loss = loss_of([250] * 2000, [0.07] * 2000)
    assert loss.unit == 250 and loss.quantile(level) == 250 * binom.ppf(level, 2000, 0.07)
    np.testing.assert_allclose(loss.chance, binom.pmf(np.arange(2001), 2000, 0.07), atol=1e-12)
    assert loss.normal_quantile(level) == pytest.approx(loss.quantile(level), abs=1.5 * 250)


def test_against_books_walked_through_the_chain():
    """2 × 40 invoices of very different size, followed month by month 20,000 times."""
    luck, books = np.random.default_rng(5), 20_000
    amounts, ages = np.rint(luck.lognormal(8, 1.2, 80)), np.repeat([0, 1], 40)
    reach, state = np.cumsum(np.hstack([Q, R]), axis=1), np.tile(ages, (books, 1))
    while (state < 2).any():
        then = (luck.random(state.shape)[..., None] > reach[np.minimum(state, 1)]).sum(-1)
        state = np.where(state < 2, np.minimum(then, 3), state)
    lost = (state == 3) @ amounts
    loss = loss_distribution(absorb(Q, R), ages, amounts)
    assert abs(lost.mean() - loss.mean) <= 4 * loss.sd / sqrt(books)
    assert lost.std() == pytest.approx(loss.sd, rel=0.03)
    for level in (0.05, 0.5, 0.9, 0.99):
        below = (lost <= loss.quantile(level)).mean()
        assert abs(below - level) <= 4 * sqrt(level * (1 - level) / books) + 1e-3
        assert loss.exceeding(loss.quantile(level)) <= 1 - level + 1e-9
    # few large invoices: the normal curve misses the tail that the convolution finds
    assert loss.normal_quantile(0.999) < loss.quantile(0.999)
    chances = absorb(Q, R).absorption[ages, 1]
    assert loss.sd**2 == pytest.approx(float((amounts**2 * chances * (1 - chances)).sum()))
    squares = [float((amounts[ages == age] ** 2).sum()) for age in (0, 1)]
    assert loss.sd**2 == pytest.approx(absorb(Q, R).amounts_variance(squares)[1])


def test_a_coarser_grid_keeps_the_mean():
    """Amounts in fen of a large book do not fit the grid: the mean stays exact, the spread nearly so, and paid mirrors bad."""
    luck = np.random.default_rng(2)
    amounts, ages = luck.integers(1, 10**8, 3000), luck.integers(0, 2, 3000)
    bad = loss_distribution(absorb(Q, R), ages, amounts)
    steps = np.arange(len(bad.chance)) * bad.unit
    assert bad.unit > 1 and bad.chance @ steps == pytest.approx(bad.mean, rel=1e-9)
    assert sqrt(bad.chance @ (steps - bad.mean) ** 2) == pytest.approx(bad.sd, rel=1e-3)
    assert bad.quantile(0.95) == pytest.approx(bad.normal_quantile(0.95), rel=0.01)
    paid = loss_distribution(absorb(Q, R), ages, amounts, end=0)
    assert paid.mean + bad.mean == pytest.approx(amounts.sum()) and paid.sd == pytest.approx(bad.sd)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 1)), max_size=30), st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_and_stay_inside(items, one, two):
    loss = loss_of([amount for amount, _ in items], [p for _, p in items])
    low, high = sorted((one, two))
    assert 0 <= loss.quantile(low) <= loss.quantile(high) <= loss.total
    assert 0 <= loss.normal_quantile(low) <= loss.normal_quantile(high) <= loss.total + 1e-6
    assert loss.chance.sum() == pytest.approx(1) and (loss.chance >= 0).all()


def test_nothing_to_lose():
    for loss in (loss_of([], []), loss_of([0, 0], [0.5, 1]), loss_of([100], [0])):
        assert (loss.mean, loss.sd, loss.quantile(0.99), loss.normal_quantile(0.99), loss.exceeding(0)) == (0, 0, 0, 0, 0)
    assert loss_of([100], [1]).quantile(0.01) == 100 == loss_of([100], [1]).normal_quantile(0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: loss_of([1, 2], [0.1]),
        lambda: loss_of([1, -2], [0.1, 0.1]),
        lambda: loss_of([1, nan], [0.1, 0.1]),
        lambda: loss_of([1], [1.1]),
        lambda: loss_of(["a"], ["b"]),
        lambda: loss_of([[1]], [[0.1]]),
        lambda: loss_of([10], [0.1], unit=0),
        lambda: loss_of([10], [0.1], unit=1e-9),
        lambda: loss_of([10], [0.1], unit=nan),
        lambda: loss_distribution(absorb(Q, R), [0, 2], [1, 1]),
        lambda: loss_distribution(absorb(Q, R), [0.5], [1]),
        lambda: loss_distribution(absorb(Q, R), [0], [1], end=2),
        lambda: loss_distribution(absorb(Q, R), [0], [1, 2]),
        lambda: loss_of([1], [0.5]).quantile(1.1),
        lambda: loss_of([1], [0.5]).normal_quantile(nan),
    ],
)
def test_wrong_input_is_refused(wrong, language):
    with pytest.raises(BadInput) as error:
        wrong()
    assert all("{" not in words.explain(problem) for problem in error.value.problems)
