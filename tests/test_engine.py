"""The reference engine: extreme and deterministic cases, and runs compared. See test_boundary_days and test_invariants for the rest."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import book, pays_on, people, rates

from arsim.domain.calendar import DAY, OFFICE_OPENS
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Level, Policy, Promise, Team
from arsim.engine.journal import Kind
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.compare import prices
from arsim.study.outcome import outcomes

CLEARING = (Kind.PAYMENT, Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO, Kind.WRITE_OFF)
TOUCHES = (Kind.REACHED, Kind.MISSED, Kind.WRONG_PARTY)
PRICES = prices(Behaviour.default())


def rows(journal, *kinds):
    return journal.rows[np.isin(journal.rows["kind"], kinds)]


def run(population, policy, days=200, seed=1, replication=0, warmup=0, behaviour=None):
    return simulate(deal(population, seed, replication, days), policy, behaviour, warmup)


levels = st.builds(Level, days=st.integers(-20, 80), channel=st.sampled_from(CHANNELS), clock=st.sampled_from(["due", "end_of_month"]))


# ── Extreme and deterministic ──────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_pays():
    mute = Behaviour.default({"answer.promise": 0.0})  # who promises may pay, whoever it is
    journal = run(people(base=rates()), read_policy("baseline"), days=365, behaviour=mute)
    assert len(rows(journal, Kind.PAYMENT)) == 0
    found = outcomes(journal, PRICES)
    assert found["cash_collected"] == 0 and found["cei"] < 20


@pytest.mark.parametrize("day", [0, 10, 30, 45])
def test_everybody_pays_on_day_k(day):
    population = pays_on(day, orders_a_day=np.full(5, 3.0), log_mean=np.full(5, 13.0), log_sd=np.full(5, 1e-9))
    journal = run(population, read_policy("do_nothing"), days=500, warmup=100)
    sent, paid = rows(journal, Kind.INVOICE), rows(journal, Kind.PAYMENT)
    issue = dict(zip(sent["invoice"].tolist(), sent["a"].tolist(), strict=True))
    assert {int(t) // DAY - issue[i] for t, i in zip(paid["time"], paid["invoice"].tolist(), strict=True)} == {day}
    found = outcomes(journal, PRICES)
    assert found["days_to_pay"] == pytest.approx(day)
    assert found["dso"] == pytest.approx(day, abs=0.12 * day + 1e-9)  # the last weeks' orders are Poisson
    if day <= 30:
        assert found["cei"] == 100


def test_limit_zero_sells_nothing_on_credit():
    none = {"credit.limit_factor": 0.0}
    held = run(people(), Policy(name="p").replace(none | {"credit.over_limit": "hold"}), days=300)
    assert len(rows(held, Kind.INVOICE, Kind.PREPAID)) == 0 and len(rows(held, Kind.LOST)) > 0
    prepaid = run(people(), Policy(name="p").replace(none | {"credit.over_limit": "prepay"}), days=300)
    assert len(rows(prepaid, Kind.INVOICE)) == 0 and len(rows(prepaid, Kind.PREPAID)) > 0 and len(rows(prepaid, Kind.HELD)) == 0
    accepted = run(people(), Policy(name="p").replace(none), days=300)
    assert len(rows(accepted, Kind.INVOICE)) == len(rows(accepted, Kind.ORDER))


def test_no_collectors_no_calls():
    policy = read_policy("source_three_stage").replace({"team.collectors": 0})
    made = rows(run(people(), policy), Kind.REACHED, Kind.MISSED)
    assert len(made) and {CHANNELS[c] for c in np.unique(made["a"])} <= {"email", "sms", "letter"}


def test_a_thousand_collectors_leave_nothing_waiting():
    policy = Policy(name="p", dunning=(Level(days=5, channel="call"),), team=Team(collectors=1000, attempts=1, contact_cap=21))
    world = deal(people(40), 1, 0, 200)
    journal = simulate(world, policy)
    calls = rows(journal, Kind.REACHED, Kind.MISSED)
    assert np.all(calls["time"] % DAY == OFFICE_OPENS)  # nobody queues: every call is made when the office opens
    one = simulate(world, policy.replace({"team.collectors": 1}))
    assert len(rows(one, Kind.PAYMENT)) <= len(rows(journal, Kind.PAYMENT))


def test_catch_up_sends_one_notice_for_an_old_invoice():
    population = people(1, base=rates(), opening=book([0], [-100], [-70], [1000_00]), orders_a_day=np.zeros(1), insolvency=np.zeros(1))
    policy = Policy(name="p", dunning=(Level(days=7), Level(days=30, channel="sms"), Level(days=90, channel="letter")))
    notices = rows(run(population, policy, days=60), Kind.NOTICE)
    assert [(CHANNELS[a], b) for a, b in zip(notices["a"], notices["b"], strict=True)] == [("sms", 1), ("letter", 2)]
    assert notices["time"][0] // DAY == 1  # 1 January is a holiday, 2 January the first working day
    assert notices["time"][1] // DAY == 20


def test_levels_issued_before_the_start_are_not_issued_again():
    had = Policy(name="had", dunning=(Level(days=7), Level(days=30, channel="sms"), Level(days=90, channel="letter")))
    items = replace(book([0], [-100], [-70], [1000_00]), issued=had.dunning)
    population = people(1, base=rates(), opening=items, orders_a_day=np.zeros(1), insolvency=np.zeros(1))
    assert [CHANNELS[a] for a in rows(run(population, had, days=60), Kind.NOTICE)["a"]] == ["letter"]
    other = had.replace({"dunning.1.days": 31})
    assert [CHANNELS[a] for a in rows(run(population, other, days=60), Kind.NOTICE)["a"]] == ["sms", "letter"]


def test_what_was_ready_before_the_start_leaves_with_the_next_run():
    weekly = dict(run_days=np.full(1, 0b10000), orders_a_day=np.zeros(1), insolvency=np.zeros(1), base=rates((0, 1e9)))
    population = people(
        1, opening=book([0], [-40], [-4], [1000_00]), **weekly
    )  # start Wednesday 1 January: the last run was on 27 December
    assert rows(run(population, read_policy("do_nothing"), days=30), Kind.PAYMENT)["time"][0] // DAY == 2


def test_the_book_does_not_re_deal_the_orders():
    longer = people(opening=book([0, 3], [-20, -5], [5, 20], [5_000_00, 700_00]))
    one, other = deal(people(), 4, 0, 100), deal(longer, 4, 0, 100)
    for column in ("threshold", "amount", "time", "ordinal", "patience"):
        np.testing.assert_array_equal(getattr(one, column), getattr(other, column)[other.opening :])


def test_clocks():
    population = people(1, base=rates(), opening=book([0], [-30], [2], [1000_00]), orders_a_day=np.zeros(1), calendar="every day")
    ladder = (Level(days=10), Level(days=30, clock="end_of_month", channel="sms"), Level(days=10, clock="previous", channel="letter"))
    days = rows(run(population, Policy(name="p", dunning=ladder), days=120), Kind.NOTICE)["time"] // DAY
    assert days.tolist() == [12, 58, 68]  # due 3 January: 13 January; 2 February rolled to the 28th; ten days on


def test_write_off_day():
    population = people(1, base=rates(), opening=book([0], [-30], [0], [1000_00]), orders_a_day=np.zeros(1), calendar="every day")
    gone = rows(run(population, Policy(name="p", write_off_days=90), days=120), Kind.WRITE_OFF)
    assert (gone["time"] // DAY).tolist() == [91] and gone["amount"].tolist() == [1000_00]


def test_held_order_is_released_when_the_old_invoice_is_paid():
    population = pays_on(50, n=1, orders_a_day=np.full(1, 1.0), opening=book([0], [-20], [-10], [1000_00]))
    policy = Policy(name="p").replace({"credit.hold_overdue_days": 9, "credit.hold_overdue_share": 0.0})
    journal = run(population.replace(base=rates((30, 1e9))), policy, days=25)
    held, sent = rows(journal, Kind.HELD), rows(journal, Kind.INVOICE)
    paid = rows(journal, Kind.PAYMENT)["time"][0] // DAY
    assert paid == 20 and len(held)
    assert len(sent) and sent["time"].min() // DAY > paid


def test_insolvent_customers_pay_and_order_nothing_more():
    journal = run(people(200, insolvency=np.full(200, 2.0)), read_policy("do_nothing"), days=365)
    day = {int(r["customer"]): int(r["time"]) for r in rows(journal, Kind.INSOLVENT)}
    assert len(day) > 10
    for row in rows(journal, Kind.PAYMENT, Kind.ORDER):
        assert row["time"] < day.get(int(row["customer"]), 1 << 60)


# ── Comparisons ────────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=80, deadline=None)
@given(st.lists(levels, max_size=4), levels, st.integers(1, 3), st.integers(0, 1000))
def test_one_more_contact_never_delays_a_payment(ladder, extra, attempts, seed):
    # All else equal: staff and the cap suffice, nobody tires or takes its orders elsewhere, no promise pauses dunning.
    patient = Behaviour.default({"answer.fatigue": 1.0, "goodwill.orders": 0.0})
    goes_on = Promise(pause="no")
    team = Team(collectors=1000, attempts=attempts, contact_cap=21)
    world = deal(people(30, orders_a_day=np.full(30, 0.1)), seed, 0, 200)
    fewer = simulate(world, Policy(name="fewer", dunning=tuple(ladder), team=team, promise=goes_on), patient)
    more = simulate(world, Policy(name="more", dunning=(*ladder, extra), team=team, promise=goes_on), patient)
    few, many = rows(fewer, Kind.PAYMENT), rows(more, Kind.PAYMENT)
    for row in few:  # at no moment has less of the invoice been paid
        paid, sooner = ((found["invoice"] == row["invoice"]) & (found["time"] <= row["time"]) for found in (few, many))
        assert many["amount"][sooner].sum() >= few["amount"][paid].sum()


@pytest.mark.parametrize("name", built_in())
def test_same_seed_same_journal(name):
    policy, population = read_policy(name), people()
    assert run(population, policy).rows.tobytes() == run(population, policy).rows.tobytes()
    assert run(population, policy).rows.tobytes() != run(population, policy, seed=2).rows.tobytes()


def test_a_lever_without_effect_leaves_the_journal_identical():
    policy = read_policy("baseline")
    idle = policy.replace(
        {
            "worklist.risk_points": 0,
            "worklist.days_points": 0,
            "worklist.amount_points": 0,
            "credit.hold_overdue_share": 0.9,
            "team.collectors": 900,
        }
    )
    assert run(people(), policy.replace({"team.collectors": 900})).rows.tobytes() == run(people(), idle).rows.tobytes()
    mute = Behaviour.default().without_effects().changed({"goodwill.orders": 0.0})  # and no order is placed elsewhere for being chased
    chases = read_policy("source_three_stage").replace({"law.days": 0})
    paid = [rows(run(people(), policy, behaviour=mute), Kind.PAYMENT).tobytes() for policy in (read_policy("do_nothing"), chases)]
    assert paid[0] == paid[1]
