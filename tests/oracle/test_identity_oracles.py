"""Identities that any books must satisfy, from nothing but dates and amounts. Those of a run: tests/test_book.py, tests/test_engine.py."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.ledger import Ledger
from arsim.study import kpi
from arsim.study.roll_rates import roll_rates

FIRST, DAYS, DAILY = date(2025, 1, 1), 300, 1_000


def books(rows, last):
    """Rows of issued, due, fen, paid or None, in days from the first."""
    day = lambda d: np.datetime64("NaT", "D") if d is None else np.datetime64(FIRST, "D") + d  # noqa: E731
    issued, due, amount, paid = zip(*rows, strict=True)
    columns = [np.array([day(d) for d in column], "datetime64[D]") for column in (issued, due, paid)]
    names = tuple(f"{number:04d}" for number in range(len(rows)))
    return Ledger(names, names, *columns[:2], np.array(amount), columns[2], np.zeros(len(rows), bool), known_until=FIRST + timedelta(last))


def joined(one, two):
    """Two books on one desk."""
    arrays = {name: np.concatenate([getattr(one, name), getattr(two, name)]) for name in ("issued", "due", "amount", "paid", "disputed")}
    numbers = tuple(f"{number:04d}" for number in range(len(one) + len(two)))
    return Ledger(numbers, one.customer + two.customer, **arrays, known_until=one.known_until)


def steady(k, term):
    """One invoice a day, each paid k days later."""
    return books([(day, day + term, DAILY, day + k) for day in range(DAYS)], DAYS + k)


def balance(ledger, day, not_due=False):
    then = ledger.known_on(FIRST + timedelta(day))
    return int(then.amount[then.open & (then.due >= np.datetime64(FIRST) + day if not_due else True)].sum())


@pytest.mark.parametrize("k", [1, 20, 30, 45, 100])
def test_everyone_pays_on_day_k(k):
    """DSO = k by balance and by countback; Little's law; CEI = 100 within the term and less beyond it."""
    ledger, begin, end, term = steady(k, 30), 150, 240, 30
    sales, days = DAILY * (end - begin), end - begin
    ar = balance(ledger, end)
    assert ar == DAILY * k == balance(ledger, begin)  # sales a day × days to pay
    assert kpi.dso(ar, sales, days) == k == kpi.countback(ar, [DAILY * 30] * 8, [30] * 8)
    current = balance(ledger, end, not_due=True)
    cei = kpi.cei(balance(ledger, begin), sales, ar, current)
    late = max(0, k - term - 1)  # on the evening of the due date an invoice is not yet late
    assert cei == pytest.approx(100 * sales / (sales + DAILY * late)) and (cei == 100) == (k <= term + 1)
    assert kpi.add(kpi.dso(ar, sales, days), kpi.bpdso(current, sales, days)) == pytest.approx(late)


@pytest.mark.parametrize("k", [1, 17, 60])
def test_mean_age_of_what_is_open_is_half_the_stay(k):
    """k / 2 in continuous time; the invoices of the day itself are half a day old in the evening, on average."""
    then = steady(k, 30).known_on(FIRST + timedelta(200))
    ages = (np.datetime64(FIRST) + 200 - then.issued[then.open]).astype(int)
    assert ages.mean() + 0.5 == k / 2


row = st.tuples(st.integers(0, 100), st.integers(0, 60), st.integers(1, 10**12), st.one_of(st.none(), st.integers(0, 90)))
any_books = st.lists(row, min_size=1, max_size=20).map(
    lambda rows: books([(at, at + term, fen, None if wait is None else at + wait) for at, term, fen, wait in rows], 250)
)


@given(any_books, st.integers(0, 250), st.integers(0, 250))
def test_to_the_fen(ledger, one, two):
    """Invoiced = paid + open on any day; between any two days CEI's numerator is what was paid, and it lies between 0 and 100."""
    begin, end = sorted((one, two))

    def paid(day):
        return int(ledger.amount[ledger.paid <= np.datetime64(FIRST) + day].sum())

    def invoiced(day):
        return int(ledger.amount[ledger.issued <= np.datetime64(FIRST) + day].sum())

    assert invoiced(end) == paid(end) + balance(ledger, end)
    sales, current = invoiced(end) - invoiced(begin), balance(ledger, end, not_due=True)
    could = balance(ledger, begin) + sales - current
    assert balance(ledger, begin) + sales - balance(ledger, end) == paid(end) - paid(begin)
    if could:
        assert kpi.cei(balance(ledger, begin), sales, balance(ledger, end), current) == pytest.approx(
            100 * (paid(end) - paid(begin)) / could
        )


@given(any_books)
def test_littles_law(ledger):
    """Fen-days on the book, evening by evening = Σ amount × days on it: the law without any steady state."""
    stay = np.minimum(np.where(ledger.open, 251, (ledger.paid - np.datetime64(FIRST)).astype(int)), 251)
    stay -= (ledger.issued - np.datetime64(FIRST)).astype(int)
    assert sum(balance(ledger, day) for day in range(251)) == sum(a * s for a, s in zip(ledger.amount.tolist(), stay.tolist(), strict=True))


@given(any_books)
def test_receivables_are_the_sum_of_the_ages(ledger):
    """Whatever the ages: each open invoice in exactly one of them, or bad."""
    regular = [(day, day + 20, 100, None if day % 3 else day + 70) for day in range(0, 100, 7)]  # so that no age is thin
    ledger = joined(ledger, books(regular, 250))
    rates = roll_rates(ledger, edges=(0, 30), bad_after=60, least=1)
    assert rates.present.sum() + rates.gone == ledger.amount[ledger.open].sum()
