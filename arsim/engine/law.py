"""The legal route as a state machine: filed, ordered or judged, complied with or enforced; statutory clocks and fees, chances assumed.

Not legal advice; have a lawyer check.
"""

from collections import defaultdict
from dataclasses import dataclass

from arsim.domain import law_fees
from arsim.domain.clocks import payment_order_deadlines, trial_end
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.domain.risk_rules import ROUTES
from arsim.engine.book import Book, day_of
from arsim.engine.goodwill import Goodwill
from arsim.engine.journal import Cost, Kind, Paid, Stage
from arsim.engine.security import Securities
from arsim.model.behaviour import COURT
from arsim.model.legal import commission, enforced_share, recovery_share
from arsim.model.liquidity import DISTRESSED, SOUND, TIGHT
from arsim.model.luck import Purpose, address, uniform
from arsim.model.money import part_of
from arsim.model.scenario import INDUSTRIES

ORDER, MEDIATION, SUIT, PRESERVED, COMMISSION = range(len(ROUTES))
WORKING_WEEK = 5  # days
STRIDE = 16  # questions of one case
OBJECTS, AGREES, COMPLIES, ENFORCES, COMPLAINT = range(5)
PUBLIC = INDUSTRIES.index("public")
LOOK_AGAIN = 30  # days after which a claim in a plan is looked at again
MOST_QUEUED = 2.0  # weeks of capacity that idle lawyers may have saved up


@dataclass
class Case:
    """One customer's claims at law. Private to a run."""

    customer: int
    invoices: list[int]
    route: int
    number: int  # of this customer's cases
    fee: int = 0  # court fee advanced: the loser bears it


class LawDesk:
    """The lawyers: what goes to law, when, and what comes of it."""

    def __init__(self, book: Book, policy: Policy, securities: Securities, goodwill: Goodwill, at_law: set[int], barred: set[int]):
        world, behaviour = book.world, book.behaviour
        self.book, self.securities, self.goodwill = book, securities, goodwill
        self.at_law, self.barred, self.b = at_law, barred, behaviour
        self.tried: set[int] = set()  # what the law has had its turn with: nobody sues twice for the same debt
        self.at = address(world.seed, world.replication, Purpose.LAW)
        self.recovers_at = address(world.seed, world.replication, Purpose.RECOVERY)
        self.after_at = address(world.seed, world.replication, Purpose.WRITTEN_OFF)
        self.ordinal = world.ordinal.tolist()
        self.pays = {SOUND: 1.0, TIGHT: behaviour["law.tight"], DISTRESSED: behaviour["law.distressed"]}
        self.bound = (world.population.large | (world.population.industry == PUBLIC)).tolist()  # by the SME payment regulation
        self.cases = [0] * len(world.population)
        self.complained: set[int] = set()
        self.ripe: dict[int, list[int]] = defaultdict(list)  # day → invoices old enough for law
        self.complaints: dict[int, list[int]] = defaultdict(list)
        self.queue: list[int] = []  # customers, first in, first out
        self.steps: dict[int, list] = defaultdict(list)  # day → (what, case)
        self.capacity = 0.0
        self.rules = policy.law
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Go to law as `policy` says. Cases go on; what is only queued stays so if this policy goes to law at all."""
        before, self.rules = self.rules, policy.law
        self.after = policy.write_off.then == "lawyer_on_commission"
        if self.rules == before:
            return
        self.ripe.clear()
        self.complaints.clear()
        if not self.rules.days and self.rules.on_refusal == "no":
            self.queue.clear()
        for invoices in self.book.open:
            for invoice in invoices:
                self.watch(invoice, day_of(self.book.env.now))

    # ── What goes to law ─────────────────────────────────────────────────────────────────────────────────────────

    def watch(self, invoice: int, today: int) -> None:
        """Remember the days on which the invoice will be old enough for law, and for a complaint."""
        for days, agenda in ((self.rules.days, self.ripe), (self.rules.complaint_days, self.complaints)):
            day = max(self.book.due[invoice] + days + 1, today)
            if days and day < self.book.horizon:
                agenda[self.book.world.calendar_next[day]].append(invoice)

    def refer(self, customer: int) -> None:
        """The customer refuses to pay."""
        if self.rules.on_refusal == "yes" and customer not in self.queue:
            self.queue.append(customer)

    def morning(self, day: int) -> None:
        """New cases as far as the lawyers can take them, and the steps due in old ones."""
        book = self.book
        for invoice in self.complaints.pop(day, ()):
            customer = book.customer[invoice]
            if book.is_open[invoice] and self.bound[customer] and invoice not in self.complained and self._claims(customer, day, 0):
                self._complain(customer, day)
        for invoice in self.ripe.pop(day, ()):
            if book.frozen(invoice):  # in a plan: looked at again, it may break
                if day + LOOK_AGAIN < book.horizon:
                    self.ripe[book.world.calendar_next[day + LOOK_AGAIN]].append(invoice)
            elif book.is_open[invoice] and book.customer[invoice] not in self.queue:
                self.queue.append(book.customer[invoice])
        for what, case in self.steps.pop(day, ()):
            what(case, day)
        self.capacity = min(self.capacity + self.rules.cases_a_week / WORKING_WEEK, max(1.0, MOST_QUEUED * self.rules.cases_a_week))
        while self.queue and self.capacity >= 1.0 and self.rules.cases_a_week:
            customer = self.queue.pop(0)
            claims = self._claims(customer, day, self.rules.min_amount * FEN)
            if claims:
                self.capacity -= 1.0
                self._file(customer, claims, day)

    def _claims(self, customer: int, day: int, least: int) -> list[int]:
        """What can be sued for: overdue, not in a plan, not barred, not sued for before. A pending dispute is no bar, but an objection."""
        book = self.book
        if day >= book.insolvent[customer]:
            return []
        found = [
            invoice for invoice in book.overdue(customer, day)
            if not book.frozen(invoice) and not any(invoice in out for out in (self.at_law, self.barred, self.tried))
        ]  # fmt: skip
        return found if found and sum(book.balance[invoice] for invoice in found) >= least else []

    # ── The stages ───────────────────────────────────────────────────────────────────────────────────────────────

    def enforce_at_once(self, customer: int, invoices: list[int], day: int) -> None:
        """A notarised plan is broken: no trial is needed."""
        case = self._open(customer, [invoice for invoice in invoices if self.book.is_open[invoice]], SUIT, day)
        self._expect(self._enforced, case, day, int(self.b["law.enforcement_days"]))

    def _file(self, customer: int, claims: list[int], day: int) -> None:
        route = ROUTES.index(self.rules.route)
        case, claim = self._open(customer, claims, route, day), self._claim_of(claims)
        if route == COMMISSION:
            self._step(case, Stage.HANDED_OVER, 0)
            self._expect(self._returned, case, day, int(self.b["recovery.days"]))
            return
        if route == ORDER:
            case.fee = law_fees.payment_order(claim)
            self._step(case, Stage.FILED, case.fee)
            enforceable = payment_order_deadlines(self.book.world.date_of(day)).enforceable_from
            self._expect(self._answered, case, day, self.book.world.day_of(enforceable) - day)
        elif route == MEDIATION:
            self._step(case, Stage.FILED, 0)
            self._expect(self._mediated, case, day, int(self.b["law.mediation_days"]))
        else:
            self._sue(case, day)
        self.goodwill.hurt(customer, day, self.b["law.filing_goodwill"])
        for invoice in claims:
            self.book.feel(invoice, day, COURT)

    def _open(self, customer: int, claims: list[int], route: int, day: int) -> Case:
        case = Case(customer, claims, route, self.cases[customer])
        self.cases[customer] += 1
        for invoice in claims:
            self.at_law.add(invoice)
            self.book.demanded[invoice] = day  # filing interrupts limitation (Civil Code 195)
            if route != COMMISSION:
                self.securities.call(invoice, day)
        return case

    def _sue(self, case: Case, day: int) -> None:
        """Suit: halved fee in summary procedure, which undisputed claims get."""
        claims = self._left(case)
        if not claims:
            return
        claim, disputed = self._claim_of(claims), any(invoice in self.book.slowed for invoice in claims)
        small = claim <= self.b["law.small_claim"] * FEN
        fee = law_fees.court_acceptance(claim, half=not disputed)
        case.fee += fee  # a payment order objected to was paid for already; won, both come back
        extra = law_fees.preservation(claim) if case.route == PRESERVED else 0
        self._step(case, Stage.FILED, fee + extra + commission(claim, self.b["law.lawyer"]))
        # Each procedure takes the time the law gives it; extensions aside.
        procedure = "small_claims" if small else "ordinary" if disputed else "summary"
        self._expect(self._judged, case, day, self.book.world.day_of(trial_end(self.book.world.date_of(day), procedure)) - day)

    def _answered(self, case: Case, day: int) -> None:
        """The debtor had its time to pay or to object to the payment order."""
        claims = self._left(case)
        if not claims:
            return
        if any(invoice in self.book.slowed for invoice in claims) or self._luck(case, OBJECTS) < self.b["law.objects"]:
            self._step(case, Stage.OBJECTED, 0)
            self._sue(case, day)
        else:
            self._step(case, Stage.ORDERED, 0)
            self._decided(case, day)

    def _mediated(self, case: Case, day: int) -> None:
        claims = self._left(case)
        if not claims:
            return
        if self._luck(case, AGREES) < self.b["law.mediates"] * self._ability(case, day):
            self._step(case, Stage.AGREED, 0)
            self._decided(case, day)
        else:
            self._step(case, Stage.NOT_AGREED, 0)
            self._sue(case, day)

    def _judged(self, case: Case, day: int) -> None:
        if self._left(case):
            self._step(case, Stage.JUDGED, 0)
            self._decided(case, day)

    def _decided(self, case: Case, day: int) -> None:
        """An enforceable title: the debtor complies, or does not."""
        if self._luck(case, COMPLIES) < self.b["law.complies"] * self._ability(case, day):
            self._expect(self._complied, case, day, 1)
        elif self.rules.enforce == "yes":
            self._expect(self._enforced, case, day, int(self.b["law.enforcement_days"]))
        else:
            self._close(case, day)

    def _complied(self, case: Case, day: int) -> None:
        if self._left(case) and day < self.book.insolvent[case.customer]:
            self._step(case, Stage.COMPLIED, 0)
            self._collect(case, day, 1.0)
        self._close(case, day)

    def _enforced(self, case: Case, day: int) -> None:
        """The court takes what it finds; its fee is taken from the debtor with it."""
        claims = self._left(case)
        if claims:
            chance = self.b["law.enforced"] * self._ability(case, day)
            if case.route == PRESERVED:
                chance = min(1.0, chance * self.b["law.preservation_lift"])
            share = enforced_share(self._luck(case, ENFORCES), chance, self.b["law.enforced_part"], self.b["law.enforced_part_share"])
            self._step(case, Stage.ENFORCED, 0)
            if share > 0.0:
                self._collect(case, day, share)
            for invoice in self._left(case):
                self.securities.exhausted(invoice, day)
        self._close(case, day)

    def _collect(self, case: Case, day: int, share: float) -> None:
        """Principal first; who has paid all of it bears the court fee as well."""
        book = self.book
        for invoice in self._left(case):
            book.reduce(invoice, Kind.PAYMENT, part_of(book.balance[invoice], share), Paid.AT_LAW)
        if share >= 1.0 and case.fee:
            book.note(Kind.RECOVERY, case.customer, -1, case.fee, 1)
            case.fee = 0

    def _close(self, case: Case, day: int) -> None:
        left = self._left(case)
        if left:
            self._step(case, Stage.ENDED, 0)
        self.at_law.difference_update(case.invoices)
        self.tried.update(left)

    # ── Beside the court ─────────────────────────────────────────────────────────────────────────────────────────

    def _complain(self, customer: int, day: int) -> None:
        case = Case(customer, self._claims(customer, day, 0), SUIT, self.cases[customer])
        self.cases[customer] += 1
        self.complained.update(case.invoices)
        self.goodwill.hurt(customer, day, self.b["law.complaint_goodwill"])
        self._step(case, Stage.COMPLAINED, 0)
        self._expect(self._heard, case, day, int(self.b["law.complaint_days"]))

    def _heard(self, case: Case, day: int) -> None:
        claims = self._left(case)
        works = self._luck(case, COMPLAINT) < self.b["law.complaint_works"] * self._ability(case, day)
        self._step(case, Stage.HEARD if works else Stage.UNHEARD, 0)
        if works and claims:
            self._collect(case, day, 1.0)

    def _returned(self, case: Case, day: int) -> None:
        """The lawyer on commission has tried; the ceiling on such fees holds."""
        book, collected = self.book, 0
        for invoice in self._left(case):
            share = recovery_share(day - book.due[invoice], self.b.recovery) * self._ability(case, day)
            if uniform(self.recovers_at, case.customer, self.ordinal[invoice]) < share:
                collected += book.balance[invoice]
                book.reduce(invoice, Kind.PAYMENT, book.balance[invoice], Paid.AT_LAW)
        self._commission(case.customer, collected)
        self._step(case, Stage.RETURNED, 0)
        self._close(case, day)

    def _commission(self, customer: int, collected: int) -> None:
        if collected:
            fee = min(commission(collected, self.b["recovery.commission"]), law_fees.contingency_ceiling(collected))
            self.book.note(Kind.COST, customer, -1, fee, Cost.COMMISSION)

    def written_off(self, invoice: int, day: int) -> None:
        """What was written off is handed to a lawyer on commission, if the policy says so."""
        if self.after and invoice not in self.barred:
            case = Case(self.book.customer[invoice], [invoice], COMMISSION, 0)
            self._expect(self._recovered, case, day, int(self.b["recovery.days"]))

    def _recovered(self, case: Case, day: int) -> None:
        book, invoice = self.book, case.invoices[0]
        share = recovery_share(day - book.due[invoice], self.b.recovery) * self.b["recovery.written_off"] * self._ability(case, day)
        if uniform(self.after_at, case.customer, self.ordinal[invoice]) < share and (left := book.given_up.pop(invoice, 0)):
            book.note(Kind.RECOVERY, case.customer, invoice, left)
            self._commission(case.customer, left)

    # ── Small things ─────────────────────────────────────────────────────────────────────────────────────────────

    def _left(self, case: Case) -> list[int]:
        return [invoice for invoice in case.invoices if self.book.is_open[invoice]]

    def _claim_of(self, claims: list[int]) -> int:
        return sum(self.book.balance[invoice] for invoice in claims)

    def _luck(self, case: Case, question: int) -> float:
        return uniform(self.at, case.customer, case.number * STRIDE + question)

    def _ability(self, case: Case, day: int) -> float:
        if day >= self.book.insolvent[case.customer]:
            return 0.0
        return self.pays.get(self.book.state(case.customer, day), 0.0)

    def _step(self, case: Case, stage: Stage, cost: int) -> None:
        self.book.note(Kind.LAW, case.customer, -1, cost, stage, case.route)

    def _expect(self, what, case: Case, day: int, days: int) -> None:
        if day + days < self.book.horizon:
            self.steps[self.book.world.calendar_next[day + days]].append((what, case))
