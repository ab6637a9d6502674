"""Grades: what the credit desk thinks of each customer, reviewed by the scorecard as often as the desk can."""

from arsim.domain.calendar import MONTH, Calendar
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.domain.scorecard import graded, score
from arsim.engine.book import Book, day_of
from arsim.engine.journal import Kind
from arsim.model.credit import lateness

GOOD = 1  # grades A and B


class Grades:
    """The grade of every customer as we see it."""

    def __init__(self, book: Book, policy: Policy):
        people = book.world.population
        self.book = book
        self.grade = people.grade.tolist()
        self.secured = [0.0] * len(people)  # share of the exposure the security given would bring
        self.cost = round(book.behaviour["price.review"] * FEN)
        self.every, self.due = -1, [0] * len(people)
        self.stressed = book.world.scenario.touches(people.industry) if book.world.scenario.industries else None
        self.adopt(policy)

    def adopt(self, policy: Policy) -> None:
        """Review by the rules of `policy`; with another period, reviews are spread over it anew, as a desk would plan them."""
        self.rules, before, self.every = policy.credit, self.every, policy.credit.review_months * MONTH
        if self.every != before:
            today, count = day_of(self.book.env.now), len(self.due)
            self.due = [today + self.every * (number + 1) // count for number in range(count)]

    def good(self, customer: int) -> bool:
        """Grade A or B."""
        return self.grade[customer] <= GOOD

    def among(self, customer: int, which: str) -> bool:
        """Whether a rule for grades `which` (all, good, weak) is for this customer."""
        return which == "all" or (which == "good") == (self.grade[customer] <= GOOD)

    def late(self, customer: int, day: int) -> int:
        """Days by which the customer's review is late."""
        return day - self.due[customer] if self.every else 0

    def morning(self, day: int, calendar: Calendar) -> None:
        """The week's reviews, the longest due first; done on the week's first working day."""
        if not self.every or not calendar.begins_week(day):
            return
        waiting = sorted((due, customer) for customer, due in enumerate(self.due) if due <= day)
        for _, customer in waiting[: self.rules.reviews_a_week]:
            before, self.grade[customer] = self.grade[customer], self.assess(customer, day)
            self.due[customer] = day + self.every
            self.book.note(Kind.REVIEW, customer, -1, self.cost, self.grade[customer], before)

    def assess(self, customer: int, day: int) -> int:
        """Grade by the scorecard from what can be seen on `day`."""
        book = self.book
        current, quick, debt, growth = book.world.statement(customer, day)
        oldest = max((day - book.due[invoice] for invoice in book.open[customer]), default=0)
        late = lateness(book.usual[customer], book.recent[customer], oldest)
        outlook = -1.0 if self.stressed is not None and self.stressed[customer] else 0.0
        security = self.secured[customer]
        return graded(score(current, quick, debt, growth, late, min(1.0, late / MONTH), security, outlook=outlook))
