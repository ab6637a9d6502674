"""An invoice in the idiomatic model: a process that waits for whichever comes first, payment, the next level, news or the write-off."""

from arsim.domain.calendar import CUT_OFF, DAY, WEEK
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.money import FEN
from arsim.engine.journal import Kind, Paid
from arsim.model.behaviour import NEVER, grown, ready_day
from arsim.model.liquidity import DISTRESSED, TIGHT
from arsim.model.luck import Purpose, uniform
from arsim.model.money import part_of, short_by
from arsim.model.population import ORIGIN
from arsim.model.readiness import exponential


class Invoice:
    """One invoice, from issue to the end."""

    def __init__(self, firm, customer, number: int, due: int):
        world = firm.world
        self.firm, self.customer, self.number, self.due = firm, customer, number, due
        self.balance, self.threshold, self.pace = int(world.amount[number]), float(world.threshold[number]), float(world.pace[number])
        self.goal, self.grown, self.grown_to, self.felt = self.threshold, 0.0, 0, ()
        self.short, self.first_part = float(world.short[number]), 0.0
        self.slowed, self.known, self.contested = bool(world.disputed[number]), False, 0
        self.promised: dict[int, float] = {}  # day → share
        self.paused_to, self.level, self.run = -1, 0, NEVER
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

    in_post = False  # the level has been handed to the post and not gone out yet

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
            firm.chasing.hand_over(self.customer, channel, {self: self.level})
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

    # ── Readiness ────────────────────────────────────────────────────────────────────────────────────────────────

    def growth(self) -> tuple:
        """What `ready_day` and `grown` ask."""
        firm = self.firm
        pace = self.pace * self.customer.pressed
        return self.due, pace, firm.chasing.summed, ORIGIN, self.felt, firm.chasing.felt, firm.chasing.lasts, self.customer.spells

    def bank(self, day: int) -> None:
        """Count the readiness grown before `day`."""
        if day > self.grown_to:
            self.grown += grown(self.grown_to, day, *self.growth())
            self.grown_to = day

    def ready(self) -> int:
        """Day it will be ready, as things stand."""
        due, *growth = self.growth()
        return ready_day(self.grown_to, due, self.goal - self.grown, *growth)

    def planned(self) -> int:
        """Payment run it will be paid in, as things stand."""
        horizon, ready = self.firm.world.days, self.ready()
        run = self.customer.next_run[max(ready, 0)] if ready < horizon else NEVER
        run = min(run, *self.promised) if self.promised else run
        return run if run < min(horizon, self.customer.insolvent) else NEVER

    def replan(self) -> None:
        """Something has changed: if it will be paid on another day, the process is told."""
        run = self.planned()
        if run != self.run:
            self.run = run
            self.wake()

    def feel(self, day: int, channel: int, strength: float, arrives: int) -> None:
        """The customer was reached about it."""
        lasts = self.firm.chasing.lasts
        if lasts[channel] and strength > 0.0:
            self.bank(day)
            self.felt = (*(one for one in self.felt if one[0] + lasts[one[1]] > day), (day + arrives, channel, strength))
            self.replan()

    def clear(self, day: int, slow: bool = False) -> None:
        """The dispute slows it no more; or does again."""
        self.bank(day)
        if slow != self.slowed:
            self.slowed = slow
            factor = self.firm.world.population.dispute_factor
            self.pace = self.pace * factor if slow else self.pace / factor
        self.replan()

    # ── Money ────────────────────────────────────────────────────────────────────────────────────────────────────

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
