"""How many collectors a stream of calls or cases needs: Erlang B and C.

Work arrives at random (Poisson) at a steady rate, one desk serves all, nobody hangs up. A queue with impatient callers is kinder to
the desk than Erlang C says, a morning peak is worse.
"""

from collections.abc import Iterator
from math import exp, inf, isfinite
from operator import index

from arsim.domain.problem import BadInput, Problem


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
    _refuse_time(handling)
    if not (isfinite(arrivals) and arrivals >= 0 and isfinite(period) and period > 0):
        raise BadInput(
            Problem(
                "{arrivals} arrivals in a period of {period} cannot be.",
                "Arrivals must be 0 or more, the period above 0.",
                values={"arrivals": arrivals, "period": period},
            )
        )
    return arrivals / period * handling


def erlang_b(load: float, agents: int) -> float:
    """Share of calls lost when nobody may wait: B(0) = 1, B(c) = a B(c - 1) / (c + a B(c - 1)).

    The recursion never forms a factorial, so loads of thousands do not overflow.

    Parameters
    ----------
    load : float
        Offered load a, erlang.
    agents : int
        c, 1 or more.

    Returns
    -------
    float
        Share, 0 to 1.

    Raises
    ------
    BadInput
        If the load is negative or no number, or there is not at least one whole agent.

    Notes
    -----
    Erlang (1917). Closed form: (aᶜ / c!) / Σₖ₌₀..c aᵏ / k!.

    Examples
    --------
    One agent, load 1: half of the callers meet a busy line. Two agents: (1/2) / (1 + 1 + 1/2).

    >>> erlang_b(1, 1), erlang_b(1, 2)
    (0.5, 0.2)
    """
    _refuse(load, agents)
    return next(lost for agent, lost in _losses(load) if agent == agents)


def erlang_c(load: float, agents: int) -> float:
    """Probability that a call has to wait: C = B / (1 - (a / c)(1 - B)).

    Parameters
    ----------
    load, agents
        As in `erlang_b`.

    Returns
    -------
    float
        Share, 0 to 1; 1 when the load reaches the number of agents, for the queue then grows without end.

    Raises
    ------
    BadInput
        As `erlang_b`.

    Examples
    --------
    One agent, load 1/2: busy half of the time. Two agents, load 1: 0.2 / (1 - 0.5 × 0.8).

    >>> erlang_c(0.5, 1), round(erlang_c(1, 2), 6)
    (0.5, 0.333333)
    """
    return _waits(erlang_b(load, agents), load, agents)


def occupancy(load: float, agents: int) -> float:
    """Share of their time the agents are busy: a / c, at most 1.

    Parameters
    ----------
    load, agents
        As in `erlang_b`.

    Returns
    -------
    float
        Share, 0 to 1.

    Raises
    ------
    BadInput
        As `erlang_b`.

    Examples
    --------
    >>> occupancy(8, 10), occupancy(12, 10)
    (0.8, 1.0)
    """
    _refuse(load, agents)
    return min(1.0, load / agents)


def mean_wait(load: float, agents: int, handling: float) -> float:
    """Average speed of answer (ASA), over all calls: C × handling / (c - a).

    Parameters
    ----------
    load, agents
        As in `erlang_b`.
    handling : float
        Mean handling time, exponentially spread; the answer has its unit.

    Returns
    -------
    float
        Time; infinite when the load reaches the number of agents.

    Raises
    ------
    BadInput
        As `erlang_b`, or if the handling time is negative.

    Examples
    --------
    One agent, load 1/2, 10 minutes a call: half wait, 20 minutes each.

    >>> mean_wait(0.5, 1, 10)
    10.0
    """
    _refuse_time(handling)
    waits = erlang_c(load, agents)
    return _mean(waits, load, agents, handling)


def service_level(load: float, agents: int, handling: float, within: float) -> float:
    """Share of calls answered within a time T: 1 - C exp(-(c - a) T / handling).

    Parameters
    ----------
    load, agents, handling
        As in `mean_wait`.
    within : float
        T, in the unit of `handling`.

    Returns
    -------
    float
        Share, 0 to 1; 0 when the load reaches the number of agents.

    Raises
    ------
    BadInput
        As `mean_wait`, or if `within` is negative.

    Examples
    --------
    At once: all who need not wait.

    >>> service_level(0.5, 1, 10, within=0)
    0.5
    >>> round(service_level(0.5, 1, 10, within=20), 4)  # 1 - 0.5 / e
    0.8161
    """
    _refuse_time(handling, within)
    return _level(erlang_c(load, agents), load, agents, handling, within)


def agents_for_service_level(load: float, handling: float, within: float, target: float) -> int:
    """Fewest agents that answer a share `target` of the calls within a time.

    Parameters
    ----------
    load, handling, within
        As in `service_level`.
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
    _refuse(load, 1)
    _refuse_time(handling, within)
    if not 0 < target < 1:
        raise BadInput(
            Problem(
                "A service level of {given} cannot be aimed at.",
                "Choose a share above 0 and below 1: write 80 % as 0.8.",
                values={"given": target},
            )
        )
    return next(c for c, lost in _losses(load) if c and _level(_waits(lost, load, c), load, c, handling, within) >= target)


def agents_for_mean_wait(load: float, handling: float, target: float) -> int:
    """Fewest agents with an average speed of answer of at most `target`.

    Parameters
    ----------
    load, handling
        As in `mean_wait`.
    target : float
        Time in the unit of `handling`, above 0.

    Returns
    -------
    int
        Agents, 1 or more.

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
    _refuse(load, 1)
    _refuse_time(handling)
    if not (isfinite(target) and target > 0):
        raise BadInput(Problem("An average wait of {given} cannot be aimed at.", "Choose a time above 0.", values={"given": target}))
    return next(c for c, lost in _losses(load) if c and _mean(_waits(lost, load, c), load, c, handling) <= target)


def _losses(load: float) -> Iterator[tuple[int, float]]:
    """Agents and Erlang B, from no agent upward without end."""
    agents, lost = 0, 1.0
    while True:
        yield agents, lost
        agents += 1
        lost = load * lost / (agents + load * lost)


def _waits(lost: float, load: float, agents: int) -> float:
    # c B / (c - a + a B): the same as the textbook's form, but without 1 - ρ(1 - B), which cancels near full load
    return 1.0 if load >= agents else agents * lost / (agents - load + load * lost)


def _mean(waits: float, load: float, agents: int, handling: float) -> float:
    return waits * handling / (agents - load) if load < agents else inf


def _level(waits: float, load: float, agents: int, handling: float, within: float) -> float:
    if load >= agents:
        return 0.0
    return 1 - waits * exp(-(agents - load) * within / handling) if handling else 1.0


def _refuse(load: float, agents: int) -> None:
    if not (isfinite(load) and load >= 0):
        raise BadInput(Problem("A load of {given} cannot be.", "It must be a number, 0 or more.", values={"given": load}))
    try:
        enough = index(agents) >= 1
    except TypeError:
        enough = False
    if not enough:
        raise BadInput(Problem("{given} agents cannot run a desk.", "Use a whole number, 1 or more.", values={"given": agents}))


def _refuse_time(*times: float) -> None:
    for time in times:
        if not (isfinite(time) and time >= 0):
            raise BadInput(Problem("A time of {given} cannot be.", "It must be a number, 0 or more.", values={"given": time}))
