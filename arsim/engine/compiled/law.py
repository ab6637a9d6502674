"""What goes to law, and when, in arrays. Reference: `arsim.engine.law`."""

from arsim.engine.compiled.cases import (
    JUDGED,
    NO_FEE,
    TO_ANSWER,
    TO_COMPLY,
    TO_ENFORCE,
    TO_HEAR,
    TO_JUDGE,
    TO_MEDIATE,
    TO_RETURN,
    claimable,
    step,
    unpaid,
)
from arsim.engine.compiled.layout import NIL, REPORTING, RIPE, STEPPING
from arsim.engine.compiled.lists import after, append, due, expect
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.recovery import complain, heard, recovered, returned
from arsim.engine.compiled.suit import answered, complied, decided, enforced, file, mediated
from arsim.engine.law import LOOK_AGAIN


@compiled
def watch(S, invoice, today):
    """Remember the days on which the invoice will be old enough for law, and for a complaint."""
    run, one = S, S.invoices[invoice]
    for agenda, days in ((RIPE, run.law_days), (REPORTING, run.complaint_after)):
        day = max(one.due + days + 1, today)
        if days and day < run.horizon:
            expect(S, agenda, S.days[day].next_open, invoice)


@compiled
def queued(S):
    """The list of customers that wait for a lawyer."""
    return S.lists_queue


@compiled
def _queue(S, customer):
    if not S.customers[customer].queued:
        S.customers[customer].queued = True
        append(S, queued(S), customer)


@compiled
def refer(S, customer):
    """The customer refuses to pay."""
    if S.on_refusal:
        _queue(S, customer)


@compiled
def morning(S, day):
    """New cases as far as the lawyers can take them, and the steps due in old ones."""
    run = S
    at = due(S, REPORTING, day)
    while at != NIL:
        one = S.invoices[S.links[at].a]
        customer = one.customer
        if one.is_open and S.customers[customer].bound and not one.complained and len(claimable(S, customer, day, 0)):
            complain(S, customer, day)
        at = after(S, at)
    at = due(S, RIPE, day)
    while at != NIL:
        invoice = S.links[at].a
        one = S.invoices[invoice]
        if one.frozen:
            if day + LOOK_AGAIN < run.horizon:
                expect(S, RIPE, S.days[day + LOOK_AGAIN].next_open, invoice)
        elif one.is_open:
            _queue(S, one.customer)
        at = after(S, at)
    at = due(S, STEPPING, day)
    while at != NIL:
        _take_step(S, S.links[at].a, S.links[at].b, day)
        at = after(S, at)
    run.law_capacity = min(run.law_capacity + run.law_a_day, run.law_most)
    while run.cases_a_week and run.law_capacity >= 1.0 and S.lists[queued(S)].head != NIL:
        first = S.lists[queued(S)].head
        customer = S.links[first].a
        S.lists[queued(S)].head = after(S, first)
        S.customers[customer].queued = False
        claims = claimable(S, customer, day, run.law_min_amount)
        if len(claims):
            run.law_capacity -= 1.0
            file(S, customer, claims, day)


@compiled
def _take_step(S, what, case, day):
    if what == TO_ANSWER:
        answered(S, case, day)
    elif what == TO_MEDIATE:
        mediated(S, case, day)
    elif what == TO_JUDGE:
        if len(unpaid(S, case)):
            step(S, case, JUDGED, NO_FEE)
            decided(S, case, day)
    elif what == TO_COMPLY:
        complied(S, case, day)
    elif what == TO_ENFORCE:
        enforced(S, case, day)
    elif what == TO_HEAR:
        heard(S, case, day)
    elif what == TO_RETURN:
        returned(S, case, day)
    else:
        recovered(S, case, day)
