"""What is learnt from forecasts made before the day of the split of what had come by then: how fast things fade, moods, widths."""

from dataclasses import dataclass, field, replace

import numpy as np

from arsim.study import scored
from arsim.study.bands import Width, distance
from arsim.study.crps import crps
from arsim.study.curves import Fading
from arsim.study.facts import Invoices
from arsim.study.forecast import Forecast
from arsim.study.moods import Moods, courses, moods, scores
from arsim.study.pace import Pace, unknown
from arsim.study.scored import WEEK, Span
from arsim.study.setting import DAYS, Setting, known, mixed

LEAST = 200  # payments before it and invoices after it that a day of rehearsal must have
WEEKS = 8  # before the split on which the model tries itself out
FADINGS = tuple(Fading(customer=half, mood=mood) for half in (120.0, 240.0, 800.0) for mood in (8.0, 1e6))
OWN = (0.0, 0.1, 0.2)
COURSES = 200


@dataclass(frozen=True)
class Rehearsed:
    """What the rehearsal told."""

    fading: Fading = Fading()
    moods: Moods = Moods()
    width: Width = Width()
    pace: Pace = field(default_factory=unknown)

    def after(self, forecast: Forecast, path: np.ndarray, book: Invoices, week: Span) -> "Rehearsed":
        """What is known when the week is over that was foretold by `forecast`, with the courses `path`."""
        far = float(distance(path, scored.received(book, week))[0])
        return replace(self, width=self.width.after(far), pace=self.pace.after(forecast, book, week.first - 1))


def rehearsed(setting: Setting, day: int, seed: int) -> Rehearsed:
    """Rehearse on the weeks before the end of `day`.

    Parameters
    ----------
    setting : Setting
        Only what was known at the end of `day` is looked at.
    day : int
    seed : int

    Returns
    -------
    Rehearsed
        The usual, where too little is known for a rehearsal.
    """
    back = day - WEEK * WEEKS
    then = known(setting.book, day)
    if ((then.paid >= 0) & (then.paid <= back)).sum() < LEAST or (then.issued > back).sum() < LEAST:
        return Rehearsed()
    trial = replace(setting, book=then, closed_by=None)
    best, nearest, kept = None, np.inf, None
    which = trial.issued(back + 1, day)
    history = trial.history(which, back)
    for fading in FADINGS:
        model = trial.model(trial.learnt(back, fading), which, back)
        for own in OWN:
            forecast = mixed(model, history, own)
            came = np.where(then.paid[which] >= 0, then.paid[which] - forecast.start, DAYS)
            score = float(crps(forecast.chance, came, day - forecast.start).mean())
            if score < nearest:
                best, nearest, kept = replace(fading, own=own), score, forecast
    found = moods(scores(kept, then, np.random.default_rng(seed)), then.customer[which], then.issued[which])
    return _weeks(trial, day, Rehearsed(best, found), seed)


def _weeks(trial, day, told, seed):
    """How far the weeks before the split fell from what was foretold of each a week ahead: how wide intervals must be, how fast all pay."""
    book = trial.book
    dealt = courses(told.moods, trial.customers, max(0, day - 150), day, COURSES, seed)
    for today in range(day - WEEK * WEEKS, day, WEEK):
        which = np.concatenate([trial.open_on(today), trial.issued(today + 1, today + WEEK)])
        forecast = trial.model(told.pace.applied(trial.learnt(today, told.fading)), which, today, told.fading.own)
        one = Span(today + 1, today + WEEK, ())
        path = scored.paths(dealt.days(forecast, book), book.amount[which], one)
        told = told.after(forecast, path, book, one)
    return told
