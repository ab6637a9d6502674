"""Whether to take an order on credit, alone or with the orders a customer who pays will bring.

Money in any one unit. `BadInput` is raised for a chance outside 0 to 1, and an amount or rate that is negative or no number.
Brealey, Myers and Allen, *Principles of Corporate Finance*, "Credit management: the credit decision".
"""

from math import inf

from arsim.study.inputs import check_amounts, check_shares


def order_value(chance: float, revenue: float, cost: float) -> float:
    """Expected worth of one order on credit: p (REV - COST) - (1 - p) COST.

    Parameters
    ----------
    chance : float
        Probability of payment, p.
    revenue, cost : float
        Present value of being paid, and of making and delivering the order.

    Returns
    -------
    float
        Money; above 0 the order pays by itself.

    Examples
    --------
    90 % × 300 gained less 10 % × 900 lost:

    >>> round(order_value(0.9, 1200, 900), 6)
    180.0
    """
    check_shares(chance=chance)
    check_amounts(revenue=revenue, cost=cost)
    return chance * (revenue - cost) - (1 - chance) * cost


def repeat_order_value(first: float, second: float, revenue: float, cost: float, rate: float) -> float:
    """Worth of an order that may bring another a year on, which is taken only from a customer who paid, and only if it pays.

    order(p₁) + p₁ × max(0, order(p₂)) / (1 + r)

    Parameters
    ----------
    first, second : float
        Probability of payment of the first order, and of the second once the first was paid.
    revenue, cost : float
        As in `order_value`, each as of the day of its order.
    rate : float
        Required return from the first order to the second.

    Returns
    -------
    float
        Money as of the day of the first order.

    Examples
    --------
    A new customer loses 100 at first (50 % of 200 less 50 % of 400) and brings 60 % × 200 - 40 % × 400 < 0 later: no second order.

    >>> repeat_order_value(0.5, 0.6, 600, 400, 0.25)
    -100.0

    Had they proved safe, 200 a year later in half of the cases makes up for 80 of it:

    >>> repeat_order_value(0.5, 1.0, 600, 400, 0.25)
    -20.0
    """
    check_amounts(rate=rate)
    later = max(0.0, order_value(second, revenue, cost)) / (1 + rate)
    return order_value(first, revenue, cost) + first * later


def break_even_probability(revenue: float, cost: float, later: float = 0.0) -> float:
    """Chance of payment from which an order is worth taking: p* = COST / (REV + worth of later orders).

    Parameters
    ----------
    revenue, cost : float
        As in `order_value`.
    later : float, default 0
        Present value of the orders that follow if this one is paid.

    Returns
    -------
    float
        Share; above 1 where even a sure payment would not do, infinite where there is nothing to be paid.

    Examples
    --------
    >>> break_even_probability(1200, 900), break_even_probability(1200, 900, later=300)
    (0.75, 0.6)
    """
    check_amounts(revenue=revenue, cost=cost, later=later)
    return cost / (revenue + later) if revenue + later else (inf if cost else 0.0)
