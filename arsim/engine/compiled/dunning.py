"""The dunning ladder in arrays. The reference is `arsim.engine.dunning`."""

import numpy as np

from arsim.domain.money import FEN
from arsim.engine.compiled.contacts import allowed, make
from arsim.engine.compiled.layout import DUNNING, NIL
from arsim.engine.compiled.lists import due_any, expect_any
from arsim.engine.compiled.machine import compiled, fetch
from arsim.engine.compiled.money import among
from arsim.engine.compiled.tasks import hand_over
from arsim.engine.dunning import LOOK_AGAIN, WEEK

FROM_DUE, TO_MONTH_END, FROM_PREVIOUS = range(3)


@compiled
def watch(S, invoice, today):
    """A new invoice: reminders whose day lies before the invoice itself are left out."""
    one = S.invoices[invoice]
    while one.level < len(S.levels) and _falls(S, invoice, one.level, today) < today:
        one.level += 1
    _expect(S, invoice, today, today + 1)


@compiled
def catch_up(S, invoice, today):
    """An old invoice met at the start gets one notice, of the highest level it has earned, unless it has had that one already."""
    level, previous, one = 0, today, S.invoices[invoice]
    while level < len(S.levels):
        day = _falls(S, invoice, level, previous)
        if day > today:
            break
        level, previous = level + 1, day
    had = level > 0 and previous < today and S.levels[level - 1].issued
    one.level = level if had or level == 0 else level - 1
    _expect(S, invoice, previous if had else today, today)


@compiled
def _falls(S, invoice, level, previous):
    """Day on which `level` falls due; `previous` is the day of the level before it."""
    rung = S.levels[level]
    if rung.clock == FROM_PREVIOUS:
        return previous + rung.wait
    day = S.invoices[invoice].due + rung.wait
    return S.month_ends[2, day - S.months_from] if rung.clock == TO_MONTH_END else day


@compiled
def _expect(S, invoice, today, earliest):
    """Put the invoice's next level on the agenda."""
    one = S.invoices[invoice]
    if one.level < len(S.levels):
        _on(S, invoice, max(_falls(S, invoice, one.level, today), earliest))


@compiled
def _on(S, invoice, day):
    if day < S.horizon:
        expect_any(S, DUNNING, S.days[day].next_open, invoice)


@compiled
def run_ladder(S, day):
    """Issue the levels due today, one contact for all of a customer's invoices on the same channel."""
    channels, count, keys = len(S.channels), 0, due_any(S, DUNNING, day)
    for invoice in keys:
        fetch(S.invoices[invoice])
    for invoice in keys:
        one = S.invoices[invoice]
        if one.is_open and not _waits(S, invoice, day) and not _passed_over(S, invoice, day):
            keys[count] = np.int64(one.customer * channels + S.levels[one.level].channel) << 32 | invoice
            count += 1
    keys = keys[:count]
    keys.sort()
    first = 0
    while first < count:
        task, end = keys[first] >> 32, first
        while end < count and keys[end] >> 32 == task:
            end += 1
        _issue(S, task // channels, task % channels, keys[first:end] & 0xFFFFFFFF, day)
        first = end


@compiled
def _issue(S, customer, channel, invoices, day):
    levels = np.empty(len(invoices), np.int64)
    for place in range(len(invoices)):
        levels[place] = S.invoices[invoices[place]].level
    if S.channels[channel].by_hand:
        for place in range(len(invoices)):
            hand_over(S, customer, channel, invoices[place], levels[place])
    elif allowed(S, customer, day):
        make(S, customer, channel, day, invoices, levels)
    else:
        for invoice in invoices:
            _on(S, invoice, day + 1)  # what the cap forbids today waits
        return
    for invoice in invoices:
        S.invoices[invoice].level += 1
        _expect(S, invoice, day, day + 1)


@compiled
def _waits(S, invoice, day):
    """A promise, a plan, the court or the dispute desk keeps the level from being issued today; it is looked at again later."""
    one = S.invoices[invoice]
    if one.until >= day:
        _on(S, invoice, one.until + 1)
    elif one.frozen or one.at_law:
        _on(S, invoice, day + LOOK_AGAIN)
    elif S.dispute_pause and one.known != NIL:
        _on(S, invoice, day + WEEK)
    else:
        return False
    return True


@compiled
def _passed_over(S, invoice, day):
    """The level is not for this customer or this amount: the next one is waited for."""
    one = S.invoices[invoice]
    rung = S.levels[one.level]
    if among(S, one.customer, rung.grades) and one.balance >= rung.min_amount * FEN:
        return False
    one.level += 1
    _expect(S, invoice, day, day + 1)
    return True
