"""The book during a run: open invoices, how ripe they are, and when they will be paid."""

from collections import defaultdict

import simpy

from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.model.behaviour import NEVER, Behaviour, grown, ready_day
from arsim.model.population import ORIGIN
from arsim.model.world import World


class Book:
    """Open invoices by customer and the readiness of each. Private to a run; the journal's rows are what comes out.

    Columns are plain lists: reading one number of a list is several times cheaper than of an array.
    """

    def __init__(self, env: simpy.Environment, world: World, behaviour: Behaviour):
        people, calendar = world.population, world.calendar
        self.env, self.world, self.behaviour, self.horizon = env, world, behaviour, world.days
        self.rows: list[tuple] = []
        # Per invoice
        self.customer, self.amount, self.due = world.customer.tolist(), world.amount.tolist(), world.due.tolist()
        self._threshold, self._pace = world.threshold.tolist(), world.pace.tolist()
        count = len(self.customer)
        self.is_open = [False] * count
        self._grown, self._grown_to = [0.0] * count, [0] * count
        self._pay_day, self._felt = [NEVER] * count, [()] * count
        # Per customer
        size = len(people)
        self.open: list[dict[int, None]] = [{} for _ in range(size)]  # open invoices, oldest first
        self.exposure, self._pressed = [0] * size, [1.0] * size
        self.insolvent = world.insolvent.tolist()
        runs = {mask: calendar.next_open(mask).tolist() for mask in set(people.run_days.tolist())}
        self._next_run = [runs[mask] for mask in people.run_days.tolist()]
        self._summed = [0.0, *people.base.cumsum().tolist()]
        self._agenda: dict[int, list[int]] = defaultdict(list)  # day → invoices planned for its payment run

    def note(self, kind: Kind, customer: int, invoice: int, amount: int, a: int = 0, b: int = 0) -> None:
        """One line of the journal, now."""
        self.rows.append((self.env.now, kind, customer, invoice, a, b, amount))

    def enter(self, invoice: int, day: int) -> None:
        """The invoice is on the book, and ripens from `day` on."""
        customer = self.customer[invoice]
        self.is_open[invoice], self._grown_to[invoice] = True, day
        self.open[customer][invoice] = None
        self.exposure[customer] += self.amount[invoice]
        self._plan(invoice)

    def close(self, invoice: int, kind: Kind) -> None:
        """The invoice leaves the book: paid or written off."""
        customer = self.customer[invoice]
        self.is_open[invoice] = False
        del self.open[customer][invoice]
        self.exposure[customer] -= self.amount[invoice]
        self.note(kind, customer, invoice, self.amount[invoice])

    def overdue(self, customer: int, day: int, longer_than: int = 0) -> list[int]:
        """The customer's invoices more than `longer_than` days past due on `day`."""
        return [invoice for invoice in self.open[customer] if day - self.due[invoice] > longer_than]

    def pay(self, day: int) -> None:
        """The customers' payment runs of `day`."""
        for invoice in self._in_order(self._agenda.pop(day, ())):
            if self.is_open[invoice] and self._pay_day[invoice] == day:  # a contact may have moved it forward since
                self.close(invoice, Kind.PAYMENT)

    def write_off(self, invoices: list[int]) -> None:
        """Give up what is still open of `invoices`."""
        for invoice in self._in_order(invoices):
            if self.is_open[invoice]:
                self.close(invoice, Kind.WRITE_OFF)

    def feel(self, invoice: int, day: int, channel: int) -> None:
        """The customer was reached about the invoice on `day`."""
        felt = self.behaviour.felt
        if felt[channel]:
            self._bank(invoice, day)
            still = (contact for contact in self._felt[invoice] if contact[0] + len(felt[contact[1]]) > day)
            self._felt[invoice] = (*still, (day + self.behaviour.channels[channel].arrives, channel))
            self._plan(invoice)

    def hold_back(self, customer: int, day: int, held: bool) -> None:
        """Supply begins or ceases to be held back on `day`; it presses as much as the customer depends on us."""
        for invoice in self.open[customer]:
            self._bank(invoice, day)
        self._pressed[customer] = 1.0 + (self.behaviour.press - 1.0) * float(self.world.population.dependence[customer]) if held else 1.0
        for invoice in self.open[customer]:
            self._plan(invoice)

    def _bank(self, invoice: int, day: int) -> None:
        """Count the readiness grown before `day`, so that from `day` on it may grow differently."""
        self._grown[invoice] += grown(self._grown_to[invoice], day, *self._growth(invoice))
        self._grown_to[invoice] = day

    def _plan(self, invoice: int) -> None:
        """Put the invoice on the payment run it will be ready for, as things stand."""
        due, *growth = self._growth(invoice)
        ready = ready_day(self._grown_to[invoice], due, self._threshold[invoice] - self._grown[invoice], *growth)
        run = self._next_run[self.customer[invoice]][max(ready, 0)] if ready < self.horizon else NEVER
        if run >= min(self.horizon, self.insolvent[self.customer[invoice]]):
            run = NEVER
        if run != self._pay_day[invoice]:
            self._pay_day[invoice] = run
            if run != NEVER:
                self._agenda[run].append(invoice)

    def _growth(self, invoice: int) -> tuple:
        pace = self._pace[invoice] * self._pressed[self.customer[invoice]]
        return self.due[invoice], pace, self._summed, ORIGIN, self._felt[invoice], self.behaviour.felt

    def _in_order(self, invoices) -> list[int]:
        return sorted(set(invoices), key=lambda invoice: (self.customer[invoice], invoice))


def day_of(minute: int) -> int:
    """The day a minute lies in."""
    return minute // MINUTES_A_DAY
