"""Run one policy through one world in idiomatic SimPy; a journal of the same form comes out."""

import numpy as np
import simpy

from arsim.domain.calendar import DAY, SHIFT
from arsim.domain.policy import Policy
from arsim.engine.journal import ROW, Journal
from arsim.engine.yardstick.firm import Firm
from arsim.model.behaviour import Behaviour
from arsim.model.world import World

OFF = ("warning", "discount", "interest", "cash", "plan", "law", "relations", "tools", "write_off")  # desks that are not built here
OFF_IN_CREDIT = ("terms_a", "terms_b", "terms_c", "terms_d", "review_months", "hold_review_days", "approval_amount", "security")


def covered(policy: Policy) -> bool:
    """Whether the policy uses only what is built here, so that nothing is left out of a run of it.

    Built: orders, limits, holds, prepayment, the ladder, contacts, collectors, answers, promises, disputes, payments, goodwill, write-offs.
    Not built: law, plans, early warning, reviews, approvals, security, discounts, interest, tools, care, limitation (three years:
    nothing gets that old where write-offs come sooner).
    """
    usual = Policy(name="usual")
    same = all(getattr(policy, part) == getattr(usual, part) for part in OFF)
    credit = all(getattr(policy.credit, name) == getattr(usual.credit, name) for name in OFF_IN_CREDIT)
    return same and credit and policy.team.confirm_calls == "no" and policy.write_off_days <= usual.write_off_days


def simulate(world: World, policy: Policy, behaviour: Behaviour | None = None, warmup: int = 0) -> Journal:
    """What happens in `world` under `policy`; parameters and result as `arsim.engine.simulate.simulate`.

    Totals are the engines' within a few in a hundred, not to the line: what happens in the same minute happens in another order.

    Raises
    ------
    ValueError
        If the policy uses a desk that is not built here.
    """
    if not covered(policy):
        raise ValueError(f"the idiomatic model leaves out what policy {policy.name} uses")
    env = simpy.Environment()
    firm = Firm(env, world, policy, behaviour or Behaviour.default())
    firm.start()
    env.run(until=world.days * DAY)
    rows = np.array(firm.rows, dtype=ROW) if firm.rows else np.zeros(0, ROW)
    rows = rows[np.lexsort((np.arange(len(rows)), rows["customer"], rows["time"]))]
    return Journal(
        rows=rows, start=world.population.start, warmup=warmup, days=world.days - world.run_off, run_off=world.run_off,
        allowance=policy.allowance.shares, customers=len(world.population), collectors=policy.team.collectors,
        staff_minutes=policy.team.collectors * SHIFT * int(world.calendar.open[warmup : world.days - world.run_off].sum()),
    )  # fmt: skip
