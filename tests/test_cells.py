"""When an invoice became ready, told from the runs it was paid with."""

import numpy as np
import pytest

from arsim.study.cells import last_run, looks_ahead, watch
from arsim.study.facts import Invoices

DAYS = 400
REST = np.arange(DAYS) % 7 >= 5  # day 0 is a Monday
FRIDAYS, DAILY = 0b10000, 0b11111


def _book(due, paid, customer=None):
    n = len(due)
    customer = np.zeros(n, int) if customer is None else customer
    return Invoices(customer, due - 30, due, paid, np.full(n, 100), np.zeros(n, bool), DAYS - 1)


def _next_friday(day):
    return day + (4 - day) % 7


def test_readiness_on_the_due_date_is_found_behind_weekly_runs():
    """All become ready on the due date and are paid on the Friday after it: that is what the repeated spreading must find."""
    due = np.arange(40, 340)
    book = _book(due, _next_friday(due))
    seen = watch(book, due, np.zeros(len(due), int), 1, REST, 0, np.array([FRIDAYS]), 1e9, -40, 40)
    rate = np.ones(81)
    first = seen.cells(rate[seen.age])
    for _ in range(60):
        found = seen.cells(rate[seen.age])
        rate = (found.paid / np.maximum(found.exposed, 1e-9))[0]
    assert found.paid.sum() == pytest.approx(len(due)) and first.paid.sum() == pytest.approx(len(due))
    assert first.paid[0, 40] < 0.4 * len(due)  # spread evenly, the due date would hide among the days around it
    assert found.paid[0, 40] > 0.95 * len(due)


def test_exposure_ends_when_ready():
    """Ready at .3 a day from the day before the due date on: payments over exposure give the rate back."""
    due = np.full(4000, 50)
    rng = np.random.default_rng(1)
    ready = 48 + np.ceil(rng.exponential(1 / 0.3, len(due))).astype(int)  # from day 49 on
    book = _book(due, np.minimum(ready, 60))
    every = np.zeros(DAYS, bool)
    seen = watch(book, due, np.zeros(len(due), int), 1, every, 0, np.array([0b1111111]), 1e9, -40, 40)
    rate = np.full(81, 0.1)
    for _ in range(40):
        found = seen.cells(rate[seen.age])
        rate = (found.paid / np.maximum(found.exposed, 1e-9))[0]
    assert rate[40:48] == pytest.approx(np.full(8, 0.3), abs=0.06)


def test_who_looks_ahead():
    """Both pay on due dates; what falls due on a weekend one pays on the Friday before, the other on the Monday after."""
    due = np.arange(40, 340)
    weekday = due % 7
    before, after = np.where(weekday >= 5, due - weekday + 4, due), np.where(weekday >= 5, due - weekday + 7, due)
    book = _book(np.tile(due, 2), np.concatenate([before, after]), np.repeat([0, 1], len(due)))
    last, place = last_run(REST, 0, np.array([DAILY, DAILY]))
    assert last[0, :9].tolist() == [0, 1, 2, 3, 4, 4, 4, 7, 8]
    assert looks_ahead(book, 2, last, place).tolist() == [True, False]
