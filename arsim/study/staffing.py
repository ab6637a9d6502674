"""How many collectors a stream of calls or cases needs: Erlang B and C turned round.

Work arrives at random (Poisson) at a steady rate, one desk serves all, nobody hangs up. A queue with impatient callers is kinder to
the desk than Erlang C says, a morning peak is worse.
"""

from math import isfinite

from arsim.domain.problem import BadInput, Problem
from arsim.study.erlang import desks, erlang_b, erlang_c, mean_wait, occupancy, refuse_time, service_level

__all__ = [
    "agents_for_mean_wait", "agents_for_service_level", "erlang_b", "erlang_c", "load", "mean_wait", "occupancy", "service_level",
]  # fmt: skip


def load(arrivals: float, period: float, handling: float) -> float:
    """Offered load in erlang: arrivals / period × handling time, the agents kept busy if nobody had to wait.

    Parameters
    ----------
    arrivals : float
        Calls in the period.
    period, handling : float
        Length of the period and mean handling time, in the same unit.

    Returns
    -------
    float
        Erlang.

    Raises
    ------
    BadInput
        If arrivals or handling time are negative, or the period is not above 0.

    Examples
    --------
    60 calls an hour, 5 minutes each:

    >>> load(60, 60, 5)
    5.0
    """
    refuse_time(handling)
    if not (isfinite(arrivals) and arrivals >= 0 and isfinite(period) and period > 0):
        raise BadInput(
            Problem(
                "{arrivals} arrivals in a period of {period} cannot be.",
                "Arrivals must be 0 or more, the period above 0.",
                values={"arrivals": arrivals, "period": period},
            )
        )
    return arrivals / period * handling


def agents_for_service_level(load: float, handling: float, within: float, target: float) -> int:
    """Fewest agents that answer a share `target` of the calls within a time.

    Parameters
    ----------
    load, handling, within
        As in `arsim.study.erlang.service_level`.
    target : float
        Share, above 0 and below 1.

    Returns
    -------
    int
        Agents, 1 or more.

    Raises
    ------
    BadInput
        As `service_level`, or if the target is not a share below 1: certainty would need agents without end.

    Examples
    --------
    Load 1, nobody to wait more than no time at all: two agents let 2/3 through, three 10/11.

    >>> agents_for_service_level(1, 10, within=0, target=0.6), agents_for_service_level(1, 10, within=0, target=0.9)
    (2, 3)
    """
    refuse_time(handling, within)
    if not 0 < target < 1:
        raise BadInput(
            Problem(
                "A service level of {given} cannot be aimed at.",
                "Choose a share above 0 and below 1: write 80 % as 0.8.",
                values={"given": target},
            )
        )
    return next(desk.agents for desk in desks(load) if desk.level(handling, within) >= target)


def agents_for_mean_wait(load: float, handling: float, target: float) -> int:
    """Fewest agents with an average speed of answer of at most `target`, a time above 0 in the unit of `handling`.

    Returns
    -------
    int
        Agents; more than the load, or the queue would never end.

    Raises
    ------
    BadInput
        As `mean_wait`, or if the target is not above 0.

    Examples
    --------
    Load 1, 10 minutes a call: two agents leave 1/3 × 10 minutes, three (1/11) × 10 / 2 = 27 seconds.

    >>> agents_for_mean_wait(1, 10, target=4), agents_for_mean_wait(1, 10, target=1)
    (2, 3)
    """
    refuse_time(handling)
    if not (isfinite(target) and target > 0):
        raise BadInput(Problem("An average wait of {given} cannot be aimed at.", "Choose a time above 0.", values={"given": target}))
    return next(desk.agents for desk in desks(load) if desk.mean_wait(handling) <= target)
