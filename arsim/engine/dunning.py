"""The dunning ladder: which level falls due when, the automatic ones sent, the others handed to the collectors."""

from collections import defaultdict
from collections.abc import Callable

from arsim.domain.money import FEN
from arsim.domain.policy import CHANNELS, Policy
from arsim.engine.book import Book
from arsim.engine.journal import Kind
from arsim.model.luck import Purpose, address, uniform


class Contacts:
    """Makes contacts, and keeps the cap on how many a customer meets."""

    def __init__(self, book: Book, policy: Policy):
        world = book.world
        self.book, self.cap = book, policy.team.contact_cap
        self.recent: list[list[int]] = [[] for _ in range(len(world.population))]
        self.reach_at = address(world.seed, world.replication, Purpose.REACH)

    def allowed(self, customer: int, day: int) -> bool:
        """Whether the customer has had fewer contacts than the cap in the last seven days."""
        recent = self.recent[customer]
        while recent and recent[0] <= day - 7:
            del recent[0]
        return len(recent) < self.cap

    def make(self, customer: int, channel: int, day: int, raised: dict[int, int]) -> tuple[int, bool]:
        """One contact about the invoices `raised` (→ level): journal it, let it be felt.

        Returns
        -------
        minutes : int
            Staff time it took.
        reached : bool
        """
        book, means = self.book, self.book.behaviour.channels[channel]
        self.recent[customer].append(day)
        # Addressed by day and channel, not by turn: one contact more does not change how another one ends.
        lucky = uniform(self.reach_at, customer, day * len(CHANNELS) + channel) < means.reach
        reached = lucky and day < book.insolvent[customer]
        minutes = means.minutes_reached if reached else means.minutes_missed
        book.note(Kind.REACHED if reached else Kind.MISSED, customer, -1, round(means.cost * FEN), channel, minutes)
        for invoice, level in sorted(raised.items()):
            if book.is_open[invoice]:
                book.note(Kind.NOTICE, customer, invoice, book.amount[invoice], channel, level)
                if reached:
                    book.feel(invoice, day, channel)
        return minutes, reached


class Dunning:
    """The ladder of a policy at work; `hand_over` gets (customer, channel, {invoice: level}) of levels that need a collector."""

    def __init__(self, book: Book, policy: Policy, contacts: Contacts, hand_over: Callable[[int, int, dict[int, int]], None]):
        self.book, self.ladder, self.contacts, self.hand_over = book, policy.dunning, contacts, hand_over
        self.level = [0] * len(book.customer)  # next level of each invoice
        self.next_working = book.world.calendar.next_open().tolist()
        self.agenda: dict[int, list[int]] = defaultdict(list)

    def watch(self, invoice: int, today: int) -> None:
        """A new invoice: reminders whose day lies before the invoice itself are left out."""
        while self.level[invoice] < len(self.ladder) and self.falls(invoice, self.level[invoice], today) < today:
            self.level[invoice] += 1
        self.expect(invoice, today, today + 1)

    def catch_up(self, invoice: int, today: int) -> None:
        """An old invoice met at the start gets one notice, of the highest level it has earned, unless it has had that one already."""
        level, previous = 0, today
        while level < len(self.ladder) and (day := self.falls(invoice, level, previous)) <= today:
            level, previous = level + 1, day
        had = level and previous < today and self.ladder[level - 1] in self.book.world.population.opening.issued
        self.level[invoice] = level if had or not level else level - 1
        self.expect(invoice, previous if had else today, today)

    def falls(self, invoice: int, level: int, previous: int) -> int:
        """Day on which `level` falls due; `previous` is the day of the level before it."""
        rung = self.ladder[level]
        if rung.clock == "previous":
            return previous + rung.days
        day = self.book.due[invoice] + rung.days
        return self.book.world.calendar.end_of_month(day) if rung.clock == "end_of_month" else day

    def expect(self, invoice: int, today: int, earliest: int) -> None:
        """Put the invoice's next level on the agenda."""
        if self.level[invoice] < len(self.ladder):
            day = max(self.falls(invoice, self.level[invoice], today), earliest)
            if day < self.book.horizon:
                self.agenda[self.next_working[day]].append(invoice)

    def run(self, day: int) -> None:
        """Issue the levels due today, one contact for all of a customer's invoices on the same channel."""
        due: dict[tuple[int, int], list[int]] = defaultdict(list)
        for invoice in self.agenda.pop(day, ()):
            if self.book.is_open[invoice]:
                due[self.book.customer[invoice], CHANNELS.index(self.ladder[self.level[invoice]].channel)].append(invoice)
        for (customer, channel), invoices in sorted(due.items()):
            raised = {invoice: self.level[invoice] for invoice in invoices}
            if self.book.behaviour.channels[channel].by_hand:
                self.hand_over(customer, channel, raised)
            elif self.contacts.allowed(customer, day):
                self.contacts.make(customer, channel, day, raised)
            else:
                if day + 1 < self.book.horizon:
                    self.agenda[self.next_working[day + 1]] += invoices  # what the cap forbids today waits
                continue
            for invoice in invoices:
                self.level[invoice] += 1
                self.expect(invoice, day, day + 1)
