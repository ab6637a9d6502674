"""How long a search will take, foretold from what this computer took so far."""

from arsim.report import words


def foretold(runs: int, lab: float | None, search: float | None) -> float | None:
    """Seconds for so many runs; None if nothing has been run yet.

    A run of a search is lighter than one of the lab and several go on at a time, but choosing what to try next takes its part: on two
    cores a search took 0.8 to 1.1 times what its runs would have taken in the lab, with small companies and large, and so it is reckoned.

    Parameters
    ----------
    runs : int
    lab : float or None
        Seconds a run of the lab took, one at a time.
    search : float or None
        Seconds a run of an earlier search took, as many at a time as there are cores; known, it counts.
    """
    each = lab if search is None else search
    return None if each is None else runs * each


def told(seconds: float) -> str:
    """A time in words, no finer than it is known.

    >>> told(3), told(42), told(100), told(900), told(9000)
    ('about 5 seconds', 'about 40 seconds', 'about 2 minutes', 'about 15 minutes', 'about 2.5 hours')
    """
    say = words.say
    if seconds < 55:
        return say("about {count} seconds", count=5 if seconds < 7.5 else 10 * max(1, round(seconds / 10)))
    if seconds < 5400:
        return say("about {count} minutes", count=max(1, round(seconds / 60))) if seconds >= 90 else say("about a minute")
    return say("about {count} hours", count=f"{seconds / 3600:.1f}".removesuffix(".0"))
