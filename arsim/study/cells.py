"""Payments and exposure by group and age, weighted by how recent they are; a payment is spread over the days since the last run."""

from dataclasses import dataclass

import numpy as np

from arsim.study.facts import Invoices


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
    kinds, place = np.unique(masks, return_inverse=True)
    day = np.arange(len(rest))
    gap = np.empty((len(kinds), len(rest)), np.int64)
    for row, mask in enumerate(kinds.tolist()):
        runs = ~rest & ((mask >> ((day + first_weekday) % 7)) & 1).astype(bool)
        last = np.maximum.accumulate(np.where(runs, day, -1))
        before = np.concatenate([[-1], last[:-1]])
        gap[row] = np.clip(day - before, 1, 10)
    return gap, place


def cells(book: Invoices, group, groups: int, rest, first_weekday, masks, half_life: float, low: int, high: int) -> Cells:
    """Count payments and exposure; an observation of `half_life` days ago weighs a half."""
    ages = high - low + 1
    event = book.paid >= 0
    last = np.where(event, book.paid, book.last)
    gap, place = last_open(rest, first_weekday, masks)
    back = np.where(event, np.minimum(gap[place[book.customer], last], last - book.issued + 1), 0)
    weight = 0.5 ** ((book.last - last) / half_life)
    paid = np.zeros(groups * ages)
    exposed = np.zeros(groups * (ages + 1))
    first_age, last_age = book.issued - book.due, last - book.due

    def clip(age):
        return np.clip(age, low, high) - low

    # Exposure until the day before the gap in which the payment became ready; half of the gap itself.
    until = last_age - back
    np.add.at(exposed, group * (ages + 1) + clip(first_age), weight)
    np.add.at(exposed, group * (ages + 1) + clip(until) + 1, -weight)
    for step in range(1, int(back.max(initial=0)) + 1):
        hit = back >= step
        share = weight[hit] / back[hit]
        np.add.at(paid, group[hit] * ages + clip(last_age[hit] - step + 1), share)
        np.add.at(exposed, group[hit] * (ages + 1) + clip(last_age[hit] - step + 1), 0.5 * weight[hit])
        np.add.at(exposed, group[hit] * (ages + 1) + clip(last_age[hit] - step + 1) + 1, -0.5 * weight[hit])
    # Days beyond the oldest age known one by one.
    over = np.maximum(0, np.minimum(last_age, 10_000) - high) * weight
    total = np.cumsum(exposed.reshape(groups, ages + 1), axis=1)[:, :ages]
    total[:, -1] += np.bincount(group, over, groups)
    return Cells(paid.reshape(groups, ages), np.maximum(total, 0.0))
