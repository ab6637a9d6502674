"""A book that moves by a known chain, written as a ledger and read back: its roll rates must give the chain's exact answer.

The published chains (ages, returns to a younger age, paid, bad) are played by accounts. The tolerance is the chain's own luck: the rates
are drawn afresh many times from the true rows, each age as often as it was seen, and what this does to N, B and the money is the yardstick.
"""

from datetime import date, timedelta

import numpy as np
import pytest
from test_ageing_oracles import CASES

from arsim.domain.ledger import Ledger, write_ledger
from arsim.domain.reading import read_ledger
from arsim.study.roll_rates import roll_rates

FIRST = np.datetime64("2020-01-31")
MONTH = 30
LARGE = 10_000_000  # fen; the companions of 1 fen carry an age, not money


def walked(p, start, months, luck):
    """State of each item at each reading, (items, months + 1); ends are kept."""
    ages, reach = len(p), np.cumsum(p, axis=1)
    path = np.empty((len(start), months + 1), int)
    path[:, 0] = start
    for month in range(months):
        here = path[:, month]
        going = here < ages
        draw = luck.random(len(start))[:, None]
        then = np.minimum((draw > reach[np.minimum(here, ages - 1)]).sum(1), p.shape[1] - 1)
        path[:, month + 1] = np.where(going, then, here)
    return path


def dated(rows, months):
    """Columns (customer, issued, due, amount, paid or nothing) in days from the first reading → a ledger drawn up at the last one."""
    customer, issued, due, amount, paid = (np.concatenate(column) for column in zip(*rows, strict=True))
    day = lambda column: FIRST + column.astype("timedelta64[D]")  # noqa: E731
    return Ledger(
        invoice=tuple(f"{number:07d}" for number in range(len(issued))),
        customer=tuple(f"C{number:06d}" for number in customer.tolist()),
        issued=day(issued),
        due=day(due),
        amount=amount,
        paid=np.where(paid < 0, np.datetime64("NaT", "D"), day(paid)),
        disputed=np.zeros(len(issued), bool),
        known_until=FIRST.item() + timedelta(MONTH * months),
    )


def accounts(path, ages, luck):
    """Accounts aged by their oldest invoice: one large invoice never due, and at each reading in an age above 0 a small one of that age.

    The small one is paid before the next reading and another takes its place; if the account goes bad, it is left and grows too old.
    """
    paid, months = ages, path.shape[1] - 1
    number = np.arange(len(path))
    day = lambda: luck.integers(1, MONTH + 1, len(path))  # noqa: E731
    ended = np.argmax(path == paid, axis=1)  # 0: never, for nobody starts paid
    zero = 0 * number
    rows = [(number, zero, zero + 36_000, zero + LARGE, np.where(ended, (ended - 1) * MONTH + day(), -1))]
    for month in range(months + 1):
        state = path[:, month]
        old = (state > 0) & (state < ages)
        due = month * MONTH - (state - 1) * MONTH - day()
        then = path[:, min(month + 1, months)]
        left = (then > ages) | (month == months)
        rows.append([column[old] for column in (number, due, due, zero + 1, np.where(left, -1, month * MONTH + day()))])
    return dated(rows, months)


def spread(p, seen, balances, luck, draws=400):
    """Standard deviations of N, B and the money when each row is estimated from as many moves as were seen."""
    ages, found = len(p), []
    for _ in range(draws):
        drawn = np.array([luck.multinomial(n, row) / n for n, row in zip(seen, p, strict=True)])
        n = np.linalg.inv(np.eye(ages) - drawn[:, :ages])
        b = n @ drawn[:, ages:]
        found.append((n, b, np.array(balances) @ b))
    return [np.std(what, axis=0) for what in zip(*found, strict=True)]


def close(ours, exact, sd):
    """Within four standard deviations, and a billionth part for the companions."""
    return np.all(np.abs(ours - exact) <= 4 * sd + 2e-6 * np.abs(exact) + 1e-6)


@pytest.mark.parametrize("name", CASES)
def test_the_published_chains_from_a_ledger(name):
    case, luck = CASES[name], np.random.default_rng(20_250_101)
    p, ages, months = np.hstack([case.q, case.r]), len(case.q), 36
    path = walked(p, luck.choice(ages, 60_000), months, luck)
    assert (path[:, -1] >= ages).mean() > 0.999  # followed to the end
    edges = tuple(range(0, MONTH * ages, MONTH))
    rates = roll_rates(accounts(path, ages, luck), edges=edges, every=MONTH, bad_after=edges[-1], manner="total")
    seen = np.array([(path[:, :-1] == age).sum() for age in range(ages)])
    sd_n, sd_b, sd_money = spread(p, seen, case.balances, luck)
    chain, exact_n = rates.chain(), np.linalg.inv(np.eye(ages) - np.array(case.q))
    exact_b = exact_n @ case.r
    money = np.array(case.balances) @ exact_b
    assert close(rates.shares(), p, np.sqrt(p * (1 - p) / seen[:, None]))
    assert close(chain.fundamental, exact_n, sd_n) and close(chain.absorption, exact_b, sd_b)
    assert close(chain.amounts(case.balances), money, sd_money)
    # a sample large enough for one per cent: of what is paid, and of the book for both
    assert chain.amounts(case.balances)[0] == pytest.approx(money[0], rel=0.01)
    assert chain.amounts(case.balances) == pytest.approx(money, abs=0.01 * sum(case.balances))
    np.testing.assert_allclose(chain.fundamental, exact_n, atol=0.02)
    # its own standard errors are those of the draws: accounts are independent, one large invoice each
    np.testing.assert_allclose(rates.errors(), np.sqrt(p * (1 - p) / seen[:, None]), rtol=0.05, atol=1e-5)


# Each invoice by its own age: not due (and staying so by a longer term), 1-30, 31-60, 61-90 days late, then bad. Nobody grows younger.
Q = np.array([[0.3, 0.25, 0, 0], [0, 0, 0.4, 0], [0, 0, 0, 0.5], [0, 0, 0, 0]])
R = np.array([[0.45, 0], [0.6, 0], [0.5, 0], [0.3, 0.7]])
# by hand: bad of 61-90 is .7, of 31-60 .5 × .7, of 1-30 .4 × .35, of not due .25 / .7 × .14
BAD = [0.05, 0.14, 0.35, 0.7]


def invoices(number, months, luck):
    """Issued on reading days, one after another; dates drawn so that every reading finds the age of the path."""
    path = walked(np.hstack([Q, R]), np.zeros(number, int), months, luck)
    begun = luck.integers(0, months, number) * MONTH
    day = lambda: luck.integers(1, MONTH + 1, number)  # noqa: E731
    due = ((path == 0).sum(1) - 1) * MONTH + day() - 1
    paid = np.where((path == 4).any(1), (np.argmax(path == 4, axis=1) - 1) * MONTH + day() + begun, -1)
    paid[paid > months * MONTH] = -1  # after the ledger was drawn up
    amount = luck.integers(1, 21, number) * 50_000
    return dated([(np.arange(number) % 3000, begun, begun + due, amount, paid)], months), path, begun // MONTH


def test_invoices_by_their_own_age_from_a_file(tmp_path):
    luck, months = np.random.default_rng(7), 24
    made, path, begun = invoices(100_000, months, luck)
    write_ledger(made, tmp_path / "ledger.csv")
    ledger = read_ledger(tmp_path / "ledger.csv", as_of=date(2020, 1, 31) + timedelta(MONTH * months))
    rates = roll_rates(ledger, edges=(0, 30, 60, 90), every=MONTH, bad_after=90)
    p = np.hstack([Q, R])
    steps = np.arange(months)[None, :] < (months - begun)[:, None]
    seen = np.array([((path[:, :-1] == age) & steps).sum() for age in range(4)])
    assert rates.items.sum((0, 2)).tolist() == seen.tolist()
    sd = np.sqrt(p * (1 - p) / seen[:, None])
    assert close(rates.shares("count"), p, sd) and close(rates.shares(), p, rates.errors())
    exact_n = np.linalg.inv(np.eye(4) - Q)
    exact_b = exact_n @ R
    assert exact_b[:, 1] == pytest.approx(BAD)
    sd_n, sd_b, _ = spread(p, seen, [1] * 4, luck)
    by_count = rates.chain("count")
    assert close(by_count.fundamental, exact_n, sd_n) and close(by_count.absorption, exact_b, sd_b)
    assert by_count.absorption == pytest.approx(exact_b, abs=0.01) and by_count.fundamental == pytest.approx(exact_n, rel=0.02, abs=1e-9)


def test_the_present_book_and_what_becomes_of_it():
    """Expected collectable and bad of what is open on the last day: true chain × true ageing, within the error it states."""
    luck, months = np.random.default_rng(11), 24
    ledger, path, begun = invoices(60_000, months, luck)
    rates = roll_rates(ledger, edges=(0, 30, 60, 90), every=MONTH, bad_after=90)
    state = path[np.arange(len(path)), months - begun]
    known = dict(zip((f"{number:07d}" for number in range(len(path))), state.tolist(), strict=True))
    state = np.array([known[invoice] for invoice in ledger.invoice])
    present = [int(ledger.amount[state == age].sum()) for age in range(4)]
    assert rates.present.tolist() == present and rates.gone == ledger.amount[state == 5].sum() and rates.recovered == 0
    assert sum(present) + rates.gone == ledger.amount[ledger.open].sum()
    ahead, bad = rates.outlook(), float(np.dot(present, BAD))
    assert ahead.bad + ahead.collectable == pytest.approx(sum(present))
    assert abs(ahead.bad - bad) <= 4 * ahead.error and abs(ahead.collectable - (sum(present) - bad)) <= 0.01 * sum(present)
