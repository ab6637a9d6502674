"""What waits for the collectors, by customer and channel, in arrays; see `arsim.engine.collectors`.

A waiting task is in its channel's heap, or aside until the next morning.
"""

from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.lists import append
from arsim.engine.compiled.machine import compiled

ASIDE = -2  # the place of a task that is not in its heap


@compiled
def task_of(S, customer, channel):
    """The list of a task: links of (invoice, level, attempts left)."""
    return S.lists_by_task + customer * len(S.channels) + channel


@compiled
def hand_over(S, customer, channel, invoice, level):
    """Work for the next list: `level` of the invoice is to be seen to, with all its attempts."""
    keep(S, customer, channel, invoice, level, S.attempts)


@compiled
def keep(S, customer, channel, invoice, level, attempts):
    """Put the invoice into the customer's task, or renew it there."""
    which, task = task_of(S, customer, channel), customer * len(S.channels) + channel
    if S.tasks[task].place == NIL:
        set_aside(S, task)
    at = S.lists[which].head
    while at != NIL and S.links[at].a != invoice:
        at = S.links[at].next
    if at == NIL:
        append(S, which, invoice, level, attempts)
    else:
        S.links[at].b, S.links[at].c = level, attempts


@compiled
def set_aside(S, task):
    """The task, in no heap, waits for the next morning."""
    S.tasks[task].place = ASIDE
    S.aside[S.aside_count] = task
    S.aside_count += 1


@compiled
def rests(S, invoice, day):
    """Whether the invoice is to be left alone: promised, in a plan, or at law."""
    one = S.invoices[invoice]
    return one.until >= day or one.frozen or one.at_law


@compiled
def all_rest(S, which, day):
    """Whether every open invoice of a task is to be left alone today."""
    at = S.lists[which].head
    while at != NIL:
        if S.invoices[S.links[at].a].is_open and not rests(S, S.links[at].a, day):
            return False
        at = S.links[at].next
    return True


@compiled
def any_open(S, which):
    """Whether anything of a task is still open."""
    at = S.lists[which].head
    while at != NIL:
        if S.invoices[S.links[at].a].is_open:
            return True
        at = S.links[at].next
    return False
