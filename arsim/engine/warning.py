"""Early warning at work: points from what can be seen, a level, and what the policy does about it."""

from collections.abc import Callable

from arsim.domain.alert import level, points
from arsim.domain.calendar import Calendar
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.policy import Policy
from arsim.domain.risk_rules import WARNINGS
from arsim.engine.book import Book, day_of
from arsim.engine.journal import Kind
from arsim.engine.promises import Promises
from arsim.engine.security import NONE, Securities

NEVER_REACHED = len(WARNINGS)
SOON = 14  # days: a call by warning is also about what will be due this soon


class Warnings:
    """The warning level of every customer. `chase` gets (customer, channel, {invoice: level}) of a call or visit it asks for."""

    def __init__(self, book: Book, policy: Policy, promises: Promises, securities: Securities,
                 chase: Callable[[int, int, dict[int, int]], None]):  # fmt: skip
        self.book, self.promises, self.securities, self.chase = book, promises, securities, chase
        self.level = [0] * len(book.world.population)
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Watch as `policy` says. Where nobody looks any more, warnings are lifted; other thresholds tell at the next check."""
        self.rules = rules = policy.warning
        self.weights = (rules.ratio_points, rules.overdue_points, rules.slowing_points, rules.growth_points, rules.promise_points)
        self.actions = [(self.from_level(rules.call), CHANNELS.index("call")), (self.from_level(rules.visit), CHANNELS.index("visit"))]
        self.plan = self.from_level(rules.plan)
        if rules.check == "never" and any(self.level):
            today = day_of(self.book.env.now)
            for customer, before in enumerate(self.level):
                if before and today < self.book.insolvent[customer]:
                    self.level[customer] = 0
                    self.book.note(Kind.WARNING, customer, -1, self.book.exposure[customer], 0, before)

    def from_level(self, name: str) -> int:
        """The level an action begins at; one no customer reaches if there is none."""
        return WARNINGS.index(name) if name != "none" else NEVER_REACHED

    def morning(self, day: int, calendar: Calendar) -> None:
        """Look at every customer, on the first working day of the week or month."""
        rules = self.rules
        if rules.check == "never" or not (calendar.begins_week(day) if rules.check == "weekly" else calendar.begins_month(day)):
            return
        book = self.book
        for customer in range(len(self.level)):
            if book.insolvent[customer] <= day:
                continue
            now = level(self._points(customer, day), rules.blue, rules.yellow, rules.red)
            before, self.level[customer] = self.level[customer], now
            if now != before:
                book.note(Kind.WARNING, customer, -1, book.exposure[customer], now, before)
            if now > before:
                self._act(customer, day, now, before)

    def _points(self, customer: int, day: int) -> float:
        book, rules = self.book, self.rules
        current, _, _, growth = book.world.statement(customer, day)
        oldest = max((day - book.due[invoice] for invoice in book.open[customer]), default=0)
        slowing = book.recent[customer] - book.usual[customer]
        return points(current, rules.ratio_below, max(0, oldest), slowing, growth, self.promises.broken(customer, day), *self.weights)

    def _act(self, customer: int, day: int, now: int, before: int) -> None:
        """What begins at the level just reached."""
        book = self.book
        for begins, channel in self.actions:
            if before < begins <= now:
                raised = {invoice: -1 for invoice in book.open[customer] if book.due[invoice] <= day + SOON}
                if raised:
                    self.chase(customer, channel, raised)
        if before < self.plan <= now and book.open[customer] and self.securities.kind[customer] == NONE:
            self.securities.give(customer, "collateral", in_trouble=True)
