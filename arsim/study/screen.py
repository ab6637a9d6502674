"""A first look at every parameter, alone: what it moves from one end of its range to the other with the same luck, and what does nothing.

It is a sieve, in one year of ordinary times, and no result: whatever passes is judged by the worlds, of which it knows nothing. So the
worlds' intervals need to hold for those that passed only.
"""

from collections.abc import Callable, Mapping, Sequence

from arsim.domain.policy import Policy
from arsim.engine.engines import AUTO
from arsim.model.evidence import constants
from arsim.model.scenario import BASE
from arsim.study.company import Company
from arsim.study.keep import Keep, Part
from arsim.study.room import needed
from arsim.study.spread import spread
from arsim.study.tipping import along, at_value


def screen(
    paths: Sequence[str], first: Policy, second: Policy, outcome: str = "net_value", company: Company | None = None, days: int = 365,
    seed: int = 1, known: Mapping[str, float] | None = None, workers: int = 0, engine: str = AUTO,
    progress: Callable[[int, int], None] | None = None, keep: Keep | Part | None = None, cluster: str = "",
) -> dict[str, float]:  # fmt: skip
    """By how much the difference between two policies moves when each parameter goes from its low end to its high end, others as used.

    Parameters
    ----------
    paths : sequence of str
    first, second : Policy
    outcome : str
    company : Company, optional
    days, seed : int
    known : mapping, optional
        Constants with another value than the usual one.
    workers, engine, keep, cluster
        As for `arsim.study.spread.spread`.
    progress : callable, optional
        Called with (parameters done, asked).

    Returns
    -------
    dict of str to float
        Path → change, the largest first; exactly 0 where nothing at all depends on the parameter.
    """
    company = company or Company.demo()
    given, found = (tuple(paths), (first, second), company, days, seed, dict(known or {}), outcome, engine), []
    for one in spread(_moved, given, len(paths), workers, engine, needed(company, days), keep, cluster):
        found.append(one)
        if progress:
            progress(len(found), len(paths))
    return dict(sorted(zip(paths, found, strict=True), key=lambda pair: -abs(pair[1])))


def _moved(number: int, paths: Sequence[str], policies: Sequence[Policy], company: Company, days: int, seed: int, known: dict,
           outcome: str, engine: str) -> float:  # fmt: skip
    constant = constants()[paths[number]]
    ends = along(constant, known.get(constant.path, constant.value), 2)
    low, high = at_value(0, constant.path, ends, policies, company, days, seed, known, outcome, BASE, engine)
    return high - low
