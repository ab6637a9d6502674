"""Signs that a ledger was made up: what real business payments never show."""

import numpy as np

from arsim.study.facts import Invoices, weekday_shares

LEAST = 200  # payments before anything is said
SURE = 0.001  # chance below which payments are not uniform over the week
EVEN_AMOUNTS = 0.5  # skewness below which amounts lie symmetrically about their mean; real ones reach 3 and more


def signs(book: Invoices, first_weekday: int) -> tuple[str, ...]:
    """Which signs the book shows: ``weekdays`` (paid on all seven days of the week alike), ``amounts`` (they lie symmetrically).

    Both are tests of shape that a real ledger fails by far: banks rest on Sundays, and a few invoices are many times the usual one.
    """
    from scipy.stats import chi2, skew

    paid = book.paid[book.paid >= 0]
    if len(paid) < LEAST:
        return ()
    found = []
    # Invoices settled together are one payment.
    runs = np.unique(book.customer[book.paid >= 0] * 100_000 + paid) % 100_000
    expected = len(runs) / 7
    square = float(np.square(weekday_shares(runs, first_weekday) * len(runs) - expected).sum() / expected)
    if chi2.sf(square, 6) > SURE:
        found.append("weekdays")
    if abs(float(skew(book.amount))) < EVEN_AMOUNTS:
        found.append("amounts")
    return tuple(found) if "weekdays" in found else ()
