"""How long a search will take, foretold from what this computer took so far."""

from joblib import cpu_count

from arsim.report import words

LIGHT = 0.5  # of a run in the lab: a search deals a world once for several policies and works out only what it aims at; measured


def foretold(runs: int, lab: float | None, search: float | None) -> float | None:
    """Seconds for so many runs; None if nothing has been run yet.

    Parameters
    ----------
    runs : int
    lab : float or None
        Seconds a run of the lab took, one at a time.
    search : float or None
        Seconds a run of an earlier search took, as many at a time as there are cores; known, it counts.
    """
    each = search if search is not None else None if lab is None else LIGHT * lab / cpu_count()
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
