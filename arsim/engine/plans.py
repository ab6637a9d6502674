"""Instalment plans: agreed in hardship, paid month by month, broken or completed."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arsim.domain.calendar import MONTH
from arsim.domain.policy import Policy
from arsim.engine.book import Book
from arsim.engine.grades import Grades
from arsim.engine.journal import Cost, Kind, Paid
from arsim.engine.security import NONE, Securities
from arsim.model import exact
from arsim.model.liquidity import DISTRESSED, SOUND, TIGHT
from arsim.model.luck import Purpose, address, uniform
from arsim.model.plan import first_month, grave, instalment, interest, missed, weight
from arsim.model.plan import lift as lift_of

AS_USUAL = -1.0


@dataclass
class Plan:
    """One plan at work. Private to a run."""

    customer: int
    invoices: list[int]
    total: int
    begun: int
    amounts: list[int]
    interest: list[int]
    paid: float  # chance of paying an instalment; `AS_USUAL`: as the customer's liquidity has it, less `lift`
    lift: float  # share of misses avoided
    at_once: bool  # all may fall due once a fifth is missed
    notarised: bool
    next: int = 0
    missed: int = 0  # fen


class Plans:
    """All plans. `enforce` gets (customer, invoices, day) of a broken one that was notarised."""

    def __init__(self, book: Book, policy: Policy, grades: Grades, securities: Securities, enforce: Callable[[int, list[int], int], None]):
        world, behaviour = book.world, book.behaviour
        self.book, self.grades, self.securities, self.enforce = book, grades, securities, enforce
        self.offer_at = address(world.seed, world.replication, Purpose.OFFER)
        self.paid_at = address(world.seed, world.replication, Purpose.INSTALMENT)
        self.paid = {
            SOUND: behaviour["plan.paid_sound"],
            TIGHT: behaviour["plan.paid_tight"],
            DISTRESSED: behaviour["plan.paid_distressed"],
        }
        self.season_lift, self.security_lift = behaviour["plan.season_lift"], behaviour["plan.security_lift"]
        self.deters = behaviour["plan.rate_deters"]
        self.due: dict[int, list[Plan]] = defaultdict(list)
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Offer plans by the rules of `policy`; a plan agreed keeps its own."""
        self.rules = policy.plan

    def offer(self, customer: int, day: int, invoices: list[int]) -> None:
        """A customer in hardship is offered a plan for `invoices`, if the policy has one; it may not like the terms."""
        book, rules = self.book, self.rules
        invoices = [invoice for invoice in invoices if book.is_open[invoice] and not book.frozen(invoice) and invoice not in book.contested]
        rate = rules.interest_good if self.grades.good(customer) else rules.interest_weak
        if rules.offer == "no" or not invoices or uniform(self.offer_at, customer, day) < self.deters * rate:
            return
        lift = 0.0
        if rules.security != "none":
            kind = "collateral" if rules.security == "collateral" else "joint_guarantee"
            until = day + MONTH * rules.months
            if self.securities.kind[customer] == NONE and not self.securities.give(customer, kind, in_trouble=True, until=until):
                return
            lift = self.security_lift
        total = sum(book.balance[invoice] for invoice in invoices)
        weights = self._weights(customer, day)
        lift = lift_of(lift, self.season_lift if rules.season == "yes" else 0.0)
        amounts, left, heavy = [], total, sum(weights)
        for one in weights[:-1]:
            amounts.append(instalment(total, one, heavy))
            left -= amounts[-1]
        amounts.append(left)
        carried = [interest(amount, rate, number) for number, amount in enumerate(amounts)]
        if rules.notarised == "yes":
            book.note(Kind.COST, customer, -1, int(total * book.behaviour["law.notary"]), Cost.NOTARY)
        book.note(Kind.PLAN, customer, -1, total, rules.months, round(rate * 10_000))
        for invoice in invoices:
            book.freeze(invoice, day)
            book.demanded[invoice] = day
        at_once, notarised = rules.accelerate == "yes", rules.notarised == "yes"
        self._expect(Plan(customer, invoices, total, day, amounts, carried, AS_USUAL, lift, at_once, notarised), day)

    def agree(self, customer: int, day: int, invoices: list[int], months: int, kept: float) -> None:
        """A plan somebody has talked a customer into: equal instalments, no interest, all of them paid on time with chance `kept`."""
        book, total = self.book, sum(self.book.balance[invoice] for invoice in invoices)
        amounts = [instalment(total, 1.0, float(months))] * (months - 1)
        amounts.append(total - sum(amounts))
        each = float(exact.exp(exact.log(np.array(kept)) / months)) if kept else 0.0
        book.note(Kind.PLAN, customer, -1, total, months)
        for invoice in invoices:
            book.freeze(invoice, day)
        self._expect(Plan(customer, invoices, total, day, amounts, [0] * months, each, 0.0, self.rules.accelerate == "yes", False), day)

    def _weights(self, customer: int, day: int) -> list[float]:
        people, months = self.book.world.population, self.rules.months
        first, peak = first_month(people.start.month - 1, day), int(people.peak_month[customer])
        return [weight(self.rules.season == "yes", first + number, peak) for number in range(months)]

    def _expect(self, plan: Plan, day: int) -> None:
        if day + MONTH < self.book.horizon:
            self.due[self.book.next_run[plan.customer][day + MONTH]].append(plan)

    def pay(self, day: int) -> None:
        """The instalments of `day`."""
        for plan in self.due.pop(day, ()):
            invoices = [invoice for invoice in plan.invoices if self.book.is_open[invoice]]
            if not invoices:
                continue
            if self._pays(plan, day):
                self._instalment(plan, invoices, day)
            else:
                plan.missed += plan.amounts[plan.next]
                at_once = plan.at_once and grave(plan.missed, plan.total)
                # Without acceleration each instalment falls due by itself: nothing is in default before the last agreed day.
                if at_once or day >= plan.begun + MONTH * len(plan.amounts) or day >= self.book.insolvent[plan.customer]:
                    self._broken(plan, invoices, day)
                else:
                    self._expect(plan, day)

    def _pays(self, plan: Plan, day: int) -> bool:
        book, customer = self.book, plan.customer
        if day >= book.insolvent[customer]:
            return False
        chance = missed(self.paid.get(book.state(customer, day), 0.0) if plan.paid == AS_USUAL else plan.paid, plan.lift)
        return uniform(self.paid_at, customer, day) >= chance

    def _instalment(self, plan: Plan, invoices: list[int], day: int) -> None:
        """Oldest invoice first."""
        book, left = self.book, plan.amounts[plan.next]
        if plan.interest[plan.next]:
            book.note(Kind.INTEREST_PAID, plan.customer, invoices[0], plan.interest[plan.next])
        plan.next += 1
        last = plan.next == len(plan.amounts)
        for invoice in invoices:
            part = book.balance[invoice] if last else min(left, book.balance[invoice])
            if part > 0:
                book.reduce(invoice, Kind.PAYMENT, part, Paid.INSTALMENT)
                book.demanded[invoice] = day
                left -= part
        if not last:
            self._expect(plan, day)

    def _broken(self, plan: Plan, invoices: list[int], day: int) -> None:
        book = self.book
        book.note(Kind.PLAN_BROKEN, plan.customer, -1, sum(book.balance[invoice] for invoice in invoices), plan.next)
        for invoice in invoices:
            book.thaw(invoice, day + 1)
        if plan.notarised and day < book.insolvent[plan.customer]:
            self.enforce(plan.customer, invoices, day)
