"""Contacts in the idiomatic model: letters by post, who is reached, what is answered and felt."""

from arsim.domain.money import FEN
from arsim.engine.contacts import SPOKEN, STRIDE, means_of
from arsim.engine.journal import Answer, Kind
from arsim.model.contact import answered
from arsim.model.luck import Purpose, uniform
from arsim.model.readiness import base_under


class Chasing:
    """Everything by which customers are reached."""

    def __init__(self, firm):
        self.firm, policy, behaviour = firm, firm.policy, firm.behaviour
        self.felt, self.lasts = behaviour.felt, behaviour.lasts
        self.summed = [0.0, *base_under(firm.world.population.base, policy, behaviour).cumsum().tolist()]
        self.means = means_of(policy, behaviour)
        self.reach_at, self.right_at, self.answer_at = firm.at(Purpose.REACH), firm.at(Purpose.RIGHT_PARTY), firm.at(Purpose.ANSWER)
        self.disclose_at = firm.at(Purpose.DISCLOSE)

    def mail(self, customer, channel: int, invoice, level: int) -> None:
        """The next letter to the customer is about this invoice, too."""
        if channel in customer.post:
            customer.post[channel][invoice] = level
        else:
            customer.post[channel] = {invoice: level}
            self.firm.env.process(self.posting(customer, channel))

    def posting(self, customer, channel: int):
        """Process: one letter a morning, once all it is about is in it and the cap allows it."""
        firm = self.firm
        yield firm.env.timeout(1)
        while not customer.allowed(firm.today):
            yield firm.until_morning(firm.today + 1)
            yield firm.env.timeout(1)
        raised = {invoice: level for invoice, level in customer.post.pop(channel).items() if invoice.balance}
        if raised:
            self.make(customer, channel, firm.today, raised)
        for invoice in raised:
            invoice.sent()

    def make(self, customer, channel: int, day: int, raised: dict) -> tuple[int, bool]:
        """One contact: minutes it took, and whether anybody was reached."""
        firm, how = self.firm, self.firm.behaviour.channels[channel]
        customer.contacted.append(day)
        where = day * STRIDE + channel
        reached = uniform(self.reach_at, customer.number, where) < self.means.reach[channel] and day < customer.insolvent
        right = reached and uniform(self.right_at, customer.number, where) < self.means.right[channel]
        minutes = int(how.minutes_reached if reached else how.minutes_missed)
        kind = Kind.REACHED if right else Kind.WRONG_PARTY if reached else Kind.MISSED
        firm.note(kind, customer.number, -1, round(how.cost * FEN), channel, minutes)
        for invoice, level in raised.items():
            firm.note(Kind.NOTICE, customer.number, invoice.number, invoice.balance, channel, level)
        if right:
            self.taken_in(customer, channel, day, where, list(raised))
        return minutes, reached

    def taken_in(self, customer, channel: int, day: int, where: int, live: list) -> None:
        """The right person has it."""
        firm, behaviour, tired = self.firm, self.firm.behaviour, customer.tired(day)
        quarrels = [invoice for invoice in live if invoice.slowed]
        factor = 1.0 + behaviour["goodwill.fatigue"] * tired
        if any(not invoice.known for invoice in quarrels):
            factor *= behaviour["goodwill.disputant"]
        elif all(invoice.due >= day for invoice in live):
            factor *= behaviour["goodwill.good_payer"]
        customer.hurt(day, self.means.price[channel] * factor)
        if channel in SPOKEN:
            asked = firm.policy.dispute.desk and quarrels
            tells = asked and uniform(self.disclose_at, customer.number, where) < behaviour["answer.discloses"]
            for invoice in quarrels if tells else ():
                firm.disputing.found(invoice, 1)
            live = [invoice for invoice in live if not (tells and invoice in quarrels)]
            luck = uniform(self.answer_at, customer.number, where)
            answer = answered(luck, customer.state(day), customer.slow, behaviour.answers) if live else Answer.DISPUTES
            firm.note(Kind.ANSWER, customer.number, -1, 0, answer, channel)
            if answer == Answer.PROMISES:
                firm.env.process(firm.promising.promise(customer, channel, day, where, live))
            if answer not in (Answer.PAYS, Answer.PROMISES):
                return
        strength = self.means.strength[channel] * behaviour["answer.fatigue"] ** tired
        for invoice in live:
            invoice.feel(day, channel, strength, int(behaviour.channels[channel].arrives))
