"""Run one policy through one world; the journal comes out."""

import gc
from collections.abc import Callable

import numpy as np
import simpy

from arsim.domain.calendar import DAY, SHIFT
from arsim.domain.policy import Policy
from arsim.engine.journal import ROW, Journal
from arsim.engine.processes import NOTHING_ELSE, Run
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import Conduct
from arsim.model.world import World


def simulate(
    world: World, policy: Policy, behaviour: Behaviour | None = None, warmup: int = 0, change: Callable[[Run], None] | None = None,
    conduct: Conduct | None = None,
) -> Journal:  # fmt: skip
    """What happens in `world` under `policy`.

    Parameters
    ----------
    world : World
        From `arsim.model.world.deal`.
    policy : Policy
    behaviour : Behaviour, optional
        Constants of behaviour; the defaults of ``behaviour.toml`` if not given.
    warmup : int
        Days that only fill the book before outcomes count.
    change : callable, optional
        Told the `Run` before it starts, whose parts it may replace.
    conduct : Conduct, optional
        Policies adopted on the way, calls made by people; the calendar days before the first are those of a run without it.

    Returns
    -------
    Journal
        The same for the same arguments, on any machine.
    """
    env = simpy.Environment()
    conduct = conduct or NOTHING_ELSE
    run = Run(env, world, policy, behaviour or Behaviour.default(), conduct)
    if change:
        change(run)
    run.start()
    collecting = gc.isenabled()
    gc.disable()  # a run makes many small objects and no cycles worth collecting; the collector would walk them again and again
    try:
        env.run(until=world.days * DAY)
    finally:
        if collecting:
            gc.enable()
    rows = np.array(run.book.rows, dtype=ROW) if run.book.rows else np.zeros(0, ROW)
    rows = rows[np.lexsort((np.arange(len(rows)), rows["customer"], rows["time"]))]
    counted = world.days - world.run_off
    periods = [(max(first, warmup), end, one) for first, end, one in conduct.periods(policy, counted)]
    return Journal(
        rows=rows,
        start=world.population.start,
        warmup=warmup,
        days=counted,
        run_off=world.run_off,
        allowance=policy.allowance.shares,
        customers=len(world.population),
        collectors=policy.team.collectors,
        staff_minutes=sum(one.team.collectors * SHIFT * int(world.calendar.open[first:end].sum()) for first, end, one in periods),
        later=tuple((day, one.team.collectors, one.allowance.shares) for day, one in conduct.later),
    )
