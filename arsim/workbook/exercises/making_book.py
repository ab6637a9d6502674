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


def two_quarters(dice: Dice, days: int) -> dict[str, Any]:
    """Two quarters whose DSO is nearly the same, while more of the second's balance is past its due date.

    >>> [one["quarter"] for one in two_quarters(Dice(1), 90)["quarters"]]
    ['Q2', 'Q3']
    """
    dso, best = dice.whole(62, 80), dice.whole(38, 48)
    rows = []
    for name, whole, within in (("Q2", dso, best), ("Q3", dso + dice.one_of([-2, -1, 1, 2]), best - dice.whole(7, 14))):
        sales = dice.whole(90, 160) * 100_000
        rows.append({"quarter": name, "sales": sales, "open": round(whole * sales / days, -3), "current": round(within * sales / days, -3)})
    return {"quarters": rows}


def growing_months(dice: Dice) -> dict[str, Any]:
    """Three months of growing sales, the newest first, and a balance that reaches into the second or the third of them.

    >>> sales = [one["sales"] for one in growing_months(Dice(1))["months"]]
    >>> sales == sorted(sales, reverse=True)
    True
    """
    first = dice.whole(1, 9)
    lengths = [(date(2025, month + 1, 1) - date(2025, month, 1)).days for month in range(first, first + 3)]
    sales, rows = dice.whole(20, 36) * 100_000, []
    for month, length in zip(range(first, first + 3), lengths, strict=True):
        rows.insert(0, {"month": f"2025-{month:02d}", "days": length, "sales": sales})
        sales += dice.whole(4, 12) * 100_000
    into = dice.one_of([1, 2])  # whole months off the balance
    rest = dice.whole(25, 75) * rows[into]["sales"] // 100
    return {"months": rows, "ar_end": round(sum(one["sales"] for one in rows[:into]) + rest, -3)}


def ledger(dice: Dice) -> dict[str, Any]:
    """A ledger of 120 invoices as it was exported six weeks after `today`: paid in time, late, or not at all.

    >>> made = ledger(Dice(1))
    >>> len(made["ledger"]), any(one["issued"] > made["today"] for one in made["ledger"])
    (120, True)
    """
    today = date(2025, dice.whole(4, 9), dice.whole(5, 25))
    exported, rows = today + timedelta(42), []
    for at in range(120):
        due = today if at % 24 == 0 else today - timedelta(dice.whole(-70, 130))
        issued = due - timedelta(dice.one_of([30, 45, 60]))
        paid = due + timedelta(dice.one_of([-6, -1, 0, 3, 9, 20, 45, 80, 150]))
        rows.append({"issued": issued, "due": due, "amount": dice.whole(4, 60) ** 2 * 100,
                     "paid_on": paid if issued <= paid <= exported and at % 24 else None})  # fmt: skip
    rows = [one for one in sorted(rows, key=lambda one: one["issued"])]
    return {"today": today, "ledger": [{"invoice": f"L-{at + 1:03d}", **one} for at, one in enumerate(rows)]}
