"""Run one policy through one world on the compiled engine; the journal is the reference engine's, line for line."""

import numpy as np

from arsim.domain.calendar import SHIFT
from arsim.domain.policy import Policy
from arsim.engine.compiled import machine, rules  # noqa: F401  make rules and tables known to numba before anything is compiled
from arsim.engine.compiled.run import play
from arsim.engine.compiled.space import vacant
from arsim.engine.compiled.tables import state
from arsim.engine.journal import ROW, Journal
from arsim.model.behaviour import Behaviour
from arsim.model.world import World

# So many an invoice, and at least; a run that needs more gets it.
ROOM = {"rows": (12, 8192), "links": (12, 4096), "sheets": (1, 4096), "cases": (1, 1024)}
WIDE = ROW.itemsize // 4


def simulate(world: World, policy: Policy, behaviour: Behaviour | None = None, warmup: int = 0) -> Journal:
    """What happens in `world` under `policy`; parameters and result as `arsim.engine.simulate.simulate`."""
    behaviour = behaviour or Behaviour.default()
    count = len(world.customer)
    room = {what: each * count + at_least for what, (each, at_least) in ROOM.items()}
    while True:
        record, tables = state(world, policy, behaviour, room)
        play(record)
        one = record[0]
        if not any(one[f"spilt_{what}"] for what in room):
            break
        for what in room:  # begun again with more room: the same run
            room[what] *= 2 if one[f"spilt_{what}"] else 1
    # As plain numbers: numpy is several times slower at picking records.
    order = tables["row_order"][: one["row_count"]]
    written, rows = tables["rows"].view(np.int32).reshape(-1, WIDE), vacant(len(order))
    written.take(order, axis=0, out=rows.view(np.int32).reshape(-1, WIDE), mode="clip")  # every place exists: nothing to check
    return Journal(
        rows=rows, start=world.population.start, warmup=warmup, days=world.days - world.run_off, run_off=world.run_off,
        allowance=policy.allowance.shares, customers=len(world.population), collectors=policy.team.collectors,
        staff_minutes=policy.team.collectors * SHIFT * int(world.calendar.open[warmup : world.days - world.run_off].sum()),
    )  # fmt: skip
