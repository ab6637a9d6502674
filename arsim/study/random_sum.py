"""The distribution of a sum of amounts, each of which comes or does not: convolution on a grid."""

from math import ceil, gcd

import numpy as np
from scipy.signal import fftconvolve

STEPS = 2**18  # steps a grid may have before it is made coarser than the amounts themselves


def grid(amounts: np.ndarray, total: float) -> float:
    """The widest step that divides every (whole) amount, or, where this takes too many steps, the total in `STEPS`."""
    if not total:
        return 1.0
    if np.all(amounts == np.rint(amounts)):
        divisor = gcd(*amounts.astype(np.int64).tolist())
        if total / divisor <= STEPS:
            return float(divisor)
    return total / STEPS


def convolved(steps: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Probability of each whole sum from 0, of `steps` that come with `chances`. Fractions are shared between the whole steps beside."""
    # Pair by pair, smallest first, so that the long ones are multiplied seldom.
    parts = []
    for step, chance in sorted(zip(steps.tolist(), chances.tolist(), strict=True)):
        low, share = int(step), step - int(step)
        part = np.zeros(ceil(step) + 1)
        part[0] = 1 - chance
        part[low] += chance * (1 - share)
        part[ceil(step)] += chance * share
        parts.append(part)
    while len(parts) > 1:
        paired = [_product(one, two) for one, two in zip(parts[::2], parts[1::2], strict=False)]
        parts = paired + parts[2 * len(paired) :]
    chance = np.maximum(parts[0], 0) if parts else np.ones(1)
    return chance / chance.sum()


def _product(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    return np.convolve(one, two) if min(len(one), len(two)) < 64 else fftconvolve(one, two)
