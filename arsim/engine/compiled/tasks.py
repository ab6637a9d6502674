"""What waits for the collectors, by customer and channel, in arrays; see `arsim.engine.collectors`."""

from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.lists import append
from arsim.engine.compiled.machine import compiled


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
    run, which = S, task_of(S, customer, channel)
    at = S.lists[which].head
    if at == NIL:
        task = customer * len(S.channels) + channel
        S.tasks[run.task_count], S.task_places[task] = task, run.task_count
        run.task_count += 1
    while at != NIL and S.links[at].a != invoice:
        at = S.links[at].next
    if at == NIL:
        append(S, which, invoice, level, attempts)
    else:
        S.links[at].b, S.links[at].c = level, attempts


@compiled
def forget(S, task):
    """The task waits no more; the last one takes its place."""
    S.task_count -= 1
    place, last = S.task_places[task], S.tasks[S.task_count]
    S.tasks[place], S.task_places[last] = last, place


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
