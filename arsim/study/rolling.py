"""The rolling view: on the last day of every week everything is learnt again, and foretold as one would have on that day."""

from collections.abc import Callable

import numpy as np

from arsim.study import baselines, method, scored
from arsim.study.bands import bands
from arsim.study.forecast import Forecast
from arsim.study.moods import Courses
from arsim.study.rehearsal import Rehearsed
from arsim.study.scored import WEEK, Span
from arsim.study.setting import Setting, weekly
from arsim.study.view import METHODS, View


def rolling(setting: Setting, span: Span, told: Rehearsed, dealt: Courses, progress: Callable[[float], None] | None = None) -> View:
    """Foretell each week of `span` on the last day before it.

    That day's forecast tells that week's cash, the days late of the invoices issued in it, and, where a month ends in it, the book at the
    month's end: every invoice open on the day of the forecast is foretold anew, given that it has lasted so long.

    Parameters
    ----------
    setting : Setting
    span : Span
    told : Rehearsed
    dealt : Courses
    progress : callable, optional
        Told the share done.

    Returns
    -------
    View
    """
    book, intervals = setting.book, []
    new, cash, balances, ages = ({name: [] for name in METHODS} for _ in range(4))
    for week, today in enumerate(range(span.first - 1, span.first - 1 + WEEK * span.weeks, WEEK)):
        one = Span(today + 1, today + WEEK, tuple(end for end in span.month_ends if today < end <= today + WEEK))
        which = np.concatenate([setting.open_on(today), setting.issued(today + 1, today + WEEK)])
        fresh = book.issued[which] > today
        forecasts = setting.forecasts(told.pace.applied(setting.learnt(today, told.fading)), which, today, told.fading.own)
        for name in METHODS:
            forecast = forecasts[name]
            balance, aged = scored.standing(forecast, book, np.array(one.month_ends, int))
            new[name].append(Forecast(forecast.which[fresh], forecast.start[fresh], forecast.chance[fresh]))
            cash[name].append(float(scored.cash(forecast, book, one)[0]))
            balances[name].append(balance)
            ages[name].append(aged)
        cash["smoothing"][-1] = baselines.smoothing(weekly(book, today))[0]
        path = scored.paths(dealt.days(forecasts["model"], book), book.amount[which], one)
        intervals.append(bands(path, told.width.factor)[:, :, 0])
        told = told.after(forecasts["model"], path, book, one)  # what it brought is known when the next week is foretold
        if progress:
            progress((week + 1) / span.weeks)
    ends, methods = np.array(span.month_ends, int), {}
    for name, parts in new.items():
        whole = Forecast(*(np.concatenate([getattr(part, column) for part in parts]) for column in ("which", "start", "chance")))
        standing = np.concatenate(balances[name]), np.concatenate(ages[name])
        methods[name] = method.told(whole, book, np.array(cash[name]), standing, ends)
    return View(method.happened(book, span), methods, np.stack(intervals, axis=2))
