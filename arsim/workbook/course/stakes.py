"""The rules of the sorting game: what each level costs, what a miss costs. They are rules of a game, not findings."""

from dataclasses import dataclass

from arsim.model.liquidity import DISTRESSED, INSOLVENT
from arsim.workbook.course.watch_list import MONTHS, Watched

NONE, BLUE, YELLOW, RED = range(4)


@dataclass(frozen=True)
class Stakes:
    """What is at stake, all by level none, blue, yellow, red.

    Parameters
    ----------
    effort : tuple of int
        What acting costs at once, fen.
    lost_orders : tuple of float
        Share of half a year's orders that go elsewhere because of it.
    saved : tuple of float
        Share of the loss that acting prevents.
    distress_loss, insolvency_loss : float
        Share of the balance lost if nobody acts.
    """

    effort: tuple[int, int, int, int] = (0, 500_00, 5_000_00, 10_000_00)
    lost_orders: tuple[float, float, float, float] = (0.0, 0.0, 0.05, 0.5)
    saved: tuple[float, float, float, float] = (0.0, 0.1, 0.5, 0.8)
    distress_loss: float = 0.15
    insolvency_loss: float = 0.9

    def cost(self, customer: Watched, level: int, margin: float) -> int:
        """What sorting `customer` into `level` costs in the end, fen: effort, margin of orders lost, and what is lost all the same.

        An insolvent customer's orders would not have been paid: nothing is lost with them.

        Parameters
        ----------
        customer : Watched
        level : int
        margin : float
            Gross margin, share of sales.
        """
        share = {DISTRESSED: self.distress_loss, INSOLVENT: self.insolvency_loss}.get(customer.fate, 0.0)
        orders = 0 if customer.fate == INSOLVENT else customer.purchases * MONTHS * self.lost_orders[level]
        return round(self.effort[level] + margin * orders + share * customer.balance * (1 - self.saved[level]))

    def best(self, customer: Watched, margin: float) -> int:
        """The level that costs least, for somebody who knows what will happen."""
        return min(range(4), key=lambda level: self.cost(customer, level, margin))


@dataclass(frozen=True)
class Sorted:
    """How a sorting did: an alarm is yellow or red.

    Parameters
    ----------
    troubled, hits : int
        Customers in trouble; those named.
    sound, false : int
        The others; those named.
    cost : int
        Fen.
    """

    troubled: int
    hits: int
    sound: int
    false: int
    cost: int


def judged(customers: tuple[Watched, ...], levels: tuple[int, ...], margin: float, stakes: Stakes) -> Sorted:
    """Hold `levels` against what became of the customers."""
    both = list(zip(customers, levels, strict=True))
    named = [one.troubled for one, level in both if level >= YELLOW]
    troubled = sum(one.troubled for one in customers)
    cost = sum(stakes.cost(one, level, margin) for one, level in both)
    return Sorted(troubled, sum(named), len(customers) - troubled, len(named) - sum(named), cost)
