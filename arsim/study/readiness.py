"""Readiness to pay, fitted: a piecewise-exponential proportional-hazards model with gamma frailty per customer, by EM."""

from dataclasses import dataclass

import numpy as np

from arsim.model import exact
from arsim.model.population import AGES, ORIGIN
from arsim.study.facts import Invoices

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


def fit(book: Invoices, customers: int) -> Fit:
    """EM for base rates by age bin, gamma frailty per customer and the factor on disputed invoices."""
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    event = book.paid >= 0
    first, last = ages(book)
    payments = np.bincount(book.customer[event], minlength=customers)
    deaths = np.bincount(last[event], minlength=AGES)
    bins = age_bins(deaths)
    payer, factor, variance, base = np.ones(customers), 1.0, 0.5, None
    before = payer
    for _ in range(ROUNDS):
        weight = payer[book.customer] * np.where(book.disputed, factor, 1.0)
        exposed = np.cumsum(np.bincount(first, weight, AGES + 1) - np.bincount(last + 1, weight, AGES + 1))[:AGES]
        base = _rates(deaths, exposed, bins)
        summed = np.concatenate([[0.0], np.cumsum(base)])
        growth = summed[last + 1] - summed[first]
        if book.disputed.any():
            expected = np.sum((growth * payer[book.customer])[book.disputed])
            factor = (np.sum(event & book.disputed) + 1.0) / (expected + 1.0)
        total = np.bincount(book.customer, growth * np.where(book.disputed, factor, 1.0), customers)

        def against(log_variance, total=total):
            k = np.exp(-log_variance)
            return -np.sum(gammaln(payments + k) - gammaln(k) + k * np.log(k) - (payments + k) * np.log(total + k))

        variance = float(np.exp(minimize_scalar(against, bounds=(np.log(1e-4), np.log(20.0)), method="bounded").x))
        payer = (payments + 1 / variance) / (total + 1 / variance)
        # The scale of payer types and of the base are told apart only by the prior's mean of 1; holding to it makes EM quick.
        payer = payer / payer.mean()
        if np.abs(payer / before - 1).max() < TOLERANCE:
            break
        before = payer
    score = exact.normal_quantile(np.clip(np.exp(-growth * payer[book.customer] * np.where(book.disputed, factor, 1.0)), 1e-6, 1 - 1e-6))
    return Fit(
        base=base, payer=payer, payer_sd=np.sqrt(payments + 1 / variance) / (total + 1 / variance), payments=payments,
        frailty=variance, dispute_factor=float(factor), mood=_mood(book, event, score),
    )  # fmt: skip


def _mood(book, event, score):
    """Correlation of consecutive normal scores of one customer's invoices, its mean removed; 0 where there are too few."""
    counts = np.maximum(np.bincount(book.customer[event]), 1)
    score = score[event] - (np.bincount(book.customer[event], score[event]) / counts)[book.customer[event]]
    order = np.lexsort((book.issued[event], book.customer[event]))
    score, who = score[order], book.customer[event][order]
    pairs = who[1:] == who[:-1]
    if pairs.sum() < 100 or min(score[:-1][pairs].std(), score[1:][pairs].std()) < 1e-6:
        return 0.0
    return float(np.clip(np.corrcoef(score[:-1][pairs], score[1:][pairs])[0, 1], 0.0, 0.9))


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
