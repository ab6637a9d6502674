"""The dispute desk: finite staff, owners in other departments, a credit note or a confirmation at the end."""

from collections import defaultdict

from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.goodwill import Goodwill
from arsim.engine.journal import Kind
from arsim.model.dispute import CAUSES, answered_after, contested_part
from arsim.model.luck import Purpose, address, uniform

BY_COMPLAINT, BY_CONTACT, BY_STATEMENT = range(3)
STATEMENTS = 21  # working days between two statements of account


def statement_address(ordinal: int, today: int) -> int:
    """Where luck is asked whether the statement of working day `today` brings a dispute to light."""
    return (1 << 32) + ordinal * 256 + today // STATEMENTS


class DisputeDesk:
    """Disputes that have come to light, first in, first out. Without staff nothing is done but what was always done."""

    def __init__(self, book: Book, policy: Policy, goodwill: Goodwill):
        world, behaviour = book.world, book.behaviour
        self.book, self.goodwill = book, goodwill
        self.disputes = world.disputes
        self.work = [behaviour[f"dispute.days_{cause}"] for cause in CAUSES]
        self.wait_price, self.solved = behaviour["dispute.wait_goodwill"], behaviour["dispute.solved_goodwill"]
        self.fastest, self.slowest = behaviour["dispute.answer_fastest"], behaviour["dispute.answer_slowest"]
        self.ordinal = world.ordinal.tolist()
        self.answer_at = address(world.seed, world.replication, Purpose.DISPUTE_WORK)
        self.found_at = address(world.seed, world.replication, Purpose.DISCLOSE)
        self.complaints: dict[int, list[int]] = defaultdict(list)  # day → invoices whose customer complains
        self.hidden: set[int] = set()
        self.found: set[int] = set()  # what has ever come to light
        self.known: dict[int, int] = {}  # invoice → working day number it was found
        self.queue: list[tuple[float, int]] = []  # (working day the owner answers, invoice), first in, first out
        self.today, self.capacity = 0, 0.0  # working days so far; staff days at hand
        self.staffed = False
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Work as `policy` says; a desk that opens looks at what is open, and one that closes lets its work lie."""
        before, self.rules = self.staffed, policy.dispute
        self.staffed = policy.dispute.desk > 0
        self.claims = policy.dispute.claim_undisputed == "yes"
        self.finds = self.book.behaviour["together.statement_finds"] if policy.tools.e_statement == "yes" and self.staffed else 0.0
        if self.staffed and not before:
            self.hidden.clear()
            self.complaints.clear()
            for invoices in self.book.open:
                for invoice in invoices:
                    self.watch(invoice, day_of(self.book.env.now))

    def watch(self, invoice: int, today: int) -> None:
        """A disputed invoice has entered the book; nobody but its customer knows."""
        if self.staffed and invoice in self.disputes.place and invoice not in self.found:
            self.hidden.add(invoice)
            day = max(today + 1, self.book.due[invoice] + int(self.disputes.complains[self.disputes.place[invoice]]))
            if day < self.book.horizon:
                self.complaints[self.book.world.calendar_next[day]].append(invoice)

    def find(self, invoice: int, day: int, how: int) -> None:
        """The dispute comes to light."""
        book = self.book
        if invoice not in self.hidden or not book.is_open[invoice]:
            return
        place = self.disputes.place[invoice]
        self.hidden.discard(invoice)
        self.found.add(invoice)
        customer, contested = book.customer[invoice], self._contested(invoice)
        book.note(Kind.DISPUTE, customer, invoice, contested, int(self.disputes.cause[place]), how)
        luck = uniform(self.answer_at, customer, self.ordinal[invoice])
        self.known[invoice] = self.today
        self.queue.append((answered_after(self.today, self.rules.response_days, self.fastest, self.slowest, luck), invoice))
        if self.claims and contested < book.balance[invoice]:
            book.contested[invoice] = contested
            book.clear(invoice, day)

    def morning(self, day: int) -> None:
        """Complaints come in, e-statements bring others to light, and the desk works on what its owners have answered."""
        if not self.staffed:
            return
        book = self.book
        self.today += 1
        for invoice in self.complaints.pop(day, ()):
            self.find(invoice, day, BY_COMPLAINT)
        if self.finds and self.today % STATEMENTS == 1:
            for invoice in sorted(self.hidden):
                where = statement_address(self.ordinal[invoice], self.today)
                if uniform(self.found_at, book.customer[invoice], where) < self.finds:
                    self.find(invoice, day, BY_STATEMENT)
        self.capacity = min(self.capacity, 0.0) + self.rules.desk
        waits = []
        for answered, invoice in self.queue:
            if not book.is_open[invoice]:
                continue  # paid or written off meanwhile
            if answered <= self.today and self.capacity > 0.0:
                self.capacity -= self.work[int(self.disputes.cause[self.disputes.place[invoice]])]
                self._settle(invoice, day)
            else:
                waits.append((answered, invoice))
        self.queue = waits

    def _settle(self, invoice: int, day: int) -> None:
        book, place = self.book, self.disputes.place[invoice]
        customer, waited = book.customer[invoice], self.today - self.known.pop(invoice)
        self.goodwill.hurt(customer, day, self.wait_price * waited - self.solved)
        justified = bool(self.disputes.justified[place])
        contested = min(book.contested.pop(invoice, self._contested(invoice)), book.balance[invoice])
        book.note(Kind.SETTLED, customer, invoice, contested, int(justified), waited)
        if justified:
            book.reduce(invoice, Kind.CREDIT_NOTE, contested)
        else:
            book.demanded[invoice] = day  # confirmed in writing: the debt is acknowledged
        if book.is_open[invoice]:
            book.clear(invoice, day)

    def _contested(self, invoice: int) -> int:
        return contested_part(self.book.balance[invoice], float(self.disputes.contested[self.disputes.place[invoice]]))
