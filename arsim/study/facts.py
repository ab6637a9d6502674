"""Stylised facts of a book of invoices: what one would check before believing any model of it."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Invoices:
    """A book as plain columns of shape (invoices,): days as integers of one calendar, `paid` −1 while open.

    `last` is the last day anything is known: open invoices are censored there.
    """

    customer: np.ndarray
    issued: np.ndarray
    due: np.ndarray
    paid: np.ndarray
    amount: np.ndarray
    disputed: np.ndarray
    last: int


def taken(book: Invoices, place: np.ndarray) -> Invoices:
    """The invoices at `place`."""
    return Invoices(
        book.customer[place], book.issued[place], book.due[place], book.paid[place], book.amount[place], book.disputed[place], book.last
    )


def stylised_facts(book: Invoices) -> dict[str, float]:
    """Shape of the payments in `book`; shares are of closed invoices by count unless the name says otherwise.

    Returns
    -------
    dict
        ``early``, ``on_due``, ``late``: share paid before, on, after the due date · ``hazard_0 … hazard_2``: chance to be paid on the
        due date and the two days after, of those still open · ``hazard_30``: mean daily chance on days 21–40 · ``together``: share
        settled on the same day as another invoice of the customer · ``icc``: between-customer share of the variance of delay ·
        ``late_rate_10``, ``late_rate_90``: deciles of customers' own late rates (ten invoices and more) · ``mood``: correlation of
        consecutive delays after removing customer means · ``log_sd``: of amounts · ``top10_count``, ``top10_amount``: share of the ten
        largest customers · ``top1_amount``: of the largest · ``late_small``, ``late_rest``: late share of the smallest fifth and of the
        rest. Shares of closed invoices are nan while none is closed.
    """
    closed = book.paid >= 0
    who, delay, paid = book.customer[closed], (book.paid - book.due)[closed], book.paid[closed]
    size = int(book.customer.max(initial=-1)) + 1
    facts = {"early": _share(delay < 0), "on_due": _share(delay == 0), "late": _share(delay > 0)}
    known = np.where(closed, book.paid - book.due, np.iinfo(np.int64).max)
    seen_to = book.last - book.due
    for day in (0, 1, 2):
        facts[f"hazard_{day}"] = _hazard(known, seen_to, day, day)
    facts["hazard_30"] = _hazard(known, seen_to, 21, 40)
    _, place, count = np.unique(who * 100_000 + paid, return_inverse=True, return_counts=True)
    facts["together"] = _share(count[place] > 1)

    counts = np.bincount(who, minlength=size)
    mean = np.bincount(who, delay, minlength=size) / np.maximum(counts, 1)
    facts["icc"] = _icc(who, delay, counts, mean)
    rate = np.bincount(who, delay > 0, minlength=size) / np.maximum(counts, 1)
    regular = rate[counts >= 10]
    facts["late_rate_10"], facts["late_rate_90"] = np.quantile(regular, [0.1, 0.9]) if len(regular) else (np.nan, np.nan)
    order = np.lexsort((book.issued[closed], who))
    rest, follows = (delay - mean[who])[order], np.diff(who[order]) == 0
    facts["mood"] = _correlation(rest[:-1][follows], rest[1:][follows])

    facts["log_sd"] = np.log(book.amount).std()
    for name, weight in (("count", np.ones(len(book.amount))), ("amount", book.amount)):
        by_customer = np.sort(np.bincount(book.customer, weight))[::-1]
        facts[f"top10_{name}"] = by_customer[:10].sum() / by_customer.sum()
    facts["top1_amount"] = by_customer[0] / by_customer.sum()
    small = book.amount[closed] <= np.quantile(book.amount, 0.2)
    facts["late_small"], facts["late_rest"] = _share(delay[small] > 0), _share(delay[~small] > 0)
    return {name: float(value) for name, value in facts.items()}


def _share(true: np.ndarray) -> float:
    """The share of `true`; nan where there is nothing to share."""
    return np.mean(true) if len(true) else np.nan


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation; nan for fewer than three pairs, or where one side never varies."""
    return np.corrcoef(one, other)[0, 1] if len(one) > 2 and one.std() and other.std() else np.nan


def weekday_shares(paid: np.ndarray, first_weekday: int) -> np.ndarray:
    """Share of payments by weekday, Monday first; `first_weekday` is the weekday of day 0."""
    return np.bincount((paid[paid >= 0] + first_weekday) % 7, minlength=7) / max(1, (paid >= 0).sum())


def _hazard(delay, seen_to, first, last):
    """Mean daily hazard over ``first <= days past due <= last``, of invoices observed for the whole span."""
    watched = seen_to >= last
    exposed = sum(np.sum(watched & (delay >= day)) for day in range(first, last + 1))
    return np.sum(watched & (delay >= first) & (delay <= last)) / max(1, exposed)


def _icc(who, delay, counts, mean):
    """One-way random-effects intraclass correlation, customers with two invoices and more."""
    used = counts >= 2
    n, groups = counts[used].sum(), used.sum()
    if groups < 2 or n <= groups:
        return np.nan
    kept = used[who]
    within = np.sum((delay[kept] - mean[who[kept]]) ** 2) / (n - groups)
    grand = delay[kept].mean()
    between = np.sum(counts[used] * (mean[used] - grand) ** 2) / (groups - 1)
    typical = (n - np.sum(counts[used].astype(float) ** 2) / n) / (groups - 1)
    variance = max(0.0, (between - within) / typical)
    return variance / (variance + within) if variance + within else np.nan
