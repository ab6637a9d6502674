"""The other view: everything foretold on the day of the split."""

from dataclasses import replace

import numpy as np

from arsim.study import baselines, method, scored
from arsim.study.bands import bands
from arsim.study.curves import Curves
from arsim.study.forecast import Forecast
from arsim.study.moods import Courses
from arsim.study.rehearsal import Rehearsed
from arsim.study.scored import Span
from arsim.study.setting import Setting, weekly
from arsim.study.view import METHODS, View


def at_once(setting: Setting, span: Span, told: Rehearsed, dealt: Courses) -> tuple[View, Curves]:
    """Foretell all of `span` on the last day before it, and tell what was learnt on that day.

    Parameters
    ----------
    setting : Setting
    span : Span
    told : Rehearsed
    dealt : Courses

    Returns
    -------
    View, Curves
    """
    book, day = setting.book, span.first - 1
    which = np.concatenate([setting.open_on(day), setting.issued(day + 1, span.last)])
    fresh, ends = book.issued[which] > day, np.array(span.month_ends, int)
    curves = told.pace.applied(setting.learnt(day, told.fading))
    forecasts, methods = setting.forecasts(curves, which, day, told.fading.own), {}
    for name in METHODS:
        forecast = forecasts[name]
        new = Forecast(forecast.which[fresh], forecast.start[fresh], forecast.chance[fresh])
        methods[name] = method.told(new, book, scored.cash(forecast, book, span), scored.standing(forecast, book, ends), ends)
    flat = baselines.smoothing(weekly(book, day))[0]
    methods["smoothing"] = replace(methods["smoothing"], cash=np.full(span.weeks, flat))
    path = scored.paths(dealt.days(forecasts["model"], book), book.amount[which], span)
    # How far a week strays from what was foretold a week ahead says nothing of weeks foretold months ahead: the courses' own width.
    return View(method.happened(book, span), methods, bands(path)), curves
