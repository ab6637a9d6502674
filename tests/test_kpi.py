from dataclasses import FrozenInstanceError, replace
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from made_journals import PRICES, journals, line, made, steady

from arsim.engine.journal import Kind
from arsim.study import kpi
from arsim.study.outcome import OUTCOMES, outcomes
from arsim.study.series import weekly
from arsim.study.window import window

# Two customers, days 10 … 39 counted. Worked by hand below.
HAND = [
    line(0, Kind.OPENING, 0, 0, 10_000, -20, 10),
    line(0, Kind.OPENING, 1, 5, 3_000, -60, -30),
    line(2, Kind.ORDER, 1, 1, 20_000), line(2, Kind.INVOICE, 1, 1, 20_000, 2, 32),
    line(12, Kind.ORDER, 0, 2, 40_000), line(12, Kind.INVOICE, 0, 2, 40_000, 12, 27),
    line(15, Kind.REACHED, 0, -1, 100, 3, 12), line(15, Kind.NOTICE, 0, 0, 10_000, 3, 0),
    line(15, Kind.ORDER, 1, 3, 5_000), line(15, Kind.HELD, 1, 3, 5_000, 1),
    line(20, Kind.PAYMENT, 0, 0, 10_000),
    line(25, Kind.MISSED, 1, -1, 50, 3, 4),
    line(28, Kind.LOST, 1, 3, 5_000),
    line(30, Kind.ORDER, 0, 4, 8_000), line(30, Kind.PREPAID, 0, 4, 8_000),
    line(35, Kind.WRITE_OFF, 1, 5, 3_000),
    line(36, Kind.ORDER, 1, 6, 16_000), line(36, Kind.INVOICE, 1, 6, 16_000, 36, 66),
    line(37, Kind.PAYMENT, 0, 2, 40_000),
]  # fmt: skip
JOURNAL = made(HAND, days=40, warmup=10)

# Begin: 10,000 + 20,000 not due, 3,000 due 39 days ago. Sold 40,000 + 16,000. Paid 10,000 + 40,000. Written off 3,000.
# End: invoice 1, 20,000, 7 days late; invoice 6, 16,000, not due. 33 + 56 - 50 - 3 = 36.
BY_HAND = {
    "cash_collected": 10_000 + 40_000 + 8_000,
    "prepaid": 8_000,
    "credit_sales": 56_000,
    "collection_cost": 100 + 50 + 30 * 100,  # one collector at 3,000 per 30 days
    "cost_to_collect": 3_150 / 58_000,
    "dso": 36 / 56 * 30,
    "dso_countback": 36 / 56 * 30,  # less than the last 30 days' sales, so the same here
    "bpdso": 16 / 56 * 30,
    "add": 20 / 56 * 30,
    "days_to_pay": (10_000 * 40 + 40_000 * 25) / 50_000,
    "cei": 100 * (33 + 56 - 36) / (33 + 56 - 16),
    # fen-days: invoice 0 late on days 11-19, 5 on 10-34, 2 on 28-36, 1 on 33-39; open on 10-19, 10-34, 12-36, 10-39; invoice 6 on 36-39
    "overdue_share": (9 * 10 + 25 * 3 + 9 * 40 + 7 * 20) / (10 * 10 + 25 * 3 + 25 * 40 + 30 * 20 + 4 * 16),
    "overdue_share_end": 20 / 36,
    "over_90_share": 0,
    "ar_end": 36_000,
    "bad_debt_rate": 3 / 56,
    "expected_loss": 16_000 * 0.01 + 20_000 * 0.1,
    # one half-life of 25 days: the call's 8 points have become 4, the held order's 4 have become 2; weights are orders of the window
    "goodwill": ((40 + 8) * 96 + (5 + 16) * 98) / 69,
    "held": 1,
    "lost_sales": 5_000,
    "contacts": 2,
    "utilisation": 16 / 9_600,
    # no discounting: cash - goods - collecting + closing book - opening book
    "net_value": 58_000 - 64_000 * 0.75 - 3_150 + (36_000 - 2_160) - (30_000 * 0.99 + 3_000 * 0.8),
}


def test_every_outcome_by_hand():
    assert outcomes(JOURNAL, PRICES) == pytest.approx(BY_HAND, rel=1e-12)
    assert list(outcomes(JOURNAL, PRICES)) == [outcome.key for outcome in OUTCOMES]


def test_net_value_discounts_each_fen_to_the_first_day():
    flows = [
        (2, -40_000 * 0.75), (5, -100), (10, 10_000), (15, -50), (20, 8_000 * 0.25), (26, -16_000 * 0.75), (27, 40_000),
        (30, 36_000 - 2_160), (0, -(30_000 * 0.99 + 3_000 * 0.8)), *((day, -100) for day in range(30)),
    ]  # fmt: skip
    worked = sum(amount * 1.1 ** (-day / 365) for day, amount in flows)
    assert outcomes(JOURNAL, replace(PRICES, annual_rate=0.1))["net_value"] == pytest.approx(worked, rel=1e-12)


def test_weekly_by_hand():
    weeks = weekly(JOURNAL, PRICES)
    assert weeks["day"].tolist() == [16, 23, 30, 37]  # 30 days: four whole weeks, the last two days left out
    assert weeks["cash"].tolist() == [0, 10_000, 8_000, 40_000]
    assert weeks["ar"].tolist() == [73_000, 63_000, 63_000, 36_000]
    assert weeks["overdue_share"].tolist() == [13 / 73, 3 / 63, 43 / 63, 20 / 36]
    assert weeks["cost"] == pytest.approx([800, 1_500, 2_250, 2_950])


@pytest.mark.parametrize("k", [1, 20, 30, 45, 100])
def test_everyone_pays_on_day_k(k):
    """DSO = k by every method, Little's law, and CEI = 100 if k is within the term."""
    seen = outcomes(steady(k, 30), PRICES)
    assert seen["dso"] == pytest.approx(k) and seen["dso_countback"] == pytest.approx(k) and seen["days_to_pay"] == k
    assert seen["ar_end"] == 1_000 * k  # sales per day × days to pay
    if k <= 30:
        assert seen["cei"] == 100 and seen["overdue_share"] == 0 and seen["add"] == 0
    else:
        assert seen["cei"] < 100 and seen["bpdso"] == pytest.approx(31)  # in the evening of the due date it is not yet late
        assert seen["overdue_share"] == pytest.approx((k - 31) / k)


def test_slow_payment_costs_exactly_its_carrying_cost():
    """Same sales, same cash a day; the slower world only has more money out. Without the opening book it would look *richer*."""
    prices = replace(PRICES, annual_rate=0.08, provision=(0, 0, 0, 0, 0))
    fast, slow = (outcomes(steady(k, 30), prices) for k in (20, 50))
    assert fast["net_value"] - slow["net_value"] == pytest.approx(30 * 1_000 * (1 - 1.08 ** (-180 / 365)))


def test_nobody_pays():
    seen = outcomes(steady(10**6, 30, days=300, warmup=0), PRICES)
    assert seen["cash_collected"] == 0 and seen["cei"] == 0 and seen["dso"] == pytest.approx(300) == seen["dso_countback"]
    assert isnan(seen["cost_to_collect"]) and isnan(seen["days_to_pay"])


def test_countback_looks_past_the_window_into_the_warmup():
    assert outcomes(steady(100, 30, days=300, warmup=290), PRICES)["dso_countback"] == pytest.approx(100)


def test_days_to_pay_takes_payments_of_the_window_only():
    early = [line(1, Kind.INVOICE, 0, 90, 10**6, 1, 3), line(9, Kind.PAYMENT, 0, 90, 10**6)]
    assert outcomes(made(early + HAND, days=40, warmup=10), PRICES)["days_to_pay"] == BY_HAND["days_to_pay"]


def test_countback_by_hand_over_uneven_periods():
    """70 days: periods of 30, 30 and 10 from the end backwards."""
    sold = [(65, 60), (40, 40), (39, 40), (5, 900)]
    lines = [line(day, Kind.INVOICE, 0, day, amount, day, 99) for day, amount in sold]
    lines += [line(69, Kind.PAYMENT, 0, 5, 900), line(69, Kind.PAYMENT, 0, 39, 40), line(50, Kind.INVOICE, 0, 50, 20, 50, 99)]
    # open 60 + 40 + 20 = 120; days 40-69 sold 60 + 40 + 20 = 120: exactly the last period
    assert outcomes(made(lines, 70, warmup=60), PRICES)["dso_countback"] == 30
    lines.append(line(12, Kind.INVOICE, 0, 12, 20, 12, 99))  # 140 open; days 10-39 sold 40 + 20: a third of 30 days more
    assert outcomes(made(lines, 70, warmup=60), PRICES)["dso_countback"] == pytest.approx(40)


def test_empty_journal_knows_nothing_and_warns_of_nothing():
    seen = outcomes(made([], 30, customers=0, collectors=0, staff_minutes=0), PRICES)
    unknown = {key for key, value in seen.items() if isnan(value)}
    assert unknown == {
        "cost_to_collect", "dso", "dso_countback", "bpdso", "add", "days_to_pay", "cei", "overdue_share", "overdue_share_end",
        "over_90_share", "bad_debt_rate", "goodwill", "utilisation",
    }  # fmt: skip
    assert all(value == 0 for key, value in seen.items() if key not in unknown)
    assert np.isnan(weekly(made([], 30), PRICES)["overdue_share"]).all()


def test_no_days_at_all():
    assert isnan(outcomes(made([], 0), PRICES)["dso"]) and len(weekly(made([], 3), PRICES)["cash"]) == 0


def test_opening_book_without_sales():
    seen = outcomes(made([line(0, Kind.OPENING, 0, 0, 100, -50, -5)], 30), PRICES)
    assert isnan(seen["dso"]) and isnan(seen["bad_debt_rate"])
    assert seen["overdue_share"] == 1 and seen["cei"] == 0 and seen["goodwill"] == 100


def test_what_happens_after_the_end_is_left_out():
    late = [
        line(40, Kind.PAYMENT, 1, 1, 20_000), line(41, Kind.REACHED, 0, -1, 900, 3, 50),
        line(44, Kind.INVOICE, 0, 77, 900, 44, 50), line(50, Kind.LOST, 0, 9, 900),
    ]  # fmt: skip
    assert outcomes(made([*HAND, *late], days=40, warmup=10), PRICES) == outcomes(JOURNAL, PRICES)


def test_goodwill_is_hurt_by_what_arrives_and_heals():
    def left(*rows, **changes):
        return outcomes(made(list(rows), 50, customers=1), replace(PRICES, **changes))["goodwill"]

    assert left(line(0, Kind.MISSED, 0, -1, 10, 3, 4)) == 100
    assert left(line(0, Kind.REACHED, 0, -1, 10, 3, 4)) == pytest.approx(100 - 8 / 4)  # two half-lives
    assert left(line(25, Kind.REACHED, 0, -1, 10, 0, 0)) == pytest.approx(100 - 2 / 2)
    assert left(*[line(49, Kind.REACHED, 0, -1, 10, 3, 4)] * 40) == 0  # never below nothing
    with pytest.raises(KeyError):
        left(line(0, Kind.REACHED, 0, -1, 10, 5, 4))  # a channel without a price


def test_countback_peels_from_the_newest():
    assert kpi.countback(50, [100, 200], [30, 30]) == 15
    assert kpi.countback(100, [100, 200], [30, 30]) == 30
    assert kpi.countback(50, [0, 200], [10, 30]) == 10 + 7.5  # a period without sales counts whole
    assert kpi.countback(0, [0, 200], [10, 30]) == 0
    assert kpi.countback(450, [100, 200], [30, 30]) == 60 + 30  # 150 beyond all sales, at 5 a day
    assert isnan(kpi.countback(10, [0, 0], [30, 30])) and isnan(kpi.countback(10, [], []))


def test_catalogue():
    keys = [outcome.key for outcome in OUTCOMES]
    assert len(set(keys)) == len(keys) and {outcome.group for outcome in OUTCOMES} == {"value", "risk", "relationship", "workload"}
    for outcome in OUTCOMES:
        assert set(outcome.label) == {"en", "zh"} and outcome.label["en"].isascii() and not outcome.label["zh"].isascii()
        assert not set("(),:") & set(outcome.label["zh"]), "full-width punctuation"
        assert outcome.direction in (-1, 0, 1) and outcome.basis in ("arithmetic", "assumption")
        assert outcome.unit in ("days", "%", "share", "fen", "points", "contacts", "orders")
    with pytest.raises(FrozenInstanceError):
        OUTCOMES[0].key = "other"


def test_arithmetic_outcomes_do_not_move_with_prices():
    other = replace(
        PRICES, annual_rate=0.3, gross_margin=0.6, collector_month=9, provision=(0.5,) * 5, goodwill_price={0: 9, 3: 1}, hold_goodwill=1
    )
    one, two = outcomes(JOURNAL, PRICES), outcomes(JOURNAL, other)
    moved = {key for key in one if one[key] != two[key]}
    assert moved == {outcome.key for outcome in OUTCOMES if outcome.basis == "assumption"}


@given(journals())
def test_identities(journal):
    seen, summed = outcomes(journal, PRICES), window(journal, PRICES)
    begin = int(summed.open[journal.warmup])
    written_off = summed.total(Kind.WRITE_OFF)
    assert begin + seen["credit_sales"] == seen["cash_collected"] - seen["prepaid"] + written_off + seen["ar_end"]
    assert summed.ageing_end.sum() == seen["ar_end"] and summed.ageing_begin.sum() == begin
    assert 0 <= seen["goodwill"] <= 100 and 0 <= seen["expected_loss"] <= seen["ar_end"]
    for key in ("overdue_share", "overdue_share_end", "over_90_share"):
        assert isnan(seen[key]) or 0 <= seen[key] <= 1
    if seen["credit_sales"]:
        assert seen["dso"] == pytest.approx(seen["bpdso"] + seen["add"]) and seen["bpdso"] <= seen["dso"] and seen["dso_countback"] >= 0
    assert isnan(seen["cei"]) or 0 <= seen["cei"] <= 100
    weeks = weekly(journal, PRICES)
    assert weeks["cash"].sum() <= seen["cash_collected"] and (np.diff(weeks["cost"]) >= 0).all()


@given(journals())
def test_outcomes_read_and_do_not_write(journal):
    before = journal.rows.copy()
    first, second = outcomes(journal, PRICES), outcomes(journal, PRICES)
    assert (journal.rows == before).all() and all(first[key] == second[key] or isnan(first[key]) for key in first)


@given(journals())
def test_a_payment_later_is_worth_less(journal):
    """Moving every payment of the window one day later (or out of it) never adds value."""
    prices, rows = replace(PRICES, annual_rate=0.1), journal.rows.copy()
    rows["time"] += 1_440 * ((rows["kind"] == Kind.PAYMENT) & (rows["time"] >= 1_440 * journal.warmup))
    later = replace(journal, rows=rows[np.argsort(rows["time"], kind="stable")])
    assert outcomes(later, prices)["net_value"] <= outcomes(journal, prices)["net_value"] + 1e-3
