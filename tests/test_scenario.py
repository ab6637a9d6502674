"""Scenarios: what the world does in them, and that a reader is told."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import people
from test_plots import START, comparison, texts

from arsim.domain.calendar import DAY
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.liquidity import INSOLVENT
from arsim.model.scenario import BASE, FOREVER, INDUSTRIES, Scenario, read_scenario, scenarios
from arsim.model.world import deal
from arsim.report import scenario, table, words
from arsim.study.compare import prices
from arsim.study.outcome import OUTCOMES, outcomes

KEYS = [outcome.key for outcome in OUTCOMES]
PUBLIC = INDUSTRIES.index("public")


def chinese(text):
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize("name", scenarios())
def test_each_is_told_in_both_languages(name):
    found = read_scenario(name)
    assert found.name == name and set(found.title) == {"en", "zh"} and found.source
    assert chinese(found.called("zh")) and not chinese(found.called("en"))
    assert words.catalogue()[found.source] and chinese(words.catalogue()[found.source])
    assert 0 <= found.orders <= 1 and found.down >= 1 and 0 < found.up <= 1 and found.from_day < found.until_day
    for language in words.LANGUAGES:
        with words.speaking(language):
            told = scenario.changes(found)
            assert bool(told) == (name != "base") == (not scenario.ordinary(found))
            assert all(chinese(text) == (language == "zh") for text in told)
            assert found.title[language] in scenario.line(found)


def test_there_is_no_other():
    with pytest.raises(BadInput, match="no scenario flood|no scenario"):
        read_scenario("flood")


def test_every_change_is_told():
    """Each number that differs from ordinary times has its phrase, and no other."""
    numbers = {"down": (3.0, "3"), "up": (0.25, "0.25"), "orders": (0.6, "60%"), "readiness": (0.4, "40%"), "rate": (0.015, r"\+1.5")}
    for name, (value, said) in numbers.items():
        (told,) = scenario.changes(replace(BASE, **{name: value}))
        assert re.search(said, told), name
    everything = replace(BASE, **{name: value for name, (value, _) in numbers.items()})
    assert len(scenario.changes(everything)) == len(numbers)
    met = replace(everything, industries=("public", "food"), from_day=10, until_day=40)
    assert scenario.changes(met)[-2:] == ["only these industries: public bodies, food", "from day 10 to day 39"]
    assert scenario.changes(replace(everything, from_day=10))[-1] == "from day 10 on"
    assert scenario.changes(BASE) == scenario.changes(replace(BASE, from_day=10)) == []
    assert scenario.called(BASE) == "Ordinary times"


@given(st.floats(1, 5), st.floats(0.1, 1), st.integers(0, 200))
def test_a_harsher_world_is_worse_for_every_customer_on_every_day(down, up, seed):
    group = people(12, insolvency=np.full(12, 0.1))
    harsh = deal(group, seed, 0, 200, Scenario("harsh", down=down, up=up))
    usual = deal(group, seed, 0, 200)
    assert (harsh.liquidity.state >= usual.liquidity.state).all()
    assert (harsh.insolvent <= usual.insolvent).all()


@pytest.mark.parametrize("name", scenarios())
def test_before_it_begins_and_beyond_whom_it_meets_the_world_is_as_it_was(name):
    group = people(30, industry=np.arange(30) % len(INDUSTRIES))
    found, usual = (deal(group, 3, 0, 150, world) for world in (read_scenario(name), BASE))
    met = read_scenario(name).touches(group.industry)
    begins = read_scenario(name).from_day

    def key(world):
        return set(zip(world.customer, world.ordinal, world.time // DAY, world.amount, strict=True))

    away = key(usual) - key(found)
    assert key(found) <= key(usual)  # orders may stay away; none is new
    assert all(met[who] and day >= min(begins, usual.days) or found.insolvent[who] <= day for who, _, day, _ in away)
    untouched = ~met
    assert (found.liquidity.state[untouched] == usual.liquidity.state[untouched]).all()
    assert [found.spells[who] for who in np.flatnonzero(untouched)] == [usual.spells[who] for who in np.flatnonzero(untouched)]
    for day in range(0, begins, 7):
        assert (found.liquidity.on(day) == usual.liquidity.on(day)).all()
    same = key(found) == key(usual) and (found.liquidity.state == usual.liquidity.state).all() and found.spells == usual.spells
    assert (name == "base") == (same and read_scenario(name).rate == 0)


def test_orders_stay_away_in_proportion():
    group = people(60, orders_a_day=np.full(60, 1.0), insolvency=np.zeros(60))
    half = deal(group, 1, 0, 200, Scenario("half", orders=0.5, from_day=100))
    day, usual = half.time // DAY, deal(group, 1, 0, 200)
    before, after = (usual.time // DAY < 100).sum(), (usual.time // DAY >= 100).sum()
    assert (day < 100).sum() == before and (day >= 100).sum() == pytest.approx(after / 2, rel=0.05)


def test_arrears_slow_those_they_meet():
    group = people(30, industry=np.full(30, PUBLIC), insolvency=np.zeros(30))
    late = [
        outcomes(simulate(deal(group, 1, 0, 200, read_scenario(name)), read_policy("do_nothing")), prices(Behaviour.default()))[
            "overdue_share"
        ]
        for name in ("base", "public_arrears", "industry_shock")
    ]
    assert late[1] > late[0] == late[2]  # construction's shock does not meet public bodies
    usual, slow = (deal(group, 1, 0, 200, read_scenario(name)).spells for name in ("base", "public_arrears"))
    for (starts, factors), (cuts, laid) in zip(usual, slow, strict=True):
        at = lambda day, starts=starts, factors=factors: max((s, f) for s, f in zip(starts, factors, strict=True) if s <= day)[1]  # noqa: E731
        for place, day in enumerate(cuts):
            assert laid[place] == pytest.approx(at(day) * (0.3 if 30 <= day < FOREVER else 1.0))


def test_money_becomes_dearer():
    usual, dear = (prices(Behaviour.default(), read_scenario(name)) for name in ("base", "rate_rise"))
    assert dear == replace(usual, annual_rate=usual.annual_rate + 0.03)


def test_headline_and_picture_name_it(language, monkeypatch):
    found, title = comparison(), {"en": "Downturn", "zh": "经济下行"}[language]
    told = tuple(replace(one, outcomes={policy.name: dict.fromkeys(KEYS, 1.0) for policy in found.policies}) for one in found.replications)
    found = replace(found, replications=told)
    strange, second = replace(found, scenario=read_scenario("downturn")), found.policies[1].name
    assert title in table.headline(strange, second) and title not in table.headline(found, second)
    assert table.headline(strange, second).count("\n") == 3
    with monkeypatch.context() as patch:
        assert any(title in text for text in texts(patch, strange, START, "A"))
    with monkeypatch.context() as patch:
        assert not any(title in text for text in texts(patch, found, START, "A"))


def test_no_state_is_worse_than_insolvent():
    assert deal(people(30, insolvency=np.full(30, 3.0)), 1, 0, 300, Scenario("end", down=50.0)).liquidity.state.max() == INSOLVENT
