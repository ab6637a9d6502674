"""The inputs of a credit decision, by name, and which of them are refused with `BadInput`."""

from math import isfinite

from arsim.domain.problem import BadInput, Problem

_NAMES = {
    "price": "the price",
    "variable_cost": "the variable cost",
    "units": "the units sold",
    "quantity": "the quantity",
    "new_quantity": "the new quantity",
    "collection_days": "the collection period",
    "rate": "the required return",
    "bad_debt": "the bad-debt share",
    "discount": "the discount",
    "default": "the default rate",
    "chance": "the chance of payment",
    "revenue": "the revenue",
    "cost": "the cost",
    "later": "the worth of later orders",
}


def check_amounts(**given: float) -> None:
    """Refuse, all at once, the numbers that are negative, infinite or missing."""
    problems = [
        Problem("The number for {name} is {given}.", "It must be 0 or more.", values={"name": _NAMES[key], "given": value})
        for key, value in given.items()
        if not (isfinite(value) and value >= 0)
    ]
    if problems:
        raise BadInput(*problems)


def check_shares(**given: float) -> None:
    """Refuse, all at once, the numbers outside 0 to 1."""
    problems = [
        Problem(
            "The number for {name} is {given}.",
            "It must lie between 0 and 1: write 2 % as 0.02.",
            values={"name": _NAMES[key], "given": value},
        )
        for key, value in given.items()
        if not 0 <= value <= 1
    ]
    if problems:
        raise BadInput(*problems)


def check_rate(rate: float) -> None:
    """Refuse a rate that is divided by and is not above 0."""
    if not (isfinite(rate) and rate > 0):
        raise BadInput(
            Problem(
                "The number for {name} is {given}.",
                "It must be above 0: write 2 % as 0.02.",
                values={"name": _NAMES["rate"], "given": rate},
            )
        )
