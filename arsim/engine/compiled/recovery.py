"""Beside the court, in arrays: a complaint, a lawyer on commission, and what was written off. Reference: `arsim.engine.law`."""

import numpy as np

from arsim.engine.compiled.book import reduce
from arsim.engine.compiled.cases import (
    AT_LAW,
    COMPLAINED,
    CONTINGENCY,
    HEARD,
    NO_FEE,
    PAYMENT,
    RECOVERY,
    RETURNED,
    TO_HEAR,
    TO_RECOVER,
    UNHEARD,
    ability,
    claimable,
    close,
    collect,
    later,
    luck,
    new_case,
    statutory_fee,
    step,
    unpaid,
)
from arsim.engine.compiled.lists import note
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import hurt, listed
from arsim.engine.journal import Cost, Kind
from arsim.engine.law import COMMISSION, COMPLAINT, SUIT
from arsim.model import legal
from arsim.model.luck import Purpose, uniform

RECOVERS, WRITTEN_OFF, COST, BY_COMMISSION = int(Purpose.RECOVERY), int(Purpose.WRITTEN_OFF), int(Kind.COST), int(Cost.COMMISSION)
recovery_share, SHARE = legal.recovery_share, legal.commission


@compiled
def complain(S, customer, day):
    """Complain of the customer where it is heard, as of a large firm or a public body."""
    run, claims = S, claimable(S, customer, day, 0)
    case = new_case(S, customer, claims, SUIT, S.customers[customer].case_count)
    S.customers[customer].case_count += 1
    for invoice in claims:
        S.invoices[invoice].complained = True
    hurt(S, customer, day, run.complaint_goodwill)
    step(S, case, COMPLAINED, NO_FEE)
    later(S, TO_HEAR, case, day, run.complaint_days)


@compiled
def heard(S, case, day):
    """What the complaint came to."""
    works = luck(S, case, COMPLAINT) < S.complaint_works * ability(S, case, day)
    some = len(unpaid(S, case)) > 0
    step(S, case, HEARD if works else UNHEARD, NO_FEE)
    if works and some:
        collect(S, case, 1.0)


@compiled
def returned(S, case, day):
    """The lawyer on commission has tried; the ceiling on such fees holds."""
    customer, collected = S.cases[case].customer, 0
    for invoice in unpaid(S, case):
        one = S.invoices[invoice]
        share = recovery_share(day - one.due, S.recovery_ages) * ability(S, case, day)
        if uniform(S.addresses[RECOVERS], customer, S.world_ordinal[invoice]) < share:
            collected += one.balance
            reduce(S, invoice, PAYMENT, one.balance, AT_LAW)
    _commission(S, customer, collected)
    step(S, case, RETURNED, NO_FEE)
    close(S, case)


@compiled
def _commission(S, customer, collected):
    if collected:
        fee = min(SHARE(collected, S.commission), statutory_fee(S, CONTINGENCY, collected))
        note(S, COST, customer, -1, fee, BY_COMMISSION)


@compiled
def written_off(S, invoice, day):
    """What was written off is handed to a lawyer on commission, if the policy says so."""
    if S.recovers_after and not S.invoices[invoice].barred:
        claims = np.empty(1, np.int64)
        claims[0] = invoice
        case = new_case(S, S.invoices[invoice].customer, claims, COMMISSION, 0)
        later(S, TO_RECOVER, case, day, S.recovery_days)


@compiled
def recovered(S, case, day):
    """What the lawyer has recovered of an invoice that was written off."""
    customer, invoice = S.cases[case].customer, listed(S, S.lists_by_case + case)[0]
    one = S.invoices[invoice]
    share = recovery_share(day - one.due, S.recovery_ages) * S.recovers_written_off * ability(S, case, day)
    if uniform(S.addresses[WRITTEN_OFF], customer, S.world_ordinal[invoice]) < share and one.given_up:
        left, one.given_up = one.given_up, 0
        note(S, RECOVERY, customer, invoice, left)
        _commission(S, customer, left)
