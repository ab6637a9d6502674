"""Promises to pay as rules of numbers."""


def kept_share(luck: float, kept: float, part: float, half: float) -> float:
    """Share of what was promised that is paid on the day: all of it with chance `kept`; of the rest, `part` pay `half`.

    >>> kept_share(0.5, 0.6, 0.5, 0.4), kept_share(0.7, 0.6, 0.5, 0.4), kept_share(0.9, 0.6, 0.5, 0.4)
    (1.0, 0.4, 0.0)
    """
    return 1.0 if luck < kept else half if luck < kept + (1.0 - kept) * part else 0.0


def waits(ready: float, mean: float, longest: int) -> int:
    """Days ahead that are promised, from a unit exponential `ready`.

    >>> waits(1.5, 7.0, 45), waits(10.0, 7.0, 45)
    (11, 46)
    """
    return 1 + min(longest, int(ready * mean))
