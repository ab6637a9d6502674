"""Lists of links in one pool, first in, first out. When a pool is full the run is marked as spilt, and begun again with more room."""

from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.machine import compiled


@compiled
def _new_link(S):
    """A link that is in no list; NIL if the pool is full."""
    at = S.free
    if at != NIL:
        S.free = S.links[at].next
    elif S.link_count < len(S.links):
        at = S.link_count
        S.link_count += 1
    else:
        S.spilt_links = True
    return at


@compiled
def append(S, which, a, b=0, c=0, x=0.0):
    """Put a link at the end of list `which`."""
    at = _new_link(S)
    if at == NIL:
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
def expect_any(S, agenda, day, a):
    """As `expect`, where it makes no difference in which order the day's things are taken: nothing but the head is touched."""
    horizon = S.horizon
    if 0 <= day < horizon:
        at = _new_link(S)
        if at != NIL:
            which = agenda * horizon + day
            S.links[at].next, S.links[at].a = S.lists[which].head, a
            S.lists[which].head = at


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
