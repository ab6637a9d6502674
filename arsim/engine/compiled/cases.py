"""A case at law in arrays: its claims, its steps, what is collected by it, and its end. Reference: `arsim.engine.law`."""

import numpy as np

from arsim.domain import banded
from arsim.engine.compiled.book import overdue, reduce, state_of
from arsim.engine.compiled.layout import FEES, NIL, STEPPING
from arsim.engine.compiled.lists import append, expect, note
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import claimed, listed, still_open
from arsim.engine.compiled.security import call
from arsim.engine.journal import Kind, Paid, Stage
from arsim.engine.law import COMMISSION, STRIDE
from arsim.model import money
from arsim.model.liquidity import DISTRESSED, SOUND, TIGHT
from arsim.model.luck import Purpose, uniform

LUCK, LAW, PAYMENT, RECOVERY, AT_LAW = int(Purpose.LAW), int(Kind.LAW), int(Kind.PAYMENT), int(Kind.RECOVERY), int(Paid.AT_LAW)
FILED, ORDERED, OBJECTED, AGREED, NOT_AGREED, JUDGED, COMPLIED, ENFORCED, ENDED, COMPLAINED, HEARD, UNHEARD, HANDED_OVER, RETURNED = (
    int(stage) for stage in list(Stage)[:14]
)
(TO_ANSWER, TO_MEDIATE, TO_JUDGE, TO_COMPLY, TO_ENFORCE, TO_HEAR, TO_RETURN, TO_RECOVER) = range(8)
ACCEPTANCE, ACCEPTANCE_HALF, PAYMENT_ORDER, PRESERVATION, CONTINGENCY = range(len(FEES))
NO_FEE = np.int64(0)
fee_by_bands, part_of = banded.fee, money.part_of


@compiled
def claimable(S, customer, day, least):
    """What can be sued for."""
    if day >= S.customers[customer].insolvent:
        return np.empty(0, np.int64)
    found, kept = overdue(S, customer, day), 0
    for invoice in found:
        one = S.invoices[invoice]
        if not (one.frozen or one.at_law or one.barred or one.tried):
            found[kept] = invoice
            kept += 1
    found = found[:kept]
    return found if kept and claimed(S, found) >= least else found[:0]


@compiled
def new_case(S, customer, claims, route, number):
    """A case; its claims are the list of the same number."""
    run = S
    at = run.case_count
    if at >= len(S.cases):
        run.spilt_cases = True
        return 0
    run.case_count = at + 1
    case = S.cases[at]
    case.customer, case.route, case.number, case.fee = customer, route, number, 0
    S.lists[run.lists_by_case + at].head = NIL
    for invoice in claims:
        append(S, run.lists_by_case + at, invoice)
    return at


@compiled
def open_case(S, customer, claims, route, day):
    """A case about these claims, which count as demanded today."""
    case = new_case(S, customer, claims, route, S.customers[customer].case_count)
    S.customers[customer].case_count += 1
    for invoice in claims:
        S.invoices[invoice].at_law = True
        S.invoices[invoice].demanded = day
        if route != COMMISSION:
            call(S, invoice, day)
    return case


@compiled
def any_disputed(S, claims):
    """Whether any of the claims is disputed."""
    for invoice in claims:
        if S.invoices[invoice].slowed:
            return True
    return False


@compiled
def unpaid(S, case):
    """Claims of the case that are still open."""
    return still_open(S, listed(S, S.lists_by_case + case))


@compiled
def luck(S, case, question):
    """Luck of the case in one question."""
    return uniform(S.addresses[LUCK], S.cases[case].customer, S.cases[case].number * STRIDE + question)


@compiled
def ability(S, case, day):
    """How able to pay the debtor is, from 0 to 1: by its liquidity on that day."""
    run, customer = S, S.cases[case].customer
    if day >= S.customers[customer].insolvent:
        return 0.0
    state = state_of(S, customer, day)
    return 1.0 if state == SOUND else run.law_tight if state == TIGHT else run.law_distressed if state == DISTRESSED else 0.0


@compiled
def step(S, case, stage, cost):
    """A line of the journal: what happened in the case."""
    note(S, LAW, S.cases[case].customer, -1, cost, stage, S.cases[case].route)


@compiled
def later(S, what, case, day, days):
    """The next step, so many days from now."""
    if day + days < S.horizon:
        expect(S, STEPPING, S.days[day + days].next_open, what, case)


@compiled
def collect(S, case, share):
    """Principal first; who has paid all of it bears the court fee as well."""
    for invoice in unpaid(S, case):
        reduce(S, invoice, PAYMENT, part_of(S.invoices[invoice].balance, share), AT_LAW)
    one = S.cases[case]
    if share >= 1.0 and one.fee:
        note(S, RECOVERY, one.customer, -1, one.fee, 1)
        one.fee = 0


@compiled
def close(S, case):
    """The case is over; what is left of it has been tried."""
    left = unpaid(S, case)
    if len(left):
        step(S, case, ENDED, NO_FEE)
    at = S.lists[S.lists_by_case + case].head
    while at != NIL:
        S.invoices[S.links[at].a].at_law = False
        at = S.links[at].next
    for invoice in left:
        S.invoices[invoice].tried = True


@compiled
def statutory_fee(S, which, amount):
    """A statutory fee, fen."""
    parts, cap, bands = S.fee_terms[which, 0], S.fee_terms[which, 1], S.fee_terms[which, 2]
    return fee_by_bands(amount, parts, S.fee_bands[which, :bands], cap)
