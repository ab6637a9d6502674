"""The collectors: finite staff with working hours, and a worklist ranked every morning by the policy's points."""

from arsim.domain.calendar import CUT_OFF, DAY, NOON_BREAK, OFFICE_OPENS
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.engine.book import Book, day_of
from arsim.engine.dunning import Contacts

POINTS_PER = 10_000 * FEN  # overdue fen that earn the policy's amount points once


class Collectors:
    """Staff and what waits for them.

    Tasks are kept by (customer, channel): a visit does not replace a call that is due as well. A task holds the invoices whose level
    has fallen due, each with its level and its own attempts left; a contact is about these and no others. Otherwise a contact could
    help an invoice by the accident of another one's being late, and paying that one sooner would delay this one.
    """

    def __init__(self, book: Book, policy: Policy, contacts: Contacts):
        self.book, self.team, self.points, self.contacts = book, policy.team, policy.worklist, contacts
        self.grade = book.world.population.grade.tolist()
        self.tasks: dict[tuple[int, int], dict[int, tuple[int, int]]] = {}

    def add(self, customer: int, channel: int, raised: dict[int, int]) -> None:
        """Levels by hand have fallen due."""
        task = self.tasks.setdefault((customer, channel), {})
        task.update({invoice: (level, self.team.attempts) for invoice, level in raised.items()})

    def start_day(self, day: int) -> None:
        """Rank the list and let as many collectors begin as there is work for."""
        if self.tasks and self.team.collectors:
            worklist = self.ranked(day)
            for _ in range(min(self.team.collectors, len(worklist))):
                self.book.env.process(self.shift(worklist))

    def ranked(self, day: int) -> list[tuple[int, int]]:
        """Today's worklist of (customer, channel), highest score and strongest channel first; what has been settled falls off."""
        scored = []
        for (customer, channel), task in list(self.tasks.items()):
            if any(self.book.is_open[invoice] for invoice in task):
                scored.append((-self.score(customer, day), customer, -channel))
            else:
                del self.tasks[customer, channel]
        return [(customer, -channel) for _, customer, channel in sorted(scored)]

    def score(self, customer: int, day: int) -> int:
        """Points for the overdue amount, its age and the customer's grade."""
        book, late = self.book, self.book.overdue(customer, day)
        return (
            self.points.amount_points * (sum(book.amount[invoice] for invoice in late) // POINTS_PER)
            + self.points.days_points * max((day - book.due[invoice] for invoice in late), default=0)
            + self.points.risk_points * self.grade[customer]
        )

    def shift(self, worklist: list[tuple[int, int]]):
        """Process: one collector's day, taking the next task there is time for until the day or the list ends."""
        env = self.book.env
        midnight = env.now - env.now % DAY
        for opens, closes in ((OFFICE_OPENS, NOON_BREAK[0]), (NOON_BREAK[1], CUT_OFF)):
            if env.now < midnight + opens:
                yield env.timeout(midnight + opens - env.now)
            while (task := self.take(worklist, midnight + closes - env.now)) is not None:
                yield env.timeout(self.attempt(*task))

    def take(self, worklist: list[tuple[int, int]], minutes_left: int) -> tuple[int, int] | None:
        """The highest-ranked task that the time suffices for and the cap on contacts allows."""
        channels, today = self.book.behaviour.channels, day_of(self.book.env.now)
        for place, (customer, channel) in enumerate(worklist):
            if channels[channel].minutes_reached <= minutes_left and self.contacts.allowed(customer, today):
                return worklist.pop(place)
        return None

    def attempt(self, customer: int, channel: int) -> int:
        """Try once; returns the minutes it took. What is not reached is tried again another day while attempts are left."""
        task = self.tasks.pop((customer, channel))
        raised = {invoice: level for invoice, (level, _) in task.items()}
        minutes, reached = self.contacts.make(customer, channel, day_of(self.book.env.now), raised)
        again = {invoice: (level, left - 1) for invoice, (level, left) in task.items() if left > 1 and not reached}
        if again:
            self.tasks[customer, channel] = again
        return minutes
