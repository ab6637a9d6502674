"""One company's run: the day's order of events, in SimPy.

08:30 the morning run (insolvencies, clocks, write-offs, promises, law, reviews, warnings, disputes, held orders, automatic levels, the
worklist) · 09:00–12:00 and 13:30–17:00 collectors work the list while orders come in · 17:00 the customers' payment runs.
"""

from collections import defaultdict

import simpy

from arsim.domain.calendar import CUT_OFF, DAY, DUNNING_RUN, MONTH, YEAR
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.calls import Calls
from arsim.engine.collectors import Collectors
from arsim.engine.contacts import Contacts
from arsim.engine.credit import CreditDesk
from arsim.engine.disputes import DisputeDesk
from arsim.engine.dunning import Dunning
from arsim.engine.goodwill import Goodwill
from arsim.engine.grades import Grades
from arsim.engine.journal import Cost, Kind
from arsim.engine.law import LawDesk
from arsim.engine.limitation import Limitation
from arsim.engine.money import Money
from arsim.engine.plans import Plans
from arsim.engine.promises import Promises
from arsim.engine.security import Securities
from arsim.engine.warning import Warnings
from arsim.model.behaviour import Behaviour
from arsim.model.conduct import Conduct
from arsim.model.world import World

NOTHING_ELSE = Conduct()


class Run:
    """Everything one company does under one policy, and its customers' answers."""

    def __init__(self, env: simpy.Environment, world: World, policy: Policy, behaviour: Behaviour, conduct: Conduct = NOTHING_ELSE):
        calendar, people = world.calendar, world.population
        self.env, self.world, self.policy, self.behaviour, self.conduct = env, world, policy, behaviour, conduct
        conduct.check(len(people), world.days)
        self.later = list(conduct.later)
        self.book = book = Book(env, world, policy, behaviour)
        self.goodwill = Goodwill(book)
        self.grades = Grades(book, policy)
        self.securities = Securities(book, policy, self.grades)
        book.money = self.money = Money(book, policy, self.grades, self.goodwill)
        self.desk = DisputeDesk(book, policy, self.goodwill)
        self.contacts = contacts = Contacts(book, policy, self.goodwill, self.desk)
        self.collectors = Collectors(book, policy, contacts, self.grades)
        self.promises = self.collectors.promises = Promises(book, policy, self.collectors.add)
        self.limitation = Limitation(book)
        self.dunning = Dunning(book, policy, contacts, self.desk, self.grades, self.promises, self.collectors.add)
        self.collectors.rests = self.dunning.rests
        self.law = LawDesk(book, policy, self.securities, self.goodwill, self.dunning.at_law, self.limitation.barred)
        self.plans = Plans(book, policy, self.grades, self.securities, self.law.enforce_at_once)
        contacts.promise, contacts.hardship = self.promises.make, self.plans.offer
        contacts.refuse = lambda customer, day: self.law.refer(customer)
        self.warnings = Warnings(book, policy, self.promises, self.securities, self.collectors.add)
        self.collectors.warned = self.warnings.level
        self.credit = CreditDesk(
            book, policy, self.grades, self.warnings, self.securities, self.goodwill, self.deliver, self.collectors.add_now
        )
        self.calls = Calls(book, self.promises, self.plans, self.desk, self.goodwill, self.law)
        self.next_working, self.month_end = world.calendar_next, calendar.month_end.tolist()
        self.from_month_end = people.month_end.tolist()
        weekday = people.start.weekday()
        self.last_run = [max(day for day in range(-7, 0) if run_days >> (weekday + day) % 7 & 1) for run_days in people.run_days.tolist()]
        self.expiries: dict[int, list[int]] = defaultdict(list)  # day → invoices old enough to be written off

    def start(self) -> None:
        """Put the open items on the book and let time begin."""
        book, world = self.book, self.world
        for invoice in range(world.opening):
            issued = int(world.time[invoice]) // DAY
            book.note(Kind.OPENING, book.customer[invoice], invoice, book.balance[invoice], issued, book.due[invoice])
            # Since the customer's last payment run an item may have become ready and be waiting for the next.
            book.enter(invoice, max(issued, self.last_run[book.customer[invoice]] + 1), issued)
            self.dunning.catch_up(invoice, 0)
            self._watch(invoice, 0)
        for customer, day in enumerate(book.insolvent):
            if day < world.days:
                book.rows.append((day * DAY, Kind.INSOLVENT, customer, -1, 0, 0, 0))
        for day, customer, state, before in world.liquidity.moves():
            if day < world.days:
                book.rows.append((day * DAY, Kind.LIQUIDITY, customer, -1, state, before, 0))
        self._standing_costs()
        self.env.process(self.credit.orders())
        self.env.process(self.days())
        self.env.process(self._count())
        if self.conduct.calls:
            agenda = [(self.conduct.minute(call, self.next_working), call) for call in self.conduct.calls]
            self.env.process(self.calls.process(sorted(agenda, key=lambda one: (one[0], one[1].customer))))

    def adopt(self, policy: Policy, day: int) -> None:
        """From this morning on everybody works by `policy`; only what it says otherwise is begun anew."""
        before, self.policy = self.policy, policy
        for desk in (self.book, self.grades, self.money, self.desk, self.contacts, self.collectors, self.promises, self.dunning, self.law,
                     self.plans, self.warnings, self.credit):  # fmt: skip
            desk.adopt(policy)
        if policy.write_off_days != before.write_off_days:
            self.expiries.clear()
            for invoices in self.book.open:
                for invoice in invoices:
                    self._expire(invoice, day)

    def _count(self):
        """Process: what is told when the counted days are over."""
        end = self.world.days - self.world.run_off
        yield self.env.timeout(end * DAY - 1)
        self.goodwill.tell(end)

    def deliver(self, order: int, terms: int) -> None:
        """An order goes out on credit: its invoice is issued, due and watched."""
        book, day = self.book, day_of(self.env.now)
        customer = book.customer[order]
        if book.due[order] < 0:  # else it was given
            due = (self.month_end[day] if self.from_month_end[customer] else day) + terms
            book.due[order] = self.next_working[due] if self.world.population.due_rolls else due
        book.note(Kind.INVOICE, customer, order, book.balance[order], day, book.due[order])
        book.enter(order, day, day)
        self.money.offer(order, day)
        self.dunning.watch(order, day)
        self._watch(order, day)

    def _watch(self, invoice: int, today: int) -> None:
        """Remember the days on which something may have to be done about the invoice."""
        self._expire(invoice, today)
        self.desk.watch(invoice, today)
        self.law.watch(invoice, today)
        self.limitation.watch(invoice)
        self.securities.watch(invoice)

    def _expire(self, invoice: int, today: int) -> None:
        day = max(self.book.due[invoice] + self.policy.write_off_days + 1, today)
        if day < self.world.days:
            self.expiries[self.next_working[day]].append(invoice)

    def days(self):
        """Process: working days."""
        for day in self.world.calendar.open[: self.world.days].nonzero()[0].tolist():
            yield self.env.timeout(day * DAY + DUNNING_RUN - self.env.now)
            self._morning(day)
            yield self.env.timeout(CUT_OFF - DUNNING_RUN)
            self.plans.pay(day)
            self.book.pay(day)

    def _morning(self, day: int) -> None:
        calendar = self.world.calendar
        if self.later and self.later[0][0] <= day:
            passed = [policy for begins, policy in self.later if begins <= day]
            del self.later[: len(passed)]
            self.adopt(passed[-1], day)
        self.securities.morning(day)
        self.limitation.morning(day)
        self._write_off(day)
        self.promises.morning(day)
        self.law.morning(day)
        self.grades.morning(day, calendar)
        self.warnings.morning(day, calendar)
        self.desk.morning(day)
        self._care(day)
        self.credit.release(day)
        self.dunning.run(day)
        self.collectors.start_day(day)

    def _write_off(self, day: int) -> None:
        """What is too old is given up, unless a plan or the court still has it; then it is looked at again."""
        ripe = self.expiries.pop(day, [])
        waits = [
            invoice for invoice in ripe if self.book.is_open[invoice] and (self.book.frozen(invoice) or invoice in self.dunning.at_law)
        ]
        if day + MONTH < self.world.days and waits:
            self.expiries[self.next_working[day + MONTH]] += waits
        for invoice in self.book.write_off([invoice for invoice in ripe if invoice not in waits]):
            self.law.written_off(invoice, day)

    def _care(self, day: int) -> None:
        """Care calls to good payers, spread over the year by customer number."""
        calls = self.policy.relations.care_calls
        if not calls:
            return
        every, cost = max(1, YEAR // calls), round(self.behaviour["price.care_call"] * FEN)
        minutes, points = int(self.behaviour["goodwill.care_minutes"]), self.behaviour["goodwill.care"]
        since = self._last_working(day)
        for customer, usual in enumerate(self.book.usual):
            place = customer * every // max(1, len(self.book.usual))
            good = usual <= 0.0 and day < self.book.insolvent[customer] and not self.book.overdue(customer, day)
            if good and any((at - place) % every == 0 for at in range(since + 1, day + 1)):
                self.book.note(Kind.CARE, customer, -1, cost, 0, minutes)
                self.goodwill.hurt(customer, day, -points)

    def _last_working(self, day: int) -> int:
        before = day - 1
        while before >= 0 and not self.world.calendar.open[before]:
            before -= 1
        return before

    def _standing_costs(self) -> None:
        """Tools and the dispute desk, day by day."""
        price = self.behaviour
        for first, end, policy in self.conduct.periods(self.policy, self.world.days - self.world.run_off):
            year = sum(price[f"price.{name}_year"] for name in ("crm", "e_statement", "one_click") if getattr(policy.tools, name) == "yes")
            for what, a_day in ((Cost.TOOLS, year / YEAR), (Cost.DESK, policy.dispute.desk * price["price.desk_month"] / MONTH)):
                if a_day:
                    self.book.rows += [(day * DAY, Kind.COST, -1, -1, what, 0, round(a_day * FEN)) for day in range(first, end)]
