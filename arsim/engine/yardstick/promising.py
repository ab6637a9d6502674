"""Promises in the idiomatic model: a process each."""

from arsim.domain.dunning_rules import CHANNELS
from arsim.engine.journal import Kind
from arsim.engine.promises import LONGEST
from arsim.model.liquidity import STATES
from arsim.model.luck import Purpose, uniform
from arsim.model.promises import kept_share, waits
from arsim.model.readiness import exponential

KEPT = {"sound": "promise.kept", "tight": "promise.kept_tight", "distressed": "promise.kept_distressed"}


class Promising:
    """Promises to pay, and their following up."""

    def __init__(self, firm):
        self.firm, follow = firm, firm.policy.promise.follow_up
        self.follow_up = CHANNELS.index(follow) if follow != "none" else -1
        self.day_at, self.kept_at = firm.at(Purpose.PROMISE_DAY), firm.at(Purpose.KEPT)

    def promise(self, customer, channel: int, day: int, where: int, invoices: list):
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
                firm.collecting.hand_over(customer, self.follow_up, {invoice: -1 for invoice in left})
