"""Promises to pay: made, kept, broken, followed up."""

from collections import defaultdict
from collections.abc import Callable

from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.policy import Policy
from arsim.engine.book import Book
from arsim.engine.journal import Kind
from arsim.model.liquidity import DISTRESSED, SOUND, TIGHT
from arsim.model.luck import Purpose, address, uniform
from arsim.model.money import part_of
from arsim.model.promises import kept_share, waits
from arsim.model.readiness import exponential

LONGEST = 45  # days a promise is made for at most
REMEMBERED = 180  # days a broken promise is held against a customer


class Promises:
    """What customers have promised. `chase` gets (customer, channel, {invoice: level}) when one is to be followed up."""

    def __init__(self, book: Book, policy: Policy, chase: Callable[[int, int, dict[int, int]], None]):
        world, behaviour = book.world, book.behaviour
        self.book, self.chase = book, chase
        self.day_at = address(world.seed, world.replication, Purpose.PROMISE_DAY)
        self.kept_at = address(world.seed, world.replication, Purpose.KEPT)
        self.mean_days, self.part, self.half = behaviour["promise.days"], behaviour["promise.part"], behaviour["promise.half"]
        self.kept = {
            SOUND: behaviour["promise.kept"],
            TIGHT: behaviour["promise.kept_tight"],
            DISTRESSED: behaviour["promise.kept_distressed"],
        }
        # Day after the promised one → promises: customer, invoices with what may stay open of each, fen promised
        self.due: dict[int, list[tuple[int, dict[int, int], int]]] = defaultdict(list)
        self.until: dict[int, int] = {}  # invoice → day until which dunning pauses
        self.broken_on: list[list[int]] = [[] for _ in range(len(world.population))]
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Treat promises as `policy` says; who has been told to be left alone until the day is."""
        self.pauses = policy.promise.pause == "yes"
        self.follow_up = CHANNELS.index(policy.promise.follow_up) if policy.promise.follow_up != "none" else -1

    def make(self, customer: int, channel: int, day: int, where: int, invoices: list[int]) -> None:
        """The customer promises to pay `invoices`; `where` is the contact's address in luck."""
        book = self.book
        ahead = waits(exponential(uniform(self.day_at, customer, where)), self.mean_days, LONGEST)
        promised = book.next_run[customer][day + ahead]
        total = sum(book.balance[invoice] for invoice in invoices)
        book.note(Kind.PROMISE, customer, -1, total, promised, channel)
        chance, luck = self.kept.get(book.state(customer, promised), 0.0), uniform(self.kept_at, customer, where)
        share = kept_share(luck, chance, self.part, self.half)
        for invoice in invoices:
            if share:
                book.commit(invoice, promised, share)
            if self.pauses:
                self.until[invoice] = promised
            book.demanded[invoice] = max(book.demanded.get(invoice, day), day)  # a request for delay acknowledges the debt
        self.due[promised + 1].append((customer, dict.fromkeys(invoices, 0), total))

    def give(self, customer: int, channel: int, day: int, due: int, parts: dict[int, int], chance: float, where: int) -> None:
        """A promise with everything settled: these fen of these invoices, on the first payment run from `due` on, kept with `chance`."""
        book, total = self.book, sum(parts.values())
        promised = book.next_run[customer][min(due, len(book.next_run[customer]) - 1)]
        book.note(Kind.PROMISE, customer, -1, total, promised, channel)
        share, rest = kept_share(uniform(self.kept_at, customer, where), chance, self.part, self.half), {}
        for invoice, part in parts.items():
            whole = part / book.balance[invoice]
            if share:
                book.commit(invoice, promised, min(1.0, share * whole))
            if self.pauses:
                self.until[invoice] = promised
            rest[invoice] = book.balance[invoice] - part_of(book.balance[invoice], whole)
        self.due[promised + 1].append((customer, rest, total))

    def broken(self, customer: int, day: int) -> int:
        """How many promises the customer has broken lately."""
        return sum(at > day - REMEMBERED for at in self.broken_on[customer])

    def paused(self, invoice: int, day: int) -> bool:
        """Whether a promise keeps this invoice from being dunned on `day`."""
        return self.until.get(invoice, -1) >= day

    def morning(self, day: int) -> None:
        """Promises that were due by yesterday: kept or broken."""
        book = self.book
        for promised in sorted(found for found in self.due if found <= day):
            for customer, invoices, total in self.due.pop(promised):
                left = [invoice for invoice, rest in invoices.items() if book.balance[invoice] > rest]
                if not left:
                    book.note(Kind.KEPT, customer, -1, total)
                elif book.insolvent[customer] > day:
                    self.broken_on[customer].append(day)
                    book.note(Kind.BROKEN, customer, -1, sum(book.balance[invoice] - invoices[invoice] for invoice in left))
                    if self.follow_up >= 0:
                        self.chase(customer, self.follow_up, {invoice: -1 for invoice in left})
