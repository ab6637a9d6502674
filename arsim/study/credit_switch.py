"""What selling on credit instead of for cash is worth: its NPV, and where it breaks even.

Money in any one unit; a period is the credit period. In the formulas P is the price of one unit, v its variable cost, Q the units
a period for cash, Q′ on credit, R the required return a *period*, d the discount for cash, π the share of credit sales never paid.
`BadInput` is raised for an amount that is negative or no number, a discount or default outside 0 to 1, and a rate that is not above 0.
Ross, Westerfield and Jordan, *Fundamentals of Corporate Finance*, "Analyzing credit policy" and "Discounts and default risk".
The yearly cost of an early-payment discount is `arsim.study.kpi.discount_cost`.
"""

from math import inf

from arsim.study.inputs import check_amounts, check_rate, check_shares


def switch_investment(price: float, variable_cost: float, quantity: float, new_quantity: float) -> float:
    """What going from cash to one period's credit ties up: P Q + v (Q′ - Q).

    One period's revenue arrives later, and the added units must be made first.

    Parameters
    ----------
    price, variable_cost : float
        P and v.
    quantity, new_quantity : float
        Q and Q′.

    Returns
    -------
    float
        Money, tied up for as long as credit is given.

    Examples
    --------
    >>> switch_investment(50, 20, 100, 110)
    5200
    """
    check_amounts(price=price, variable_cost=variable_cost, quantity=quantity, new_quantity=new_quantity)
    return price * quantity + variable_cost * (new_quantity - quantity)


def npv_of_switch(price: float, variable_cost: float, quantity: float, new_quantity: float, rate: float) -> float:
    """NPV of selling on credit instead of for cash, for ever: -[P Q + v (Q′ - Q)] + (P - v)(Q′ - Q) / R. Nobody defaults.

    Parameters
    ----------
    price, variable_cost, quantity, new_quantity : float
        As in `switch_investment`.
    rate : float
        Required return a period, R.

    Returns
    -------
    float
        Money; above 0 the switch pays.

    Examples
    --------
    10 units more at a margin of 30 are worth 300 / 0.02 = 15,000; 5,200 is tied up.

    >>> npv_of_switch(50, 20, 100, 110, 0.02)
    9800.0
    """
    tied = switch_investment(price, variable_cost, quantity, new_quantity)
    check_rate(rate)
    return (price - variable_cost) * (new_quantity - quantity) / rate - tied


def break_even_quantity(price: float, variable_cost: float, quantity: float, rate: float) -> float:
    """Units that must be added a period for `npv_of_switch` to be 0: P Q / [(P - v) / R - v].

    Parameters
    ----------
    price, variable_cost, quantity, rate : float
        As in `npv_of_switch`.

    Returns
    -------
    float
        Units; infinite where no growth can pay for the switch.

    Examples
    --------
    5,000 must be earned back by units worth 30 / 0.02 - 20 = 1,480 each.

    >>> round(break_even_quantity(50, 20, 100, 0.02), 4)
    3.3784
    """
    check_amounts(price=price, variable_cost=variable_cost, quantity=quantity)
    check_rate(rate)
    worth = (price - variable_cost) / rate - variable_cost
    return price * quantity / worth if worth > 0 else inf


def npv_of_discount_switch(price: float, quantity: float, discount: float, default: float, rate: float) -> float:
    """NPV of selling at the full price on credit, with a discount for cash, instead of at the discounted price for cash only.

    -(1 - d) P Q + P Q (d - π) / R: a period's cash revenue waits, and each period after earns the discount kept less what defaults.
    Quantity stays the same and every customer takes the credit.

    Parameters
    ----------
    price, quantity : float
        Full (credit) price P and units Q a period; the cash price is (1 - d) P.
    discount, default, rate : float
        d, π and R.

    Returns
    -------
    float
        Money; above 0 credit pays.

    Examples
    --------
    100 units at 50, 49 for cash, 1 % lost: 50 gained a period, worth 2,500, for 4,900 that waits.

    >>> round(npv_of_discount_switch(50, 100, 0.02, 0.01, 0.02), 6)
    -2400.0
    """
    check_amounts(price=price, quantity=quantity)
    check_shares(discount=discount, default=default)
    check_rate(rate)
    return price * quantity * ((discount - default) / rate - (1 - discount))


def break_even_default(discount: float, rate: float) -> float:
    """Default rate at which `npv_of_discount_switch` is 0: π = d - R (1 - d).

    Parameters
    ----------
    discount, rate : float
        As in `npv_of_discount_switch`.

    Returns
    -------
    float
        Share; below 0 the switch does not pay even if nobody defaults.

    Examples
    --------
    3 % kept, less 1 % a period on the 97 % that waits:

    >>> round(break_even_default(0.03, 0.01), 6)
    0.0203
    """
    check_shares(discount=discount)
    check_rate(rate)
    return discount - rate * (1 - discount)
