"""Early warning: points from what can be seen of a customer, and the level they amount to.

Numbers in, numbers out, so that any engine can call the same lines. A signal that is not known (nan) gives no points.
"""

# How much of a signal counts as all of it. Assumptions: the course names the signals, not their size.
RATIO_SPAN = 0.3  # a current ratio this far below the line
OVERDUE_SPAN = 60.0  # days the oldest item is overdue: beyond them the course calls it severe
SLOWING_SPAN = 30.0  # days later than the customer's own usual
GROWTH_SPAN = 0.3  # share of sales lost
PROMISE_SPAN = 2.0  # broken promises
NEAR = 1e-9  # points: what is 40 by hand is 40, even if its binary sum falls short in the last digit

NONE, BLUE, YELLOW, RED = range(4)


def extent(x: float, full: float) -> float:
    """How much of a signal there is, 0 to 1: 0 up to 0 (and for nan), 1 from `full` on, a straight line between.

    Examples
    --------
    >>> extent(15, 60.0), extent(-3, 60.0), extent(90, 60.0)
    (0.25, 0.0, 1.0)
    """
    if not x > 0.0:
        return 0.0
    return 1.0 if x >= full else x / full


def points(
    current_ratio: float, ratio_below: float, oldest_overdue_days: float, slowing_days: float, sales_growth: float, broken_promises: float,
    w_ratio: float, w_overdue: float, w_slowing: float, w_growth: float, w_promise: float,
) -> float:  # fmt: skip
    """Points of early warning; a worse signal never lowers them.

    Parameters
    ----------
    current_ratio : float
        From the last statements.
    ratio_below : float
        A current ratio below this is a signal.
    oldest_overdue_days : float
        Days past due of the customer's oldest open invoice; 0 if none is overdue.
    slowing_days : float
        Mean days late of recent payments less the customer's own usual.
    sales_growth : float
        The customer's, share, on the year before.
    broken_promises : float
        Promises to pay that were broken lately.
    w_ratio, w_overdue, w_slowing, w_growth, w_promise : float
        Points of each signal in full, 0 or more.

    Returns
    -------
    float
        0 up to the sum of the weights.

    Examples
    --------
    Half a ratio signal, half an overdue signal, one broken promise of two: 15 + 20 + 10.

    >>> round(points(0.85, 1.0, 30, 0, 0.1, 1, 30, 40, 20, 10, 20), 9)
    45.0
    """
    return (
        w_ratio * extent(ratio_below - current_ratio, RATIO_SPAN)
        + w_overdue * extent(oldest_overdue_days, OVERDUE_SPAN)
        + w_slowing * extent(slowing_days, SLOWING_SPAN)
        + w_growth * extent(-sales_growth, GROWTH_SPAN)
        + w_promise * extent(broken_promises, PROMISE_SPAN)
    )


def level(points: float, blue: float, yellow: float, red: float) -> int:
    """The level of a warning: 0 none, 1 blue, 2 yellow, 3 red; the highest whose line is reached.

    Examples
    --------
    >>> [level(p, 20, 40, 60) for p in (19, 20, 59, 60)]
    [0, 1, 2, 3]
    """
    if points >= red - NEAR:
        return RED
    if points >= yellow - NEAR:
        return YELLOW
    return BLUE if points >= blue - NEAR else NONE
