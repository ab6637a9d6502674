import numpy as np
import pytest
from hypothesis import given
from made_journals import CLEARS, journals, line, made, steady

from arsim.engine.journal import Kind
from arsim.study.book import BUCKETS, EDGES, OPEN, ageing, balance, book, current, overdue, settled

TWO = [
    line(0, Kind.OPENING, 1, 7, 500, -40, -10),
    line(1, Kind.INVOICE, 0, 9, 300, 1, 3),
    line(4, Kind.PAYMENT, 0, 9, 300, minute=1_020),
    line(5, Kind.WRITE_OFF, 1, 7, 500),
    line(6, Kind.INVOICE, 0, 11, 200, 6, 36),
]


# One of 1,000: a tenth credited, two fifths paid, of the rest 200 written off; 300 stay open.
STEPS = [
    line(0, Kind.INVOICE, 0, 4, 1_000, 0, 3),
    line(2, Kind.CREDIT_NOTE, 0, 4, 100, 1),
    line(4, Kind.PAYMENT, 0, 4, 392, minute=1_020), line(4, Kind.DISCOUNT, 0, 4, 8, minute=1_020),
    line(6, Kind.WRITE_OFF, 0, 4, 200),
]  # fmt: skip


def by_invoice(seen):
    """The book's rows in order of invoice: pieces stand in the order of the steps that cleared them."""
    order = np.lexsort((seen.close_day, seen.number))
    return {name: column[order].tolist() for name, column in vars(seen).items()}


def test_columns():
    seen = by_invoice(book(made(TWO, 8)))
    assert seen["number"] == [7, 9, 11] and seen["customer"] == [1, 0, 0] and seen["amount"] == [500, 300, 200]
    assert seen["issue_day"] == [-40, 1, 6] and seen["due_day"] == [-10, 3, 36]
    assert seen["entry_day"] == [-40, 1, 6] and seen["close_day"] == [5, 4, OPEN]
    assert seen["paid"] == [False, True, False] and seen["written_off"] == [True, False, False]
    assert seen["opening"] == [True, False, False]


def test_an_invoice_cleared_in_steps_is_told_in_pieces():
    seen = by_invoice(book(made(STEPS, 8)))
    assert seen["number"] == [4] * 5 and seen["customer"] == [0] * 5 and seen["due_day"] == [3] * 5 and not any(seen["opening"])
    assert list(zip(seen["close_day"], seen["amount"], seen["paid"], seen["written_off"], strict=True)) == [
        (2, 100, False, False), (4, 392, True, False), (4, 8, False, False), (6, 200, False, True), (OPEN, 300, False, False),
    ]  # fmt: skip
    seen = book(made(STEPS, 8))
    assert balance(seen, 8).tolist() == [0, 1_000, 1_000, 900, 900, 500, 500, 300, 300]
    assert overdue(seen, 8).tolist() == [0, 0, 0, 0, 0, 500, 500, 300, 300]
    assert ageing(seen, 5).tolist() == [0, 500, 0, 0, 0]


def test_settled_is_the_day_of_the_last_step_that_cleared_it_for_good():
    paid = [line(0, Kind.INVOICE, 0, 0, 100, 0, 3), line(2, Kind.PAYMENT, 0, 0, 60), line(5, Kind.LET_GO, 0, 0, 40)]
    lost = [line(0, Kind.INVOICE, 0, 2, 100, 0, 3), line(2, Kind.PAYMENT, 0, 2, 60), line(5, Kind.WRITE_OFF, 0, 2, 40)]
    open_ = [line(0, Kind.INVOICE, 0, 3, 100, 0, 3), line(2, Kind.PAYMENT, 0, 3, 60)]
    assert settled(book(made(paid + lost + open_, 8)), 5).tolist() == [5, -1, -1, -1, -1]  # 1 and 4 never entered
    assert settled(book(made([], 3)), 2).tolist() == [-1, -1]


@pytest.mark.parametrize("amount", [1, 10**12])
def test_more_than_it_was_for_cannot_be_cleared(amount):
    with pytest.raises(ValueError, match="more was cleared of invoice 7 than it was for"):
        book(made([*TWO, line(7, Kind.PAYMENT, 1, 7, amount)], 8))


def test_day_by_day():
    seen = book(made(TWO, 8))
    assert balance(seen, 8).tolist() == [500, 500, 800, 800, 800, 500, 0, 200, 200]  # entry 0 is the book before day 0
    assert overdue(seen, 8).tolist() == [500, 500, 500, 500, 500, 500, 0, 0, 0]  # due on day 3, paid on day 4: never late at an evening
    assert (current(seen, 8) == balance(seen, 8) - overdue(seen, 8)).all()


@pytest.mark.parametrize(("late", "bucket"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (999, 4)])
def test_bucket_edges(late, bucket):
    aged = ageing(book(made([line(0, Kind.OPENING, 0, 0, 70, -2_000, 10 - late)], 20)), 10)
    assert aged.tolist() == [70 if place == bucket else 0 for place in range(5)]
    assert len(BUCKETS) == len(EDGES) + 1


def test_other_edges():
    assert ageing(book(made(TWO, 8)), 3, edges=(0, 15)).tolist() == [300, 500, 0]


def test_due_before_it_came_is_overdue_at_once():
    seen = book(made([line(2, Kind.INVOICE, 0, 0, 10, 2, 0)], 5))
    assert overdue(seen, 5).tolist() == [0, 0, 0, 10, 10, 10]


def test_an_open_item_issued_on_the_first_day_is_there_from_the_start():
    seen = book(made([line(0, Kind.OPENING, 0, 0, 10, 0, 30)], 2))
    assert balance(seen, 2).tolist() == [10, 10, 10] and ageing(seen, -1).sum() == 10


def test_paid_on_the_day_of_issue_never_stands():
    seen = book(made([line(2, Kind.INVOICE, 0, 0, 10, 2, 0), line(2, Kind.PAYMENT, 0, 0, 10, minute=9)], 5))
    assert not balance(seen, 5).any() and not overdue(seen, 5).any()


@pytest.mark.parametrize("shift", [0, 10**6, 2**31 - 20])
def test_numbers_may_be_sparse(shift):
    lines = [(*row[:3], row[3] + shift, *row[4:]) for row in TWO]
    assert by_invoice(book(made(lines, 8)))["close_day"] == [5, 4, OPEN]


@pytest.mark.parametrize("number", [-1, 8, 10, 10**6])
@pytest.mark.parametrize("shift", [0, 10**6])
def test_payment_of_nothing_is_refused(number, shift):
    lines = [(*row[:3], row[3] + shift, *row[4:]) for row in TWO]
    with pytest.raises(ValueError, match=f"invoice {number} was cleared but never entered"):
        book(made([*lines, line(7, Kind.PAYMENT, 0, number, 5)], 8))
    with pytest.raises(ValueError, match="never entered"):
        book(made([line(7, Kind.PAYMENT, 0, number, 5)], 8))


def test_empty():
    seen = book(made([], 3))
    assert balance(seen, 3).tolist() == overdue(seen, 3).tolist() == [0] * 4 and ageing(seen, 2).tolist() == [0] * 5


def test_large_sums_are_exact():
    huge = 10**15  # 10 trillion CNY
    lines = [line(0, Kind.INVOICE, 0, number, huge + number, 0, 1) for number in range(8)]
    assert balance(book(made(lines, 3)), 3)[-1] == sum(huge + number for number in range(8))


@given(journals())
def test_to_the_fen_against_a_plain_loop(journal):
    """AR = sum of what is open; overdue and ageing as their definitions say; ageing adds up to AR."""
    seen = book(journal)
    invoices = list(zip(*(column.tolist() for column in (seen.amount, seen.entry_day, seen.due_day, seen.close_day)), strict=True))
    standing, late = balance(seen, journal.days), overdue(seen, journal.days)
    for day in range(-1, journal.days):
        open_ = [(amount, day - due) for amount, entry, due, close in invoices if entry <= day < close]
        assert standing[day + 1] == sum(amount for amount, _ in open_)
        assert late[day + 1] == sum(amount for amount, age in open_ if age > 0)
        aged = ageing(seen, day)
        assert aged.sum() == standing[day + 1] and aged[1:].sum() == late[day + 1]
        assert aged[4] == sum(amount for amount, age in open_ if age > 90)


@given(journals())
def test_invoiced_is_cleared_or_open(journal):
    """To the fen: each invoice's pieces add up to it, each step is a piece, and what no step took is open; in total on any day."""
    seen, rows = book(journal), journal.rows
    assert (seen.amount > 0).all() and not (seen.paid & seen.written_off).any()
    assert not ((seen.paid | seen.written_off) & (seen.close_day == OPEN)).any()
    entered = rows[np.isin(rows["kind"], [Kind.OPENING, Kind.INVOICE])]
    pieces = {int(number): 0 for number in entered["invoice"]}
    for number, amount in zip(seen.number.tolist(), seen.amount.tolist(), strict=True):
        pieces[number] += amount
    assert pieces == {int(row["invoice"]): int(row["amount"]) for row in entered}
    steps = rows[np.isin(rows["kind"], CLEARS)]
    assert seen.amount[seen.paid].sum() == steps["amount"][steps["kind"] == Kind.PAYMENT].sum()
    assert seen.amount[seen.written_off].sum() == steps["amount"][steps["kind"] == Kind.WRITE_OFF].sum()
    total, day = journal.days + journal.run_off, steps["time"] // 1_440
    assert balance(seen, total)[-1] == entered["amount"].sum() - steps["amount"].sum()
    assert balance(seen, total)[journal.days] == entered["amount"].sum() - steps["amount"][day < journal.days].sum()


@given(journals())
def test_settled_against_a_plain_loop(journal):
    seen, size = book(journal), 30
    found = settled(seen, size)
    for number in range(size):
        days, gone = seen.close_day[seen.number == number].tolist(), seen.written_off[seen.number == number].any()
        assert found[number] == (-1 if not days or gone or OPEN in days else max(days))


@given(journals())
def test_littles_law(journal):
    """Fen-days on the book = sum of amount × days on it: the law without any steady state."""
    seen, days = book(journal), journal.days
    stay = np.minimum(seen.close_day, days) - np.maximum(seen.entry_day, 0)
    assert balance(seen, days)[1:].sum() == (seen.amount * stay).sum()


@pytest.mark.parametrize("k", [1, 17, 60])
def test_mean_age_of_what_is_open_is_half_the_stay(k):
    """k / 2 in continuous time: invoices of the day itself are on average half a day old in the evening."""
    seen, day = book(steady(k, 30)), 250
    standing = (seen.entry_day <= day) & (day < seen.close_day)
    assert (day - seen.issue_day[standing]).mean() + 0.5 == k / 2
