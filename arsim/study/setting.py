"""Making forecasts on a day of the past: what was known then, what is learnt from it, what each method foretells."""

from dataclasses import dataclass, replace

import numpy as np

from arsim.study import baselines, traits
from arsim.study.curves import Curves, Fading, fit_curves
from arsim.study.facts import Invoices, taken
from arsim.study.forecast import Forecast, foretell
from arsim.study.scored import WEEK

DAYS = 260  # a forecast reaches so far


def known(book: Invoices, day: int) -> Invoices:
    """The book as it stood at the end of `day`."""
    there = book.issued <= day
    paid = np.where((book.paid >= 0) & (book.paid <= day), book.paid, -1)
    return Invoices(book.customer[there], book.issued[there], book.due[there], paid[there], book.amount[there], book.disputed[there], day)


def mixed(one: Forecast, other: Forecast, share: float) -> Forecast:
    """`share` of the other forecast in the one."""
    return replace(one, chance=(1 - share) * one.chance + np.float32(share) * other.chance) if share else one


@dataclass(frozen=True, eq=False)
class Setting:
    """What stays the same over the days of forecast.

    Parameters
    ----------
    book : Invoices
        The whole ledger; a forecast made on a day looks at `known` only.
    customers : int
    rest : ndarray of bool
        Rest days.
    first_weekday : int
        Of day 0, Monday 0.
    closed_by : int or None
        The file holds only what was paid by this day.
    complete : int
        Day of issue from which the file holds everything; what is older is in it only because it was paid late.
    """

    book: Invoices
    customers: int
    rest: np.ndarray
    first_weekday: int
    closed_by: int | None
    complete: int = 0

    def learnt(self, day: int, fading: Fading) -> Curves:
        """The curves as learnt at the end of `day`."""
        then = known(self.book, day)
        then = taken(then, np.flatnonzero(then.issued >= self.complete))
        masks = traits.run_days(then, self.first_weekday, self.customers)
        return fit_curves(then, self.customers, self.rest, self.first_weekday, masks, fading)

    def model(self, curves: Curves, which: np.ndarray, day: int, own: float = 0.0) -> Forecast:
        """The model's forecast at the end of `day`, with a share `own` of each customer's plain history in it."""
        found = foretell(curves, self.book, which, day, DAYS, self.closed_by)
        return mixed(found, self.history(which, day), own) if own else found

    def history(self, which: np.ndarray, day: int) -> Forecast:
        """Each customer's plain history of days late, as it is mixed into the model."""
        return self._foretold(*self._tables(which, day)["own"], which, day, even=True)

    def forecasts(self, curves: Curves, which: np.ndarray, day: int, own: float) -> dict[str, Forecast]:
        """Of the model and of the baselines."""
        simple = {name: self._foretold(*table, which, day) for name, table in self._tables(which, day).items()}
        return {"model": self.model(curves, which, day, own), **simple}

    def _foretold(self, table, row, which, day, even=False):
        return baselines.foretell(table, row, self.book, which, day, DAYS, self.rest, self.closed_by, even)

    def _tables(self, which, day):
        there = np.flatnonzero(self.book.issued <= day)
        then = known(self.book, day)
        place = np.concatenate([there, which[self.book.issued[which] > day]])
        # Rows are asked for all invoices foretold, payments are of those known.
        wide = replace(taken(self.book, place), paid=np.concatenate([then.paid, np.full(len(place) - len(there), -1)]))
        where = np.full(len(self.book.amount), -1)
        where[place] = np.arange(len(place))
        return {name: (table, row[where[which]]) for name, (table, row) in baselines.tables(wide, self.customers).items()}

    def open_on(self, day: int) -> np.ndarray:
        """Places of the invoices open at the end of `day`."""
        book = self.book
        return np.flatnonzero((book.issued <= day) & ((book.paid < 0) | (book.paid > day)))

    def issued(self, first: int, last: int) -> np.ndarray:
        """Places of the invoices issued on the days ``first … last``."""
        return np.flatnonzero((self.book.issued >= first) & (self.book.issued <= last))


def weekly(book: Invoices, day: int) -> np.ndarray:
    """Cash by week up to `day`, oldest first; the book's first weeks, in which little falls due yet, are left out."""
    paid = (book.paid >= 0) & (book.paid <= day)
    cash = np.bincount((day - book.paid[paid]) // WEEK, book.amount[paid].astype(float))[: max(8, (day - 45) // WEEK)]
    return cash[::-1]
