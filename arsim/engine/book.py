"""The book during a run: open invoices, how ripe they are, when and how much of them will be paid."""

from collections import defaultdict

import numpy as np
import simpy

from arsim.domain.policy import Policy
from arsim.engine.journal import MINUTES_A_DAY, Kind, Paid
from arsim.model.behaviour import NEVER, Behaviour, grown, ready_day
from arsim.model.liquidity import STEP
from arsim.model.luck import Purpose, address, uniform
from arsim.model.money import QUICK, SLOW, moved, part_of, short_by
from arsim.model.population import ORIGIN
from arsim.model.readiness import base_under, exponential
from arsim.model.world import World

IN_FULL = 2.0  # a commitment that is no promise: the discount is taken


class Book:
    """Open invoices by customer and the readiness of each. Private to a run; the journal's rows are what comes out.

    Columns are plain lists: reading one number of a list is several times cheaper than of an array.
    """

    def __init__(self, env: simpy.Environment, world: World, policy: Policy, behaviour: Behaviour):
        people, calendar = world.population, world.calendar
        self.env, self.world, self.behaviour, self.horizon = env, world, behaviour, world.days
        self.rows: list[tuple] = []
        self.money = None  # discounts and interest on a payment; set by the run
        # Per invoice
        self.customer, self.balance, self.due = world.customer.tolist(), world.amount.tolist(), world.due.tolist()
        self.threshold, self.pace = world.threshold.tolist(), world.pace.tolist()
        count = len(self.customer)
        self.is_open = [False] * count
        self.issued = [0] * count
        self._goal, self._grown, self._grown_to = self.threshold.copy(), [0.0] * count, [0] * count
        self._pay_day, self._felt = [NEVER] * count, [()] * count
        self._part, self._short = world.part.tolist(), world.short.tolist()
        # Sparse, per invoice
        self.demanded: dict[int, int] = {}  # last provable demand or acknowledgement
        self.contested: dict[int, int] = {}  # fen under dispute while the rest is claimed
        self._waiting: dict[int, float] = {}  # share that will be paid first, where it is paid in two parts
        self._forced: dict[int, dict[int, float]] = {}  # pays at the latest on these days, these shares of it
        self._frozen: set[int] = set()  # in a plan: paid by instalments, not by itself
        self.given_up: dict[int, int] = {}  # fen written off and not recovered since
        # Per customer
        size = len(people)
        self.open: list[dict[int, None]] = [{} for _ in range(size)]  # open invoices, oldest first
        self.exposure, self._pressed = [0] * size, [1.0] * size
        self.usual, self.recent = [0.0] * size, [0.0] * size  # days late of its payments, slow and quick moving averages
        self.insolvent = world.insolvent.tolist()
        runs = {mask: calendar.next_open(mask).tolist() for mask in set(people.run_days.tolist())}
        self.next_run = [runs[mask] for mask in people.run_days.tolist()]
        self.spells, self.felt, self.lasts = world.spells, behaviour.felt, behaviour.lasts
        self.summed: list[float] = []
        self.adopt(policy)
        self._agenda: dict[int, list[int]] = defaultdict(list)  # day → invoices planned for its payment run
        self._rest_at = address(world.seed, world.replication, Purpose.REST)
        self._ordinal = world.ordinal.tolist()
        self.dispute_factor = people.dispute_factor
        frayed = people.frayed
        self._part_share = (0.0, behaviour["money.part_tight"], behaviour["money.part_distressed"], 0.0) if frayed else (0.0,) * 4
        self._short_share = behaviour["money.short"] if frayed else 0.0
        self._short_most = behaviour["money.short_most"]
        self._part_most = max(self._part_share)
        self.slowed = set(np.flatnonzero(world.disputed).tolist())  # disputed: ripens by the dispute factor

    def adopt(self, policy: Policy) -> None:
        """From today on invoices ripen as interest and the ways to pay of `policy` make them."""
        summed = [0.0, *base_under(self.world.population.base, policy, self.behaviour).cumsum().tolist()]
        if summed == self.summed:
            return  # what grows on as it did must not be counted in two parts: a last bit could be lost
        day, open_ones = day_of(self.env.now), [invoice for invoices in self.open for invoice in invoices]
        for invoice in open_ones:
            self._bank(invoice, day)
        self.summed = summed
        for invoice in open_ones:
            self.plan(invoice)

    def note(self, kind: Kind, customer: int, invoice: int, amount: int, a: int = 0, b: int = 0) -> None:
        """One line of the journal, now."""
        self.rows.append((self.env.now, kind, customer, invoice, a, b, amount))

    def state(self, customer: int, day: int) -> int:
        """The customer's liquidity; for what the customer does, never for what we decide."""
        path, turn = self.world.liquidity.state[customer], self.world.liquidity.turn[customer]
        return int(path[min(max((day - int(turn)) // STEP + 1, 0), len(path) - 1)])

    # ── In and out ───────────────────────────────────────────────────────────────────────────────────────────────

    def enter(self, invoice: int, day: int, issued: int) -> None:
        """The invoice, issued on `issued`, is on the book, and ripens from `day` on."""
        customer = self.customer[invoice]
        self.is_open[invoice], self._grown_to[invoice], self.issued[invoice] = True, day, issued
        self.open[customer][invoice] = None
        self.exposure[customer] += self.balance[invoice]
        if self._part[invoice] < self._part_most:
            state = self.state(customer, self.due[invoice])
            if self._part[invoice] < self._part_share[state]:
                # The first part is paid on the way to being ready; the whole is settled when it would have been.
                least, most = self.behaviour["money.part_from"], self.behaviour["money.part_to"]
                self._waiting[invoice] = least + (most - least) * self._part[invoice] / self._part_share[state]
                self._goal[invoice] = self.threshold[invoice] * self.behaviour["money.part_ready"]
        self.plan(invoice)

    def reduce(self, invoice: int, kind: Kind, amount: int, a: int = 0) -> None:
        """`amount` of the invoice's balance is gone: paid, credited, let go or written off; at nothing it leaves the book."""
        customer = self.customer[invoice]
        self.note(kind, customer, invoice, amount, a)
        self.exposure[customer] -= amount
        self.balance[invoice] -= amount
        if not self.balance[invoice]:
            self.is_open[invoice] = False
            del self.open[customer][invoice]
            self._frozen.discard(invoice)
            self._forced.pop(invoice, None)
            self.contested.pop(invoice, None)

    def overdue(self, customer: int, day: int, longer_than: int = 0) -> list[int]:
        """The customer's invoices more than `longer_than` days past due on `day`."""
        return [invoice for invoice in self.open[customer] if day - self.due[invoice] > longer_than]

    def write_off(self, invoices: list[int]) -> list[int]:
        """Give up what is still open of `invoices`; returns those it was open of."""
        gone = [invoice for invoice in self._in_order(invoices) if self.is_open[invoice]]
        for invoice in gone:
            self.given_up[invoice] = self.balance[invoice]
            self.reduce(invoice, Kind.WRITE_OFF, self.balance[invoice])
        return gone

    # ── Payment ──────────────────────────────────────────────────────────────────────────────────────────────────

    def pay(self, day: int) -> None:
        """The customers' payment runs of `day`."""
        for invoice in self._in_order(self._agenda.pop(day, ())):
            if self.is_open[invoice] and self._pay_day[invoice] == day:  # it may have been moved since
                self._settle(invoice, day)

    def _settle(self, invoice: int, day: int) -> None:
        """The customer pays what it is ready to pay of the invoice."""
        owed = self.balance[invoice] - self.contested.get(invoice, 0)
        if owed <= 0:
            owed = self.balance[invoice]  # only the contested part is left, and the customer gives in
        share = self._promised(invoice, day)
        why, amount = Paid.IN_FULL, owed
        if share >= 1.0 or share and self._ready(invoice) > day:  # what is ready is not held back because less was promised
            why, amount = Paid.PROMISED if share < 2.0 else Paid.IN_FULL, part_of(owed, min(share, 1.0))
        elif invoice in self._waiting:
            why, amount = Paid.IN_PART, part_of(owed, self._waiting.pop(invoice))
            self._goal[invoice] = self.threshold[invoice]
        elif self._short[invoice] < self._short_share:
            amount -= short_by(owed, self._short_most, self._short[invoice], self._short_share)
            self._short[invoice] = 1.0
        if amount < owed and why == Paid.IN_FULL or owed < self.balance[invoice] and amount == owed:
            # What is left needs a reason of its own to be paid, from tomorrow on.
            self._bank(invoice, day + 1)
            luck = uniform(self._rest_at, self.customer[invoice], self._ordinal[invoice])
            self._goal[invoice] = self._grown[invoice] + exponential(luck)
            if owed < self.balance[invoice]:
                self._slow(invoice, True)
        self.cash(invoice, day, amount, why)
        if self.is_open[invoice]:
            self.demanded[invoice] = day  # part performance acknowledges the debt
            self._bank(invoice, day + 1)
            self.plan(invoice)

    def cash(self, invoice: int, day: int, amount: int, why: Paid) -> None:
        """`amount` of the invoice is paid, less a discount due; interest is settled with it."""
        customer, late = self.customer[invoice], day - self.due[invoice]
        discount, let_go = self.money.on_payment(invoice, day, amount)
        if amount > discount:
            self.reduce(invoice, Kind.PAYMENT, amount - discount, why)
        if discount:
            self.reduce(invoice, Kind.DISCOUNT, discount)
        if self.is_open[invoice] and self.balance[invoice] <= let_go and why == Paid.IN_FULL and invoice not in self.contested:
            self.reduce(invoice, Kind.LET_GO, self.balance[invoice])
        self.usual[customer] = moved(self.usual[customer], late, SLOW)
        self.recent[customer] = moved(self.recent[customer], late, QUICK)

    # ── What moves readiness ─────────────────────────────────────────────────────────────────────────────────────

    def feel(self, invoice: int, day: int, channel: int, strength: float = 1.0, arrives: int = 0) -> None:
        """The customer was reached about the invoice on `day`."""
        if self.lasts[channel] and strength > 0.0:
            self._bank(invoice, day)
            still = (contact for contact in self._felt[invoice] if contact[0] + self.lasts[contact[1]] > day)
            self._felt[invoice] = (*still, (day + arrives, channel, strength))
            self.plan(invoice)

    def press(self, customer: int, day: int, held: bool) -> None:
        """Supply begins or ceases to be held back on `day`; it presses as much as the customer depends on us."""
        for invoice in self.open[customer]:
            self._bank(invoice, day)
        dependence = float(self.world.population.dependence[customer])
        self._pressed[customer] = 1.0 + (self.behaviour["credit.press"] - 1.0) * dependence if held else 1.0
        for invoice in self.open[customer]:
            self.plan(invoice)

    def quicken(self, invoice: int, day: int, factor: float) -> None:
        """From `day` on the invoice ripens `factor` times as fast."""
        self._bank(invoice, day)
        self.pace[invoice] *= factor
        self.plan(invoice)

    def clear(self, invoice: int, day: int) -> None:
        """From `day` on the dispute about the invoice slows it no more."""
        self._bank(invoice, day)
        self._slow(invoice, False)
        self.plan(invoice)

    def _slow(self, invoice: int, slow: bool) -> None:
        if slow and invoice not in self.slowed:
            self.slowed.add(invoice)
            self.pace[invoice] *= self.dispute_factor
        elif not slow and invoice in self.slowed:
            self.slowed.discard(invoice)
            self.pace[invoice] /= self.dispute_factor

    def commit(self, invoice: int, day: int, share: float) -> None:
        """The customer will pay `share` of the invoice on `day` at the latest; shares of 2 and more are in full, without a promise."""
        days = self._forced.setdefault(invoice, {})
        days[day] = max(share, days.get(day, 0.0))
        self.plan(invoice)

    def _promised(self, invoice: int, day: int) -> float:
        """Share committed for `day`, which is then done with; 0 if there is none."""
        days = self._forced.get(invoice)
        if not days or day not in days:
            return 0.0
        share = days.pop(day)
        if not days:
            del self._forced[invoice]
        return share

    def freeze(self, invoice: int, day: int) -> None:
        """A plan replaces what the customer would have paid by itself."""
        self._bank(invoice, day)
        self._frozen.add(invoice)
        self._forced.pop(invoice, None)
        self.plan(invoice)

    def thaw(self, invoice: int, day: int) -> None:
        """The plan is over; the invoice ripens by itself again."""
        if self.is_open[invoice]:
            self._frozen.discard(invoice)
            self._grown_to[invoice] = max(day, self._grown_to[invoice])
            self.plan(invoice)

    def frozen(self, invoice: int) -> bool:
        """Whether the invoice is in a plan."""
        return invoice in self._frozen

    def _bank(self, invoice: int, day: int) -> None:
        """Count the readiness grown before `day`, so that from `day` on it may grow differently."""
        if day > self._grown_to[invoice]:
            if invoice not in self._frozen:
                self._grown[invoice] += grown(self._grown_to[invoice], day, *self._growth(invoice))
            self._grown_to[invoice] = day

    def plan(self, invoice: int) -> None:
        """Put the invoice on the payment run it will be ready for, as things stand."""
        customer, run = self.customer[invoice], NEVER
        if invoice not in self._frozen:
            ready = self._ready(invoice)
            run = self.next_run[customer][max(ready, 0)] if ready < self.horizon else NEVER
            if self._forced and invoice in self._forced:
                run = min(run, *self._forced[invoice])
            if run >= min(self.horizon, self.insolvent[customer]):
                run = NEVER
        if run != self._pay_day[invoice]:
            self._pay_day[invoice] = run
            if run != NEVER:
                self._agenda[run].append(invoice)

    def _ready(self, invoice: int) -> int:
        """Day on which the invoice will be ready, as things stand."""
        due, *growth = self._growth(invoice)
        return ready_day(self._grown_to[invoice], due, self._goal[invoice] - self._grown[invoice], *growth)

    def _growth(self, invoice: int) -> tuple:
        customer = self.customer[invoice]
        pace = self.pace[invoice] * self._pressed[customer]
        return self.due[invoice], pace, self.summed, ORIGIN, self._felt[invoice], self.felt, self.lasts, self.spells[customer]

    def _in_order(self, invoices) -> list[int]:
        return sorted(set(invoices), key=lambda invoice: (self.customer[invoice], invoice))


def day_of(minute: int) -> int:
    """The day a minute lies in."""
    return minute // MINUTES_A_DAY
