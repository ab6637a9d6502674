"""Payments and exposure by group and age, weighted by how recent they are; a payment is spread over the days since the last run.

A customer that pays on Fridays and paid on a due date did not become ready evenly over the week before it. Where in the week, its other
payments tell: those of invoices due on other days. So the spreading follows the rates learnt so far, and both are repeated.
"""

from dataclasses import dataclass

import numpy as np

from arsim.study.facts import Invoices

TELLING = 3.0  # payments one would expect on the due date, before a customer is believed to look ahead or not


@dataclass(frozen=True, eq=False)
class Cells:
    """Weighted payments, and invoice-days exposed, by group and age; shape (groups, ages)."""

    paid: np.ndarray
    exposed: np.ndarray


def last_open(rest: np.ndarray, first_weekday: int, masks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each distinct mask of weekdays and each day, how many days back the last payment run before it lies (1 … 10).

    Returns
    -------
    gap : ndarray of int, shape (masks, days)
    place : ndarray of int, shape (customers,)
        Row of each customer.
    """
    last, place = last_run(rest, first_weekday, masks)
    before = np.concatenate([np.full((len(last), 1), -1), last[:, :-1]], axis=1)
    return np.clip(np.arange(len(rest)) - before, 1, 10), place


def last_run(rest: np.ndarray, first_weekday: int, masks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each distinct mask of weekdays and each day, the day of the last payment run up to it, −1 before the first.

    Returns
    -------
    last : ndarray of int, shape (masks, days)
    place : ndarray of int, shape (customers,)
        Row of each customer.
    """
    kinds, place = np.unique(masks, return_inverse=True)
    day = np.arange(len(rest))
    open_ = (kinds[:, None] >> ((day + first_weekday) % 7)) & 1
    return np.maximum.accumulate(np.where(~rest & (open_ > 0), day, -1), axis=1), place


def looks_ahead(book: Invoices, customers: int, last: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Whether a customer pays what falls due between two of its runs with the earlier one.

    It does if what falls due between runs is paid with the run before more often than what falls due on a run, by more than half of
    what is paid exactly on a due date. Where a customer's invoices are too few to tell, the whole ledger's do.
    """
    paid = np.flatnonzero(book.paid >= 0)
    who, due, came = book.customer[paid], np.minimum(book.due[paid], last.shape[1] - 1), book.paid[paid]
    row = place[who]
    before, eve = last[row, due], last[row, np.maximum(due - 1, 0)]
    between = before < due

    def counted(true):
        own = np.bincount(who, true, customers)
        return own, own.sum()

    found = []
    for many, early, others, prompt, eves in zip(
        *(counted(true) for true in (between, between & (came == before), ~between, ~between & (came == due), ~between & (came == eve))),
        strict=True,
    ):
        exact = prompt / np.maximum(others, 1)
        surplus = early / np.maximum(many, 1) - eves / np.maximum(others, 1)
        found.append((np.minimum(many, others) * exact >= TELLING, surplus > exact / 2))
    (told, own), (_, whole) = found
    return np.where(told, own, whole & (exact > 0))


@dataclass(frozen=True, eq=False)
class Watched:
    """What is seen of a book, before it is known on which day of a gap between runs an invoice became ready.

    Parameters
    ----------
    group : ndarray of int, shape (n,)
    groups, low, high : int
    weight : ndarray of float, shape (n,)
        By how recent the observation is.
    before : ndarray of float, shape (groups, ages)
        Invoice-days exposed before the gaps.
    paid : ndarray of int, shape (events,)
        Places of what was paid.
    age : ndarray of int, shape (events, gap)
        Places of the ages of the days of the gap, its last day first.
    inside : ndarray of bool, shape (events, gap)
    """

    group: np.ndarray
    groups: int
    low: int
    high: int
    weight: np.ndarray
    before: np.ndarray
    paid: np.ndarray
    age: np.ndarray
    inside: np.ndarray

    def cells(self, rate: np.ndarray) -> Cells:
        """Count payments and exposure; within a gap a payment is spread as the rates tell.

        Parameters
        ----------
        rate : ndarray of float, shape (events, gap)
            Readiness per day on the days of each gap, as far as it is known; the same everywhere if nothing is.
        """
        ages = self.high - self.low + 1
        rate = np.where(self.inside, np.clip(rate, 1e-9, 30.0), 0.0)
        # Columns run backwards in time: what lies before a day stands to its right.
        earlier = np.cumsum(rate[:, ::-1], axis=1)[:, ::-1] - rate
        chance = np.exp(-(earlier - earlier.min(1, keepdims=True))) * -np.expm1(-rate)
        chance /= np.maximum(chance.sum(1, keepdims=True), 1e-300)
        later = np.cumsum(chance, axis=1) - chance
        weight = self.weight[self.paid][:, None]
        until = np.where(rate > 1e-4, 1 / np.maximum(rate, 1e-4) - 1 / np.expm1(np.maximum(rate, 1e-4)), 0.5)  # of its day, until ready
        flat = (self.group[self.paid][:, None] * ages + self.age)[self.inside]

        def summed(values):
            return np.bincount(flat, (weight * values)[self.inside], self.groups * ages).reshape(self.groups, ages)

        return Cells(summed(chance), self.before + summed(later + until * chance))


def watch(book: Invoices, due, group, groups: int, rest, first_weekday, masks, half_life: float, low: int, high: int) -> Watched:
    """Prepare the count by age past `due`; an observation of `half_life` days ago weighs a half."""
    ages = high - low + 1
    event = book.paid >= 0
    last = np.where(event, book.paid, book.last)
    gap, place = last_open(rest, first_weekday, masks)
    back = np.where(event, np.minimum(gap[place[book.customer], last], last - book.issued + 1), 0)
    weight = 0.5 ** ((book.last - last) / half_life)
    first_age, last_age = book.issued - due, last - due
    until = last_age - back  # exposed until the day before the gap in which it became ready

    def clip(age):
        return np.clip(age, low, high) - low

    # A day's exposure weighs by its own date, not by that of the invoice's end: what is still open would weigh more than what was paid.
    at_due = 0.5 ** ((book.last - due) / half_life)
    edges = np.bincount(group * (ages + 1) + clip(first_age), at_due, groups * (ages + 1))
    edges -= np.bincount(group * (ages + 1) + clip(until) + 1, at_due, groups * (ages + 1))
    exposed = np.cumsum(edges.reshape(groups, ages + 1), axis=1)[:, :ages] * 2.0 ** (np.arange(low, high + 1) / half_life)
    # Days beyond the oldest age known one by one.
    exposed[:, -1] += np.bincount(group, np.maximum(0, np.minimum(until, 10_000) - high) * weight, groups)
    paid = np.flatnonzero(event)
    step = np.arange(max(1, int(back.max(initial=1))))
    return Watched(
        group, groups, low, high, weight, np.maximum(exposed, 0.0), paid, clip(last_age[paid][:, None] - step), step < back[paid][:, None]
    )
