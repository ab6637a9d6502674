"""The toy in idiomatic SimPy: a process per customer and per invoice, a resource, the documented pattern for reneging."""

import numpy as np
import simpy

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
    """The journal, rows of `ROW` in the order they came about."""
    env = simpy.Environment()
    collectors = simpy.Resource(env, toy.collectors)
    rows: list[tuple] = []
    order, pay = toy.order.tolist(), toy.pay.tolist()

    def customer(number):
        for invoice in range(number * ORDERS, (number + 1) * ORDERS):
            if order[invoice] < 0:
                return
            yield env.timeout(order[invoice] - env.now)
            rows.append((env.now, ORDER, invoice))
            env.process(owed(invoice, order[invoice], pay[invoice]))

    def owed(invoice, ordered, paid):
        due = due_step(ordered, 0)
        for step in range(len(STEPS)):
            if paid < due:
                break
            yield env.timeout(due - env.now)
            with collectors.request() as turn:
                got = yield turn | env.timeout(paid - env.now)
                if turn not in got:
                    break
                rows.append((env.now, CALL + 4 * step, invoice))
                bits = luck(toy.seed, invoice, step)
                ends = hangs_up(env.now, invoice, bits)
                if paid < ends:
                    yield env.timeout(paid - env.now)
                    rows.append((env.now, PAID, invoice))
                yield env.timeout(ends - env.now)
                rows.append((env.now, CONTACT + 4 * step, invoice))
            if paid < ends:
                return
            paid = pulled(ends, invoice, bits, paid)
            if step + 1 < len(STEPS):
                due = next_step(ends, ordered, step + 1)
        yield env.timeout(paid - env.now)
        rows.append((env.now, PAID, invoice))

    for number in range(toy.customers):
        env.process(customer(number))
    env.run(until=END)
    return np.array(rows, ROW)
