"""The same policy by people who call better: what changed constants of behaviour are worth over a year."""

from collections.abc import Iterator, Mapping

import numpy as np

from arsim.domain.policy import Policy
from arsim.engine.engines import AUTO
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE
from arsim.study.called import office
from arsim.study.company import Company
from arsim.study.compare import dealt, replicate
from arsim.study.comparison import interval

SHOWN = ("net_value", "overdue_share", "goodwill")
REPLICATIONS = 40
YEAR = 365


def better(
    changes: Mapping[str, Mapping[str, float]], policy: Policy | None = None, company: Company | None = None,
    replications: int = REPLICATIONS, seed: int = 1, days: int = YEAR, engine: str = AUTO,
) -> Iterator[dict[str, dict[str, float]]]:  # fmt: skip
    """Replication by replication, by how much each outcome changes.

    Parameters
    ----------
    changes : mapping
        End of the assumptions → path of a constant of behaviour → its value there.
    policy : Policy, optional
        The same before and after; `arsim.study.called.office` if not given.
    company : Company, optional
    replications, seed, days : int
    engine : str
        As for `arsim.engine.engines.simulate`.

    Yields
    ------
    dict
        End → outcome of `SHOWN` → difference, in the outcome's unit; both met the same luck.
    """
    company, policy, usual = company or Company.demo(), policy or office(), Behaviour.default()
    for number in range(replications):
        world = dealt(number, company, days, seed, usual, BASE)
        met = {"": usual, **{end: usual.changed(change) for end, change in changes.items()}}
        found = {
            end: replicate(number, (policy,), company, days, seed, behaviour, engine=engine, world=world).outcomes[policy.name]
            for end, behaviour in met.items()
        }
        yield {end: {key: found[end][key] - found[""][key] for key in SHOWN} for end in changes}


def summed(found: list[dict[str, dict[str, float]]], end: str, outcome: str) -> tuple[float, float, float]:
    """Mean difference of `outcome` at `end` of the assumptions, and its 95 % interval."""
    return interval(np.array([one[end][outcome] for one in found]))
