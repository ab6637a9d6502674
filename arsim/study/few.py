"""Whether a few replications, or one customer, carry nearly all of a difference: then neither its spread nor its interval is really known.

A small company in which one large customer fails, or nearly does, once in some hundred replications is such a case. As long as that has
not been met the interval is far too narrow, and when it has been met once or twice its share of the mean is still a guess. No interval
made of the differences alone knows better (Bahadur and Savage, 1956, *The nonexistence of certain statistical procedures in nonparametric
problems*, Annals of Mathematical Statistics 27); so it is said.
"""

import numpy as np

from arsim.model.population import Population
from arsim.study.comparison import Comparison

FEW = 3  # replications
MOST = 0.9  # of the squared distances from the mean
LEAST = 40  # replications before it is asked: of fewer, three carry much by rights
LUMPY = 0.2  # of expected sales: with a largest customer of 15 % intervals of net value held as they should, with one of 27 % they did not


def carried_by_few(differences: np.ndarray) -> bool:
    """Whether `FEW` replications carry more than `MOST` of the squared distances from the mean; False with fewer than `LEAST`.

    Parameters
    ----------
    differences : ndarray, shape (replications,)
        Paired; nan where not defined.

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=100)
    >>> carried_by_few(luck), carried_by_few(np.where(np.arange(100) < 2, 50, luck))
    (False, True)
    """
    differences = differences[~np.isnan(differences)]
    if len(differences) < LEAST:
        return False
    apart = np.sort((differences - differences.mean()) ** 2)
    return bool(apart[-FEW:].sum() > MOST * apart.sum() > 0)


def largest(people: Population) -> float:
    """The largest customer's share of what all are expected to order, 0 … 1; 0 if nobody orders."""
    return float(people.demand.max() / people.demand.sum()) if people.demand.sum() > 0 else 0.0


def found(comparison: Comparison, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Policy and outcome (of `keys`) whose difference from the first policy is carried by a few replications."""
    first = comparison.policies[0].name
    return [(policy.name, key) for policy in comparison.policies[1:] for key in keys
            if carried_by_few(comparison.values(policy.name, key) - comparison.values(first, key))]  # fmt: skip
