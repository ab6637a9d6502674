"""Roll rates: by hand, against a plain loop, and their standard errors against a bootstrap of customers."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.roll_rates import roll_rates

FIRST = date(2025, 1, 1)


def ledger(rows, last):
    """Rows of customer, issued, due, fen, paid or None, in days from the first; drawn up on day `last`."""
    customer, issued, due, amount, paid = zip(*rows, strict=True)
    day = lambda given: [np.datetime64("NaT", "D") if d is None else np.datetime64(FIRST, "D") + d for d in given]  # noqa: E731
    numbers = tuple(f"{number:04d}" for number in range(len(rows)))
    columns = (np.array(day(c), "datetime64[D]") for c in (issued, due, paid))
    issued, due, paid = columns
    return Ledger(numbers, customer, issued, due, np.array(amount), paid, np.zeros(len(rows), bool), known_until=FIRST + timedelta(last))


# Read on days 0, 30, 60, 90. Two ages: not late, 1-30 days late; bad after 30.
ROWS = [
    ("A", 0, 10, 1000, 35),  # day 0 not due, day 30 20 late, paid by 60
    ("A", 20, 80, 400, 85),  # seen on 30 and 60, not due; paid by 90
    ("B", 0, 25, 3000, None),  # not due, 5 late, 35 late: bad on day 60
    ("B", 40, 65, 700, None),  # seen on 60, not due; on 90 25 late
    ("C", 5, 10, 9000, 20),  # never seen
    ("C", 0, 30, 200, 30),  # day 0, paid by 30 (on the reading day itself)
]


def test_invoice_by_invoice_by_hand():
    rates = roll_rates(ledger(ROWS, 90), edges=(0, 30), bad_after=30, least=1)
    # from not due: A's 1000 to late; A's 400 stays once, is paid once; B's 3000 to late; B's 700 to late; C's 200 paid
    assert rates.fen.sum(0).tolist() == [[400, 4700, 600, 0], [0, 0, 1000, 3000]]
    assert rates.items.sum(0).tolist() == [[1, 3, 2, 0], [0, 0, 1, 1]]
    assert rates.shares().tolist() == [[4 / 57, 47 / 57, 6 / 57, 0], [0, 0, 0.25, 0.75]]
    assert rates.shares("count").tolist() == [[1 / 6, 0.5, 1 / 3, 0], [0, 0, 0.5, 0.5]]
    assert rates.fen[0].tolist() == [[400, 1000, 400, 0], [0, 0, 1000, 0]]  # A's own
    assert rates.present.tolist() == [0, 700] and rates.gone == 3000 and rates.recovered == 0
    ahead = rates.outlook()
    assert (ahead.collectable, ahead.bad) == (pytest.approx(175), pytest.approx(525))


def test_account_by_oldest_by_hand():
    rates = roll_rates(ledger(ROWS, 90), edges=(0, 30), bad_after=30, manner="total", least=1)
    # day 30: A's 400 is aged with its 1000, and on day 60, alone, is not due again. Day 60: B's 700 goes with the 3000, bad at once.
    assert rates.fen.sum(0).tolist() == [[0, 4000, 600, 0], [400, 0, 1000, 3000]]
    assert rates.present.tolist() == [0, 0] and rates.gone == 3700


def test_bad_and_paid_after_all():
    rows = [*ROWS[:2], ("B", 0, 25, 3000, 70), *ROWS[3:]]
    rates = roll_rates(ledger(rows, 90), edges=(0, 30), bad_after=30, least=1)
    assert rates.fen.sum(0)[1].tolist() == [0, 0, 1000, 3000] and rates.recovered == 1 and rates.gone == 0


def test_an_age_between_the_last_edge_and_bad():
    assert roll_rates(ledger(ROWS, 90), edges=(0, 10), bad_after=30, least=1).upto == (0, 10, 30)
    assert roll_rates(ledger(ROWS, 90), edges=(0, 30), bad_after=30, least=1).upto == (0, 30)


def test_old_invoices_of_which_only_the_open_ones_are_there():
    """The one left of last year's says nothing of how they were paid: out of the rates, but still in the book."""
    rows = [*ROWS, ("D", -40, 88, 5000, None)]
    options = {"edges": (0, 30), "bad_after": 30, "least": 1}
    base, all_in = roll_rates(ledger(ROWS, 90), **options), roll_rates(ledger(rows, 90), **options)
    some = roll_rates(ledger(rows, 90), **options, since=FIRST)
    assert (some.shares() == base.shares()).all() and all_in.shares()[0, 0] > base.shares()[0, 0]
    assert some.present.tolist() == all_in.present.tolist() == [0, 5700]


@st.composite
def ledgers(draw):
    last = draw(st.integers(30, 150))
    day = st.integers(0, last)
    row = st.tuples(st.sampled_from("ABC"), day, st.integers(0, 60), st.integers(1, 10**12), st.one_of(st.none(), st.integers(0, 120)))
    made = draw(st.lists(row, min_size=1, max_size=25))
    fixed = [(who, at, at + term, fen, at + wait if wait is not None and at + wait <= last else None) for who, at, term, fen, wait in made]
    return ledger([("Z", 0, 0, 1, None), *fixed], last)


def by_plain_loop(book, edges, every, bad_after, manner):
    """Flows in fen as a dict, reading after reading, invoice after invoice."""
    last = np.datetime64(book.as_of)
    rows = [
        (who, int((i - last).astype(int)), int((d - last).astype(int)), fen, None if np.isnat(p) else int((p - last).astype(int)))
        for who, i, d, fen, p in zip(book.customer, book.issued, book.due, book.amount.tolist(), book.paid, strict=True)
    ]
    ends, gone, flows, before = [*edges, *[bad_after] * (bad_after > edges[-1])], set(), {}, {}
    first = min(row[1] for row in rows)
    day = 0
    while day - every >= first:
        day -= every
    while day <= 0:
        there = [n for n, (_, i, _, _, p) in enumerate(rows) if i <= day and (p is None or p > day) and n not in gone]
        now = {}
        for n in there:
            group = [m for m in there if rows[m][0] == rows[n][0]] if manner == "total" else [n]
            late = max(day - rows[m][2] for m in group)
            now[n] = next((age for age, end in enumerate(ends) if late <= end), "bad")
        gone |= {n for n, age in now.items() if age == "bad"}
        for n, age in before.items():
            if age != "bad":
                key = (age, now.get(n, "paid"))
                flows[key] = flows.get(key, 0) + rows[n][3]
        before, day = now, day + every
    return flows, {age: sum(rows[n][3] for n, a in before.items() if a == age) for age in range(len(ends))}


@given(
    ledgers(), st.sampled_from(["partial", "total"]), st.integers(5, 40), st.sampled_from([(0,), (0, 30), (-5, 3, 50)]), st.integers(0, 60)
)
def test_against_a_plain_loop(book, manner, every, edges, more):
    bad_after = edges[-1] + more
    flows, present = by_plain_loop(book, edges, every, bad_after, manner)
    seen = [any(flow[0] == age for flow in flows) for age in present]
    if not all(seen):
        with pytest.raises(BadInput) as error:
            roll_rates(book, edges, every, bad_after, manner, least=1)
        assert len(error.value.problems) == seen.count(False)
        return
    rates, ages = roll_rates(book, edges, every, bad_after, manner, least=1), len(present)
    names = [*range(ages), "paid", "bad"]
    assert rates.fen.sum(0).tolist() == [[flows.get((i, j), 0) for j in names] for i in range(ages)]
    assert rates.present.tolist() == list(present.values())
    assert rates.present.sum() + rates.gone == book.amount[book.open].sum()
    np.testing.assert_allclose(rates.shares().sum(1), 1)
    assert (rates.errors() >= 0).all()


def clustered(customers=150, seed=3):
    """Customers who pay alike: each has its own pace, so its invoices are no separate news."""
    luck, rows = np.random.default_rng(seed), []
    for number in range(customers):
        pace, size = luck.gamma(2, 30), luck.lognormal(10, 1)
        for _ in range(luck.integers(1, 40)):
            issued = int(luck.integers(0, 330))
            paid = issued + int(luck.exponential(pace))
            rows.append((f"C{number:04d}", issued, issued + 30, int(size * luck.uniform(0.5, 1.5)) + 1, paid if paid <= 360 else None))
    return ledger(rows, 360)


def test_errors_are_those_of_a_bootstrap_of_customers():
    luck, rates = np.random.default_rng(1), roll_rates(clustered())
    customers = len(rates.fen)
    shares, bad = [], []
    for _ in range(600):
        drawn = replace(rates, fen=rates.fen[luck.integers(0, customers, customers)])
        shares.append(drawn.shares())
        bad.append(drawn.outlook().bad)
    np.testing.assert_allclose(rates.errors(), np.std(shares, axis=0), rtol=0.25, atol=0.004)
    assert rates.outlook().error == pytest.approx(np.std(bad), rel=0.15)
    # and far from what invoices taken one by one would pretend
    p, seen = rates.shares("count"), rates.items.sum((0, 2))
    assert rates.errors("count")[0, -2] > 1.5 * np.sqrt(p[0, -2] * (1 - p[0, -2]) / seen[0])


def test_the_error_of_two_customers_by_hand():
    """1 yuan paid, 3 yuan bad: rates 1/4, 3/4. Each customer strays by 75 fen: √(2/1 × 2 × 75²) / 400."""
    rates = roll_rates(ledger([("A", 0, 0, 100, 9), ("B", 0, 0, 300, None)], 30), edges=(0,), bad_after=0, least=1)
    assert rates.shares().tolist() == [[0, 0.25, 0.75]] and rates.errors().tolist() == [[0, 150 / 400, 150 / 400]]


def test_one_customer_has_rates_but_no_error():
    rows = [("A", *row[1:]) for row in ROWS]
    rates = roll_rates(ledger(rows, 90), edges=(0, 30), bad_after=30, least=1)
    assert np.isnan(rates.errors()).all() and rates.shares().sum() == pytest.approx(2)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"edges": (0, 30, 30)}, "that is no ageing"),
        ({"edges": ()}, "that is no ageing"),
        ({"edges": (0, 1.5)}, "that is no ageing"),
        ({"bad_after": 89}, "that is no ageing"),
        ({"bad_after": None}, "that is no ageing"),
        ({"every": 0}, "are 0"),
        ({"least": 0.5}, "are 0.5"),
        ({"manner": "whole"}, "called whole"),
        ({}, "Of the age that ends 90 days past due only 0 invoices"),
        ({"edges": (0, 30), "bad_after": 30, "every": 91}, "only 0 invoices"),
    ],
)
def test_wrong_and_thin_input_is_refused(options, told, language):
    with pytest.raises(BadInput) as error:
        roll_rates(ledger(ROWS, 90), **options)
    assert told in str(error.value)
    assert all("{" not in words.explain(problem) for problem in error.value.problems)


def test_a_book_that_never_ends_has_rates_but_no_outlook():
    rates = roll_rates(ledger([("A", 0, 90, 100, None), ("B", 0, 90, 100, None)], 60), edges=(0,), bad_after=0, least=1)
    assert rates.shares().tolist() == [[1, 0, 0]]
    with pytest.raises(BadInput, match="never ends"):
        rates.outlook()


def test_an_empty_ledger_is_refused():
    with pytest.raises(BadInput, match="holds no invoices"):
        roll_rates(ledger(ROWS, 90).picked(np.zeros(len(ROWS), bool)))
