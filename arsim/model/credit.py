"""Credit as rules of numbers: terms and limit as a grade and a warning leave them, and what stands against an order."""

OLDEST = 0.25  # what a day of the oldest open item counts for beside a day of the average
WARNING, REVIEW, OVERDUE, OVER_LIMIT = 3, 4, 2, 1  # as `arsim.engine.journal.Hold`


def terms(own: int, longest: int, short: int, shortened: bool) -> int:
    """Days of credit: the customer's own, cut by its grade and, if it has been `shortened`, by a warning.

    >>> terms(60, 45, 30, False), terms(60, 45, 30, True)
    (45, 30)
    """
    days = min(own, longest)
    return min(days, short) if shortened else days


def room(limit: int, by_grade: float, factor: float, lowered: bool) -> int:
    """The limit as it stands, fen.

    >>> room(1000, 0.5, 0.5, False), room(1000, 0.5, 0.5, True)
    (500, 250)
    """
    return int(limit * by_grade * factor) if lowered else int(limit * by_grade)


def objection(stopped: bool, review_late: int, review_bound: int, old: int, old_share: float, exposure: int, amount: int, room: int) -> int:
    """Why a further `amount` may not go out on credit now; 0 if it may.

    Parameters
    ----------
    stopped : bool
        A warning has stopped supply.
    review_late, review_bound : int
        Days by which the review is late, and beyond which it holds orders; 0: never.
    old, exposure, amount, room : int
        Fen: overdue for long, owed in all, of the order, and the limit; `old` below 0: not asked; `room` below 0: no limit holds.
    old_share : float
        Share of the exposure that may be overdue for long.

    Examples
    --------
    >>> objection(False, 0, 0, -1, 0.1, 900, 200, 1000), objection(False, 0, 0, 91, 0.1, 900, 50, 1000)
    (1, 2)
    """
    if stopped:
        return WARNING
    if review_bound and review_late > review_bound:
        return REVIEW
    if old > old_share * exposure:
        return OVERDUE
    if room >= 0 and exposure + amount > room:
        return OVER_LIMIT
    return 0


def cut_loses(a_day: float, days: int) -> float:
    """Chance that an order is lost to terms cut by `days`, `a_day` for each.

    >>> cut_loses(0.01, 15)
    0.15
    """
    return a_day * days


def walks_at(day: int, luck: float, mean: float) -> int:
    """Day on which an order held on `day` walks away, its patience being `luck` mean patiences.

    >>> walks_at(10, 1.5, 7.0)
    21
    """
    return day + 1 + int(luck * mean)


def lateness(usual: float, recent: float, oldest: int) -> float:
    """Days late that a review goes by: the worse of the two averages, and a quarter of the oldest open item's.

    >>> lateness(4.0, 6.0, 20), lateness(-3.0, -1.0, -5)
    (11.0, 0.0)
    """
    return max(usual, recent, 0.0) + OLDEST * max(0, oldest)


RULES = (terms, room, objection, cut_loses, walks_at, lateness)
