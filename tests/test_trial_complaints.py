"""Upheld complaints in a trial: recorded as people record them, and one angry customer is one customer."""

import numpy as np
import pytest

from arsim.study.lottery import draw
from arsim.study.trial_reading import Results, read_trial

UNITS = 120


def read(complaints: np.ndarray):
    luck = np.random.default_rng(4)
    nothing = np.full(UNITS, np.nan)
    return read_trial(Results(lots(), np.arange(UNITS), strata(), luck.random(UNITS), luck.random(UNITS), nothing, complaints, 1.0), -1, 3,
                      (-0.1, -1.0, 1.0))  # fmt: skip


def strata() -> np.ndarray:
    return np.arange(UNITS) % 3


def lots() -> np.ndarray:
    return draw(strata(), 2)[0].astype(int)


@pytest.mark.parametrize("empty", [0.0, np.nan])
def test_empty_cells_are_customers_without_complaints(empty):
    made = np.full(UNITS, empty)
    made[np.flatnonzero(lots() == 1)[:12]] = 1.0
    found = read(made)
    assert found.complaints[:2] == (0, 12) and found.complaints[2] < 0.01 and "complaints" in found.stops


def test_where_nobody_counted_nothing_is_said():
    assert read(np.full(UNITS, np.nan)).complaints is None


def test_one_customer_who_complains_often_stops_nothing():
    made = np.zeros(UNITS)
    made[np.flatnonzero(lots() == 1)[0]] = 12.0
    found = read(made)
    assert found.complaints[:2] == (0, 12) and 0.4 < found.complaints[2] < 0.6 and found.stops == ()


def test_who_was_not_drawn_does_not_count():
    arms = lots()
    arms[:30] = -1
    made = np.where(arms < 0, 5.0, 0.0)
    made[-1] = 1.0
    luck = np.random.default_rng(4)
    nothing = np.full(UNITS, np.nan)
    found = read_trial(Results(arms, np.arange(UNITS), strata(), luck.random(UNITS), luck.random(UNITS), nothing, made, 1.0), -1, 3,
                       (-0.1, -1.0, 1.0))  # fmt: skip
    assert sum(found.complaints[:2]) == 1
