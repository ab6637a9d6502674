"""Which of many points no other one beats, and a few of them that stand for all. Every column is wanted small."""

import numpy as np


def nondominated(points: np.ndarray) -> np.ndarray:
    """Places of the points that no other beats: none is as good on every column and better on one.

    Parameters
    ----------
    points : ndarray, shape (points, columns)
        Smaller is better.

    Returns
    -------
    ndarray of int
        Ascending; of equal points all are kept.

    Examples
    --------
    >>> nondominated(np.array([[1, 3], [2, 2], [3, 3], [2, 2]])).tolist()
    [0, 1, 3]
    """
    kept = [
        place for place, point in enumerate(points)
        if not ((points <= point).all(axis=1) & (points < point).any(axis=1)).any()
    ]  # fmt: skip
    return np.array(kept, dtype=int)


def unbeaten(points: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Places of the points that no other beats, each pair compared on the highest level both have reached.

    Parameters
    ----------
    points : ndarray, shape (levels, points, columns)
        Smaller is better; what a point has not reached is not looked at.
    levels : ndarray of int, shape (points,)
        The highest level of each point.

    Returns
    -------
    ndarray of int
        Ascending. Where everybody is beaten by somebody, going in circles, those not beaten on their own levels.
    """
    own = np.arange(len(levels))
    kept = []
    for place in own:
        common = np.minimum(levels[place], levels)
        mine, theirs = points[common, place], points[common, own]
        if not ((theirs <= mine).all(axis=1) & (theirs < mine).any(axis=1)).any():
            kept.append(int(place))
    return np.array(kept, dtype=int) if kept else nondominated(points[levels, own])


def representative(points: np.ndarray, count: int) -> list[int]:
    """At most `count` places that stand for all: the best on each column, the one nearest to all of these at once, then the farthest apart.

    Parameters
    ----------
    points : ndarray, shape (points, columns)
        A front; smaller is better.
    count : int

    Returns
    -------
    list of int
        In the order they were chosen.
    """
    if not len(points):
        return []
    span = np.ptp(points, axis=0)
    scaled = (points - points.min(axis=0)) / np.where(span > 0, span, 1)
    # ties on one column are broken by all of them together
    order = [int(np.lexsort((scaled.sum(axis=1), scaled[:, column]))[0]) for column in range(points.shape[1])]
    order = list(dict.fromkeys([*order, int(np.linalg.norm(scaled, axis=1).argmin())]))[:count]
    while len(order) < min(count, len(points)):
        apart = np.linalg.norm(scaled[:, None] - scaled[None, order], axis=2).min(axis=1)
        apart[order] = -1
        order.append(int(apart.argmax()))
    return order
