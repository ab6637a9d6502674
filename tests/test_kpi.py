from dataclasses import FrozenInstanceError, replace
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from made_journals import PRICES, journals, line, made, steady

from arsim.engine.journal import Cost, Kind
from arsim.study import kpi
from arsim.study.outcome import OUTCOMES, opening_loss, outcomes
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
    line(40, Kind.GOODWILL, 0, -1, 9_600), line(40, Kind.GOODWILL, 1, -1, 9_800),
]  # fmt: skip
JOURNAL = made(HAND, days=40, warmup=10)

# Begin: 10,000 + 20,000 not due, 3,000 due 39 days ago. Sold 40,000 + 16,000. Paid 10,000 + 40,000. Written off 3,000.
# End: invoice 1, 20,000, 7 days late; invoice 6, 16,000, not due. 33 + 56 - 50 - 3 = 36.
BY_HAND = {
    "cash_collected": 10_000 + 40_000 + 8_000,
    "prepaid": 8_000,
    "interest_collected": 0,
    "credit_sales": 56_000,
    "discounts": 0,
    "credit_notes": 0,
    "collection_cost": 100 + 50 + 30 * 100,  # one collector at 3,000 per 30 days
    "legal_costs": 0,
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
    "run_off_loss": nan,  # the journal ends with the window
    "allowance_end": 0,  # no matrix
    # of 33,000 on day 9: 3,000 written off; invoice 1's 20,000 still open, a tenth of it provided for
    "allowance_gap": -(3_000 + 2_000),
    "warning_hits": nan,
    "false_alarms": nan,
    "warning_lead": nan,  # no warning system
    "goodwill": ((40 + 8) * 96 + (5 + 16) * 98) / 69,  # weights are orders of the window
    "held": 1,
    "lost_sales": 5_000,
    "walked_sales": 0,
    "promises_kept": nan,
    "contacts": 2,
    "disputes_settled": 0,
    "utilisation": 16 / 9_600,
    # no discounting: cash - goods - collecting + closing book - opening book
    "net_value": 58_000 - 64_000 * 0.75 - 3_150 + (36_000 - 2_160) - (30_000 * 0.99 + 3_000 * 0.8),
}


def test_every_outcome_by_hand():
    assert outcomes(JOURNAL, PRICES) == pytest.approx(BY_HAND, rel=1e-12, nan_ok=True)
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
        "over_90_share", "bad_debt_rate", "run_off_loss", "warning_hits", "false_alarms", "warning_lead", "goodwill",
        "promises_kept", "utilisation",
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
    assert outcomes(made([*HAND, *late], days=40, warmup=10), PRICES) == pytest.approx(outcomes(JOURNAL, PRICES), rel=0, abs=0, nan_ok=True)


def test_goodwill_is_what_the_journal_tells_of_each_customer():
    def left(*rows, customers=2):
        return outcomes(made(list(rows), 50, customers=customers), PRICES)["goodwill"]

    told = [line(50, Kind.GOODWILL, 0, -1, 4_000), line(50, Kind.GOODWILL, 1, -1, 9_050)]
    assert left(*told) == (40 + 90.5) / 2  # nobody ordered: all alike
    assert left(line(3, Kind.ORDER, 1, 0, 500), *told) == 90.5
    ordered = [line(3, Kind.ORDER, 0, 0, 300), line(9, Kind.ORDER, 1, 1, 100), line(9, Kind.WALKED, 1, 1, 100)]
    assert left(*ordered, *told) == pytest.approx((300 * 40 + 100 * 90.5) / 400)  # an order that walked away was meant for us
    assert left(line(50, Kind.GOODWILL, 0, -1, 0), customers=3) == pytest.approx(200 / 3)  # untold is full
    assert left(line(9, Kind.REACHED, 0, -1, 10, 3, 4)) == 100  # contacts hurt in the model; here they are only counted


# One customer, days 5 … 24 counted; the journal goes on to day 34. Invoice 0 stands when the window begins, 1 to 3 are sold in it.
STEPS = [
    line(0, Kind.OPENING, 0, 0, 50_000, -30, 0), line(4, Kind.PAYMENT, 0, 0, 10_000), line(4, Kind.DISCOUNT, 0, 0, 77),
    line(6, Kind.INVOICE, 0, 1, 20_000, 6, 16), line(6, Kind.INVOICE, 0, 2, 10_000, 6, 16), line(7, Kind.INVOICE, 0, 3, 1_000, 7, 17),
    line(8, Kind.PAYMENT, 0, 1, 19_600), line(8, Kind.DISCOUNT, 0, 1, 400),
    line(9, Kind.PROMISE, 0, -1, 10_000, 12, 3), line(12, Kind.KEPT, 0, -1, 6_000), line(13, Kind.KEPT, 0, -1, 10),
    line(13, Kind.BROKEN, 0, -1, 900), line(14, Kind.SETTLED, 0, 2, 3_000, 1, 4), line(14, Kind.CREDIT_NOTE, 0, 2, 3_000),
    line(15, Kind.PAYMENT, 0, 2, 6_900), line(15, Kind.LET_GO, 0, 2, 100),
    line(15, Kind.INTEREST, 0, 2, 80), line(15, Kind.INTEREST_PAID, 0, 2, 60),
    line(16, Kind.LAW, 0, -1, 500, 0, 2), line(17, Kind.COST, 0, -1, 90, Cost.COMMISSION), line(17, Kind.COST, -1, -1, 11, Cost.TOOLS),
    line(17, Kind.REVIEW, 0, -1, 7, 1, 0), line(18, Kind.CARE, 0, -1, 13, 0, 10), line(18, Kind.WRONG_PARTY, 0, -1, 5, 3, 6),
    line(19, Kind.WRITE_OFF, 0, 0, 15_000), line(20, Kind.RECOVERY, 0, 0, 4_000), line(20, Kind.RECOVERY, 0, -1, 500, 1),
    line(21, Kind.ORDER, 0, 4, 2_500), line(21, Kind.WALKED, 0, 4, 2_500),
    line(22, Kind.ORDER, 0, 5, 300), line(22, Kind.LOST, 0, 5, 300, 4),
    line(30, Kind.PAYMENT, 0, 0, 5_000), line(31, Kind.PAYMENT, 0, 3, 800), line(31, Kind.LAW, 0, -1, 40, 7, 2),
    line(32, Kind.KEPT, 0, -1, 1), line(32, Kind.DISCOUNT, 0, 3, 3),
]  # fmt: skip
MATRIX = (0.02, 0.1, 0.3, 0.9)


def stepped(**rest):
    return made(STEPS, days=25, warmup=5, customers=1, allowance=MATRIX, **rest)


def test_what_clears_an_invoice_beside_a_payment_by_hand():
    seen = outcomes(stepped(), PRICES)
    cash, cost = 19_600 + 6_900 + 60 + 4_000 + 500, 500 + 90 + 11 + 7 + 13 + 5 + 20 * 100
    assert (seen["discounts"], seen["credit_notes"], seen["interest_collected"]) == (400, 3_000, 60)
    assert (seen["cash_collected"], seen["collection_cost"], seen["legal_costs"]) == (cash, pytest.approx(cost), 590)
    assert (seen["promises_kept"], seen["disputes_settled"], seen["contacts"]) == (2 / 3, 1, 1)
    assert (seen["walked_sales"], seen["lost_sales"], seen["credit_sales"]) == (2_500, 300, 31_000)
    # open on day 4: 50,000 - 10,077 = 39,923, of which 15,000 written off later: 24,923, and invoice 3's 1,000
    assert seen["ar_end"] == 24_923 + 1_000 and seen["days_to_pay"] == (19_600 * 2 + 6_900 * 9) / 26_500
    # goods of all 31,000 at 0.75; the closing book is 24 and 7 days late, a tenth of each provided for; the opening one 4 days
    worth = 0.9 * 24_923 + 0.9 * 1_000 - 0.9 * 39_923
    assert seen["net_value"] == pytest.approx(cash - 31_000 * 0.75 - cost + worth)


@pytest.mark.parametrize("kind", [Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO, Kind.WRITE_OFF])
def test_what_is_not_paid_is_missing_from_net_value_and_nothing_else(kind):
    """Same goods, same day: 100 of 1,000 given away cost 100."""
    sold = line(1, Kind.INVOICE, 0, 0, 1_000, 1, 5)
    whole = outcomes(made([sold, line(9, Kind.PAYMENT, 0, 0, 1_000)], 20), PRICES)
    less = outcomes(made([sold, line(9, Kind.PAYMENT, 0, 0, 900), line(9, kind, 0, 0, 100)], 20), PRICES)
    assert whole["net_value"] - less["net_value"] == pytest.approx(100) and whole["ar_end"] == less["ar_end"] == 0


def test_allowance_by_hand():
    """Day 4: 39,923, four days late. Day 24: 24,923, 24 days late, and 1,000, seven days."""
    seen = outcomes(stepped(), PRICES)
    assert seen["allowance_end"] == pytest.approx(0.1 * 25_923)
    # lost of it by day 24: 15,000 written off, 4,000 of that recovered (the court fee is no part of it), a tenth of 24,923 provided for
    assert seen["allowance_gap"] == pytest.approx(0.1 * 39_923 - (15_000 - 4_000 + 0.1 * 24_923))


def test_with_a_run_off_the_loss_is_what_it_turned_out_to_be():
    """5,000 more are paid on day 30; the rest of the 24,923 is lost."""
    seen = outcomes(stepped(run_off=10), PRICES)
    assert seen["allowance_gap"] == pytest.approx(0.1 * 39_923 - (15_000 - 4_000 + 19_923))
    assert seen["run_off_loss"] == 25_923 - 5_000 - 800
    untouched = ("promises_kept", "legal_costs", "discounts", "cash_collected", "allowance_end", "collection_cost")
    assert [seen[key] for key in untouched] == [outcomes(stepped(), PRICES)[key] for key in untouched]


def test_the_insolvent_are_a_whole_loss():
    late = line(22, Kind.INSOLVENT, 0, -1)
    seen = outcomes(made([*STEPS, late], days=25, warmup=5, customers=1, allowance=MATRIX), PRICES)
    assert seen["allowance_gap"] == pytest.approx(0.1 * 39_923 - (15_000 - 4_000 + 24_923))


@pytest.mark.parametrize(("late", "share"), [(-1, 0.02), (0, 0.02), (1, 0.1), (30, 0.1), (31, 0.3), (90, 0.3), (91, 0.9)])
def test_the_allowance_matrix_has_its_own_buckets(late, share):
    made_ = made([line(0, Kind.OPENING, 0, 0, 1_000, -500, 9 - late)], 10, allowance=MATRIX)
    assert outcomes(made_, PRICES)["allowance_end"] == pytest.approx(1_000 * share)


def test_the_run_off_counts_as_what_it_brings():
    """Without discounting: 5,800 paid, 40 of law; nobody works."""
    with_, without = (outcomes(stepped(run_off=days), PRICES)["net_value"] for days in (10, 0))
    assert with_ - without == pytest.approx((5_800 - 40) - 0.9 * 25_923)


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
        assert outcome.unit in ("days", "%", "share", "fen", "points", "contacts", "orders", "disputes")
    with pytest.raises(FrozenInstanceError):
        OUTCOMES[0].key = "other"


def test_arithmetic_outcomes_do_not_move_with_prices():
    other = replace(PRICES, annual_rate=0.3, gross_margin=0.6, collector_month=9, provision=(0.5,) * 5)
    one, two = outcomes(JOURNAL, PRICES), outcomes(JOURNAL, other)
    moved = {key for key in one if one[key] != two[key] and not isnan(one[key])}
    # goodwill is made of what contacts cost in points: the prices were applied when it was journalled
    assert moved | {"goodwill"} == {outcome.key for outcome in OUTCOMES if outcome.basis == "assumption"}


@given(journals())
def test_identities(journal):
    seen, summed = outcomes(journal, PRICES), window(journal, PRICES)
    begin = int(summed.open[journal.warmup])
    beside = seen["prepaid"] + seen["interest_collected"] + summed.total(Kind.RECOVERY)  # cash that clears no invoice
    reduced = seen["discounts"] + seen["credit_notes"] + summed.total(Kind.LET_GO, Kind.WRITE_OFF)
    assert begin + seen["credit_sales"] == seen["cash_collected"] - beside + reduced + seen["ar_end"]
    assert summed.ageing_end.sum() == seen["ar_end"] and summed.ageing_begin.sum() == begin
    assert 0 <= seen["goodwill"] <= 100 and 0 <= seen["expected_loss"] <= seen["ar_end"]
    assert 0 <= seen["allowance_end"] <= seen["ar_end"] * (1 + 1e-12)
    assert opening_loss(summed) <= begin * (1 + 1e-12)  # only a recovery could make it a gain
    for key in ("overdue_share", "overdue_share_end", "over_90_share", "promises_kept"):
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
