"""The collectors: finite staff with working hours, and a worklist ranked every morning by the policy's points."""

from collections.abc import Callable

from arsim.domain.calendar import CUT_OFF, DAY, NOON_BREAK, OFFICE_OPENS
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.contacts import Contacts
from arsim.engine.grades import Grades
from arsim.engine.promises import Promises

HOURS = ((OFFICE_OPENS, NOON_BREAK[0]), (NOON_BREAK[1], CUT_OFF))
POINTS_PER = 10_000 * FEN  # overdue fen that earn the policy's amount points once


class Collectors:
    """Staff and what waits for them.

    Tasks are kept by (customer, channel): a visit does not replace a call that is due as well. A task holds the invoices whose level
    has fallen due, each with its level and its own attempts left; a contact is about these and no others. Otherwise a contact could
    help an invoice by the accident of another one's being late, and paying that one sooner would delay this one.
    """

    def __init__(self, book: Book, policy: Policy, contacts: Contacts, grades: Grades):
        self.book, self.contacts, self.grades = book, contacts, grades
        self.adopt(policy)
        self.promises: Promises | None = None  # set by the run
        self.rests: Callable[[int, int], bool] = lambda invoice, day: False  # whether an invoice is to be left alone; set by the run
        self.warned = [0] * len(book.world.population)  # warning level of each customer; the warning's own list if there is one
        self.tasks: dict[tuple[int, int], dict[int, tuple[int, int]]] = {}
        self.worklist: list[tuple[int, int]] = []  # today's, best first
        self.tried: set[tuple[int, int]] = set()  # today
        self.on_duty, self.hours = 0, HOURS

    def adopt(self, policy: Policy) -> None:
        """Work by the rules of `policy`; what is on the list stays on it."""
        self.team, self.points = policy.team, policy.worklist

    def add(self, customer: int, channel: int, raised: dict[int, int]) -> None:
        """Work for the next list: levels by hand that have fallen due, a promise or a warning to be followed up."""
        task = self.tasks.setdefault((customer, channel), {})
        task.update({invoice: (level, self.team.attempts) for invoice, level in raised.items()})

    def add_now(self, customer: int, channel: int, raised: dict[int, int]) -> None:
        """Work that comes in during the day goes to the end of today's list, and to whoever is free."""
        self.add(customer, channel, raised)
        if (customer, channel) not in self.worklist and (customer, channel) not in self.tried:
            self.worklist.append((customer, channel))
            if self.on_duty < self.team.collectors:
                self._begin()

    def start_day(self, day: int) -> None:
        """Rank the list and let as many collectors begin as there is work for."""
        self.worklist, self.tried = self.ranked(day) if self.tasks else [], set()
        for _ in range(min(self.team.collectors, len(self.worklist))):
            self._begin()

    def _begin(self) -> None:
        self.on_duty += 1
        self.book.env.process(self.shift(self.worklist))

    def ranked(self, day: int) -> list[tuple[int, int]]:
        """Today's worklist of (customer, channel), highest score and strongest channel first; what has been settled falls off."""
        scored = []
        for (customer, channel), task in list(self.tasks.items()):
            if not any(self.book.is_open[invoice] for invoice in task):
                del self.tasks[customer, channel]
            elif not self._all_rest(customer, channel, day):
                scored.append((-self.score(customer, day), customer, -channel))
        return [(customer, -channel) for _, customer, channel in sorted(scored)]

    def _all_rest(self, customer: int, channel: int, day: int) -> bool:
        """Whether every invoice of the task is to be left alone today: promised, in a plan, or at law."""
        return all(self.rests(invoice, day) for invoice in self.tasks[customer, channel] if self.book.is_open[invoice])

    def score(self, customer: int, day: int) -> int:
        """Points for the overdue amount, its age, the customer's grade, broken promises and warnings."""
        book, late = self.book, self.book.overdue(customer, day)
        return (
            self.points.amount_points * (sum(book.balance[invoice] for invoice in late) // POINTS_PER)
            + self.points.days_points * max((day - book.due[invoice] for invoice in late), default=0)
            + self.points.risk_points * self.grades.grade[customer]
            + (self.points.broken_points if self.promises.broken(customer, day) else 0)
            + self.points.warning_points * self.warned[customer]
        )

    def shift(self, worklist: list[tuple[int, int]]):
        """Process: one collector's day, taking the next task there is time for until the day or the list ends."""
        env = self.book.env
        midnight = env.now - env.now % DAY
        for opens, closes in self.hours:
            if not worklist:
                break
            if env.now < midnight + opens:
                yield env.timeout(midnight + opens - env.now)
            while (task := self.take(worklist, midnight + closes - env.now)) is not None:
                yield env.timeout(self.attempt(*task))
        self.on_duty -= 1

    def take(self, worklist: list[tuple[int, int]], minutes_left: int) -> tuple[int, int] | None:
        """The highest-ranked task that the time suffices for and the cap on contacts allows."""
        today = day_of(self.book.env.now)
        for place, (customer, channel) in enumerate(worklist):
            if self.contacts.longest(channel) <= minutes_left and self.contacts.allowed(customer, today):
                del worklist[place]
                return self.take(worklist, minutes_left) if self._all_rest(customer, channel, today) else (customer, channel)
        return None

    def attempt(self, customer: int, channel: int) -> int:
        """Try once; returns the minutes it took. What is not reached is tried again another day while attempts are left."""
        task = self.tasks.pop((customer, channel))
        self.tried.add((customer, channel))
        today = day_of(self.book.env.now)
        later = {invoice: what for invoice, what in task.items() if self.rests(invoice, today)}
        raised = {invoice: level for invoice, (level, _) in task.items() if invoice not in later}
        minutes, reached = self.contacts.make(customer, channel, today, raised)
        again = {invoice: (task[invoice][0], task[invoice][1] - 1) for invoice in raised if task[invoice][1] > 1 and not reached} | later
        if again:
            self.tasks[customer, channel] = again
        return minutes
