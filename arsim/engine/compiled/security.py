"""Security in arrays: given, called in time or lost, and what insolvency leaves. The reference is `arsim.engine.security`."""

from arsim.engine.compiled.book import reduce
from arsim.engine.compiled.layout import COMING, LAPSING, NIL
from arsim.engine.compiled.lists import after, due, expect, note
from arsim.engine.compiled.machine import compiled
from arsim.engine.journal import Kind, Paid, Stage
from arsim.engine.security import COLLATERAL, GENERAL, IN_TROUBLE, JOINT, OF_CUSTOMER, PAYS, RETENTION
from arsim.model.luck import Purpose, uniform
from arsim.model.money import part_of

SECURITY = int(Purpose.SECURITY)
SECURED, LAW, GUARANTEE_LOST = int(Kind.SECURED), int(Kind.LAW), int(Kind.GUARANTEE_LOST)
PAYMENT, RECOVERY, AT_LAW = int(Kind.PAYMENT), int(Kind.RECOVERY), int(Paid.AT_LAW)
CALLED, PROVED = int(Stage.GUARANTEE_CALLED), int(Stage.PROVED)


@compiled
def give(S, customer, kind, in_trouble, until, day):
    """Ask for security of `kind`; the customer's answer is always the same."""
    who, run = S.customers[customer], S
    question, accepts = (IN_TROUBLE, run.accepts_in_trouble) if in_trouble else (OF_CUSTOMER, run.accepts_security)
    if uniform(S.addresses[SECURITY], customer, question) >= accepts:
        return False
    who.security = kind
    note(S, SECURED, customer, -1, 0, kind)
    at = who.first
    while at != NIL:
        S.invoices[at].runs_from = max(S.invoices[at].due, max(until, day))
        watch(S, at)
        at = S.invoices[at].after
    return True


@compiled
def watch(S, invoice):
    """The guarantee for an invoice ends six months after it falls due unless it is called by then."""
    kind = S.customers[S.invoices[invoice].customer].security
    if kind == GENERAL or kind == JOINT:
        ends = _last(S, invoice) + 1
        if 0 <= ends < S.horizon:
            expect(S, LAPSING, S.days[ends].next_open, invoice)


@compiled
def _last(S, invoice):
    one = S.invoices[invoice]
    return S.month_ends[0, (one.runs_from if one.runs_from != NIL else one.due) - S.months_from]


@compiled
def call(S, invoice, day):
    """A claim at law is made on `day`."""
    kind = S.customers[S.invoices[invoice].customer].security
    if (kind == GENERAL or kind == JOINT) and day <= _last(S, invoice):
        S.invoices[invoice].called = True
        if kind == JOINT:
            pay_later(S, invoice, day + S.guarantor_days, JOINT)


@compiled
def exhausted(S, invoice, day):
    """Enforcement against the debtor has ended: now a general guarantor and the assets pledged answer."""
    kind = S.customers[S.invoices[invoice].customer].security
    if (kind == GENERAL and S.invoices[invoice].called) or kind == COLLATERAL or kind == RETENTION:
        pay_later(S, invoice, day + S.guarantor_days, kind)


@compiled
def pay_later(S, invoice, day, kind):
    """The security brings its share of the balance on `day`; a guarantor pays or does not."""
    one, run = S.invoices[invoice], S
    if one.asked:
        return
    one.asked = True
    share = S.security_brings[kind]
    if kind == RETENTION and one.balance * 4 <= S.world_amount[invoice]:
        return
    if kind == GENERAL or kind == JOINT:
        share = 1.0 if uniform(S.addresses[SECURITY], one.customer, PAYS) < share else 0.0
        note(S, LAW, one.customer, invoice, 0, CALLED)
    if share != 0.0 and day < run.horizon:
        expect(S, COMING, S.days[day].next_open, invoice, 0, share)


@compiled
def morning(S, day):
    """Insolvencies since yesterday, guarantees that lapse, money that comes in."""
    run = S
    while run.failed < len(S.fails) and S.customers[S.fails[run.failed]].insolvent <= day:
        customer = S.fails[run.failed]
        run.failed += 1
        _insolvent(S, customer, day)
    at = due(S, LAPSING, day)
    while at != NIL:
        invoice = S.links[at].a
        one = S.invoices[invoice]
        if one.is_open and not one.called:
            note(S, GUARANTEE_LOST, one.customer, invoice, one.balance)
        at = after(S, at)
    at = due(S, COMING, day)
    while at != NIL:
        invoice, share = S.links[at].a, S.links[at].x
        one = S.invoices[invoice]
        if one.is_open:
            reduce(S, invoice, PAYMENT, part_of(one.balance, share), AT_LAW)
        else:
            amount = int(one.given_up * share)
            if amount:
                one.given_up -= amount
                note(S, RECOVERY, one.customer, invoice, amount)
        at = after(S, at)


@compiled
def _insolvent(S, customer, day):
    """Claims are lodged: security first, the rest shares in what is left."""
    run, kind, at = S, S.customers[customer].security, S.customers[customer].first
    while at != NIL:
        note(S, LAW, customer, at, 0, PROVED)
        if kind == GENERAL or kind == JOINT:
            call(S, at, day)
            if kind == GENERAL and S.invoices[at].called:
                pay_later(S, at, day + run.guarantor_days, kind)
        elif kind == COLLATERAL or kind == RETENTION:
            pay_later(S, at, day + run.guarantor_days, kind)
        ends = day + run.bankruptcy_days
        if ends < run.horizon:
            expect(S, COMING, S.days[ends].next_open, at, 0, run.unsecured)
        at = S.invoices[at].after
