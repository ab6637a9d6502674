"""Makes what exercises about early warning and the allowance give."""

from typing import Any

from arsim.workbook.exercises.dice import Dice

_DAYS = ("0", "1–30", "31–60", "61–90", "90+")


def matrix(dice: Dice) -> dict[str, Any]:
    """Five classes by age, each with its balance and its loss rate.

    >>> [one["days"] for one in matrix(Dice(1))["classes"]]
    ['0', '1–30', '31–60', '61–90', '90+']
    """
    balances = [dice.whole(80, 160), dice.whole(30, 70), dice.whole(15, 40), dice.whole(8, 25), dice.whole(5, 15)]
    rates = [dice.whole(2, 6) / 10, dice.whole(10, 22) / 10, dice.whole(30, 50) / 10, dice.whole(60, 90) / 10, dice.whole(15, 40)]
    return {"classes": [{"days": days, "balance": balance * 100_000, "rate": rate}
                        for days, balance, rate in zip(_DAYS, balances, rates, strict=True)]}  # fmt: skip


def rolling(dice: Dice) -> dict[str, Any]:
    """Four classes by age, each with its balance and the share that rolls on.

    >>> [one["days"] for one in rolling(Dice(1))["classes"]]
    ['0', '1–30', '31–60', '61–90']
    """
    balances = [dice.whole(80, 160), dice.whole(20, 50), dice.whole(10, 25), dice.whole(5, 15)]
    rolls = [dice.whole(14, 28), dice.whole(30, 45), dice.whole(45, 60), dice.whole(62, 85)]
    return {"classes": [{"days": days, "balance": balance * 50_000, "roll": roll}
                        for days, balance, roll in zip(_DAYS, balances, rolls, strict=False)]}  # fmt: skip


def lines(dice: Dice) -> dict[str, Any]:
    """Seven lines of an alarm, what each would have called, and what acting saves and costs.

    >>> [one["points"] for one in lines(Dice(1))["lines"]]
    [20, 30, 40, 50, 60, 70, 80]
    """
    failing, rows = dice.whole(30, 50), []
    troubled, sound = failing - dice.whole(0, 2), dice.whole(330, 430)
    for points in range(20, 90, 10):
        rows.append({"points": points, "troubled": troubled, "sound": sound})
        troubled, sound = round(troubled * dice.whole(72, 92) / 100), round(sound * dice.whole(35, 60) / 100)
    cost = dice.whole(4, 10) * 5_000
    return {"failing": failing, "lines": rows, "cost": cost, "saved": cost * dice.whole(7, 16)}


def month_ends(dice: Dice) -> dict[str, Any]:
    """Thirteen month-ends of a book that grows and shrinks, with rates that move.

    >>> len(month_ends(Dice(1))["ends"])
    13
    """
    base, rows = [dice.whole(25, 35), dice.whole(45, 55), dice.whole(62, 75)], []
    before = [dice.whole(300, 500) * 1000, dice.whole(100, 160) * 1000, dice.whole(50, 80) * 1000]
    for month in range(1, 14):
        first = dice.whole(200, 700) * 1000
        later = [round(held * (rate + dice.whole(-12, 12)) / 100, -2) for held, rate in zip(before, base, strict=True)]
        name = f"2024-{month:02d}" if month < 13 else "2025-01"
        rows.append({"month": name, "d30": first, "d60": later[0], "d90": later[1], "d120": later[2]})
        before = [first, *later[:2]]
    return {"ends": rows}
