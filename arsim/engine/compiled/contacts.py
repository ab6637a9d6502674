"""Contacts in arrays: who is reached, what they answer, what it costs. The reference is `arsim.engine.contacts`."""

import numpy as np

from arsim.domain.calendar import WEEK
from arsim.engine.compiled import plans
from arsim.engine.compiled.book import feel, state_of
from arsim.engine.compiled.disputes import find
from arsim.engine.compiled.law import refer
from arsim.engine.compiled.layout import NIL
from arsim.engine.compiled.lists import note
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import hurt
from arsim.engine.contacts import CALL, MEMORY, STRIDE, VISIT
from arsim.engine.disputes import BY_CONTACT
from arsim.engine.journal import Answer, Cost, Kind
from arsim.model.contact import answered
from arsim.model.luck import Purpose, uniform

REACH, RIGHT, ANSWER_LUCK, DISCLOSE = (int(p) for p in (Purpose.REACH, Purpose.RIGHT_PARTY, Purpose.ANSWER, Purpose.DISCLOSE))
REACHED, WRONG_PARTY, MISSED, NOTICE, ANSWER, COST = (
    int(kind) for kind in (Kind.REACHED, Kind.WRONG_PARTY, Kind.MISSED, Kind.NOTICE, Kind.ANSWER, Kind.COST)
)
PAYS, PROMISES, DISPUTES, HARDSHIP, REFUSES = (
    int(answer) for answer in (Answer.PAYS, Answer.PROMISES, Answer.DISPUTES, Answer.HARDSHIP, Answer.REFUSES)
)
JOINT_VISIT = int(Cost.JOINT_VISIT)
DAYS_KEPT = 32  # days of contacts kept; at least MEMORY
make_promise, offer_plan = plans.promise, plans.offer


@compiled
def allowed(S, customer, day):
    """Whether the customer has had fewer contacts than the cap in the last seven days."""
    made = 0
    for at in range(day - WEEK + 1, min(day, S.customers[customer].met_to) + 1):
        made += S.days_met[customer, at % DAYS_KEPT].made
    return made < S.contact_cap


@compiled
def _today(S, customer, day):
    who = S.customers[customer]
    for at in range(max(who.met_to + 1, day - DAYS_KEPT + 1), day + 1):  # days without contact
        met = S.days_met[customer, at % DAYS_KEPT]
        met.made, met.met = 0, 0
    who.met_to = day
    return S.days_met[customer, day % DAYS_KEPT]


@compiled
def longest(S, channel):
    """Minutes a contact may take at most."""
    return S.channels[channel].reached + (S.confirming if channel == CALL or channel == VISIT else 0)


@compiled
def make(S, customer, channel, day, invoices, levels):
    """One contact about `invoices` (rising) at their `levels`; minutes of staff, and whether somebody took it in."""
    run, means = S, S.channels[channel]
    _today(S, customer, day).made += 1
    where = day * STRIDE + channel
    reached = uniform(S.addresses[REACH], customer, where) < means.reach and day < S.customers[customer].insolvent
    right = reached and uniform(S.addresses[RIGHT], customer, where) < means.right
    minutes = means.reached if reached else means.missed
    if reached and (channel == CALL or channel == VISIT):
        minutes += run.confirming
    note(S, REACHED if right else WRONG_PARTY if reached else MISSED, customer, -1, means.cost, channel, minutes)
    if channel == VISIT and run.joint_cost:
        note(S, COST, customer, -1, run.joint_cost, JOINT_VISIT)
    proved, live = reached and (means.provable or run.confirmed), np.empty(len(invoices), np.int64)
    size = 0
    for place in range(len(invoices)):
        one = S.invoices[invoices[place]]
        if one.is_open:
            note(S, NOTICE, customer, invoices[place], one.balance, channel, levels[place])
            if proved:
                one.demanded = day
            live[size] = invoices[place]
            size += 1
    if right:
        _taken_in(S, customer, channel, day, where, live[:size])
    return minutes, reached


@compiled
def _taken_in(S, customer, channel, day, where, live):
    """The right person has it: what it costs in goodwill, what is answered, what is felt."""
    run, means, tired = S, S.channels[channel], 0
    for at in range(day - MEMORY + 1, day + 1):
        tired += S.days_met[customer, at % DAYS_KEPT].met
    _today(S, customer, day).met += 1
    quarrels, unanswered, not_due = 0, False, True
    for invoice in live:
        one = S.invoices[invoice]
        if one.slowed:
            quarrels += 1
            unanswered = unanswered or one.known == NIL
        not_due = not_due and one.due >= day
    factor = 1.0 + run.fatigue_price * tired
    if unanswered:
        factor *= run.disputant
    elif not_due:
        factor *= run.good_payer
    hurt(S, customer, day, means.price * factor)
    if means.spoken:
        tells = run.desk > 0 and quarrels > 0 and uniform(S.addresses[DISCLOSE], customer, where) < run.discloses
        plain, size = np.empty(len(live), np.int64), 0
        for invoice in live:
            if not (tells and S.invoices[invoice].slowed):
                plain[size] = invoice
                size += 1
        if tells:
            disclosed, count = np.empty(quarrels, np.int64), 0
            for invoice in live:
                if S.invoices[invoice].slowed:
                    disclosed[count] = invoice
                    count += 1
            for invoice in disclosed:
                find(S, invoice, day, BY_CONTACT)
        live = plain[:size]
        answer = DISPUTES
        if size:
            luck = uniform(S.addresses[ANSWER_LUCK], customer, where)
            answer = answered(luck, state_of(S, customer, day), S.customers[customer].slow, run_answers(S))
        note(S, ANSWER, customer, -1, 0, answer, channel)
        if answer == PROMISES:
            make_promise(S, customer, channel, day, where, live)
        elif answer == HARDSHIP:
            offer_plan(S, customer, day, live)
        elif answer == REFUSES:
            refer(S, customer)
        if answer != PAYS and answer != PROMISES:
            return
    strength = means.strength
    for _ in range(tired):
        strength *= run.fatigue
    for invoice in live:
        if S.invoices[invoice].is_open:
            feel(S, invoice, day, channel, strength, means.arrives)


@compiled
def run_answers(S):
    """Chances of the answers, as `answered` takes them."""
    run = S
    return (run.answer_pays, run.answer_promise, run.answer_refuses, run.answer_refuses_slow, run.answer_tight, run.answer_distressed)
