"""How much faster or slower customers pay than was foretold of late, by age: what forecasts of the weeks before show, all can learn from.

Curves fitted to many customers follow their chances a little, and what follows chance foretells too few payments: where a payment is
expected on one day it comes on another. What was foretold a week ahead, and then came or not, shows by how much; and it shows a change of
all customers' pace before the curves do.
"""

from dataclasses import dataclass, replace

import numpy as np

from arsim.study.curves import HIGH, LOW, Curves
from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast
from arsim.study.scored import WEEK

EDGES = (-7, 0, 1, 8, 31)  # days past due that part the stretches which move together
PRIOR = 30.0  # payments: how many weigh as much as knowing nothing
KEPT = 0.9  # of the weight of a week, a week later


@dataclass(frozen=True, eq=False)
class Pace:
    """Payments that came and that were foretold, by stretch of age, the latest weighing most; shape (stretches,)."""

    came: np.ndarray
    foretold: np.ndarray

    @property
    def factor(self) -> np.ndarray:
        """By which the rates of each stretch are to be multiplied."""
        return (self.came + PRIOR) / (self.foretold + PRIOR)

    def applied(self, curves: Curves) -> Curves:
        """The curves at this pace."""
        stretch = np.searchsorted(EDGES, np.arange(LOW, HIGH + 1), side="right")
        return replace(curves, segment=curves.segment * self.factor[stretch])

    def after(self, forecast: Forecast, book: Invoices, today: int) -> "Pace":
        """Learnt from the week after `today`, which was foretold with this pace.

        Parameters
        ----------
        forecast : Forecast
            Of all invoices open at the end of `today` or issued in the week.
        book : Invoices
            With what came.
        today : int
        """
        day = today + 1 + np.arange(WEEK)
        column = day - forecast.start[:, None]
        by = np.take_along_axis(forecast.chance, np.clip(column, 0, forecast.chance.shape[1] - 1), axis=1)
        chance = np.diff(np.where(column < 0, 0.0, by), axis=1, prepend=0.0)
        due, paid = book.due[forecast.which], book.paid[forecast.which]
        stretch = np.searchsorted(EDGES, day - due[:, None], side="right")
        foretold = np.bincount(stretch.ravel(), chance.ravel(), len(EDGES) + 1)
        there = (paid > today) & (paid <= today + WEEK)
        came = np.bincount(np.searchsorted(EDGES, (paid - due)[there], side="right"), minlength=len(EDGES) + 1)
        return Pace(KEPT * self.came + came, KEPT * self.foretold + foretold / self.factor)


def unknown() -> Pace:
    """Before anything was foretold."""
    return Pace(np.zeros(len(EDGES) + 1), np.zeros(len(EDGES) + 1))
