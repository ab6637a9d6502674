"""Credit reviews and early warning in arrays. References: `arsim.engine.grades` and `warning`."""

import numpy as np

from arsim.domain import alert, scorecard
from arsim.domain.calendar import MONTH
from arsim.engine.compiled.book import oldest
from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.lists import note
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.ranking import broken, move_up
from arsim.engine.compiled.security import give
from arsim.engine.compiled.tasks import hand_over
from arsim.engine.contacts import CALL, VISIT
from arsim.engine.journal import Kind
from arsim.engine.security import COLLATERAL, NONE
from arsim.engine.warning import SOON
from arsim.model import credit
from arsim.model.world import QUARTER

REVIEW, WARNING = int(Kind.REVIEW), int(Kind.WARNING)
CARD_WEIGHTS, CARD_SCALES, (CUT_A, CUT_B, CUT_C) = tuple(scorecard.CARD.weights), tuple(scorecard.CARD.scales), scorecard.CARD.cuts
points, level_of, score, graded, lateness = alert.points, alert.level, scorecard.score, scorecard.graded, credit.lateness
NEVER, MONTHLY, WEEKLY = range(3)


@compiled
def _shown(S, customer, day):
    """Current, quick and debt ratio and sales growth as published by `day`."""
    return S.ratios[customer, max(0, (day - S.ratio_lag) // QUARTER)]


@compiled
def reviews(S, day):
    """The week's reviews, the longest due first; done on the week's first working day."""
    run = S
    if run.review_every == 0 or not S.days[day].week:
        return
    count = 0
    for customer in range(len(S.customers)):
        count += S.customers[customer].review <= day
    keys, count = np.empty(count, np.int64), 0
    for customer in range(len(S.customers)):
        if S.customers[customer].review <= day:
            keys[count] = np.int64(S.customers[customer].review) << 32 | customer
            count += 1
    keys.sort()
    for place in range(min(count, run.reviews_a_week)):
        customer = keys[place] & 0xFFFFFFFF
        who = S.customers[customer]
        before, who.grade = who.grade, _assess(S, customer, day)
        who.review = day + run.review_every
        move_up(S, customer)
        note(S, REVIEW, customer, -1, run.review_cost, who.grade, before)


@compiled
def _assess(S, customer, day):
    """Grade by the scorecard from what can be seen on `day`."""
    who, shown = S.customers[customer], _shown(S, customer, day)
    late = lateness(who.usual, who.recent, oldest(S, customer, day))
    outlook = -1.0 if who.stressed else 0.0
    secured = S.security_counts[who.security]
    found = score(shown[0], shown[1], shown[2], shown[3], late, min(1.0, late / MONTH), secured, CARD_WEIGHTS, CARD_SCALES, outlook)
    return graded(found, CUT_A, CUT_B, CUT_C)


@compiled
def warnings(S, day):
    """Look at every customer, on the first working day of the week or month."""
    run = S
    if run.warning_check == NEVER or not (S.days[day].week if run.warning_check == WEEKLY else S.days[day].month):
        return
    for customer in range(len(S.customers)):
        who = S.customers[customer]
        if who.insolvent <= day:
            continue
        now, before = level_of(_points(S, customer, day), run.warning_blue, run.warning_yellow, run.warning_red), who.warned
        who.warned = now
        move_up(S, customer)
        if now != before:
            note(S, WARNING, customer, -1, who.exposure, now, before)
        if now > before:
            _act(S, customer, day, now, before)


@compiled
def _points(S, customer, day):
    run, who, shown = S, S.customers[customer], _shown(S, customer, day)
    return points(
        shown[0], run.ratio_below, max(0, oldest(S, customer, day)), who.recent - who.usual, shown[3], broken(S, customer, day),
        run.ratio_points, run.overdue_points, run.slowing_points, run.growth_points, run.promise_points,
    )  # fmt: skip


@compiled
def _act(S, customer, day, now, before):
    """What begins at the level just reached."""
    run, who = S, S.customers[customer]
    for begins, channel in ((run.warning_call, CALL), (run.warning_visit, VISIT)):
        if before < begins <= now:
            at = who.first
            while at != NIL:
                if S.invoices[at].due <= day + SOON:
                    hand_over(S, customer, channel, at, -1)
                at = S.invoices[at].after
    if before < run.warning_plan <= now and who.first != NIL and who.security == NONE:
        give(S, customer, COLLATERAL, True, 0, day)
