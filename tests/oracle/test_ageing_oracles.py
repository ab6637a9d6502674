"""Published absorbing chains of ageing, solved here by adding up what arrives period by period: no inverse, no matrix algebra of ours."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.ageing_chain import absorb


@dataclass(frozen=True)
class Case:
    q: list
    r: list
    balances: list
    n: list  # printed to 4 places
    b: list
    amounts: list  # printed to 2 places


CASES = {
    "Render & Stair 14.6": Case(
        [[0.2, 0.2], [0.3, 0.2]],
        [[0.6, 0], [0.4, 0.1]],
        [2000, 5000],
        [[1.3793, 0.3448], [0.5172, 1.3793]],
        [[0.9655, 0.0345], [0.8621, 0.1379]],
        [6241.38, 758.62],
    ),
    "Heidman": Case(
        [[0.3, 0.3], [0.3, 0.1]],
        [[0.4, 0], [0.4, 0.2]],
        [1000, 2000],
        [[1.6667, 0.5556], [0.5556, 1.2963]],
        [[0.8889, 0.1111], [0.7407, 0.2593]],
        [2370.37, 629.63],
    ),
    "UC Limited": Case(
        [[0.5, 0.2], [0.3, 0.1]],
        [[0.3, 0], [0.5, 0.1]],
        [70_000, 30_000],
        [[2.3077, 0.5128], [0.7692, 1.2821]],
        [[0.9487, 0.0513], [0.8718, 0.1282]],
        [92_564.10, 7_435.90],
    ),
    "supply company": Case(
        [[0, 0.2, 0], [0, 0.3, 0.3], [0, 0.6, 0.1]],
        [[0.8, 0], [0.4, 0], [0.2, 0.1]],
        [1_000_000, 900_000, 600_000],
        [[1, 0.4, 0.1333], [0, 2, 0.6667], [0, 1.3333, 1.5556]],
        [[0.9867, 0.0133], [0.9333, 0.0667], [0.8444, 0.1556]],
        [2_333_333.33, 166_666.67],
    ),
}
TIMES = {"Render & Stair 14.6": ([1.7241, 1.8966], [1.3674, 1.5220]), "UC Limited": ([2.8205, 2.0513], [4.3458, 3.3399])}
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def walk(q, r, periods=400):
    """Follow one fen from each age: time spent (N), where it ends (B), mean and variance of the time, by plain sums over periods."""
    q, r = np.array(q, float), np.array(r, float)
    here = np.eye(len(q))
    spent, ended, mean, square = np.zeros_like(q), np.zeros_like(r), np.zeros(len(q)), np.zeros(len(q))
    for period in range(1, periods + 1):
        spent += here
        arriving = here @ r
        ended += arriving
        mean += period * arriving.sum(1)
        square += period**2 * arriving.sum(1)
        here = here @ q
    return spent, ended, mean, square - mean**2


@every_case
def test_our_sums_give_the_printed_answer(case):
    spent, ended, _, _ = walk(case.q, case.r)
    assert spent.round(4).tolist() == case.n and ended.round(4).tolist() == case.b
    assert (np.array(case.balances) @ ended).round(2).tolist() == case.amounts


@every_case
def test_the_chain_gives_the_printed_answer(case):
    chain = absorb(case.q, case.r)
    assert chain.fundamental.round(4).tolist() == case.n and chain.absorption.round(4).tolist() == case.b
    assert chain.amounts(case.balances).round(2).tolist() == case.amounts


@every_case
def test_the_chain_and_our_sums_agree_beyond_print(case):
    chain = absorb(case.q, case.r)
    for ours, theirs in zip(walk(case.q, case.r), (chain.fundamental, chain.absorption, chain.steps, chain.variance), strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", TIMES)
def test_time_to_the_end(name):
    case, (mean, variance) = CASES[name], TIMES[name]
    _, _, ours, spread = walk(case.q, case.r)
    chain = absorb(case.q, case.r)
    assert ours.round(4).tolist() == chain.steps.round(4).tolist() == mean
    assert spread.round(4).tolist() == chain.variance.round(4).tolist() == variance


def test_the_limits_of_the_exam():
    """Multiplied out in print to two places: .95/.05 and .87/.13."""
    table = np.eye(4)
    table[2:, 2:], table[2:, :2] = CASES["UC Limited"].q, CASES["UC Limited"].r
    limit = np.linalg.matrix_power(table, 500)[2:, :2]
    assert limit.round(2).tolist() == [[0.95, 0.05], [0.87, 0.13]]
    assert absorb(CASES["UC Limited"].q, CASES["UC Limited"].r).absorption.round(2).tolist() == limit.round(2).tolist()


def test_the_supply_company_in_fractions():
    """Exact, by substitution: age II goes back to I with 6/9 of what leaves it, so I keeps 3/7 · 2/3 of itself, and so on."""
    f = Fraction
    # bad_II = (1/10 + 6/10 bad_I) / (9/10), bad_I = 3/10 bad_II / (7/10), bad_C = 2/10 bad_I
    bad_1 = f(3, 7) * f(1, 9) / (1 - f(3, 7) * f(6, 9))
    bad_2, bad_c = bad_1 * f(7, 3), f(2, 10) * bad_1
    assert (bad_c, bad_1, bad_2) == (f(1, 75), f(1, 15), f(7, 45))
    bad = 1_000_000 * bad_c + 900_000 * bad_1 + 600_000 * bad_2
    assert (2_500_000 - bad, bad) == (f(7_000_000, 3), f(500_000, 3))


def test_spot_the_error_in_the_published_answer():
    """ "1,600,000 eventually paid or bad", in public. Three mistakes, each enough.

    It takes one month for all months; it multiplies wrongly (its month holds 3.31 million of a book of 2.5, and 1,000,000 paid and
    600,000 bad where one month brings 1,280,000 and 60,000); and it adds paid and bad, when all of the book ends in one or the other.
    """
    case = CASES["supply company"]
    book = np.array(case.balances)
    printed_month, printed = [1_000_000, 600_000, 0, 1_080_000, 630_000], 1_600_000
    first_month = [sum(b * row[end] for b, row in zip(book, case.r, strict=True)) for end in (0, 1)]
    paid, bad = absorb(case.q, case.r).amounts(book)
    assert printed_month[0] + printed_month[1] == printed and sum(printed_month) != book.sum()
    assert first_month == pytest.approx([1_280_000, 60_000]) and sum(first_month) == pytest.approx(1_340_000) != pytest.approx(printed)
    assert sum(first_month) < printed < paid < paid + bad == pytest.approx(book.sum())


def test_variance_of_the_money_by_every_outcome():
    """Three invoices, eight ways to end: the variance of the bad amount, weighed way by way."""
    case = CASES["Heidman"]
    chain = absorb(case.q, case.r)
    invoices = [(0, 300), (1, 500), (1, 200)]
    chances = [walk(case.q, case.r)[1][age, 1] for age, _ in invoices]
    mean = square = 0.0
    for ways in np.ndindex(2, 2, 2):
        weight = np.prod([p if way else 1 - p for way, p in zip(ways, chances, strict=True)])
        bad = sum(amount * way for way, (_, amount) in zip(ways, invoices, strict=True))
        mean, square = mean + weight * bad, square + weight * bad**2
    squares = [300**2, 500**2 + 200**2]
    assert chain.amounts([300, 700])[1] == pytest.approx(mean)
    assert chain.amounts_variance(squares)[1] == pytest.approx(square - mean**2)


@st.composite
def chains(draw):
    """Q and R with every row summing to 1 and at least a twentieth of each age ending each period."""
    ages, ends = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    weights = st.lists(st.floats(0, 1), min_size=ages + ends, max_size=ages + ends)
    table = np.array([draw(weights) for _ in range(ages)])
    table[:, -1] += 0.05 * table.sum(1) + 0.05
    table /= table.sum(1, keepdims=True)
    return table[:, :ages], table[:, ages:]


@given(chains(), st.data())
def test_any_chain_is_the_sum_of_its_powers(chain, data):
    q, r = chain
    solved = absorb(q, r)
    power, total = np.eye(len(q)), np.zeros_like(q)
    while power.sum() > 1e-14:
        total, power = total + power, power @ q
    np.testing.assert_allclose(solved.fundamental, total, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(solved.absorption.sum(1), 1, rtol=1e-9)
    assert (solved.steps >= 1 - 1e-9).all() and (solved.variance >= 0).all()
    balances = data.draw(st.lists(st.floats(0, 1e9), min_size=len(q), max_size=len(q)))
    assert solved.amounts(balances).sum() == pytest.approx(sum(balances))


def test_everything_ends_next_period():
    """Nothing to spread: one period, no variance."""
    chain = absorb(np.zeros((3, 3)), [[1, 0], [0.5, 0.5], [0, 1]])
    assert chain.steps.tolist() == [1, 1, 1] and chain.variance.tolist() == [0, 0, 0]


WRONG = [
    ([[0.5]], [[0.4, 0.2]], "Row 1 of the chain sums to 1.1, not to 1."),
    ([[0.5, 0.5], [0, 0]], [[0.1, -0.1], [1, 0]], "Row 1 of the chain holds -0.1, which is not a share."),
    ([[float("nan")]], [[1, 0]], "Row 1 of the chain holds nan"),
    ([[0.2, 0.3], [0, 1]], [[0.5, 0], [0, 0]], "Money in row 2 of the chain never ends"),
    ([[0.5, 0.5]], [[0, 0]], "ages by ages is 1 × 2, ages by ends is 1 × 2"),
    ([[0.5]], [[0.5], [0.5]], "do not fit together"),
    ([[1]], [[]], "do not fit together"),
    ([[0.5, 0.5], [0.5]], [[1], [1]], "not a table of numbers"),
    ([["a"]], [["b"]], "not a table of numbers"),
    ([], [], "not a table of numbers"),
    ([[1 - 1e-17]], [[1e-17]], "so slowly"),
    ([[1 - 1e-15]], [[1.6e-15]], "so slowly"),
]


@pytest.mark.parametrize(("q", "r", "told"), WRONG)
def test_a_wrong_chain_is_refused(q, r, told, language):
    with pytest.raises(BadInput) as error:
        absorb(q, r)
    assert told in str(error.value)
    assert all("{" not in words.explain(problem) for problem in error.value.problems)


def test_all_wrong_rows_are_told_at_once():
    with pytest.raises(BadInput) as error:
        absorb([[0.5, 0], [0.5, 0.5], [0, 0]][:2], [[0.4, 0], [0.5, 0.5]])
    assert [problem.values["number"] for problem in error.value.problems] == [1, 2]


@pytest.mark.parametrize("balances", [[1], [1, 2, 3], [1, -2], [1, float("nan")], [1, float("inf")], ["a", "b"], [[1, 2]]])
def test_wrong_balances_are_refused(balances):
    chain = absorb(CASES["Heidman"].q, CASES["Heidman"].r)
    with pytest.raises(BadInput):
        chain.amounts(balances)
    with pytest.raises(BadInput):
        chain.amounts_variance(balances)
