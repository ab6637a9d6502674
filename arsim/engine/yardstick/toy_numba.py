"""The toy compiled by numba: one record an invoice, a calendar queue of about eight events a bucket, lists threaded through the records."""

import numpy as np
from numba import njit, uint64

from arsim.domain.calendar import DAY
from arsim.engine.yardstick.toy import CALL, CONTACT, END, LEAST_MINUTES, ORDER, ORDERS, PAID, ROW, SHIFT, STEPS, TERMS, Toy

EVENT = np.dtype([("time", "i8"), ("next", "u4"), ("before", "u4")], align=True)  # two an invoice: its payment, and what else awaits it
OWED = np.dtype(
    [("order", "i8"), ("pay", "i8"), ("bits", "u8"), ("next", "u4"), ("before", "u4"), ("step", "i4"), ("state", "i4")], align=True
)
QUIET, WAITING, SERVED, SETTLED = 0, 1, 2, 4  # states; SETTLED is added to SERVED when the payment comes during the contact
ROWS_AN_INVOICE = 2 + 2 * len(STEPS)
EVENTS_A_BUCKET = 8
DAY_TICKS = DAY * 2 << SHIFT
FIRST_STEP, OFFSETS = (TERMS + STEPS[0]) * DAY_TICKS, np.array([(TERMS + days) * DAY_TICKS for days in STEPS])
GOLDEN, MIX_1, MIX_2 = uint64(0x9E3779B97F4A7C15), uint64(0xBF58476D1CE4E5B9), uint64(0x94D049BB133111EB)
U, W = np.uint32, np.uint64  # of a signed index numba asks each time whether it counts from the end; that costs a quarter of the run
NIL = U(0xFFFFFFFF)


def width(invoices: int) -> int:
    """Bits of a tick that make no difference to the bucket."""
    bits = 0
    while (END >> bits) * EVENTS_A_BUCKET > 6 * invoices:
        bits += 1
    return bits


def simulate_toy(toy: Toy) -> np.ndarray:
    """The journal, as `arsim.engine.yardstick.toy_simpy.simulate_toy`."""
    owed = np.zeros(len(toy.order), OWED)
    owed["order"], owed["pay"] = toy.order, toy.pay
    bits = width(toy.invoices)
    buckets, events = np.full((END >> bits) + 2, NIL, np.uint32), np.zeros(2 * len(owed), EVENT)
    rows = np.empty(ROWS_AN_INVOICE * toy.invoices, ROW)
    return rows[: play(toy.customers, toy.collectors, toy.seed, owed, events, buckets, bits, rows)]


@njit(error_model="numpy", cache=True)
def _mix(x):
    x = (x ^ (x >> uint64(30))) * MIX_1
    x = (x ^ (x >> uint64(27))) * MIX_2
    return x ^ (x >> uint64(31))


@njit(error_model="numpy", cache=True)
def _put(events, buckets, bits, event, time):
    if time >= END:
        events[event].time = -1
        return
    bucket = W(time >> bits)
    head = buckets[bucket]
    events[event].time, events[event].next, events[event].before = time, head, NIL
    if head != NIL:
        events[head].before = event
    buckets[bucket] = event


@njit(error_model="numpy", cache=True)
def _take(events, buckets, bits, event):
    one = events[event]
    if one.before == NIL:
        buckets[W(one.time >> bits)] = one.next
    else:
        events[one.before].next = one.next
    if one.next != NIL:
        events[one.next].before = one.before
    events[event].time = -1


@njit(error_model="numpy", cache=True)
def play(customers, collectors, seed, owed, events, buckets, bits, rows):
    """The whole year; how many rows came of it. Event 2i is invoice i's payment, 2i + 1 its order, step or end of contact."""
    count, free, first, last = 0, collectors, NIL, NIL
    for customer in range(customers):
        _put(events, buckets, bits, U(2 * customer * ORDERS + 1), owed[customer * ORDERS].order)
    for bucket in range(len(buckets)):
        while buckets[bucket] != NIL:
            event = buckets[bucket]
            look = events[event].next
            while look != NIL:
                if events[look].time < events[event].time:
                    event = look
                look = events[look].next
            now, invoice, serve = events[event].time, U(event >> 1), False
            _take(events, buckets, bits, event)
            one = owed[invoice]
            if event & 1 == 0:  # it is paid
                rows[W(count)].time, rows[W(count)].what, rows[W(count)].invoice = now, PAID, invoice
                count += 1
                if one.state == WAITING:  # and leaves the queue
                    if one.before == NIL:
                        first = one.next
                    else:
                        owed[one.before].next = one.next
                    if one.next == NIL:
                        last = one.before
                    else:
                        owed[one.next].before = one.before
                elif one.state == QUIET and events[U(event + 1)].time >= 0:
                    _take(events, buckets, bits, U(event + 1))
                owed[invoice].state |= SETTLED
            elif now == one.order:
                rows[W(count)].time, rows[W(count)].what, rows[W(count)].invoice = now, ORDER, invoice
                count += 1
                if (invoice + 1) % ORDERS and owed[U(invoice + 1)].order >= 0:
                    _put(events, buckets, bits, U(event + 2), owed[U(invoice + 1)].order)
                _put(events, buckets, bits, U(event - 1), one.pay)
                if now + FIRST_STEP < one.pay:
                    _put(events, buckets, bits, event, now + FIRST_STEP)
                else:
                    events[event].time = -1
            elif one.state == QUIET:  # a step falls due
                owed[invoice].state, owed[invoice].next, owed[invoice].before = WAITING, NIL, last
                if last == NIL:
                    first = invoice
                else:
                    owed[last].next = invoice
                last, serve = invoice, True
            else:  # a contact ends
                rows[W(count)].time, rows[W(count)].what, rows[W(count)].invoice = now, CONTACT + 4 * one.step, invoice
                count += 1
                free, serve = free + 1, True
                if one.state == SERVED:
                    owed[invoice].state, owed[invoice].step = QUIET, one.step + 1
                    if (one.bits >> uint64(8)) & uint64(255) < uint64(77):
                        minute = (now >> (SHIFT + 1)) + (1 + np.int64((one.bits >> uint64(16)) & uint64(7))) * DAY
                        pay = (2 * minute + 1) << SHIFT | invoice
                        if pay < owed[invoice].pay:
                            if events[U(event - 1)].time >= 0:
                                _take(events, buckets, bits, U(event - 1))
                            owed[invoice].pay = pay
                            _put(events, buckets, bits, U(event - 1), pay)
                    if owed[invoice].step < len(OFFSETS):
                        due = max(one.order + OFFSETS[owed[invoice].step], now + DAY_TICKS)
                        if due < owed[invoice].pay:
                            _put(events, buckets, bits, event, due)
            if serve and free > 0 and first != NIL:
                invoice = first
                first = owed[invoice].next
                if first == NIL:
                    last = NIL
                else:
                    owed[first].before = NIL
                free -= 1
                step = owed[invoice].step
                rows[W(count)].time, rows[W(count)].what, rows[W(count)].invoice = now, CALL + 4 * step, invoice
                count += 1
                drawn = _mix(_mix(uint64(seed) ^ (uint64(invoice) + uint64(1)) * GOLDEN) ^ (uint64(step) + uint64(1)) * GOLDEN)
                owed[invoice].state, owed[invoice].bits = SERVED, drawn
                minute = (now >> (SHIFT + 1)) + LEAST_MINUTES + np.int64(drawn & uint64(127))
                _put(events, buckets, bits, U(2 * invoice + 1), (2 * minute) << SHIFT | invoice)
    return count
