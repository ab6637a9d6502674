"""Provision matrices: IFRS 9's own example and the course's rates, added up in whole numbers."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.book import BUCKETS
from arsim.study.prices import Prices
from arsim.study.provision import allowance, allowance_by_age, course_rates


def test_ifrs_9_example_12():
    """30 million by age at .3, 1.6, 3.6, 6.6, 10.6 %: 45 + 120 + 144 + 165 + 106 thousand."""
    balances = [15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000]
    per_mille = [3, 16, 36, 66, 106]
    by_hand = [balance * rate // 1000 for balance, rate in zip(balances, per_mille, strict=True)]
    assert by_hand == [45_000, 120_000, 144_000, 165_000, 106_000] and sum(by_hand) == 580_000
    rates = [rate / 1000 for rate in per_mille]
    assert allowance_by_age(balances, rates).tolist() == pytest.approx(by_hand)
    assert allowance(balances, rates) == pytest.approx(580_000)
    worth = Prices(annual_rate=0, gross_margin=0, collector_month=0, provision=tuple(rates)).worth(np.array(balances))
    assert sum(balances) - worth == pytest.approx(580_000)  # the same where the closing book is priced


@pytest.mark.parametrize(("factor", "percent"), [(1.0, (1, 5, 5, 20)), (1.2, (1.2, 6, 6, 24)), (1.5, (1.5, 7.5, 7.5, 30))])
def test_the_course_rates(factor, percent):
    """1-30 days 1 %, 31-90 days 5 %, over 90 days 20 %; volatile industries 1.2 to 1.5 times."""
    assert len(course_rates()) == len(BUCKETS)
    assert allowance_by_age([0, 100, 100, 100, 100], industry_factor=factor)[1:].tolist() == pytest.approx(percent)


def test_no_bucket_loses_more_than_it_holds():
    assert allowance([100, 100], [0.5, 0.9], 1.5) == pytest.approx(75 + 100)


five = st.lists(st.integers(0, 10**12), min_size=5, max_size=5)


@given(five, five, st.integers(1, 9), st.floats(0.1, 3))
def test_the_allowance_is_linear(one, other, times, factor):
    both = [times * a + b for a, b in zip(one, other, strict=True)]
    expected = times * allowance(one, industry_factor=factor) + allowance(other, industry_factor=factor)
    assert allowance(both, industry_factor=factor) == pytest.approx(expected)
    assert 0 <= allowance(one, industry_factor=factor) <= sum(one)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: allowance([1, 2]),
        lambda: allowance([1, 2], [0.1, 1.1]),
        lambda: allowance([1, 2], [0.1, nan]),
        lambda: allowance([1, -2], [0.1, 0.1]),
        lambda: allowance([1, nan], [0.1, 0.1]),
        lambda: allowance([1], [0.1], 0),
        lambda: allowance([1], [0.1], nan),
        lambda: allowance([[1]], [0.1]),
        lambda: allowance(["a"], [0.1]),
    ],
)
def test_wrong_input_is_refused(wrong, language):
    with pytest.raises(BadInput) as error:
        wrong()
    assert "{" not in words.explain(error.value.problems[0])
