"""An invoice in the idiomatic model: a process that waits for whichever comes first, payment, the next level, news or the write-off."""

from arsim.domain.calendar import CUT_OFF, DAY, WEEK
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.money import FEN
from arsim.engine.journal import Kind, Paid
from arsim.engine.yardstick.ripening import Ripening
from arsim.model.behaviour import NEVER
from arsim.model.liquidity import DISTRESSED, TIGHT
from arsim.model.luck import Purpose, uniform
from arsim.model.money import part_of, short_by
from arsim.model.readiness import exponential


class Invoice(Ripening):
    """One invoice, from issue to the end."""

    def __init__(self, firm, customer, number: int, due: int):
        super().__init__(firm, customer, number, due)
        self.balance, self.short, self.first_part = int(firm.world.amount[number]), float(firm.world.short[number]), 0.0
        self.known, self.contested = False, 0  # a dispute: at the desk; fen not claimed meanwhile
        self.paused_to, self.level = -1, 0
        self.in_post = False  # the level has been handed to the post and not gone out yet
        self.changed = firm.env.event()

    def begin(self, issued: int, ripens: int, old: bool = False) -> None:
        """On the book."""
        firm, today = self.firm, self.firm.today
        firm.note(Kind.OPENING if old else Kind.INVOICE, self.customer.number, self.number, self.balance, issued, self.due)
        self.grown_to = ripens
        self.customer.open[self] = None
        self._split()
        self.run = self.planned()
        firm.disputing.watch(self)
        previous, earliest = today, today + (not old)
        ladder, had = firm.policy.dunning, False
        while self.level < len(ladder) and self.falls(previous) < today:
            if old:
                previous = self.falls(previous)
            self.level += 1
        if old:
            while self.level < len(ladder) and self.falls(previous) <= today:
                previous, self.level = self.falls(previous), self.level + 1
            had = self.level and previous < today and ladder[self.level - 1] in firm.world.population.opening.issued
            self.level -= bool(self.level and not had)
        firm.env.process(self.life(previous if had else today, earliest))

    def _split(self) -> None:
        """Some pay a first part on the way to being ready."""
        firm, luck = self.firm, float(self.firm.world.part[self.number])
        name = {TIGHT: "money.part_tight", DISTRESSED: "money.part_distressed"}.get(self.customer.state(self.due))
        share = firm.behaviour[name] if name and firm.world.population.frayed else 0.0
        if luck < share:
            least, most = firm.behaviour["money.part_from"], firm.behaviour["money.part_to"]
            self.first_part = least + (most - least) * luck / share
            self.goal = self.threshold * firm.behaviour["money.part_ready"]

    def life(self, previous: int, earliest: int):
        """Process: until nothing is owed."""
        firm, env = self.firm, self.firm.env
        pay = dun = None
        given_up = firm.until_morning(min(max(self.due + firm.policy.write_off_days + 1, firm.today), firm.world.days))
        planned = NEVER
        if self.level < len(firm.policy.dunning):
            dun = self._reminder(max(self.falls(previous), earliest))
        while self.balance:
            if self.run != planned:
                planned = self.run
                pay = env.timeout(max(0, planned * DAY + CUT_OFF - env.now)) if planned != NEVER else None
            yield env.any_of([event for event in (pay, dun, given_up, self.changed) if event is not None])
            if self.changed.processed:
                self.changed = env.event()
                if dun is None and self.level < len(firm.policy.dunning) and not self.in_post:
                    dun = self._reminder(max(self.falls(firm.today), firm.today + 1))
            if pay is not None and pay.processed and self.run == planned:
                pay, planned = None, NEVER
                self.settle(firm.today)
            if self.balance and given_up.processed:
                self.reduce(Kind.WRITE_OFF, self.balance)
            if self.balance and dun is not None and dun.processed:
                dun = self.remind(firm.today)

    def falls(self, previous: int) -> int:
        """Day on which the next level falls due."""
        rung = self.firm.policy.dunning[self.level]
        if rung.clock == "previous":
            return previous + rung.days
        day = self.due + rung.days
        return self.firm.world.calendar.end_of_month(day) if rung.clock == "end_of_month" else day

    def _reminder(self, day: int):
        return self.firm.until_morning(day) if day < self.firm.world.days else None

    def remind(self, day: int):
        """The next level is due: issue it; what to wait for then."""
        firm, ladder = self.firm, self.firm.policy.dunning
        if self.paused_to >= day:
            return self._reminder(self.paused_to + 1)
        if self.known and firm.policy.dispute.pause == "yes":
            return self._reminder(day + WEEK)
        rung = ladder[self.level]
        meant = rung.grades == "all" or (rung.grades == "good") == (self.customer.grade <= 1)
        if meant and self.balance >= rung.min_amount * FEN:
            channel = CHANNELS.index(rung.channel)
            if not firm.behaviour.channels[channel].by_hand:
                self.in_post = True
                firm.chasing.mail(self.customer, channel, self, self.level)
                return None
            firm.collecting.hand_over(self.customer, channel, {self: self.level})
        self.level += 1
        return self._reminder(max(self.falls(day), day + 1)) if self.level < len(ladder) else None

    def sent(self) -> None:
        """The level has gone out."""
        self.in_post = False
        self.level += 1
        self.wake()

    def wake(self) -> None:
        """There is news."""
        if not self.changed.triggered:
            self.changed.succeed()

    def reduce(self, kind: Kind, amount: int, a: int = 0) -> None:
        """So much of it is gone."""
        self.firm.note(kind, self.customer.number, self.number, amount, a)
        self.balance -= amount
        if not self.balance:
            del self.customer.open[self]
            self.wake()

    def settle(self, day: int) -> None:
        """The customer pays what it is ready to pay."""
        behaviour, frayed = self.firm.behaviour, self.firm.world.population.frayed
        owed = self.balance - self.contested if self.balance > self.contested else self.balance
        share, why, amount = self.promised.pop(day, 0.0), Paid.IN_FULL, owed
        if share >= 1.0 or share and self.ready() > day:
            why, amount = Paid.PROMISED, part_of(owed, min(share, 1.0))
        elif self.first_part:
            why, amount = Paid.IN_PART, part_of(owed, self.first_part)
            self.first_part, self.goal = 0.0, self.threshold
        elif frayed and self.short < behaviour["money.short"]:
            amount -= short_by(owed, behaviour["money.short_most"], self.short, behaviour["money.short"])
            self.short = 1.0
        if amount < owed and why == Paid.IN_FULL or owed < self.balance and amount == owed:
            self.bank(day + 1)  # what is left needs a reason of its own
            luck = uniform(self.firm.at(Purpose.REST), self.customer.number, int(self.firm.world.ordinal[self.number]))
            self.goal = self.grown + exponential(luck)
            if owed < self.balance:
                self.clear(day + 1, slow=True)
        self.reduce(Kind.PAYMENT, amount, why)
        if self.balance:
            self.bank(day + 1)
            self.run = self.planned()
