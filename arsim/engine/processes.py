"""The reference engine's processes: what happens, in SimPy, in the order a day brings it.

A day: 08:30 the dunning run (releases held orders, writes off, issues automatic levels, ranks the worklist) · 09:00–12:00 and
13:30–17:00 collectors work the list while orders come in · 17:00 the customers' payment runs. Choices are made by the pure rules
of `arsim.model.behaviour` and by tables of the policy; here is only time.
"""

from bisect import insort
from collections import defaultdict

import simpy

from arsim.domain.calendar import CUT_OFF, DAY, DUNNING_RUN, NOON_BREAK, OFFICE_OPENS
from arsim.domain.money import FEN
from arsim.domain.policy import CHANNELS, Policy
from arsim.engine.journal import Kind
from arsim.model.behaviour import NEVER, Behaviour, grown, ready_day
from arsim.model.luck import Purpose, address, uniform
from arsim.model.population import ORIGIN
from arsim.model.world import World

_OPEN, _CLOSED, _UNBORN = 1, 2, 0
_OVER_LIMIT, _OVERDUE = 1, 2


class Receivables:
    """The book, the staff and the customers of one run. State is private to the run; the journal is what comes out."""

    def __init__(self, env: simpy.Environment, world: World, policy: Policy, behaviour: Behaviour):
        self.env, self.world, self.policy, self.behaviour = env, world, policy, behaviour
        self.rows: list[tuple] = []
        people, days, calendar = world.population, world.days, world.calendar
        count = len(world.customer)
        # Columns as plain lists: reading one number of a list is several times cheaper than of an array.
        self.customer, self.amount = world.customer.tolist(), world.amount.tolist()
        self.threshold, self.pace = world.threshold.tolist(), world.pace.tolist()
        self.insolvent = world.insolvent.tolist()
        self.month_end, self.counts_from_month_end = calendar.month_end.tolist(), people.month_end.tolist()
        self.terms, self.grade, self.dependence = people.terms.tolist(), people.grade.tolist(), people.dependence.tolist()
        self.limit = [int(limit * policy.credit.limit_factor) for limit in people.limit.tolist()]
        self.summed = [0.0, *people.base.cumsum().tolist()]
        self.is_open = calendar.open.tolist()
        self.next_working = calendar.next_open().tolist()
        runs = {mask: calendar.next_open(mask).tolist() for mask in set(people.run_days.tolist())}
        self.next_run = [runs[mask] for mask in people.run_days.tolist()]
        # Per invoice
        self.state, self.due = [_UNBORN] * count, world.due.tolist()
        self.level, self.grown, self.grown_to = [0] * count, [0.0] * count, [0] * count
        self.pay_day, self.felt_by = [NEVER] * count, [()] * count
        # Per customer
        size = len(people)
        self.book: list[dict[int, None]] = [{} for _ in range(size)]  # open invoices, oldest first
        self.exposure, self.held, self.contacted = [0] * size, [[] for _ in range(size)], [[] for _ in range(size)]
        # Agenda by day
        self.runs, self.levels, self.expiries = defaultdict(list), defaultdict(list), defaultdict(list)
        self.waiting: set[int] = set()           # customers with held orders
        self.pending: dict[int, list] = {}       # customer → [channel, attempts left, invoices, level of each]
        self.reach_at = address(world.seed, world.replication, Purpose.REACH)
        self.prepay_at = address(world.seed, world.replication, Purpose.PREPAY)
        self.by_hand = [channel.by_hand for channel in behaviour.channels]
        self.horizon = days

    def start(self) -> None:
        """Put the open items on the book and let time begin."""
        for invoice in range(self.world.opening):
            self.note(Kind.OPENING, self.customer[invoice], invoice, self.amount[invoice], int(self.world.time[invoice]) // DAY, self.due[invoice])
            self.enter(invoice, 0)
        for customer, day in enumerate(self.insolvent):
            if day < self.horizon:
                self.rows.append((day * DAY, Kind.INSOLVENT, customer, -1, 0, 0, 0))
        self.env.process(self.orders())
        self.env.process(self.days())

    def note(self, kind, customer, invoice, amount, a=0, b=0) -> None:
        self.rows.append((self.env.now, kind, customer, invoice, a, b, amount))

    # ── Orders and credit ──────────────────────────────────────────────────────────────────────────────────────────────

    def orders(self):
        """Every customer's order stream, in time order."""
        times, disputed, env = self.world.time.tolist(), self.world.disputed.tolist(), self.env
        for order in range(self.world.opening, len(times)):
            if times[order] > env.now:
                yield env.timeout(times[order] - env.now)
            customer, amount = self.customer[order], self.amount[order]
            self.note(Kind.ORDER, customer, order, amount, int(disputed[order]), self.terms[customer])
            reason = self.objection(customer, amount)
            if not reason and not self.held[customer]:
                self.deliver(order)
            elif reason == _OVER_LIMIT and self.policy.credit.over_limit == "prepay":
                willing = uniform(self.prepay_at, customer, order) < self.behaviour.prepay
                self.note(Kind.PREPAID if willing else Kind.LOST, customer, order, amount)
            else:
                self.hold(order, reason or _OVER_LIMIT)

    def objection(self, customer: int, amount: int) -> int:
        """Why a new order may not be delivered on credit; 0 if it may."""
        credit, day = self.policy.credit, self.env.now // DAY
        if credit.hold_overdue_days:
            old = sum(self.amount[invoice] for invoice in self.book[customer] if day - self.due[invoice] > credit.hold_overdue_days)
            if old > credit.hold_overdue_share * self.exposure[customer]:
                return _OVERDUE
        if credit.over_limit != "accept" and self.exposure[customer] + amount > self.limit[customer]:
            return _OVER_LIMIT
        return 0

    def deliver(self, order: int) -> None:
        day, customer = self.env.now // DAY, self.customer[order]
        due = (self.month_end[day] if self.counts_from_month_end[customer] else day) + self.terms[customer]
        self.due[order] = self.next_working[due] if self.world.population.due_rolls else due
        self.note(Kind.INVOICE, customer, order, self.amount[order], day, self.due[order])
        self.enter(order, day)

    def enter(self, invoice: int, day: int) -> None:
        """The invoice is on the book from `day` on."""
        customer = self.customer[invoice]
        self.state[invoice], self.grown_to[invoice] = _OPEN, day
        self.book[customer][invoice] = None
        self.exposure[customer] += self.amount[invoice]
        self.plan_payment(invoice)
        old = invoice < self.world.opening
        while not old and self.level[invoice] < len(self.policy.dunning) and self.level_day(invoice, self.level[invoice], day) < day:
            self.level[invoice] += 1  # a reminder whose day lies before the invoice itself is left out
        self.expect_level(invoice, day, catch_up=old)
        expiry = max(self.due[invoice] + self.policy.write_off_days + 1, day)
        if expiry < self.horizon:
            self.expiries[self.next_working[expiry]].append(invoice)

    def hold(self, order: int, reason: int) -> None:
        customer, today = self.customer[order], self.env.now // DAY
        self.note(Kind.HELD, customer, order, self.amount[order], reason)
        leaves = today + 1 + int(self.world.patience[order] * self.behaviour.patience)
        insort(self.held[customer], (order, leaves))
        if len(self.held[customer]) == 1:
            self.waiting.add(customer)
            self.regrow(customer, today, 1.0)

    def release(self, day: int) -> None:
        """Held orders, oldest first: leave, go out, or wait on (and the younger ones behind them)."""
        for customer in sorted(self.waiting):
            held, waits = self.held[customer], []
            if self.insolvent[customer] <= day:
                held = [(order, 0) for order, _ in held]
            for order, leaves in held:
                if leaves <= day:
                    self.note(Kind.LOST, customer, order, self.amount[order])
                elif waits or self.objection(customer, self.amount[order]):
                    waits.append((order, leaves))
                else:
                    self.deliver(order)
            self.held[customer] = waits
            if not waits:
                self.waiting.discard(customer)
                self.regrow(customer, day, self.press(customer))

    # ── Readiness and payment ──────────────────────────────────────────────────────────────────────────────────────────

    def press(self, customer: int) -> float:
        """Factor on readiness while supply is held back."""
        return 1.0 + (self.behaviour.press - 1.0) * self.dependence[customer]

    def pace_of(self, invoice: int) -> float:
        customer = self.customer[invoice]
        return self.pace[invoice] * (self.press(customer) if self.held[customer] else 1.0)

    def plan_payment(self, invoice: int) -> None:
        customer = self.customer[invoice]
        ready = ready_day(
            self.grown_to[invoice], self.due[invoice], self.threshold[invoice] - self.grown[invoice], self.pace_of(invoice),
            self.summed, ORIGIN, self.felt_by[invoice], self.behaviour.felt,
        )  # fmt: skip
        run = self.next_run[customer][ready] if ready < self.horizon else NEVER
        if run >= self.insolvent[customer]:
            run = NEVER
        if run != self.pay_day[invoice]:
            self.pay_day[invoice] = run
            if run < self.horizon:
                self.runs[run].append(invoice)

    def settle_growth(self, invoice: int, day: int, pace: float) -> None:
        """Bank the readiness grown before `day`, so that from `day` on it may grow differently."""
        self.grown[invoice] += grown(
            self.grown_to[invoice], day, self.due[invoice], pace, self.summed, ORIGIN, self.felt_by[invoice], self.behaviour.felt
        )
        self.grown_to[invoice] = day

    def regrow(self, customer: int, day: int, before: float) -> None:
        """Supply has just begun or ceased to be held back; until `day` readiness grew with the factor `before`."""
        for invoice in self.book[customer]:
            self.settle_growth(invoice, day, self.pace[invoice] * before)
            self.plan_payment(invoice)

    def payment_run(self, day: int) -> None:
        for invoice in sorted(set(self.runs.pop(day, ())), key=lambda invoice: (self.customer[invoice], invoice)):
            if self.state[invoice] == _OPEN and self.pay_day[invoice] == day:
                self.close(invoice, Kind.PAYMENT)

    def write_off(self, day: int) -> None:
        for invoice in sorted(self.expiries.pop(day, ()), key=lambda invoice: (self.customer[invoice], invoice)):
            if self.state[invoice] == _OPEN:
                self.close(invoice, Kind.WRITE_OFF)

    def close(self, invoice: int, kind: Kind) -> None:
        customer = self.customer[invoice]
        self.state[invoice] = _CLOSED
        del self.book[customer][invoice]
        self.exposure[customer] -= self.amount[invoice]
        self.note(kind, customer, invoice, self.amount[invoice])

    # ── Dunning and contacts ───────────────────────────────────────────────────────────────────────────────────────────

    def level_day(self, invoice: int, level: int, previous: int) -> int:
        """Day on which `level` falls due."""
        rung = self.policy.dunning[level]
        if rung.clock == "previous":
            return previous + rung.days
        day = self.due[invoice] + rung.days
        return self.month_end[day] if rung.clock == "end_of_month" and 0 <= day < len(self.month_end) else day

    def expect_level(self, invoice: int, today: int, catch_up: bool = False) -> None:
        """Put the invoice's next dunning level on the agenda. An old invoice met at the start gets the highest level it has earned."""
        ladder, level = self.policy.dunning, self.level[invoice]
        if level >= len(ladder):
            return
        day = self.level_day(invoice, level, today)
        while catch_up and level + 1 < len(ladder):
            later = self.level_day(invoice, level + 1, day)
            if later > today:
                break
            level, day = level + 1, later
        self.level[invoice] = level
        day = max(day, today + (0 if catch_up else 1), 0)
        if day < self.horizon:
            self.levels[self.next_working[day]].append(invoice)

    def dunning_run(self, day: int) -> None:
        """Issue the automatic levels due today and hand the others to the worklist."""
        letters: dict[tuple[int, int], list[int]] = defaultdict(list)
        for invoice in self.levels.pop(day, ()):
            if self.state[invoice] == _OPEN:
                letters[self.customer[invoice], CHANNELS.index(self.policy.dunning[self.level[invoice]].channel)].append(invoice)
        for (customer, channel), invoices in sorted(letters.items()):
            if self.by_hand[channel]:
                task = self.pending.setdefault(customer, [channel, 0, {}])
                task[0], task[1] = max(task[0], channel), self.policy.team.attempts
                for invoice in invoices:
                    task[2][invoice] = self.level[invoice]
            elif self.may_contact(customer, day):
                self.contact(customer, channel, day, {invoice: self.level[invoice] for invoice in sorted(invoices)})
            else:
                if day + 1 < self.horizon:
                    self.levels[self.next_working[day + 1]] += invoices
                continue
            for invoice in invoices:
                self.level[invoice] += 1
                self.expect_level(invoice, day)

    def may_contact(self, customer: int, day: int) -> bool:
        """Whether the customer has had fewer than the cap's contacts in the last seven days."""
        recent = self.contacted[customer]
        while recent and recent[0] <= day - 7:
            del recent[0]
        return len(recent) < self.policy.team.contact_cap

    def contact(self, customer: int, channel: int, day: int, raised: dict[int, int]) -> tuple[int, bool]:
        """One contact about the invoices `raised` (→ level): journal it, let it be felt; staff minutes, and whether the customer was reached."""
        means = self.behaviour.channels[channel]
        self.contacted[customer].append(day)
        # Addressed by day and channel, not by turn: one contact more does not change how another one ends.
        reached = uniform(self.reach_at, customer, day * len(CHANNELS) + channel) < means.reach and day < self.insolvent[customer]
        minutes = means.minutes_reached if reached else means.minutes_missed
        self.note(Kind.REACHED if reached else Kind.MISSED, customer, -1, round(means.cost * FEN), channel, minutes)
        if self.by_hand[channel]:  # a conversation is about everything overdue, not one invoice
            for invoice in self.book[customer]:
                if self.due[invoice] < day:
                    raised.setdefault(invoice, max(0, self.level[invoice] - 1))
        for invoice, level in sorted(raised.items()):
            if self.state[invoice] == _OPEN:
                self.note(Kind.NOTICE, customer, invoice, self.amount[invoice], channel, level)
                if reached and self.behaviour.felt[channel]:
                    self.settle_growth(invoice, day, self.pace_of(invoice))
                    still = (felt for felt in self.felt_by[invoice] if felt[0] + len(self.behaviour.felt[felt[1]]) > day)
                    self.felt_by[invoice] = (*still, (day + means.arrives, channel))
                    self.plan_payment(invoice)
        return minutes, reached

    def ranked(self, day: int) -> list[tuple[int, int]]:
        """Today's worklist, highest score first: (−score, customer). What is settled meanwhile falls off."""
        points, scored = self.policy.worklist, []
        for customer in list(self.pending):
            if not any(self.state[invoice] == _OPEN for invoice in self.pending[customer][2]):
                del self.pending[customer]
            elif self.may_contact(customer, day):
                late = [(self.amount[i], day - self.due[i]) for i in self.book[customer] if self.due[i] < day]
                score = (
                    points.amount_points * (sum(amount for amount, _ in late) // (10_000 * FEN))
                    + points.days_points * max((days for _, days in late), default=0)
                    + points.risk_points * self.grade[customer]
                )
                scored.append((-score, customer))
        return sorted(scored)

    def collector(self, worklist: list[tuple[int, int]]):
        """One collector's day: take the next customer there is time for, until the day or the list ends."""
        env, today = self.env, self.env.now - self.env.now % DAY
        for opens, closes in ((OFFICE_OPENS, NOON_BREAK[0]), (NOON_BREAK[1], CUT_OFF)):
            if env.now < today + opens:
                yield env.timeout(today + opens - env.now)
            while (item := self.take(worklist, today + closes - env.now)) is not None:
                yield env.timeout(self.work_off(item[1]))

    def take(self, worklist, minutes_left):
        for place, item in enumerate(worklist):
            if self.behaviour.channels[self.pending[item[1]][0]].minutes_reached <= minutes_left:
                return worklist.pop(place)
        return None

    def work_off(self, customer: int) -> int:
        """One attempt; the task is done when the customer is reached or the attempts are used up."""
        task, day = self.pending[customer], self.env.now // DAY
        minutes, reached = self.contact(customer, task[0], day, dict(task[2]))
        task[1] -= 1
        if reached or task[1] <= 0:
            del self.pending[customer]
        return minutes

    # ── A day ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def days(self):
        """Working days: dunning run in the morning, payment runs at the cut-off."""
        env = self.env
        for day in range(self.horizon):
            if not self.is_open[day]:
                continue
            yield env.timeout(day * DAY + DUNNING_RUN - env.now)
            self.write_off(day)
            if self.waiting:
                self.release(day)
            self.dunning_run(day)
            if self.pending and self.policy.team.collectors:
                worklist = self.ranked(day)
                for _ in range(min(self.policy.team.collectors, len(worklist))):
                    env.process(self.collector(worklist))
            yield env.timeout(CUT_OFF - DUNNING_RUN)
            self.payment_run(day)
