"""The dunning ladder: which level falls due when, the automatic ones sent, the others handed to the collectors."""

from collections import defaultdict
from collections.abc import Callable

from arsim.domain.dunning_rules import CHANNELS, Level
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.contacts import Contacts
from arsim.engine.disputes import DisputeDesk
from arsim.engine.grades import Grades
from arsim.engine.promises import Promises

LOOK_AGAIN, WEEK = 30, 7  # days after which a level is looked at again that a plan or the court, or the dispute desk, holds up


class Dunning:
    """The ladder of a policy at work; `hand_over` gets (customer, channel, {invoice: level}) of levels that need a collector."""

    def __init__(
        self, book: Book, policy: Policy, contacts: Contacts, desk: DisputeDesk, grades: Grades, promises: Promises,
        hand_over: Callable[[int, int, dict[int, int]], None],
    ):  # fmt: skip
        self.book, self.contacts, self.desk, self.hand_over = book, contacts, desk, hand_over
        self.grades, self.promises = grades, promises
        self.at_law: set[int] = set()  # invoices the lawyers have: no dunning beside the court
        self.level = [0] * len(book.customer)  # next level of each invoice
        self.since = [0] * len(book.customer)  # day its clock runs from, where that is the level before
        self.next_working = book.world.calendar.next_open().tolist()
        self.agenda: dict[int, list[int]] = defaultdict(list)
        self.ladder = policy.dunning
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Climb the ladder of `policy`. With another one every open invoice is put on the level it has earned there."""
        before, self.ladder = self.ladder, policy.dunning
        # Disputed invoices nobody is dunned about meanwhile; a closed desk clears none of them, and they are dunned like others.
        self.at_desk = self.desk.known if policy.dispute.pause == "yes" and self.desk.staffed else {}
        self.tiered = any(level.grades != "all" or level.min_amount for level in self.ladder)
        if self.ladder != before:
            self.agenda.clear()
            for invoices in self.book.open:
                for invoice in invoices:
                    self._move_over(invoice, day_of(self.book.env.now), before[: self.level[invoice]])

    def _move_over(self, invoice: int, today: int, had: tuple[Level, ...]) -> None:
        """An invoice that has `had` these levels of another ladder: like an old one met at the start, it gets one notice at most.

        What both ladders have in common counts as climbed.
        """
        level, previous = (len(had), self.since[invoice]) if had == self.ladder[: len(had)] else (0, today)
        climbed = before = level, previous
        while level < len(self.ladder) and (day := self.falls(invoice, level, previous)) <= today:
            before = level, previous
            level, previous = level + 1, day
        if (level, previous) != climbed and self.ladder[level - 1] not in had and previous >= self.book.issued[invoice]:
            level, previous = before  # this one it is to be told yet
        self.level[invoice] = level
        self.expect(invoice, previous, today)

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
        self.since[invoice] = today
        if self.level[invoice] < len(self.ladder):
            day = max(self.falls(invoice, self.level[invoice], today), earliest)
            if day < self.book.horizon:
                self.agenda[self.next_working[day]].append(invoice)

    def run(self, day: int) -> None:
        """Issue the levels due today, one contact for all of a customer's invoices on the same channel."""
        due: dict[tuple[int, int], list[int]] = defaultdict(list)
        for invoice in self.agenda.pop(day, ()):
            if self.book.is_open[invoice] and not self._waits(invoice, day) and not (self.tiered and self._passed_over(invoice, day)):
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

    def rests(self, invoice: int, day: int) -> bool:
        """Whether the invoice is to be left alone: its customer has promised, a plan has been agreed, or the lawyers have it."""
        return self.promises.paused(invoice, day) or self.book.frozen(invoice) or invoice in self.at_law

    def _waits(self, invoice: int, day: int) -> bool:
        """A promise, a plan, the court or the dispute desk keeps the level from being issued today; it is looked at again later."""
        if self.promises.paused(invoice, day):
            self._again(invoice, self.promises.until[invoice] + 1)
        elif self.book.frozen(invoice) or invoice in self.at_law:
            self._again(invoice, day + LOOK_AGAIN)
        elif invoice in self.at_desk:
            self._again(invoice, day + WEEK)
        else:
            return False
        return True

    def _again(self, invoice: int, day: int) -> None:
        if day < self.book.horizon:
            self.agenda[self.next_working[day]].append(invoice)

    def _passed_over(self, invoice: int, day: int) -> bool:
        """The level is not for this customer or this amount: the next one is waited for."""
        rung = self.ladder[self.level[invoice]]
        if self.grades.among(self.book.customer[invoice], rung.grades) and self.book.balance[invoice] >= rung.min_amount * FEN:
            return False
        self.level[invoice] += 1
        self.expect(invoice, day, day + 1)
        return True
