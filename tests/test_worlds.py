"""Plausible worlds: one value from every part of every range, what must stay in order stays so, the same seed the same worlds."""

import numpy as np
import pytest

from arsim.domain.problem import BadInput
from arsim.model.evidence import constants
from arsim.model.scenario import scenarios
from arsim.study.worlds import ORDERED, kind_of, weak, wide, worlds

COUNT = 40
DRAWN = worlds(COUNT, seed=3)


def test_everything_weak_varies_within_its_range_and_nothing_measured():
    assert {one.path for one in DRAWN.varied} == {
        path for path, one in constants().items() if one.grade != "measured" and one.high > one.low
    }
    for one, column in zip(DRAWN.varied, DRAWN.values.T, strict=True):
        assert column.min() >= one.low and column.max() <= one.high, one.path


def test_every_part_of_a_range_is_met_once():
    ends = {"price.provision_60"}  # begins where the one above it begins: a value there may be cut to the other's
    for one, places in zip(DRAWN.varied, DRAWN.places.T, strict=True):
        if kind_of(one) is float and one.path not in ends:
            parts = np.floor(np.clip(places, 0, 1 - 1e-9) * COUNT + 1e-9)
            assert sorted(parts.tolist()) == list(range(COUNT)), one.path


def test_whole_numbers_stay_whole_and_meet_both_ends():
    column = DRAWN.values[:, DRAWN.paths.index("channel.sms.arrives")]
    assert set(column) == {0, 1} and abs(column.mean() - 0.5) < 0.01
    assert isinstance(DRAWN.behaviour(0)["price.crm_year"], int)


@pytest.mark.parametrize("chain", ORDERED, ids=lambda chain: chain[0])
def test_what_must_stay_in_order_does(chain):
    for world in range(COUNT):
        values = [DRAWN.behaviour(world)[path] for path in chain]
        assert values == sorted(values, reverse=True)


def test_order_is_kept_below_what_is_known_too():
    drawn = worlds(30, known={"promise.kept": 0.5})
    assert "promise.kept" not in drawn.paths
    for world in range(30):
        behaviour = drawn.behaviour(world)
        assert behaviour["promise.kept"] == 0.5 >= behaviour["promise.kept_tight"] >= behaviour["promise.kept_distressed"]


def test_wide_ranges_are_even_on_the_logarithmic_scale():
    one = constants()["price.crm_year"]
    column = DRAWN.values[:, DRAWN.paths.index(one.path)]
    middle = (one.low * one.high) ** 0.5
    assert wide(one) and (column < middle).sum() == COUNT // 2
    assert not wide(constants()["promise.kept"]) and not wide(constants()["channel.call.cost"])  # the latter begins at 0


def test_scenarios_come_by_their_weights():
    assert all(DRAWN.scenarios.count(name) == COUNT // len(scenarios()) for name in scenarios())
    drawn = worlds(10, weights={"base": 2, "downturn": 1})
    assert (drawn.scenarios.count("base"), drawn.scenarios.count("downturn")) == (7, 3)
    assert drawn.scenario(drawn.scenarios.index("downturn")).down > 1


def test_the_seed_decides():
    again, other = worlds(COUNT, seed=3), worlds(COUNT, seed=4)
    assert np.array_equal(again.values, DRAWN.values) and again.scenarios == DRAWN.scenarios
    assert not np.array_equal(other.values, DRAWN.values)


def test_some_may_be_varied_alone():
    assert worlds(5, only=["promise.kept"]).paths == ("promise.kept",)
    assert len(weak()) == len(DRAWN.varied)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"count": 0}, "must lie between"),
        ({"known": {"channel.pigeon.effect": 1.0}}, "no parameter"),
        ({"known": {"promise.kept": 7.0}}, "must lie between"),
        ({"weights": {"base": -1.0}}, "weight"),
        ({"weights": {"base": 0.0}}, "All weights"),
        ({"weights": {"flood": 1.0}}, "no scenario"),
        ({"only": ["nothing"]}, "no parameter"),
    ],
)
def test_what_cannot_be_is_refused(given, told):
    with pytest.raises(BadInput, match=told):
        worlds(**{"count": 4} | given)
