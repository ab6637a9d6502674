"""Contacts: who is reached, what they answer, what it costs, how often a customer may be met."""

from collections.abc import Callable
from typing import NamedTuple

from arsim.domain.calendar import WEEK
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.law import provable
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.engine.book import Book
from arsim.engine.disputes import BY_CONTACT, DisputeDesk
from arsim.engine.goodwill import Goodwill
from arsim.engine.journal import Answer, Cost, Kind
from arsim.model.behaviour import Behaviour
from arsim.model.contact import answered
from arsim.model.luck import Purpose, address, uniform

STRIDE = 32  # contacts of a day are addressed by day × STRIDE + channel; room for channels to come
MEMORY = 30  # days a contact tires
CALL, VISIT, CHAT = (CHANNELS.index(name) for name in ("call", "visit", "chat"))
SPOKEN = (CALL, VISIT, CHAT)  # a person answers


class Means(NamedTuple):
    """What each channel is like under a policy, each a list in the order of `CHANNELS`; `spoken`: a person answers."""

    reach: list[float]
    right: list[float]
    strength: list[float]
    price: list[float]
    provable: list[bool]
    spoken: list[bool]


def means_of(policy: Policy, behaviour: Behaviour) -> Means:
    """The channels as the sales team's incentives, joint visits and the CRM make them."""
    kpi, joint, crm = policy.relations.recovery_kpi, policy.relations.joint_visits == "yes", policy.tools.crm == "yes"
    found = 1.0 - kpi * behaviour["together.kpi_reach"]
    wrong = 1.0 - behaviour["together.crm_right"] if crm else 1.0
    stronger = 1.0 + kpi * (behaviour["together.kpi_effect"] - 1.0)
    strength = [stronger if number in (CALL, VISIT) else 1.0 for number in range(len(CHANNELS))]
    price = [channel.goodwill for channel in behaviour.channels]
    if joint:
        strength[VISIT] *= behaviour["together.joint_effect"]
        price[VISIT] *= behaviour["together.joint_goodwill"]
    return Means(
        [1.0 - (1.0 - c.reach) * (found if number in SPOKEN else 1.0) for number, c in enumerate(behaviour.channels)],
        [1.0 - (1.0 - channel.right_party) * wrong for channel in behaviour.channels],
        strength, price, [provable()[channel].counts for channel in CHANNELS], [number in SPOKEN for number in range(len(CHANNELS))],
    )  # fmt: skip


class Contacts:
    """Makes contacts, and keeps the cap on how many a customer meets."""

    def __init__(self, book: Book, policy: Policy, goodwill: Goodwill, desk: DisputeDesk):
        world, behaviour = book.world, book.behaviour
        self.book, self.goodwill, self.desk = book, goodwill, desk
        self.promise: Callable | None = None  # what follows an answer; set by the run
        self.hardship: Callable | None = None
        self.refuse: Callable | None = None
        self.recent: list[list[int]] = [[] for _ in range(len(world.population))]
        self.met: list[list[int]] = [[] for _ in range(len(world.population))]
        self.slow = (world.population.payer < 0.5).tolist()

        def at(purpose):
            return address(world.seed, world.replication, purpose)

        self.reach_at, self.right_at, self.answer_at = at(Purpose.REACH), at(Purpose.RIGHT_PARTY), at(Purpose.ANSWER)
        self.disclose_at = at(Purpose.DISCLOSE)
        self.fatigue, self.fatigue_price = behaviour["answer.fatigue"], behaviour["goodwill.fatigue"]
        self.good_payer, self.disputant = behaviour["goodwill.good_payer"], behaviour["goodwill.disputant"]
        self.discloses = behaviour["answer.discloses"]
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Contacts are what `policy` makes of them."""
        behaviour = self.book.behaviour
        self.cap = policy.team.contact_cap
        self.reach, self.right, self.strength, self.price, self.provable, _ = means_of(policy, behaviour)
        joint = policy.relations.joint_visits == "yes"
        self.joint_cost = round(behaviour["price.joint_visit"] * FEN) if joint else 0
        self.confirmed = policy.team.confirm_calls == "yes"
        self.confirming = int(behaviour["answer.confirm_minutes"]) if self.confirmed else 0

    def allowed(self, customer: int, day: int) -> bool:
        """Whether the customer has had fewer contacts than the cap in the last seven days."""
        recent = self.recent[customer]
        while recent and recent[0] <= day - WEEK:
            del recent[0]
        return len(recent) < self.cap

    def longest(self, channel: int) -> int:
        """Minutes a contact may take at most."""
        return int(self.book.behaviour.channels[channel].minutes_reached) + (self.confirming if channel in (CALL, VISIT) else 0)

    def make(self, customer: int, channel: int, day: int, raised: dict[int, int]) -> tuple[int, bool]:
        """One contact about the invoices `raised` (→ level): journal it, let it be felt and answered.

        Returns
        -------
        minutes : int
            Staff time it took.
        reached : bool
            Somebody took it in, whether or not the one who decides.
        """
        book, means = self.book, self.book.behaviour.channels[channel]
        self.recent[customer].append(day)
        # Addressed by day and channel, not by turn: one contact more does not change how another one ends.
        where = day * STRIDE + channel
        reached = uniform(self.reach_at, customer, where) < self.reach[channel] and day < book.insolvent[customer]
        right = reached and uniform(self.right_at, customer, where) < self.right[channel]
        minutes = int(means.minutes_reached if reached else means.minutes_missed)
        if reached and channel in (CALL, VISIT):
            minutes += self.confirming
        book.note(
            Kind.REACHED if right else Kind.WRONG_PARTY if reached else Kind.MISSED, customer, -1, round(means.cost * FEN), channel, minutes
        )
        if channel == VISIT and self.joint_cost:
            book.note(Kind.COST, customer, -1, self.joint_cost, Cost.JOINT_VISIT)
        live = [invoice for invoice in sorted(raised) if book.is_open[invoice]]
        proved = reached and (self.provable[channel] or self.confirmed)
        for invoice in live:
            book.note(Kind.NOTICE, customer, invoice, book.balance[invoice], channel, raised[invoice])
            if proved:
                book.demanded[invoice] = day
        if right:
            self._taken_in(customer, channel, day, where, live)
        return minutes, reached

    def _taken_in(self, customer: int, channel: int, day: int, where: int, live: list[int]) -> None:
        """The right person has it: what it costs in goodwill, what is answered, what is felt."""
        book = self.book
        met = self.met[customer]
        while met and met[0] <= day - MEMORY:
            del met[0]
        tired = len(met)
        met.append(day)
        quarrels = [invoice for invoice in live if invoice in book.slowed]
        factor = 1.0 + self.fatigue_price * tired
        if any(invoice not in self.desk.known for invoice in quarrels):  # unanswered
            factor *= self.disputant
        elif all(book.due[invoice] >= day for invoice in live):
            factor *= self.good_payer
        self.goodwill.hurt(customer, day, self.price[channel] * factor)
        if channel in SPOKEN:
            tells = self.desk.staffed and quarrels and uniform(self.disclose_at, customer, where) < self.discloses
            disclosed = quarrels if tells else []
            for invoice in disclosed:
                self.desk.find(invoice, day, BY_CONTACT)
            plain = [invoice for invoice in live if invoice not in disclosed]
            answer = self._answer(customer, day, where) if plain else Answer.DISPUTES
            book.note(Kind.ANSWER, customer, -1, 0, answer, channel)
            if answer == Answer.PROMISES:
                self.promise(customer, channel, day, where, plain)
            elif answer == Answer.HARDSHIP:
                self.hardship(customer, day, plain)
            elif answer == Answer.REFUSES:
                self.refuse(customer, day)
            if answer not in (Answer.PAYS, Answer.PROMISES):
                return
            live = plain
        strength, arrives = self.strength[channel], int(book.behaviour.channels[channel].arrives)
        for _ in range(tired):
            strength *= self.fatigue
        for invoice in live:
            if book.is_open[invoice]:
                book.feel(invoice, day, channel, strength, arrives)

    def _answer(self, customer: int, day: int, where: int) -> Answer:
        luck = uniform(self.answer_at, customer, where)
        return Answer(answered(luck, self.book.state(customer, day), self.slow[customer], self.book.behaviour.answers))
