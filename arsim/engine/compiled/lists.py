"""Lists of links in one pool, first in, first out. When a pool is full the run is marked as spilt, and begun again with more room."""

from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.machine import compiled


@compiled
def append(S, which, a, b=0, c=0, x=0.0):
    """Put a link at the end of list `which`."""
    one = S
    at = one.free
    if at != NIL:
        one.free = S.links[at].next
    elif one.link_count < len(S.links):
        at = one.link_count
        one.link_count += 1
    else:
        one.spilt_links = True
        return
    link = S.links[at]
    link.next, link.a, link.b, link.c, link.x = NIL, a, b, c, x
    ends = S.lists[which]
    if ends.head == NIL:
        ends.head = at
    else:
        S.links[ends.tail].next = at
    ends.tail = at


@compiled
def take(S, which):
    """Empty list `which`; its first link, whose chain the caller walks with `after` to the end."""
    head = S.lists[which].head
    S.lists[which].head = NIL
    return head


@compiled
def after(S, at):
    """The link after `at`, which is given back to the pool."""
    following = S.links[at].next
    S.links[at].next = S.free
    S.free = at
    return following


@compiled
def clear(S, which):
    """Drop all of list `which`."""
    at = take(S, which)
    while at != NIL:
        at = after(S, at)


@compiled
def expect(S, agenda, day, a, b=0, x=0.0):
    """Put something on an agenda for `day`; what lies beyond the run, or before it, never comes up."""
    horizon = S.horizon
    if 0 <= day < horizon:
        append(S, agenda * horizon + day, a, b, 0, x)


@compiled
def due(S, agenda, day):
    """What is on an agenda for `day`, taken off it; to be walked with `after`."""
    return take(S, agenda * S.horizon + day)


@compiled
def note(S, kind, customer, invoice, amount, a=0, b=0):
    """One line of the journal, now."""
    one = S
    at = one.row_count
    if at >= len(S.rows):
        one.spilt_rows = True
        return
    one.row_count = at + 1
    row = S.rows[at]
    row.time, row.kind, row.customer, row.invoice, row.a, row.b, row.amount = one.now, kind, customer, invoice, a, b, amount
