"""Luck that falls alike on every machine: what a trainee's number makes of an exercise."""

import random
from collections.abc import Sequence
from math import floor


class Dice:
    """Throws that depend on `parts` alone, not on the machine or the version of Python.

    Parameters
    ----------
    *parts : object
        Such as the trainee's number and the exercise's name.

    Examples
    --------
    >>> Dice(1, "dso").whole(1, 6) == Dice(1, "dso").whole(1, 6)
    True
    """

    def __init__(self, *parts: object):
        self._random = random.Random(":".join(map(str, parts))).random  # of all its methods the only one promised to stay the same

    def share(self) -> float:
        """From 0 up to, but not including, 1."""
        return self._random()

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """One of `low`, `low` + `step`, … up to `high`."""
        return low + step * floor(self._random() * ((high - low) // step + 1))

    def one_of(self, choices: Sequence):
        """One of `choices`."""
        return choices[floor(self._random() * len(choices))]

    def some(self, choices: Sequence, count: int) -> list:
        """`count` different ones of `choices`, in a random order."""
        left = list(choices)
        return [left.pop(floor(self._random() * len(left))) for _ in range(count)]
