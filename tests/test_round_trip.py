"""Books of the model itself: estimates near the truth, intervals that hold it. `python tests/round_trip.py 50` is the full run."""

import numpy as np
import pytest
from round_trip import ACROSS, CUSTOMERS, book, plain, table, trip, truth

from arsim.study.cells import last_open
from arsim.study.estimate import gaps, invoices
from arsim.study.facts import Invoices, taken
from arsim.study.intervals import figures, payer_intervals
from arsim.study.readiness import fit, sampled
from arsim.study.traits import run_days


@pytest.fixture(scope="module")
def trips():
    return [trip(seed) for seed in (1, 2, 3, 4)]


def test_intervals_hold_the_truth(trips):
    rows = table(trips)
    # Of 48 intervals of 90 % about 43 hold; 36 or fewer would come less than one time in a hundred.
    assert sum(row[3] for row in rows) / len(rows) > 0.76
    assert 0.8 < np.mean([inside for _, inside, _ in trips]) < 0.98


def test_estimates_are_near(trips):
    for key, true, mean, _, _ in table(trips):
        assert mean == pytest.approx(true, rel=0.2), key


def test_intervals_are_worth_having(trips):
    for values, _, _ in trips:
        for key, (value, low, high) in values.items():
            assert low < value < high and high - low < 1.6 * abs(value), key


def test_intervals_are_as_wide_as_the_luck(trips):
    """Half as wide, or twice, would not pass: widths hardly differ from book to book."""
    for key, across in ACROSS.items():
        width = np.mean([(high - low) / 2 / 1.645 for _, low, high in (one[0][key] for one in trips)])
        assert 0.7 < width / across < 1.5, key


def test_nothing_leans():
    """An estimate off by half of its standard deviation would not pass; the luck of these books is worth up to 0.2 of it."""
    found = [plain(seed) for seed in range(1, 33)]
    for key, across in ACROSS.items():
        assert abs(np.mean([told[key] - true[key] for told, true in found])) < 0.25 * across, key


def test_the_correction_is_small(trips):
    """It is a small difference times 19: rounds of EM too few would be blown up by it."""
    without = [plain(seed)[0] for seed in (1, 2, 3, 4)]
    for key, across in ACROSS.items():
        moved = [one[0][key][0] - other[key] for one, other in zip(trips, without, strict=True)]
        assert abs(np.mean(moved)) < 0.35 * across, key


def test_run_days_are_found_again():
    ledger, _, made = book(5)
    seen = invoices(ledger, {name: place for place, name in enumerate(made.ids)})
    assert (run_days(seen, ledger.issued.min().item().weekday(), CUSTOMERS) == made.run_days).mean() > 0.95


def test_runs_and_moods_are_told_apart_from_pace():
    """Read as if everyone could pay every day, weekly payers look slow on the days they cannot pay; with their runs known they do not."""
    ledger, payer, made = book(6)
    seen = invoices(ledger, {name: place for place, name in enumerate(made.ids)})
    gap, _ = gaps(seen, made.calendar, ledger.issued.min().item(), made.run_days)
    true = truth()["ready_0_2"]
    from arsim.model.population import ORIGIN

    told, untold = (fit(seen, CUSTOMERS, which).base[ORIGIN : ORIGIN + 3].sum() * payer.mean() ** -1 for which in (gap, None))
    assert abs(told - true) < abs(untold - true)


def test_last_run():
    """Monday to Friday from a Monday on: Monday's gap is three days, the others' one; for a Wednesday run it is seven."""
    rest = np.array([day % 7 >= 5 for day in range(21)])
    gap, place = last_open(rest, 0, np.array([0b11111, 0b00100, 0b11111]))
    daily, weekly = gap[place[0]], gap[place[1]]
    assert place[0] == place[2]
    assert daily[7:12].tolist() == [3, 1, 1, 1, 1] and weekly[9] == 7 and weekly[16] == 7


def test_too_thin_is_said():
    ledger, _, made = book(7)
    seen = invoices(ledger, {name: place for place, name in enumerate(made.ids)})
    few = taken(seen, np.flatnonzero(seen.customer < 5))
    few = Invoices(few.customer, few.issued, few.due, few.paid, few.amount, np.zeros(len(few.amount), bool), few.last)
    told = figures(few, 5, None, fit(few, 5), 250)
    for key in ("frailty", "orders", "dispute_factor", "dispute_rate"):
        assert told[key].default and np.isnan(told[key].low)


def test_a_sample_takes_whole_customers():
    ledger, _, made = book(8)
    seen = invoices(ledger, {name: place for place, name in enumerate(made.ids)})
    kept = sampled(seen, CUSTOMERS, len(seen.amount) // 3)
    inside, all_of = np.bincount(seen.customer[kept], minlength=CUSTOMERS), np.bincount(seen.customer, minlength=CUSTOMERS)
    assert ((inside == 0) | (inside == all_of)).all() and len(seen.amount) / 4 < len(kept) < len(seen.amount) / 2


def test_payer_intervals_narrow_with_what_is_known():
    ledger, _, made = book(9)
    seen = invoices(ledger, {name: place for place, name in enumerate(made.ids)})
    low, high = payer_intervals(fit(seen, CUSTOMERS + 1))  # the last one has no invoice
    assert (low < high).all() and (high - low)[-1] > np.median((high - low)[:-1])
