"""The collectors in arrays: shifts that take turns exactly as the reference's processes do.

The reference is `arsim.engine.collectors`. What happens at the same minute happens in the order in which it was put on the clock: `turn`
counts, as SimPy's event numbers do.
"""

import numpy as np

from arsim.domain.calendar import DAY
from arsim.engine.collectors import HOURS
from arsim.engine.compiled.contacts import make
from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.lists import after, take
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.tasks import hand_over, keep, rests
from arsim.engine.compiled.worklist import empty, in_line, make_list, mark, next_task, put_on_list

OPENS, CLOSES = tuple(opens for opens, _ in HOURS), tuple(closes for _, closes in HOURS)
DONE = 1 << 60  # later than any minute


@compiled
def start_day(S, day):
    """Make the list, and let as many collectors begin as there is work for."""
    run = S
    make_list(S, day)
    run.on_duty, run.shifts = 0, 0
    for _ in range(in_line(S, run.collectors)):
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
            if empty(S):
                break
            if run.now < midnight + OPENS[me.half]:
                me.inside = True
                wait(S, shift, midnight + OPENS[me.half])
                return
            me.inside = True
        task = next_task(S, midnight + CLOSES[me.half] - run.now)
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
    S.tasks[task].tried_on = run.list_day
    mark(S, customer)
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
    listed = put_on_list(S, customer * len(S.channels) + channel)
    for invoice in invoices:
        hand_over(S, customer, channel, invoice, -1)
    if listed and S.on_duty < S.collectors:
        begin(S)
