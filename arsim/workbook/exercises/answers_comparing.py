"""Right and wrong answers about comparing policies: intervals, replications, shared luck, comparison groups."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from statistics import variance

from arsim.workbook.course.rollout_keys import replications_to_narrow, verdict


def surely_better(policies: Sequence[Mapping]) -> str:
    """The `role` of the one policy whose interval lies wholly above 0.

    >>> surely_better([{"role": "wide", "low": -1, "high": 9}, {"role": "sure", "low": 1, "high": 3}])
    'sure'
    """
    (found,) = (one["role"] for one in policies if verdict(one["low"], one["high"]) == "better")
    return found


def in_proportion(done: int, half_width: float, wanted: float) -> int:
    """Replications as if the interval narrowed with their number itself: a usual mistake.

    >>> in_proportion(20, 300, 100)
    60
    """
    return ceil(done * half_width / wanted - 1e-9)


def still_to_run(done: int, half_width: float, wanted: float) -> int:
    """Replications that are missing, where those in all are asked for: a usual mistake.

    >>> still_to_run(20, 300, 100)
    160
    """
    return replications_to_narrow(done, half_width, wanted) - done


def by_the_root(done: int, half_width: float, wanted: float) -> int:
    """Replications as if the root of the ratio sufficed, where its square is needed: a usual mistake.

    >>> by_the_root(20, 400, 100)
    40
    """
    return ceil(done * sqrt(half_width / wanted) - 1e-9)


def pairing_gain(runs: Sequence[Mapping], upside_down: bool = False, spread: bool = False, one_only: bool = False) -> float:
    """How many times the variance of a difference shrinks when both policies meet the same luck: (var A + var B) / var (A − B).

    Two runs with luck of their own have a difference whose variance is the sum of both. Turned `upside_down`, taken of the
    standard deviations (`spread`), and with the variance of B left out (`one_only`) it is a usual mistake.

    >>> round(pairing_gain([{"a": 1, "b": 2}, {"a": 3, "b": 5}, {"a": 5, "b": 5}]), 2)
    7.0
    """
    a, b = [one["a"] for one in runs], [one["b"] for one in runs]
    apart = variance(a) if one_only else variance(a) + variance(b)
    gain = apart / variance([x - y for x, y in zip(a, b, strict=True)])
    return 1 / gain if upside_down else sqrt(gain) if spread else gain


def change(before: float, after: float) -> float:
    """After less before: what before–after takes for the effect, a usual mistake.

    >>> change(18, 14)
    -4
    """
    return after - before


def changes_added(before: float, after: float, other_before: float, other_after: float) -> float:
    """Both changes added up: a usual mistake.

    >>> changes_added(18, 14, 18, 12)
    -10
    """
    return (after - before) + (other_after - other_before)
