"""Instalment plans and promises to pay in arrays. References: `arsim.engine.plans` and `promises`."""

from arsim.domain.calendar import MONTH
from arsim.engine.compiled.book import commit, freeze, reduce, state_of, thaw
from arsim.engine.compiled.layout import NIL, PLANNED, PROMISED
from arsim.engine.compiled.lists import after, append, due, expect, note
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import claimed, listed, still_open
from arsim.engine.compiled.ranking import broken_by, move_up
from arsim.engine.compiled.security import give
from arsim.engine.compiled.suit import enforce_at_once
from arsim.engine.compiled.tasks import hand_over
from arsim.engine.journal import Cost, Kind, Paid
from arsim.engine.promises import LONGEST
from arsim.engine.security import NONE
from arsim.model import legal, promises
from arsim.model import plan as rules
from arsim.model.liquidity import DISTRESSED, SOUND, TIGHT
from arsim.model.luck import Purpose, uniform
from arsim.model.readiness import exponential

OFFER, INSTALMENT, PROMISE_DAY, KEPT_LUCK = (int(p) for p in (Purpose.OFFER, Purpose.INSTALMENT, Purpose.PROMISE_DAY, Purpose.KEPT))
PLAN, PLAN_BROKEN, COST, INTEREST_PAID, PAYMENT = (
    int(kind) for kind in (Kind.PLAN, Kind.PLAN_BROKEN, Kind.COST, Kind.INTEREST_PAID, Kind.PAYMENT)
)
PROMISE, KEPT, BROKEN = int(Kind.PROMISE), int(Kind.KEPT), int(Kind.BROKEN)
NOTARY, BY_INSTALMENT = int(Cost.NOTARY), int(Paid.INSTALMENT)
weight, first_month, instalment, interest = rules.weight, rules.first_month, rules.instalment, rules.interest
lift, missed, grave, share_of = rules.lift, rules.missed, rules.grave, legal.commission
kept_share, waits = promises.kept_share, promises.waits


# ── Plans ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@compiled
def offer(S, customer, day, invoices):
    """A customer in hardship is offered a plan for `invoices`, if the policy has one; it may not like the terms."""
    run, who = S, S.customers[customer]
    found, kept = invoices.copy(), 0
    for invoice in invoices:
        one = S.invoices[invoice]
        if one.is_open and not one.frozen and one.contested == 0:
            found[kept] = invoice
            kept += 1
    found = found[:kept]
    rate = run.plan_good if who.grade <= 1 else run.plan_weak
    if not run.plan_offered or kept == 0 or uniform(S.addresses[OFFER], customer, day) < run.rate_deters * rate:
        return
    secured = 0.0
    if run.plan_security != NONE:
        if who.security == NONE and not give(S, customer, run.plan_security, True, day + MONTH * run.plan_months, day):
            return
        secured = run.security_lift
    at = run.plan_count
    if at >= len(S.plans):
        run.spilt_cases = True
        return
    run.plan_count = at + 1
    plan, total, months = S.plans[at], claimed(S, found), run.plan_months
    plan.customer, plan.total, plan.begun, plan.next, plan.missed, plan.rate = customer, total, day, 0, 0, rate
    plan.lift = lift(secured, run.season_lift if run.plan_season else 0.0)
    month, heavy, left = first_month(run.start_month, day), 0.0, total
    for number in range(months):
        heavy += weight(run.plan_season, month + number, who.peak)
    for number in range(months - 1):
        amount = instalment(total, weight(run.plan_season, month + number, who.peak), heavy)
        plan.amounts[number] = amount
        left -= amount
    plan.amounts[months - 1] = left
    if run.plan_notarised:
        note(S, COST, customer, -1, share_of(total, run.notary), NOTARY)
    note(S, PLAN, customer, -1, total, months, run.plan_good_points if who.grade <= 1 else run.plan_weak_points)
    claims = run.lists_by_plan + at
    S.lists[claims].head = NIL
    for invoice in found:
        freeze(S, invoice, day)
        S.invoices[invoice].demanded = day
        append(S, claims, invoice)
    _expect(S, at, day)


@compiled
def _expect(S, plan, day):
    if day + MONTH < S.horizon:
        expect(S, PLANNED, S.next_runs[S.customers[S.plans[plan].customer].run, day + MONTH], plan)


@compiled
def pay_plans(S, day):
    """The instalments of `day`."""
    run = S
    link = due(S, PLANNED, day)
    while link != NIL:
        at = S.links[link].a
        plan, invoices = S.plans[at], still_open(S, listed(S, run.lists_by_plan + at))
        if len(invoices):
            insolvent = day >= S.customers[plan.customer].insolvent
            if not insolvent and _pays(S, at, day):
                _instalment(S, at, invoices, day)
            else:
                plan.missed += plan.amounts[plan.next]
                all_due = run.plan_accelerate and grave(plan.missed, plan.total)
                if all_due or day >= plan.begun + MONTH * run.plan_months or insolvent:
                    _broken(S, at, invoices, day)
                else:
                    _expect(S, at, day)
        link = after(S, link)


@compiled
def _pays(S, at, day):
    run, plan = S, S.plans[at]
    state = state_of(S, plan.customer, day)
    paid = run.paid_sound if state == SOUND else run.paid_tight if state == TIGHT else run.paid_distressed if state == DISTRESSED else 0.0
    return uniform(S.addresses[INSTALMENT], plan.customer, day) >= missed(paid, plan.lift)


@compiled
def _instalment(S, at, invoices, day):
    """Oldest invoice first."""
    plan, months = S.plans[at], S.plan_months
    left = plan.amounts[plan.next]
    extra = interest(left, plan.rate, plan.next)
    if extra:
        note(S, INTEREST_PAID, plan.customer, invoices[0], extra)
    plan.next += 1
    last = plan.next == months
    for invoice in invoices:
        balance = S.invoices[invoice].balance
        part = balance if last else min(left, balance)
        if part > 0:
            reduce(S, invoice, PAYMENT, part, BY_INSTALMENT)
            S.invoices[invoice].demanded = day
            left -= part
    if not last:
        _expect(S, at, day)


@compiled
def _broken(S, at, invoices, day):
    plan = S.plans[at]
    note(S, PLAN_BROKEN, plan.customer, -1, claimed(S, invoices), plan.next)
    for invoice in invoices:
        thaw(S, invoice, day + 1)
    if S.plan_notarised and day < S.customers[plan.customer].insolvent:
        enforce_at_once(S, plan.customer, invoices, day)


# ── Promises ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@compiled
def promise(S, customer, channel, day, where, invoices):
    """The customer promises to pay `invoices`; `where` is the contact's address in luck."""
    run = S
    ahead = waits(exponential(uniform(S.addresses[PROMISE_DAY], customer, where)), run.promise_days, LONGEST)
    promised = S.next_runs[S.customers[customer].run, day + ahead]
    total = claimed(S, invoices)
    note(S, PROMISE, customer, -1, total, promised, channel)
    state = state_of(S, customer, promised)
    kept = run.kept_sound if state == SOUND else run.kept_tight if state == TIGHT else run.kept_distressed if state == DISTRESSED else 0.0
    luck = uniform(S.addresses[KEPT_LUCK], customer, where)
    share = kept_share(luck, kept, run.promise_part, run.promise_half)
    at = run.promise_count
    if at >= run.promise_room:
        run.spilt_cases = True
        return
    run.promise_count = at + 1
    claims = run.lists_by_promise + at
    S.lists[claims].head = NIL
    for invoice in invoices:
        append(S, claims, invoice)
        if share != 0.0:
            commit(S, invoice, promised, share)
        if run.promise_pause:
            S.invoices[invoice].until = promised
        S.invoices[invoice].demanded = max(S.invoices[invoice].demanded, day)
    S.promises[at].customer, S.promises[at].total = customer, total
    expect(S, PROMISED, promised + 1, at)


@compiled
def promises_morning(S, day):
    """Promises that were due by yesterday: kept or broken."""
    run = S
    while run.promises_seen < day:
        run.promises_seen += 1
        link = due(S, PROMISED, run.promises_seen)
        while link != NIL:
            at = S.links[link].a
            customer, left = S.promises[at].customer, still_open(S, listed(S, run.lists_by_promise + at))
            if len(left) == 0:
                note(S, KEPT, customer, -1, S.promises[at].total)
            elif S.customers[customer].insolvent > day:
                append(S, broken_by(S, customer), day)
                move_up(S, customer)
                note(S, BROKEN, customer, -1, claimed(S, left))
                if run.follow_up != NIL:
                    for invoice in left:
                        hand_over(S, customer, run.follow_up, invoice, -1)
            link = after(S, link)
