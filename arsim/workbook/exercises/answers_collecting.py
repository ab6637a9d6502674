"""Right and wrong answers about collecting. Money in yuan, chances in percent."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from math import floor


def first_call(customers: Sequence[dict]) -> str:
    """The `role` of the customer whose payment one call changes most: amount × (chance after a call − chance without).

    >>> sure, unsure = {"amount": 100, "without": 90, "called": 95}, {"amount": 50, "without": 20, "called": 60}
    >>> first_call([{"role": "large", **sure}, {"role": "open", **unsure}])
    'open'
    """
    return max(customers, key=lambda one: one["amount"] * (one["called"] - one["without"]))["role"]


def reminder_on(issued: date, terms: int, after: int, month_end: bool = True, first_day: int = 0) -> date:
    """The day on which an invoice has been overdue for `after` days, its terms counted from the end of the month of issue.

    Without `month_end` they are counted from the invoice; `first_day` 1 counts the due date as the first day overdue: usual mistakes.

    >>> reminder_on(date(2025, 1, 14), 30, 10)
    datetime.date(2025, 3, 12)
    """
    began = issued.replace(day=monthrange(issued.year, issued.month)[1]) if month_end else issued
    return began + timedelta(terms + after - first_day)


def collectors_exact(contacts: float, minutes: float, hours: float) -> float:
    """The work of a day in people.

    >>> collectors_exact(100, 15, 5)
    5.0
    """
    return contacts * minutes / 60 / hours


def collectors_rounded_down(contacts: float, minutes: float, hours: float) -> int:
    """The work of a day in people, rounded down: a usual mistake.

    >>> collectors_rounded_down(110, 15, 5)
    5
    """
    return floor(collectors_exact(contacts, minutes, hours))


def day_worth(customers: Sequence[dict], capacity: float, by: str = "per_minute") -> float:
    """What a day brings whose worklist is ordered by `by`; "gain" and "amount" are usual mistakes.

    >>> quick, slow = {"amount": 900, "uplift": 10, "minutes": 5}, {"amount": 1000, "uplift": 20, "minutes": 20}
    >>> day_worth([slow, quick], 20), day_worth([slow, quick], 20, "amount")
    (90.0, 200.0)
    """
    gain = lambda one: one["amount"] * one["uplift"] / 100  # noqa: E731
    first = {"per_minute": lambda one: gain(one) / one["minutes"], "gain": gain, "amount": lambda one: one["amount"]}[by]
    worth, left = 0.0, capacity
    for one in sorted(customers, key=first, reverse=True):
        if one["minutes"] <= left:
            worth, left = worth + gain(one), left - one["minutes"]
    return worth
