"""What a season comes to: net value, risk and relationship, in the end and month by month."""

from dataclasses import dataclass

import numpy as np

from arsim.engine.journal import Journal
from arsim.study import kpi
from arsim.study.book import ageing
from arsim.study.outcome import figures, goodwill, net_value
from arsim.study.prices import Prices
from arsim.study.window import Window, window


@dataclass(frozen=True)
class Scores:
    """The three that are read together: fen, a share, points of 100 (`arsim.study.dominated.TOGETHER`)."""

    net_value: float
    overdue_share: float
    goodwill: float


@dataclass(frozen=True)
class Season:
    """A season's figures.

    Parameters
    ----------
    scores : Scores
    value : tuple of float
        Net value so far at the end of each month, fen: the book as it stands is valued by its age, at the very end by what it brought.
    overdue : tuple of float
        Overdue share at the end of each month.
    figures : dict
        Some outcomes of the whole season, as in `arsim.study.outcome.OUTCOMES`.
    """

    scores: Scores
    value: tuple[float, ...]
    overdue: tuple[float, ...]
    figures: dict[str, float]


TOLD = ("cash_collected", "credit_sales", "dso_countback", "over_90_share", "bad_debt_rate", "promises_kept", "contacts", "held",
        "lost_sales", "walked_sales")  # fmt: skip


def season(journal: Journal, prices: Prices, bounds: tuple[int, ...]) -> Season:
    """The figures of a whole season.

    Parameters
    ----------
    journal : Journal
        Counted from day 0, with a run-off.
    prices : Prices
    bounds : tuple of int
        As `arsim.study.league.months.boundaries`.
    """
    seen = window(journal, prices)
    all_figures = figures(seen)
    scores = Scores(net_value(seen), all_figures["overdue_share"], all_figures["goodwill"])
    earned = _earned(seen)
    value = [float(earned[end] + _worth(seen, end) - seen.worth_begin) for end in bounds[1:-1]]
    overdue = [kpi.ratio(seen.late[end], seen.open[end]) for end in bounds[1:]]
    return Season(scores, (*value, scores.net_value), tuple(overdue), {key: all_figures[key] for key in TOLD})


def goodwill_at(journal: Journal, prices: Prices) -> float:
    """Goodwill when a journal that was cut off ends."""
    return goodwill(window(journal, prices))


def _earned(seen: Window) -> np.ndarray:
    """Cash less goods less cost from day 0 to the beginning of each day, discounted; shape (days + 1,)."""
    fade = seen.prices.discount(seen.days)
    flow = (seen.cash_by_day - seen.goods_by_day - seen.cost_by_day) * fade[:-1]
    return np.concatenate([[0.0], np.cumsum(flow)])


def _worth(seen: Window, day: int) -> float:
    alive = seen.fails[seen.book.customer] >= day
    return seen.prices.worth(ageing(seen.book, day - 1, only=alive)) * float(seen.prices.discount(seen.days)[day])
