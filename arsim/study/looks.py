"""How often one may look: bounds for a few looks that keep the chance of a false alarm (O'Brien and Fleming 1979, Biometrics 35).

At look k of K, evenly spaced, the statistic must go beyond ``C √(K/k)``; C is such that with no effect all looks together go beyond it with
the chance asked for. Early looks ask for very much, the last for hardly more than a single one.
"""

from functools import cache

import numpy as np

from arsim.domain.problem import BadInput, Problem

MOST = 3


@cache
def bounds(looks: int, alpha: float = 0.05, sides: int = 2) -> tuple[float, ...]:
    """What the statistic must go beyond at each look.

    Parameters
    ----------
    looks : int
        1 to `MOST`, evenly spaced; the last is the end.
    alpha : float
        Chance that any look alarms where there is no effect.
    sides : {1, 2}

    Returns
    -------
    tuple of float

    Raises
    ------
    BadInput
        More looks than `MOST`, or none.

    Examples
    --------
    >>> [round(bound, 2) for bound in bounds(1)], [round(bound, 2) for bound in bounds(2)]
    ([1.96], [2.8, 1.98])
    """
    if not 1 <= looks <= MOST:
        raise BadInput(Problem("There may be 1 to {most} looks.", "Choose another number.", value=str(looks), values={"most": MOST}))
    from scipy.optimize import brentq
    from scipy.stats import multivariate_normal, norm

    if looks == 1:
        return (float(norm.ppf(1 - alpha / sides)),)
    share = np.arange(1, looks + 1) / looks
    together = np.sqrt(np.minimum.outer(share, share) / np.maximum.outer(share, share))
    normal = multivariate_normal(np.zeros(looks), together, seed=1)

    def alarm(c: float) -> float:
        edge = c / np.sqrt(share)
        return 1 - normal.cdf(edge, lower_limit=-edge if sides == 2 else np.full(looks, -40.0)) - alpha

    c = brentq(alarm, 1.0, 4.0, xtol=1e-6)
    return tuple(float(one) for one in c / np.sqrt(share))


def due(elapsed: float, looks: int) -> int:
    """How many looks are due when so large a share of the trial is over.

    >>> due(0.2, 3), due(0.34, 3), due(1.0, 3)
    (0, 1, 3)
    """
    return min(looks, int(elapsed * looks + 1e-9))
