"""CPU time of several calls, taken in turns, so that a busy machine disturbs all of them alike."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Median, lowest and highest of what the rounds gave."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values) -> "Spread":
        """The spread of a list of numbers."""
        values = list(values)
        return cls(statistics.median(values), min(values), max(values))

    def times(self, factor: float) -> "Spread":
        """Every number `factor` times as large."""
        return Spread(self.median * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Times:
    """Seconds of CPU by call and round; every list as long as there were rounds."""

    seconds: Mapping[str, list[float]]

    def each(self, name: str, count: int) -> Spread:
        """Microseconds for each of `count` things."""
        return Spread.of(taken / count * 1e6 for taken in self.seconds[name])

    def ratio(self, slow: str, fast: str) -> Spread:
        """How many times as long `slow` takes as `fast`, round by round: whatever slows the machine in a round slows both."""
        return Spread.of(one / other for one, other in zip(self.seconds[slow], self.seconds[fast], strict=True))


def interleaved(
    calls: Mapping[str, Callable[[int], object]], rounds: int, tell: Callable[[], None] = lambda: None, least: float = 0.0
) -> Times:
    """Each of `calls` in turn, given the round's number.

    Parameters
    ----------
    calls : mapping of str to callable
    rounds : int
    tell : callable, optional
        Called when a call has had its turn.
    least : float
        Seconds a turn takes at least: short calls are repeated, and their mean counts, or the caches left by the one before would.

    Returns
    -------
    Times
        CPU time of this process; what other programs do meanwhile is not in it, though it still costs caches.
    """
    found: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds):
        for name, call in calls.items():
            gc.collect()  # nobody sweeps up after the one before
            begun, repeats, taken = time.process_time(), 0, 0.0
            while not repeats or taken < least:
                call(turn)
                repeats, taken = repeats + 1, time.process_time() - begun
            found[name].append(max(taken, 1e-9) / repeats)
            tell()
    return Times(found)
