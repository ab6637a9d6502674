"""Erlang's desk: work arrives at random, so many agents serve it, and the question is who has to wait.

Every function takes the offered load a in erlang (`arsim.study.staffing.load`) and the number of agents c, 1 or more; times are in one
unit. `BadInput` is raised for a load or time that is negative or no number, and for agents that are no whole number above 0.
Erlang (1917). Closed form of B: (aᶜ / c!) / Σₖ₌₀..c aᵏ / k!.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, inf, isfinite
from operator import index

from arsim.domain.problem import BadInput, Problem


@dataclass(frozen=True)
class Desk:
    """One load and one number of agents; `lost` is Erlang B of the two."""

    load: float
    agents: int
    lost: float

    @property
    def full(self) -> bool:
        """Whether the queue grows without end."""
        return self.load >= self.agents

    @property
    def waits(self) -> float:
        """Erlang C."""
        # c B / (c - a + a B): the same as the textbook's form, but without 1 - ρ(1 - B), which cancels near full load
        return 1.0 if self.full else self.agents * self.lost / (self.agents - self.load + self.load * self.lost)

    def mean_wait(self, handling: float) -> float:
        """Average speed of answer."""
        return inf if self.full else self.waits * handling / (self.agents - self.load)

    def level(self, handling: float, within: float) -> float:
        """Share answered in time."""
        if self.full:
            return 0.0
        return 1 - self.waits * exp(-(self.agents - self.load) * within / handling) if handling else 1.0


def desks(load: float) -> Iterator[Desk]:
    """One agent, two, three … without end. The recursion never forms a factorial, so loads of thousands do not overflow."""
    refuse_desk(load, 1)
    agents, lost = 0, 1.0
    while True:
        agents += 1
        lost = load * lost / (agents + load * lost)
        yield Desk(load, agents, lost)


def _desk(load: float, agents: int) -> Desk:
    refuse_desk(load, agents)
    return next(desk for desk in desks(load) if desk.agents == agents)


def erlang_b(load: float, agents: int) -> float:
    """Share of calls lost when nobody may wait: B(0) = 1, B(c) = a B(c - 1) / (c + a B(c - 1)).

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    One agent, load 1: half of the callers meet a busy line. Two agents: (1/2) / (1 + 1 + 1/2).

    >>> erlang_b(1, 1), erlang_b(1, 2)
    (0.5, 0.2)
    """
    return _desk(load, agents).lost


def erlang_c(load: float, agents: int) -> float:
    """Probability that a call has to wait: C = B / (1 - (a / c)(1 - B)).

    Returns
    -------
    float
        Probability; 1 when the load reaches the number of agents, for the queue then grows without end.

    Examples
    --------
    One agent, load 1/2: busy half of the time. Two agents, load 1: 0.2 / (1 - 0.5 × 0.8).

    >>> erlang_c(0.5, 1), round(erlang_c(1, 2), 6)
    (0.5, 0.333333)
    """
    return _desk(load, agents).waits


def occupancy(load: float, agents: int) -> float:
    """Share of their time the agents are busy: a / c, at most 1.

    Examples
    --------
    >>> occupancy(8, 10), occupancy(12, 10)
    (0.8, 1.0)
    """
    refuse_desk(load, agents)
    return min(1.0, load / agents)


def mean_wait(load: float, agents: int, handling: float) -> float:
    """Average speed of answer (ASA), over all calls: C × handling / (c - a).

    Parameters
    ----------
    load, agents
        a and c.
    handling : float
        Mean handling time, exponentially spread; the answer has its unit.

    Returns
    -------
    float
        Time; infinite when the load reaches the number of agents.

    Examples
    --------
    One agent, load 1/2, 10 minutes a call: half wait, 20 minutes each.

    >>> mean_wait(0.5, 1, 10)
    10.0
    """
    refuse_time(handling)
    return _desk(load, agents).mean_wait(handling)


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
        Share of the calls; 0 when the load reaches the number of agents.

    Examples
    --------
    At once: all who need not wait.

    >>> service_level(0.5, 1, 10, within=0)
    0.5
    >>> round(service_level(0.5, 1, 10, within=20), 4)  # 1 - 0.5 / e
    0.8161
    """
    refuse_time(handling, within)
    return _desk(load, agents).level(handling, within)


def refuse_desk(load: float, agents: int) -> None:
    """A load is a number, 0 or more; agents are whole people."""
    if not (isfinite(load) and load >= 0):
        raise BadInput(Problem("A load of {given} cannot be.", "It must be a number, 0 or more.", values={"given": load}))
    try:
        enough = index(agents) >= 1
    except TypeError:
        enough = False
    if not enough:
        raise BadInput(Problem("{given} agents cannot run a desk.", "Use a whole number, 1 or more.", values={"given": agents}))


def refuse_time(*times: float) -> None:
    """A time is a number, 0 or more."""
    for time in times:
        if not (isfinite(time) and time >= 0):
            raise BadInput(Problem("A time of {given} cannot be.", "It must be a number, 0 or more.", values={"given": time}))
