"""When to stop adding replications: as soon as every wanted interval is narrow enough, or the budget is spent.

Looking again and again, and stopping at a look one likes, can spoil an interval: who stops as soon as zero lies outside is wrong far more
often than 5 % of the time. So nothing here looks at *where* an interval lies, only at how wide it is (Chow and Robbins, 1965, *On the
asymptotic theory of fixed-width sequential confidence intervals for the mean*, Annals of Mathematical Statistics 36). That still costs
something: one stops rather where the spread happens to look small, and where rare large differences are what makes it, that is where they
have not turned up yet; mean and width then err together. Only replications made before the first look help against that. Asking for the
width at two looks running, or for a narrower one, stops later and still by the same luck, and the intervals held no more often
(measured). So the first look comes late, after `Sure.least` replications, chosen on one pool of replications as the smallest of 40, 60, 80
and 100 with which every case held 93 times of 100; pools it was not chosen on, and what `arsim.study.coverage` found there, are in
docs/statistics.en.md. Where a handful of replications carries nearly all of the spread (`carried_by_few`), no rule of this kind helps:
that can only be said.

Where the *sign* is wanted, the width to reach depends on where the difference lies. It is settled by trial replications that are then put
aside, so that what is stated rests on others only (the idea of Stein, 1945: a first sample that decides on the size of the second).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from arsim.domain.money import FEN
from arsim.domain.problem import BadInput, Problem
from arsim.study.comparison import ENOUGH, Replication, interval
from arsim.study.outcome import OUTCOMES

SIGN = "sign"
TELLING = 0.5  # of the difference seen in the trial: an interval half as wide leaves out zero 39 times of 40 if it saw right
MOST = 10_000
_OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


@dataclass(frozen=True)
class Width:
    """How narrow an interval is to be: half its width.

    Parameters
    ----------
    value : float
        In the outcome's own unit (money in fen, shares from 0 to 1); with `relative`, as a part of the first policy's mean. Above 0.
    relative : bool
    """

    value: float
    relative: bool = False


# Half a percent of net value, half a percentage point overdue, a point of goodwill.
USUAL: Mapping[str, Width | str] = {"net_value": Width(0.005, relative=True), "overdue_share": Width(0.005), "goodwill": Width(1.0)}


@dataclass(frozen=True)
class Sure:
    """The rule.

    Parameters
    ----------
    within : mapping
        Outcome → `Width`, or `SIGN`: so narrow that the sign of the difference is known, if it is as large as a trial showed it.
    budget : int
        Replications at the most, the trial included.
    least : int
        Before the first look; `ENOUGH` at least.
    growth : float
        From look to look, above 1.
    trial : int
        Replications that are put aside where a sign is wanted.
    """

    within: Mapping[str, Width | str] = field(default_factory=lambda: dict(USUAL))
    budget: int = 500
    least: int = 80
    growth: float = 1.2
    trial: int = 20

    def __post_init__(self):
        for key, width in self.within.items():
            if key not in _OUTCOME:
                raise BadInput(Problem("There is no outcome of this name.", "Choose one of: {names}.", value=key,
                                       values={"names": ", ".join(_OUTCOME)}))  # fmt: skip
            if width != SIGN and not (isinstance(width, Width) and 0 < width.value < float("inf")):
                raise BadInput(Problem("Half the width of an interval must be a number above 0.", "Write for example net_value=500000, "
                                       "net_value=1% or net_value=sign.", value=key))  # fmt: skip
        if not self.within or self.least < ENOUGH or self.growth <= 1 or self.trial < ENOUGH:
            raise BadInput(Problem("The rule of stopping is not complete.", "Name an outcome, at least {enough} replications before the "
                                   "first look and in the trial, and a growth above 1.", values={"enough": ENOUGH}))  # fmt: skip
        fewest = self.aside + self.least
        if not fewest <= self.budget <= MOST:
            raise BadInput(Problem("The budget must lie between {fewest} and {most} replications.", "Choose another number.",
                                   value=str(self.budget), values={"fewest": fewest, "most": MOST}))  # fmt: skip

    @property
    def aside(self) -> int:
        """Replications that only settle how narrow is enough."""
        return self.trial if SIGN in self.within.values() else 0

    def looks(self) -> tuple[int, ...]:
        """Replications, those put aside not counted, at which it is asked whether they are enough.

        >>> Sure(budget=200, growth=1.5).looks()
        (80, 120, 180, 200)
        """
        found, most = [self.least], self.budget - self.aside
        while found[-1] < most:
            found.append(min(most, ceil(found[-1] * self.growth)))
        return tuple(found)

    def stop(self, runs: Sequence[Replication], names: Sequence[str]) -> "Stop | None":
        """Whether to stop now, and why; None to go on.

        Parameters
        ----------
        runs : sequence of Replication
            All so far, in order, those put aside first.
        names : sequence of str
            Of the policies; the others are compared with the first.
        """
        counted = len(runs) - self.aside
        if counted not in self.looks():
            return None
        wide = self.wanting(runs[self.aside :], names, self.settled(runs[: self.aside], names))
        return Stop(self, len(runs), tuple(wide)) if len(runs) == self.budget or not wide else None

    def settled(self, trial: Sequence[Replication], names: Sequence[str]) -> dict[tuple[str, str], float]:
        """By policy and outcome whose sign is wanted: the half width to reach, in the outcome's unit, from the trial alone."""
        signs = [key for key, width in self.within.items() if width == SIGN]
        return {(name, key): TELLING * abs(interval(_apart(trial, names[0], name, key))[0]) for name in names[1:] for key in signs}

    def target(self, key: str, reference: float) -> float:
        """The half width to reach for an outcome whose sign is not what is wanted; `reference` is the first policy's mean."""
        width = self.within[key]
        return width.value * abs(reference) if width.relative else width.value

    def wanting(self, done: Sequence[Replication], names: Sequence[str], settled: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
        """Policies and outcomes whose interval is still too wide; what is defined nowhere, such as DSO without sales, is not waited for."""
        wide = []
        for key in self.within:
            reference = np.array([one.outcomes[names[0]][key] for one in done])
            mean = float(np.nanmean(reference)) if not np.isnan(reference).all() else 0.0
            for name in names[1:]:
                apart = _apart(done, names[0], name, key)
                _, low, high = interval(apart)
                enough = (high - low) / 2 <= (settled[name, key] if (name, key) in settled else self.target(key, mean))
                if not enough and not np.isnan(apart).all():
                    wide.append((name, key))
        return wide


@dataclass(frozen=True)
class Stop:
    """Why no more replications were added.

    Parameters
    ----------
    rule : Sure
    took : int
        Replications run, those put aside included.
    wide : tuple of (str, str)
        Policies and outcomes whose interval is still too wide: the budget is spent. Empty: all are narrow enough.
    """

    rule: Sure
    took: int
    wide: tuple[tuple[str, str], ...] = ()

    @property
    def narrow(self) -> bool:
        """Every wanted interval is narrow enough."""
        return not self.wide


def read_within(texts: Sequence[str]) -> dict[str, Width | str]:
    """What is written after ``--within``, as the rule has it.

    Money is in CNY and shares in percentage points; ``1%`` is of the first policy's mean.

    >>> read_within(["net_value=500000", "overdue_share=0.5", "dso=1%", "goodwill=sign"])["overdue_share"]
    Width(value=0.005, relative=False)
    """
    found: dict[str, Width | str] = {}
    for text in texts:
        key, _, wanted = text.partition("=")
        key, wanted = key.strip(), wanted.strip()
        if wanted == SIGN:
            found[key] = SIGN
            continue
        relative = wanted.endswith(("%", "％"))
        try:
            value = float(wanted.rstrip("%％").replace(",", ""))
        except ValueError:
            raise BadInput(Problem("Half the width of an interval must be a number above 0.", "Write for example net_value=500000, "
                                   "net_value=1% or net_value=sign.", value=text)) from None  # fmt: skip
        unit = {"fen": FEN, "share": 0.01}.get(_OUTCOME[key].unit, 1) if key in _OUTCOME else 1
        found[key] = Width(value / 100, relative=True) if relative else Width(value * unit)
    return found


def _apart(runs: Sequence[Replication], first: str, name: str, key: str) -> np.ndarray:
    return np.array([one.outcomes[name][key] - one.outcomes[first][key] for one in runs])
