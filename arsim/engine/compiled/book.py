"""The book in arrays: open invoices, how ripe they are, when they will be paid. The reference is `arsim.engine.book`."""

import numpy as np

from arsim.engine.compiled.layout import NIL, PAYING
from arsim.engine.compiled.lists import after, append, clear, due_any, expect_any, note, take
from arsim.engine.compiled.machine import compiled, fetch
from arsim.engine.compiled.ranking import less_owed, watch_due
from arsim.engine.journal import Kind
from arsim.model.behaviour import NEVER, grown, ready_day
from arsim.model.liquidity import STEP
from arsim.model.population import ORIGIN

WRITE_OFF = int(Kind.WRITE_OFF)
FIRST_ROOM = 4  # contacts an invoice can feel before its room is doubled


@compiled
def state_of(S, customer, day):
    """The customer's liquidity on `day`."""
    step = (day - S.customers[customer].turn) // STEP + 1
    return int(S.states[customer, min(max(step, 0), S.states.shape[1] - 1)])


@compiled
def forced(S, invoice):
    """The list of days on which the invoice is paid at the latest, and the shares of it."""
    return S.lists_by_invoice + invoice


@compiled
def _growth(S, invoice, from_day):
    """Readiness missing on `from_day`, and what it grows by."""
    one = S.invoices[invoice]
    who = S.customers[one.customer]
    pace = one.pace * who.pressed
    contacts = S.contacts_felt[one.felt_at : one.felt_at + one.felt_size]
    spells = (S.spell_starts[who.spell : who.spell + who.spells], S.spell_factors[who.spell : who.spell + who.spells])
    return pace, contacts, spells


@compiled
def ready(S, invoice):
    """Day on which the invoice will be ready, as things stand."""
    one = S.invoices[invoice]
    pace, contacts, spells = _growth(S, invoice, one.grown_to)
    return ready_day(one.grown_to, one.due, one.goal - one.grown, pace, S.base_summed, ORIGIN, contacts, S.felt_tables, S.felt_days, spells)


@compiled
def bank(S, invoice, day):
    """Count the readiness grown before `day`."""
    one = S.invoices[invoice]
    if day > one.grown_to:
        if not one.frozen:
            pace, contacts, spells = _growth(S, invoice, day)
            one.grown += grown(one.grown_to, day, one.due, pace, S.base_summed, ORIGIN, contacts, S.felt_tables, S.felt_days, spells)
        one.grown_to = day


@compiled
def plan(S, invoice):
    """Put the invoice on the payment run it will be ready for."""
    one, horizon = S.invoices[invoice], S.horizon
    who = S.customers[one.customer]
    run = NEVER
    if not one.frozen:
        day = ready(S, invoice)
        if day < horizon:
            run = S.next_runs[who.run, max(day, 0)]
        if one.committed:
            at = S.lists[forced(S, invoice)].head
            while at != NIL:
                run = min(run, S.links[at].a)
                at = S.links[at].next
        if run >= min(horizon, who.insolvent):
            run = NEVER
    if run != one.pay_day:
        one.pay_day = run
        if run != NEVER:
            expect_any(S, PAYING, run, invoice)


@compiled
def enter(S, invoice, day, issued):
    """The invoice is on the book, and ripens from `day` on."""
    one, run = S.invoices[invoice], S
    who = S.customers[one.customer]
    one.is_open, one.grown_to, one.issued = True, day, issued
    one.before, one.after = who.last, NIL
    if who.last == NIL:
        who.first = invoice
    else:
        S.invoices[who.last].after = invoice
    who.last = invoice
    who.exposure += one.balance
    if S.world_part[invoice] < run.part_most:
        state = state_of(S, one.customer, one.due)
        share = run.part_tight if state == 1 else run.part_distressed if state == 2 else 0.0
        if S.world_part[invoice] < share:
            one.waiting = run.part_from + (run.part_to - run.part_from) * S.world_part[invoice] / share
            one.goal = S.world_threshold[invoice] * run.part_ready
    plan(S, invoice)
    watch_due(S, invoice)


@compiled
def reduce(S, invoice, kind, amount, a=0):
    """`amount` of the balance is gone; at nothing the invoice leaves the book."""
    one = S.invoices[invoice]
    who = S.customers[one.customer]
    note(S, kind, one.customer, invoice, amount, a)
    who.exposure -= amount
    one.balance -= amount
    if one.balance == 0:
        one.is_open = False
        if one.before == NIL:
            who.first = one.after
        else:
            S.invoices[one.before].after = one.after
        if one.after == NIL:
            who.last = one.before
        else:
            S.invoices[one.after].before = one.before
        one.frozen = False
        if one.committed:
            clear(S, forced(S, invoice))
        one.contested = 0
    if one.late:
        less_owed(S, invoice, amount)


@compiled
def overdue(S, customer, day, longer_than=0):
    """The customer's invoices more than `longer_than` days past due, oldest first."""
    count, at = 0, S.customers[customer].first
    while at != NIL:
        count += day - S.invoices[at].due > longer_than
        at = S.invoices[at].after
    found = np.empty(count, np.int64)
    count, at = 0, S.customers[customer].first
    while at != NIL:
        if day - S.invoices[at].due > longer_than:
            found[count] = at
            count += 1
        at = S.invoices[at].after
    return found


@compiled
def owed_late(S, customer, day, longer_than):
    """Fen of the customer's invoices more than `longer_than` days past due, and days past due of the oldest; 0 if there are none."""
    owed, most, at = 0, 0, S.customers[customer].first
    while at != NIL:
        one = S.invoices[at]
        late = day - one.due
        if late > longer_than:
            owed += one.balance
            most = max(most, late)
        at = one.after
    return owed, most


@compiled
def oldest(S, customer, day):
    """Days past due of the customer's oldest open invoice; below 0 if none is due; 0 without any."""
    at = S.customers[customer].first
    if at == NIL:
        return 0
    most = day - S.invoices[at].due
    while at != NIL:
        most = max(most, day - S.invoices[at].due)
        at = S.invoices[at].after
    return most


@compiled
def by_customer(S, keys):
    """Invoices of `keys` (the first so many of them) in order of customer and number, each once."""
    for place in range(len(keys)):
        one = S.invoices[keys[place]]
        fetch(one)
        keys[place] |= np.int64(one.customer) << 32
    keys.sort()
    count = 0
    for place in range(len(keys)):
        if place == 0 or keys[place] != keys[place - 1]:
            keys[count] = keys[place]
            count += 1
    return keys[:count] & 0xFFFFFFFF


@compiled
def gathered(S, agenda, day):
    """The invoices on an agenda for `day`, in order of customer and number, each once."""
    return by_customer(S, due_any(S, agenda, day))


@compiled
def feel(S, invoice, day, channel, strength, arrives):
    """The customer was reached about the invoice."""
    if S.felt_days[channel] == 0 or strength <= 0.0:
        return
    bank(S, invoice, day)
    one, size = S.invoices[invoice], 0
    for place in range(one.felt_at, one.felt_at + one.felt_size):
        contact = S.contacts_felt[place]
        if contact.since + S.felt_days[contact.channel] > day:
            kept = S.contacts_felt[one.felt_at + size]
            kept.since, kept.channel, kept.strength = contact.since, contact.channel, contact.strength
            size += 1
    if size == one.felt_room:
        room, run = max(FIRST_ROOM, 2 * one.felt_room), S
        if run.felt_count + room > len(S.contacts_felt):
            run.spilt_links = True
            one.felt_size = size
            return
        for place in range(size):
            old, new = S.contacts_felt[one.felt_at + place], S.contacts_felt[run.felt_count + place]
            new.since, new.channel, new.strength = old.since, old.channel, old.strength
        one.felt_at, one.felt_room = run.felt_count, room
        run.felt_count += room
    contact = S.contacts_felt[one.felt_at + size]
    contact.since, contact.channel, contact.strength = day + arrives, channel, strength
    one.felt_size = size + 1
    plan(S, invoice)


@compiled
def press(S, customer, day, held):
    """Supply begins or ceases to be held back."""
    who = S.customers[customer]
    at = who.first
    while at != NIL:
        bank(S, at, day)
        at = S.invoices[at].after
    who.pressed = 1.0 + (S.press - 1.0) * who.dependence if held else 1.0
    at = who.first
    while at != NIL:
        plan(S, at)
        at = S.invoices[at].after


@compiled
def quicken(S, invoice, day, factor):
    """From `day` on the invoice ripens `factor` times as fast."""
    bank(S, invoice, day)
    S.invoices[invoice].pace *= factor
    plan(S, invoice)


@compiled
def slow(S, invoice, slowed):
    """A dispute slows the invoice, or does no more."""
    one = S.invoices[invoice]
    if slowed and not one.slowed:
        one.slowed = True
        one.pace *= S.dispute_factor
    elif not slowed and one.slowed:
        one.slowed = False
        one.pace /= S.dispute_factor


@compiled
def resolve(S, invoice, day):
    """From `day` on the dispute about the invoice slows it no more."""
    bank(S, invoice, day)
    slow(S, invoice, False)
    plan(S, invoice)


@compiled
def commit(S, invoice, day, share):
    """The customer will pay `share` of the invoice on `day` at the latest."""
    which = forced(S, invoice)
    if not S.invoices[invoice].committed:
        S.invoices[invoice].committed, S.lists[which].head = True, NIL  # until now nobody has looked at the list
    at = S.lists[which].head
    while at != NIL and S.links[at].a != day:
        at = S.links[at].next
    if at == NIL:
        append(S, which, day, 0, 0, max(share, 0.0))
    else:
        S.links[at].x = max(share, S.links[at].x)
    plan(S, invoice)


@compiled
def promised(S, invoice, day):
    """Share committed for `day`, which is then done with; 0 if there is none."""
    which, share = forced(S, invoice), 0.0
    if not S.invoices[invoice].committed:
        return share
    at = take(S, which)
    while at != NIL:
        if S.links[at].a == day:
            share = S.links[at].x
        else:
            append(S, which, S.links[at].a, 0, 0, S.links[at].x)
        at = after(S, at)
    return share


@compiled
def freeze(S, invoice, day):
    """A plan replaces what the customer would have paid by itself."""
    bank(S, invoice, day)
    S.invoices[invoice].frozen = True
    if S.invoices[invoice].committed:
        clear(S, forced(S, invoice))
    plan(S, invoice)


@compiled
def thaw(S, invoice, day):
    """The plan is over."""
    one = S.invoices[invoice]
    if one.is_open:
        one.frozen = False
        one.grown_to = max(day, one.grown_to)
        plan(S, invoice)


@compiled
def write_off(S, invoice):
    """Give up what is still open of the invoice."""
    one = S.invoices[invoice]
    one.given_up = one.balance
    reduce(S, invoice, WRITE_OFF, one.balance)
