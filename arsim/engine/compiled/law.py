"""The legal route and the limitation clock in arrays. References: `arsim.engine.law` and `limitation`."""

import numpy as np

from arsim.domain import banded
from arsim.engine.compiled.book import feel, overdue, quicken, reduce, state_of
from arsim.engine.compiled.layout import FEES, LIMITED, NIL, REPORTING, RIPE, STEPPING
from arsim.engine.compiled.lists import after, append, due, expect, note
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import claimed, hurt, listed, still_open
from arsim.engine.compiled.security import call, exhausted
from arsim.engine.journal import Cost, Kind, Paid, Stage
from arsim.engine.law import (
    AGREES,
    COMMISSION,
    COMPLAINT,
    COMPLIES,
    ENFORCES,
    LOOK_AGAIN,
    MEDIATION,
    OBJECTS,
    ORDER,
    PRESERVED,
    STRIDE,
    SUIT,
)
from arsim.engine.limitation import YEARS
from arsim.model import legal, money
from arsim.model.behaviour import COURT
from arsim.model.liquidity import DISTRESSED, SOUND, TIGHT
from arsim.model.luck import Purpose, uniform

LUCK, RECOVERS, WRITTEN_OFF = int(Purpose.LAW), int(Purpose.RECOVERY), int(Purpose.WRITTEN_OFF)
LAW, COST, PAYMENT, RECOVERY, BARRED = int(Kind.LAW), int(Kind.COST), int(Kind.PAYMENT), int(Kind.RECOVERY), int(Kind.BARRED)
AT_LAW, BY_COMMISSION = int(Paid.AT_LAW), int(Cost.COMMISSION)
FILED, ORDERED, OBJECTED, AGREED, NOT_AGREED, JUDGED, COMPLIED, ENFORCED, ENDED, COMPLAINED, HEARD, UNHEARD, HANDED_OVER, RETURNED = (
    int(stage) for stage in list(Stage)[:14]
)
(TO_ANSWER, TO_MEDIATE, TO_JUDGE, TO_COMPLY, TO_ENFORCE, TO_HEAR, TO_RETURN, TO_RECOVER) = range(8)
fee_by_bands, part_of, enforced_share, recovery_share = banded.fee, money.part_of, legal.enforced_share, legal.recovery_share
SHARE = legal.commission
ACCEPTANCE, ACCEPTANCE_HALF, PAYMENT_ORDER, PRESERVATION, CONTINGENCY = range(len(FEES))
NO_FEE = np.int64(0)


# ── Limitation ───────────────────────────────────────────────────────────────────────────────────────────────────────


@compiled
def _since(S, invoice):
    one = S.invoices[invoice]
    return max(one.due, one.demanded)


@compiled
def watch_limitation(S, invoice):
    """Remember when the period ends as things stand."""
    since, horizon = _since(S, invoice), S.horizon
    if since + YEARS * 360 >= horizon:
        return
    ends = S.month_ends[1, since - S.months_from] + 1
    if ends < horizon:
        expect(S, LIMITED, S.days[max(ends, 0)].next_open, invoice)


@compiled
def limitation_morning(S, day):
    """Periods that ran out; what has been demanded meanwhile has a new one."""
    at = due(S, LIMITED, day)
    while at != NIL:
        invoice = S.links[at].a
        one = S.invoices[invoice]
        if one.is_open:
            if S.month_ends[1, _since(S, invoice) - S.months_from] < day:
                one.barred = True
                note(S, BARRED, one.customer, invoice, one.balance)
                quicken(S, invoice, day, S.barred_factor)
            else:
                watch_limitation(S, invoice)
        at = after(S, at)


# ── What goes to law ─────────────────────────────────────────────────────────────────────────────────────────────────


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
        if one.is_open and S.customers[customer].bound and not one.complained and len(_claims(S, customer, day, 0)):
            _complain(S, customer, day)
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
        claims = _claims(S, customer, day, run.law_min_amount)
        if len(claims):
            run.law_capacity -= 1.0
            _file(S, customer, claims, day)


@compiled
def _claims(S, customer, day, least):
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


# ── The stages ───────────────────────────────────────────────────────────────────────────────────────────────────────


@compiled
def _take_step(S, what, case, day):
    if what == TO_ANSWER:
        _answered(S, case, day)
    elif what == TO_MEDIATE:
        _mediated(S, case, day)
    elif what == TO_JUDGE:
        if len(_left(S, case)):
            _step(S, case, JUDGED, NO_FEE)
            _decided(S, case, day)
    elif what == TO_COMPLY:
        _complied(S, case, day)
    elif what == TO_ENFORCE:
        _enforced(S, case, day)
    elif what == TO_HEAR:
        _heard(S, case, day)
    elif what == TO_RETURN:
        _returned(S, case, day)
    else:
        _recovered(S, case, day)


@compiled
def _new_case(S, customer, claims, route, number):
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
def enforce_at_once(S, customer, invoices, day):
    """A notarised plan is broken: no trial is needed."""
    case = _open(S, customer, still_open(S, invoices), SUIT, day)
    _expect(S, TO_ENFORCE, case, day, S.enforcement_days)


@compiled
def _file(S, customer, claims, day):
    run = S
    case, claim = _open(S, customer, claims, run.law_route, day), claimed(S, claims)
    if run.law_route == COMMISSION:
        _step(S, case, HANDED_OVER, NO_FEE)
        _expect(S, TO_RETURN, case, day, run.recovery_days)
        return
    if run.law_route == ORDER:
        S.cases[case].fee = _fee(S, PAYMENT_ORDER, claim)
        _step(S, case, FILED, S.cases[case].fee)
        _expect(S, TO_ANSWER, case, day, S.days[day].order_ends - day)
    elif run.law_route == MEDIATION:
        _step(S, case, FILED, NO_FEE)
        _expect(S, TO_MEDIATE, case, day, run.mediation_days)
    else:
        _sue(S, case, day)
    hurt(S, customer, day, run.filing_goodwill)
    for invoice in claims:
        feel(S, invoice, day, COURT, 1.0, 0)


@compiled
def _open(S, customer, claims, route, day):
    case = _new_case(S, customer, claims, route, S.customers[customer].case_count)
    S.customers[customer].case_count += 1
    for invoice in claims:
        S.invoices[invoice].at_law = True
        S.invoices[invoice].demanded = day
        if route != COMMISSION:
            call(S, invoice, day)
    return case


@compiled
def _sue(S, case, day):
    """Suit: halved fee in summary procedure, which undisputed claims get."""
    run, claims = S, _left(S, case)
    if len(claims) == 0:
        return
    claim, disputed = claimed(S, claims), _disputed(S, claims)
    small = claim <= run.small_claim
    fee = _fee(S, ACCEPTANCE if disputed else ACCEPTANCE_HALF, claim)
    S.cases[case].fee += fee
    extra = NO_FEE
    if S.cases[case].route == PRESERVED:
        extra = _fee(S, PRESERVATION, claim)
    _step(S, case, FILED, fee + extra + SHARE(claim, run.lawyer))
    when = S.days[day]
    ends = when.small_ends if small else when.ordinary_ends if disputed else when.summary_ends
    _expect(S, TO_JUDGE, case, day, ends - day)


@compiled
def _disputed(S, claims):
    for invoice in claims:
        if S.invoices[invoice].slowed:
            return True
    return False


@compiled
def _answered(S, case, day):
    """The debtor had its time to pay or to object to the payment order."""
    claims = _left(S, case)
    if len(claims) == 0:
        return
    if _disputed(S, claims) or _luck(S, case, OBJECTS) < S.objects:
        _step(S, case, OBJECTED, NO_FEE)
        _sue(S, case, day)
    else:
        _step(S, case, ORDERED, NO_FEE)
        _decided(S, case, day)


@compiled
def _mediated(S, case, day):
    if len(_left(S, case)) == 0:
        return
    if _luck(S, case, AGREES) < S.mediates * _ability(S, case, day):
        _step(S, case, AGREED, NO_FEE)
        _decided(S, case, day)
    else:
        _step(S, case, NOT_AGREED, NO_FEE)
        _sue(S, case, day)


@compiled
def _decided(S, case, day):
    """An enforceable title: the debtor complies, or does not."""
    run = S
    if _luck(S, case, COMPLIES) < run.complies * _ability(S, case, day):
        _expect(S, TO_COMPLY, case, day, 1)
    elif run.enforce:
        _expect(S, TO_ENFORCE, case, day, run.enforcement_days)
    else:
        _close(S, case)


@compiled
def _complied(S, case, day):
    if len(_left(S, case)) and day < S.customers[S.cases[case].customer].insolvent:
        _step(S, case, COMPLIED, NO_FEE)
        _collect(S, case, 1.0)
    _close(S, case)


@compiled
def _enforced(S, case, day):
    """The court takes what it finds."""
    run = S
    if len(_left(S, case)):
        chance = run.enforced * _ability(S, case, day)
        if S.cases[case].route == PRESERVED:
            chance = min(1.0, chance * run.preservation_lift)
        share = enforced_share(_luck(S, case, ENFORCES), chance, run.enforced_part, run.enforced_part_share)
        _step(S, case, ENFORCED, NO_FEE)
        if share > 0.0:
            _collect(S, case, share)
        for invoice in _left(S, case):
            exhausted(S, invoice, day)
    _close(S, case)


@compiled
def _collect(S, case, share):
    """Principal first; who has paid all of it bears the court fee as well."""
    for invoice in _left(S, case):
        reduce(S, invoice, PAYMENT, part_of(S.invoices[invoice].balance, share), AT_LAW)
    one = S.cases[case]
    if share >= 1.0 and one.fee:
        note(S, RECOVERY, one.customer, -1, one.fee, 1)
        one.fee = 0


@compiled
def _close(S, case):
    left = _left(S, case)
    if len(left):
        _step(S, case, ENDED, NO_FEE)
    at = S.lists[S.lists_by_case + case].head
    while at != NIL:
        S.invoices[S.links[at].a].at_law = False
        at = S.links[at].next
    for invoice in left:
        S.invoices[invoice].tried = True


# ── Beside the court ─────────────────────────────────────────────────────────────────────────────────────────────────


@compiled
def _complain(S, customer, day):
    run, claims = S, _claims(S, customer, day, 0)
    case = _new_case(S, customer, claims, SUIT, S.customers[customer].case_count)
    S.customers[customer].case_count += 1
    for invoice in claims:
        S.invoices[invoice].complained = True
    hurt(S, customer, day, run.complaint_goodwill)
    _step(S, case, COMPLAINED, NO_FEE)
    _expect(S, TO_HEAR, case, day, run.complaint_days)


@compiled
def _heard(S, case, day):
    works = _luck(S, case, COMPLAINT) < S.complaint_works * _ability(S, case, day)
    some = len(_left(S, case)) > 0
    _step(S, case, HEARD if works else UNHEARD, NO_FEE)
    if works and some:
        _collect(S, case, 1.0)


@compiled
def _returned(S, case, day):
    """The lawyer on commission has tried; the ceiling on such fees holds."""
    customer, collected = S.cases[case].customer, 0
    for invoice in _left(S, case):
        one = S.invoices[invoice]
        share = recovery_share(day - one.due, S.recovery_ages) * _ability(S, case, day)
        if uniform(S.addresses[RECOVERS], customer, S.world_ordinal[invoice]) < share:
            collected += one.balance
            reduce(S, invoice, PAYMENT, one.balance, AT_LAW)
    _commission(S, customer, collected)
    _step(S, case, RETURNED, NO_FEE)
    _close(S, case)


@compiled
def _commission(S, customer, collected):
    if collected:
        fee = min(SHARE(collected, S.commission), _fee(S, CONTINGENCY, collected))
        note(S, COST, customer, -1, fee, BY_COMMISSION)


@compiled
def written_off(S, invoice, day):
    """What was written off is handed to a lawyer on commission, if the policy says so."""
    if S.recovers_after and not S.invoices[invoice].barred:
        claims = np.empty(1, np.int64)
        claims[0] = invoice
        case = _new_case(S, S.invoices[invoice].customer, claims, COMMISSION, 0)
        _expect(S, TO_RECOVER, case, day, S.recovery_days)


@compiled
def _recovered(S, case, day):
    customer, invoice = S.cases[case].customer, listed(S, S.lists_by_case + case)[0]
    one = S.invoices[invoice]
    share = recovery_share(day - one.due, S.recovery_ages) * S.recovers_written_off * _ability(S, case, day)
    if uniform(S.addresses[WRITTEN_OFF], customer, S.world_ordinal[invoice]) < share and one.given_up:
        left, one.given_up = one.given_up, 0
        note(S, RECOVERY, customer, invoice, left)
        _commission(S, customer, left)


@compiled
def _fee(S, which, amount):
    """A statutory fee, fen."""
    parts, cap, bands = S.fee_terms[which, 0], S.fee_terms[which, 1], S.fee_terms[which, 2]
    return fee_by_bands(amount, parts, S.fee_bands[which, :bands], cap)


# ── Small things ─────────────────────────────────────────────────────────────────────────────────────────────────────


@compiled
def _left(S, case):
    return still_open(S, listed(S, S.lists_by_case + case))


@compiled
def _luck(S, case, question):
    return uniform(S.addresses[LUCK], S.cases[case].customer, S.cases[case].number * STRIDE + question)


@compiled
def _ability(S, case, day):
    run, customer = S, S.cases[case].customer
    if day >= S.customers[customer].insolvent:
        return 0.0
    state = state_of(S, customer, day)
    return 1.0 if state == SOUND else run.law_tight if state == TIGHT else run.law_distressed if state == DISTRESSED else 0.0


@compiled
def _step(S, case, stage, cost):
    note(S, LAW, S.cases[case].customer, -1, cost, stage, S.cases[case].route)


@compiled
def _expect(S, what, case, day, days):
    if day + days < S.horizon:
        expect(S, STEPPING, S.days[day + days].next_open, what, case)
