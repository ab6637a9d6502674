"""Policies that change on the way, calls that people make: nothing that holds of one policy's run may break."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import people, rates
from test_invariants import (
    TOUCHES,
    books,
    customers_have_causes,
    days,
    identities,
    invoices_have_causes,
    law_has_causes,
    lines,
    manners,
    many,
    nothing_negative,
    orders_end_once,
    outside,
    payments_when_banks_work,
    policies,
    seeds,
    to_the_fen,
)  # fmt: skip

from arsim.domain.calendar import CUT_OFF, DAY, NOON_BREAK, OFFICE_OPENS
from arsim.domain.policies import read_policy
from arsim.domain.policy import build
from arsim.domain.problem import BadInput
from arsim.engine import engines
from arsim.engine.contacts import CALL
from arsim.engine.journal import Kind, Paid
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import AT, Call, Conduct
from arsim.model.population import OpenItems
from arsim.model.world import deal
from arsim.study.company import Company
from arsim.study.compare import prices
from arsim.study.window import window

PRICES = prices(Behaviour.default())
LONG = 1 << 40


def run(world, policy, behaviour=None, **conduct):
    return simulate(world, policy, behaviour, conduct=Conduct(**conduct))


@st.composite
def changes(draw, policy=None):
    """One to three policies, each from a later day on."""
    when = sorted(draw(st.sets(st.integers(1, 199), min_size=1, max_size=3)))
    return tuple((day, policy or draw(policies())) for day in when)


@st.composite
def calls(draw):
    """A few calls with two customers."""
    made = []
    for _ in range(draw(st.integers(1, 8))):
        day = draw(st.integers(0, 39))
        made.append(
            Call(
                day=day, customer=draw(st.integers(0, 1)), promised=draw(st.sampled_from([0, 1, 50_000, LONG])),
                due=day + draw(st.integers(1, 40)), kept=draw(st.sampled_from([0.0, 0.5, 1.0])), goodwill=draw(st.floats(-30, 10)),
                provable=draw(st.booleans()),
                instalments=draw(st.sampled_from([0, 0, 1, 4])), disputed=draw(st.sampled_from([0, 1000])),
                handed_on=draw(st.booleans()), minutes=draw(st.integers(0, 30)),
            )
        )  # fmt: skip
    return tuple(made)


def in_force(policy, later):
    """Day → the policy in force on it."""
    return lambda day: next((one for begins, one in reversed(later) if begins <= day), policy)


def sound(journal, world, policy, later, made=()):
    """Everything that must be true of a run."""
    rows = lines(journal)
    assert np.all(np.diff(journal.rows["time"]) >= 0)
    nothing_negative(rows, world.days, len(world.population))
    identities(journal, rows, to_the_fen(rows))
    orders_end_once(rows)
    payments_when_banks_work(rows, world)
    invoices_have_causes(rows)
    customers_have_causes(rows, world)
    law_has_causes(rows)
    by_people = defaultdict(int)
    for call in made:
        by_people[world.calendar_next[call.day] * DAY + AT, call.customer, call.minutes] += 1
    met, busy, now = defaultdict(list), [], in_force(policy, later)
    for row in rows:
        if row.kind not in TOUCHES:
            continue
        day, minute = divmod(row.time, DAY)
        assert world.calendar.open[day]
        if row.a == CALL and by_people[row.time, row.customer, row.b]:
            by_people[row.time, row.customer, row.b] -= 1
            continue
        met[row.customer].append(day)
        assert sum(day - 7 < before <= day for before in met[row.customer]) <= now(day).team.contact_cap
        if row.b:
            ends = minute + row.b
            assert OFFICE_OPENS <= minute and ends <= NOON_BREAK[0] or NOON_BREAK[1] <= minute and ends <= CUT_OFF
            busy = [end for end in busy if end > row.time] + [row.time + row.b]
            assert len(busy) <= now(day).team.collectors


# ── Another policy on the way ──────────────────────────────────────────────────────────────────────────────────────────


@settings(many, max_examples=120)
@given(policies(), books(), outside, manners, seeds, days, st.data())
def test_adopting_what_is_in_force_changes_nothing(policy, population, scenario, behaviour, seed, days, data):
    world = deal(population, seed, 0, days, scenario, behaviour)
    plain = simulate(world, policy, behaviour)
    assert run(world, policy, behaviour).rows.tobytes() == plain.rows.tobytes()
    again = run(world, policy, behaviour, later=data.draw(changes(policy)))
    assert again.rows.tobytes() == plain.rows.tobytes() and again.staff_minutes == plain.staff_minutes


@settings(many, max_examples=160)
@given(policies(), changes(), books(), outside, manners, seeds, days)
def test_a_change_breaks_nothing_and_casts_no_shadow_before(policy, later, population, scenario, behaviour, seed, days):
    world = deal(population, seed, 0, days, scenario, behaviour)
    journal, plain = run(world, policy, behaviour, later=later), simulate(world, policy, behaviour)
    sound(journal, world, policy, later)
    before = min(later[0][0], days) * DAY
    assert journal.rows[journal.rows["time"] < before].tobytes() == plain.rows[plain.rows["time"] < before].tobytes()


@settings(many, max_examples=60)
@given(policies(), books(), outside, manners, seeds, days, st.integers(1, 199))
def test_a_longer_ladder_goes_on_where_the_shorter_one_stood(policy, population, scenario, behaviour, seed, days, when):
    # What waits for a promise, a plan, the court or the desk is looked at again at once instead of on its day: left out here.
    quiet = {"plan.offer": "no", "promise.pause": "no", "law.days": 0, "law.on_refusal": "no", "dispute.pause": "no", "dispute.desk": 0}
    # So are levels that fall due together, over a holiday or for the cap: of those an invoice that moves over is told the highest.
    apart = {f"dunning.{at}.days": 20 * at - 10 for at in range(len(policy.dunning))}
    apart |= {f"dunning.{at}.clock": "due" for at in range(len(policy.dunning))}
    policy = policy.replace(quiet | apart | {"law.complaint_days": 0, "team.contact_cap": 10})
    world = deal(population, seed, 0, days, scenario, behaviour)
    last = {"days": 365, "channel": "visit"}
    longer = build(policy.model_dump() | {"dunning": [*policy.model_dump()["dunning"], last]}, "longer")
    late = days < 240 and all(due > -120 for due in population.opening.due.tolist())
    if late:  # the rung beyond is never reached
        assert run(world, policy, behaviour, later=((when, longer),)).rows.tobytes() == simulate(world, policy, behaviour).rows.tobytes()


def items(*rows):
    """Open items: (customer, issue day, due day, fen)."""
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    return OpenItems(*columns, np.zeros(len(rows), bool), tuple(f"O{number}" for number in range(len(rows))))


def idle_book(*rows, customers=3):
    """Customers who order nothing and pay nothing by themselves."""
    n = np.zeros(customers)
    return people(
        customers, base=rates((-30, 0.0)), orders_a_day=n, insolvency=n, run_days=np.full(customers, 0b11111), opening=items(*rows)
    )


RUNGS = [{"days": days, "channel": channel} for days, channel in ((5, "email"), (20, "letter"), (60, "email"))]


def notices(journal):
    found = defaultdict(list)
    for row in lines(journal):
        if row.kind == Kind.NOTICE:
            found[row.invoice].append((row.time // DAY, row.a, row.b))
    return found


def test_nobody_is_forgotten_and_nobody_is_told_twice():
    book = idle_book((0, -40, -10, 100_00), (1, -130, -100, 200_00), (2, -20, 10, 300_00))
    world = deal(book, 1, 0, 150)
    nothing, ladder = build({}, "nothing"), build({"dunning": RUNGS, "team": {"contact_cap": 10}}, "ladder")
    late = notices(run(world, nothing, later=((50, ladder),)))
    start = world.calendar_next[50]
    assert [(day, level) for day, _, level in late[0]] == [(start, 2)]  # 60 days late by now: the highest level, and only that
    assert [(day, level) for day, _, level in late[1]] == [(start, 2)]
    assert [level for _, _, level in late[2]] == [1, 2] and late[2][0][0] == start  # 40 days late: the second, later the third
    firm = build({"dunning": [*RUNGS[:2], {"days": 30, "channel": "letter"}], "team": {"contact_cap": 10}}, "firm")
    told = notices(run(world, ladder, later=((70, firm),)))
    assert all(len({(channel, level) for _, channel, level in found}) == len(found) for found in told.values())
    assert [level for _, _, level in told[2]] == [0, 1, 2] and told[2][2][0] == world.calendar_next[70]
    assert notices(run(world, ladder, later=((70, nothing),)))[2] == notices(simulate(world, ladder))[2][:2]


def test_write_off_and_staff_follow_the_policy_in_force():
    book = idle_book((0, -40, -10, 100_00), (1, -30, -1, 200_00))
    world = deal(book, 1, 0, 200)
    patient, hasty = build({"team": {"collectors": 1}}, "patient"), build({"write_off_days": 90, "team": {"collectors": 3}}, "hasty")
    journal = run(world, patient, later=((120, hasty),))
    gone = [row for row in lines(journal) if row.kind == Kind.WRITE_OFF]
    assert [row.time // DAY for row in gone] == [world.calendar_next[120]] * 2
    assert journal.staff().tolist() == [1] * 120 + [3] * 80
    one, three = (simulate(world, policy).staff_minutes for policy in (patient, hasty))
    assert 3 * one == three and one < journal.staff_minutes < three
    paid = window(journal, PRICES).cost_by_day
    assert paid[150] == 3 * paid[50] > 0
    back = run(world, hasty, later=((60, patient),))
    assert not [row for row in lines(back) if row.kind == Kind.WRITE_OFF], "whoever is patient before the day gives up nothing"


def test_a_discount_offered_stays_offered():
    keen = people(4, base=rates((-30, 0.3)), terms=np.full(4, 60), orders_a_day=np.full(4, 0.3), insolvency=np.zeros(4))
    world = deal(keen, 3, 0, 120)
    offer, none = build({"discount": {"percent": 2.0, "days": 30}}, "offer"), build({}, "none")
    rows = lines(run(world, offer, later=((60, none),)))
    issued = {row.invoice: row.a for row in rows if row.kind == Kind.INVOICE}
    taken = [row for row in rows if row.kind == Kind.DISCOUNT]
    assert any(row.time // DAY >= 60 for row in taken) and all(issued[row.invoice] < 60 for row in taken)


def test_the_days_must_be_in_order_and_the_calls_possible():
    policy, world = build({}, "plain"), deal(idle_book((0, -40, -10, 100_00)), 1, 0, 50)
    for later in (((0, policy),), ((9, policy), (9, policy)), ((9, policy), (3, policy))):
        with pytest.raises(BadInput):
            Conduct(later=later)
    for wrong in ({"kept": 1.1}, {"promised": 5}, {"promised": 5, "due": 3}, {"minutes": -1}):
        with pytest.raises(BadInput):
            Call(day=3, customer=0, **wrong)
    for call in (Call(day=50, customer=0), Call(day=3, customer=3)):
        with pytest.raises(BadInput):
            run(world, policy, calls=(call,))


def test_the_compiled_engine_refuses_both_by_name():
    policy, world = build({}, "plain"), deal(idle_book((0, -40, -10, 100_00)), 1, 0, 20)
    for conduct, name in (
        (Conduct(later=((5, policy),)), "policies that change on the way"),
        (Conduct(calls=(Call(day=3, customer=0),)), "calls made by people"),
    ):
        with pytest.raises(BadInput) as refused:
            engines.simulate(world, policy, engine="compiled", conduct=conduct)
        assert name in str(refused.value)
        assert engines.simulate(world, policy, conduct=conduct).rows.tobytes() == simulate(world, policy, conduct=conduct).rows.tobytes()
    assert engines.beyond(policy, None, Conduct()) == engines.beyond(policy)


# ── Calls made by people ───────────────────────────────────────────────────────────────────────────────────────────────


@settings(many, max_examples=120)
@given(policies(), books(), outside, manners, seeds, days, calls())
def test_calls_break_nothing_and_cast_no_shadow_before(policy, population, scenario, behaviour, seed, days, made):
    world = deal(population, seed, 0, days, scenario, behaviour)
    journal, plain = run(world, policy, behaviour, calls=made), simulate(world, policy, behaviour)
    sound(journal, world, policy, (), made)
    before = min(world.calendar_next[call.day] for call in made) * DAY + AT
    assert journal.rows[journal.rows["time"] < before].tobytes() == plain.rows[plain.rows["time"] < before].tobytes()


@settings(many, max_examples=60)
@given(
    policies(), books(), outside, manners, seeds, days, st.lists(st.tuples(st.integers(0, 39), st.integers(0, 1)), min_size=1, max_size=5)
)
def test_a_call_that_brings_nothing_changes_nothing_else(policy, population, scenario, behaviour, seed, days, made):
    world = deal(population, seed, 0, days, scenario, behaviour)
    plain = simulate(world, policy, behaviour).rows.tolist()
    left = run(world, policy, behaviour, calls=tuple(Call(day=day, customer=who, minutes=777) for day, who in made)).rows.tolist()
    at = {(world.calendar_next[day] * DAY + AT, who) for day, who in made}
    for row in plain:
        left.remove(row)
    assert left and all((row[0], row[2]) in at and row[1] in (Kind.REACHED, Kind.MISSED, Kind.NOTICE, Kind.ANSWER) for row in left)


DEBT = ((0, -40, -10, 100_000_00), (0, -35, -5, 60_000_00), (1, -40, -10, 70_000_00))


def test_a_promise_goes_into_the_books_and_is_kept_or_broken_by_the_same_luck():
    policy = build({"dunning": RUNGS, "promise": {"pause": "yes", "follow_up": "call"}, "team": {"collectors": 2}}, "plain")
    outcomes = []
    for replication in range(60):
        world = deal(idle_book(*DEBT), 5, replication, 90)
        kept = []
        for chance in (0.0, 0.2, 0.5, 0.8, 1.0):
            call = Call(day=8, customer=0, promised=120_000_00, due=20, kept=chance)
            rows = lines(run(world, policy, calls=(call,)))
            promise = next(row for row in rows if row.kind == Kind.PROMISE)
            assert (promise.amount, promise.a) == (120_000_00, world.calendar_next[20]) and promise.time == 8 * DAY + AT
            paid = [row for row in rows if row.kind == Kind.PAYMENT and row.customer == 0 and row.time // DAY == promise.a]
            ends = next(row.kind for row in rows if row.kind in (Kind.KEPT, Kind.BROKEN))
            kept.append(ends == Kind.KEPT)
            assert kept[-1] == (sum(row.amount for row in paid) == 120_000_00)
            assert all(row.a in (Paid.PROMISED, Paid.IN_FULL) for row in paid)
            quiet = [row for row in rows if row.kind == Kind.NOTICE and row.invoice == 0 and 8 * DAY + AT < row.time <= promise.a * DAY]
            assert not quiet, "who has promised is left alone until then"
        assert kept == sorted(kept) and kept[-1]
        outcomes.append(kept)
    assert 0.3 < np.mean([kept[2] for kept in outcomes]) < 0.7


def test_a_plan_a_demand_goodwill_and_the_legal_desk_follow_the_call():
    world, plain = deal(idle_book(*DEBT), 5, 0, 200), build({}, "plain")
    base = Call(day=8, customer=0, promised=LONG, due=20, kept=1.0, minutes=12)
    planned = lines(run(world, plain, calls=(replace(base, instalments=4),)))
    assert [row.amount for row in planned if row.kind == Kind.PLAN] == [160_000_00]
    paid = [row for row in planned if row.kind == Kind.PAYMENT]
    assert sum(row.amount for row in paid) == 160_000_00 and len({row.time // DAY for row in paid}) == 4
    broken = lines(run(world, plain, calls=(replace(base, instalments=4, kept=0.0),)))
    assert any(row.kind == Kind.PLAN_BROKEN for row in broken) and not any(row.kind == Kind.PAYMENT for row in broken)
    for points in (-20.0, 0.0):
        told = [
            row.amount for row in lines(run(world, plain, calls=(Call(day=8, customer=1, goodwill=points),))) if row.kind == Kind.GOODWILL
        ]
        assert (told[1] < 10_000) == (points < 0) and told[0] == told[2] == 10_000
    suing = build({"law": {"on_refusal": "yes", "cases_a_week": 5, "min_amount": 0}}, "suing")
    filed = [
        row.customer for row in lines(run(world, suing, calls=(Call(day=8, customer=1, handed_on=True),))) if row.kind == Kind.LAW
    ]  # fmt: skip
    assert filed and set(filed) == {1}


def test_a_demand_that_can_be_proved_starts_limitation_afresh():
    old = idle_book((0, -1110, -1060, 100_000_00), customers=1)  # due almost three years ago
    world, plain = deal(old, 5, 0, 200), build({"write_off_days": 1825}, "plain")
    barred = {proved: any(row.kind == Kind.BARRED for row in lines(run(world, plain, calls=(Call(day=8, customer=0, provable=proved),))))
              for proved in (False, True)}  # fmt: skip
    assert barred == {False: True, True: False}


def test_a_call_brings_a_dispute_to_light_only_where_there_is_one():
    dull = Behaviour.default({"dispute.complains": 100})
    for disputed in (False, True):
        book = idle_book(*DEBT)
        book = book.replace(opening=replace(book.opening, disputed=np.array([disputed] * 3)))
        world = deal(book, 5, 0, 60, behaviour=dull)
        rows = lines(run(world, build({"dispute": {"desk": 1}}, "desk"), dull, calls=(Call(day=8, customer=0, disputed=5),)))
        known = [row for row in rows if row.kind == Kind.DISPUTE and row.customer == 0 and row.time <= 8 * DAY + AT]
        assert {row.invoice for row in known} == ({0, 1} if disputed else set())
        assert any(row.time == 8 * DAY + AT for row in known) == disputed


def test_calls_are_made_in_working_hours_and_not_with_the_insolvent():
    company = Company.demo()
    world = deal(company.population, 1, 0, 40)
    rest = next(day for day in range(3, 20) if not world.calendar.open[day])
    rows = lines(run(world, read_policy("baseline"), calls=(Call(day=rest, customer=7, minutes=999),)))
    assert [row.time for row in rows if row.b == 999 and row.kind in TOUCHES] == [world.calendar_next[rest] * DAY + AT]
