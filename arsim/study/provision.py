"""The provision matrix: what to set aside for bad debt, by age."""

import numpy as np
from numpy.typing import ArrayLike

from arsim.domain.problem import BadInput, Problem
from arsim.model.evidence import constants


def course_rates() -> tuple[float, ...]:
    """Loss rates by age as the course teaches them, for the buckets of `arsim.study.book.BUCKETS`.

    1-30 days 1 %, 31-90 days 5 %, over 90 days 20 %; what is not yet due bears the model's own small rate. Cyclical or volatile
    industries take 1.2 to 1.5 times as much. Values, ranges and sources stand in ``data/behaviour.toml``; surveys of collection
    agencies imply 26-31 % for the oldest.

    Returns
    -------
    tuple of 5 float
        Shares.

    Examples
    --------
    >>> course_rates()[1:]
    (0.01, 0.05, 0.05, 0.2)
    """
    return tuple(constants()[f"price.provision_{age}"].value for age in ("current", "30", "60", "90", "over"))


def allowance_by_age(balances: ArrayLike, rates: ArrayLike | None = None, industry_factor: float = 1.0) -> np.ndarray:
    """Allowance of each bucket: balance × min(1, rate × industry factor). No bucket can lose more than it holds.

    Parameters
    ----------
    balances : array_like, shape (buckets,)
        Open balance by age, any unit, none negative.
    rates : array_like, shape (buckets,), optional
        Lifetime loss rate of each bucket, shares. Default: `course_rates`.
    industry_factor : float, default 1
        Multiplies every rate; above 0.

    Returns
    -------
    ndarray, shape (buckets,)
        Same unit as the balances.

    Raises
    ------
    BadInput
        If there is not one rate a bucket, a rate lies outside 0 to 1, a balance is negative, or the factor is not above 0.

    Notes
    -----
    IFRS 9, B5.5.35: the simplified approach. CAS 22 is the Chinese standard.

    Examples
    --------
    1,000 not yet due at 1 % and 200 old at 30 %, in an industry half as risky again:

    >>> allowance_by_age([1000, 200], [0.01, 0.3], 1.5).round(6)
    array([15., 90.])
    """
    balances = _vector(balances)
    rates = _vector(course_rates() if rates is None else rates)
    if len(balances) != len(rates):
        raise BadInput(
            Problem(
                "There are {balances} balances but {rates} rates.",
                "Give one rate for each bucket of the ageing.",
                values={"balances": len(balances), "rates": len(rates)},
            )
        )
    if not np.all((rates >= 0) & (rates <= 1)):
        raise BadInput(Problem("A loss rate lies outside 0 to 1.", "Write 5 % as 0.05."))
    if not np.all((balances >= 0) & np.isfinite(balances)):
        raise BadInput(
            Problem(
                "A bucket's balance is negative or missing.",
                "Move credit balances to advances from customers; write 0 for an empty bucket.",
            )
        )
    if not (np.isfinite(industry_factor) and industry_factor > 0):
        raise BadInput(
            Problem(
                "The industry factor is {given}.",
                "It must be above 0; cyclical industries take 1.2 to 1.5.",
                values={"given": industry_factor},
            )
        )
    return balances * np.minimum(1.0, rates * industry_factor)


def allowance(balances: ArrayLike, rates: ArrayLike | None = None, industry_factor: float = 1.0) -> float:
    """Allowance of the whole book: Σ balance × min(1, rate × industry factor).

    Parameters
    ----------
    balances, rates, industry_factor
        As in `allowance_by_age`.

    Returns
    -------
    float
        Same unit as the balances.

    Raises
    ------
    BadInput
        As `allowance_by_age`.

    Examples
    --------
    >>> round(allowance([1000, 200], [0.01, 0.3], 1.5), 6)
    105.0
    """
    return float(allowance_by_age(balances, rates, industry_factor).sum())


def _vector(given: ArrayLike) -> np.ndarray:
    try:
        vector = np.array(given, float)
    except (TypeError, ValueError):
        vector = np.array(np.nan)
    if vector.ndim != 1:
        raise BadInput(Problem("Balances and rates must be lists of numbers.", "Give one number for each bucket."))
    return vector
