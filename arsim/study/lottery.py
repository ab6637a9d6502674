"""Who gets which policy is drawn by lot: within strata, groups of companies whole, and the same again for the same seed."""

from collections.abc import Sequence

import numpy as np

OUT, A, B = -1, 0, 1


def units_of(ids: Sequence[str], together: dict[str, str] | None = None) -> np.ndarray:
    """Whom each customer is drawn together with: ndarray of int, shape (customers,), numbered from 0 in order of appearance.

    Parameters
    ----------
    ids : sequence of str
    together : dict, optional
        Customer → group of companies; who is not named is drawn alone.
    """
    together, seen = together or {}, {}
    return np.array([seen.setdefault(("group", together[one]) if one in together else ("one", one), len(seen)) for one in ids], np.int64)


def strata_of(size: np.ndarray, kind: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Stratum of each unit: third by size, and what its largest customer is (grade, or how late it pays).

    Parameters
    ----------
    size : ndarray of float, shape (customers,)
    kind : ndarray of int, shape (customers,)
    units : ndarray of int, shape (customers,)

    Returns
    -------
    ndarray of int, shape (units,)
    """
    count = int(units.max(initial=-1)) + 1
    whole = np.bincount(units, size, count)
    largest = np.zeros(count, np.int64)
    order = np.argsort(size, kind="stable")
    largest[units[order]] = kind[order]  # the largest comes last and stays
    return third(whole) * (int(kind.max(initial=0)) + 1) + largest


def third(values: np.ndarray) -> np.ndarray:
    """0, 1 or 2: which third of the ranks each value lies in."""
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return rank * 3 // max(1, len(values))


def draw(strata: np.ndarray, seed: int, per_arm: int = 0, times: int = 1) -> np.ndarray:
    """Draw lots within each stratum; of an odd one in a stratum the next stratum's luck decides, so that the arms differ by one at most.

    Parameters
    ----------
    strata : ndarray of int, shape (units,)
    seed : int
    per_arm : int
        So many units in each arm, spread over the strata; the others stay out. 0: half and half of all.
    times : int
        So many independent draws.

    Returns
    -------
    ndarray of int8, shape (times, units)
        `A`, `B` or `OUT`.
    """
    luck = np.random.Generator(np.random.PCG64([seed, 8128]))
    shuffled = luck.random((times, len(strata)))
    place = np.argsort(shuffled + strata, axis=1, kind="stable")  # by stratum, in random order within it
    first = luck.integers(0, 2, (times, 1))
    inside = np.arange(len(strata))
    if per_arm and 2 * per_arm < len(strata):  # evenly spaced over the strata, in pairs
        keep = (inside * per_arm * 2) // len(strata) != ((inside - 1) * per_arm * 2) // len(strata)
        turn = np.cumsum(keep) - 1
    else:
        keep, turn = np.ones(len(strata), bool), inside
    # of every two neighbours one goes to each arm, whichever: so arms are even in each stratum and over all
    pair, which = turn // 2, turn % 2
    swap = np.take_along_axis(luck.integers(0, 2, (times, len(strata) // 2 + 1)), np.broadcast_to(pair, (times, len(strata))), axis=1)
    arm = np.where(keep, (which + swap + first) % 2, OUT).astype(np.int8)
    found = np.empty((times, len(strata)), np.int8)
    np.put_along_axis(found, place, arm, axis=1)
    return found
