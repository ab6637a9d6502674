"""Customers who come and go, by hand; a season found again, and none told of from a short ledger."""

import numpy as np
import pytest

from arsim.study.facts import Invoices
from arsim.study.flows import MONTH, flows


def book(customer, issued):
    customer, issued = np.array(customer), np.array(issued)
    none = np.zeros(len(issued), bool)
    return Invoices(customer, issued, issued + 30, issued + 30, np.full(len(issued), 100), none, int(issued.max()) + 30)


def test_new_and_lost_by_hand():
    """Customer 0 orders every ten days for a year; 1 stops after 100 days; 2 begins on day 200."""
    days = [*range(0, 365, 10), *range(0, 101, 10), *range(200, 365, 10)]
    who = [0] * 37 + [1] * 11 + [2] * 17
    told = flows(book(who, days), 0)
    # Each could be found only in so many days: not in the first 90 or the last two gaps; not in the last 60 or the first gap.
    assert told["new"].value == pytest.approx(1 / ((361 - 90 - 20) / MONTH))
    assert told["lost"].value == pytest.approx(1 / ((361 - 60 - 10) / MONTH))
    assert told["new"].low < told["new"].value < told["new"].high
    assert told["season"].default


def test_too_short_is_said():
    told = flows(book([0, 0, 1], [0, 50, 100]), 0)
    assert told["new"].default and told["lost"].default and np.isnan(told["new"].value)


def test_a_season_is_found_again():
    rng = np.random.default_rng(1)
    days = rng.integers(0, 731, 20_000)
    month = (days / MONTH).astype(int) % 12
    kept = (month == 10) | (rng.random(len(days)) < 0.5)
    seen = book(np.r_[rng.integers(0, 500, kept.sum()), 0], np.r_[days[kept], 731])
    season = flows(seen, 0)["season"]
    assert season.low < 2 / (13 / 12) < season.high * 1.1 and season.low > 1.3


def test_rare_customers_come_and_go_as_often_as_they_do():
    """Three new ones a month, 2 % of all lost a month, orders every 5 to 40 days: counted plainly, rare ones would be met too late."""
    found = [flows(_coming(seed), 0) for seed in range(40)]
    new, lost = (np.array([(one[key].value, one[key].low, one[key].high) for one in found]).T for key in ("new", "lost"))
    alive = np.mean(60 * np.exp(-0.02 * np.arange(16)) + 3 / 0.02 * (1 - np.exp(-0.02 * np.arange(16))))
    for (value, low, high), true in ((new, 3.0), (lost, 0.02 * alive)):
        assert abs(value.mean() - true) < 0.4 * value.std() and 0.8 < np.mean((low <= true) & (true <= high)) < 1.0


def _coming(seed, days=540):
    rng = np.random.default_rng(seed)
    comes = np.cumsum(rng.exponential(MONTH / 3, 200))
    begin = np.r_[np.zeros(60), comes[comes < days]]
    end = np.minimum(begin + rng.exponential(MONTH / 0.02, len(begin)), days)
    who, when = [], []
    for number, (first, last, gap) in enumerate(zip(begin, end, np.exp(rng.uniform(np.log(5), np.log(40), len(begin))), strict=True)):
        issued = first + np.cumsum(rng.exponential(gap, 400))
        when.append(issued[issued < last].astype(int))
        who.append(np.full(len(when[-1]), number))
    return book(np.concatenate(who), np.concatenate(when))
