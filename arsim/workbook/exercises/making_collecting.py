"""Makes what exercises about collecting give."""

from typing import Any

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
