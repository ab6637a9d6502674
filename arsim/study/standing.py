"""Several policies at once: which is best, which cannot be told apart from it, which are surely worse; all true together 19 times of 20.

Every policy is set against every other one. With many pairs one of the usual 95 % intervals misses almost by necessity; so each is made
wider, just so much that all of them hold together (Tukey's all-pairs comparison). How much that is follows from the largest of as many
Student's statistics as there are pairs, correlated as the paired differences are: the same luck for all makes them alike, and Bonferroni
would give much away (Yang and Nelson, 1991, *Using common random numbers and control variates in multiple-comparison procedures*,
Operations Research 39). Student's statistics are those of normal differences; ours have heavy, lopsided tails, whose part in the doubt
grows the further out one asks. So two fifths of the doubt are used and the rest is kept for the tails: how often the statements then hold
is measured (`arsim.study.coverage`), and with fewer than `MANY` replications none is made. From the intervals follows a set that holds
the best one (Hsu, 1984, *Constrained simultaneous confidence intervals for multiple comparisons with the best*, Annals of Statistics 12):
who is surely behind somebody is out.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from arsim.domain.problem import BadInput, Problem
from arsim.study.comparison import CONFIDENCE, Comparison, interval
from arsim.study.dominated import TOGETHER
from arsim.study.outcome import OUTCOMES

BEST, TIED, WORSE, UNKNOWN = "best", "tied", "worse", "unknown"
MANY = 40  # replications before a statement on several policies
KEPT = 0.6  # of the doubt, for tails heavier than the normal distribution's
DRAWS = 10_000  # of the largest statistic, so that chance moves its quantile by about a hundredth of it
_DIRECTION = {outcome.key: outcome.direction for outcome in OUTCOMES}


def standing(comparison: Comparison, outcomes: str | Sequence[str] = TOGETHER, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Where each policy stands by each outcome.

    Parameters
    ----------
    comparison : Comparison
        Of two policies or more.
    outcomes : str or sequence of str
        Outcomes with a direction. All that is said of them holds together; one at a time, more can be said of each.
    confidence : float

    Returns
    -------
    DataFrame
        A row for each outcome and policy: outcome, policy, mean (over the replications), place and behind.

        place is "best" (surely better than every other), "tied" (not surely worse than any, and not alone in that: with these runs it
        cannot be told apart from the best, which is not to say that it is as good), "worse" (surely worse than somebody) or "unknown"
        (fewer than `MANY` replications, or not defined there). behind is a tuple of the policies that are surely better.

    Raises
    ------
    BadInput
        An outcome is unknown, or neither more nor less of it is better.
    """
    keys = (outcomes,) if isinstance(outcomes, str) else tuple(outcomes)
    pairs = apart(comparison, keys, confidence)
    rows = []
    for key in keys:
        mine = pairs[pairs["outcome"] == key]
        told = mine[mine["low"].notna()]
        known = {*told["policy"], *told["other"]}
        ahead = {name: set() for name in known}
        for row in told.itertuples():
            if row.better:
                first, second = (row.policy, row.other) if row.better > 0 else (row.other, row.policy)
                ahead[second].add(first)
        front = [name for name in known if not ahead[name]]
        for policy in comparison.policies:
            name = policy.name
            place = UNKNOWN if name not in known else WORSE if ahead[name] else BEST if len(front) == 1 else TIED
            behind = tuple(other.name for other in comparison.policies if other.name in ahead.get(name, ()))
            rows.append((key, name, float(comparison.values(name, key).mean()), place, behind))
    return pd.DataFrame(rows, columns=["outcome", "policy", "mean", "place", "behind"])


def apart(comparison: Comparison, outcomes: Sequence[str] = TOGETHER, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Every policy against every other one, with intervals that hold all together.

    Parameters
    ----------
    comparison, outcomes, confidence
        As for `standing`.

    Returns
    -------
    DataFrame
        outcome, policy, other, difference (policy less other), low, high, better: +1 the policy is surely better than the other, -1
        surely worse, 0 no telling. Bounds are nan with fewer than `MANY` replications, or where the outcome is not defined.
    """
    for key in outcomes:
        if not _DIRECTION.get(key):
            raise BadInput(Problem("No policy is better or worse by this outcome.", "Choose one of: {names}.", value=key,
                                   values={"names": ", ".join(name for name, way in _DIRECTION.items() if way)}))  # fmt: skip
    names = [policy.name for policy in comparison.policies]
    pairs = [(key, *pair) for key in outcomes for pair in combinations(names, 2)]
    differences = [comparison.values(first, key) - comparison.values(second, key) for key, first, second in pairs]
    each = level(np.array(differences), confidence)
    rows = []
    for pair, one in zip(pairs, differences, strict=True):
        mean, low, high = interval(one, each) if each == each else (float(one.mean()), float("nan"), float("nan"))
        rows.append((*pair, mean, low, high, int((low > 0) - (high < 0)) * _DIRECTION[pair[0]]))
    return pd.DataFrame(rows, columns=["outcome", "policy", "other", "difference", "low", "high", "better"])


def level(differences: np.ndarray, confidence: float = CONFIDENCE) -> float:
    """The confidence each interval must have, that all of them hold together with `confidence`; nan with fewer than `MANY` replications.

    Parameters
    ----------
    differences : ndarray, shape (pairs, replications)
    confidence : float

    Returns
    -------
    float

    Examples
    --------
    One alone has all of the doubt. Two that are alike share what is not kept; two that have nothing in common need half of that each:

    >>> one, other = np.random.default_rng(1).normal(size=(2, 400))
    >>> [round(level(np.array(rows)), 2) for rows in ([one], [one, one], [one, other])]
    [0.95, 0.98, 0.99]
    """
    from scipy.special import stdtr

    n = differences.shape[1]
    if n < MANY:
        return float("nan")
    defined = differences[~np.isnan(differences).all(axis=1)]
    defined = defined[:, ~np.isnan(defined).any(axis=0)]  # the replications in which every pair that is defined at all is
    if min(defined.shape) < 1 or defined.shape[1] < MANY:
        return float("nan")
    n, centred = defined.shape[1], defined - defined.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1))
    centred = centred[spread > 0] / spread[spread > 0, None]
    if len(centred) < 2:
        return confidence
    value, vector = np.linalg.eigh(centred @ centred.T / n)
    kept = value > 1e-10 * value[-1]  # of six policies five differences are free, not fifteen
    root = vector[:, kept] * np.sqrt(value[kept])
    random = np.random.default_rng(1)  # of its own, always the same: what is said does not depend on what was asked before
    draws = random.normal(size=(DRAWS, root.shape[1])) @ root.T / np.sqrt(random.chisquare(n - 1, (DRAWS, 1)) / (n - 1))
    bound = np.quantile(np.abs(draws).max(axis=1), 1 - (1 - KEPT) * (1 - confidence))
    return float(min(1 - 2 * stdtr(n - 1, -bound), 1.0))
