"""The collectors of the idiomatic model: a resource with priorities; a customer off today's list reneges and is ranked anew tomorrow."""

import simpy

from arsim.domain.calendar import CUT_OFF, DAY, NOON_BREAK, OFFICE_OPENS
from arsim.engine.collectors import POINTS_PER


class Collecting:
    """What is done by hand."""

    def __init__(self, firm):
        self.firm, staff = firm, firm.policy.team.collectors
        self.collectors = simpy.PriorityResource(firm.env, staff) if staff else None

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
                minutes, reached = firm.chasing.make(customer, channel, day, raised)
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
