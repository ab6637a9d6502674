"""Where a verdict turns, when few customers carry the difference."""

import numpy as np
import pytest

from arsim.model.evidence import constants
from arsim.study.tipping import Tipping

ONE = constants()["price.gross_margin"]
VALUES = tuple(np.linspace(0.0, 1.0, 7).tolist())


def skewed(luck: np.random.Generator, at: float, size: int = 20) -> Tipping:
    """A difference that turns at `at`, with luck in which a rare large loss is most of the spread; its mean is 0."""
    shared = np.exp(1.5) - np.exp(np.sqrt(3) * luck.normal(size=size))
    differences = np.array([60 * (value - at) + shared * (1 + value) for value in VALUES])
    return Tipping(ONE, 0.2, "call", "net_value", VALUES, differences)


@pytest.mark.parametrize("at", [0.35, 0.6])
def test_the_range_holds_the_value_though_luck_is_skewed(at):
    luck = np.random.default_rng(3)
    told = [made.range[:2] for made in (skewed(luck, at) for _ in range(150))]
    told = [(low, high) for low, high in told if low == low]
    assert len(told) > 75 and np.mean([low <= at <= high for low, high in told]) >= 0.93


def test_no_range_is_told_where_one_side_stays_open():
    made = skewed(np.random.default_rng(3), 0.97, 60)
    assert made.points[-1][1] < 0 < made.points[-1][2] and np.isnan(made.range[:2]).all()
