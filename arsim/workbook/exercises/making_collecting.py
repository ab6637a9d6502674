"""Makes what exercises about collecting give."""

from datetime import date
from typing import Any

from arsim.workbook.exercises.answers_collecting import day_worth
from arsim.workbook.exercises.dice import Dice


def four_customers(dice: Dice) -> dict[str, Any]:
    """Four customers in a random order: one owes most, one longest, one is the likeliest to pay, and one a call moves most.

    >>> [one["customer"] for one in four_customers(Dice(1))["customers"]]
    ['A', 'B', 'C', 'D']
    """
    thousands = lambda low, high: dice.whole(low, high) * 1000  # noqa: E731
    rows = []
    for role, amount, days, without, more in (
        ("large", thousands(400, 600), dice.whole(8, 20), dice.whole(84, 90), dice.whole(2, 4)),
        ("old", thousands(150, 300), dice.whole(120, 200), dice.whole(4, 9), dice.whole(2, 5)),
        ("moved", thousands(160, 260), dice.whole(25, 60), dice.whole(25, 40), dice.whole(24, 34)),
        ("likely", thousands(40, 90), dice.whole(3, 15), dice.whole(82, 90), dice.whole(6, 9)),
    ):
        rows.append({"role": role, "amount": amount, "days": days, "without": without, "called": without + more})
    rows = [{"customer": name, **row} for name, row in zip("ABCD", dice.some(rows, 4), strict=True)]
    return {"customers": rows} | {row["role"]: row["customer"] for row in rows}


def issue_day(dice: Dice) -> dict[str, Any]:
    """A day in the first two thirds of a month.

    >>> issue_day(Dice(1))["issued"].day <= 20
    True
    """
    return {"issued": date(2025, dice.whole(1, 10), dice.whole(3, 20))}


def sixty_customers(dice: Dice, capacity: float) -> dict[str, Any] | None:
    """Sixty customers of whom a contact moves the large ones less; None if another order than by the minute would bring more.

    >>> len(sixty_customers(Dice(1), 240)["customers"])
    60
    """
    rows = []
    for at in range(60):
        amount, minutes = dice.whole(3, 40) ** 2 * 250, dice.one_of([6, 8, 10, 12, 15, 20, 25, 30, 45])
        uplift = max(1, round(dice.whole(2, 30) * (1 - amount / 600_000)))
        rows.append({"customer": f"K-{at + 1:02d}", "amount": amount, "uplift": uplift, "minutes": minutes})
    best, *others = (day_worth(rows, capacity, by) for by in ("per_minute", "gain", "amount"))
    return {"customers": rows} if best > 1.01 * max(others) else None
