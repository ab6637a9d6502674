"""Luck, exact arithmetic, readiness, calendar, evidence."""

import math
import statistics
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import people, rates

from arsim.domain.calendar import Calendar
from arsim.domain.dunning_rules import CHANNELS
from arsim.model import exact
from arsim.model.behaviour import COURT, NEVER, Behaviour, grown, last_felt, ready_day, strongest
from arsim.model.evidence import GRADES, constants
from arsim.model.luck import Purpose, address, uniform, uniforms
from arsim.model.population import ORIGIN
from arsim.model.world import deal

FELT, LASTS = Behaviour.default().felt, Behaviour.default().lasts
STEADY = ([-100], [1.0])  # liquidity as usual all the time


def test_luck_is_uniform_and_addressed():
    at = address(1, 0, Purpose.ORDER_GAP)
    draws = uniforms(at, np.arange(200)[:, None], np.arange(500)[None, :])
    assert abs(draws.mean() - 0.5) < 0.005 and abs(draws.std() - 12**-0.5) < 0.005
    assert abs(np.corrcoef(draws[:-1].ravel(), draws[1:].ravel())[0, 1]) < 0.01
    assert uniform(at, 7, 9) == draws[7, 9]
    assert len({address(s, r, p) for s in range(20) for r in range(20) for p in range(1, 12)}) == 20 * 20 * 11


def test_luck_is_pinned():
    """The same on every machine and for ever: a change re-deals every result users have noted down."""
    assert [round(uniform(address(1, 0, Purpose.REACH), who, 0), 12) for who in range(3)] == PINNED


PINNED = [0.412266521834, 0.531428022315, 0.730496615149]


@given(st.floats(1e-12, 1 - 1e-12))
def test_exact_functions_agree_with_the_library(u):
    assert exact.log(u) == pytest.approx(math.log(u), rel=4e-16, abs=1e-16)
    assert exact.exp(-30 * u) == pytest.approx(math.exp(-30 * u), rel=1e-15)
    z = float(exact.normal_quantile(u))
    assert z == pytest.approx(statistics.NormalDist().inv_cdf(u), rel=1e-13, abs=1e-14)
    assert exact.normal_below(z) == pytest.approx(u, rel=1e-9, abs=1e-14)


def test_thresholds_are_unit_exponential_and_moody():
    world = deal(people(40, orders_a_day=np.full(40, 2.0), mood=0.5), 3, 0, 400)
    e = np.sort(world.threshold)
    assert e.mean() == pytest.approx(1, abs=0.03)
    assert np.abs(1 - np.exp(-e) - (np.arange(len(e)) + 0.5) / len(e)).max() < 0.015
    order = np.lexsort((world.time, world.customer))
    z, who = np.log(world.threshold[order]), world.customer[order]
    same = who[1:] == who[:-1]
    assert 0.3 < np.corrcoef(z[:-1][same], z[1:][same])[0, 1] < 0.55


def test_orders_come_at_the_stated_rate():
    world = deal(people(20, orders_a_day=np.full(20, 1.5), insolvency=np.zeros(20)), 1, 0, 365)
    working = world.calendar.open[:365].sum()
    assert len(world.customer) / 20 / working == pytest.approx(1.5, rel=0.05)
    assert np.all(world.calendar.open[world.time // 1440]) and np.all(np.diff(world.time) >= 0)


def test_ready_day_is_where_growth_reaches_the_threshold():
    summed = [0.0, *np.cumsum(rates((-30, 0.01), (0, 0.3), (3, 0.1))).tolist()]
    for need in (0.05, 0.2, 0.31, 0.9, 1.5, 3.0):
        for contacts in ((), ((20, 3, 1.0),), ((10, 0, 0.4), (35, 4, 1.3), (36, 3, 1.0))):
            for spells in (STEADY, ([-100, 30, 38], [1.2, 0.3, 0.9]), ([-100, 20, 33], [1.0, 0.0, 2.0])):
                rest = (32, 0.8, summed, ORIGIN, contacts, FELT, LASTS, spells)
                day = ready_day(2, 32, need, *rest[1:])
                assert grown(2, day + 1, *rest) >= need - 1e-12
                assert grown(2, day, *rest) < need + 1e-12
    assert ready_day(2, 32, 1.0, 0.0, summed, ORIGIN, (), FELT, LASTS, STEADY) == NEVER
    assert ready_day(2, 32, 1e9, 1.0, summed, ORIGIN, (), FELT, LASTS, STEADY) == NEVER
    assert ready_day(2, 32, 1.0, 1.0, summed, ORIGIN, (), FELT, LASTS, ([-100, 25], [1.0, 0.0])) == NEVER  # insolvent before it ripens


def test_growth_day_by_day():
    """Each day: base(age) × pace × the spell's factor × 1 + the strongest contact's surplus; worked out without its code."""
    base = rates((-30, 0.01), (0, 0.3), (3, 0.1))
    contacts, (starts, factors) = ((10, 0, 0.4), (35, 4, 1.3), (36, 3, 1.0)), ([-100, 30, 38], [1.2, 0.3, 0.9])
    by_hand = 0.0
    for day in range(2, 80):
        felt = [FELT[channel][day - since] * strength for since, channel, strength in contacts if 0 <= day - since < len(FELT[channel])]
        spell = factors[0] if day < 30 else factors[1] if day < 38 else factors[2]
        by_hand += base[day - 32 + ORIGIN] * 0.8 * spell * (1 + max(felt, default=0))
    summed = [0.0, *np.cumsum(base).tolist()]
    assert grown(2, 80, 32, 0.8, summed, ORIGIN, contacts, FELT, LASTS, (starts, factors)) == pytest.approx(by_hand)


CONTACT = st.tuples(st.integers(0, 60), st.integers(0, COURT), st.floats(0, 2))


@given(st.lists(CONTACT, max_size=4), CONTACT, st.integers(0, 90))
def test_one_more_contact_is_never_felt_less(contacts, extra, day):
    assert 1.0 <= strongest(contacts, FELT, LASTS, day) <= strongest([*contacts, extra], FELT, LASTS, day)
    assert not contacts or strongest(contacts, FELT, LASTS, last_felt(contacts, LASTS)) == 1.0


def test_the_calendar_knows_chinese_holidays():
    year = Calendar("CN", date(2025, 1, 1), 400)
    day = lambda month, number: (date(2025, month, number) - date(2025, 1, 1)).days  # noqa: E731
    assert not year.open[day(1, 1)] and not year.open[day(10, 1)] and not year.open[day(5, 17)]
    assert year.open[day(1, 26)] and year.open[day(1, 2)]  # 26 January 2025, a Sunday, is worked for Spring Festival
    thursdays = year.next_open(1 << 3)
    assert thursdays[day(1, 28)] == day(2, 6)  # 30 January is a holiday: the run waits a week
    assert year.month_end[day(2, 5)] == day(2, 28)


def test_constants_are_asked_for_and_changed_by_path():
    usual = Behaviour.default()
    other = usual.changed({"channel.call.effect": 3.0, "credit.patience": 9.0})
    assert (other["channel.call.effect"], other["credit.patience"]) == (3.0, 9.0)
    assert usual["credit.patience"] == constants()["credit.patience"].value != 9.0
    changed = {path for path in usual.values if usual[path] != other[path]}
    assert changed <= {"channel.call.effect", "credit.patience"}
    assert other.channels[CHANNELS.index("call")].effect == 3.0 and Behaviour.default({"promise.kept": 0.5})["promise.kept"] == 0.5
    for path in ("press", "channel.call", "channel.pigeon.effect"):
        with pytest.raises(KeyError):
            usual.changed({path: 1.0})
        with pytest.raises(KeyError):
            usual[path]


def test_without_effects_nothing_we_do_is_felt():
    bare = Behaviour.default().without_effects()
    assert len(bare.felt) == len(CHANNELS) + 1 and not any(bare.felt) and any(FELT)
    assert bare["credit.press"] == bare["together.one_click"] == bare["money.interest_effect"] == 1.0 and bare["answer.promise"] == 0.0
    assert [channel.cost for channel in bare.channels] == [channel.cost for channel in Behaviour.default().channels]


def test_every_constant_has_range_grade_and_source():
    for constant in constants().values():
        assert constant.low <= constant.value <= constant.high, constant.path
        assert constant.grade in GRADES and constant.source
