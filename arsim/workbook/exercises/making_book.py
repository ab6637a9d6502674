"""Makes what exercises about reading a book give."""

from datetime import date, timedelta
from typing import Any

from arsim.workbook.exercises.dice import Dice


def invoices(dice: Dice) -> dict[str, Any]:
    """An evening and nine unpaid invoices, one of them due that very day, one far overdue, three paid in part.

    >>> made = invoices(Dice(1))
    >>> len(made["invoices"]), sum(one["due"] == made["today"] for one in made["invoices"])
    (9, 1)
    """
    today = date(2025, dice.whole(5, 11), dice.whole(10, 28))
    late = [0, dice.whole(91, 140), dice.whole(61, 90), dice.whole(31, 60), dice.whole(31, 60), dice.whole(2, 30), dice.whole(2, 30),
            -dice.whole(2, 12), -dice.whole(13, 28)]  # fmt: skip
    paid = dice.some(range(len(late)), 3)
    rows = []
    for at, days in enumerate(dice.some(late, len(late))):
        due, amount = today - timedelta(days), dice.whole(20, 480) * 500
        part = dice.whole(2, 6) * amount // 10 if at in paid else 0
        rows.append({"invoice": f"R-{at + 1:02d}", "issued": due - timedelta(dice.one_of([30, 45, 60])), "due": due,
                     "amount": amount, "paid": part})  # fmt: skip
    return {"today": today, "invoices": rows}
