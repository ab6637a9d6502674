"""The day before, on, and after: small worlds of one customer and few invoices in which every clock is due on a known day.

Nobody pays, every contact arrives and is answered with "we shall see", every day is a working day: unless a story says otherwise.
Day 0 is Wednesday, 1 January 2025.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from people import START, people, rates

from arsim.domain import law_fees
from arsim.domain.calendar import CUT_OFF, DAY, OFFICE_OPENS
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.money import FEN
from arsim.domain.policy import Level, Policy
from arsim.engine.journal import Answer, Hold, Kind, Lost, Paid, Stage
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.legal import commission
from arsim.model.liquidity import DISTRESSED, SOUND, TIGHT
from arsim.model.population import OpenItems
from arsim.model.world import replay

QUIET = {f"channel.{channel}.{share}": 1.0 for channel in CHANNELS for share in ("reach", "right_party")} | {
    f"answer.{answer}": 0.0 for answer in ("pays", "promise", "refuses", "refuses_slow", "hardship_tight", "hardship_distressed")
} | {
    "promise.half": 0.5, "recovery.unsecured": 0.05, "recovery.bankruptcy_days": 540, "recovery.guarantee_days": 90,
    "money.short_most": 0.02,
}  # fmt: skip
EVERY_DAY, MONDAYS, FRIDAYS = 0b1111111, 0b1, 0b10000
NEVER_WRITTEN_OFF = 10_000


# ── Telling a story ────────────────────────────────────────────────────────────────────────────────────────────────────


def tell(
    levers=None, ladder=(), items=(), orders=(), days=120, state=SOUND, fails=None, patience=None, complains=None,
    write_off=NEVER_WRITTEN_OFF, start=START, behaviour=None, **changes,
):  # fmt: skip
    """The journal of one customer (grade B, CNY 1,000,000 of credit, 30 days' terms).

    `items` are open invoices as (issued, due, CNY), `orders` come as (day, CNY) at nine o'clock; `pays` says how many days after the due
    date every invoice is paid. `complains`: all are disputed, and the customer says so so many days after the due date.
    """
    pays, disputed = changes.pop("pays", None), complains is not None
    opening = OpenItems(
        customer=np.zeros(len(items), np.int64), issue=np.array([issued for issued, _, _ in items], np.int64),
        due=np.array([due for _, due, _ in items], np.int64), amount=np.array([round(yuan * 100) for *_, yuan in items], np.int64),
        disputed=np.full(len(items), disputed), number=tuple(f"O{number}" for number in range(len(items))),
    )  # fmt: skip
    usual = dict(
        base=rates() if pays is None else rates((pays, 1e9)), start=start, calendar="every day", run_days=np.array([EVERY_DAY]),
        orders_a_day=np.zeros(1), payer=np.ones(1), dependence=np.zeros(1), insolvency=np.zeros(1), grade=np.array([1]),
        limit=np.array([1_000_000_00]), mood=0.0, due_rolls=False, opening=opening,
    )  # fmt: skip
    population = people(1, **(usual | changes))
    known = Behaviour.default(QUIET | (behaviour or {}))
    world = replay(
        population, 1, 0, days, np.zeros(len(orders), np.int64), np.array([day for day, _ in orders], np.int64), np.full(len(orders), -1),
        np.array([round(yuan * 100) for _, yuan in orders], np.int64), np.full(len(orders), disputed), known,
    )  # fmt: skip
    world = replace(world, liquidity=replace(world.liquidity, state=np.full_like(world.liquidity.state, state)))
    if fails is not None:
        world = replace(world, insolvent=np.array([fails]))
    if patience is not None:
        world = replace(world, patience=np.full(len(world.patience), patience))
    if disputed:
        world = replace(world, disputes=replace(world.disputes, complains=np.full(len(world.disputes.complains), complains)))
    policy = Policy(name="story", dunning=tuple(ladder)).replace(levers or {})
    if write_off is not None:
        policy = policy.model_copy(update={"write_off_days": write_off})
    return simulate(world, policy, known)


def found(journal, *kinds, a=None):
    rows = journal.rows[np.isin(journal.rows["kind"], kinds)]
    return rows if a is None else rows[rows["a"] == a]


def on(journal, *kinds, a=None):
    """The days on which it happened, in order. A list of one day says: not the day before, on that day, not the day after."""
    return (found(journal, *kinds, a=a)["time"] // DAY).tolist()


def steps(journal):
    """The steps at law: (day, stage)."""
    return [(int(row["time"]) // DAY, Stage(row["a"]).name) for row in found(journal, Kind.LAW)]


def day(*when, start=START):
    """The day of the run a date is."""
    return (date(*when) - start).days


OLD = ((-30, 0, 10_000),)  # one invoice of CNY 10,000, due on day 0


# ── Dunning ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("days, falls", [(60, 60), (1, 1), (0, 0), (119, 119), (120, None)])
def test_a_letter_so_many_days_after_the_due_date(days, falls):
    assert on(tell(ladder=[Level(days=days, channel="letter")], items=OLD), Kind.NOTICE) == ([] if falls is None else [falls])


def test_a_reminder_before_the_due_date():
    assert on(tell(ladder=[Level(days=-3)], items=[(-20, 10, 500)]), Kind.NOTICE) == [7]


def test_a_reminder_whose_day_was_before_the_invoice_is_left_out():
    ladder = [Level(days=-31), Level(days=-29, channel="sms"), Level(days=5, channel="letter")]
    assert on(tell(ladder=ladder, orders=[(10, 500)]), Kind.NOTICE) == [11, 45]  # due on day 40: the e-mail would have gone out on day 9


@pytest.mark.parametrize("due, falls", [(27, day(2025, 1, 31)), (28, day(2025, 2, 28)), (-3, day(2025, 1, 31)), (-4, 0)])
def test_the_end_of_the_month(due, falls):
    # Three days past due, rolled on: 31 January stays, 1 February moves to the 28th. 31 December is past: caught up on day 0.
    assert on(tell(ladder=[Level(days=3, clock="end_of_month")], items=[(-30, due, 500)]), Kind.NOTICE) == [falls]


def test_so_many_days_after_the_previous_level():
    ladder = [Level(days=7), Level(days=14, clock="previous", channel="sms"), Level(days=0, clock="previous", channel="letter")]
    assert on(tell(ladder=ladder, items=OLD), Kind.NOTICE) == [7, 21, 22]  # one level a day at most


def test_a_level_on_a_rest_day_rolls_and_the_next_one_counts_from_the_day_it_was_sent():
    ladder = [Level(days=59), Level(days=10, clock="previous", channel="letter")]
    journal = tell(ladder=ladder, items=OLD, calendar="CN")  # day 59 is Saturday, 1 March
    assert on(journal, Kind.NOTICE) == [day(2025, 3, 3), day(2025, 3, 13)]


def test_a_make_up_sunday_is_a_working_day_and_the_festival_is_not():
    sent = [on(tell(ladder=[Level(days=days)], items=OLD, calendar="CN"), Kind.NOTICE)[0] for days in (day(2025, 1, 26), day(2025, 1, 28))]
    assert sent == [day(2025, 1, 26), day(2025, 2, 5)]


@pytest.mark.parametrize(
    "late, sent", [(6, [(1, 0), (24, 1)]), (7, [(0, 0), (23, 1)]), (29, [(0, 0), (1, 1)]), (30, [(0, 1)]), (31, [(0, 1)])]
)
def test_an_old_invoice_gets_one_notice_of_the_level_it_has_earned(late, sent):
    rows = found(tell(ladder=[Level(days=7), Level(days=30, channel="letter")], items=[(-60, -late, 500)]), Kind.NOTICE)
    assert [(int(row["time"]) // DAY, int(row["b"])) for row in rows] == sent


@pytest.mark.parametrize("yuan, levels", [(4_999.99, [1]), (5_000, [0, 1]), (5_000.01, [0, 1])])
def test_a_level_for_invoices_of_at_least(yuan, levels):
    ladder = [Level(days=5, min_amount=5_000), Level(days=9)]
    journal = tell(ladder=ladder, items=[(-30, 0, yuan)])
    assert found(journal, Kind.NOTICE)["b"].tolist() == levels and on(journal, Kind.NOTICE)[-1] == 9


@pytest.mark.parametrize("grade, levels", [(0, [0]), (1, [0]), (2, [1]), (3, [1])])
def test_levels_for_good_and_for_weak_grades(grade, levels):
    ladder = [Level(days=5, grades="good"), Level(days=9, grades="weak", channel="letter")]
    assert found(tell(ladder=ladder, items=OLD, grade=np.array([grade])), Kind.NOTICE)["b"].tolist() == levels


def test_what_the_cap_forbids_waits_until_a_week_has_passed():
    ladder = [Level(days=10), Level(days=12, channel="letter"), Level(days=17, channel="sms")]
    assert on(tell({"team.contact_cap": 1}, ladder, OLD), Kind.NOTICE) == [10, 17, 24]
    assert on(tell({"team.contact_cap": 2}, ladder, OLD), Kind.NOTICE) == [10, 12, 17]


def test_attempts_are_a_working_day_apart_and_then_the_level_is_given_up():
    nobody = {"channel.call.reach": 0.0}
    journal = tell({"team.attempts": 3}, [Level(days=1, channel="call")], OLD, calendar="CN", behaviour=nobody)
    assert on(journal, Kind.MISSED) == [day(2025, 1, 2), day(2025, 1, 3), day(2025, 1, 6)]
    assert on(tell({"team.attempts": 1}, [Level(days=1, channel="call")], OLD, calendar="CN", behaviour=nobody), Kind.MISSED) == [1]


# ── Promises ───────────────────────────────────────────────────────────────────────────────────────────────────────────

PROMISES = {"answer.promise": 1.0, "promise.days": 20, "promise.kept": 1.0}
CALL = [Level(days=5, channel="call")]


def promised(journal):
    return found(journal, Kind.PROMISE)["a"].tolist()


def test_a_promise_kept():
    journal = tell(ladder=CALL, items=OLD, behaviour=PROMISES)
    (until,) = promised(journal)
    assert until > 7
    assert on(journal, Kind.PAYMENT) == [until] and found(journal, Kind.PAYMENT)["a"].tolist() == [Paid.PROMISED]
    assert on(journal, Kind.KEPT) == [until + 1] and found(journal, Kind.KEPT)["amount"].tolist() == [10_000_00]


def test_a_promise_broken():
    journal = tell({"promise.follow_up": "visit"}, CALL, OLD, behaviour=PROMISES | {"promise.kept": 0.0, "promise.part": 0.0})
    until, later, *_ = promised(journal)  # the visit the day after brings a new promise
    assert not on(journal, Kind.PAYMENT, Kind.KEPT)
    assert on(journal, Kind.BROKEN)[0] == until + 1
    visits = found(journal, Kind.REACHED, a=CHANNELS.index("visit"))
    assert visits["time"][0] == (until + 1) * DAY + OFFICE_OPENS and later > until + 1


def test_a_promise_half_kept():
    journal = tell(ladder=CALL, items=OLD, behaviour=PROMISES | {"promise.kept": 0.0, "promise.part": 1.0})
    (until,) = promised(journal)
    assert on(journal, Kind.PAYMENT) == [until] and found(journal, Kind.PAYMENT)["amount"].tolist() == [5_000_00]
    assert on(journal, Kind.BROKEN) == [until + 1] and found(journal, Kind.BROKEN)["amount"].tolist() == [5_000_00]


def test_who_would_have_paid_all_on_the_day_does_so_though_half_was_promised():
    halves = PROMISES | {"promise.kept": 0.0, "promise.part": 1.0, "channel.call.effect": 1.0}
    (until,) = promised(tell(ladder=CALL, items=OLD, behaviour=halves))
    for pays, paid in ((until - 1, [10_000_00]), (until, [10_000_00]), (until + 1, [5_000_00, 5_000_00])):
        journal = tell(ladder=CALL, items=OLD, behaviour=halves, pays=pays)
        assert found(journal, Kind.PAYMENT)["amount"].tolist() == paid


@pytest.mark.parametrize("pause, waits", [("yes", True), ("no", False)])
def test_dunning_rests_until_the_promised_day(pause, waits):
    ladder = [*CALL, Level(days=6, channel="letter"), Level(days=7, channel="visit")]
    nothing = PROMISES | {"promise.kept": 0.0, "promise.part": 0.0}
    journal = tell({"promise.pause": pause}, ladder, OLD, behaviour=nothing)
    until = promised(journal)[0]
    letters = on(journal, Kind.NOTICE, a=CHANNELS.index("letter"))
    assert letters == ([until + 1] if waits else [6])


def test_a_collector_with_a_task_in_hand_respects_a_promise():
    # The visit is missed on day 5 and would be tried again on day 6; the call of the same day has brought a promise.
    ladder = [Level(days=4, channel="visit"), Level(days=5, channel="call")]
    silent = PROMISES | {"promise.kept": 0.0, "promise.part": 0.0, "channel.visit.reach": 0.0}
    journal = tell({"team.attempts": 5}, ladder, OLD, behaviour=silent)
    until = promised(journal)[0]
    assert on(journal, Kind.MISSED) == [4, 5, until + 1, until + 2, until + 3]


def test_a_promise_is_for_a_day_on_which_the_customer_pays_and_is_looked_at_on_the_next_working_day():
    fridays = dict(calendar="CN", run_days=np.array([FRIDAYS]))
    journal = tell({"promise.follow_up": "call"}, CALL, OLD, behaviour=PROMISES, **fridays)
    (until,) = promised(journal)
    assert (START.toordinal() + until) % 7 == 5 and on(journal, Kind.PAYMENT) == [until] and on(journal, Kind.KEPT) == [until + 3]
    broken = tell({"promise.follow_up": "call"}, CALL, OLD, behaviour=PROMISES | {"promise.kept": 0.0, "promise.part": 0.0}, **fridays)
    assert on(broken, Kind.BROKEN)[0] == until + 3 == on(broken, Kind.REACHED, a=CHANNELS.index("call"))[1]


def test_a_promise_that_a_plan_replaces_keeps_the_customer_from_paying_at_once():
    both = {"answer.hardship_tight": 1.0}
    journal = tell({"plan.offer": "yes"}, CALL, OLD, state=TIGHT, behaviour=both)
    assert found(journal, Kind.ANSWER)["a"].tolist() == [Answer.HARDSHIP] and on(journal, Kind.PLAN) == [5]


# ── Credit ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

HOLD_30 = {"credit.hold_overdue_days": 30, "credit.hold_overdue_share": 0.0}
PATIENT = {"credit.patience": 1000.0}


@pytest.mark.parametrize("ordered, held", [(29, False), (30, False), (31, True)])
def test_an_order_is_held_once_an_invoice_is_overdue_longer_than(ordered, held):
    journal = tell(HOLD_30, items=OLD, orders=[(ordered, 900)], behaviour=PATIENT)
    assert on(journal, Kind.HELD, a=Hold.OVERDUE) == ([ordered] if held else [])
    assert on(journal, Kind.INVOICE) == ([] if held else [ordered])


def test_the_share_overdue_must_be_exceeded():
    for share, held in ((0.5, False), (0.49, True)):  # half of the balance is overdue
        levers = {"credit.hold_overdue_days": 30, "credit.hold_overdue_share": share}
        journal = tell(levers, items=[(-30, 0, 700), (-1, 29, 700)], orders=[(40, 900)], behaviour=PATIENT)
        assert bool(on(journal, Kind.HELD)) == held


def test_a_held_order_goes_out_on_the_morning_after_the_payment():
    journal = tell(HOLD_30, items=OLD, orders=[(35, 900)], pays=40, behaviour=PATIENT)
    assert on(journal, Kind.HELD) == [35] and on(journal, Kind.PAYMENT)[0] == 40 and on(journal, Kind.INVOICE) == [41]
    friday = day(2025, 2, 14)
    weekend = tell(HOLD_30, items=OLD, orders=[(35, 900)], pays=friday, behaviour=PATIENT, calendar="CN")
    assert on(weekend, Kind.PAYMENT)[0] == friday and on(weekend, Kind.INVOICE) == [friday + 3]


def test_orders_over_the_limit_wait_for_room():
    levers, limit = {"credit.over_limit": "hold"}, np.array([10_000_00])
    story = dict(items=[(-30, 0, 8_000)], pays=10, limit=limit, behaviour=PATIENT)
    fits = tell(levers, orders=[(5, 2_000)], **story)
    assert on(fits, Kind.INVOICE) == [5] and not on(fits, Kind.HELD)
    over = tell(levers, orders=[(5, 2_000.01)], **story)
    assert on(over, Kind.HELD, a=Hold.OVER_LIMIT) == [5] and on(over, Kind.PAYMENT)[0] == 10 and on(over, Kind.INVOICE) == [11]
    # A small order does not overtake the large one.
    queue = tell(levers, orders=[(5, 3_000), (6, 100)], **story)
    assert on(queue, Kind.HELD) == [5, 6] and on(queue, Kind.INVOICE) == [11, 11]


@pytest.mark.parametrize("pays, walks", [(8, False), (9, True)])
def test_patience_runs_out(pays, walks):
    # An order held on day 5 waits four days more and walks away on the morning of day 10, even if room was made the evening before.
    journal = tell(
        {"credit.over_limit": "hold"}, items=[(-30, 0, 10_000)], orders=[(5, 500)], pays=pays, patience=1.0,
        limit=np.array([10_000_00]), behaviour={"credit.patience": 4.0},
    )  # fmt: skip
    assert on(journal, Kind.HELD) == [5] and on(journal, Kind.PAYMENT)[0] == pays
    assert on(journal, Kind.LOST, a=Lost.WAITED) == ([10] if walks else [])
    assert on(journal, Kind.INVOICE) == ([] if walks else [9])


@pytest.mark.parametrize("ordered, held", [(39, False), (40, False), (41, True)])
def test_a_late_review_holds_orders(ordered, held):
    never = {"credit.review_months": 1, "credit.reviews_a_week": 0, "credit.hold_review_days": 10}  # due on day 30
    journal = tell(never, orders=[(ordered, 900)], behaviour=PATIENT)
    assert on(journal, Kind.HELD, a=Hold.REVIEW) == ([ordered] if held else [])


def test_reviews_are_done_on_the_first_working_day_of_the_week():
    monthly = {"credit.review_months": 1, "credit.reviews_a_week": 1}
    assert on(tell(monthly), Kind.REVIEW) == [day(2025, 2, 3), day(2025, 3, 10), day(2025, 4, 14)]  # due on days 30, 63, 98
    assert on(tell(monthly, calendar="CN"), Kind.REVIEW)[0] == day(2025, 2, 5)  # the first day after the Spring Festival


@pytest.mark.parametrize(
    "ordered, takes, delivered", [((1, 9), 1, (1, 10)), ((1, 10), 1, (1, 13)), ((1, 10), 2, (1, 14)), ((1, 24), 2, (1, 27))]
)
def test_an_approval_takes_working_days(ordered, takes, delivered):
    # The 10th is a Friday; Sunday the 26th is worked to make up for the Spring Festival.
    levers = {"credit.approval_amount": 500, "credit.approval_days": takes}
    journal = tell(levers, orders=[(day(2025, *ordered), 501)], calendar="CN", behaviour=PATIENT)
    assert on(journal, Kind.HELD, a=Hold.APPROVAL) == [day(2025, *ordered)] and on(journal, Kind.INVOICE) == [day(2025, *delivered)]


def test_only_orders_above_the_amount_need_approval():
    levers = {"credit.approval_amount": 500, "credit.approval_grade": "B"}
    assert on(tell(levers, orders=[(9, 500)]), Kind.INVOICE) == [9]
    for grade, ends in ((1, Kind.INVOICE), (2, Kind.PREPAID)):
        journal = tell(levers, orders=[(9, 501)], grade=np.array([grade]), behaviour={"credit.prepay": 1.0})
        assert on(journal, ends) == [10 if ends == Kind.INVOICE else 9]


# ── Money terms ────────────────────────────────────────────────────────────────────────────────────────────────────────

TWO_TEN = {"discount.percent": 2.0, "discount.days": 10}
DEAR = {"money.funds": 50.0}  # nobody pays sooner for the discount; who pays by then has it all the same


def test_who_gains_by_the_discount_pays_on_its_last_day():
    cheap = {"money.funds": 0.0, "money.funds_grade": 0.0}
    journal = tell(TWO_TEN, orders=[(5, 1_000)], behaviour=cheap)
    assert on(journal, Kind.DISCOUNT, Kind.PAYMENT) == [15, 15]
    assert found(journal, Kind.DISCOUNT)["amount"].tolist() == [20_00] and found(journal, Kind.PAYMENT)["amount"].tolist() == [980_00]
    weekly = tell(TWO_TEN, orders=[(5, 1_000)], behaviour=cheap, calendar="CN", run_days=np.array([FRIDAYS]))
    assert on(weekly, Kind.PAYMENT) == [day(2025, 1, 10)]  # of the Fridays the 10th and the 17th only one is in time
    assert not on(tell(TWO_TEN, orders=[(5, 1_000)], behaviour=DEAR), Kind.PAYMENT)


@pytest.mark.parametrize("age, grace, granted", [(9, 0, 1), (10, 0, 1), (11, 0, 0), (11, 1, 1), (12, 1, 0)])
def test_the_last_day_of_the_discount_and_of_its_grace(age, grace, granted):
    late = DEAR | {"money.discount_late": 1.0}
    journal = tell(TWO_TEN | {"discount.grace": grace}, orders=[(5, 1_000)], pays=age - 30, behaviour=late)
    assert on(journal, Kind.PAYMENT) == [5 + age] and len(on(journal, Kind.DISCOUNT)) == granted


@pytest.mark.parametrize("late, days", [(10, []), (11, [11])])
def test_interest_runs_after_the_grace_and_then_from_the_due_date(late, days):
    levers = {"interest.rate": 0.10, "interest.grace": 10}
    journal = tell(levers, items=OLD, pays=late, behaviour={"money.interest_collected": 1.0})
    assert on(journal, Kind.INTEREST) == on(journal, Kind.INTEREST_PAID) == days
    assert found(journal, Kind.INTEREST)["a"].tolist() == days
    assert found(journal, Kind.INTEREST)["amount"].tolist() == [10_000_00 * late // 3650 for late in days]
    waived = tell(levers | {"interest.waive": "good"}, items=OLD, pays=late)
    assert on(waived, Kind.WAIVED) == days and not on(waived, Kind.INTEREST_PAID)


@pytest.mark.parametrize("tolerance, ends", [(0, False), (100_000, True)])
def test_a_small_rest_is_let_go_with_the_payment(tolerance, ends):
    once = rates((20, 1e9), (21, 0.0))
    journal = tell({"cash.tolerance": tolerance}, items=OLD, base=once, frayed=True, behaviour={"money.short": 1.0})
    paid = int(found(journal, Kind.PAYMENT)["amount"].sum())
    assert on(journal, Kind.PAYMENT) == [20] and 9_800_00 <= paid < 10_000_00
    assert on(journal, Kind.LET_GO) == ([20] if ends else []) and found(journal, Kind.LET_GO)["amount"].sum() == (10_000_00 - paid) * ends


# ── Limitation ─────────────────────────────────────────────────────────────────────────────────────────────────────────

TUESDAY = date(2025, 3, 4)  # the day these stories begin
LAST_DAY = (date(2022, 3, 4) - TUESDAY).days  # due on this day, an invoice can be pursued up to day 0
THREE_YEARS_ON = (date(2028, 3, 7) - TUESDAY).days  # 4 March 2028 is a Saturday: the period ends on Monday the 6th


def barred(due=LAST_DAY, days=30, **story):
    return on(tell(items=[(due - 30, due, 10_000)], start=TUESDAY, days=days, **story), Kind.BARRED)


def test_three_years_after_the_due_date():
    assert barred() == [1]
    assert barred(due=LAST_DAY + 1) == [2]
    assert barred(due=LAST_DAY - 1) == [0]


def test_an_old_item_may_be_beyond_it_on_the_first_day():
    assert barred(due=LAST_DAY - 400) == [0]


def test_a_last_day_on_a_rest_day_moves_on():
    due = (date(2022, 3, 8) - TUESDAY).days  # 8 March 2025 is a Saturday: up to Monday the 10th
    assert barred(due=due) == [day(2025, 3, 11, start=TUESDAY)]


def test_a_provable_letter_on_the_last_day_starts_it_anew():
    letter = [Level(days=7, channel="letter")]  # old items get their notice on day 0
    assert barred(ladder=letter, days=THREE_YEARS_ON + 2) == [THREE_YEARS_ON]
    assert barred(ladder=letter, due=LAST_DAY - 1) == [0]  # a day late: it restarts nothing
    assert barred(ladder=letter, behaviour={"channel.letter.reach": 0.0}) == [1]  # returned to sender


def test_a_call_proves_nothing_unless_it_is_confirmed():
    call = [Level(days=7, channel="call")]
    assert barred(ladder=call) == [1]
    assert barred(ladder=call, levers={"team.confirm_calls": "yes"}) == []


def test_a_promise_acknowledges_the_debt():
    assert barred(ladder=[Level(days=7, channel="call")], behaviour=PROMISES | {"promise.kept": 0.0, "promise.part": 0.0}) == []


def test_part_payment_starts_it_anew():
    once = rates((-LAST_DAY, 1e9), (-LAST_DAY + 1, 0.0))  # ready on day 0 and never after
    assert barred(base=once, frayed=True, behaviour={"money.short": 1.0}) == []
    later = rates((-LAST_DAY + 1, 1e9), (-LAST_DAY + 2, 0.0))  # on day 1 it is too late
    assert barred(base=later, frayed=True, behaviour={"money.short": 1.0}) == [1]


def test_a_plan_starts_it_anew():
    hard = {"answer.hardship_tight": 1.0}
    call = [Level(days=7, channel="call")]
    assert barred(ladder=call, levers={"plan.offer": "yes"}, state=TIGHT, behaviour=hard) == []
    assert barred(ladder=call, state=TIGHT, behaviour=hard) == [1]


def test_filing_starts_it_anew_and_what_is_barred_is_not_filed():
    sue = {"law.days": 30, "law.min_amount": 0, "law.cases_a_week": 10, "law.route": "suit"}
    assert barred(levers=sue) == []
    late = tell(sue, items=[(LAST_DAY - 31, LAST_DAY - 1, 10_000)], start=TUESDAY, days=30)
    assert on(late, Kind.BARRED) == [0] and not on(late, Kind.LAW)


# ── Guarantees ─────────────────────────────────────────────────────────────────────────────────────────────────────────

GIVES = {"grant.accepts_security": 1.0, "recovery.guarantee": 1.0}


def guaranteed(kind, law_days, days=400, behaviour=None, **story):
    """Goods ordered on day 5, due on 4 February (day 34): the guarantee is to be claimed by Monday, 4 August 2025."""
    levers = {"credit.security": kind, "credit.security_grade": "A", "law.days": law_days, "law.min_amount": 0, "law.cases_a_week": 10}
    known = GIVES | (behaviour or {})
    return tell(levers | {"law.route": "suit"}, orders=[(5, 10_000)], terms=np.array([29]), days=days, behaviour=known, **story)


LAST_CLAIM = day(2025, 8, 4)


@pytest.mark.parametrize("kind", ["general_guarantee", "joint_guarantee"])
def test_a_guarantee_nobody_claims_is_lost_after_six_months(kind):
    journal = guaranteed(kind, 0)
    assert on(journal, Kind.SECURED) == [5] and on(journal, Kind.GUARANTEE_LOST) == [LAST_CLAIM + 1]


def test_a_joint_guarantor_is_called_at_once():
    in_time = guaranteed("joint_guarantee", LAST_CLAIM - 35)  # overdue for longer than that on the last day
    assert (LAST_CLAIM, "FILED") in steps(in_time) and (LAST_CLAIM, "GUARANTEE_CALLED") in steps(in_time)
    assert not on(in_time, Kind.GUARANTEE_LOST)
    assert on(in_time, Kind.PAYMENT, a=Paid.AT_LAW) == [LAST_CLAIM + 90]
    late = guaranteed("joint_guarantee", LAST_CLAIM - 34)
    assert on(late, Kind.GUARANTEE_LOST) == [LAST_CLAIM + 1] and (LAST_CLAIM + 1, "FILED") in steps(late)
    assert "GUARANTEE_CALLED" not in dict(map(reversed, steps(late)))


def test_a_general_guarantor_answers_when_enforcement_has_failed():
    nothing = {"law.complies": 0.0, "law.enforced": 0.0, "law.enforcement_days": 20}
    journal = guaranteed("general_guarantee", LAST_CLAIM - 35, days=500, behaviour=nothing)
    at = dict(map(reversed, steps(journal)))
    assert at["FILED"] == LAST_CLAIM and at["ENFORCED"] == at["JUDGED"] + 20 == at["GUARANTEE_CALLED"]
    assert on(journal, Kind.PAYMENT, a=Paid.AT_LAW) == [at["ENFORCED"] + 90]
    late = guaranteed("general_guarantee", LAST_CLAIM - 34, days=500, behaviour=nothing)
    assert on(late, Kind.GUARANTEE_LOST) == [LAST_CLAIM + 1] and not on(late, Kind.PAYMENT)


def test_an_asset_is_sold_once():
    nothing = {"law.complies": 0.0, "law.enforced": 0.0, "law.enforcement_days": 20, "recovery.collateral": 0.6}
    story = dict(behaviour=nothing, days=500)
    ended = dict(map(reversed, steps(guaranteed("collateral", 30, **story))))["ENFORCED"]
    for fails in (None, ended + 95):  # an insolvency later on finds nothing more to sell
        journal = guaranteed("collateral", 30, fails=fails, **story)
        assert on(journal, Kind.PAYMENT) == [ended + 90] and found(journal, Kind.PAYMENT)["amount"].tolist() == [6_000_00]


# ── At law ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

FILES = {"law.days": 30, "law.min_amount": 0, "law.cases_a_week": 10}
SURE = {"law.objects": 0.0, "law.complies": 1.0, "law.mediates": 1.0}


def test_a_payment_order_takes_five_days_fifteen_and_fifteen_more():
    journal = tell(FILES, items=OLD, behaviour=SURE)
    # Filed on Saturday, 1 February: answered by the 6th, issued by the 21st; 8 March is a Saturday, so objections until Monday the 10th.
    standing = day(2025, 3, 11)
    assert steps(journal) == [(31, "FILED"), (standing, "ORDERED"), (standing + 1, "COMPLIED")]
    assert on(journal, Kind.PAYMENT, a=Paid.AT_LAW) == [standing + 1]


def test_an_objection_leads_to_a_suit_on_the_same_day():
    journal = tell(FILES, items=OLD, days=250, behaviour=SURE | {"law.objects": 1.0})
    standing = day(2025, 3, 11)
    judged = day(2025, 5, 12)  # a small claim: two months, to 11 May, a Sunday
    assert steps(journal) == [(31, "FILED"), (standing, "OBJECTED"), (standing, "FILED"), (judged, "JUDGED"), (judged + 1, "COMPLIED")]
    order, suit = found(journal, Kind.LAW, a=Stage.FILED)["amount"]
    claim = OLD[0][2] * FEN
    assert order == law_fees.payment_order(claim)  # paid once: the suit costs its own fee, and won, both come back
    assert suit == law_fees.court_acceptance(claim, half=True) + commission(claim, Behaviour.default()["law.lawyer"])
    assert found(journal, Kind.RECOVERY)["amount"].tolist() == [order + law_fees.court_acceptance(claim, half=True)]


@pytest.mark.parametrize("yuan, filed", [(9_999.99, []), (10_000, [31])])
def test_law_is_for_claims_of_at_least(yuan, filed):
    journal = tell(FILES | {"law.min_amount": 10_000}, items=[(-30, 0, yuan)], days=40)
    assert on(journal, Kind.LAW) == filed


def test_nothing_is_sued_for_twice():
    once = {"law.complies": 0.0, "law.enforced": 0.0, "law.enforcement_days": 20}
    journal = tell(FILES | {"law.route": "suit"}, items=[(-30, 0, 10_000), (-30, 150, 10_000)], days=300, behaviour=once)
    filed = found(journal, Kind.LAW, a=Stage.FILED)
    assert on(journal, Kind.LAW, a=Stage.FILED) == [31, 181] and filed["amount"][0] == filed["amount"][1]  # fees on CNY 10,000 each


def test_the_lawyers_take_so_many_cases_a_week():
    journal = tell(FILES | {"law.cases_a_week": 1, "law.days": 1}, items=OLD, days=20)
    assert on(journal, Kind.LAW) == [4]  # a case a week is a fifth of one a day: the first is taken on the fifth


def test_no_dunning_beside_the_court():
    ladder = [Level(days=31, channel="letter")]
    journal = tell(FILES, ladder, OLD, behaviour=SURE)
    assert not on(journal, Kind.NOTICE) and on(journal, Kind.PAYMENT)


@pytest.mark.parametrize("large, complained", [(True, [21]), (False, [])])
def test_a_complaint_about_a_large_debtor(large, complained):
    journal = tell(
        {"law.complaint_days": 20}, items=OLD, large=np.array([large]), behaviour={"law.complaint_works": 1.0, "law.complaint_days": 60}
    )
    assert on(journal, Kind.LAW, a=Stage.COMPLAINED) == complained
    assert on(journal, Kind.LAW, a=Stage.HEARD) == on(journal, Kind.PAYMENT) == [at + 60 for at in complained]


def test_mediation_and_a_lawyer_on_commission():
    agreed = tell(FILES | {"law.route": "mediation"}, items=OLD, behaviour=SURE | {"law.mediation_days": 30})
    assert steps(agreed) == [(31, "FILED"), (61, "AGREED"), (62, "COMPLIED")] and on(agreed, Kind.PAYMENT) == [62]
    certain = {f"recovery.months_{months}": 1.0 for months in (3, 6, 12, 24)}
    handed = tell(FILES | {"law.route": "lawyer_on_commission"}, items=OLD, days=140, behaviour=certain)
    assert steps(handed) == [(31, "HANDED_OVER"), (121, "RETURNED")] and on(handed, Kind.PAYMENT) == on(handed, Kind.COST) == [121]


# ── Plans ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

HARDSHIP = {"answer.hardship_tight": 1.0, "answer.hardship_distressed": 1.0, "plan.rate_deters": 0.0}
PAYS_ALL = HARDSHIP | {"plan.paid_tight": 1.0, "plan.paid_distressed": 1.0}
PAYS_NONE = HARDSHIP | {"plan.paid_tight": 0.0, "plan.paid_distressed": 0.0}
PLAN = {"plan.offer": "yes", "plan.months": 4}


def test_instalments_are_paid_every_thirty_days():
    journal = tell(PLAN, CALL, OLD, days=200, state=DISTRESSED, behaviour=PAYS_ALL)
    assert on(journal, Kind.PLAN) == [5]
    assert on(journal, Kind.PAYMENT, a=Paid.INSTALMENT) == [35, 65, 95, 125]
    assert found(journal, Kind.PAYMENT)["amount"].tolist() == [2_500_00] * 4 and not on(journal, Kind.PLAN_BROKEN)


def test_instalments_wait_for_the_payment_run():
    journal = tell(PLAN, CALL, OLD, state=TIGHT, days=160, behaviour=PAYS_ALL, calendar="CN", run_days=np.array([MONDAYS]))
    paid = on(journal, Kind.PAYMENT)
    assert on(journal, Kind.PLAN) == [5] and paid[0] == day(2025, 2, 10)  # 3 February is a Monday of the Spring Festival
    assert [later - sooner for sooner, later in zip(paid, paid[1:], strict=False)] == [35, 35, 35]


def test_a_missed_instalment_makes_all_due_once_a_fifth_is_missed():
    quarter = tell(PLAN, CALL, OLD, days=120, state=TIGHT, behaviour=PAYS_NONE)
    assert on(quarter, Kind.PLAN_BROKEN) == [35] and found(quarter, Kind.PLAN_BROKEN)["amount"].tolist() == [10_000_00]
    fifth = tell(PLAN | {"plan.months": 5}, CALL, OLD, days=120, state=TIGHT, behaviour=PAYS_NONE)
    assert on(fifth, Kind.PLAN_BROKEN) == [35]
    sixth = tell(PLAN | {"plan.months": 6}, CALL, OLD, days=120, state=TIGHT, behaviour=PAYS_NONE)
    assert on(sixth, Kind.PLAN_BROKEN) == [65]
    patient = tell(PLAN | {"plan.accelerate": "no"}, CALL, OLD, days=140, state=TIGHT, behaviour=PAYS_NONE)
    assert on(patient, Kind.PLAN_BROKEN) == [125]  # each instalment falls due by itself, the last one after 120 days


def test_a_notarised_plan_goes_straight_to_enforcement():
    found_all = PAYS_NONE | {"law.enforced": 1.0, "law.tight": 1.0, "law.enforcement_days": 60}
    journal = tell(PLAN | {"plan.notarised": "yes"}, CALL, OLD, days=160, state=TIGHT, behaviour=found_all)
    stages = dict(map(reversed, steps(journal)))
    assert on(journal, Kind.PLAN_BROKEN) == [35] and stages["ENFORCED"] == 95 and "JUDGED" not in stages
    assert on(journal, Kind.PAYMENT, a=Paid.AT_LAW) == [95]
    plain = tell(PLAN, CALL, OLD, days=160, state=TIGHT, behaviour=found_all)
    assert on(plain, Kind.PLAN_BROKEN) == [35] and not on(plain, Kind.LAW)


def test_no_dunning_while_a_plan_runs():
    ladder = [*CALL, Level(days=6, channel="letter")]
    runs = tell(PLAN, ladder, OLD, days=200, state=TIGHT, behaviour=PAYS_ALL)
    assert on(runs, Kind.NOTICE, a=CHANNELS.index("letter")) == []
    broken = tell(PLAN, ladder, OLD, days=200, state=TIGHT, behaviour=PAYS_NONE)
    assert on(broken, Kind.NOTICE, a=CHANNELS.index("letter")) == [36]


# ── Write-off ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_written_off_when_overdue_longer_than():
    assert on(tell(items=OLD, write_off=90), Kind.WRITE_OFF) == [91]
    assert on(tell(items=OLD, write_off=90, calendar="CN"), Kind.WRITE_OFF) == [day(2025, 4, 2)]
    assert on(tell(items=OLD, write_off=93, calendar="CN"), Kind.WRITE_OFF) == [day(2025, 4, 7)]  # over Qingming
    assert on(tell(items=OLD, write_off=90, pays=90), Kind.PAYMENT) == [90]
    late = tell(items=OLD, write_off=90, pays=91)
    assert on(late, Kind.WRITE_OFF) == [91] and not on(late, Kind.PAYMENT)


def test_the_write_off_waits_while_a_plan_runs():
    journal = tell(PLAN | {"plan.months": 6}, CALL, OLD, days=300, write_off=90, state=TIGHT, behaviour=PAYS_ALL)
    assert not on(journal, Kind.WRITE_OFF) and len(on(journal, Kind.PAYMENT)) == 6
    slow, late_call = PLAN | {"plan.months": 2, "plan.accelerate": "no"}, [Level(days=40, channel="call")]
    over = tell(slow, late_call, OLD, days=300, write_off=90, state=TIGHT, behaviour=PAYS_NONE)
    assert on(over, Kind.PLAN_BROKEN) == [100] and on(over, Kind.WRITE_OFF) == [121]  # looked at on day 91, and again thirty days on


def test_the_write_off_waits_while_at_law():
    journal = tell(FILES | {"law.route": "suit", "law.enforce": "no"}, items=OLD, days=300, write_off=60, behaviour={"law.complies": 0.0})
    ended = dict(map(reversed, steps(journal)))["ENDED"]
    assert ended == day(2025, 4, 1)  # a small claim, filed on 1 February
    assert on(journal, Kind.WRITE_OFF) == [61 + 30]


def test_what_was_written_off_may_still_be_recovered():
    certain = {f"recovery.months_{months}": 1.0 for months in (3, 6, 12, 24)} | {"recovery.written_off": 1.0, "recovery.days": 90}
    levers = {"write_off.then": "lawyer_on_commission"}
    journal = tell(levers, items=OLD, days=200, write_off=90, behaviour=certain)
    assert on(journal, Kind.WRITE_OFF) == [91] and on(journal, Kind.RECOVERY) == [181] == on(journal, Kind.COST)
    assert found(journal, Kind.RECOVERY)["amount"].tolist() == [10_000_00]
    assert not on(tell(items=OLD, days=200, write_off=90, behaviour=certain), Kind.RECOVERY)


# ── Warnings ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# 40 points for sixty days overdue; blue from 20: from thirty days.
ONLY_OVERDUES = {f"warning.{name}_points": 0 for name in ("ratio", "slowing", "growth", "promise")} | {
    "warning.overdue_points": 40,
    "warning.blue": 20,
}


@pytest.mark.parametrize("due, monthly", [(0, [31]), (1, [31]), (2, [59])])
def test_the_monthly_check_is_on_the_first(due, monthly):
    journal = tell(ONLY_OVERDUES | {"warning.check": "monthly", "warning.yellow": 100, "warning.red": 100}, items=[(-30, due, 500)])
    assert on(journal, Kind.WARNING) == monthly


@pytest.mark.parametrize("due, calendar, weekly", [
    (3, "every day", day(2025, 2, 3)), (4, "every day", day(2025, 2, 10)),
    (3, "CN", day(2025, 2, 5)), (5, "CN", day(2025, 2, 5)), (6, "CN", day(2025, 2, 10)),
])  # fmt: skip
def test_the_weekly_check_is_on_the_first_working_day_of_the_week(due, calendar, weekly):
    levers = ONLY_OVERDUES | {"warning.check": "weekly", "warning.yellow": 100, "warning.red": 100, "warning.call": "blue"}
    journal = tell(levers, items=[(-30, due, 500)], calendar=calendar)
    assert on(journal, Kind.WARNING) == [weekly] == on(journal, Kind.REACHED)  # and the customer is called that day


def test_a_warning_stops_supply_from_the_day_of_the_check():
    levers = ONLY_OVERDUES | {"warning.check": "monthly", "warning.stop": "blue"}
    for ordered, held in ((30, []), (31, [31])):
        assert on(tell(levers, items=OLD, orders=[(ordered, 500)], behaviour=PATIENT), Kind.HELD, a=Hold.WARNING) == held


# ── Disputes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dispute_is_cleared_when_its_owner_has_answered():
    journal = tell({"dispute.desk": 1, "dispute.response_days": 10}, items=OLD, complains=20)
    (settled,), (took,) = on(journal, Kind.SETTLED), found(journal, Kind.SETTLED)["b"].tolist()
    assert on(journal, Kind.DISPUTE) == [20] and settled == 20 + took and 5 <= took <= 16
    working = tell({"dispute.desk": 1, "dispute.response_days": 10}, items=OLD, complains=day(2025, 1, 24), calendar="CN")
    assert found(working, Kind.SETTLED)["b"].tolist() == [took]  # in working days: the festival does not count
    assert on(working, Kind.SETTLED)[0] > day(2025, 1, 24) + took


def test_without_a_desk_nobody_hears_of_disputes():
    assert not on(tell(items=OLD, complains=20), Kind.DISPUTE, Kind.SETTLED)


def test_the_desk_can_do_so_much_a_day():
    work = {f"dispute.days_{cause}": 3.0 for cause in ("price", "quality", "delivery", "paperwork")}
    three = [(-30, 0, 1_000)] * 3
    for desk, apart in ((1, 3), (3, 1), (6, 1)):
        journal = tell({"dispute.desk": desk, "dispute.response_days": 1}, items=three, complains=20, behaviour=work)
        assert on(journal, Kind.DISPUTE) == [20] * 3
        settled = on(journal, Kind.SETTLED)
        assert settled[-1] - settled[0] <= 2 * apart and (desk > 1 or settled[2] - settled[1] == 3 == settled[1] - settled[0])


def test_the_undisputed_part_is_paid_first_and_the_rest_if_the_customer_gives_in():
    levers = {"dispute.desk": 1, "dispute.response_days": 60, "dispute.claim_undisputed": "yes"}
    journal = tell(levers, items=OLD, complains=10, pays=20)
    (contested,) = found(journal, Kind.DISPUTE)["amount"].tolist()
    assert on(journal, Kind.PAYMENT) == [20, 21]
    assert found(journal, Kind.PAYMENT)["amount"].tolist() == [10_000_00 - contested, contested]
    assert not on(journal, Kind.SETTLED)  # nothing is left to be cleared


# ── Insolvency ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_payments_and_answers_end_on_the_day_of_insolvency():
    journal = tell(ladder=[Level(days=19), Level(days=20, channel="sms")], items=[(-30, 0, 500), (-30, 1, 700)], pays=19, fails=20)
    assert on(journal, Kind.PAYMENT) == [19] and found(journal, Kind.PAYMENT)["amount"].tolist() == [500_00]
    assert on(journal, Kind.INSOLVENT) == [20]
    assert on(journal, Kind.REACHED) == [19] and set(on(journal, Kind.MISSED)) == {20, 21}


def test_held_orders_end_with_the_customer():
    journal = tell(HOLD_30, items=OLD, orders=[(35, 900)], fails=38, behaviour=PATIENT)
    assert on(journal, Kind.LOST) == [38] and not on(journal, Kind.INVOICE)


def test_a_claim_is_proved_on_the_next_working_day_and_shares_in_the_distribution():
    saturday = day(2025, 1, 11)
    journal = tell(items=OLD, fails=saturday, days=600, calendar="CN")
    proved = saturday + 2
    assert steps(journal) == [(proved, "PROVED")]
    (paid,) = on(journal, Kind.PAYMENT)
    assert paid == day(2026, 7, 7) == proved + 540 and found(journal, Kind.PAYMENT)["amount"].tolist() == [500_00]
    assert not on(tell(items=OLD, fails=saturday, days=paid, calendar="CN"), Kind.PAYMENT)


def test_the_distribution_comes_even_when_the_claim_has_been_written_off():
    journal = tell(items=OLD, fails=20, days=600, write_off=90)
    assert on(journal, Kind.WRITE_OFF) == [91] and not on(journal, Kind.PAYMENT)
    assert on(journal, Kind.RECOVERY) == [560] and found(journal, Kind.RECOVERY)["amount"].tolist() == [500_00]


def test_a_broken_promise_of_an_insolvent_customer_is_not_chased():
    journal = tell({"promise.follow_up": "visit"}, CALL, OLD, fails=6, behaviour=PROMISES)
    assert promised(journal)[0] > 6 and not on(journal, Kind.KEPT, Kind.BROKEN, Kind.PAYMENT) and on(journal, Kind.REACHED) == [5]


def test_payments_leave_at_the_banks_cut_off():
    assert (found(tell(items=OLD, pays=3), Kind.PAYMENT)["time"] % DAY).tolist() == [CUT_OFF]
