"""Each customer's own payment curve, as far as its payments show one: the chance per day to be paid, by age relative to the due date.

The curve is the segment's, times factors of the customer: one for its pace, one for each period around the due date, one for each single
day of age, and one for its latest payments. The less is known of a customer, the more they are drawn to 1, and those of the periods to
what its kind of customer does. Last comes what all customers' latest payments show: whether they have become faster or slower. On rest
days, and on weekdays on which the customer runs no payments, readiness gathers and leaves with the next run; some customers look ahead
instead, and their ages count from the run before the due date. Old observations fade. All this is readiness *as observed*: the effects
of what was done about the invoices at the time are in it.
"""

from dataclasses import dataclass, replace

import numpy as np

from arsim.study.cells import last_run, looks_ahead, watch
from arsim.study.facts import Invoices

LOW, HIGH = -130, 200  # ages known one by one; older ones share the last rate
AGES = HIGH - LOW + 1
PERIODS = np.searchsorted([-45, -25, -14, -7, -2, 0, 1, 4, 8, 15, 29, 61], np.arange(LOW, HIGH + 1), side="right")
TERMS = (7, 12, 20, 40, 70)  # days; bounds of the segments by terms
SMALL = 0.2  # the smallest fifth of the invoices are a segment of their own
SIZES = (10, 50, 250)  # payments; bounds of the classes of customers whose factors have a mean of their own
STRETCHES, SHIFT = (0, 3), 42.0  # ages that part the stretches that move together; days after which a move weighs a half
KINDS, TURNS = 6, 12  # kinds of customer; turns in which they are learnt
ROUNDS = 8
PRIOR_SEGMENT = 20.0  # payments: how many a segment's rate at one age must see to be believed as much as the whole ledger's


@dataclass(frozen=True)
class Fading:
    """How fast what was seen loses weight, and what weighs how much.

    Parameters
    ----------
    customer, recent : float
        Days after which an observation weighs a half: for the curves, and for the latest mood.
    mood : float
        How many expected payments weigh as much as knowing nothing of the latest mood.
    own : float
        Weight of the customer's plain history of days late beside its curve.
    level : float
        How many expected payments weigh as much as knowing nothing of a change of all customers' pace.
    """

    customer: float = 240.0
    recent: float = 21.0
    mood: float = 8.0
    own: float = 0.2
    level: float = 150.0


@dataclass(frozen=True, eq=False)
class Curves:
    """Rates of payment by customer and age, and what turns them into days.

    Parameters
    ----------
    segment : ndarray of float, shape (segments, AGES)
        Readiness per day of each segment.
    own : ndarray of float, shape (customers, AGES)
        Factors of the customers.
    weekday : ndarray of float, shape (customers, 7)
        Factors of the days of the week, Monday first; 0 on those without a payment run.
    rest : ndarray of bool
        Rest days, of the days from the ledger's first on, as many as were asked for.
    first_weekday : int
    small : float
        Amount at or below which an invoice counts as small, in fen.
    pace, recent, spread : ndarray of float, shape (customers,)
        Factor of the customer's pace, of its latest payments, and the relative standard deviation of the pace.
    kappa : dict of str to float
        How many expected payments weigh as much as the prior, by kind of factor.
    ahead : ndarray of bool, shape (customers,)
        Who pays what falls due between two of its runs with the earlier one.
    last, place : ndarray of int
        As by `arsim.study.cells.last_run`.
    """

    segment: np.ndarray
    own: np.ndarray
    weekday: np.ndarray
    rest: np.ndarray
    first_weekday: int
    small: float
    pace: np.ndarray
    recent: np.ndarray
    spread: np.ndarray
    kappa: dict[str, float]
    ahead: np.ndarray
    last: np.ndarray
    place: np.ndarray

    def reckoned(self, book: Invoices, which) -> np.ndarray:
        """The day from which the age of the invoices `which` is counted; shape (n,).

        The due date; where a customer looks ahead, its last payment run up to that.
        """
        return _reckoned(book, which, self.ahead, self.last, self.place)


def _reckoned(book, which, ahead, last, place):
    who, due = book.customer[which], book.due[which]
    before = last[place[who], np.clip(due, 0, last.shape[1] - 1)]
    return np.where(ahead[who] & (before >= 0) & (due - before < 10), before, due)


def segments(book: Invoices, small: float, which=slice(None)) -> np.ndarray:
    """Segment of each invoice: class of terms, and whether it is small."""
    return np.searchsorted(TERMS, (book.due - book.issued)[which], side="left") * 2 + (book.amount[which] <= small)


SEGMENTS = 2 * (len(TERMS) + 1)


def fit_curves(
    book: Invoices, customers: int, rest: np.ndarray, first_weekday: int, masks: np.ndarray, fading: Fading = Fading()
) -> Curves:
    """Learn the curves from what is known on day ``book.last``; `masks` are the weekdays of each customer's payment runs."""
    small = float(np.quantile(book.amount, SMALL)) if len(book.amount) else 0.0
    seg = segments(book, small)
    pairs, pair = np.unique(book.customer * SEGMENTS + seg, return_inverse=True)
    who, kind = pairs // SEGMENTS, pairs % SEGMENTS
    last, place = last_run(rest, first_weekday, masks)
    ahead = looks_ahead(book, customers, last, place)
    due = _reckoned(book, slice(None), ahead, last, place)
    seen_of = watch(book, due, pair, len(pairs), rest, first_weekday, masks, fading.customer, LOW, HIGH)
    paid_by, paid_kind = book.customer[seen_of.paid][:, None], seg[seen_of.paid][:, None]
    seen = seen_of.cells(np.ones(seen_of.age.shape))
    size = np.searchsorted(SIZES, np.bincount(book.customer, book.paid >= 0, customers))
    kappa, own = {}, np.ones((customers, AGES))
    pace, period, single = np.ones(customers), np.ones((customers, PERIODS[-1] + 1)), np.ones((customers, AGES))
    for _ in range(ROUNDS):
        exposed = seen.exposed * own[who]
        base = _smooth(seen.paid.sum(0), exposed.sum(0))
        by_kind = (_sums(kind, seen.paid, SEGMENTS), _sums(kind, exposed, SEGMENTS))
        rate = base * _drawn(*by_kind, base, PRIOR_SEGMENT)
        expected = _sums(who, seen.exposed * rate[kind], customers)
        paid = _sums(who, seen.paid, customers)
        pace, kappa["pace"] = _factor(paid.sum(1), (expected * period[:, PERIODS] * single).sum(1))
        around = np.zeros((AGES, PERIODS[-1] + 1))
        around[np.arange(AGES), PERIODS] = 1.0
        got, hoped = paid @ around, (expected * pace[:, None] * single) @ around
        period, kappa["period"] = _factor(got, hoped, _usual(got, hoped, kappa.get("period", 2.0), size))
        single, kappa["single"] = _factor(paid, expected * pace[:, None] * period[:, PERIODS])
        own = pace[:, None] * period[:, PERIODS] * single
        seen = seen_of.cells(rate[paid_kind, seen_of.age] * own[paid_by, seen_of.age])
    level = _level(watch(book, due, pair, len(pairs), rest, first_weekday, masks, SHIFT, LOW, HIGH), rate, own, who, kind, fading.level)
    own = own * level
    late = watch(book, due, pair, len(pairs), rest, first_weekday, masks, fading.recent, LOW, HIGH).cells(
        rate[paid_kind, seen_of.age] * own[paid_by, seen_of.age]
    )
    hoped = _sums(who, (late.exposed * (rate[kind] * own[who])).sum(1), customers)
    got = _sums(who, late.paid.sum(1), customers)
    recent = (got + fading.mood) / (hoped + fading.mood)
    spread = 1 / np.sqrt(paid.sum(1) + kappa["pace"])
    made = Curves(
        rate, own * recent[:, None], _open_days(masks), rest, first_weekday, small, pace, recent, spread, kappa, ahead, last, place
    )
    return replace(made, weekday=_weekdays(made, book, customers, masks, fading))


def _level(watched, rate, own, who, kind, prior):
    """Factor of all customers' latest payments at each age, in three stretches: before the due date, about it, after it."""
    by, of = who[watched.group[watched.paid]][:, None], kind[watched.group[watched.paid]][:, None]
    late = watched.cells(rate[of, watched.age] * own[by, watched.age])
    got, hoped = late.paid.sum(0), (late.exposed * (rate[kind] * own[who])).sum(0)
    stretch = np.searchsorted(STRETCHES, np.arange(LOW, HIGH + 1), side="right")
    return ((np.bincount(stretch, got) + prior) / (np.bincount(stretch, hoped) + prior))[stretch]


def _open_days(masks):
    return ((masks[:, None] >> np.arange(7)) & 1).astype(float)


def _sums(place, values, size):
    """Rows of `values` summed up by `place`."""
    if values.ndim == 1:
        return np.bincount(place, values, size)
    order = np.argsort(place, kind="stable")
    found, starts = np.unique(place[order], return_index=True)
    out = np.zeros((size, values.shape[1]), values.dtype)
    if len(found):
        out[found] = np.add.reduceat(values[order], starts, axis=0)
    return out


LEAST = 12.0  # payments behind a rate before ages stop sharing it


def _smooth(paid, exposed):
    """Rates by age; ages share one until it has `LEAST` payments."""
    closes, seen = np.zeros(len(paid), bool), 0.0
    for age, count in enumerate(paid.tolist()):
        if count >= LEAST and age:
            closes[age - 1], seen = True, 0.0
        seen += count
        if seen >= LEAST:
            closes[age], seen = True, 0.0
    bins = np.concatenate([[0], np.cumsum(closes)[:-1]])
    d, e = np.bincount(bins, paid), np.bincount(bins, exposed)
    return ((d + 1e-3) / (e + 1.0))[bins]


def _drawn(paid, exposed, base, prior):
    expected = exposed * base
    return (paid + prior) / (expected + prior)


def _factor(paid, expected, mean=1.0):
    """Factors drawn to their mean, and how strongly: by the marginal likelihood of payments that are Poisson with a gamma factor."""
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    d, e = paid.ravel(), (expected * mean).ravel()
    known = e > 0.02
    a, b = d[known], e[known]
    if len(a) > 60_000:
        step = len(a) // 60_000 + 1
        a, b = a[::step], b[::step]

    def against(log_kappa):
        k = np.exp(log_kappa)
        return -np.sum(gammaln(a + k) - gammaln(k) + k * np.log(k) - (a + k) * np.log(b + k))

    kappa = float(np.exp(minimize_scalar(against, bounds=(np.log(0.1), np.log(1e4)), method="bounded").x)) if len(a) else 1.0
    return ((d + kappa) / (e + kappa)).reshape(paid.shape) * mean, kappa


def _usual(paid, expected, kappa, size):
    """What factors to expect of each customer: those of the kinds of customer it may be, by how well each explains its payments.

    Kinds are learnt together with who belongs to them (a mixture of Poisson rates, by expectation and maximisation), one customer counting
    hardly more than another: else the few large ones would speak for all of whom little is known. How common a kind is depends on size.
    """
    customers, classes = len(paid), len(SIZES) + 1
    counted = kappa / (expected + kappa)  # payments of large customers count less
    d, e = paid * counted, expected * counted
    whole = (d.sum(0) + 5) / (e.sum(0) + 5)
    early = np.log((d + whole) / (e + 1) / whole) @ np.ones(paid.shape[1])
    rank = np.argsort(np.argsort(early, kind="stable")) * KINDS // max(1, customers)
    belongs = 0.1 / KINDS + 0.9 * np.eye(KINDS)[rank]
    for _ in range(TURNS):
        factor = (belongs.T @ d + 5 * whole) / (belongs.T @ e + 5)
        common = np.stack([belongs[size == one].sum(0) + 2 * belongs.mean(0) for one in range(classes)])
        common /= np.maximum(common.sum(1, keepdims=True), 1e-12)
        likely = np.log(common[size] + 1e-12) + d @ np.log(factor).T - e @ factor.T
        belongs = np.exp(likely - likely.max(1, keepdims=True))
        belongs /= belongs.sum(1, keepdims=True)
    return belongs @ factor


def _weekdays(curves, book, customers, masks, fading, most=30_000, prior=15.0):
    """Factors of the days of the week: the ledger's, and each customer's drawn to them."""
    from arsim.study.forecast import daily

    kept = np.arange(max(0, len(book.amount) - most), len(book.amount))
    weight = 0.5 ** ((book.last - book.issued[kept]) / fading.customer)
    paid, hoped = np.zeros((customers, 7)), np.zeros((customers, 7))
    until = np.where(book.paid[kept] >= 0, book.paid[kept], book.last)
    for part in np.array_split(kept, max(1, len(kept) // 4096)):
        place = part - kept[0]
        start = book.issued[part]
        hazard = daily(curves, book, part, start, 160)
        day = start[:, None] + np.arange(hazard.shape[1])
        watched = day <= until[place][:, None]
        week = (day + curves.first_weekday) % 7
        chance = -np.expm1(-hazard) * watched * weight[place][:, None]
        np.add.at(hoped, (np.repeat(book.customer[part], day.shape[1]), week.ravel()), chance.ravel())
    event = book.paid[kept] >= 0
    np.add.at(paid, (book.customer[kept][event], (book.paid[kept][event] + curves.first_weekday) % 7), weight[event])
    whole = (paid.sum(0) + 1) / (hoped.sum(0) + 1)
    factor = (paid + prior * whole) / (hoped + prior)
    return np.where(_open_days(masks) > 0, np.clip(factor, 0.05, 8.0), 0.0)
