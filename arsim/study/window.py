"""The counted window of a journal: its days ``warmup <= day < days`` summed up once, for all outcomes together."""

from dataclasses import dataclass

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.study.book import OPEN, Book, ageing, balance, book, overdue
from arsim.study.prices import Prices

PERIOD = 30  # days in a period of sales for countback, and in a collector's month


@dataclass(frozen=True, eq=False)
class Window:
    """Everything the outcomes are made of. Money in fen; arrays over the whole run, sums over the window only.

    Parameters
    ----------
    journal : Journal
    prices : Prices
    book : Book
    flow : ndarray of float, shape (kinds, days)
        Sum of `amount` of each kind of event by day.
    sales : ndarray of float, shape (days,)
        Credit sales by issue day; the opening book is not among them.
    open, late : ndarray of int64, shape (days + 1,)
        Balance and overdue balance, laid out as `arsim.study.book.balance`.
    count : ndarray of int, shape (kinds,)
        Events of each kind in the window.
    minutes : int
        Staff minutes spent on contacts in the window.
    goodwill : ndarray of float, shape (customers,)
        Points each customer has left when the run ends, of 100.
    demand : ndarray of float, shape (customers,)
        Orders placed in the window, whether or not they were delivered.
    fails : ndarray of int64, shape (customers,)
        Day from which the customer is insolvent, `OPEN` if it is not in the run.
    """

    journal: Journal
    prices: Prices
    book: Book
    flow: np.ndarray
    sales: np.ndarray
    open: np.ndarray
    late: np.ndarray
    count: np.ndarray
    minutes: int
    goodwill: np.ndarray
    demand: np.ndarray
    fails: np.ndarray

    @property
    def days(self) -> int:
        """Length of the window."""
        return self.journal.days - self.journal.warmup

    def total(self, *kinds: Kind) -> float:
        """Sum of `amount` of these kinds in the window."""
        return float(self.flow[list(kinds), self.journal.warmup :].sum())

    @property
    def credit_sales(self) -> float:
        """Invoiced in the window."""
        return float(self.sales[self.journal.warmup :].sum())

    @property
    def cash_by_day(self) -> np.ndarray:
        """All cash from customers on each day of the window: payments and prepayments."""
        return self.flow[[Kind.PAYMENT, Kind.PREPAID], self.journal.warmup :].sum(axis=0)

    @property
    def cost_by_day(self) -> np.ndarray:
        """What collecting cost on each day of the window: contacts on their day, salaries in equal parts."""
        staff = self.journal.collectors * self.prices.collector_month / PERIOD
        return self.flow[[Kind.REACHED, Kind.MISSED], self.journal.warmup :].sum(axis=0) + staff

    @property
    def goods_by_day(self) -> np.ndarray:
        """Cost of the goods delivered on each day of the window, on credit or prepaid."""
        delivered = self.sales[self.journal.warmup :] + self.flow[Kind.PREPAID, self.journal.warmup :]
        return delivered * (1 - self.prices.gross_margin)

    @property
    def ageing_begin(self) -> np.ndarray:
        """Balance by age when the window begins."""
        return ageing(self.book, self.journal.warmup - 1)

    @property
    def ageing_end(self) -> np.ndarray:
        """Balance by age when the window ends."""
        return ageing(self.book, self.journal.days - 1)

    @property
    def worth_begin(self) -> float:
        """What the book is expected to bring when the window begins; see `worth_end`."""
        return self._worth(self.journal.warmup - 1)

    @property
    def worth_end(self) -> float:
        """What the closing book is expected to bring: the balance less the provision for its age; nothing from the insolvent."""
        return self._worth(self.journal.days - 1)

    def _worth(self, day: int) -> float:
        alive = self.fails[self.book.customer] > day
        return self.prices.worth(ageing(self.book, day, only=alive))

    def periods(self) -> tuple[list[float], list[int]]:
        """Sales and lengths of the 30-day periods before the end, newest first, back to day 0 (the oldest may be shorter)."""
        ends = range(self.journal.days, 0, -PERIOD)
        starts = [max(0, end - PERIOD) for end in ends]
        lengths = [end - start for start, end in zip(starts, ends, strict=True)]
        return [float(self.sales[start:end].sum()) for start, end in zip(starts, ends, strict=True)], lengths


def window(journal: Journal, prices: Prices) -> Window:
    """Sum a journal up. Events outside days 0 … days - 1 are left out.

    Parameters
    ----------
    journal : Journal
    prices : Prices

    Returns
    -------
    Window
    """
    rows, days = journal.rows, journal.days
    rows = rows[: np.searchsorted(rows["time"], days * MINUTES_A_DAY)]
    kind, day = rows["kind"].astype(np.int64), rows["time"] // MINUTES_A_DAY
    counted = slice(np.searchsorted(day, journal.warmup), None)
    invoices = book(journal)
    new = ~invoices.opening & (invoices.issue_day < days)
    touched = counted.start + np.flatnonzero((kind[counted] == Kind.REACHED) | (kind[counted] == Kind.MISSED))
    ordered = rows.take(counted.start + np.flatnonzero(kind[counted] == Kind.ORDER))
    return Window(
        journal=journal,
        prices=prices,
        book=invoices,
        flow=np.bincount(kind * days + day, rows["amount"], len(Kind) * days).reshape(len(Kind), days),
        sales=np.bincount(invoices.issue_day[new], invoices.amount[new], days),
        open=balance(invoices, days),
        late=overdue(invoices, days),
        count=np.bincount(kind[counted], minlength=len(Kind)),
        minutes=int(rows["b"][touched].sum()),
        goodwill=_goodwill(journal, prices, rows, kind),
        demand=np.bincount(ordered["customer"], ordered["amount"], journal.customers),
        fails=_fails(rows, kind, journal.customers),
    )


def _fails(rows: np.ndarray, kind: np.ndarray, customers: int) -> np.ndarray:
    found, day = rows.take(np.flatnonzero(kind == Kind.INSOLVENT)), np.full(customers, OPEN)
    day[found["customer"]] = found["time"] // MINUTES_A_DAY
    return day


def _goodwill(journal: Journal, prices: Prices, rows: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Per customer, 100 less the points lost to contacts that reached them and to held orders, each fading by half every half-life.

    A call nobody took and a letter that went astray hurt nobody. The warm-up counts too: its pressure has faded, not vanished.
    """
    reached, held = (rows.take(np.flatnonzero(kind == which)) for which in (Kind.REACHED, Kind.HELD))
    points = np.concatenate([prices.points(reached["a"]), np.full(len(held), prices.hold_goodwill)])
    age = journal.days - np.concatenate([reached["time"], held["time"]]) / MINUTES_A_DAY
    customer = np.concatenate([reached["customer"], held["customer"]])
    lost = np.bincount(customer, points * 0.5 ** (age / prices.goodwill_halflife_days), journal.customers)
    return np.maximum(0.0, 100.0 - lost)
