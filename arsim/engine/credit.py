"""The credit desk: an order is delivered on credit, asked to be prepaid, held until there is credit again, or lost."""

from bisect import insort
from collections.abc import Callable

from arsim.domain.calendar import MONTH
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.contacts import CALL
from arsim.engine.goodwill import Goodwill
from arsim.engine.grades import Grades
from arsim.engine.journal import Hold, Kind, Lost
from arsim.engine.security import NONE, Securities
from arsim.engine.warning import Warnings
from arsim.model.credit import cut_loses, objection, room, walks_at
from arsim.model.credit import terms as granted
from arsim.model.luck import Purpose, address, uniform

GRADES = "ABCD"


class CreditDesk:
    """Decides on every order by the policy's rules.

    `deliver` gets (order, terms) of one that goes out on credit, `chase` (customer, channel, {invoice: level}) of a call at once.
    """

    def __init__(self, book: Book, policy: Policy, grades: Grades, warnings: Warnings, securities: Securities, goodwill: Goodwill,
                 deliver: Callable[[int, int], None], chase: Callable[[int, int, dict[int, int]], None]):  # fmt: skip
        world, behaviour = book.world, book.behaviour
        self.book, self.deliver, self.chase = book, deliver, chase
        self.grades, self.warnings, self.securities, self.goodwill = grades, warnings, securities, goodwill
        self.own_terms = world.population.terms.tolist()
        self.held: list[list[tuple[int, int, int]]] = [
            [] for _ in range(len(world.population))
        ]  # (order, leaves, approved on), oldest first
        self.waiting: set[int] = set()  # customers with held orders
        self.ordinal = world.ordinal.tolist()

        def at(purpose):
            return address(world.seed, world.replication, purpose)

        self.prepay_at, self.terms_at, self.pursued_at = at(Purpose.PREPAY), at(Purpose.TERMS), at(Purpose.PURSUED)
        self.price = behaviour["credit.hold_goodwill"]
        independence = 1.0 - world.population.dependence
        self.terms_loss = (behaviour["grant.terms_loss"] / MONTH * independence).tolist()
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Decide by the rules of `policy`; held orders are judged by them from the next morning on."""
        rules, watch, world = policy.credit, policy.warning, self.book.world
        self.rules, self.watch = rules, watch
        self.limit = [int(limit * rules.limit_factor) for limit in world.population.limit.tolist()]
        self.by_grade = (rules.limit_a, rules.limit_b, rules.limit_c, rules.limit_d)
        self.longest = (rules.terms_a, rules.terms_b, rules.terms_c, rules.terms_d)
        self.not_pursued = self.book.behaviour["together.kpi_orders"] * policy.relations.recovery_kpi
        self.asks = GRADES.index(rules.security_grade) if rules.security != "none" else len(GRADES)
        self.approved_to = GRADES.index(rules.approval_grade)
        self.stop, self.shorten, self.lower = (self.warnings.from_level(name) for name in (watch.stop, watch.shorten, watch.lower))

    def orders(self):
        """Process: every customer's order stream, in time order."""
        book, env, world = self.book, self.book.env, self.book.world
        times, disputed, terms = world.time.tolist(), world.disputed.tolist(), self.own_terms
        for order in range(world.opening, len(times)):
            if times[order] > env.now:
                yield env.timeout(times[order] - env.now)
            customer = book.customer[order]
            book.note(Kind.ORDER, customer, order, book.balance[order], int(disputed[order]), terms[customer])
            self.decide(order, day_of(env.now))

    def decide(self, order: int, day: int) -> None:
        """Deliver, ask for prepayment, or hold; behind a held order the customer's next ones queue."""
        book, rules = self.book, self.rules
        customer, amount = book.customer[order], book.balance[order]
        if self.goodwill.turns_away(order, day):
            book.note(Kind.WALKED, customer, order, amount)
            return
        if (lost := self._declined(order, customer)) is not None:
            book.note(Kind.LOST, customer, order, amount, lost)
            return
        reason = self.objection(customer, amount, day)
        if not reason and rules.approval_amount and amount > rules.approval_amount * FEN:
            if self.grades.grade[customer] > self.approved_to:
                self._prepay(order, customer, amount)
                return
            if rules.approval_days:
                self.hold(order, Hold.APPROVAL, self._working_days_later(day, rules.approval_days))
                return
        if not reason and not any(approved <= day for _, _, approved in self.held[customer]):
            self.deliver(order, self.terms(customer))
        elif reason == Hold.OVER_LIMIT and rules.over_limit == "prepay":
            self._prepay(order, customer, amount)
        else:
            self.hold(order, reason or Hold.BEHIND, 0)

    def _working_days_later(self, day: int, days: int) -> int:
        for _ in range(days):
            day = self.book.world.calendar_next[day + 1]
        return day

    def _prepay(self, order: int, customer: int, amount: int) -> None:
        willing = uniform(self.prepay_at, customer, self.ordinal[order]) < self.book.behaviour["credit.prepay"]
        self.book.note(Kind.PREPAID if willing else Kind.LOST, customer, order, amount, 0 if willing else Lost.NO_PREPAYMENT)

    def _declined(self, order: int, customer: int) -> Lost | None:
        """Why no business comes of the order: the salesperson, the security asked for, the terms."""
        grade, ordinal = self.grades.grade[customer], self.ordinal[order]
        if self.not_pursued and grade > 1 and uniform(self.pursued_at, customer, ordinal) < self.not_pursued:
            return Lost.NOT_PURSUED
        if grade >= self.asks and self.securities.kind[customer] == NONE and not self.securities.give(customer, self.rules.security):
            return Lost.NO_SECURITY
        cut = self.own_terms[customer] - self.terms(customer)
        if cut > 0 and uniform(self.terms_at, customer, ordinal) < cut_loses(self.terms_loss[customer], cut):
            return Lost.SHORT_TERMS
        return None

    def terms(self, customer: int) -> int:
        """Days of credit for a new order: the customer's own, cut by its grade and by a warning."""
        shortened = self.warnings.level[customer] >= self.shorten
        return granted(self.own_terms[customer], self.longest[self.grades.grade[customer]], self.watch.short_terms, shortened)

    def room(self, customer: int) -> int:
        """The limit as it stands, fen."""
        lowered = self.warnings.level[customer] >= self.lower
        return room(self.limit[customer], self.by_grade[self.grades.grade[customer]], self.watch.lower_factor, lowered)

    def objection(self, customer: int, amount: int, day: int) -> int:
        """Why a further `amount` may not go out on credit now; 0 if it may."""
        book, rules, old = self.book, self.rules, -1
        if rules.hold_overdue_days:
            old = sum(book.balance[invoice] for invoice in book.overdue(customer, day, rules.hold_overdue_days))
        return objection(
            self.warnings.level[customer] >= self.stop, self.grades.late(customer, day), rules.hold_review_days, old,
            rules.hold_overdue_share, book.exposure[customer], amount, self.room(customer) if rules.over_limit != "accept" else -1,
        )  # fmt: skip

    def hold(self, order: int, reason: int, approved: int) -> None:
        """The order waits, and walks away when its customer's patience ends."""
        book, world = self.book, self.book.world
        customer, today = book.customer[order], day_of(book.env.now)
        book.note(Kind.HELD, customer, order, book.balance[order], reason)
        leaves = walks_at(today, float(world.patience[order]), book.behaviour["credit.patience"])
        insort(self.held[customer], (order, leaves, approved))
        if reason == Hold.APPROVAL:
            self.waiting.add(customer)
            return
        self.goodwill.hurt(customer, today, self.price)
        self.waiting.add(customer)
        book.press(customer, today, True)
        if self.rules.call_on_hold == "yes" and (late := book.overdue(customer, today)):
            self.chase(customer, CALL, {invoice: -1 for invoice in late})

    def release(self, day: int) -> None:
        """Each morning: held orders, oldest first, walk away, go out, or wait on with those behind them."""
        book = self.book
        for customer in sorted(self.waiting):
            waits, stopped = [], False
            for order, leaves, approved in self.held[customer]:
                if book.insolvent[customer] <= day or leaves <= day != approved:
                    book.note(Kind.LOST, customer, order, book.balance[order], Lost.WAITED)
                elif approved > day:
                    waits.append((order, leaves, approved))  # nothing stands against it: those behind it need not wait
                elif stopped or self.objection(customer, book.balance[order], day):
                    waits.append((order, leaves, approved))
                    stopped = True
                else:
                    self.deliver(order, self.terms(customer))
            self.held[customer] = waits
            if not waits:
                self.waiting.discard(customer)
            if not stopped:
                book.press(customer, day, False)
