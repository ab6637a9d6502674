"""Today's worklist in arrays: the reference ranks it in the morning, here it is found out in that order as far as anybody asks.

What is on the list is what waited this morning, did not all rest, and has not been taken since; then what came in during the day.
Nothing that ranks a customer changes between the morning and the day's payments, so it makes no difference when it is looked at.
"""

import numpy as np

from arsim.domain.calendar import DAY, DUNNING_RUN
from arsim.engine.compiled.contacts import allowed, longest
from arsim.engine.compiled.layout import LONG_AGO, NIL
from arsim.engine.compiled.lists import clear
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.ranking import leave, line_up, rank, sink, turn_overdue
from arsim.engine.compiled.tasks import all_rest, any_open, set_aside

UNKNOWN = 1 << 62  # no place on a list


@compiled
def make_list(S, day):
    """What waits gets in line for `day`."""
    run = S
    run.list_day, run.left, run.listed, run.begins = day, 0, 0, 0
    if run.collectors == 0:
        return
    turn_overdue(S, day)
    for place in range(run.aside_count):
        task = S.aside[place]
        S.tasks[task].place = NIL
        if S.lists[run.lists_by_task + task].head != NIL:
            line_up(S, task)
    run.aside_count = 0
    S.firsts[:] = UNKNOWN


@compiled
def on_list(S, task):
    """Whether the task is on today's list still.

    What rests is not; what came to rest today is: nothing rests but by a contact, and `mark` was called before that.
    """
    one, which = S.tasks[task], S.lists_by_task + task
    if one.tried_on == S.list_day:
        return False
    return one.listed_on == S.list_day or (one.place >= 0 and not all_rest(S, which, S.list_day))


@compiled
def mark(S, customer):
    """Note which tasks of a customer, who is about to be met, are on today's list."""
    channels = len(S.channels)
    for task in range(customer * channels, (customer + 1) * channels):
        if S.tasks[task].place >= 0 and on_list(S, task):
            S.tasks[task].listed_on = S.list_day


@compiled
def strike(S, task):
    """The task is on today's list no more."""
    S.tasks[task].listed_on = LONG_AGO


@compiled
def in_line(S, most):
    """How many tasks are on the list, counted to `most`."""
    count, channels = 0, len(S.channels)
    for channel in range(channels):
        for place in range(S.waiting_counts[channel]):
            if count == most:
                return count
            count += on_list(S, S.ranking[channel, place] % len(S.customers) * channels + channel)
    return count


@compiled
def _skip(S):
    run = S
    while run.begins < run.listed and S.worklist[run.begins] == NIL:
        run.begins += 1


@compiled
def empty(S):
    """Whether nothing is left on today's list."""
    _skip(S)
    if S.begins < S.listed or S.left > 0:
        return False
    for channel in range(len(S.channels)):
        if _first(S, channel) != NIL:
            return False
    return True


@compiled
def next_task(S, minutes_left):
    """The highest-ranked task that the time suffices for and the cap on contacts allows."""
    run, channels = S, len(S.channels)
    today = run.now // DAY
    while True:
        best = NIL
        for channel in range(channels):
            if longest(S, channel) <= minutes_left and _first_allowed(S, channel, today) != NIL:
                if best == NIL or S.ranking[channel, 0] <= S.ranking[best, 0]:  # the strongest channel of a customer first
                    best = channel
        if best == NIL:
            break
        task = _first(S, best)
        leave(S, task)
        if not all_rest(S, run.lists_by_task + task, today):
            return task
        set_aside(S, task)
        strike(S, task)
    _skip(S)
    for place in range(run.begins, run.listed):
        task = S.worklist[place]
        if task != NIL and longest(S, task % channels) <= minutes_left and allowed(S, task // channels, today):
            S.worklist[place] = NIL
            if not all_rest(S, run.lists_by_task + task, today):
                return task
            strike(S, task)
    return NIL


@compiled
def _first_allowed(S, channel, day):
    """As `_first`; those whom the cap forbids to contact today stay on the list, but aside."""
    task = _first(S, channel)
    while task != NIL and not allowed(S, task // len(S.channels), day):
        leave(S, task)
        set_aside(S, task)
        S.tasks[task].listed_on = S.list_day
        S.left += 1
        task = _first(S, channel)
    return task


@compiled
def _first(S, channel):
    """The first task of a channel's heap that is on today's list, found again only when another one comes first; NIL if there is none."""
    run, customers = S, len(S.customers)
    while S.waiting_counts[channel]:
        key = S.ranking[channel, 0]
        task = key % customers * len(S.channels) + channel
        if key == S.firsts[channel]:
            return task
        now = rank(S, key % customers)
        if now > key:
            sink(S, channel, 0, now)
        elif on_list(S, task):
            S.firsts[channel] = key
            return task
        else:
            leave(S, task)
            if any_open(S, run.lists_by_task + task):
                set_aside(S, task)
            else:
                clear(S, run.lists_by_task + task)
    return NIL


@compiled
def put_on_list(S, task):
    """Work that comes in during the day goes to the end, unless it is on the list or has been tried; whether it was put there."""
    run, one = S, S.tasks[task]
    if one.tried_on == run.list_day or on_list(S, task):
        return False
    if one.place >= 0:
        leave(S, task)
        set_aside(S, task)
    one.listed_on = run.list_day
    S.worklist[run.listed] = task
    run.listed += 1
    return True


@compiled
def finish_day(S, day):
    """Should anybody look at today's list again after today's payments, it is laid out in order first, as it was this morning.

    So it may be when orders come in on days of rest, or where a contact takes no time at all.
    """
    run = S
    again = run.order < len(S.invoices) and S.world_time[run.order] < S.days[day + 1].next_open * DAY + DUNNING_RUN and run.call_on_hold
    for channel in range(len(S.channels)):
        again = again or (run.heaped > 0 and S.waiting_counts[channel] > 0 and longest(S, channel) <= 0)
    if again:
        _lay_out(S)


@compiled
def _lay_out(S):
    """Put what is left of the morning's list before what came in since, and everything aside."""
    run, channels, customers = S, len(S.channels), len(S.customers)
    since, count = np.empty(run.listed - run.begins, np.int64), 0
    for place in range(run.begins, run.listed):
        if S.worklist[place] != NIL:
            since[count] = S.worklist[place]
            strike(S, since[count])
            count += 1
    for customer in range(customers):
        mark(S, customer)
    for channel in range(channels):
        while S.waiting_counts[channel]:
            task = S.ranking[channel, S.waiting_counts[channel] - 1] % customers * channels + channel
            leave(S, task)
            set_aside(S, task)
    keys, run.listed, run.begins, run.left = np.empty(run.aside_count, np.int64), 0, 0, 0
    for place in range(run.aside_count):
        task = S.aside[place]
        if on_list(S, task):
            keys[run.listed] = rank(S, task // channels) * channels + channels - 1 - task % channels
            run.listed += 1
    keys[: run.listed].sort()
    for place in range(run.listed):
        S.worklist[place] = keys[place] // channels % customers * channels + channels - 1 - keys[place] % channels
    for task in since[:count]:
        S.worklist[run.listed] = task
        run.listed += 1
        S.tasks[task].listed_on = run.list_day
