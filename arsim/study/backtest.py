"""Belief: fitted on what was known on a day, the model foretells what came after it, beside three simple methods.

Two views. *Rolling*: on the last day of every week everything is learnt again from what is known then; each invoice issued in the week
after is foretold, and so is that week's cash, with the orders of the week taken as known. *At once*: everything is foretold on the day of
the split, with the orders issued later taken as known but nothing of what was paid. Invoices open on the day of a forecast are foretold
given that they have lasted so long. Nobody's forecast knows a payment made after its day.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem
from arsim.study import baselines, scored, traits
from arsim.study.crps import crps
from arsim.study.curves import Curves, Fading, fit_curves
from arsim.study.estimate import invoices
from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast, drawn, foretell
from arsim.study.moods import Moods, courses, moods, scores
from arsim.study.scored import WEEK, Span

METHODS = ("model", *baselines.NAMES)
LEVELS = (0.5, 0.8, 0.95)
LEAST_BEFORE, LEAST_AFTER = 200, 50  # payments before the split, invoices after it
MONTHS_AHEAD = 4
DAYS = 260  # a forecast reaches so far
COURSES = 400
REHEARSAL = 56  # days before the split on which the model tries itself out
FADINGS = tuple(Fading(customer=half, mood=mood) for half in (120.0, 240.0, 800.0) for mood in (8.0, 1e6))
OWN = (0.0, 0.1, 0.2)


@dataclass(frozen=True, eq=False)
class Method:
    """How one method fared.

    Parameters
    ----------
    crps : float
        Mean score of days late of the invoices issued after the split, in days.
    cash : ndarray of float, shape (weeks,)
        Expected cash by week, fen.
    late : float
        Share of the invoices paid after the due date.
    quantiles : tuple of float
        Days late within which 50, 90 and 95 % of the invoices are paid.
    dso, overdue : ndarray of float, shape (month-ends,)
        Days (balance ÷ sales of 90 days × 90), and share of the balance.
    ageing : ndarray of float, shape (month-ends, 5)
        Share of the balance by days past due: not due, 1–30, 31–60, 61–90, more.
    """

    crps: float
    cash: np.ndarray
    late: float
    quantiles: tuple[float, ...]
    dso: np.ndarray
    overdue: np.ndarray
    ageing: np.ndarray


@dataclass(frozen=True, eq=False)
class View:
    """One view: what came, every method's forecast, the model's intervals of weekly cash, shape (levels, 2, weeks)."""

    truth: Method
    methods: dict[str, Method]
    bands: np.ndarray

    def coverage(self) -> tuple[float, ...]:
        """Share of the weeks whose cash fell into the interval, by level."""
        came = self.truth.cash
        return tuple(float(np.mean((low <= came) & (came <= high))) for low, high in self.bands)

    def cash_error(self, method: str) -> float:
        """Mean absolute error of weekly cash, as a share of mean weekly cash."""
        came = self.truth.cash
        return float(np.abs(self.methods[method].cash - came).mean() / came.mean())

    def beaten(self) -> bool:
        """Whether the model's cash error and score are below all three baselines'."""
        mine = (self.cash_error("model"), self.methods["model"].crps)
        return all(mine[0] < self.cash_error(name) and mine[1] < self.methods[name].crps for name in baselines.NAMES)


@dataclass(frozen=True, eq=False)
class Backtest:
    """A forecast put to the test.

    Parameters
    ----------
    ledger : Ledger
    split, until : datetime64[D]
        Last day known to the fit, last day foretold.
    before, after : int
        Payments known at the split; invoices issued after it.
    closed_only : bool
        The file holds paid invoices only; forecasts are conditional on being paid by its last day.
    rolling, at_once : View
    moods : Moods
    fading : Fading
    curves : Curves
        As learnt on the day of the split.
    """

    ledger: Ledger
    split: np.datetime64
    until: np.datetime64
    before: int
    after: int
    closed_only: bool
    month_ends: tuple[np.datetime64, ...]
    rolling: View
    at_once: View
    moods: Moods
    fading: Fading
    curves: Curves


def known(book: Invoices, day: int) -> Invoices:
    """The book as it stood at the end of `day`."""
    there = book.issued <= day
    paid = np.where((book.paid >= 0) & (book.paid <= day), book.paid, -1)
    return Invoices(book.customer[there], book.issued[there], book.due[there], paid[there], book.amount[there], book.disputed[there], day)


@dataclass(frozen=True, eq=False)
class _Setting:
    """What stays the same over the days of forecast."""

    book: Invoices
    customers: int
    rest: np.ndarray
    first_weekday: int
    closed_by: int | None
    complete: int = 0  # day of issue from which the file holds everything; what is older is in it only because it was paid late

    def learnt(self, day: int, fading: Fading) -> Curves:
        then = known(self.book, day)
        then = _taken(then, np.flatnonzero(then.issued >= self.complete))
        masks = traits.run_days(then, self.first_weekday, self.customers)
        return fit_curves(then, self.customers, self.rest, self.first_weekday, masks, fading)

    def forecasts(self, curves: Curves, which: np.ndarray, day: int, own: float) -> dict[str, Forecast]:
        """Of the model and of the baselines that tell of single invoices."""
        found, (history, simple) = foretell(curves, self.book, which, day, DAYS, self.closed_by), self.simple(which, day)
        return {"model": mixed(found, history, own), "history": history, **simple}

    def simple(self, which: np.ndarray, day: int) -> tuple[Forecast, dict[str, Forecast]]:
        """Each customer's own history, as far as it is mixed into the model, and the baselines."""
        there = np.flatnonzero(self.book.issued <= day)
        then = known(self.book, day)
        place = np.concatenate([there, which[self.book.issued[which] > day]])
        # Rows are asked for all invoices foretold, payments are of those known.
        wide = replace(_taken(self.book, place), paid=np.concatenate([then.paid, np.full(len(place) - len(there), -1)]))
        where = np.full(len(self.book.amount), -1)
        where[place] = np.arange(len(place))
        tables = {name: (table, row[where[which]]) for name, (table, row) in baselines.tables(wide, self.customers).items()}
        rest = (self.book, which, day, DAYS, self.rest, self.closed_by)
        return baselines.foretell(*tables["own"], *rest, even=True), {
            name: baselines.foretell(*table, *rest) for name, table in tables.items()
        }

    def open_on(self, day: int) -> np.ndarray:
        book = self.book
        return np.flatnonzero((book.issued <= day) & ((book.paid < 0) | (book.paid > day)))

    def issued(self, first: int, last: int) -> np.ndarray:
        return np.flatnonzero((self.book.issued >= first) & (self.book.issued <= last))


def _taken(book, place):
    return Invoices(
        book.customer[place], book.issued[place], book.due[place], book.paid[place], book.amount[place], book.disputed[place], book.last
    )


def mixed(one: Forecast, other: Forecast, share: float) -> Forecast:
    """`share` of the other forecast in the one."""
    return replace(one, chance=(1 - share) * one.chance + np.float32(share) * other.chance) if share else one


def backtest(ledger: Ledger, split, months: int = MONTHS_AHEAD, seed: int = 1, progress: Callable[[float], None] | None = None) -> Backtest:
    """Fit on what was known at the end of day `split`; foretell the `months` after it.

    Parameters
    ----------
    ledger : Ledger
    split : date
    months : int
        How many months after the split are foretold, as far as the ledger goes.
    seed : int
        Of the courses behind the intervals.
    progress : callable, optional
        Told the share done.

    Raises
    ------
    BadInput
        If there is too little before or after the split.
    """
    names = {name: place for place, name in enumerate(sorted(set(ledger.customer)))}
    book, first = invoices(ledger, names), ledger.issued.min()
    day = int((np.datetime64(split) - first).astype(int))
    span = _span(first, day, book.last, months)
    before, after = int(((book.paid >= 0) & (book.paid <= day)).sum()), int(((book.issued > day) & (book.issued <= span.last)).sum())
    _enough(ledger, split, before, after, span)
    open_days = traits.payment_calendar(ledger.known_on(np.datetime64(split).item()))
    rest = ~traits.calendar_of(open_days, ledger, book.last + DAYS + 400).open
    closed_only = not (book.paid < 0).any()
    complete = int((traits.complete_from(ledger.known_on(np.datetime64(split).item())) - first).astype(int))
    setting = _Setting(book, len(names), rest, first.item().weekday(), book.last if closed_only else None, complete)
    fading, found = _rehearsed(setting, day, seed)
    number = COURSES if len(names) < 5000 else 100
    dealt = courses(found, len(names), max(0, day - 150), span.last, number, seed)
    at_once, curves = _at_once(setting, span, day, fading, dealt)
    rolling = _rolling(setting, span, day, fading, dealt, progress)
    return Backtest(
        ledger, np.datetime64(split), first + np.timedelta64(span.last, "D"), before, after, closed_only,
        tuple(first + np.timedelta64(end, "D") for end in span.month_ends), rolling, at_once, found, fading, curves,
    )  # fmt: skip


def _span(first, day, last, months):
    until = (first + np.timedelta64(day, "D")).astype("datetime64[M]") + np.timedelta64(months, "M")
    inside = (first + np.timedelta64(day, "D")) - (first + np.timedelta64(day, "D")).astype("datetime64[M]")
    end = min(int((until.astype("datetime64[D]") + inside - first).astype(int)), last)
    # Whole weeks, so many that the last month-end is among them where the ledger goes so far.
    whole = -(-(end - day) // WEEK) * WEEK
    end = day + (whole if day + whole <= last else (end - day) // WEEK * WEEK)
    ends, month = [], (first + np.timedelta64(day, "D")).astype("datetime64[M]") + np.timedelta64(1, "M")
    while (place := int((month.astype("datetime64[D]") - first).astype(int)) - 1) <= end:
        if place > day:
            ends.append(place)
        month += np.timedelta64(1, "M")
    return Span(day + 1, end, tuple(ends))


def _enough(ledger, split, before, after, span):
    if before < LEAST_BEFORE or after < LEAST_AFTER or span.weeks < 4 or not span.month_ends:
        raise BadInput(
            Problem(
                "Around this day the ledger is too thin for a backtest: {before} payments before, {after} invoices in {weeks} weeks after.",
                "Choose a day with {least_before} payments or more before it, {least_after} invoices or more and a month-end after it.",
                file=ledger.source, value=str(split),
                values={"before": before, "after": after, "weeks": max(0, span.weeks), "least_before": LEAST_BEFORE,
                        "least_after": LEAST_AFTER},
            )
        )  # fmt: skip


def _rehearsed(setting, day, seed):
    """What fades how fast, and how invoices go together: learnt from a forecast made before the split of what came before the split."""
    back = day - REHEARSAL
    then = known(setting.book, day)
    if ((then.paid >= 0) & (then.paid <= back)).sum() < LEAST_BEFORE or (then.issued > back).sum() < LEAST_BEFORE:
        return Fading(), Moods()
    trial = replace(setting, book=then, closed_by=None)
    best, nearest, kept = None, np.inf, None
    which = trial.issued(back + 1, day)
    for fading in FADINGS:
        both = trial.forecasts(trial.learnt(back, fading), which, back, 0.0)
        for own in OWN:
            forecast = mixed(both["model"], both["history"], own)
            came = np.where(then.paid[which] >= 0, then.paid[which] - forecast.start, DAYS)
            score = float(crps(forecast.chance, came, day - forecast.start).mean())
            if score < nearest:
                best, nearest, kept = replace(fading, own=own), score, forecast
    score = scores(kept, then, np.random.default_rng(seed))
    return best, moods(score, then.customer[which], then.issued[which])


def _at_once(setting, span, day, fading, dealt):
    book = setting.book
    which = np.concatenate([setting.open_on(day), setting.issued(day + 1, span.last)])
    fresh = book.issued[which] > day
    curves = setting.learnt(day, fading)
    forecasts = setting.forecasts(curves, which, day, fading.own)
    del forecasts["history"]
    known_weeks = _weekly(book, day)
    flat, error, _ = baselines.smoothing(known_weeks)
    methods = {name: _method(forecast, book, fresh, span) for name, forecast in forecasts.items()}
    methods["smoothing"] = replace(methods["smoothing"], cash=np.full(span.weeks, flat))
    path = scored.paths(drawn(forecasts["model"], dealt.luck(book, which)), book.amount[which], span)
    return View(_truth(book, which, fresh, span), methods, _bands(path)), curves


def _rolling(setting, span, day, fading, dealt, progress):
    book, pieces, cash_of, bands = setting.book, {name: [] for name in METHODS}, {name: [] for name in METHODS}, []
    for week in range(span.weeks):
        today = day + WEEK * week
        new, old = setting.issued(today + 1, today + WEEK), setting.open_on(today)
        which, one = np.concatenate([old, new]), Span(today + 1, today + WEEK, ())
        forecasts = setting.forecasts(setting.learnt(today, fading), which, today, fading.own)
        kept = np.arange(len(which)) >= (len(old) if week else 0)  # the book of the split is foretold once, on that day
        for name in METHODS:
            forecast = forecasts[name]
            pieces[name].append(Forecast(forecast.which[kept], forecast.start[kept], forecast.chance[kept]))
            cash_of[name].append(float(scored.cash(forecast, book, one)[0]))
        cash_of["smoothing"][-1] = baselines.smoothing(_weekly(book, today))[0]
        path = scored.paths(drawn(forecasts["model"], dealt.luck(book, which)), book.amount[which], one)
        bands.append(_bands(path)[:, :, 0])
        if progress:
            progress((week + 1) / span.weeks)
    methods = {}
    for name, parts in pieces.items():
        whole = Forecast(*(np.concatenate([getattr(part, column) for part in parts]) for column in ("which", "start", "chance")))
        fresh = book.issued[whole.which] > day
        methods[name] = replace(_method(whole, book, fresh, span), cash=np.array(cash_of[name]))
    return View(_truth(book, whole.which, fresh, span), methods, np.stack(bands, axis=2))


def _weekly(book, day):
    """Cash by week up to `day`, oldest first; the book's first weeks, in which little falls due yet, are left out."""
    paid = (book.paid >= 0) & (book.paid <= day)
    back = (day - book.paid[paid]) // WEEK
    cash = np.bincount(back, book.amount[paid].astype(float))[: max(8, (day - 45) // WEEK)]
    return cash[::-1]


def _bands(path):
    return np.stack([np.quantile(path, [(1 - level) / 2, (1 + level) / 2], axis=1) for level in LEVELS])


def _method(forecast, book, fresh, span):
    new = Forecast(forecast.which[fresh], forecast.start[fresh], forecast.chance[fresh])
    paid = book.paid[new.which]
    came = np.where(paid >= 0, paid - new.start, forecast.chance.shape[1])
    curve = scored.lateness(new, book)
    ends = np.array(span.month_ends)
    balance, aged = scored.standing(forecast, book, ends)
    return _figures(
        float(crps(new.chance, came, book.last - new.start).mean()), scored.cash(forecast, book, span), curve, balance, aged, book, ends
    )


def _truth(book, which, fresh, span):
    edges = (book.paid[which] >= span.first) & (book.paid[which] <= span.first + WEEK * span.weeks - 1)
    cash = np.bincount((book.paid[which][edges] - span.first) // WEEK, book.amount[which][edges].astype(float), span.weeks)
    ends = np.array(span.month_ends)
    balance, aged = scored.truly(book, which, ends)
    return _figures(0.0, cash, scored.observed_lateness(book, which[fresh]), balance, aged, book, ends)


def _figures(score, cash, curve, balance, aged, book, ends):
    return Method(
        crps=score, cash=cash, late=float(1 - curve[-scored.LOW]),
        quantiles=tuple(scored.quantile(curve, share) for share in scored.QUANTILES),
        dso=balance / scored.sales(book, ends) * scored.DSO_DAYS, overdue=aged[:, 1:].sum(1) / balance, ageing=aged / balance[:, None],
    )  # fmt: skip
