"""Goodwill, discounts, interest and payments in arrays. References: `arsim.engine.goodwill`, `money` and `book`."""

import numpy as np

from arsim.domain.calendar import DAY
from arsim.engine.compiled.book import bank, commit, gathered, plan, promised, ready, reduce, slow, state_of
from arsim.engine.compiled.layout import NIL, PAYING
from arsim.engine.compiled.lists import note
from arsim.engine.compiled.machine import AHEAD, compiled, fetch
from arsim.engine.journal import Kind, Paid
from arsim.model import goodwill, money
from arsim.model.liquidity import SOUND, TIGHT
from arsim.model.luck import Purpose, uniform
from arsim.model.readiness import exponential

PAYMENT, DISCOUNT, LET_GO = int(Kind.PAYMENT), int(Kind.DISCOUNT), int(Kind.LET_GO)
INTEREST, INTEREST_PAID, WAIVED, GOODWILL = int(Kind.INTEREST), int(Kind.INTEREST_PAID), int(Kind.WAIVED), int(Kind.GOODWILL)
IN_FULL, IN_PART, PROMISED = int(Paid.IN_FULL), int(Paid.IN_PART), int(Paid.PROMISED)
TAKEN = 2.0  # a commitment that is no promise: the discount is taken
REST, FUNDS, LATE_INTEREST, LOYALTY = (int(p) for p in (Purpose.REST, Purpose.FUNDS, Purpose.INTEREST, Purpose.LOYALTY))
hurt_by, away, told = goodwill.hurt, goodwill.away, goodwill.told
worth, discounted, late_interest = money.worth, money.discounted, money.late_interest
part_of, short_by, moved, SLOW, QUICK = money.part_of, money.short_by, money.moved, money.SLOW, money.QUICK
NEVER_WAIVED, GOOD_WAIVED, ALWAYS_WAIVED = range(3)
ALL, GOOD, WEAK = range(3)


@compiled
def lack(S, customer, day):
    """Points of goodwill missing on `day`."""
    who = S.customers[customer]
    return who.lost * S.fades[day - who.since] if who.lost != 0.0 else 0.0


@compiled
def hurt(S, customer, day, points):
    """Points lost, or below 0 won back."""
    who = S.customers[customer]
    who.lost = hurt_by(lack(S, customer, day), points)
    who.since = day


@compiled
def turns_away(S, order, day):
    """Whether the customer places this order elsewhere."""
    customer = S.invoices[order].customer
    who = S.customers[customer]
    if who.lost == 0.0:
        return False
    chance = away(who.order_loss, lack(S, customer, day))
    return chance > 0.0 and uniform(S.addresses[LOYALTY], customer, S.world_ordinal[order]) < chance


@compiled
def tell_goodwill(S, end):
    """What is left of every customer's goodwill when day `end` begins."""
    one = S
    now, one.now = one.now, end * DAY
    for customer in range(len(S.customers)):
        note(S, GOODWILL, customer, -1, told(lack(S, customer, end)))
    one.now = now


@compiled
def among(S, customer, which):
    """Whether a rule for grades `which` is for this customer."""
    return which == ALL or (which == GOOD) == (S.customers[customer].grade <= 1)


@compiled
def offer_discount(S, invoice, issued):
    """A new invoice: the customer takes the discount if it beats the bank and the money is there."""
    run, one = S, S.invoices[invoice]
    customer = one.customer
    if run.discount_percent == 0.0 or not among(S, customer, run.discount_grades):
        return
    deadline = issued + run.discount_days
    state = state_of(S, customer, deadline)
    if state > TIGHT:
        return
    funds = S.customers[customer].funds + (run.funds_tight if state != SOUND else 0.0)
    if worth(run.discount_percent, one.due + run.usual_gap - deadline, funds):
        day, which = deadline, S.customers[customer].run
        while day >= issued and S.next_runs[which, day] != day:
            day -= 1
        if day >= issued:
            commit(S, invoice, day, TAKEN)


@compiled
def _deducted(S, invoice, day, amount):
    run, one = S, S.invoices[invoice]
    if invoice < run.opening or not among(S, one.customer, run.discount_grades):
        return 0
    age = day - one.issued
    if age > run.discount_days:
        late = age > run.discount_days + run.discount_grace
        if late or uniform(S.addresses[FUNDS], one.customer, S.world_ordinal[invoice]) >= run.discount_late:
            return 0
    return discounted(amount, run.discount_percent)


@compiled
def _interest(S, invoice, day, amount):
    run, one = S, S.invoices[invoice]
    customer, late = one.customer, day - one.due
    if late <= run.interest_grace:
        return
    claim = late_interest(amount, run.interest_rate, late)
    if claim == 0:
        return
    note(S, INTEREST, customer, invoice, claim, late)
    if run.interest_waive == ALWAYS_WAIVED or run.interest_waive == GOOD_WAIVED and S.customers[customer].grade <= 1:
        note(S, WAIVED, customer, invoice, claim)
        return
    hurt(S, customer, day, run.interest_goodwill)
    if uniform(S.addresses[LATE_INTEREST], customer, S.world_ordinal[invoice]) < run.interest_collected:
        note(S, INTEREST_PAID, customer, invoice, claim)


@compiled
def cash(S, invoice, day, amount, why):
    """`amount` of the invoice is paid, less a discount due; interest is settled with it."""
    run, one = S, S.invoices[invoice]
    who, late, discount = S.customers[one.customer], day - one.due, 0
    if run.discount_percent != 0.0:
        discount = _deducted(S, invoice, day, amount)
    if run.interest_rate != 0.0:
        _interest(S, invoice, day, amount)
    if amount > discount:
        reduce(S, invoice, PAYMENT, amount - discount, why)
    if discount:
        reduce(S, invoice, DISCOUNT, discount)
    if one.is_open and one.balance <= run.let_go and why == IN_FULL and one.contested == 0:
        reduce(S, invoice, LET_GO, one.balance)
    who.usual = moved(who.usual, late, SLOW)
    who.recent = moved(who.recent, late, QUICK)


@compiled
def _settle(S, invoice, day):
    """The customer pays what it is ready to pay of the invoice."""
    run, one = S, S.invoices[invoice]
    owed = one.balance - one.contested
    if owed <= 0:
        owed = one.balance
    share, why, amount = promised(S, invoice, day), IN_FULL, owed
    if share >= 1.0 or (share != 0.0 and ready(S, invoice) > day):
        why, amount = PROMISED if share < TAKEN else IN_FULL, part_of(owed, min(share, 1.0))
    elif one.waiting != 0.0:
        why, amount = IN_PART, part_of(owed, one.waiting)
        one.waiting = 0.0
        one.goal = S.world_threshold[invoice]
    elif not one.shortened:
        amount -= short_by(owed, run.short_most, S.world_short[invoice], run.short_share)
        one.shortened = True
    if (amount < owed and why == IN_FULL) or (owed < one.balance and amount == owed):
        bank(S, invoice, day + 1)
        one.goal = one.grown + exponential(uniform(S.addresses[REST], one.customer, S.world_ordinal[invoice]))
        if owed < one.balance:
            slow(S, invoice, True)
    cash(S, invoice, day, amount, why)
    if one.is_open:
        one.demanded = day
        bank(S, invoice, day + 1)
        plan(S, invoice)


@compiled
def _ahead(S, one):
    """Ask the memory for what a payment will touch: the customer, and the invoices before and after."""
    fetch(S.customers[one.customer])
    if one.before != NIL:
        fetch(S.invoices[one.before])
    if one.after != NIL:
        fetch(S.invoices[one.after])


@compiled
def pay(S, day):
    """The customers' payment runs of `day`."""
    found = gathered(S, PAYING, day)
    for place in range(len(found)):
        if place + AHEAD < len(found):
            _ahead(S, S.invoices[found[place + AHEAD]])
        invoice = found[place]
        one = S.invoices[invoice]
        if one.is_open and one.pay_day == day:
            _settle(S, invoice, day)


@compiled
def claimed(S, invoices):
    """What is owed of `invoices`, fen."""
    total = 0
    for invoice in invoices:
        total += S.invoices[invoice].balance
    return total


@compiled
def still_open(S, invoices):
    """Those of `invoices` still open."""
    kept = 0
    found = invoices.copy()
    for invoice in invoices:
        if S.invoices[invoice].is_open:
            found[kept] = invoice
            kept += 1
    return found[:kept]


@compiled
def listed(S, which):
    """The first number of every link of a list, which stays as it is."""
    count, at = 0, S.lists[which].head
    while at != NIL:
        count += 1
        at = S.links[at].next
    found = np.empty(count, np.int64)
    at, count = S.lists[which].head, 0
    while at != NIL:
        found[count] = S.links[at].a
        count += 1
        at = S.links[at].next
    return found
