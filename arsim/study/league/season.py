"""What a season comes to: net value, risk and relationship, in the end and month by month."""

from dataclasses import dataclass

import numpy as np

from arsim.study import kpi, outcome
from arsim.study.book import ageing
from arsim.study.dominated import TOGETHER
from arsim.study.league.run import Played
from arsim.study.prices import Prices
from arsim.study.window import Window, window


@dataclass(frozen=True)
class Scores:
    """The three that are read together: fen, a share, points of 100 (`arsim.study.dominated.TOGETHER`)."""

    net_value: float
    overdue_share: float
    goodwill: float


@dataclass(frozen=True)
class Figures:
    """A season's figures.

    Parameters
    ----------
    scores : Scores
    value : tuple of float
        Net value so far at the end of each month, fen: the book as it stands is valued by its age, at the very end by what it brought.
    overdue : tuple of float
        Overdue share at the end of each month.
    goodwill : tuple of float
        Points of 100 at the end of each month, customers weighted by what they ordered in the season.
    others : dict
        Some outcomes of the whole season, as in `arsim.study.outcome.OUTCOMES`.
    """

    scores: Scores
    value: tuple[float, ...]
    overdue: tuple[float, ...]
    goodwill: tuple[float, ...]
    others: dict[str, float]


TOLD = ("cash_collected", "credit_sales", "dso_countback", "over_90_share", "bad_debt_rate", "promises_kept", "contacts", "held",
        "lost_sales", "walked_sales")  # fmt: skip


def figures(played: Played, prices: Prices, bounds: tuple[int, ...]) -> Figures:
    """The figures of a whole season.

    Parameters
    ----------
    played : Played
        Counted from day 0, with a run-off; goodwill looked at after every month.
    prices : Prices
    bounds : tuple of int
        As `arsim.study.league.months.boundaries`.
    """
    seen = window(played.journal, prices)
    found = outcome.figures(seen)
    scores = Scores(*(found[key] for key in TOGETHER))
    earned = _earned(seen)
    value = [float(earned[end] + _worth(seen, end) - seen.worth_begin) for end in bounds[1:-1]]
    overdue = [kpi.ratio(seen.late[end], seen.open[end]) for end in bounds[1:]]
    weight = seen.demand if seen.demand.any() else np.ones(len(seen.demand))
    points = (played.goodwill[:-1] @ weight / weight.sum()).tolist()
    others = {key: found[key] for key in TOLD}
    return Figures(scores, (*value, scores.net_value), tuple(overdue), (*points, scores.goodwill), others)


def _earned(seen: Window) -> np.ndarray:
    """Cash less goods less cost from day 0 to the beginning of each day, discounted; shape (days + 1,)."""
    fade = seen.prices.discount(seen.days)
    flow = (seen.cash_by_day - seen.goods_by_day - seen.cost_by_day) * fade[:-1]
    return np.concatenate([[0.0], np.cumsum(flow)])


def _worth(seen: Window, day: int) -> float:
    alive = seen.fails[seen.book.customer] >= day
    return seen.prices.worth(ageing(seen.book, day - 1, only=alive)) * float(seen.prices.discount(seen.days)[day])
