"""Lists of links in one pool, first in, first out; and agendas of sheets, where order makes no difference.

When a pool is full the run is marked as spilt, and begun again with more room.
"""

import numpy as np

from arsim.engine.compiled.layout import NIL, SHEET
from arsim.engine.compiled.machine import compiled

PLACES = SHEET["entries"].shape[0]


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
    """As `expect`, on an agenda of sheets: its list's head is the day's newest sheet, its tail how many places of that are left."""
    horizon = S.horizon
    if 0 <= day < horizon:
        newest = S.lists[agenda * horizon + day]
        if newest.head == NIL or newest.tail == 0:
            at = _new_sheet(S)
            if at == NIL:
                return
            S.sheets[at].next = newest.head
            newest.head, newest.tail = at, PLACES
        newest.tail -= 1
        S.sheets[newest.head].entries[newest.tail] = a


@compiled
def _new_sheet(S):
    at = S.free_sheet
    if at != NIL:
        S.free_sheet = S.sheets[at].next
    elif S.sheet_count < len(S.sheets):
        at = S.sheet_count
        S.sheet_count += 1
    else:
        S.spilt_sheets = True
    return at


@compiled
def due_any(S, agenda, day):
    """What `expect_any` has put on an agenda for `day`, taken off it, in no particular order."""
    newest = S.lists[agenda * S.horizon + day]
    count, at = 0, newest.head
    while at != NIL:
        count += PLACES
        at = S.sheets[at].next
    if count:
        count -= newest.tail
    found, count = np.empty(count, np.int64), 0
    at, first = newest.head, newest.tail
    newest.head = NIL
    while at != NIL:
        sheet = S.sheets[at]
        for place in range(first, PLACES):
            found[count] = sheet.entries[place]
            count += 1
        first, following = 0, sheet.next
        sheet.next, S.free_sheet = S.free_sheet, at
        at = following
    return found


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
