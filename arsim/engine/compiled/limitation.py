"""The limitation clock in arrays. Reference: `arsim.engine.limitation`."""

from arsim.engine.compiled.book import quicken
from arsim.engine.compiled.layout import LIMITED, NIL
from arsim.engine.compiled.lists import after, due, expect, note
from arsim.engine.compiled.machine import compiled
from arsim.engine.journal import Kind
from arsim.engine.limitation import YEARS

BARRED = int(Kind.BARRED)


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
