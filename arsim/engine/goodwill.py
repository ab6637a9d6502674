"""Goodwill: lost by pressure, won back by service and time. Orders follow it."""

import numpy as np

from arsim.engine.book import Book
from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.model import exact
from arsim.model.behaviour import LN_2
from arsim.model.goodwill import FULL, away, hurt, told
from arsim.model.luck import Purpose, address, uniform


class Goodwill:
    """What each customer's goodwill lacks of 100 points; half of it comes back in every half-life."""

    def __init__(self, book: Book):
        behaviour, world = book.behaviour, book.world
        self.book = book
        self.lost, self.since = [0.0] * len(world.population), [0] * len(world.population)
        self.fade = exact.exp(np.arange(world.days + 2) * (-LN_2 / behaviour["price.goodwill_half_life"])).tolist()
        dependence = world.population.dependence
        self.order_loss = (behaviour["goodwill.orders"] / (FULL * FULL) * (1.0 - dependence)).tolist()
        self.loyal_at, self.ordinal = address(world.seed, world.replication, Purpose.LOYALTY), world.ordinal.tolist()

    def lack(self, customer: int, day: int) -> float:
        """Points missing on `day`."""
        return self.lost[customer] * self.fade[day - self.since[customer]] if self.lost[customer] else 0.0

    def hurt(self, customer: int, day: int, points: float) -> None:
        """Points lost (or, below 0, won back) on `day`."""
        self.lost[customer] = hurt(self.lack(customer, day), points)
        self.since[customer] = day

    def turns_away(self, order: int, day: int) -> bool:
        """Whether the customer places this order elsewhere; the more dependent on us, the less likely."""
        customer = self.book.customer[order]
        if not self.lost[customer]:
            return False
        chance = away(self.order_loss[customer], self.lack(customer, day))
        return chance > 0.0 and uniform(self.loyal_at, customer, self.ordinal[order]) < chance

    def tell(self, end: int) -> None:
        """What is left when day `end` begins, one line a customer."""
        book = self.book
        for customer in range(len(self.lost)):
            left = told(self.lack(customer, end))
            book.rows.append((end * MINUTES_A_DAY, Kind.GOODWILL, customer, -1, 0, 0, left))
