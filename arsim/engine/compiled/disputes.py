"""The dispute desk in arrays. The reference is `arsim.engine.disputes`."""

import numpy as np

from arsim.engine.compiled.book import reduce, resolve
from arsim.engine.compiled.layout import COMPLAINING, NIL
from arsim.engine.compiled.lists import after, append, due, expect, note, take
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import hurt
from arsim.engine.disputes import BY_COMPLAINT, BY_STATEMENT, STATEMENTS, statement_address
from arsim.engine.journal import Kind
from arsim.model import dispute as rules
from arsim.model.luck import Purpose, uniform

WORK, DISCLOSE = int(Purpose.DISPUTE_WORK), int(Purpose.DISCLOSE)
DISPUTE, SETTLED, CREDIT_NOTE = int(Kind.DISPUTE), int(Kind.SETTLED), int(Kind.CREDIT_NOTE)
contested_part, answered_after = rules.contested_part, rules.answered_after


@compiled
def watch(S, invoice, today):
    """A disputed invoice has entered the book; nobody but its customer knows."""
    run, one = S, S.invoices[invoice]
    if run.desk > 0 and one.dispute != NIL:
        one.hidden = True
        append(S, run.lists_hidden, invoice)
        day = max(today + 1, one.due + S.disputes[one.dispute].complains)
        if day < run.horizon:
            expect(S, COMPLAINING, S.days[day].next_open, invoice)


@compiled
def find(S, invoice, day, how):
    """The dispute comes to light."""
    run, one = S, S.invoices[invoice]
    if not one.hidden or not one.is_open:
        return
    one.hidden = False
    what = S.disputes[one.dispute]
    contested = contested_part(one.balance, what.contested)
    note(S, DISPUTE, one.customer, invoice, contested, what.cause, how)
    one.known = run.desk_today
    luck = uniform(S.addresses[WORK], one.customer, S.world_ordinal[invoice])
    answered = answered_after(run.desk_today, run.response_days, run.answer_fastest, run.answer_slowest, luck)
    append(S, run.lists_desk, invoice, 0, 0, answered)
    if run.claim_undisputed and contested < one.balance:
        one.contested = contested
        resolve(S, invoice, day)


@compiled
def morning(S, day):
    """Complaints come in, e-statements bring others to light, and the desk works on what its owners have answered."""
    run = S
    if run.desk == 0:
        return
    run.desk_today += 1
    at = due(S, COMPLAINING, day)
    while at != NIL:
        find(S, S.links[at].a, day, BY_COMPLAINT)
        at = after(S, at)
    if run.statement_finds != 0.0 and run.desk_today % STATEMENTS == 1:
        hidden = _hidden(S)
        for invoice in hidden:
            one = S.invoices[invoice]
            where = statement_address(S.world_ordinal[invoice], run.desk_today)
            if uniform(S.addresses[DISCLOSE], one.customer, where) < run.statement_finds:
                find(S, invoice, day, BY_STATEMENT)
    run.desk_capacity = min(run.desk_capacity, 0.0) + run.desk
    at = take(S, run.lists_desk)
    while at != NIL:
        invoice, answered = S.links[at].a, S.links[at].x
        if S.invoices[invoice].is_open:
            if answered <= run.desk_today and run.desk_capacity > 0.0:
                run.desk_capacity -= S.dispute_work[S.disputes[S.invoices[invoice].dispute].cause]
                _settle(S, invoice, day)
            else:
                append(S, run.lists_desk, invoice, 0, 0, answered)
        at = after(S, at)


@compiled
def _hidden(S):
    """Disputed invoices that nobody knows of, in order of number; what is known by now falls off the list."""
    which, count = S.lists_hidden, 0
    at = take(S, which)
    while at != NIL:
        invoice = S.links[at].a
        if S.invoices[invoice].hidden:
            append(S, which, invoice)
            count += 1
        at = after(S, at)
    found, at, count = np.empty(count, np.int64), S.lists[which].head, 0
    while at != NIL:
        found[count] = S.links[at].a
        count += 1
        at = S.links[at].next
    found.sort()
    return found


@compiled
def _settle(S, invoice, day):
    run, one = S, S.invoices[invoice]
    waited, what = run.desk_today - one.known, S.disputes[one.dispute]
    one.known = NIL
    hurt(S, one.customer, day, run.wait_goodwill * waited - run.solved_goodwill)
    contested = min(one.contested if one.contested else contested_part(one.balance, what.contested), one.balance)
    one.contested = 0
    note(S, SETTLED, one.customer, invoice, contested, int(what.justified), waited)
    if what.justified:
        reduce(S, invoice, CREDIT_NOTE, contested)
    else:
        one.demanded = day
    if one.is_open:
        resolve(S, invoice, day)
