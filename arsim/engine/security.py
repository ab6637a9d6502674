"""Security: given, called in time or lost, and what insolvency leaves."""

from collections import defaultdict

from arsim.domain.credit_rules import SECURITIES
from arsim.domain.law import rules
from arsim.domain.policy import Policy
from arsim.domain.scorecard import CARD
from arsim.engine.book import Book, day_of
from arsim.engine.grades import Grades
from arsim.engine.journal import Kind, Paid, Stage
from arsim.model.luck import Purpose, address, uniform
from arsim.model.money import part_of

PERIOD = rules()["guarantee_period"].numbers["months"]
NONE, GENERAL, JOINT, COLLATERAL, RETENTION = range(len(SECURITIES))
OF_CUSTOMER, IN_TROUBLE, PAYS = 1 << 30, (1 << 30) + 1, (1 << 30) + 2  # ordinals of what is asked once a customer


class Securities:
    """What each customer has given, and the money that comes of it."""

    def __init__(self, book: Book, policy: Policy, grades: Grades):
        world, behaviour = book.world, book.behaviour
        self.book, self.grades = book, grades
        self.kind = [NONE] * len(world.population)
        self.accepts = {OF_CUSTOMER: behaviour["grant.accepts_security"], IN_TROUBLE: behaviour["plan.accepts_security"]}
        self.at = address(world.seed, world.replication, Purpose.SECURITY)
        guarantee = behaviour["recovery.guarantee"]
        self.share = (0.0, guarantee, guarantee, behaviour["recovery.collateral"], behaviour["recovery.retention"])
        self.unsecured = behaviour["recovery.unsecured"]
        self.guarantor_days, self.bankruptcy_days = int(behaviour["recovery.guarantee_days"]), int(behaviour["recovery.bankruptcy_days"])
        self.fails = sorted((day, customer) for customer, day in enumerate(book.insolvent) if day < book.horizon)
        self.lapses: dict[int, list[int]] = defaultdict(list)  # day after a guarantee period → invoices
        self.runs_from: dict[int, int] = {}  # invoice → day its guarantee period runs from, where it is not the due date
        self.called: set[int] = set()  # invoices claimed within it
        self.asked: set[int] = set()  # invoices the security has been turned to account for
        self.coming: dict[int, list[tuple[int, float]]] = defaultdict(list)  # day → (invoice, share of its balance)

    def give(self, customer: int, kind: str, in_trouble: bool = False, until: int = 0) -> bool:
        """Ask for security of `kind`; the customer's answer is always the same. `until` is when a plan for what is open ends."""
        question = IN_TROUBLE if in_trouble else OF_CUSTOMER
        if uniform(self.at, customer, question) >= self.accepts[question]:
            return False
        self.kind[customer] = SECURITIES.index(kind)
        self.grades.secured[customer] = CARD.security[kind]
        self.book.note(Kind.SECURED, customer, -1, 0, self.kind[customer])
        for invoice in self.book.open[customer]:
            self.runs_from[invoice] = max(self.book.due[invoice], until, day_of(self.book.env.now))
            self.watch(invoice)
        return True

    def watch(self, invoice: int) -> None:
        """The guarantee for an invoice ends six months after it falls due (Civil Code 692) unless it is called by then."""
        if self.kind[self.book.customer[invoice]] in (GENERAL, JOINT):
            ends = self._last(invoice) + 1
            if 0 <= ends < self.book.horizon:
                self.lapses[self.book.world.calendar_next[ends]].append(invoice)

    def _last(self, invoice: int) -> int:
        """Last day of the guarantee period; a guarantee given for what is already due runs from then, or from the end of its plan."""
        return self.book.world.months_later(self.runs_from.get(invoice, self.book.due[invoice]), PERIOD)

    def call(self, invoice: int, day: int) -> None:
        """A claim at law is made on `day`: in time it keeps the guarantee; a joint guarantor is asked to pay at once."""
        customer = self.book.customer[invoice]
        if self.kind[customer] in (GENERAL, JOINT) and day <= self._last(invoice):
            self.called.add(invoice)
            if self.kind[customer] == JOINT:
                self.pay_later(invoice, day + self.guarantor_days, JOINT)

    def exhausted(self, invoice: int, day: int) -> None:
        """Enforcement against the debtor has ended: now a general guarantor and the assets pledged answer."""
        kind = self.kind[self.book.customer[invoice]]
        if kind == GENERAL and invoice in self.called:
            self.pay_later(invoice, day + self.guarantor_days, GENERAL)
        elif kind in (COLLATERAL, RETENTION):
            self.pay_later(invoice, day + self.guarantor_days, kind)

    def pay_later(self, invoice: int, day: int, kind: int) -> None:
        """The security brings its share of the balance on `day`; a guarantor pays or does not."""
        if invoice in self.asked:
            return
        self.asked.add(invoice)
        customer, share = self.book.customer[invoice], self.share[kind]
        if kind == RETENTION and self.book.balance[invoice] * 4 <= int(self.book.world.amount[invoice]):
            return  # once three quarters are paid the goods cannot be taken back (sale interpretation 26)
        if kind in (GENERAL, JOINT):
            share = 1.0 if uniform(self.at, customer, PAYS) < share else 0.0
            self.book.note(Kind.LAW, customer, invoice, 0, Stage.GUARANTEE_CALLED)
        if share and day < self.book.horizon:
            self.coming[self.book.world.calendar_next[day]].append((invoice, share))

    def morning(self, day: int) -> None:
        """Insolvencies since yesterday, guarantees that lapse, money that comes in."""
        book = self.book
        while self.fails and self.fails[0][0] <= day:
            self._insolvent(self.fails.pop(0)[1], day)
        for invoice in self.lapses.pop(day, ()):
            if book.is_open[invoice] and invoice not in self.called:
                book.note(Kind.GUARANTEE_LOST, book.customer[invoice], invoice, book.balance[invoice])
        for invoice, share in self.coming.pop(day, ()):
            if book.is_open[invoice]:
                book.reduce(invoice, Kind.PAYMENT, part_of(book.balance[invoice], share), Paid.AT_LAW)
            elif amount := int(book.given_up.get(invoice, 0) * share):
                book.given_up[invoice] -= amount
                book.note(Kind.RECOVERY, book.customer[invoice], invoice, amount)

    def _insolvent(self, customer: int, day: int) -> None:
        """Claims are lodged: security first, the rest shares in what is left."""
        book, kind = self.book, self.kind[customer]
        for invoice in list(book.open[customer]):
            book.note(Kind.LAW, customer, invoice, 0, Stage.PROVED)
            if kind in (GENERAL, JOINT):
                self.call(invoice, day)
                if kind == GENERAL and invoice in self.called:
                    self.pay_later(invoice, day + self.guarantor_days, kind)
            elif kind in (COLLATERAL, RETENTION):
                self.pay_later(invoice, day + self.guarantor_days, kind)
            ends = day + self.bankruptcy_days
            if ends < book.horizon:
                self.coming[book.world.calendar_next[ends]].append((invoice, self.unsecured))
