"""What a forecast must beat: the segment's average, each customer's own history resampled, exponential smoothing."""

import numpy as np

from arsim.study.curves import AGES, HIGH, LOW, SEGMENTS, SMALL, segments
from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast, within

NAMES = ("segment", "own", "smoothing")
LEAST = 3  # payments before a customer's own history is used
ALPHA = 0.2  # weight of the latest payment where days late are smoothed
STUCK = 1 / 7  # chance a day to be paid for what is older than everything seen
GRID = np.arange(0.05, 1.0, 0.05)


def tables(book: Invoices, customers: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each baseline the distribution of days late, as cumulative shares by row and age, and the row of each invoice of `book`.

    Only what was paid by ``book.last`` is looked at, as one does who averages a list of paid invoices. Rows beyond the customers are
    the segments; an empty segment shows the whole ledger's payments.
    """
    small = float(np.quantile(book.amount, SMALL)) if len(book.amount) else 0.0
    seg, paid = segments(book, small), book.paid >= 0
    late = np.clip(book.paid - book.due, LOW, HIGH)[paid] - LOW
    whole = np.bincount(late, minlength=AGES) + 1e-9
    by_segment = np.bincount(seg[paid] * AGES + late, minlength=SEGMENTS * AGES).reshape(SEGMENTS, AGES).astype(float)
    by_segment[by_segment.sum(1) < LEAST] = whole
    own = np.bincount(book.customer[paid] * AGES + late, minlength=customers * AGES).reshape(customers, AGES).astype(float)
    rows = np.concatenate([own, by_segment])
    cumulated = np.cumsum(rows, axis=1)
    cumulated /= np.maximum(cumulated[:, -1:], 1)
    known = own.sum(1) >= LEAST
    own_row = np.where(known[book.customer], book.customer, customers + seg)
    smooth, row = _smoothed(book, paid, customers, seg)
    return {"segment": (cumulated, customers + seg), "own": (cumulated, own_row), "smoothing": (smooth, row)}


def _smoothed(book, paid, customers, seg):
    """Exponentially smoothed days late of each customer, with a normal spread as large as its smoothed squared error."""
    from scipy.special import ndtr

    order = np.lexsort((book.paid[paid], book.customer[paid]))
    who, late = book.customer[paid][order], np.clip(book.paid - book.due, LOW, HIGH)[paid][order].astype(float)
    counts = np.bincount(who, minlength=customers)
    back = np.cumsum(counts)[who] - 1 - np.arange(len(who))  # how many payments of the customer came later
    weight = np.maximum((1 - ALPHA) ** np.minimum(back, 400), 1e-12)
    total = np.bincount(who, weight, customers)
    mean = np.divide(
        np.bincount(who, weight * late, customers), total, out=np.full(customers, late.mean() if len(late) else 0.0), where=total > 0
    )
    square = np.bincount(who, weight * (late - mean[who]) ** 2, customers)
    usual = np.var(late - mean[who]) + 0.25 if len(late) else 1.0
    spread = np.sqrt((square + usual) / (total + 1))
    wide = np.append(mean, late.mean() if len(late) else 0.0), np.append(spread, late.std() + 0.5 if len(late) else 1.0)
    age = np.arange(LOW, HIGH + 1)
    return ndtr((age + 0.5 - wide[0][:, None]) / wide[1][:, None]), np.where(counts[book.customer] >= LEAST, book.customer, customers)


def foretell(table: np.ndarray, row: np.ndarray, book: Invoices, which: np.ndarray, origin: int, days: int, rest: np.ndarray,
             closed_by: int | None = None, even: bool = False) -> Forecast:  # fmt: skip
    """The forecast of one baseline, given that it has not come by the end of day `origin`; what falls on a rest day comes after it.

    If `even`, half of that comes before it: days late that were counted on payments made after rest days are not put off again.
    """
    start = np.maximum(book.issued[which], origin + 1)
    day = start[:, None] + np.arange(days)
    age = np.clip(day - book.due[which][:, None], LOW, HIGH) - LOW
    before = np.clip(start - 1 - book.due[which], LOW - 1, HIGH) - LOW
    gone = np.where(before >= 0, table[row, np.maximum(before, 0)], 0.0)[:, None]
    stuck = gone > 1 - 1e-6
    chance = np.where(
        stuck, 1 - (1 - STUCK) ** np.arange(1, days + 1), np.divide(table[row[:, None], age] - gone, np.maximum(1 - gone, 1e-6))
    )
    closed = rest[np.minimum(day, len(rest) - 1)]
    held = np.maximum.accumulate(np.where(closed, 0.0, chance), axis=1)
    if even:
        column = np.arange(days)
        # The last column before the next open one: the open day itself, or the end of the rest days after it.
        ahead = np.minimum.accumulate(np.where(closed, days, column)[:, ::-1], axis=1)[:, ::-1]
        until = np.concatenate([ahead[:, 1:], np.full((len(day), 1), days)], axis=1) - 1
        held = (held + np.maximum.accumulate(np.where(closed, 0.0, np.take_along_axis(chance, until, 1)), axis=1)) / 2
    held = held.astype(np.float32)
    return Forecast(which, start, held if closed_by is None else within(held, closed_by - start))


def smoothing(weekly: np.ndarray) -> tuple[float, float, float]:
    """Simple exponential smoothing of weekly cash: the next week, its standard error, and the weight that would have erred least.

    >>> smoothing(np.array([5.0, 5.0, 5.0, 5.0]))[:2]
    (5.0, 0.0)
    """
    best = None
    for alpha in GRID.tolist():
        level, errors = float(weekly[: min(4, len(weekly))].mean()), []
        for value in weekly.tolist():
            errors.append(value - level)
            level += alpha * (value - level)
        square = float(np.mean(np.square(errors)))
        if best is None or square < best[3]:
            best = (level, square**0.5, alpha, square)
    return best[:3]
