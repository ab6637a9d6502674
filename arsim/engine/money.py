"""Money terms at work: the discount for early payment, interest on late payment, small rests let go."""

from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.domain.price_rules import Discount
from arsim.engine.book import IN_FULL, Book
from arsim.engine.goodwill import Goodwill
from arsim.engine.grades import Grades
from arsim.engine.journal import Kind
from arsim.model.liquidity import SOUND, TIGHT
from arsim.model.luck import Purpose, address, uniform
from arsim.model.money import discounted, late_interest, worth
from arsim.model.readiness import funds_costs


class Money:
    """Discounts, interest and tolerance of one policy."""

    def __init__(self, book: Book, policy: Policy, grades: Grades, goodwill: Goodwill):
        world, behaviour = book.world, book.behaviour
        self.book, self.grades, self.goodwill = book, grades, goodwill
        self.squeeze = behaviour["money.funds_tight"]
        self.usual_gap = behaviour["money.usual_gap"]
        self.late_share = behaviour["money.discount_late"]
        self.late_at = address(world.seed, world.replication, Purpose.FUNDS)
        self.collected = behaviour["money.interest_collected"]
        self.price = behaviour["money.interest_goodwill"]
        self.interest_at = address(world.seed, world.replication, Purpose.INTEREST)
        self.ordinal = world.ordinal.tolist()
        self.discount, self.agreed, self.funds = policy.discount, {}, None  # agreed: invoice → discount, where it is not today's
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Terms of `policy`: its interest on all that is paid from now on, its discount on what is invoiced from now on."""
        if policy.discount != self.discount:
            for invoices in self.book.open:
                for invoice in invoices:
                    self.agreed.setdefault(invoice, self.discount)
        self.discount, self.interest = policy.discount, policy.interest
        self.let_go = policy.cash.tolerance * FEN
        if self.discount.percent and self.funds is None:
            self.funds = funds_costs(self.book.behaviour, self.book.world)

    def offer(self, invoice: int, issued: int) -> None:
        """A new invoice: the customer takes the discount if it beats the bank and the money is there."""
        percent = self.discount.percent
        if not percent:
            return
        book, customer = self.book, self.book.customer[invoice]
        if not self.grades.among(customer, self.discount.grades):
            return
        deadline = issued + self.discount.days
        gain_days = book.due[invoice] + int(self.usual_gap) - deadline
        state = book.state(customer, deadline)
        if state > TIGHT:
            return
        if worth(percent, gain_days, self.funds[customer] + (self.squeeze if state != SOUND else 0.0)):
            run = book.next_run[customer]
            day = max((day for day in range(issued, deadline + 1) if run[day] == day), default=None)
            if day is not None:
                book.commit(invoice, day, IN_FULL)

    def on_payment(self, invoice: int, day: int, amount: int) -> tuple[int, int]:
        """Discount within `amount` (fen), and the rest that may be let go; interest is claimed on the way."""
        discount = 0
        rules = self.agreed.get(invoice, self.discount) if self.agreed else self.discount
        if rules.percent:
            discount = self._deducted(invoice, day, amount, rules)
        if self.interest.rate:
            self._interest(invoice, day, amount)
        return discount, self.let_go

    def _deducted(self, invoice: int, day: int, amount: int, rules: Discount) -> int:
        """Who pays in time has the discount, whether or not that is why; within the grace some still take it."""
        book, customer = self.book, self.book.customer[invoice]
        if invoice < book.world.opening or not self.grades.among(customer, rules.grades):
            return 0
        age = day - book.issued[invoice]
        if age > rules.days:
            taken = age <= rules.days + rules.grace and uniform(self.late_at, customer, self.ordinal[invoice]) < self.late_share
            if not taken:
                return 0
        return discounted(amount, rules.percent)

    def _interest(self, invoice: int, day: int, amount: int) -> None:
        book, customer, late = self.book, self.book.customer[invoice], day - self.book.due[invoice]
        if late <= self.interest.grace:
            return
        claim = late_interest(amount, self.interest.rate, late)
        if not claim:
            return
        book.note(Kind.INTEREST, customer, invoice, claim, late)
        waived = self.interest.waive == "always" or self.interest.waive == "good" and self.grades.good(customer)
        if waived:
            book.note(Kind.WAIVED, customer, invoice, claim)
            return
        self.goodwill.hurt(customer, day, self.price)
        if uniform(self.interest_at, customer, self.ordinal[invoice]) < self.collected:
            book.note(Kind.INTEREST_PAID, customer, invoice, claim)
