"""Chasing in the idiomatic model: letters by post, a resource of collectors with reneging, answers, promises."""

import simpy

from arsim.domain.calendar import CUT_OFF, DAY, NOON_BREAK, OFFICE_OPENS
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.money import FEN
from arsim.engine.collectors import POINTS_PER
from arsim.engine.contacts import CALL, SPOKEN, STRIDE, means_of
from arsim.engine.journal import Answer, Kind
from arsim.engine.promises import LONGEST
from arsim.model.contact import answered
from arsim.model.liquidity import STATES
from arsim.model.luck import Purpose, uniform
from arsim.model.promises import kept_share, waits
from arsim.model.readiness import base_under, exponential

KEPT = {"sound": "promise.kept", "tight": "promise.kept_tight", "distressed": "promise.kept_distressed"}


class Chasing:
    """Everything by which customers are reached."""

    call = CALL

    def __init__(self, firm):
        self.firm, policy, behaviour = firm, firm.policy, firm.behaviour
        self.felt, self.lasts = behaviour.felt, behaviour.lasts
        self.summed = [0.0, *base_under(firm.world.population.base, policy, behaviour).cumsum().tolist()]
        self.means = means_of(policy, behaviour)
        self.collectors = simpy.PriorityResource(firm.env, policy.team.collectors) if policy.team.collectors else None
        follow = policy.promise.follow_up
        self.follow_up = CHANNELS.index(follow) if follow != "none" else -1
        self.reach_at, self.right_at, self.answer_at = firm.at(Purpose.REACH), firm.at(Purpose.RIGHT_PARTY), firm.at(Purpose.ANSWER)
        self.disclose_at, self.day_at, self.kept_at = firm.at(Purpose.DISCLOSE), firm.at(Purpose.PROMISE_DAY), firm.at(Purpose.KEPT)

    # ── By post ──────────────────────────────────────────────────────────────────────────────────────────────────

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

    # ── By hand ──────────────────────────────────────────────────────────────────────────────────────────────────

    def hand_over(self, customer, channel: int, raised: dict) -> None:
        """Work for the collectors."""
        new = {invoice: (level, self.firm.policy.team.attempts) for invoice, level in raised.items()}
        if channel in customer.tasks:
            customer.tasks[channel].update(new)
        elif self.collectors:
            customer.tasks[channel] = new
            self.firm.env.process(self.working(customer, channel))

    def working(self, customer, channel: int):
        """Process: a customer to be called or visited, from one day to the next until reached, given up or paid."""
        firm, env = self.firm, self.firm.env
        longest, fresh = int(firm.behaviour.channels[channel].minutes_reached), True
        while True:
            day = firm.today if fresh and env.now % DAY < CUT_OFF else firm.next_working[firm.today + 1]
            yield env.timeout(max(0, day * DAY + OFFICE_OPENS - env.now))
            fresh = False
            task = customer.tasks[channel] = {one: what for one, what in customer.tasks[channel].items() if one.balance}
            if not task:
                del customer.tasks[channel]
                return
            if all(invoice.paused_to >= day for invoice in task):
                continue
            rank = (-self.score(customer, day), customer.number, -channel)
            with self.collectors.request(priority=rank) as turn:
                got = yield turn | env.timeout(day * DAY + CUT_OFF - env.now)
                if turn not in got:
                    continue  # not today: off the list
                minute = env.now % DAY
                if NOON_BREAK[0] - longest < minute < NOON_BREAK[1]:
                    yield env.timeout(NOON_BREAK[1] - minute)
                if env.now % DAY > CUT_OFF - longest or not customer.allowed(day):
                    continue
                raised = {invoice: level for invoice, (level, _) in task.items() if invoice.paused_to < day}
                later = {invoice: what for invoice, what in task.items() if invoice not in raised}
                if not raised:
                    continue
                minutes, reached = self.make(customer, channel, day, raised)
                again = {one: (task[one][0], task[one][1] - 1) for one in raised if task[one][1] > 1 and not reached}
                customer.tasks[channel] = again | later
                yield env.timeout(minutes)

    def score(self, customer, day: int) -> int:
        """Points for the worklist."""
        points, late = self.firm.policy.worklist, customer.overdue(day)
        return (
            points.amount_points * (sum(invoice.balance for invoice in late) // POINTS_PER)
            + points.days_points * max((day - invoice.due for invoice in late), default=0)
            + points.risk_points * customer.grade
            + (points.broken_points if customer.broken(day) else 0)
        )

    # ── What comes of it ─────────────────────────────────────────────────────────────────────────────────────────

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
                firm.env.process(self.promising(customer, channel, day, where, live))
            if answer not in (Answer.PAYS, Answer.PROMISES):
                return
        strength = self.means.strength[channel] * behaviour["answer.fatigue"] ** tired
        for invoice in live:
            invoice.feel(day, channel, strength, int(behaviour.channels[channel].arrives))

    def promising(self, customer, channel: int, day: int, where: int, invoices: list):
        """Process: a promise, from the day it is made to the day after it is due."""
        firm, behaviour = self.firm, self.firm.behaviour
        ahead = waits(exponential(uniform(self.day_at, customer.number, where)), behaviour["promise.days"], LONGEST)
        promised, total = customer.next_run[day + ahead], sum(invoice.balance for invoice in invoices)
        firm.note(Kind.PROMISE, customer.number, -1, total, promised, channel)
        kept = KEPT.get(STATES[customer.state(promised)])
        luck = uniform(self.kept_at, customer.number, where)
        share = kept_share(luck, behaviour[kept] if kept else 0.0, behaviour["promise.part"], behaviour["promise.half"])
        for invoice in invoices:
            if share:
                invoice.promised[promised] = max(share, invoice.promised.get(promised, 0.0))
                invoice.replan()
            if firm.policy.promise.pause == "yes":
                invoice.paused_to = promised
        if promised + 1 >= firm.world.days:
            return
        yield firm.until_morning(promised + 1)
        left = [invoice for invoice in invoices if invoice.balance]
        if not left:
            firm.note(Kind.KEPT, customer.number, -1, total)
        elif customer.insolvent > firm.today:
            customer.broken_on.append(firm.today)
            firm.note(Kind.BROKEN, customer.number, -1, sum(invoice.balance for invoice in left))
            if self.follow_up >= 0:
                self.hand_over(customer, self.follow_up, {invoice: -1 for invoice in left})
