"""The credit desk in arrays. The reference is `arsim.engine.credit`."""

from arsim.engine.compiled import dunning, law, security
from arsim.engine.compiled.book import enter, overdue, owed_late, press
from arsim.engine.compiled.collectors import add_now
from arsim.engine.compiled.disputes import watch as watch_dispute
from arsim.engine.compiled.layout import EXPIRING, NIL
from arsim.engine.compiled.limitation import watch_limitation
from arsim.engine.compiled.lists import after, append, expect_any, note, take
from arsim.engine.compiled.machine import compiled
from arsim.engine.compiled.money import hurt, offer_discount, turns_away
from arsim.engine.contacts import CALL
from arsim.engine.journal import Hold, Kind, Lost
from arsim.engine.security import NONE
from arsim.model import credit
from arsim.model.luck import Purpose, uniform

PREPAY, TERMS, PURSUED = int(Purpose.PREPAY), int(Purpose.TERMS), int(Purpose.PURSUED)
ORDER, HELD, LOST, PREPAID, INVOICE, WALKED = (
    int(kind) for kind in (Kind.ORDER, Kind.HELD, Kind.LOST, Kind.PREPAID, Kind.INVOICE, Kind.WALKED)
)
OVER_LIMIT, APPROVAL, BEHIND = int(Hold.OVER_LIMIT), int(Hold.APPROVAL), int(Hold.BEHIND)
WAITED, NO_PREPAYMENT, NO_SECURITY, SHORT_TERMS, NOT_PURSUED = (int(why) for why in list(Lost))
ACCEPT, HOLD, ASK_PREPAYMENT = range(3)
granted, limit_as_is, stands_against, cut_loses, walks_at = credit.terms, credit.room, credit.objection, credit.cut_loses, credit.walks_at
watch_law, watch_security, watch_ladder = law.watch, security.watch, dunning.watch
give = security.give


@compiled
def watch(S, invoice, today):
    """Remember the days on which something may have to be done about the invoice."""
    run = S
    day = max(S.invoices[invoice].due + run.write_off_days + 1, today)
    if day < run.horizon:
        expect_any(S, EXPIRING, S.days[day].next_open, invoice)
    watch_dispute(S, invoice, today)
    watch_law(S, invoice, today)
    watch_limitation(S, invoice)
    watch_security(S, invoice)


@compiled
def _deliver(S, order, terms, day):
    """An order goes out on credit: its invoice is issued, due and watched."""
    one = S.invoices[order]
    if one.due < 0:
        due = (S.days[day].month_end if S.customers[one.customer].month_end else day) + terms
        one.due = S.days[due].next_open if S.due_rolls else due
    note(S, INVOICE, one.customer, order, one.balance, day, one.due)
    enter(S, order, day, day)
    offer_discount(S, order, day)
    watch_ladder(S, order, day)
    watch(S, order, day)


@compiled
def held_by(S, customer):
    """The list of the customer's held orders: (order, leaves, approved on), oldest first."""
    return S.lists_held + customer


@compiled
def decide(S, order, day):
    """Deliver, ask for prepayment, or hold; behind a held order the customer's next ones queue."""
    run, one = S, S.invoices[order]
    customer, amount = one.customer, one.balance
    note(S, ORDER, customer, order, amount, 1 if one.dispute != NIL else 0, S.customers[customer].terms)
    if turns_away(S, order, day):
        note(S, WALKED, customer, order, amount)
        return
    lost = _declined(S, order, customer, day)
    if lost != NIL:
        note(S, LOST, customer, order, amount, lost)
        return
    reason = _objection(S, customer, amount, day)
    if reason == 0 and run.approval_amount and amount > run.approval_amount:
        if S.customers[customer].grade > run.approved_to:
            _prepay(S, order, customer, amount)
            return
        if run.approval_days:
            approved = day
            for _ in range(run.approval_days):
                approved = S.days[approved + 1].next_open
            _hold(S, order, APPROVAL, approved, day)
            return
    if reason == 0 and not _others_wait(S, customer, day):
        _deliver(S, order, _terms(S, customer), day)
    elif reason == OVER_LIMIT and run.over_limit == ASK_PREPAYMENT:
        _prepay(S, order, customer, amount)
    else:
        _hold(S, order, reason if reason else BEHIND, 0, day)


@compiled
def _others_wait(S, customer, day):
    if not S.customers[customer].waiting:
        return False
    at = S.lists[held_by(S, customer)].head
    while at != NIL:
        if S.links[at].c <= day:
            return True
        at = S.links[at].next
    return False


@compiled
def _prepay(S, order, customer, amount):
    willing = uniform(S.addresses[PREPAY], customer, S.world_ordinal[order]) < S.prepay
    note(S, PREPAID if willing else LOST, customer, order, amount, 0 if willing else NO_PREPAYMENT)


@compiled
def _declined(S, order, customer, day):
    """Why no business comes of the order; NIL if it does."""
    run, who, ordinal = S, S.customers[customer], S.world_ordinal[order]
    if run.not_pursued != 0.0 and who.grade > 1 and uniform(S.addresses[PURSUED], customer, ordinal) < run.not_pursued:
        return NOT_PURSUED
    if who.grade >= run.security_asked and who.security == NONE and not give(S, customer, run.security_kind, False, 0, day):
        return NO_SECURITY
    cut = who.terms - _terms(S, customer)
    if cut > 0 and uniform(S.addresses[TERMS], customer, ordinal) < cut_loses(who.terms_loss, cut):
        return SHORT_TERMS
    return NIL


@compiled
def _terms(S, customer):
    run, who = S, S.customers[customer]
    return granted(who.terms, run.longest[who.grade], run.short_terms, who.warned >= run.warning_shorten)


@compiled
def _objection(S, customer, amount, day):
    run, who = S, S.customers[customer]
    late = day - who.review if run.review_every else 0
    old = owed_late(S, customer, day, run.hold_overdue_days)[0] if run.hold_overdue_days else -1
    room = -1
    if run.over_limit != ACCEPT:
        room = limit_as_is(who.limit, run.by_grade[who.grade], run.lower_factor, who.warned >= run.warning_lower)
    stopped = who.warned >= run.warning_stop
    return stands_against(stopped, late, run.hold_review_days, old, run.hold_overdue_share, who.exposure, amount, room)


@compiled
def _hold(S, order, reason, approved, day):
    """The order waits, and walks away when its customer's patience ends."""
    run, one = S, S.invoices[order]
    customer = one.customer
    note(S, HELD, customer, order, one.balance, reason)
    _insert(S, customer, order, walks_at(day, S.world_patience[order], run.patience), approved)
    if not S.customers[customer].waiting:
        S.customers[customer].waiting = True
        S.held[run.held_count] = customer
        run.held_count += 1
    if reason == APPROVAL:
        return
    hurt(S, customer, day, run.hold_goodwill)
    press(S, customer, day, True)
    if run.call_on_hold:
        late = overdue(S, customer, day)
        if len(late):
            add_now(S, customer, CALL, late)


@compiled
def _insert(S, customer, order, leaves, approved):
    """Among the customer's held orders, oldest first."""
    which, placed = held_by(S, customer), False
    at = take(S, which)
    while at != NIL:
        link = S.links[at]
        a, b, c = link.a, link.b, link.c
        if not placed and order < a:
            append(S, which, order, leaves, approved)
            placed = True
        append(S, which, a, b, c)
        at = after(S, at)
    if not placed:
        append(S, which, order, leaves, approved)


@compiled
def release(S, day):
    """Each morning: held orders, oldest first, walk away, go out, or wait on with those behind them."""
    run, kept = S, 0
    S.held[: run.held_count].sort()
    for place in range(run.held_count):
        customer = S.held[place]
        who = S.customers[customer]
        which, stopped = held_by(S, customer), False
        at = take(S, which)
        while at != NIL:
            order, leaves, approved = S.links[at].a, S.links[at].b, S.links[at].c
            if who.insolvent <= day or (leaves <= day and day != approved):
                note(S, LOST, customer, order, S.invoices[order].balance, WAITED)
            elif approved > day:
                append(S, which, order, leaves, approved)
            elif stopped or _objection(S, customer, S.invoices[order].balance, day):
                append(S, which, order, leaves, approved)
                stopped = True
            else:
                _deliver(S, order, _terms(S, customer), day)
            at = after(S, at)
        who.waiting = S.lists[which].head != NIL
        if who.waiting:
            S.held[kept] = customer
            kept += 1
        if not stopped:
            press(S, customer, day, False)
    run.held_count = kept
