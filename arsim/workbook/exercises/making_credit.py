"""Makes what exercises about credit give."""

from typing import Any

from arsim.workbook.course.credit_keys import order_verdict
from arsim.workbook.exercises.answers_credit import LINES
from arsim.workbook.exercises.dice import Dice


def priced_order(dice: Dice) -> dict[str, Any]:
    """An order with a margin of 10 to 30 %.

    >>> made = priced_order(Dice(1))
    >>> made["cost"] == made["revenue"] * (100 - made["margin"]) / 100
    True
    """
    revenue, margin = dice.whole(8, 40) * 10_000, dice.whole(10, 30)
    return {"revenue": revenue, "margin": margin, "cost": revenue * (100 - margin) // 100}


def three_orders(dice: Dice, rate_percent: float) -> dict[str, Any] | None:
    """Three customers in a random order: one pays by itself, one only with its next order, one not even so.

    >>> sorted(one["role"] for one in three_orders(Dice(1, "x", 3), 10)["customers"])
    ['alone', 'no', 'with_next']
    """
    rows = []
    for role in ("alone", "with_next", "no"):
        for _ in range(60):
            revenue = dice.whole(10, 30) * 10_000
            cost, chance = revenue * dice.whole(74, 88) // 100, dice.whole(62, 95)
            later = min(98, chance + dice.whole(4, 16))
            if order_verdict(chance / 100, revenue, cost, later / 100, rate_percent / 100) == role:
                rows.append({"role": role, "revenue": revenue, "cost": cost, "chance": chance, "later": later})
                break
    if len(rows) < 3:
        return None
    rows = [{"customer": name, **row} for name, row in zip("XYZ", dice.some(rows, 3), strict=True)]
    return {"customers": rows} | {row["role"]: row["customer"] for row in rows}


def applicants(dice: Dice) -> dict[str, Any]:
    """Eighty applicants whose chance of payment rises with their score, not without exceptions.

    >>> len(applicants(Dice(1))["applicants"])
    80
    """
    rows, middle = [], dice.whole(52, 62)
    for at in range(80):
        score = LINES[at] + dice.whole(0, 4) if at < len(LINES) else dice.whole(36, 84)  # somebody between any two lines
        price = dice.whole(4, 40) * 5_000
        chance = max(45, min(99, round(86 + 0.6 * (score - middle) + dice.whole(-5, 5))))
        rows.append({"applicant": f"N-{at + 1:02d}", "score": score, "price": price, "cost": price * dice.whole(84, 88) // 100,
                     "chance": chance})  # fmt: skip
    return {"applicants": rows}
