"""What a department sees of itself after a month: its own books, and what others tell it. Nothing that only the model knows."""

from dataclasses import dataclass, replace

import numpy as np

from arsim.domain.calendar import SHIFT
from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.study import kpi
from arsim.study.book import OPEN, Book
from arsim.study.prices import Prices
from arsim.study.window import TOUCHES, Window, window

HIDDEN = (Kind.LIQUIDITY, Kind.GOODWILL)  # no department reads these in a customer's face
SALES_PERIODS = 3  # months that countback may peel off at most, if there are so many
TOP = 8


@dataclass(frozen=True)
class Account:
    """One customer with something overdue.

    Parameters
    ----------
    customer : int
    overdue, open : int
        Fen.
    days : int
        Days past due of the oldest invoice.
    promised : int or None
        Day of the last promise made, if it is still to come.
    """

    customer: int
    overdue: int
    open: int
    days: int
    promised: int | None


@dataclass(frozen=True)
class Sight:
    """A month as the department's own figures show it. Money in fen.

    Parameters
    ----------
    month : int
        From 1.
    ageing : tuple of float
        Balance by age at the end (`arsim.study.book.BUCKETS`).
    open, overdue : float
        At the end.
    cash, sales, cost : float
        In the month; credit sales, and what collecting cost.
    dso : float
        By countback over the months so far, days.
    promises, kept, broken, waiting : int
        Made in the month, kept, broken; waiting for their day at the end.
    disputes, disputes_open : int
        Come to light in the month; open at the end.
    contacts : int
    load : float
        Share of the collectors' minutes that contacts took; nan without collectors.
    held : int
        Orders held.
    lost, walked : float
        Orders gone because of our credit rules, and orders placed elsewhere as sales hear.
    suits : int
        Cases filed at court.
    insolvent : tuple of int
        Customers whose insolvency became known in the month.
    top : tuple of Account
        The largest overdue accounts at the end, the largest first.
    """

    month: int
    ageing: tuple[float, ...]
    open: float
    overdue: float
    cash: float
    sales: float
    cost: float
    dso: float
    promises: int
    kept: int
    broken: int
    waiting: int
    disputes: int
    disputes_open: int
    contacts: int
    load: float
    held: int
    lost: float
    walked: float
    suits: int
    insolvent: tuple[int, ...]
    top: tuple[Account, ...]

    @property
    def overdue_share(self) -> float:
        """Overdue of what is open, 0 to 1."""
        return kpi.ratio(self.overdue, self.open)


def observed(journal: Journal) -> Journal:
    """The journal without the lines nobody in the department could have written, and without what an order will turn out to be."""
    rows = journal.rows[~np.isin(journal.rows["kind"], HIDDEN)]
    rows["a"][rows["kind"] == Kind.ORDER] = 0
    return replace(journal, rows=rows)


def sights(
    journal: Journal, prices: Prices, bounds: tuple[int, ...], collectors: tuple[int, ...], working: np.ndarray
) -> tuple[Sight, ...]:
    """Every whole month of a journal, as it was seen when it ended.

    Parameters
    ----------
    journal : Journal
    prices : Prices
    bounds : tuple of int
        As `arsim.study.league.months.boundaries`; months beyond the journal's days are left out.
    collectors : tuple of int
        On duty in each month.
    working : ndarray of bool
        Which days are worked.
    """
    seen = observed(journal)
    months = [month for month in range(1, len(bounds)) if bounds[month] <= journal.days]
    return tuple(_sight(seen, prices, bounds, month, collectors[month - 1], working) for month in months)


def _sight(journal: Journal, prices: Prices, bounds, month: int, collectors: int, working) -> Sight:
    begin, end = bounds[month - 1], bounds[month]
    rows = journal.rows[journal.rows["time"] < end * MINUTES_A_DAY]
    seen = window(replace(journal, rows=rows, warmup=begin, days=end, run_off=0, collectors=collectors, later=()), prices)
    count, minutes = seen.count, collectors * SHIFT * int(working[begin:end].sum())
    back = [(float(seen.sales[first:last].sum()), last - first) for first, last in zip(bounds[:month], bounds[1 : month + 1], strict=True)]
    sales, lengths = zip(*back[::-1], strict=True)
    return Sight(
        month=month,
        ageing=tuple(map(float, seen.ageing_end)),
        open=float(seen.open[-1]),
        overdue=float(seen.late[-1]),
        cash=float(seen.cash_by_day.sum()),
        sales=seen.credit_sales,
        cost=float(seen.cost_by_day.sum()),
        dso=kpi.countback(seen.open[-1], sales, lengths),
        promises=int(count[Kind.PROMISE]),
        kept=int(count[Kind.KEPT]),
        broken=int(count[Kind.BROKEN]),
        waiting=len(_promised(rows, end)),
        disputes=int(count[Kind.DISPUTE]),
        disputes_open=int((rows["kind"] == Kind.DISPUTE).sum() - (rows["kind"] == Kind.SETTLED).sum()),
        contacts=int(count[list(TOUCHES)].sum()),
        load=seen.minutes / minutes if minutes else float("nan"),
        held=int(count[Kind.HELD]),
        lost=seen.total(Kind.LOST),
        walked=seen.total(Kind.WALKED),
        suits=int((seen.rows(Kind.LAW)["a"] == 0).sum()),
        insolvent=tuple(int(one) for one in seen.rows(Kind.INSOLVENT)["customer"]),
        top=accounts(seen, end)[:TOP],
    )


def accounts(seen: Window, end: int) -> tuple[Account, ...]:
    """Customers with something overdue when day `end` begins, the largest sum first; those known to be insolvent aside."""
    book: Book = seen.book
    there = (book.close_day >= end) & (book.entry_day < end) & (seen.fails[book.customer] == OPEN)
    late = there & (book.due_day < end - 1)
    customers = seen.journal.customers
    overdue = np.bincount(book.customer[late], book.amount[late], customers)
    total = np.bincount(book.customer[there], book.amount[there], customers)
    oldest = np.full(customers, end)
    np.minimum.at(oldest, book.customer[late], book.due_day[late])
    promised = _promised(seen.journal.rows, end)
    order = np.argsort(-overdue, kind="stable")[: int((overdue > 0).sum())].tolist()
    return tuple(Account(who, int(overdue[who]), int(total[who]), end - 1 - int(oldest[who]), promised.get(who)) for who in order)


def _promised(rows: np.ndarray, end: int) -> dict[int, int]:
    """Customer → the day of its last promise, where that day is still to come."""
    made = rows[rows["kind"] == Kind.PROMISE]
    return {int(row["customer"]): int(row["a"]) for row in made if row["a"] >= end}


def as_of(journal: Journal, prices: Prices, day: int) -> tuple[Account, ...]:
    """`accounts` when `day` begins, off a journal that reaches at least so far."""
    seen = observed(journal)
    rows = seen.rows[seen.rows["time"] < max(1, day * MINUTES_A_DAY)]  # the opening book stands at minute 0
    return accounts(window(replace(seen, rows=rows, warmup=0, days=max(1, day), run_off=0, later=()), prices), day)
