"""The counted window of a journal: its days ``warmup <= day < days`` summed up once, for all outcomes together."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from arsim.domain.calendar import SHIFT
from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.model.fast import twins
from arsim.study.book import OPEN, Book, ageing, balance, book, overdue
from arsim.study.lines import KERNELS, Lines
from arsim.study.prices import Prices
from arsim.study.warned import warning_score
from arsim.study.warning_score import WarningScore

CASH = (Kind.PAYMENT, Kind.PREPAID, Kind.INTEREST_PAID, Kind.RECOVERY)
TOUCHES = (Kind.REACHED, Kind.MISSED, Kind.WRONG_PARTY)
COSTS = (*TOUCHES, Kind.LAW, Kind.REVIEW, Kind.CARE, Kind.COST)
WORKED = 250 / 365  # share of days that are worked, for what a minute of staff costs
_CASH, _COSTS = np.array(CASH), np.array(COSTS)
_IS_TOUCH = np.isin(np.arange(len(Kind)), TOUCHES)
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
        Orders meant for us in the window, whether or not they were delivered.
    fails : ndarray of int64, shape (customers,)
        Day from which the customer is insolvent, `OPEN` if it is not in the run.
    lines : Lines
        The journal's lines by kind.
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
    lines: Lines

    @cached_property
    def warned(self) -> WarningScore | None:
        """How the policy's early warning did, yellow and red as alarms; None where there was none."""
        return warning_score(self.journal, lines=self.lines) if len(self.lines.at(Kind.WARNING)) else None

    @property
    def days(self) -> int:
        """Length of the window."""
        return self.journal.days - self.journal.warmup

    def total(self, *kinds: Kind) -> float:
        """Sum of `amount` of these kinds in the window."""
        return float(self.flow[list(map(int, kinds)), self.journal.warmup :].sum())

    @property
    def credit_sales(self) -> float:
        """Invoiced in the window."""
        return float(self.sales[self.journal.warmup :].sum())

    def rows(self, *kinds: Kind) -> np.ndarray:
        """The journal's lines of these kinds in the window."""
        begin, end = self._span
        return self.lines.of(*kinds, since=begin, until=end)

    @cached_property
    def _span(self) -> list[int]:
        """Where the window's lines begin and end."""
        return np.searchsorted(self.lines.time, (self.journal.warmup * MINUTES_A_DAY, self.journal.days * MINUTES_A_DAY)).tolist()

    @cached_property
    def cash_by_day(self) -> np.ndarray:
        """All cash from customers on each day of the window: payments, prepayments, interest, what is recovered.

        Court fees refunded by a debtor who lost are among what is recovered; they were a cost when they were advanced.
        """
        return self.flow[_CASH, self.journal.warmup :].sum(axis=0)

    @cached_property
    def cost_by_day(self) -> np.ndarray:
        """What collecting cost on each day of the window: contacts, law, reviews and the rest on their day, salaries in equal parts."""
        staff = self.journal.staff() * self.prices.collector_month / PERIOD
        return self.flow[_COSTS, self.journal.warmup :].sum(axis=0) + staff

    @cached_property
    def goods_by_day(self) -> np.ndarray:
        """Cost of the goods delivered on each day of the window, on credit or prepaid; no credit note or discount makes them cheaper."""
        delivered = self.sales[self.journal.warmup :] + self.flow[Kind.PREPAID, self.journal.warmup :]
        return delivered * (1 - self.prices.gross_margin)

    @property
    def ageing_begin(self) -> np.ndarray:
        """Balance by age when the window begins."""
        return ageing(self.book, self.journal.warmup - 1)

    @cached_property
    def ageing_end(self) -> np.ndarray:
        """Balance by age when the window ends."""
        return ageing(self.book, self.journal.days - 1)

    @cached_property
    def worth_begin(self) -> float:
        """What the book is expected to bring when the window begins; see `worth_end`."""
        return self._worth(self.journal.warmup - 1)

    @property
    def worth_end(self) -> float:
        """What the closing book brings, seen from the end of the window.

        With a run-off it is what was paid of it in those days, discounted, less what collecting it cost (contacts and law as booked,
        staff by the minute); what is still open after that is counted as lost. Without one it is the balance less the provision for
        its age, and nothing from the insolvent.
        """
        return self._run_off() if self.journal.run_off else self.expected_end

    @cached_property
    def expected_end(self) -> float:
        """The closing balance less the provision for its age; nothing from the insolvent."""
        return self._worth(self.journal.days - 1)

    @property
    def collected(self) -> float:
        """Paid of the closing book in the run-off."""
        return float(self.book.amount[self._paid_later].sum())

    @property
    def _paid_later(self) -> np.ndarray:
        return self.book.paid & (self.book.entry_day < self.journal.days) & (self.book.close_day >= self.journal.days)

    def _run_off(self) -> float:
        days, left = self.journal.days, self._paid_later
        fade = self.prices.discount(self.journal.run_off)
        cash = self.book.amount[left] @ fade[self.book.close_day[left] - days]
        begin = self._span[1]
        value, worth = np.zeros((2, len(self.journal.rows) - begin))  # of every line after the window; most bring and cost nothing
        for kinds, sign in (((Kind.INTEREST_PAID, Kind.RECOVERY), 1), (COSTS, -1)):
            at = self.lines.at(*kinds, since=begin)
            found = self.journal.rows.take(at)
            minutes = np.where(_IS_TOUCH[found["kind"]], found["b"], 0)
            staff = minutes * self.prices.collector_month / (PERIOD * WORKED * SHIFT)
            value[at - begin] = sign * found["amount"] - staff
            worth[at - begin] = fade[found["time"] // MINUTES_A_DAY - days]
        return float(cash + value @ worth)

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
    lines, days = Lines(journal), journal.days
    begin, end = np.searchsorted(lines.time, (journal.warmup * MINUTES_A_DAY, days * MINUTES_A_DAY)).tolist()
    kernels, invoices = twins(KERNELS), book(journal, lines)
    flow, count, minutes, demand, fails, goodwill = (kernels and kernels.sums(journal, begin, end, OPEN)) or _sums(lines, begin, end)
    new = ~invoices.opening & (invoices.issue_day < days)
    return Window(
        journal=journal,
        prices=prices,
        book=invoices,
        flow=flow,
        sales=np.bincount(invoices.issue_day[new], invoices.amount[new], days),
        open=balance(invoices, days),
        late=overdue(invoices, days),
        count=count,
        minutes=minutes,
        goodwill=goodwill,
        demand=demand,
        fails=fails,
        lines=lines,
    )


def _sums(lines: Lines, begin: int, end: int):
    """Flow, count, minutes, demand, fails and goodwill of the window whose lines are begin … end − 1."""
    days, customers, rows = lines.journal.days, lines.journal.customers, lines.journal.rows
    kind, day = lines.kind[:end].astype(np.int64), lines.time[:end] // MINUTES_A_DAY
    ordered = lines.of(Kind.ORDER, until=end, since=begin)
    flow = np.bincount(kind * days + day, rows["amount"][:end], len(Kind) * days).reshape(len(Kind), days)
    return (
        flow.astype(float, copy=False),  # of nothing at all, bincount makes whole numbers
        np.bincount(kind[begin:], minlength=len(Kind)),
        int(lines.of(*TOUCHES, until=end, since=begin)["b"].sum()),
        np.bincount(ordered["customer"], ordered["amount"], customers).astype(float, copy=False),
        _fails(lines, end),
        _goodwill(lines),
    )


def _fails(lines: Lines, end: int) -> np.ndarray:
    found, day = lines.of(Kind.INSOLVENT, until=end), np.full(lines.journal.customers, OPEN)
    day[found["customer"]] = found["time"] // MINUTES_A_DAY
    return day


def _goodwill(lines: Lines) -> np.ndarray:
    """Per customer, the points left after the last day; a journal that does not tell leaves it full."""
    told = lines.of(Kind.GOODWILL)
    left = np.full(lines.journal.customers, 100.0)
    left[told["customer"]] = told["amount"] / 100
    return left
