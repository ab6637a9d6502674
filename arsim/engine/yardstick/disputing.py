"""Disputes in the idiomatic model: a process per dispute that waits for its complaint, its owner's answer and the desk."""

import simpy

from arsim.domain.calendar import DAY, DUNNING_RUN
from arsim.engine.disputes import BY_COMPLAINT
from arsim.engine.journal import Kind
from arsim.model.dispute import CAUSES, answered_after, contested_part
from arsim.model.luck import Purpose, uniform


class Disputing:
    """The dispute desk, if there is one."""

    def __init__(self, firm):
        world, behaviour = firm.world, firm.behaviour
        self.firm, self.all = firm, world.disputes
        self.desk = simpy.Resource(firm.env, firm.policy.dispute.desk) if firm.policy.dispute.desk else None
        self.work = [behaviour[f"dispute.days_{cause}"] for cause in CAUSES]
        self.open_days = [day for day, is_open in enumerate(world.calendar.open.tolist()) if is_open]
        self.worked, count = [], 0
        for is_open in world.calendar.open.tolist():
            self.worked.append(count)
            count += is_open
        self.coming: dict = {}  # invoice → event that brings it to light sooner than the complaint

    def watch(self, invoice) -> None:
        """A disputed invoice has entered the book."""
        if self.desk and invoice.number in self.all.place:
            self.coming[invoice] = self.firm.env.event()
            self.firm.env.process(self.dispute(invoice, self.all.place[invoice.number]))

    def found(self, invoice, how: int) -> None:
        """A contact has brought it to light."""
        if invoice in self.coming and not self.coming[invoice].triggered:
            self.coming[invoice].succeed(how)

    def dispute(self, invoice, place: int):
        """Process: one dispute."""
        firm, env, customer, rules = self.firm, self.firm.env, invoice.customer, self.firm.policy.dispute
        told = self.coming[invoice]
        complains = max(firm.today + 1, invoice.due + int(self.all.complains[place]))
        complaint = [firm.until_morning(complains)] if complains < firm.world.days else []
        yield env.any_of([told, *complaint])
        del self.coming[invoice]
        if not invoice.balance:
            return
        invoice.known, begun = True, self.worked[firm.today]
        contested, cause = contested_part(invoice.balance, float(self.all.contested[place])), int(self.all.cause[place])
        firm.note(Kind.DISPUTE, customer.number, invoice.number, contested, cause, told.value if told.triggered else BY_COMPLAINT)
        if rules.claim_undisputed == "yes" and contested < invoice.balance:
            invoice.contested = contested
            invoice.clear(firm.today)
        luck = uniform(firm.at(Purpose.DISPUTE_WORK), customer.number, int(firm.world.ordinal[invoice.number]))
        fastest, slowest = firm.behaviour["dispute.answer_fastest"], firm.behaviour["dispute.answer_slowest"]
        answered = -int(-answered_after(begun, rules.response_days, fastest, slowest, luck) // 1)
        if answered >= len(self.open_days) or self.open_days[answered] >= firm.world.days:
            return
        yield env.timeout(max(0, self.open_days[answered] * DAY + DUNNING_RUN - env.now))
        with self.desk.request() as turn:
            yield turn
            if not invoice.balance:
                return
            self.settle(invoice, place, self.worked[firm.today] - begun)
            yield env.timeout(int(self.work[cause] * DAY))

    def settle(self, invoice, place: int, waited: int) -> None:
        """A credit note or a confirmation."""
        firm, behaviour, customer = self.firm, self.firm.behaviour, invoice.customer
        customer.hurt(firm.today, behaviour["dispute.wait_goodwill"] * waited - behaviour["dispute.solved_goodwill"])
        justified = bool(self.all.justified[place])
        contested = min(invoice.contested or contested_part(invoice.balance, float(self.all.contested[place])), invoice.balance)
        invoice.contested, invoice.known = 0, False
        firm.note(Kind.SETTLED, customer.number, invoice.number, contested, int(justified), waited)
        if justified:
            invoice.reduce(Kind.CREDIT_NOTE, contested)
        if invoice.balance:
            invoice.clear(firm.today)
