"""Who comes first on the worklist, kept in order: for every channel a heap of the customers that wait for a contact by it.

Far more may wait than can be met in a day; looking at all of them every morning would cost more the larger the company. So a customer's
points are kept less what every day adds for all alike. What raises them is told to the heap at once; what lowers them it finds out when
the customer comes first, as it does of tasks that have nothing to do any more.
"""

from arsim.domain.calendar import DAY
from arsim.engine.collectors import POINTS_PER
from arsim.engine.compiled.layout import LONG_AGO, NIL, TURNING
from arsim.engine.compiled.lists import due_any, expect_any
from arsim.engine.compiled.machine import AHEAD, compiled, fetch
from arsim.engine.promises import REMEMBERED

# ── What a customer owes overdue ─────────────────────────────────────────────────────────────────────────────────────


@compiled
def watch_due(S, invoice):
    """Remember the morning on which the invoice will count as overdue; after a morning's list is made, that is not before the next."""
    run = S
    if run.collectors:
        today = run.now // DAY
        day = max(S.invoices[invoice].due + 1, today + (run.list_day == today))
        if day < run.horizon:
            expect_any(S, TURNING, S.days[day].next_open, invoice)


@compiled
def turn_overdue(S, day):
    """What has fallen due since the last list."""
    found = due_any(S, TURNING, day)
    for invoice in found:
        fetch(S.invoices[invoice])
    for place in range(len(found)):
        if place + AHEAD < len(found):
            fetch(S.standings[S.invoices[found[place + AHEAD]].customer])
        one = S.invoices[found[place]]
        if one.is_open:
            standing = S.standings[one.customer]
            standing.oldest = min(standing.oldest, one.due) if standing.late_count else one.due
            standing.late_count += 1
            standing.owed += one.balance
            one.late = True
            move_up(S, one.customer)


@compiled
def less_owed(S, invoice, amount):
    """An overdue invoice was reduced by `amount`."""
    one = S.invoices[invoice]
    standing = S.standings[one.customer]
    standing.owed -= amount
    if not one.is_open:
        standing.late_count -= 1
        if one.due == standing.oldest:
            standing.oldest = LONG_AGO  # looked for when somebody asks


@compiled
def _oldest(S, customer):
    standing = S.standings[customer]
    if standing.oldest == LONG_AGO:
        at, found = S.customers[customer].first, 1 << 30
        while at != NIL:
            one = S.invoices[at]
            if one.late:
                found = min(found, one.due)
            at = one.after
        standing.oldest = found
    return standing.oldest


@compiled
def broken_by(S, customer):
    """The list of days on which the customer broke a promise."""
    return S.lists_broken + customer


@compiled
def broken(S, customer, day):
    """How many promises the customer has broken lately."""
    count, at = 0, S.lists[broken_by(S, customer)].head
    while at != NIL:
        count += S.links[at].a > day - REMEMBERED
        at = S.links[at].next
    return count


@compiled
def rank(S, customer):
    """Where the customer stands on today's list, the first lowest.

    That is by points for the overdue amount, its age, the customer's grade, broken promises and warnings, less what a day adds for all;
    then by number.
    """
    run, who, standing = S, S.customers[customer], S.standings[customer]
    points = run.amount_points * (standing.owed // POINTS_PER) + run.risk_points * who.grade + run.warning_points * who.warned
    if run.broken_points and broken(S, customer, run.list_day):
        points += run.broken_points
    points -= run.days_points * (_oldest(S, customer) if standing.late_count else run.list_day)
    return customer - points * len(S.customers)


# ── The heaps ────────────────────────────────────────────────────────────────────────────────────────────────────────


@compiled
def _put(S, channel, place, key):
    S.ranking[channel, place] = key
    S.tasks[key % len(S.customers) * len(S.channels) + channel].place = place


@compiled
def _rise(S, channel, place, key):
    while place > 0 and key < S.ranking[channel, (place - 1) // 2]:
        _put(S, channel, place, S.ranking[channel, (place - 1) // 2])
        place = (place - 1) // 2
    _put(S, channel, place, key)


@compiled
def sink(S, channel, place, key):
    """Put `key` at `place`, or as far below as it belongs."""
    size = S.waiting_counts[channel]
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and S.ranking[channel, child + 1] < S.ranking[channel, child]:
            child += 1
        if key <= S.ranking[channel, child]:
            break
        _put(S, channel, place, S.ranking[channel, child])
        place = child
    _put(S, channel, place, key)


@compiled
def line_up(S, task):
    """The task joins its channel's heap."""
    customer, channel = task // len(S.channels), task % len(S.channels)
    S.waiting_counts[channel] += 1
    S.standings[customer].in_line += 1
    _rise(S, channel, S.waiting_counts[channel] - 1, rank(S, customer))


@compiled
def leave(S, task):
    """The task leaves its channel's heap."""
    customer, channel, place = task // len(S.channels), task % len(S.channels), S.tasks[task].place
    S.tasks[task].place = NIL
    S.standings[customer].in_line -= 1
    S.waiting_counts[channel] -= 1
    size = S.waiting_counts[channel]
    if place < size:
        key = S.ranking[channel, size]
        if place > 0 and key < S.ranking[channel, (place - 1) // 2]:
            _rise(S, channel, place, key)
        else:
            sink(S, channel, place, key)


@compiled
def move_up(S, customer):
    """The customer's points may have risen."""
    if S.standings[customer].in_line == 0:
        return
    key, channels = rank(S, customer), len(S.channels)
    for channel in range(channels):
        place = S.tasks[customer * channels + channel].place
        if place >= 0 and key < S.ranking[channel, place]:
            _rise(S, channel, place, key)
