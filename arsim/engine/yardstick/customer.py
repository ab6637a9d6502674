"""A customer in the idiomatic model: what it owes, what it lacks in goodwill, what presses it."""

from arsim.domain.calendar import WEEK
from arsim.model import exact
from arsim.model.behaviour import LN_2
from arsim.model.goodwill import FULL, away, hurt
from arsim.model.liquidity import STEP
from arsim.model.luck import Purpose, uniform

MEMORY = 30  # days a contact tires
REMEMBERED = 180  # days a broken promise is held against a customer


class Customer:
    """One customer of the firm."""

    def __init__(self, firm, number: int):
        world, people, behaviour = firm.world, firm.world.population, firm.behaviour
        self.firm, self.number = firm, number
        self.terms, self.limit, self.grade = int(people.terms[number]), int(people.limit[number]), int(people.grade[number])
        self.month_end, self.slow = bool(people.month_end[number]), bool(people.payer[number] < 0.5)
        self.insolvent, self.spells = int(world.insolvent[number]), world.spells[number]
        self.path, self.turn = world.liquidity.state[number], int(world.liquidity.turn[number])
        self.dependence = float(people.dependence[number])
        mask, weekday = int(people.run_days[number]), people.start.weekday()
        self.next_run = firm.runs[mask]
        self.last_run = max(day for day in range(-7, 0) if mask >> (weekday + day) % 7 & 1)
        self.open: dict = {}  # invoices, oldest first
        self.held: list[int] = []
        self.tasks: dict[int, dict] = {}  # channel → invoices a collector is to raise
        self.post: dict[int, dict] = {}  # channel → invoices of the next letter
        self.contacted: list[int] = []
        self.met: list[int] = []
        self.broken_on: list[int] = []
        self.lost, self.since, self.pressed = 0.0, 0, 1.0
        self.order_loss = behaviour["goodwill.orders"] / (FULL * FULL) * (1.0 - self.dependence)
        self.fade = float(exact.exp(-LN_2 / behaviour["price.goodwill_half_life"]))
        self.loyal_at = firm.at(Purpose.LOYALTY)

    def state(self, day: int) -> int:
        """Liquidity on `day`."""
        return int(self.path[min(max((day - self.turn) // STEP + 1, 0), len(self.path) - 1)])

    def overdue(self, day: int, longer_than: int = 0) -> list:
        """Invoices more than `longer_than` days past due."""
        return [invoice for invoice in self.open if day - invoice.due > longer_than]

    def allowed(self, day: int) -> bool:
        """Whether another contact is within the cap of the last seven days."""
        self.contacted = [at for at in self.contacted if at > day - WEEK]
        return len(self.contacted) < self.firm.policy.team.contact_cap

    def tired(self, day: int) -> int:
        """How many contacts it remembers; this one is remembered, too."""
        self.met = [at for at in self.met if at > day - MEMORY]
        self.met.append(day)
        return len(self.met) - 1

    def broken(self, day: int) -> int:
        """How many promises it has broken lately."""
        return sum(at > day - REMEMBERED for at in self.broken_on)

    def lack(self, day: int) -> float:
        """Points of goodwill missing."""
        return self.lost * self.fade ** (day - self.since) if self.lost else 0.0

    def hurt(self, day: int, points: float) -> None:
        """Points lost, or below 0 won back."""
        self.lost, self.since = hurt(self.lack(day), points), day

    def turns_away(self, ordinal: int, day: int) -> bool:
        """Whether it places an order elsewhere."""
        return bool(self.lost) and uniform(self.loyal_at, self.number, ordinal) < away(self.order_loss, self.lack(day))

    def press(self, held: bool) -> None:
        """Supply begins or ceases to be held back."""
        for invoice in self.open:
            invoice.bank(self.firm.today)
        self.pressed = 1.0 + (self.firm.behaviour["credit.press"] - 1.0) * self.dependence if held else 1.0
        for invoice in self.open:
            invoice.replan()
