"""Makes what exercises about disputes and worklists give."""

from typing import Any

from arsim.workbook.exercises.dice import Dice


def contested(dice: Dice) -> dict[str, Any]:
    """An invoice in part paid, and some pieces of one of its items that came broken.

    >>> made = contested(Dice(1))
    >>> made["contested"] < made["pieces"] and made["pieces"] * made["price"] < made["invoice"]
    True
    """
    pieces, price = dice.whole(40, 90, 10), dice.whole(8, 30) * 100
    invoice = pieces * price + dice.whole(60, 200) * 1000
    return {"invoice": invoice, "pieces": pieces, "price": price, "contested": dice.whole(4, 15), "item": pieces * price,
            "paid": dice.whole(10, 40) * 1000, "one": 1}  # fmt: skip


def allowed_calls(dice: Dice, cap: int) -> dict[str, Any]:
    """Four customers in a random order: one has had its contacts, one has promised, one owes most, and one is next.

    >>> sorted(one["role"] for one in allowed_calls(Dice(1), 3)["customers"])
    ['capped', 'large', 'next', 'promised']
    """
    rows = []
    for role, thousands, without, more, had in (
        ("capped", dice.whole(300, 400), dice.whole(20, 35), dice.whole(30, 40), cap),
        ("promised", dice.whole(260, 340), dice.whole(30, 45), dice.whole(28, 36), dice.whole(1, cap - 1)),
        ("large", dice.whole(480, 600), dice.whole(80, 90), dice.whole(3, 5), dice.whole(0, cap - 1)),
        ("next", dice.whole(150, 240), dice.whole(25, 40), dice.whole(25, 32), dice.whole(0, cap - 1)),
    ):
        note = {"en": "promised to pay by the end of this week", "zh": "承诺本周内付款"} if role == "promised" else {"en": "–", "zh": "–"}
        rows.append({"role": role, "amount": thousands * 1000, "without": without, "called": without + more, "contacts": had,
                     "promised": role == "promised", "note": note})  # fmt: skip
    rows = [{"customer": name, **row} for name, row in zip("ABCD", dice.some(rows, 4), strict=True)]
    return {"customers": rows} | {row["role"]: row["customer"] for row in rows}
