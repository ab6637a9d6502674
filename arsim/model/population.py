"""Who the customers are: facts and hidden traits as columns, the base readiness, and the invoices open on the first day."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from arsim.domain.calendar import Calendar
from arsim.domain.policy import Level

ORIGIN = 1200  # base readiness is known for ages −ORIGIN … AGES − ORIGIN − 1 days relative to the due date
AGES = 8000


@dataclass(frozen=True, eq=False)
class OpenItems:
    """Invoices open when the run starts, as columns of shape (items,), oldest issue first.

    `issue` and `due` are days relative to the start (issue < 0); `amount` is what is still open, in fen; `issued` are the dunning
    levels that have been at work on these items so far, and are not issued for them a second time.
    """

    customer: np.ndarray
    issue: np.ndarray
    due: np.ndarray
    amount: np.ndarray
    disputed: np.ndarray
    number: tuple[str, ...]
    issued: tuple[Level, ...] = ()

    @cached_property
    def rank(self) -> np.ndarray:
        """Which of its customer's each item is, from 0."""
        order = np.argsort(self.customer, kind="stable")
        counts = np.bincount(self.customer)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rank

    @classmethod
    def none(cls) -> "OpenItems":
        """An empty book."""
        empty = np.zeros(0, np.int64)
        return cls(empty, empty, empty, empty, np.zeros(0, bool), ())


@dataclass(frozen=True, eq=False)
class Population:
    """A company's customers. Columns have shape (customers,).

    Parameters
    ----------
    name : str
    start : date
        Day 0 of a run.
    calendar : str
        Kind of `Calendar`: the days banks and staff work.
    ids : tuple of str
    terms : ndarray of int
        Days from invoice to due date.
    month_end : ndarray of bool
        Terms run from the end of the month of issue (月结).
    limit : ndarray of int
        Credit limit in fen.
    orders_a_day : ndarray of float
        Mean orders per working day.
    log_mean, log_sd : ndarray of float
        Of the natural logarithm of an order's amount in fen.
    payer : ndarray of float
        Payer type: factor on base readiness; the persistent part of how late a customer pays.
    run_days : ndarray of int
        Weekdays of the payment runs, bit 0 = Monday.
    dispute_rate : ndarray of float
        Share of orders that will be disputed.
    dependence : ndarray of float
        How much the customer needs our supply, 0 … 1.
    insolvency : ndarray of float
        Expected insolvencies a year.
    grade : ndarray of int
        Credit grade, 0 = A … 3 = D (observable).
    industry : ndarray of int
        Code of the industry (`arsim.model.scenario.INDUSTRIES`).
    large : ndarray of bool
        Large enterprises: with public bodies, whom the SME payment regulation binds.
    peak_month : ndarray of int
        The month, 0 … 11, in which the customer has most cash: its season.
    base : ndarray of float, shape (AGES,)
        Base readiness per day by age relative to the due date, from −ORIGIN on.
    mood : float
        Correlation of consecutive thresholds of one customer.
    dispute_factor : float
        Factor on readiness of a disputed invoice.
    small_amount, small_factor : int, float
        Invoices below the amount (fen) ripen by the factor.
    frayed : bool
        Some pay in parts or a little short. A ledger with one payment an invoice does not show it: False there.
    due_rolls : bool
        A due date on a rest day moves to the next working day.
    opening : OpenItems
    assumed : tuple of str
        Names of the columns that no data stand behind.
    """

    name: str
    start: date
    calendar: str
    ids: tuple[str, ...]
    terms: np.ndarray
    month_end: np.ndarray
    limit: np.ndarray
    orders_a_day: np.ndarray
    log_mean: np.ndarray
    log_sd: np.ndarray
    payer: np.ndarray
    run_days: np.ndarray
    dispute_rate: np.ndarray
    dependence: np.ndarray
    insolvency: np.ndarray
    grade: np.ndarray
    industry: np.ndarray
    large: np.ndarray
    peak_month: np.ndarray
    base: np.ndarray
    mood: float = 0.0
    dispute_factor: float = 1.0
    small_amount: int = 0
    small_factor: float = 1.0
    frayed: bool = False
    due_rolls: bool = True
    opening: OpenItems = OpenItems.none()
    assumed: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def demand(self) -> np.ndarray:
        """What each customer orders on average, fen a working day; shape (customers,)."""
        return self.orders_a_day * np.exp(self.log_mean + self.log_sd**2 / 2)

    def working(self, days: int) -> Calendar:
        """The calendar of a run of `days`, and far enough beyond for every due date."""
        return _calendar(self.calendar, self.start, days + 62 + int(self.terms.max(initial=0)))

    def replace(self, **changes) -> "Population":
        """A changed copy."""
        return replace(self, **changes)


@lru_cache(maxsize=8)
def _calendar(kind: str, start: date, days: int) -> Calendar:
    """Every replication has the same calendar, and asking for each day anew would take longer than its orders."""
    return Calendar(kind, start, days)
