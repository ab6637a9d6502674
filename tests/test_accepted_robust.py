"""Shares of worlds where policies do the same in some or all of them; prices of one's own that cannot be."""

from dataclasses import replace

import numpy as np
import pytest

from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.report import robust as told
from arsim.study.robust import KEYS, Robust
from arsim.study.worlds import worlds

POLICIES = (read_policy("baseline"), read_policy("do_nothing"))


def found(apart: np.ndarray) -> Robust:
    """Every outcome of the second policy is `apart` from the first's, world by world."""
    values = np.zeros((len(apart), 2, 2, len(KEYS)))
    values[:, :, 1, :] = apart[:, None, None]
    return Robust(POLICIES, worlds(len(apart), only=["price.gross_margin"]), values, len(apart), 30, 1)


def test_the_same_everywhere_is_neither_better_nor_worse(language):
    line = told.verdict(found(np.zeros(20)), "do_nothing").splitlines()[1]
    assert {"en": "exactly the same in all", "zh": "都完全相同"}[language] in line and "0 %" not in line and "0%" not in line


def test_worlds_in_which_both_are_the_same_are_told(language):
    made = found(np.r_[np.zeros(10), np.ones(6), -np.ones(4)])
    line = told.verdict(made, "do_nothing").splitlines()[1].replace(" %", "%")
    assert made.same("do_nothing", "net_value") == 0.5 and "30%" in line and "50%" in line
    clear = replace(made, values=found(np.r_[np.ones(16), -np.ones(4)]).values)
    assert {"en": "the same", "zh": "相同的世界"}[language] not in told.verdict(clear, "do_nothing").splitlines()[1]


@pytest.mark.parametrize(("path", "most"), [("price.gross_margin", 0.18), ("price.annual_rate", 0.5), ("price.collector_month", 90_000)])
def test_prices_of_ones_own_may_be_unusual_but_no_share_is_above_one(path, most):
    assert worlds(4, known={path: most}, only=["promise.kept"]).known[path] == most
    if most < 1:
        with pytest.raises(BadInput, match="between 0 and 1"):
            worlds(4, known={path: 100 * most}, only=["promise.kept"])
