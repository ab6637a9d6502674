"""One company's run: the day's order of events, in SimPy.

08:30 the morning run (writes off, releases held orders, sends automatic levels, ranks the worklist) · 09:00–12:00 and 13:30–17:00
collectors work the list while orders come in · 17:00 the customers' payment runs.
"""

from collections import defaultdict

import simpy

from arsim.domain.calendar import CUT_OFF, DAY, DUNNING_RUN
from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.collectors import Collectors
from arsim.engine.credit import CreditDesk
from arsim.engine.dunning import Contacts, Dunning
from arsim.engine.journal import Kind
from arsim.model.behaviour import Behaviour
from arsim.model.world import World


class Run:
    """Book, credit desk, dunning and collectors of one company under one policy."""

    def __init__(self, env: simpy.Environment, world: World, policy: Policy, behaviour: Behaviour):
        calendar, people = world.calendar, world.population
        self.env, self.world, self.policy = env, world, policy
        self.book = Book(env, world, behaviour)
        contacts = Contacts(self.book, policy)
        self.collectors = Collectors(self.book, policy, contacts)
        self.dunning = Dunning(self.book, policy, contacts, self.collectors.add)
        self.credit = CreditDesk(self.book, policy, self.deliver)
        self.next_working, self.month_end = calendar.next_open().tolist(), calendar.month_end.tolist()
        self.terms, self.from_month_end = people.terms.tolist(), people.month_end.tolist()
        weekday = people.start.weekday()
        self.last_run = [max(day for day in range(-7, 0) if run_days >> (weekday + day) % 7 & 1) for run_days in people.run_days.tolist()]
        self.expiries: dict[int, list[int]] = defaultdict(list)  # day → invoices old enough to be written off

    def start(self) -> None:
        """Put the open items on the book and let time begin."""
        book, world = self.book, self.world
        for invoice in range(world.opening):
            issued = int(world.time[invoice]) // DAY
            book.note(Kind.OPENING, book.customer[invoice], invoice, book.amount[invoice], issued, book.due[invoice])
            # Since the customer's last payment run an item may have become ready and be waiting for the next.
            book.enter(invoice, max(issued, self.last_run[book.customer[invoice]] + 1))
            self.dunning.catch_up(invoice, 0)
            self.expect_write_off(invoice, 0)
        for customer, day in enumerate(book.insolvent):
            if day < world.days:
                book.rows.append((day * DAY, Kind.INSOLVENT, customer, -1, 0, 0, 0))
        self.env.process(self.credit.orders())
        self.env.process(self.days())

    def deliver(self, order: int) -> None:
        """An order goes out on credit: its invoice is issued, due and watched."""
        book, day = self.book, day_of(self.env.now)
        customer = book.customer[order]
        if book.due[order] < 0:  # else it was given
            due = (self.month_end[day] if self.from_month_end[customer] else day) + self.terms[customer]
            book.due[order] = self.next_working[due] if self.world.population.due_rolls else due
        book.note(Kind.INVOICE, customer, order, book.amount[order], day, book.due[order])
        book.enter(order, day)
        self.dunning.watch(order, day)
        self.expect_write_off(order, day)

    def expect_write_off(self, invoice: int, today: int) -> None:
        """Remember the day on which the invoice will be too old."""
        day = max(self.book.due[invoice] + self.policy.write_off_days + 1, today)
        if day < self.world.days:
            self.expiries[self.next_working[day]].append(invoice)

    def days(self):
        """Process: working days."""
        for day in self.world.calendar.open[: self.world.days].nonzero()[0].tolist():
            yield self.env.timeout(day * DAY + DUNNING_RUN - self.env.now)
            self.book.write_off(self.expiries.pop(day, []))
            self.credit.release(day)
            self.dunning.run(day)
            self.collectors.start_day(day)
            yield self.env.timeout(CUT_OFF - DUNNING_RUN)
            self.book.pay(day)
