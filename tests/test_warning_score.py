"""Early warnings held against failures: by hand, at the extremes, and against a slow double."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.warning_score import score_warnings


def scored(warnings, failures, **settings):
    """Scores of ``(customer, day, level)`` against ``(customer, day)``."""
    columns = [*np.array(warnings, int).reshape(-1, 3).T, *np.array(failures, int).reshape(-1, 2).T]
    return score_warnings(*columns, **dict(customers=4, horizon=400, window=90) | settings)


def test_a_run_worked_by_hand():
    """Customer 0: warned 100, 107, fails 150 (lead 50). 1: warned 10, fails 200: too old. 2: fails 300, warned 310. 3: warned 350."""
    found = scored([(0, 107, 2), (0, 100, 1), (1, 10, 3), (2, 310 - 30, 1), (2, 310, 1), (3, 350, 1)], [(0, 150), (1, 200), (2, 300)])
    assert (found.failures, found.hits) == (3, 2)
    assert (found.alarms, found.false_alarms, found.late, found.unjudged) == (3, 1, 0, 1)
    assert (found.lead_mean, found.lead_median) == ((50 + 20) / 2, 35)
    assert found.hit_rate == found.precision == 2 / 3 and found.false_alarm_rate == 1 / 3
    assert (found.warned_share, found.failed_share) == (1, 0.75)


@pytest.mark.parametrize(
    ("day", "hits", "false", "late"),
    [(109, 0, 1, 0), (110, 1, 0, 0), (200, 1, 0, 0), (201, 0, 1, 1), (290, 0, 1, 1), (291, 0, 1, 0)],
)
def test_the_window_has_both_its_ends(day, hits, false, late):
    found = scored([(1, day, 1)], [(1, 200)])
    assert (found.hits, found.false_alarms, found.late) == (hits, false, late)


@pytest.mark.parametrize(("day", "judged"), [(309, 1), (310, 0), (399, 0), (400, None), (-1, None)])
def test_an_alarm_near_the_end_is_not_judged(day, judged):
    found = scored([(0, day, 1)], [])
    assert found.alarms == (judged or 0) and found.unjudged == (judged == 0) and found.warned_share == (judged is not None) / 4


@pytest.mark.parametrize(("day", "failures"), [(-1, 0), (0, 1), (399, 1), (400, 0)])
def test_only_failures_of_the_run_count(day, failures):
    assert scored([], [(0, day)]).failures == failures


def test_only_the_wanted_level_counts():
    warnings, failures = [(0, 10, 1), (1, 10, 2), (2, 10, 3)], [(0, 20), (1, 20), (2, 20)]
    assert [scored(warnings, failures, level=level).hits for level in (1, 2, 3)] == [3, 2, 1]


def test_mean_and_median_lead_differ():
    found = scored([(who, 100, 1) for who in range(3)], [(0, 110), (1, 120), (2, 160)])
    assert (found.lead_mean, found.lead_median) == (30, 20)


def test_weekly_warnings_are_one_alarm_until_they_pause():
    assert scored([(0, day, 1) for day in range(0, 280, 7)], []).alarms == 1
    assert scored([(0, 0, 1), (0, 90, 1)], []).alarms == 1 and scored([(0, 0, 1), (0, 91, 1)], []).alarms == 2
    assert scored([(0, 0, 1), (1, 0, 1)], []).alarms == 2


def test_a_long_alarm_that_comes_true_is_not_false():
    found = scored([(0, day, 1) for day in range(0, 300, 7)], [(0, 290)])
    assert (found.alarms, found.false_alarms, found.hits) == (1, 0, 1) and found.lead_mean == 290 - 203


def test_warn_everybody_always():
    """Hits everything, warns in advance as far as the window allows, and is right as often as customers fail."""
    failures = [(0, 150), (1, 250)]
    found = scored([(who, day, 3) for who in range(4) for day in range(400)], failures)
    assert found.hit_rate == 1 and found.precision == found.failed_share == 0.5 and found.warned_share == 1
    assert found.lead_mean == found.lead_median == 90


def test_never_warn():
    found = scored([], [(0, 150)])
    assert found.hit_rate == 0 and found.alarms == 0 and found.warned_share == 0
    assert all(isnan(x) for x in (found.precision, found.false_alarm_rate, found.lead_mean, found.lead_median))


def test_nothing_happens():
    found = scored([], [])
    assert isnan(found.hit_rate) and found.failed_share == 0
    assert isnan(scored([], [], customers=0).failed_share)


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 399)), min_size=1, max_size=8), st.integers(0, 60))
def test_perfect_foresight(failures, ahead):
    failures = sorted(failures)
    found = scored([(who, max(day - ahead, 0), 3) for who, day in failures], failures)
    assert found.hit_rate == 1 and found.false_alarms == 0 and found.failures == len(failures)
    assert found.lead_mean >= min(ahead, min(day for _, day in failures))


def slowly(warnings, failures, window, horizon, level):
    """The definition, word for word."""
    at = sorted({(who, day) for who, day, rank in warnings if rank >= level})
    leads, true, false = [], 0, 0
    for who, day in sorted(set(failures)):
        before = [day - warned for customer, warned in at if customer == who and 0 <= day - warned <= window]
        leads += [max(before)] if before else []
    for who in range(4):
        days = [day for customer, day in at if customer == who]
        while days:
            alarm = [days.pop(0)]
            while days and days[0] - alarm[-1] <= window:
                alarm.append(days.pop(0))
            comes = any(customer == who and alarm[0] <= day <= alarm[-1] + window for customer, day in failures)
            assert comes == any(customer == who and 0 <= day - warned <= window for customer, day in failures for warned in alarm)
            true += alarm[0] + window < horizon and comes
            false += alarm[0] + window < horizon and not comes
    return leads, true, false


rows = st.tuples(st.integers(0, 3), st.integers(0, 399))


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 399), st.integers(0, 3)), max_size=40),
    st.lists(rows, max_size=8),
    st.integers(0, 420),
    st.integers(1, 3),
)
def test_as_the_definition_has_it(warnings, failures, window, level):
    found = scored(warnings, failures, window=window, level=level)
    leads, true, false = slowly(warnings, failures, window, 400, level)
    assert (found.hits, found.failures) == (len(leads), len(set(failures)))
    assert (found.alarms, found.false_alarms) == (true + false, false)
    assert not leads or (found.lead_mean, found.lead_median) == pytest.approx((np.mean(leads), np.median(leads)))
    assert found.late <= found.false_alarms


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 399), st.integers(0, 3)), max_size=40), st.lists(rows, max_size=8), rows)
def test_one_more_warning_never_loses_a_hit(warnings, failures, extra):
    assert scored(warnings, failures).hits <= scored([*warnings, (*extra, 3)], failures).hits


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: score_warnings([0], [1, 2], [1], [0], [1], customers=2, horizon=10),
        lambda: score_warnings([0], [1], [1], [0, 1], [1], customers=2, horizon=10),
        lambda: score_warnings([[0]], [[1]], [[1]], [0], [1], customers=2, horizon=10),
        lambda: score_warnings([2], [1], [1], [0], [1], customers=2, horizon=10),
        lambda: score_warnings([0], [1], [1], [-1], [1], customers=2, horizon=10),
        lambda: score_warnings([0], [1], [1], [0], [1], customers=2, horizon=-1),
        lambda: score_warnings([0], [1], [1], [0], [1], customers=2, horizon=10, window=-1),
    ],
)
def test_rows_that_cannot_be_are_refused(wrong, language):
    with pytest.raises(BadInput) as refused:
        wrong()
    assert all(words.explain(problem) for problem in refused.value.problems)
