"""How well the items of a test work: how hard each is, whether it parts those who know from those who do not, how reliable the whole is."""

from dataclasses import dataclass

import numpy as np

from arsim.study.kpi import ratio


@dataclass(frozen=True)
class ItemFigures:
    """One item.

    Parameters
    ----------
    difficulty : float
        Share of right answers: the smaller, the harder.
    discrimination : float
        Correlation between this item and the score on all others; nan if everybody did the same.
    """

    difficulty: float
    discrimination: float


def item_figures(marks: np.ndarray) -> list[ItemFigures]:
    """Difficulty and discrimination (corrected item-total correlation) of each item.

    Parameters
    ----------
    marks : ndarray of bool, shape (people, items)

    Returns
    -------
    list of ItemFigures
        One an item.

    Examples
    --------
    Four people; the second item is missed by the two who miss the others as well.

    >>> marks = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], bool)
    >>> [(one.difficulty, round(one.discrimination, 2)) for one in item_figures(marks)]
    [(0.75, 0.52), (0.5, 0.71), (0.25, 0.52)]
    """
    marks = np.asarray(marks, float)
    rest = marks.sum(axis=1, keepdims=True) - marks
    return [ItemFigures(float(marks[:, at].mean()), _correlation(marks[:, at], rest[:, at])) for at in range(marks.shape[1])]


def reliability(marks: np.ndarray) -> float:
    """Kuder–Richardson formula 20: how alike a second test of the same kind would rank these people; nan if all score the same.

    Parameters
    ----------
    marks : ndarray of bool, shape (people, items)

    Examples
    --------
    Item variances 3/16, 4/16, 3/16; scores 3, 2, 1, 0 vary by 5/4: 3/2 × (1 − 0.625 / 1.25) = 0.75.

    >>> reliability(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], bool))
    0.75
    """
    marks = np.asarray(marks, float)
    items, share = marks.shape[1], marks.mean(axis=0)
    spread = float(marks.sum(axis=1).var())
    return items / (items - 1) * (1 - ratio(float((share * (1 - share)).sum()), spread)) if items > 1 and spread else float("nan")


def _correlation(x: np.ndarray, y: np.ndarray) -> float:
    dx, dy = x - x.mean(), y - y.mean()
    both = float(np.sqrt((dx @ dx) * (dy @ dy)))
    return float(dx @ dy) / both if both else float("nan")
