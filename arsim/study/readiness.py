"""Readiness to pay, fitted: a piecewise-exponential proportional-hazards model with gamma frailty per customer, by EM."""

from dataclasses import dataclass, replace

import numpy as np

from arsim.model import exact
from arsim.model.population import AGES, ORIGIN
from arsim.study.facts import Invoices, taken

LEAST = 12  # payments in an age bin before its rate is believed
ROUNDS, TOLERANCE = 200, 1e-3  # of EM; relative change of a payer type


@dataclass(frozen=True, eq=False)
class Fit:
    """Base rates by age, payer types with their posterior spread, and the two factors learnt with them."""

    base: np.ndarray
    payer: np.ndarray
    payer_sd: np.ndarray
    payments: np.ndarray
    frailty: float
    dispute_factor: float
    mood: float


def fit(book: Invoices, customers: int, gap: np.ndarray | None = None, start: "Fit | None" = None, rounds: int = ROUNDS) -> Fit:
    """EM for base rates by age bin, gamma frailty per customer and the factor on disputed invoices.

    Parameters
    ----------
    book : Invoices
    customers : int
    gap : ndarray of int, shape (invoices,), optional
        In how many days an invoice may have become ready unseen: up to its payment, that day included, those since the customer's last
        payment run; up to the book's last day, those since the last run that left it open. 1 for each payment if not given.
    start : Fit, optional
        Where to begin, for a book that differs little from that one's.
    rounds : int
        Of EM, at most.
    """
    event = book.paid >= 0
    first, last = ages(book)
    back = np.minimum(event.astype(np.int64) if gap is None else gap, last - first + 1)
    payments = np.bincount(book.customer[event], minlength=customers)
    present = np.bincount(book.customer, minlength=customers) > 0
    bins = age_bins(np.bincount(last[event], minlength=AGES))
    payer, factor, variance, mood = np.ones(customers), 1.0, 0.5, 0.0
    base = _rates(np.bincount(last[event], minlength=AGES), _exposure(first, last, np.ones(len(first))), bins)
    if start is not None:
        payer, factor, variance, mood, base = (
            start.payer / start.payer[present].mean(),
            start.dispute_factor,
            start.frailty,
            start.mood,
            start.base,
        )
    before = payer
    for turn in range(rounds):
        pace = payer[book.customer] * np.where(book.disputed, factor, 1.0)
        deaths, partial, ready = _spread(base, pace, last, back, event)
        exposed = _exposure(first, last - back, pace) + partial
        base = _rates(deaths, exposed, bins)
        summed = np.concatenate([[0.0], np.cumsum(base)])
        # Readiness grown, had the customer's factor been 1: all of it up to the gap, in the gap as far as it took.
        growth = summed[last + 1 - back] - summed[first] + ready
        if book.disputed.any():
            expected = np.sum((growth * payer[book.customer])[book.disputed])
            factor = (np.sum(event & book.disputed) + 1.0) / (expected + 1.0)
        total = np.bincount(book.customer, growth * np.where(book.disputed, factor, 1.0), customers)
        if turn % 10 == 5 or turn == 0 and start is None:
            mood = _mood(book, event, summed, first, last, back, payer[book.customer] * np.where(book.disputed, factor, 1.0))
        # Invoices of one mood are fewer than they look.
        count = effective(mood)
        variance = _variance(payments[present] * count, total[present] * count)
        payer = (payments * count + 1 / variance) / (total * count + 1 / variance)
        # The scale of payer types and of the base are told apart only by the prior's mean of 1; holding to it makes EM quick.
        payer = payer / payer[present].mean()
        if turn >= 8 and np.abs(payer / before - 1).max() < TOLERANCE:
            break
        before = payer
    return Fit(
        base=base, payer=payer, payer_sd=np.sqrt(payments * count + 1 / variance) / (total * count + 1 / variance), payments=payments,
        frailty=variance, dispute_factor=float(factor), mood=mood,
    )  # fmt: skip


MOST = 100_000  # invoices from which base rates are learnt; payer types are learnt from all


def learn(book: Invoices, customers: int, gap: np.ndarray) -> Fit:
    """`fit`, of a large book by a sample of its customers; the payer types of all of them follow from the sample's rates."""
    if len(book.amount) <= MOST:
        return fit(book, customers, gap)
    kept = sampled(book, customers, MOST)
    found = fit(taken(book, kept), customers, gap[kept])
    summed = np.concatenate([[0.0], np.cumsum(found.base)])
    payments, total = np.zeros(customers), np.zeros(customers)
    for rows in np.array_split(np.arange(len(book.amount)), len(book.amount) // MOST + 1):
        part = taken(book, rows)
        first, last = ages(part)
        event = part.paid >= 0
        back = np.minimum(gap[rows], last - first + 1)
        factor = np.where(part.disputed, found.dispute_factor, 1.0)
        _, _, ready = _spread(found.base, factor, last, back, event)
        payments += np.bincount(part.customer[event], minlength=customers)
        total += np.bincount(part.customer, (summed[last + 1 - back] - summed[first] + ready) * factor, customers)
    count = effective(found.mood)
    prior = 1 / found.frailty
    payer = (payments * count + prior) / (total * count + prior)
    return replace(
        found,
        payer=payer / payer.mean(),
        payer_sd=np.sqrt(payments * count + prior) / (total * count + prior),
        payments=payments.astype(int),
    )


def effective(mood: float) -> float:
    """How many invoices without moods tell as much of a customer's pace as one with them.

    Thresholds are exponentials; if their normal scores correlate by r they correlate by about 0.82 r + 0.18 r² (the first two
    terms of Mehler's expansion), and so on along the chain of invoices.

    >>> effective(0.0), round(effective(0.5), 2)
    (1.0, 0.36)
    """
    return 1 / (1 + 2 * (0.82 * mood / (1 - mood) + 0.18 * mood**2 / (1 - mood**2)))


def sampled(book: Invoices, customers: int, most: int) -> np.ndarray:
    """Places of all invoices of customers drawn by chance, `most` or a little more of them; all places where there are no more."""
    if len(book.amount) <= most:
        return np.arange(len(book.amount))
    order = np.random.default_rng(1).permutation(customers)
    counts = np.cumsum(np.bincount(book.customer, minlength=customers)[order])
    chosen = np.zeros(customers, bool)
    chosen[order[: int(np.searchsorted(counts, most)) + 1]] = True
    return np.flatnonzero(chosen[book.customer])


def _exposure(first, last, weight):
    """Weighted invoices watched at each age, from the first to the last of each."""
    change = np.bincount(first, weight, AGES + 1) - np.bincount(last + 1, weight, AGES + 1)
    return np.cumsum(change)[:AGES]


def _spread(base, pace, last, back, event):
    """Where in its gap each paid invoice became ready, as expected from the rates so far.

    Returns payments and exposure (× pace) by age, and each invoice's growth of readiness in the gap for a pace of 1.
    """
    most = int(back.max(initial=0))
    place = np.flatnonzero(event)
    age, steps, speed = last[place], back[place], pace[place]
    rate = np.stack([np.where(steps > step, base[np.maximum(age - step, 0)] * speed, 0.0) for step in range(most)]) + 1e-12
    rate *= np.stack([steps > step for step in range(most)])
    whole = np.maximum(rate.sum(0), 1e-12)
    deaths, exposed, ready = np.zeros(AGES), np.zeros(AGES), np.zeros(len(place))
    sofar = np.zeros(len(place))
    inside = -np.expm1(-whole)
    for step in range(most - 1, -1, -1):  # oldest day first
        r = rate[step]
        chance = np.exp(-sofar) * -np.expm1(-r) / inside  # ready on that day, given that it was in the gap
        beyond = np.maximum(0.0, (np.exp(-sofar - r) - np.exp(-whole)) / inside)
        part = np.where(r > 1e-6, 1 / np.maximum(r, 1e-6) - 1 / np.expm1(np.maximum(r, 1e-6)), 0.5)  # of the day it took
        here = steps > step
        took = (chance * part + beyond) * here
        at = np.maximum(age - step, 0)
        deaths += np.bincount(at, chance * here, AGES)
        exposed += np.bincount(at, took * speed, AGES)
        ready += took * base[at]
        sofar += r
    grown = np.zeros(len(last))
    grown[place] = ready
    return deaths, exposed, grown


def _variance(payments, total):
    """Variance of a gamma frailty by its marginal likelihood."""
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    def against(log_variance):
        k = np.exp(-log_variance)
        return -np.sum(gammaln(payments + k) - gammaln(k) + k * np.log(k) - (payments + k) * np.log(total + k))

    return float(np.exp(minimize_scalar(against, bounds=(np.log(1e-4), np.log(20.0)), method="bounded").x))


def _mood(book, event, summed, first, last, back, pace):
    """Correlation of consecutive thresholds of one customer, as normal scores; 0 where there are too few.

    A threshold is known only to lie in the days since the last run, or beyond the last day watched, so scores are means over these. If
    they hold a share R of the variance they correlate by R r + (1 − R) r²: what does not run straight with the threshold is taken to be
    of second order (Mehler's expansion). Taking each customer's mean away makes r too small by about (1 + r) / n.
    Leaving open invoices out would let the quick ones of the last weeks stand alone, and look like a mood.
    """
    low = summed[last + 1 - back] - summed[first]
    above = np.clip(np.exp(-low * pace), 1e-9, 1.0)
    below = np.where(event, np.exp(-(summed[last + 1] - summed[first]) * pace), 0.0)
    above = np.maximum(above, below + 1e-9)

    def edge(share):
        z = exact.normal_quantile(np.clip(share, 1e-12, 1 - 1e-12))
        density = np.where((share <= 1e-12) | (share >= 1 - 1e-12), 0.0, np.exp(-z * z / 2) / np.sqrt(2 * np.pi))
        return density, z * density

    (low_density, low_moment), (high_density, high_moment) = edge(below), edge(above)
    score = (low_density - high_density) / (above - below)
    within = 1 + (low_moment - high_moment) / (above - below) - score**2  # variance of a normal score in its interval
    sums = np.bincount(book.customer, np.clip(1 - within, 0.0, 1.0))
    counts = np.maximum(np.bincount(book.customer), 1)
    reliable = float(np.sum(sums**2 / counts) / max(sums.sum(), 1e-9))  # customers weigh by how much their scores move
    score = score - (np.bincount(book.customer, score) / counts)[book.customer]
    order = np.lexsort((book.issued, book.customer))
    score, who = score[order], book.customer[order]
    pairs = who[1:] == who[:-1]
    if pairs.sum() < 100 or reliable < 1e-3 or min(score[:-1][pairs].std(), score[1:][pairs].std()) < 1e-6:
        return 0.0
    seen = float(np.corrcoef(score[:-1][pairs], score[1:][pairs])[0, 1])
    found = 2 * seen / (reliable + max(0.0, reliable**2 + 4 * (1 - reliable) * seen) ** 0.5)
    found = float(np.clip(found, -0.5, 0.9))
    few = min(0.3, (1 + found) / (1 - found) / float(np.mean(counts[who])))
    return float(np.clip(found * (1 - few) + few, 0.0, 0.9))


def age_bins(deaths: np.ndarray) -> np.ndarray:
    """Bin of each age: ages join until `LEAST` payments are in; an age with as many of its own is a bin by itself.

    So a spike, such as the due date's, shares its rate with no quiet stretch before it. A rest that has too few joins the last bin.
    """
    closes = np.zeros(len(deaths), np.int64)
    seen, left = 0, int(deaths.sum())
    for age, count in enumerate(deaths.tolist()):
        if count >= LEAST and age:
            closes[age - 1], seen = 1, 0
        seen += count
        left -= count
        if seen >= LEAST and left >= LEAST or count >= LEAST:
            closes[age], seen = 1, 0
    return np.concatenate([[0], np.cumsum(closes)[:-1]])


def _rates(deaths, exposed, bins):
    """Rate per day by bin: payments over exposure."""
    d, e = np.bincount(bins, deaths), np.bincount(bins, exposed)
    return np.divide(d, e, out=np.zeros(len(d)), where=e > 0)[bins]


def ages(book: Invoices) -> tuple[np.ndarray, np.ndarray]:
    """First and last age at which each invoice was watched, as places in the base (days past due + ORIGIN)."""
    return book.issued - book.due + ORIGIN, np.where(book.paid >= 0, book.paid, book.last) - book.due + ORIGIN


def shown(book: Invoices, bins: np.ndarray) -> np.ndarray:
    """Readiness per day that the payments of `book` show in each age bin: −ln(1 − share of the open paid in a day)."""
    event = book.paid >= 0
    first, last = ages(book)
    deaths = np.bincount(bins[last[event]], minlength=bins[-1] + 1)
    at_risk = np.cumsum(np.bincount(first, minlength=AGES + 1) - np.bincount(last + 1, minlength=AGES + 1))[:AGES]
    exposed = np.bincount(bins, at_risk)
    daily = np.divide(deaths, exposed, out=np.zeros(len(deaths)), where=exposed > 0)
    return -np.log1p(-np.minimum(daily, 0.98))
