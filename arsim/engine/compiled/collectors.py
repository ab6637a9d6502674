"""The collectors in arrays: a ranked worklist, and shifts that take turns exactly as the reference's processes do.

The reference is `arsim.engine.collectors`. What happens at the same minute happens in the order in which it was put on the clock: `turn`
counts, as SimPy's event numbers do.
"""

import numpy as np

from arsim.domain.calendar import DAY
from arsim.engine.collectors import HOURS, POINTS_PER
from arsim.engine.compiled.book import owed_late
from arsim.engine.compiled.contacts import allowed, longest, make
from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.lists import after, clear, take
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.plans import broken
from arsim.engine.compiled.tasks import all_rest, any_open, forget, hand_over, keep, rests

OPENS, CLOSES = tuple(opens for opens, _ in HOURS), tuple(closes for _, closes in HOURS)
DONE = 1 << 60  # later than any minute


@compiled
def score(S, customer, day):
    """Points for the overdue amount, its age, the customer's grade, broken promises and warnings."""
    run, who = S, S.customers[customer]
    owed, oldest = owed_late(S, customer, day, 0)
    return (
        run.amount_points * (owed // POINTS_PER) + run.days_points * oldest + run.risk_points * who.grade
        + (run.broken_points if broken(S, customer, day) else 0) + run.warning_points * who.warned
    )  # fmt: skip


@compiled
def start_day(S, day):
    """Rank the list and let as many collectors begin as there is work for."""
    run, channels = S, len(S.channels)
    kept, count = 0, 0
    rank, which = np.empty(run.task_count, np.int64), np.empty(run.task_count, np.int64)
    for place in range(run.task_count):
        task = S.tasks[place]
        if not any_open(S, run.lists_by_task + task):
            clear(S, run.lists_by_task + task)
            continue
        S.tasks[kept], S.task_places[task] = task, kept
        kept += 1
        if not all_rest(S, run.lists_by_task + task, day):
            customer = task // channels
            rank[count] = -score(S, customer, day)
            which[count] = customer * channels + (channels - 1 - task % channels)  # the strongest channel of a customer first
            count += 1
    run.task_count = kept
    order = np.argsort(which[:count])
    order = order[np.argsort(rank[:count][order], kind="mergesort")]
    for place in range(count):
        key = which[order[place]]
        S.worklist[place] = key // channels * channels + (channels - 1 - key % channels)
    run.listed, run.begins, run.on_duty, run.shifts = count, 0, 0, 0
    run.list_day = day
    for _ in range(min(run.collectors, count)):
        begin(S)


@compiled
def begin(S):
    """One more collector comes on duty, at once."""
    run = S
    shift = run.shifts if run.shifts < len(S.collectors_at_work) else 0
    while shift < run.shifts and S.collectors_at_work[shift].on:
        shift += 1
    run.shifts = max(run.shifts, shift + 1)
    me = S.collectors_at_work[shift]
    me.time, me.turn, me.half, me.inside, me.on = DONE, 0, 0, False, True
    run.on_duty += 1
    run.starting += 1
    S.starters[run.starting - 1] = shift


@compiled
def start_waiting(S):
    """Those who have just come on duty look at the list, in order."""
    run, place = S, 0
    while place < run.starting:
        work(S, S.starters[place])
        place += 1
    run.starting = 0


@compiled
def work(S, shift):
    """What a collector does now: the next task, waiting for the hours to begin, or going home."""
    run, me = S, S.collectors_at_work[shift]
    midnight = run.now - run.now % DAY
    while me.half < len(HOURS):
        if not me.inside:
            if _empty(S):
                break
            if run.now < midnight + OPENS[me.half]:
                me.inside = True
                wait(S, shift, midnight + OPENS[me.half])
                return
            me.inside = True
        task = _next(S, midnight + CLOSES[me.half] - run.now)
        if task != NIL:
            wait(S, shift, run.now + _attempt(S, task))
            return
        me.half += 1
        me.inside = False
    me.time, me.on = DONE, False
    run.on_duty -= 1


@compiled
def wait(S, shift, time):
    """Put the collector on the clock: a heap, soonest first."""
    run = S
    run.turn += 1
    S.collectors_at_work[shift].time, S.collectors_at_work[shift].turn = time, run.turn
    at = run.heaped
    run.heaped += 1
    while at > 0 and sooner(S, shift, S.shift_heap[(at - 1) // 2]):
        S.shift_heap[at] = S.shift_heap[(at - 1) // 2]
        at = (at - 1) // 2
    S.shift_heap[at] = shift


@compiled
def sooner(S, one, other):
    """Whether a collector's turn comes before another's."""
    mine, its = S.collectors_at_work[one], S.collectors_at_work[other]
    return mine.time < its.time or (mine.time == its.time and mine.turn < its.turn)


@compiled
def soonest(S):
    """The collector whose turn comes first, off the clock."""
    run, first = S, S.shift_heap[0]
    run.heaped -= 1
    last, at, size = S.shift_heap[run.heaped], 0, run.heaped
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and sooner(S, S.shift_heap[child + 1], S.shift_heap[child]):
            child += 1
        if not sooner(S, S.shift_heap[child], last):
            break
        S.shift_heap[at] = S.shift_heap[child]
        at = child
    S.shift_heap[at] = last
    return first


@compiled
def _empty(S):
    run = S
    while run.begins < run.listed and S.worklist[run.begins] == NIL:
        run.begins += 1
    return run.begins == run.listed


@compiled
def _next(S, minutes_left):
    """The highest-ranked task that the time suffices for and the cap on contacts allows."""
    run, channels = S, len(S.channels)
    today = run.now // DAY
    if _empty(S):
        return NIL
    place = run.begins
    while place < run.listed:
        task = S.worklist[place]
        if task != NIL and longest(S, task % channels) <= minutes_left and allowed(S, task // channels, today):
            S.worklist[place] = NIL
            if not all_rest(S, run.lists_by_task + task, today):
                return task
        place += 1
    return NIL


@compiled
def _attempt(S, task):
    """Try once; the minutes it took."""
    run, channels = S, len(S.channels)
    customer, channel, day, count = task // channels, task % channels, run.now // DAY, 0
    which = run.lists_by_task + task
    at = S.lists[which].head
    while at != NIL:
        count += 1
        at = S.links[at].next
    entries, size, later = np.empty((count, 3), np.int64), 0, count
    at = take(S, which)
    while at != NIL:
        link = S.links[at]
        if rests(S, link.a, day):
            later -= 1
            entries[later] = link.a, link.b, link.c
        else:
            entries[size] = link.a, link.b, link.c
            size += 1
        at = after(S, at)
    forget(S, task)
    S.tried_on[task] = run.list_day
    order = np.argsort(entries[:size, 0])
    minutes, reached = make(S, customer, channel, day, entries[:size, 0][order], entries[:size, 1][order])
    if not reached:
        for place in range(size):
            if entries[place, 2] > 1:
                keep(S, customer, channel, entries[place, 0], entries[place, 1], entries[place, 2] - 1)
    for place in range(later, count):
        keep(S, customer, channel, entries[place, 0], entries[place, 1], entries[place, 2])
    return minutes


@compiled
def add_now(S, customer, channel, invoices):
    """Work that comes in during the day goes to the end of today's list, and to whoever is free."""
    run = S
    for invoice in invoices:
        hand_over(S, customer, channel, invoice, -1)
    task = customer * len(S.channels) + channel
    if S.tried_on[task] == run.list_day:
        return
    for place in range(run.begins, run.listed):
        if S.worklist[place] == task:
            return
    S.worklist[run.listed] = task
    run.listed += 1
    if run.on_duty < run.collectors:
        begin(S)
