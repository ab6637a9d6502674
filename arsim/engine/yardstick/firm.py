"""The company in idiomatic SimPy: a process per customer that orders, one per invoice, one per held order."""

import simpy

from arsim.domain.calendar import DAY, DUNNING_RUN, MONTH
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.engine.contacts import CALL
from arsim.engine.journal import Cost, Hold, Kind, Lost, Paid, Stage
from arsim.engine.yardstick.chasing import Chasing
from arsim.engine.yardstick.collecting import Collecting
from arsim.engine.yardstick.customer import Customer
from arsim.engine.yardstick.disputing import Disputing
from arsim.engine.yardstick.invoice import Invoice
from arsim.engine.yardstick.promising import Promising
from arsim.model.behaviour import Behaviour
from arsim.model.credit import objection, room, walks_at
from arsim.model.goodwill import told
from arsim.model.luck import Purpose, address, uniform
from arsim.model.money import part_of
from arsim.model.world import World


class Firm:
    """One company under one policy; `rows` is the journal."""

    def __init__(self, env: simpy.Environment, world: World, policy: Policy, behaviour: Behaviour):
        self.env, self.world, self.policy, self.behaviour = env, world, policy, behaviour
        self.rows: list[tuple] = []
        self.next_working, self.month_end = world.calendar_next, world.calendar.month_end.tolist()
        rhythms = set(world.population.run_days.tolist())
        self.runs = {mask: world.calendar.next_open(mask).tolist() for mask in rhythms}  # day → next payment run
        self.customers = [Customer(self, number) for number in range(len(world.population))]
        self.chasing, self.collecting, self.promising = Chasing(self), Collecting(self), Promising(self)
        self.disputing = Disputing(self)
        self.limits = (policy.credit.limit_a, policy.credit.limit_b, policy.credit.limit_c, policy.credit.limit_d)

    @property
    def today(self) -> int:
        """The day it is."""
        return int(self.env.now // DAY)

    def at(self, purpose: Purpose) -> int:
        """Where luck is asked for `purpose`."""
        return address(self.world.seed, self.world.replication, purpose)

    def note(self, kind: Kind, customer: int, invoice: int, amount: int, a: int = 0, b: int = 0) -> None:
        """One line of the journal, now."""
        self.rows.append((self.env.now, kind, customer, invoice, a, b, amount))

    def until_morning(self, day: int):
        """A timeout until the morning of the first working day from `day` on."""
        return self.env.timeout(max(0, self.next_working[day] * DAY + DUNNING_RUN - self.env.now))

    def start(self) -> None:
        """Put the open items on the book and let everybody begin."""
        world = self.world
        for number in range(world.opening):
            customer, issued = self.customers[world.customer[number]], int(world.time[number]) // DAY
            Invoice(self, customer, number, int(world.due[number])).begin(issued, max(issued, customer.last_run + 1), old=True)
        orders: list[list[int]] = [[] for _ in self.customers]
        for order in range(world.opening, len(world.customer)):
            orders[world.customer[order]].append(order)
        self.env.process(self.telling())
        for customer in self.customers:
            if customer.insolvent < world.days:
                self.rows.append((customer.insolvent * DAY, Kind.INSOLVENT, customer.number, -1, 0, 0, 0))
                self.env.process(self.bankruptcy(customer))
            if orders[customer.number]:
                self.env.process(self.ordering(customer, orders[customer.number]))
        for day, number, state, before in world.liquidity.moves():
            if day < world.days:
                self.rows.append((day * DAY, Kind.LIQUIDITY, number, -1, state, before, 0))
        a_day = round(self.policy.dispute.desk * self.behaviour["price.desk_month"] / MONTH * FEN)
        if a_day:
            self.rows += [(day * DAY, Kind.COST, -1, -1, Cost.DESK, 0, a_day) for day in range(world.days - world.run_off)]

    def ordering(self, customer: Customer, orders: list[int]):
        """Process: one customer's orders."""
        world = self.world
        for order in orders:
            yield self.env.timeout(int(world.time[order]) - self.env.now)
            amount = int(world.amount[order])
            self.note(Kind.ORDER, customer.number, order, amount, int(world.disputed[order]), customer.terms)
            if customer.turns_away(int(world.ordinal[order]), self.today):
                self.note(Kind.WALKED, customer.number, order, amount)
                continue
            reason = self.objection(customer, amount)
            if reason == Hold.OVER_LIMIT and self.policy.credit.over_limit == "prepay":
                luck = uniform(self.at(Purpose.PREPAY), customer.number, int(world.ordinal[order]))
                willing = luck < self.behaviour["credit.prepay"]
                self.note(Kind.PREPAID if willing else Kind.LOST, customer.number, order, amount, 0 if willing else Lost.NO_PREPAYMENT)
            elif reason or customer.held:
                self.env.process(self.holding(customer, order, amount, reason or Hold.BEHIND))
            else:
                self.deliver(customer, order)

    def objection(self, customer: Customer, amount: int) -> int:
        """Why a further `amount` may not go out on credit now; 0 if it may."""
        rules, old, exposure = self.policy.credit, -1, sum(invoice.balance for invoice in customer.open)
        if rules.hold_overdue_days:
            old = sum(invoice.balance for invoice in customer.overdue(self.today, rules.hold_overdue_days))
        limit = room(int(customer.limit * rules.limit_factor), self.limits[customer.grade], 1.0, False)
        return objection(False, 0, 0, old, rules.hold_overdue_share, exposure, amount, limit if rules.over_limit != "accept" else -1)

    def holding(self, customer: Customer, order: int, amount: int, reason: int):
        """Process: a held order; the customer's first in line goes out as soon as it may, each walks away when its patience ends."""
        self.note(Kind.HELD, customer.number, order, amount, reason)
        leaves = walks_at(self.today, float(self.world.patience[order]), self.behaviour["credit.patience"])
        customer.hurt(self.today, self.behaviour["credit.hold_goodwill"])
        customer.held.append(order)
        customer.press(True)
        if self.policy.credit.call_on_hold == "yes" and (late := customer.overdue(self.today)):
            self.collecting.hand_over(customer, CALL, {invoice: -1 for invoice in late})
        while True:
            yield self.until_morning(self.today + 1)
            if customer.insolvent <= self.today or leaves <= self.today:
                self.note(Kind.LOST, customer.number, order, amount, Lost.WAITED)
                break
            if customer.held[0] == order and not self.objection(customer, amount):
                self.deliver(customer, order)
                break
        customer.held.remove(order)
        if not customer.held:
            customer.press(False)

    def deliver(self, customer: Customer, order: int) -> None:
        """An order goes out on credit: its invoice is issued."""
        day, due = self.today, int(self.world.due[order])
        if due < 0:
            due = (self.month_end[day] if customer.month_end else day) + customer.terms
            due = self.next_working[due] if self.world.population.due_rolls else due
        Invoice(self, customer, order, due).begin(day, day)

    def bankruptcy(self, customer: Customer):
        """Process: claims are lodged, and years later share in what is left."""
        yield self.until_morning(customer.insolvent)
        claims = {invoice: invoice.balance for invoice in customer.open}
        for invoice in claims:
            self.note(Kind.LAW, customer.number, invoice.number, 0, Stage.PROVED)
        ends, share = self.today + int(self.behaviour["recovery.bankruptcy_days"]), self.behaviour["recovery.unsecured"]
        if ends < self.world.days:
            yield self.until_morning(ends)
            for invoice, claim in claims.items():
                if invoice.balance:
                    invoice.reduce(Kind.PAYMENT, part_of(invoice.balance, share), Paid.AT_LAW)
                elif amount := int(claim * share):
                    self.note(Kind.RECOVERY, customer.number, invoice.number, amount)

    def telling(self):
        """Process: what is left of goodwill when the counted days are over."""
        end = self.world.days - self.world.run_off
        yield self.env.timeout(end * DAY - 1)
        for customer in self.customers:
            self.rows.append((end * DAY, Kind.GOODWILL, customer.number, -1, 0, 0, told(customer.lack(end))))
