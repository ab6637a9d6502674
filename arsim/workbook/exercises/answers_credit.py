"""Right and wrong answers about credit. Money in yuan, chances and shares in percent."""

from collections.abc import Sequence

from arsim.study.order_decision import order_value
from arsim.workbook.course.credit_keys import order_verdict

LINES = range(40, 80, 5)


def discount_on_price(discount: float, discount_days: float, net_days: float) -> float:
    """Yearly percent of a discount set against the full price: a usual mistake.

    >>> discount_on_price(2, 10, 30)
    36.5
    """
    return discount * 365 / (net_days - discount_days)


def discount_once(discount: float) -> float:
    """Percent that a discount costs once.

    >>> round(discount_once(2), 3)
    2.041
    """
    return 100 * discount / (100 - discount)


def order_worth(revenue: float, cost: float, chance: float) -> float:
    """What an order is worth on average.

    >>> order_worth(1200, 900, 90)
    180.0
    """
    return round(order_value(chance / 100, revenue, cost), 6)


def profit_by_chance(revenue: float, cost: float, chance: float) -> float:
    """Chance times profit, without the case of not being paid: a usual mistake.

    >>> profit_by_chance(1200, 900, 90)
    270.0
    """
    return chance * (revenue - cost) / 100


def price_lost(revenue: float, cost: float, chance: float) -> float:
    """An order's worth if the whole price counted as lost: a usual mistake.

    >>> price_lost(1200, 900, 90)
    150.0
    """
    return (chance * (revenue - cost) - (100 - chance) * revenue) / 100


def margin(revenue: float, cost: float) -> float:
    """The profit of an order that is paid.

    >>> margin(1200, 900)
    300
    """
    return revenue - cost


def least_chance(revenue: float, cost: float) -> float:
    """The chance from which an order pays by itself.

    >>> least_chance(1200, 900)
    75.0
    """
    return 100 * cost / revenue


def margin_percent(revenue: float, cost: float) -> float:
    """Profit in percent of the price.

    >>> margin_percent(1200, 900)
    25.0
    """
    return 100 * (revenue - cost) / revenue


def chance_by_markup(revenue: float, cost: float) -> float:
    """100 less profit in percent of the cost: a usual mistake.

    >>> round(chance_by_markup(1200, 900), 2)
    66.67
    """
    return 100 - 100 * (revenue - cost) / cost


def even_odds() -> float:
    """Fifty-fifty.

    >>> even_odds()
    50.0
    """
    return 50.0


def only_for_the_next(customers: Sequence[dict], rate_percent: float) -> str:
    """The `role` of the customer whose first order pays only with the next.

    >>> order = {"revenue": 1200, "cost": 1000, "chance": 80, "later": 95}
    >>> only_for_the_next([{"role": "no", **order, "chance": 50}, {"role": "with_next", **order}], 20)
    'with_next'
    """
    verdict = lambda one: order_verdict(one["chance"] / 100, one["revenue"], one["cost"], one["later"] / 100, rate_percent / 100)  # noqa: E731
    (role,) = (one["role"] for one in customers if verdict(one) == "with_next")
    return role


def best_line(applicants: Sequence[dict], worth: str = "gain") -> int:
    """Of `LINES` the cut-off that is best by what `worth` says; all but "gain" are usual mistakes.

    >>> good = {"score": 62, "price": 100, "cost": 80, "chance": 95}
    >>> best_line([good, good | {"score": 57, "chance": 60}]), best_line([good, good | {"score": 57, "chance": 60}], "sales")
    (60, 55)
    """
    of = {
        "gain": lambda one: one["chance"] / 100 * one["price"] - one["cost"], "sales": lambda one: one["price"],
        "mean": lambda one: one["chance"] / 100 * one["price"] - one["cost"],
        "price_lost": lambda one: price_lost(one["price"], one["cost"], one["chance"]),
    }[worth]  # fmt: skip

    def found(line: int) -> float:
        values = [of(one) for one in applicants if one["score"] >= line]
        return sum(values) / (max(len(values), 1) if worth == "mean" else 1) if values else float("-inf")

    return max(reversed(LINES), key=found)
