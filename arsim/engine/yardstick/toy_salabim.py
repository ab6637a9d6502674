"""The toy in salabim, a component per customer and per invoice. Salabim is measured where it is installed; arsim does not need it."""

import numpy as np

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
    """The journal, as `arsim.engine.yardstick.toy_simpy.simulate_toy`.

    Raises
    ------
    ImportError
        If salabim is not installed.
    """
    import salabim

    salabim.yieldless(False)
    env = salabim.Environment(trace=False)
    collectors = salabim.Resource("collectors", capacity=toy.collectors)
    rows: list[tuple] = []
    order, pay = toy.order.tolist(), toy.pay.tolist()

    class Customer(salabim.Component):
        def process(self):
            for invoice in range(self.number * ORDERS, (self.number + 1) * ORDERS):
                if order[invoice] < 0:
                    return
                yield self.hold(till=order[invoice])
                rows.append((order[invoice], ORDER, invoice))
                Owed(invoice=invoice)

        def setup(self, number):
            self.number = number

    class Owed(salabim.Component):
        def setup(self, invoice):
            self.invoice = invoice

        def process(self):
            invoice, ordered, paid = self.invoice, order[self.invoice], pay[self.invoice]
            due = due_step(ordered, 0)
            for step in range(len(STEPS)):
                if paid < due:
                    break
                yield self.hold(till=due)
                yield self.request(collectors, fail_at=paid)
                if self.failed():
                    break
                now = int(env.now())
                rows.append((now, CALL + 4 * step, invoice))
                bits = luck(toy.seed, invoice, step)
                ends = hangs_up(now, invoice, bits)
                if paid < ends:
                    yield self.hold(till=paid)
                    rows.append((paid, PAID, invoice))
                yield self.hold(till=ends)
                rows.append((ends, CONTACT + 4 * step, invoice))
                self.release(collectors)
                if paid < ends:
                    return
                paid = pulled(ends, invoice, bits, paid)
                if step + 1 < len(STEPS):
                    due = next_step(ends, ordered, step + 1)
            yield self.hold(till=paid)
            rows.append((paid, PAID, invoice))

    for number in range(toy.customers):
        Customer(number=number)
    env.run(till=END)
    return np.array(rows, ROW)
