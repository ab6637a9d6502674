"""How sure a share is that was counted."""

from math import sqrt

Z = 1.959963984540054  # 95 %


def wilson(hits: float, tries: float, z: float = Z) -> tuple[float, float]:
    """Wilson's interval for a share; (0, 1) for no tries at all.

    >>> [round(x, 3) for x in wilson(0, 20)], [round(x, 3) for x in wilson(10, 20)]
    ([0.0, 0.161], [0.299, 0.701])
    """
    if not tries:
        return 0.0, 1.0
    share, extra = hits / tries, z * z / tries
    middle = (share + extra / 2) / (1 + extra)
    half = z * sqrt(share * (1 - share) / tries + extra / (4 * tries)) / (1 + extra)
    return max(0.0, middle - half), min(1.0, middle + half)
