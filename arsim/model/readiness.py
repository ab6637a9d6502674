"""What a policy does to the base readiness of every invoice alike: late interest and one-click payment."""

import numpy as np

from arsim.domain.policy import Policy
from arsim.model import exact
from arsim.model.behaviour import Behaviour
from arsim.model.luck import Purpose, address, uniforms
from arsim.model.population import AGES, ORIGIN
from arsim.model.world import World

_CUSTOMER = 1 << 30  # ordinal of what is asked once a customer, beyond any order's
_YARDSTICK = 0.10  # the yearly rate at which ``money.interest_effect`` is given


def base_under(base: np.ndarray, policy: Policy, behaviour: Behaviour) -> np.ndarray:
    """Base readiness by age under `policy`, shape (AGES,).

    Interest presses once it runs, and only if it is not always waived; the easy way to pay helps from the due date on.
    """
    age, factor = np.arange(AGES) - ORIGIN, np.ones(AGES)
    if policy.interest.rate > 0.0 and policy.interest.waive != "always":
        effect = float(exact.exp(exact.log(np.array(behaviour["money.interest_effect"])) * (policy.interest.rate / _YARDSTICK)))
        factor = np.where(age > policy.interest.grace, effect, factor)
    if policy.tools.one_click == "yes":
        factor = np.where(age >= 0, factor * behaviour["together.one_click"], factor)
    return base * factor


def exponential(luck: float) -> float:
    """Unit-exponential quantile of one number of luck."""
    return -exact.log_one(luck)


def spread(luck: float) -> float:
    """Standard normal quantile of one number of luck."""
    return float(exact.normal_quantile(np.array(luck)))


def funds_costs(behaviour: Behaviour, world: World) -> list[float]:
    """What money costs each customer a year in ordinary liquidity: by grade, log-normally spread, dearer in a rate rise."""
    people = world.population
    luck = uniforms(address(world.seed, world.replication, Purpose.FUNDS), np.arange(len(people)), _CUSTOMER)
    usual = behaviour["money.funds"] + behaviour["money.funds_grade"] * people.grade
    return (usual * exact.exp(behaviour["money.funds_sd"] * exact.normal_quantile(luck)) + world.scenario.rate).tolist()
