"""The credit desk: an order is delivered on credit, asked to be prepaid, or held until there is credit again."""

from bisect import insort
from collections.abc import Callable

from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.journal import Kind
from arsim.model.luck import Purpose, address, uniform

OVER_LIMIT, OVERDUE = 1, 2


class CreditDesk:
    """Decides on every order by the policy's rules; `deliver` is called with an order that goes out on credit."""

    def __init__(self, book: Book, policy: Policy, deliver: Callable[[int], None]):
        world = book.world
        self.book, self.rules, self.deliver = book, policy.credit, deliver
        self.limit = [int(limit * policy.credit.limit_factor) for limit in world.population.limit.tolist()]
        self.held: list[list[tuple[int, int]]] = [[] for _ in range(len(world.population))]  # (order, day it walks away), oldest first
        self.waiting: set[int] = set()  # customers with held orders
        self.ordinal = world.ordinal.tolist()
        self.prepay_at = address(world.seed, world.replication, Purpose.PREPAY)

    def orders(self):
        """Process: every customer's order stream, in time order."""
        book, env, world = self.book, self.book.env, self.book.world
        times, disputed, terms = world.time.tolist(), world.disputed.tolist(), world.population.terms.tolist()
        for order in range(world.opening, len(times)):
            if times[order] > env.now:
                yield env.timeout(times[order] - env.now)
            customer = book.customer[order]
            book.note(Kind.ORDER, customer, order, book.amount[order], int(disputed[order]), terms[customer])
            self.decide(order)

    def decide(self, order: int) -> None:
        """Deliver, ask for prepayment, or hold; behind a held order the customer's next ones queue."""
        customer, amount = self.book.customer[order], self.book.amount[order]
        reason = self.objection(customer, amount)
        if not reason and not self.held[customer]:
            self.deliver(order)
        elif reason == OVER_LIMIT and self.rules.over_limit == "prepay":
            willing = uniform(self.prepay_at, customer, self.ordinal[order]) < self.book.behaviour.prepay
            self.book.note(Kind.PREPAID if willing else Kind.LOST, customer, order, amount)
        else:
            self.hold(order, reason or OVER_LIMIT)

    def objection(self, customer: int, amount: int) -> int:
        """Why a further `amount` may not go out on credit now; 0 if it may."""
        book, rules = self.book, self.rules
        if rules.hold_overdue_days:
            old = sum(book.amount[invoice] for invoice in book.overdue(customer, day_of(book.env.now), rules.hold_overdue_days))
            if old > rules.hold_overdue_share * book.exposure[customer]:
                return OVERDUE
        if rules.over_limit != "accept" and book.exposure[customer] + amount > self.limit[customer]:
            return OVER_LIMIT
        return 0

    def hold(self, order: int, reason: int) -> None:
        """The order waits; how long before it walks away is dealt with the order."""
        book, customer, today = self.book, self.book.customer[order], day_of(self.book.env.now)
        book.note(Kind.HELD, customer, order, book.amount[order], reason)
        leaves = today + 1 + int(book.world.patience[order] * book.behaviour.patience)
        insort(self.held[customer], (order, leaves))
        if customer not in self.waiting:
            self.waiting.add(customer)
            book.hold_back(customer, today, True)

    def release(self, day: int) -> None:
        """Each morning: held orders, oldest first, walk away, go out, or wait on with those behind them."""
        book = self.book
        for customer in sorted(self.waiting):
            waits = []
            for order, leaves in self.held[customer]:
                if leaves <= day or book.insolvent[customer] <= day:
                    book.note(Kind.LOST, customer, order, book.amount[order])
                elif waits or self.objection(customer, book.amount[order]):
                    waits.append((order, leaves))
                else:
                    self.deliver(order)
            self.held[customer] = waits
            if not waits:
                self.waiting.discard(customer)
                book.hold_back(customer, day, False)
