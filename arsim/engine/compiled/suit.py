"""A case's way through payment order, mediation, suit and enforcement, in arrays. Reference: `arsim.engine.law`."""

from arsim.engine.compiled.book import feel
from arsim.engine.compiled.cases import (
    ACCEPTANCE,
    ACCEPTANCE_HALF,
    AGREED,
    COMPLIED,
    ENFORCED,
    FILED,
    HANDED_OVER,
    NO_FEE,
    NOT_AGREED,
    OBJECTED,
    ORDERED,
    PAYMENT_ORDER,
    PRESERVATION,
    TO_ANSWER,
    TO_COMPLY,
    TO_ENFORCE,
    TO_JUDGE,
    TO_MEDIATE,
    TO_RETURN,
    ability,
    any_disputed,
    close,
    collect,
    later,
    luck,
    open_case,
    statutory_fee,
    step,
    unpaid,
)
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import claimed, hurt, still_open
from arsim.engine.compiled.security import exhausted
from arsim.engine.law import AGREES, COMMISSION, COMPLIES, ENFORCES, MEDIATION, OBJECTS, ORDER, PRESERVED, SUIT
from arsim.model import legal
from arsim.model.behaviour import COURT

enforced_share, SHARE = legal.enforced_share, legal.commission


@compiled
def enforce_at_once(S, customer, invoices, day):
    """A notarised plan is broken: no trial is needed."""
    case = open_case(S, customer, still_open(S, invoices), SUIT, day)
    later(S, TO_ENFORCE, case, day, S.enforcement_days)


@compiled
def file(S, customer, claims, day):
    """The case is filed, or handed over, on the policy's route."""
    run = S
    case, claim = open_case(S, customer, claims, run.law_route, day), claimed(S, claims)
    if run.law_route == COMMISSION:
        step(S, case, HANDED_OVER, NO_FEE)
        later(S, TO_RETURN, case, day, run.recovery_days)
        return
    if run.law_route == ORDER:
        S.cases[case].fee = statutory_fee(S, PAYMENT_ORDER, claim)
        step(S, case, FILED, S.cases[case].fee)
        later(S, TO_ANSWER, case, day, S.days[day].order_ends - day)
    elif run.law_route == MEDIATION:
        step(S, case, FILED, NO_FEE)
        later(S, TO_MEDIATE, case, day, run.mediation_days)
    else:
        _sue(S, case, day)
    hurt(S, customer, day, run.filing_goodwill)
    for invoice in claims:
        feel(S, invoice, day, COURT, 1.0, 0)


@compiled
def _sue(S, case, day):
    """Suit: halved fee in summary procedure, which undisputed claims get."""
    run, claims = S, unpaid(S, case)
    if len(claims) == 0:
        return
    claim, disputed = claimed(S, claims), any_disputed(S, claims)
    small = claim <= run.small_claim
    fee = statutory_fee(S, ACCEPTANCE if disputed else ACCEPTANCE_HALF, claim)
    S.cases[case].fee += fee
    extra = NO_FEE
    if S.cases[case].route == PRESERVED:
        extra = statutory_fee(S, PRESERVATION, claim)
    step(S, case, FILED, fee + extra + SHARE(claim, run.lawyer))
    when = S.days[day]
    ends = when.small_ends if small else when.ordinary_ends if disputed else when.summary_ends
    later(S, TO_JUDGE, case, day, ends - day)


@compiled
def answered(S, case, day):
    """The debtor had its time to pay or to object to the payment order."""
    claims = unpaid(S, case)
    if len(claims) == 0:
        return
    if any_disputed(S, claims) or luck(S, case, OBJECTS) < S.objects:
        step(S, case, OBJECTED, NO_FEE)
        _sue(S, case, day)
    else:
        step(S, case, ORDERED, NO_FEE)
        decided(S, case, day)


@compiled
def mediated(S, case, day):
    """What mediation came to."""
    if len(unpaid(S, case)) == 0:
        return
    if luck(S, case, AGREES) < S.mediates * ability(S, case, day):
        step(S, case, AGREED, NO_FEE)
        decided(S, case, day)
    else:
        step(S, case, NOT_AGREED, NO_FEE)
        _sue(S, case, day)


@compiled
def decided(S, case, day):
    """An enforceable title: the debtor complies, or does not."""
    run = S
    if luck(S, case, COMPLIES) < run.complies * ability(S, case, day):
        later(S, TO_COMPLY, case, day, 1)
    elif run.enforce:
        later(S, TO_ENFORCE, case, day, run.enforcement_days)
    else:
        close(S, case)


@compiled
def complied(S, case, day):
    """The day by which the debtor said it would comply."""
    if len(unpaid(S, case)) and day < S.customers[S.cases[case].customer].insolvent:
        step(S, case, COMPLIED, NO_FEE)
        collect(S, case, 1.0)
    close(S, case)


@compiled
def enforced(S, case, day):
    """The court takes what it finds."""
    run = S
    if len(unpaid(S, case)):
        chance = run.enforced * ability(S, case, day)
        if S.cases[case].route == PRESERVED:
            chance = min(1.0, chance * run.preservation_lift)
        share = enforced_share(luck(S, case, ENFORCES), chance, run.enforced_part, run.enforced_part_share)
        step(S, case, ENFORCED, NO_FEE)
        if share > 0.0:
            collect(S, case, share)
        for invoice in unpaid(S, case):
            exhausted(S, invoice, day)
    close(S, case)
