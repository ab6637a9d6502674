"""The toy in lean SimPy: timeouts with callbacks, an own queue, no processes."""

import gc
from collections import deque

import numpy as np
import simpy
from simpy.events import Timeout

from arsim.engine.yardstick.toy import (
    CALL,
    CONTACT,
    END,
    ORDER,
    ORDERS,
    PAID,
    ROW,
    STEPS,
    Toy,
    due_step,
    hangs_up,
    luck,
    next_step,
    pulled,
)  # fmt: skip


def simulate_toy(toy: Toy) -> np.ndarray:
    """The journal, as `arsim.engine.yardstick.toy_simpy.simulate_toy`."""
    env, rows, waiting = simpy.Environment(), [], deque()
    order, pay = toy.order.tolist(), toy.pay.tolist()
    step, open_, served, ready = [0] * len(order), [True] * len(order), [0] * len(order), toy.collectors

    def at(tick, what, invoice):
        if tick < END:
            Timeout(env, tick - env.now, invoice).callbacks.append(what)

    def ordering(event):
        invoice = event.value
        rows.append((env.now, ORDER, invoice))
        if (invoice + 1) % ORDERS and order[invoice + 1] >= 0:
            at(order[invoice + 1], ordering, invoice + 1)
        ahead(invoice, due_step(env.now, 0))

    def ahead(invoice, due):
        """The next thing to happen to the invoice."""
        if step[invoice] < len(STEPS) and due < pay[invoice]:
            at(due, reminding, invoice)
        else:
            at(pay[invoice], paying, invoice)

    def reminding(event):
        at(pay[event.value], paying, event.value)
        waiting.append(event.value)
        serve()

    def serve():
        nonlocal ready
        while ready and waiting:
            invoice = waiting.popleft()
            if open_[invoice]:
                ready -= 1
                rows.append((env.now, CALL + 4 * step[invoice], invoice))
                served[invoice] = luck(toy.seed, invoice, step[invoice])
                at(hangs_up(env.now, invoice, served[invoice]), hanging_up, invoice)

    def hanging_up(event):
        nonlocal ready
        invoice, now = event.value, env.now
        rows.append((now, CONTACT + 4 * step[invoice], invoice))
        ready += 1
        serve()
        if open_[invoice]:
            sooner = pulled(now, invoice, served[invoice], pay[invoice])
            step[invoice] += 1
            moved = sooner < pay[invoice]
            pay[invoice] = sooner
            due = next_step(now, order[invoice], step[invoice]) if step[invoice] < len(STEPS) else END
            if due < sooner:
                at(due, reminding, invoice)
            elif moved:
                at(sooner, paying, invoice)

    def paying(event):
        if open_[event.value] and pay[event.value] == env.now:
            open_[event.value] = False
            rows.append((env.now, PAID, event.value))

    for number in range(toy.customers):
        at(order[number * ORDERS], ordering, number * ORDERS)
    collecting = gc.isenabled()
    gc.disable()
    try:
        env.run(until=END)
    finally:
        if collecting:
            gc.enable()
    return np.array(rows, ROW)
