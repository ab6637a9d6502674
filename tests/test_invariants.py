"""What must be true of every run: policies over all levers, every scenario, small random books."""

from collections import Counter, defaultdict
from datetime import date
from types import SimpleNamespace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import people, rates

from arsim.domain.calendar import CUT_OFF, DAY, DUNNING_RUN, KINDS, NOON_BREAK, OFFICE_OPENS
from arsim.domain.lever import Lever
from arsim.domain.policy import build, levers
from arsim.engine.journal import Kind, Paid, Stage
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.population import OpenItems
from arsim.model.scenario import read_scenario, scenarios
from arsim.model.world import deal
from arsim.study.book import balance, book
from arsim.study.compare import prices
from arsim.study.outcome import outcomes

CLEARING = (Kind.PAYMENT, Kind.DISCOUNT, Kind.CREDIT_NOTE, Kind.LET_GO, Kind.WRITE_OFF)
CASH = (Kind.PAYMENT, Kind.PREPAID, Kind.INTEREST_PAID, Kind.RECOVERY)
TOUCHES = (Kind.REACHED, Kind.MISSED, Kind.WRONG_PARTY)
ENDS = (Kind.INVOICE, Kind.PREPAID, Kind.LOST, Kind.WALKED)
LUCK = (Kind.ORDER, Kind.LIQUIDITY, Kind.INSOLVENT)
STARTS = (date(2025, 1, 1), date(2025, 9, 22), date(2024, 2, 5))  # a holiday; before the October week; before the Spring Festival
# Squeezes, hardship, refusals and disputes are rare in ordinary times; here a small book should meet them.
TROUBLED = {
    "liquidity.sound_tight": 0.4, "liquidity.tight_distressed": 0.3, "answer.hardship_tight": 0.6, "answer.hardship_distressed": 0.7,
    "answer.refuses": 0.2, "answer.refuses_slow": 0.25, "dispute.complains": 3, "law.enforcement_days": 20,
    "law.mediation_days": 5, "law.complaint_days": 10, "recovery.days": 10, "recovery.guarantee_days": 8, "recovery.bankruptcy_days": 25,
    "money.short": 0.4, "credit.patience": 4, "plan.accepts_security": 0.9, "grant.accepts_security": 0.9, "law.objects": 0.5,
}  # fmt: skip
BEHAVIOURS = {"ordinary": Behaviour.default(), "troubled": Behaviour.default(TROUBLED)}
PRICES = prices(BEHAVIOURS["ordinary"])
many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


# ── Random policies and books ──────────────────────────────────────────────────────────────────────────────────────────


def values(lever: Lever):
    """What a lever may be; its default, its ends and small values more often than by chance."""
    if lever.choices:
        return st.sampled_from(lever.choices)
    often = st.sampled_from([*[lever.default] * 4, lever.low, lever.high])
    if isinstance(lever.default, float):
        return often | st.floats(lever.low, lever.high)
    low, high = int(lever.low), int(lever.high)
    return often.map(int) | st.integers(max(low, -20), min(high, max(low, -20) + 80)) | st.integers(low, high)


# Levers that switch a whole desk on: left to chance, it would rarely have any work.
OFTEN = {
    "law.days": st.integers(1, 40), "law.min_amount": st.sampled_from([0, 1_000]), "plan.offer": st.just("yes"), "dispute.desk": st.just(1),
    "credit.review_months": st.integers(1, 4), "credit.hold_review_days": st.integers(1, 30), "dunning.N.min_amount": st.just(0),
    "dunning.N.days": st.integers(-20, 40), "team.contact_cap": st.integers(1, 10), "team.collectors": st.integers(1, 3),
    "write_off.then": st.just("lawyer_on_commission"), "law.cases_a_week": st.integers(2, 10),
}  # fmt: skip
SCHEMA = {lever.path: OFTEN[lever.path] | values(lever) if lever.path in OFTEN else values(lever) for lever in levers()}
RUNG = {path.removeprefix("dunning.N."): found for path, found in SCHEMA.items() if path.startswith("dunning.N.")}
REST = {path: found for path, found in SCHEMA.items() if not path.startswith("dunning.N.")}


@st.composite
def policies(draw):
    """A policy over all levers; a few of its parts may be left at their defaults, so that the others have something to act on."""
    plain = draw(st.sets(st.sampled_from(sorted({path.split(".")[0] for path in REST})), min_size=2, max_size=9))
    data: dict = {}
    for path, value in draw(st.fixed_dictionaries(REST)).items():
        *way, last = path.split(".")
        if path.split(".")[0] not in plain:
            node = data
            for step in way:
                node = node.setdefault(step, {})
            node[last] = value
    ladder = draw(st.lists(st.fixed_dictionaries(RUNG), max_size=4) | st.lists(st.fixed_dictionaries(RUNG), min_size=2, max_size=4))
    if ladder and ladder[0]["clock"] == "previous":
        ladder[0] = {**ladder[0], "clock": "due"}
    return build(data | {"dunning": ladder}, "random")


items = st.tuples(
    st.integers(0, 11), st.integers(1, 120) | st.integers(1, 1300), st.integers(0, 120), st.integers(1, 20_000_00), st.booleans()
)


@st.composite
def books(draw):
    """A small company: 2 to 12 customers, their habits, their open invoices."""
    n = draw(st.integers(2, 12))
    luck = np.random.default_rng(draw(st.integers(0, 10_000)))
    opening = sorted(draw(st.lists(items, max_size=6)), key=lambda item: -item[1])
    return people(
        n,
        base=rates((-30, 0.01), (0, draw(st.sampled_from([0.0, 0.05, 0.3]))), (3, 0.06), (30, 0.02)),
        start=draw(st.sampled_from(STARTS)),
        calendar=draw(st.sampled_from(KINDS)),
        terms=luck.choice([0, 7, 30, 60, 90], n),
        month_end=luck.random(n) < 0.3,
        limit=luck.choice([0, 50_000_00, 500_000_00], n),
        orders_a_day=luck.choice([0.0, 0.1, 0.5], n),
        log_mean=luck.uniform(11.0, 16.0, n),
        payer=luck.uniform(0.2, 3.0, n),
        run_days=luck.choice([0b1111111, 0b11111, 0b00001, 0b10100], n),
        dispute_rate=np.full(n, draw(st.sampled_from([0.0, 0.1, 0.6]))),
        dependence=luck.random(n),
        insolvency=np.full(n, draw(st.sampled_from([0.0, 0.1, 2.0]))),
        grade=luck.integers(0, 4, n),
        industry=luck.integers(0, 7, n),
        large=luck.random(n) < 0.4,
        frayed=draw(st.booleans()),
        due_rolls=draw(st.booleans()),
        small_amount=draw(st.sampled_from([0, 1_000_00])),
        small_factor=0.5,
        opening=OpenItems(
            np.array([who % n for who, *_ in opening], np.int64),
            np.array([-age for _, age, *_ in opening], np.int64),
            np.array([terms - age for _, age, terms, *_ in opening], np.int64),
            np.array([amount for *_, amount, _ in opening], np.int64),
            np.array([disputed for *_, disputed in opening], bool),
            tuple(f"O{number}" for number in range(len(opening))),
        ),
    )


days = st.integers(40, 200)
seeds = st.integers(0, 1_000_000)
outside = st.sampled_from(scenarios()).map(read_scenario)
manners = st.sampled_from(sorted(BEHAVIOURS)).map(BEHAVIOURS.get)


def lines(journal):
    """The journal's rows as plain objects, in order."""
    return [SimpleNamespace(**dict(zip(journal.rows.dtype.names, row, strict=True))) for row in journal.rows.tolist()]


# ── One run ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(many, max_examples=320)
@given(policies(), books(), outside, manners, seeds, days)
def test_one_run(policy, population, scenario, behaviour, seed, days):
    world = deal(population, seed, 0, days, scenario, behaviour)
    journal = simulate(world, policy, behaviour)
    rows = lines(journal)
    assert np.all(np.diff(journal.rows["time"]) >= 0)
    nothing_negative(rows, days, len(population))
    left = to_the_fen(rows)
    identities(journal, rows, left)
    orders_end_once(rows)
    payments_when_banks_work(rows, world)
    contacts_within_bounds(rows, world, policy)
    invoices_have_causes(rows)
    customers_have_causes(rows, world)
    law_has_causes(rows)


def nothing_negative(rows, days, customers):
    told = [row for row in rows if row.kind == Kind.GOODWILL]
    assert sorted(row.customer for row in told) == list(range(customers))
    assert all(0 <= row.amount <= 10_000 and row.time == days * DAY for row in told)
    for row in rows:
        assert row.amount >= 0 and (0 <= row.time < days * DAY or row.kind == Kind.GOODWILL)
        if row.kind in (
            *CLEARING,
            Kind.ORDER,
            Kind.OPENING,
            Kind.INVOICE,
            Kind.PREPAID,
            Kind.PROMISE,
            Kind.BROKEN,
            Kind.PLAN,
            Kind.RECOVERY,
        ):
            assert row.amount > 0, row


def to_the_fen(rows):
    """Invoiced = paid + discount + credit notes + let go + written off + open; what is left open is returned."""
    left, closed = {}, set()
    for row in rows:
        if row.kind in (Kind.OPENING, Kind.INVOICE):
            assert row.invoice not in left
            left[row.invoice] = row.amount
        elif row.kind in CLEARING:
            assert row.invoice not in closed
            left[row.invoice] -= row.amount
            assert left[row.invoice] >= 0
            if not left[row.invoice]:
                closed.add(row.invoice)
        elif row.kind in (Kind.NOTICE, Kind.DISPUTE, Kind.SETTLED, Kind.BARRED, Kind.GUARANTEE_LOST):
            assert 0 < row.amount <= left[row.invoice], "nothing is said of an invoice that is not open"
    return left


def identities(journal, rows, left):
    found = outcomes(journal, PRICES)
    assert found["cash_collected"] == sum(row.amount for row in rows if row.kind in CASH)
    assert found["ar_end"] == sum(left.values()) == balance(book(journal), journal.days)[-1]
    assert found["credit_sales"] == sum(row.amount for row in rows if row.kind == Kind.INVOICE)
    assert found["lost_sales"] >= sum(row.amount for row in rows if row.kind == Kind.LOST)


def orders_end_once(rows):
    ordered, held, ended = {}, set(), set()
    for row in rows:
        if row.kind == Kind.ORDER:
            ordered[row.invoice] = row.amount
        elif row.kind == Kind.HELD:
            assert row.invoice in ordered and row.invoice not in held | ended
            held.add(row.invoice)
        elif row.kind in ENDS:
            assert row.amount == ordered[row.invoice] and row.invoice not in ended
            ended.add(row.invoice)
    assert set(ordered) - ended <= held


def payments_when_banks_work(rows, world):
    for row in rows:
        if row.kind in (Kind.PAYMENT, Kind.DISCOUNT, Kind.LET_GO, Kind.INTEREST_PAID):
            at_law = row.kind == Kind.PAYMENT and row.a == Paid.AT_LAW
            assert world.calendar.open[row.time // DAY] and row.time % DAY == (DUNNING_RUN if at_law else CUT_OFF)
            if not at_law:
                assert world.population.run_days[row.customer] >> int(world.calendar.weekday[row.time // DAY]) & 1
                assert row.time // DAY < world.insolvent[row.customer]


def contacts_within_bounds(rows, world, policy):
    fails = {row.customer: row.time for row in rows if row.kind == Kind.INSOLVENT}
    met, busy = defaultdict(list), []
    for row in rows:
        if row.kind not in TOUCHES:
            continue
        day, minute = divmod(row.time, DAY)
        assert world.calendar.open[day] and 8 * 60 <= minute <= 22 * 60
        assert row.kind == Kind.MISSED or row.time < fails.get(row.customer, 1 << 60), "who is insolvent is not reached"
        met[row.customer].append(day)
        assert sum(day - 7 < before <= day for before in met[row.customer]) <= policy.team.contact_cap
        if row.b:  # by hand
            ends = minute + row.b
            assert OFFICE_OPENS <= minute and ends <= NOON_BREAK[0] or NOON_BREAK[1] <= minute and ends <= CUT_OFF
            busy = [end for end in busy if end > row.time] + [row.time + row.b]
            assert len(busy) <= policy.team.collectors


def invoices_have_causes(rows):
    """No payment, notice or settlement without what it follows from."""
    now, seen = defaultdict(set), defaultdict(Counter)  # what happened at this very moment; what ever happened to the invoice
    clock, given_up = -1, Counter()
    for row in rows:
        if row.time != clock:
            clock, now = row.time, defaultdict(set)
        past = seen[row.invoice]
        if row.kind in (Kind.DISCOUNT, Kind.LET_GO):
            assert Kind.PAYMENT in now[row.invoice]
        elif row.kind == Kind.WAIVED:
            assert Kind.INTEREST in now[row.invoice]
        elif row.kind == Kind.SETTLED:
            assert past[Kind.DISPUTE] == 1 and not past[Kind.SETTLED]
        elif row.kind == Kind.CREDIT_NOTE:
            assert Kind.SETTLED in now[row.invoice]
        elif row.kind in (Kind.DISPUTE, Kind.BARRED, Kind.WRITE_OFF, Kind.GUARANTEE_LOST):
            assert not past[row.kind]
            given_up[row.invoice] += row.amount * (row.kind == Kind.WRITE_OFF)
        elif row.kind == Kind.RECOVERY and row.invoice >= 0:
            given_up[row.invoice] -= row.amount
            assert past[Kind.WRITE_OFF] and given_up[row.invoice] >= 0, "no more comes back than was given up"
        elif row.kind == Kind.NOTICE:
            assert now[-1 - row.customer] & set(TOUCHES)
        now[row.invoice if row.invoice >= 0 else -1 - row.customer].add(row.kind)
        past[row.kind] += 1


def customers_have_causes(rows, world):
    """Answers follow contacts, promises answers, their ends promises; levels and grades change from what they were."""
    promised, level = defaultdict(list), Counter()
    grade, state, plans = dict(enumerate(world.population.grade.tolist())), Counter(), Counter()
    last = {}
    next_open, kept = world.calendar_next, defaultdict(list)
    rows = list(rows)
    for row in rows:
        if row.kind == Kind.KEPT:
            kept[row.customer, row.time].append(row.amount)
    for row in rows:
        who = row.customer
        if row.kind == Kind.ANSWER:
            assert last[who, Kind.REACHED] == row.time
        elif row.kind == Kind.PROMISE:
            assert last[who, Kind.ANSWER] == row.time and row.a > row.time // DAY
            promised[who].append((next_open[row.a + 1], row.amount))
        elif row.kind in (Kind.KEPT, Kind.BROKEN):
            due = [found for found in promised[who] if found[0] == row.time // DAY and found[1] >= row.amount]
            assert due and row.time % DAY == DUNNING_RUN
            if row.kind == Kind.KEPT:
                kept[who, row.time].remove(row.amount)
            else:  # of those due this morning, not one still to be found kept: of that the journal has the amount
                for amount in kept[who, row.time]:
                    due.remove((row.time // DAY, amount)) if amount >= row.amount else None  # the others are not in `due`
                assert due, "a promise cannot be both kept and broken"
            promised[who].remove(min(due, key=lambda found: found[1]) if row.kind == Kind.BROKEN else (due[0][0], row.amount))
        elif row.kind == Kind.PLAN:
            assert last[who, Kind.ANSWER] == row.time
            plans[who] += 1
        elif row.kind == Kind.PLAN_BROKEN:
            plans[who] -= 1
            assert plans[who] >= 0
        elif row.kind == Kind.PAYMENT and row.a == Paid.INSTALMENT:
            assert plans[who] > 0
        elif row.kind == Kind.INTEREST_PAID:
            assert plans[who] > 0 or last.get((row.invoice, Kind.INTEREST)) == row.time
        elif row.kind == Kind.WARNING:
            assert row.b == level[who] != row.a
            level[who] = row.a
        elif row.kind == Kind.REVIEW:
            assert row.b == grade[who]
            grade[who] = row.a
        elif row.kind == Kind.LIQUIDITY:
            assert row.b == state[who] != row.a
            state[who] = row.a
        last[who if row.kind != Kind.INTEREST else row.invoice, row.kind] = row.time
    # A promise that has come due was kept or broken, unless its customer failed first.
    for who, open_ones in promised.items():
        for day, _ in open_ones:
            assert day >= world.days or day >= world.insolvent[who]


def law_has_causes(rows):
    """Stage after stage, each only after one it may follow."""
    before = {
        Stage.ORDERED: {Stage.FILED}, Stage.OBJECTED: {Stage.FILED}, Stage.AGREED: {Stage.FILED}, Stage.NOT_AGREED: {Stage.FILED},
        Stage.JUDGED: {Stage.FILED}, Stage.COMPLIED: {Stage.ORDERED, Stage.AGREED, Stage.JUDGED},
        Stage.ENFORCED: {Stage.ORDERED, Stage.AGREED, Stage.JUDGED, Kind.PLAN_BROKEN},
        Stage.ENDED: {Stage.FILED, Stage.HANDED_OVER, Kind.PLAN_BROKEN}, Stage.HEARD: {Stage.COMPLAINED}, Stage.UNHEARD: {Stage.COMPLAINED},
        Stage.RETURNED: {Stage.HANDED_OVER}, Stage.PROVED: {Kind.INSOLVENT}, Stage.GUARANTEE_CALLED: {Kind.SECURED},
    }  # fmt: skip
    cash_from = {Stage.COMPLIED, Stage.ENFORCED, Stage.HEARD, Stage.HANDED_OVER, Stage.PROVED, Stage.GUARANTEE_CALLED, Stage.ENDED}
    past = defaultdict(Counter)
    for row in rows:
        seen = past[row.customer]
        if row.kind == Kind.LAW:
            stage = Stage(row.a)
            allowed = before.get(stage)
            if allowed:
                causes = sum(seen[cause.name] for cause in allowed)
                once = stage not in (Stage.PROVED, Stage.GUARANTEE_CALLED, Stage.OBJECTED, Stage.NOT_AGREED)
                assert causes > (seen[stage.name] if once else 0), (stage, row)
            seen[stage.name] += 1
        elif row.kind == Kind.GUARANTEE_LOST:
            assert seen["SECURED"]
        elif row.kind == Kind.RECOVERY:
            assert seen["WRITE_OFF"] or seen["FILED"]
        elif row.kind == Kind.PAYMENT and row.a == Paid.AT_LAW:
            assert any(seen[cause.name] for cause in cash_from)
        if row.kind != Kind.LAW:
            seen[Kind(row.kind).name] += 1


# ── Two runs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(many, max_examples=110)
@given(policies(), policies(), books(), outside, manners, seeds, days)
def test_the_same_luck_meets_every_policy(one, other, population, scenario, behaviour, seed, days):
    world = deal(population, seed, 0, days, scenario, behaviour)
    a, b = (simulate(world, policy, behaviour).rows for policy in (one, other))
    for kind in LUCK:
        assert a[a["kind"] == kind].tobytes() == b[b["kind"] == kind].tobytes()
    again = simulate(deal(population, seed, 0, days, scenario, behaviour), one, behaviour)
    assert again.rows.tobytes() == a.tobytes(), "same seed, same journal"


@settings(many, max_examples=110)
@given(policies(), books(), outside, manners, seeds, days, st.integers(1, 100))
def test_a_longer_run_begins_as_the_shorter_one(policy, population, scenario, behaviour, seed, days, more):
    short, long = (simulate(deal(population, seed, 0, until, scenario, behaviour), policy, behaviour).rows for until in (days, days + more))
    short = short[short["kind"] != Kind.GOODWILL]  # told after the last day
    assert long[long["time"] < days * DAY].tobytes() == short.tobytes()


def test_what_happens_after_the_last_day_casts_no_shadow():
    # Whether an invoice is paid in two parts hangs on how its customer will be off when it falls due, which may be after the last day.
    parts = Behaviour.default(TROUBLED | {"money.part_tight": 0.9, "money.part_distressed": 0.9})
    early = people(30, base=rates((-60, 0.05)), terms=np.full(30, 60), frayed=True)
    for seed in range(3):
        short, long = (simulate(deal(early, seed, 0, until, behaviour=parts), build({}, "idle"), parts).rows for until in (60, 120))
        assert long[long["time"] < 60 * DAY].tobytes() == short[short["kind"] != Kind.GOODWILL].tobytes()
