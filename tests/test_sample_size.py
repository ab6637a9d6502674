"""How many customers a trial needs: against Cohen's tables, and against trials played with dice."""

import numpy as np
import pytest
from scipy.stats import ttest_ind

from arsim.domain.problem import BadInput
from arsim.study.comparison import interval
from arsim.study.sample_size import per_group, power, replications_for


@pytest.mark.parametrize(("size", "chance", "customers"), [(0.2, 0.8, 393), (0.5, 0.8, 64), (0.8, 0.8, 26), (0.5, 0.9, 85), (1.0, 0.8, 17)])
def test_it_agrees_with_cohens_tables_to_the_customer(size, chance, customers):
    """Cohen (1988), table 2.4.1, two-sided 5 %; his approximation is off by one at most."""
    assert abs(per_group(size, 1.0, chance) - customers) <= 1


def test_a_trial_of_that_size_shows_the_difference_as_often_as_promised():
    random, difference, sd = np.random.default_rng(5), 3.0, 7.0
    n, trials = per_group(difference, sd), 4000
    seen = np.mean([ttest_ind(random.normal(0, sd, n), random.normal(difference, sd, n)).pvalue < 0.05 for _ in range(trials)])
    assert seen == pytest.approx(power(n, difference, sd), abs=4 * np.sqrt(0.16 / trials))
    assert power(n - 1, difference, sd) < 0.8 <= power(n, difference, sd)


def test_without_a_difference_the_alarm_is_as_rare_as_agreed():
    assert power(30, 0.0, 1.0) == pytest.approx(0.05) and power(30, 0.0, 1.0, confidence=0.99) == pytest.approx(0.01)


def test_half_the_difference_takes_about_four_times_the_customers_and_the_unit_does_not_matter():
    assert per_group(0.25, 1) / per_group(0.5, 1) == pytest.approx(4, rel=0.05)
    assert per_group(0.5, 1) == per_group(50, 100) == per_group(-0.5, 1)
    assert per_group(30, 1) == 2


def test_what_cannot_be_is_refused():
    for given in ((0, 1), (1, 0), (1, 1, 1.0), (1, 1, 0.8, 0), (1e-9, 1.0)):
        with pytest.raises(BadInput):
            per_group(*given)
    with pytest.raises(BadInput):
        replications_for(np.array([1.0]), 1.0)


def test_so_many_replications_bring_the_interval_down_to_the_width():
    random = np.random.default_rng(3)
    first = random.normal(10, 4, 30)
    n = replications_for(first, 0.5)
    _, low, high = interval(random.normal(10, float(first.std(ddof=1)), n))
    assert (high - low) / 2 == pytest.approx(0.5, rel=0.15)
