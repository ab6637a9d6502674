"""How many it takes: customers in a trial of two policies, replications for an interval.

Two groups of equal size and equal spread are compared by their means with Student's two-sample test, two-sided. Power comes from the
noncentral t distribution; nothing is rounded off by the normal curve, which asks for a few too few.
"""

from math import ceil, sqrt

import numpy as np

from arsim.domain.problem import BadInput, Problem

MOST = 10_000_000


def power(n: int, difference: float, sd: float, confidence: float = 0.95) -> float:
    """Chance that two groups of `n` show a `difference` of means that is really there.

    Parameters
    ----------
    n : int
        In each group, 2 or more.
    difference : float
        Between the means, in the unit of `sd`.
    sd : float
        Spread within each group.
    confidence : float
        1 less the chance of an alarm where there is no difference.

    Returns
    -------
    float
        Between 0 and 1.
    """
    from scipy.special import stdtrit
    from scipy.stats import nct

    free = 2 * n - 2
    away = abs(difference) / sd * sqrt(n / 2)
    bound = float(stdtrit(free, 0.5 + confidence / 2))
    seen = 1 - nct.cdf(bound, free, away) + nct.cdf(-bound, free, away)
    return float(np.nan_to_num(seen, nan=1.0))  # far out, where the distribution cannot be worked out, nothing is missed


def per_group(difference: float, sd: float, chance: float = 0.8, confidence: float = 0.95) -> int:
    """Fewest customers in each of two groups that show a difference with the chance asked for.

    Parameters
    ----------
    difference, sd, confidence : float
        As for `power`.
    chance : float
        The power asked for.

    Returns
    -------
    int

    Raises
    ------
    BadInput
        The difference is nothing or the spread is not above it; a chance or confidence is not between 0 and 1; or more than `MOST` would
        be needed.

    Examples
    --------
    Cohen's "medium" difference, half a standard deviation, with the usual 80 % and 95 %:

    >>> per_group(0.5, 1)
    64
    """
    _refuse(difference, sd, chance, confidence)
    low, high = 1, 2
    while power(high, difference, sd, confidence) < chance:
        low, high = high, 2 * high
        if high > MOST:
            raise BadInput(
                Problem(
                    "So small a difference would need more than {most} customers in each group.",
                    "Look for a larger one, or for a figure that spreads less.",
                    values={"most": MOST},
                )
            )
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if power(middle, difference, sd, confidence) < chance else (low, middle)
    return high


def replications_for(differences: np.ndarray, half_width: float) -> int:
    """About how many paired replications bring the 95 % interval of the mean down to plus or minus `half_width`.

    Parameters
    ----------
    differences : ndarray
        Paired differences seen so far, two or more.
    half_width : float
        In their unit, above 0.

    Returns
    -------
    int
        (1.96 s / half_width)², rounded up, and 2 at least.

    Examples
    --------
    >>> replications_for(np.array([8.0, 10.0, 12.0]), 1.0)
    16
    """
    if len(differences) < 2 or not half_width > 0:
        raise BadInput(Problem("Two differences at least, and a width above 0, are needed.", "Run more replications."))
    return max(2, ceil((1.959964 * float(np.std(differences, ddof=1)) / half_width) ** 2))


def _refuse(difference, sd, chance, confidence):
    if not (difference and sd > 0 and 0 < chance < 1 and 0 < confidence < 1):
        raise BadInput(
            Problem(
                "A difference that is not 0, a spread above 0, and a chance and a confidence between 0 and 1 are needed.",
                "Correct the figure.",
                value=f"{difference}, {sd}, {chance}, {confidence}",
            )
        )
