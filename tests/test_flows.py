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
    assert told["new"].value == pytest.approx(1 / ((361 - 90) / MONTH)) and told["lost"].value == pytest.approx(1 / ((361 - 60) / MONTH))
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
