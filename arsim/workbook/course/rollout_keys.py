"""Right answers about deciding under uncertainty: intervals, trade-offs, comparison groups, luck. Plain arguments, one family each."""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np

from arsim.study.regret import minimax, regret_table


def verdict(low: float, high: float, more_is_better: bool = True) -> str:
    """What an interval of the difference allows to say.

    >>> verdict(-1, 2), verdict(-3, -1), verdict(-3, -1, more_is_better=False)
    ('cannot tell', 'worse', 'better')
    """
    if low <= 0 <= high:
        return "cannot tell"
    return "better" if (low > 0) == more_is_better else "worse"


def verdicts(value: Sequence[float], overdue: Sequence[float], goodwill: Sequence[float]) -> str:
    """The three verdicts together, each from (low, high) of the difference.

    >>> verdicts([-1, 2], [-3, -1], [-8, -4])
    'cannot tell, better, worse'
    """
    return ", ".join((verdict(*value), verdict(*overdue, more_is_better=False), verdict(*goodwill)))


def replications_to_narrow(done: int, half_width: float, wanted: float) -> int:
    """Replications in all that bring an interval from ± `half_width` after `done` to ± `wanted`: it narrows with the root of their number.

    >>> replications_to_narrow(25, 300, 100)
    225
    """
    return ceil(done * (half_width / wanted) ** 2 - 1e-9)


def beaten(policies: Mapping[str, Sequence[float]]) -> str:
    """The one policy that another beats on (value, overdue, goodwill): no better on any, worse on at least one.

    >>> beaten({"P": [3, 8, 90], "Q": [2, 9, 90], "R": [1, 5, 95]})
    'Q'
    """
    good = {name: (value, -overdue, goodwill) for name, (value, overdue, goodwill) in policies.items()}
    worse = [
        name for name, mine in good.items()
        if any(other != mine and all(a >= b for a, b in zip(other, mine, strict=True)) for other in good.values())
    ]  # fmt: skip
    (found,) = worse
    return found


def best_by_score(policies: Mapping[str, Sequence[float]], weights: Sequence[float]) -> str:
    """The policy with the highest weighted sum of (value, overdue, goodwill); overdue counts against.

    >>> best_by_score({"P": [3, 8, 90], "R": [1, 5, 95]}, [1, 1, 1])
    'R'
    """
    signs = (1, -1, 1)
    score = lambda three: sum(sign * weight * one for sign, weight, one in zip(signs, weights, three, strict=True))  # noqa: E731
    return max(policies, key=lambda name: score(policies[name]))


def over_limit(policy: Mapping[str, float], limits: Mapping[str, float]) -> str:
    """The one lever that stands above its limit.

    >>> over_limit({"a": 2, "b": 6}, {"a": 2, "b": 5})
    'b'
    """
    (found,) = (name for name, value in policy.items() if value > limits[name])
    return found


def effect_against(before: float, after: float, other_before: float, other_after: float) -> float:
    """The change of those treated less the change of those not: what before–after takes for the effect, put right.

    >>> effect_against(18, 14, 18, 12)
    2
    """
    return (after - before) - (other_after - other_before)


def least_regret(policies: Mapping[str, Sequence[float]]) -> str:
    """The policy whose worst shortfall from the best of a world is the smallest; values by world, more is better.

    >>> least_regret({"P": [10, 5, 0], "Q": [8, 6, 3], "R": [2, 7, 4]})
    'Q'
    """
    return minimax(regret_table(list(policies), np.array(list(policies.values()), float).T))


def over_worlds(shares: Sequence[float], differences: Sequence[float]) -> float:
    """The mean difference over worlds of several kinds.

    >>> round(over_worlds([0.8, 0.2], [0.5, -4.0]), 3)
    -0.4
    """
    return float(np.dot(shares, differences))


def lucky(tried: int, chance: float) -> float:
    """Expected number of successes where nothing but chance is at work.

    >>> lucky(40, 0.25)
    10.0
    """
    return tried * chance


def somebody_lucky(tried: int, chance: float) -> float:
    """Chance that at least one of them succeeds.

    >>> round(somebody_lucky(10, 0.1), 3)
    0.651
    """
    return 1 - (1 - chance) ** tried


def rate_difference(used_won: int, used: int, other_won: int, other: int) -> float:
    """Success rate of those who used a method less that of those who did not.

    >>> rate_difference(20, 40, 10, 20)
    0.0
    """
    return used_won / used - other_won / other


def changed(level: float, change: float) -> float:
    """A level after a relative change.

    >>> changed(50, -0.2)
    40.0
    """
    return level * (1 + change)


def change_of(level: float, change: float) -> float:
    """By how much a level moves with a relative change.

    >>> change_of(50, -0.2)
    -10.0
    """
    return level * change
