"""Right and wrong answers about early warning and the allowance. Money in yuan, shares in percent."""

from collections.abc import Sequence
from math import prod

from arsim.study.provision import allowance as allowance_of

_STEPS = (("d30", "d60"), ("d60", "d90"), ("d90", "d120"))


def right_of_named(failing: float, hit: float, wrongly: float) -> float:
    """Of the customers an alarm calls, the percent that fail; `wrongly`: of the sound ones, the percent it calls.

    >>> right_of_named(2, 90, 10)
    15.517241379310345
    """
    right, wrong = failing * hit, (100 - failing) * wrongly
    return 100 * right / (right + wrong)


def hits(hit: float) -> float:
    """Of the failing customers, the percent called.

    >>> hits(90)
    90
    """
    return hit


def spared(wrongly: float) -> float:
    """Of the sound customers, the percent not called.

    >>> spared(10)
    90
    """
    return 100 - wrongly


def sorted_rightly(failing: float, hit: float, wrongly: float) -> float:
    """Of all customers, the percent an alarm sorts rightly: failing and called, or sound and not called.

    >>> sorted_rightly(2, 90, 10)
    90.0
    """
    return (failing * hit + (100 - failing) * (100 - wrongly)) / 100


def named_and_failing(failing: float, hit: float) -> float:
    """Of all customers, the percent that are called and fail.

    >>> named_and_failing(2, 90)
    1.8
    """
    return failing * hit / 100


def allowance(classes: Sequence[dict], overdue_only: bool = False, oldest_only: bool = False) -> float:
    """The allowance by age, the first class not yet due; without some classes: usual mistakes.

    >>> round(allowance([{"balance": 1000, "rate": 1}, {"balance": 100, "rate": 20}]), 6)
    30.0
    """
    held = classes[-1:] if oldest_only else classes[1:] if overdue_only else classes
    return allowance_of([one["balance"] for one in held], [one["rate"] / 100 for one in held])


def allowance_by_mean(classes: Sequence[dict]) -> float:
    """The allowance by the mean of the rates: a usual mistake.

    >>> allowance_by_mean([{"balance": 1000, "rate": 1}, {"balance": 100, "rate": 20}])
    115.5
    """
    return sum(one["balance"] for one in classes) * sum(one["rate"] for one in classes) / len(classes) / 100


def lost_in_the_end(classes: Sequence[dict]) -> float:
    """What of the balances rolls through every later class.

    >>> lost_in_the_end([{"balance": 1000, "roll": 10}, {"balance": 100, "roll": 50}])
    100.0
    """
    rates = [one["roll"] / 100 for one in classes]
    return sum(one["balance"] * prod(rates[at:]) for at, one in enumerate(classes))


def rolled_once(classes: Sequence[dict]) -> float:
    """What moves on by one class: a usual mistake.

    >>> rolled_once([{"balance": 1000, "roll": 10}, {"balance": 100, "roll": 50}])
    150.0
    """
    return sum(one["balance"] * one["roll"] / 100 for one in classes)


def all_at_last_rate(classes: Sequence[dict]) -> float:
    """Everything at the last class's rate: a usual mistake.

    >>> all_at_last_rate([{"balance": 1000, "roll": 10}, {"balance": 100, "roll": 50}])
    550.0
    """
    return sum(one["balance"] for one in classes) * classes[-1]["roll"] / 100


def last_class_lost(classes: Sequence[dict]) -> float:
    """What the last class alone loses.

    >>> last_class_lost([{"balance": 1000, "roll": 10}, {"balance": 100, "roll": 50}])
    50.0
    """
    return all_at_last_rate(classes[-1:])


def cheapest_line(lines: Sequence[dict], saved: float, cost: float) -> float:
    """The line that brings most.

    >>> low, high = {"points": 20, "troubled": 9, "sound": 50}, {"points": 40, "troubled": 5, "sound": 10}
    >>> cheapest_line([low, high], 100, 12), cheapest_line([low, high], 100, 5)
    (40, 20)
    """
    return max(lines, key=lambda one: one["troubled"] * saved - one["sound"] * cost)["points"]


def line_of_most_hits(lines: Sequence[dict]) -> float:
    """The line that catches most: a usual mistake.

    >>> line_of_most_hits([{"points": 20, "troubled": 9}, {"points": 40, "troubled": 5}])
    20
    """
    return max(lines, key=lambda one: one["troubled"])["points"]


def line_of_surest_names(lines: Sequence[dict]) -> float:
    """The line whose names are right most often: a usual mistake.

    >>> line_of_surest_names([{"points": 20, "troubled": 9, "sound": 50}, {"points": 40, "troubled": 5, "sound": 10}])
    40
    """
    return max(lines, key=lambda one: one["troubled"] / (one["troubled"] + one["sound"]))["points"]


def line_of_fewest_mistakes(lines: Sequence[dict], failing: float) -> float:
    """The line with the fewest missed and falsely called customers: a usual mistake.

    >>> line_of_fewest_mistakes([{"points": 20, "troubled": 9, "sound": 50}, {"points": 40, "troubled": 5, "sound": 10}], 10)
    40
    """
    return min(lines, key=lambda one: failing - one["troubled"] + one["sound"])["points"]


def roll_rates(ends: Sequence[dict], same_month: bool = False, mean: bool = False) -> dict[str, float]:
    """Percent of each class that rolled on, over all months together, by amount; `same_month` and `mean` are usual mistakes.

    >>> ends = [{"d30": 100, "d60": 0, "d90": 0, "d120": 0}, {"d30": 0, "d60": 40, "d90": 1, "d120": 0}]
    >>> roll_rates([*ends, {"d30": 1, "d60": 1, "d90": 10, "d120": 1}])["d60"]
    27.5
    """
    rates = {}
    for here, there in _STEPS:
        pairs = [(one[here], one[there]) for one in ends] if same_month else [
            (one[here], other[there]) for one, other in zip(ends, ends[1:], strict=False)]  # fmt: skip
        whole = 100 * sum(arrived for _, arrived in pairs) / sum(stood for stood, _ in pairs)
        rates[here] = 100 * sum(arrived / stood for stood, arrived in pairs) / len(pairs) if mean else whole
    return rates
