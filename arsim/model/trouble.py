"""One customer in trouble: its liquidity forced down from a day, everything else as luck dealt it."""

from dataclasses import replace

import numpy as np

from arsim.model.liquidity import DISTRESSED, INSOLVENT, STEP
from arsim.model.world import World


def struck(world: World, customer: int, day: int, state: int = DISTRESSED) -> World:
    """The world in which `customer` is never better off than `state` from its first move on or after `day`.

    Parameters
    ----------
    world : World
        Left as it is.
    customer : int
        Index in the population.
    day : int
        Of the run. A customer's liquidity moves every `STEP` days on days of its own, so it may be up to that much later.
    state : int
        TIGHT or DISTRESSED; an insolvency is dealt with the orders and cannot be put in afterwards.

    Returns
    -------
    World
        Other customers, orders, thresholds and disputes are the same; of this one, what was worse anyhow (an insolvency) stays.

    Raises
    ------
    ValueError
        There is no such customer, or `state` is insolvency.
    """
    if not 0 <= customer < len(world.population) or not 0 <= state < INSOLVENT:
        raise ValueError((customer, state))
    liquidity = world.liquidity
    step = np.arange(liquidity.state.shape[1])
    begins = np.where(step == 0, 0, liquidity.turn[customer] + (step - 1) * STEP)
    path = liquidity.state.copy()
    path[customer] = np.where(begins >= day, np.maximum(path[customer], state), path[customer])
    return replace(world, liquidity=replace(liquidity, state=path))


def largest(world: World) -> np.ndarray:
    """Customers by what they order on average, the largest first; shape (customers,)."""
    return np.argsort(-world.population.demand, kind="stable")
