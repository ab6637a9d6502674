"""Intervals for what is estimated from a ledger: customers are left out group by group, and the estimates' moves tell their errors."""

from dataclasses import dataclass

import numpy as np

from arsim.model.population import ORIGIN
from arsim.study.facts import Invoices
from arsim.study.readiness import Fit, fit

GROUPS = 20
ROUNDS = 15  # of EM for each part left out
LEVEL = 0.90
PERIODS = ((-20, -8), (-7, -1), (0, 2), (3, 13), (14, 44))  # days past due
LEAST_CUSTOMERS = 10  # below it nothing is told of customers at large
LEAST_IN = 30  # payments in a period before its rate is told
LEAST_DISPUTES = 20


@dataclass(frozen=True)
class Figure:
    """An estimate with its interval of `LEVEL`; without one (nan) where data are too thin, and then `default` says what is used."""

    key: str
    value: float
    low: float
    high: float
    default: bool = False


def rate_key(period: tuple[int, int]) -> str:
    """Name of the readiness summed up over a period.

    >>> rate_key((-7, -1))
    'ready_-7_-1'
    """
    return f"ready_{period[0]}_{period[1]}"


def figures(book: Invoices, customers: int, gap: np.ndarray | None, found: Fit, days: int) -> dict[str, Figure]:
    """Estimates with intervals.

    Parameters
    ----------
    book : Invoices
    customers : int
    gap : ndarray or None
        As for `fit`.
    found : Fit
        Of the whole book.
    days : int
        Working days in the book, for orders a day.

    Returns
    -------
    dict of str to Figure
        ``ready_…`` (readiness summed over days past due) · ``frailty`` · ``dispute_factor`` · ``mood`` · ``orders`` (a working day and
        customer) · ``log_mean``, ``log_sd`` (of amounts, over all invoices) · ``dispute_rate``.
    """
    thin = _thin(book, customers)
    whole = values(book, found, customers, days)
    group = np.random.default_rng(1).permutation(customers) % min(GROUPS, customers)
    # A fit goes on for some rounds from the whole book's; the whole book's own goes on as long, or the difference would be the rounds'.
    further = values(book, fit(book, customers, gap, start=found, rounds=ROUNDS), customers, days)
    without = []
    for number in range(min(GROUPS, customers)):
        kept = group[book.customer] != number
        part = Invoices(
            book.customer[kept], book.issued[kept], book.due[kept], book.paid[kept], book.amount[kept], book.disputed[kept], book.last
        )
        again = fit(part, customers, None if gap is None else gap[kept], start=found, rounds=ROUNDS)
        without.append(values(part, again, int((group != number).sum()), days))
    return {key: _figure(key, value, further[key], np.array([one[key] for one in without]), key in thin) for key, value in whole.items()}


_LOGGED = ("ready", "frailty", "dispute_factor", "orders", "log_sd", "dispute_rate")  # on whose logarithm errors are even

_BENT = ("frailty", "log_sd", "ready")  # corrected for the bias of small samples


def _figure(key, value, further, others, thin):
    from scipy.stats import t

    if thin or len(others) < 3:
        return Figure(key, value, np.nan, np.nan, default=True)
    logged = key.startswith(_LOGGED) and value > 0 and further > 0 and (others > 0).all()
    centre, further, moved = (np.log(value), np.log(further), np.log(others)) if logged else (value, further, others)
    size = len(moved)
    if key.startswith(_BENT):
        # A variance learnt from few customers comes out too small, and what is left out of a part shows by how much.
        centre = centre + (size - 1) * (further - moved.mean())
        value = float(np.exp(centre)) if logged else float(centre)
    error = float(np.sqrt((size - 1) / size * np.square(moved - moved.mean()).sum()))
    wide = t.ppf((1 + LEVEL) / 2, size - 1) * error
    ends = np.array([centre - wide, centre + wide])
    low, high = np.exp(ends) if logged else ends
    return Figure(key, value, float(low), float(high))


def values(book: Invoices, found: Fit, customers: int, days: int) -> dict[str, float]:
    """The estimates alone, as `figures` names them, before the correction for small samples."""
    summed = {rate_key((low, high)): float(found.base[ORIGIN + low : ORIGIN + high + 1].sum()) for low, high in PERIODS}
    logs = np.log(book.amount)
    return {
        **summed, "frailty": found.frailty, "dispute_factor": found.dispute_factor, "mood": found.mood,
        "orders": len(book.amount) / max(1, customers * days), "log_mean": float(logs.mean()), "log_sd": float(logs.std()),
        "dispute_rate": float(book.disputed.mean()),
    }  # fmt: skip


def _thin(book, customers):
    """What the data are too thin for."""
    late = (book.paid - book.due)[book.paid >= 0]
    few = {rate_key((low, high)) for low, high in PERIODS if ((late >= low) & (late <= high)).sum() < LEAST_IN}
    if customers < LEAST_CUSTOMERS:
        few |= {"frailty", "orders", "log_mean", "log_sd"}
    if (book.disputed & (book.paid >= 0)).sum() < LEAST_DISPUTES:
        few |= {"dispute_factor", "dispute_rate"}
    if len(late) < 200:
        few.add("mood")
    return few


def payer_intervals(found: Fit) -> tuple[np.ndarray, np.ndarray]:
    """Interval of each customer's payer type, from its gamma posterior; shapes (customers,)."""
    from scipy.stats import gamma

    shape = np.square(found.payer / np.maximum(found.payer_sd, 1e-12))
    scale = found.payer / shape
    return gamma.ppf((1 - LEVEL) / 2, shape, scale=scale), gamma.ppf((1 + LEVEL) / 2, shape, scale=scale)
