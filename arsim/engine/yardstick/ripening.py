"""How ripe an invoice of the idiomatic model is, and which payment run it will be paid in as things stand."""

from arsim.model.behaviour import NEVER, grown, ready_day
from arsim.model.population import ORIGIN


class Ripening:
    """The readiness of one invoice; `wake` is called when it will be paid on another day than was thought."""

    def __init__(self, firm, customer, number: int, due: int):
        world = firm.world
        self.firm, self.customer, self.number, self.due = firm, customer, number, due
        self.threshold, self.pace = float(world.threshold[number]), float(world.pace[number])
        self.goal, self.grown, self.grown_to, self.felt = self.threshold, 0.0, 0, ()
        self.slowed = bool(world.disputed[number])
        self.promised: dict[int, float] = {}  # day → share
        self.run = NEVER

    def wake(self) -> None:
        """There is news."""
        raise NotImplementedError

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
