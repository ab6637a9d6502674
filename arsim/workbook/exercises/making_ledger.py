"""Makes what exercises about estimating a ledger give: a part of the demo company's own ledger, other for each trainee."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.money import FEN
from arsim.domain.reading import read_ledger
from arsim.study.company import demo_ledger
from arsim.workbook.exercises.dice import Dice

CUSTOMERS = 40
YEAR = date(2024, 1, 1)  # from here on the demo ledger holds every invoice issued; older ones are in it only because they are open
MONTH_ENDS = (date(2024, 7, 31), date(2024, 8, 31), date(2024, 9, 30), date(2024, 10, 31))
SPLITS = (date(2024, 6, 30), date(2024, 7, 31), date(2024, 8, 31))


def exported(dice: Dice) -> dict[str, Any]:
    """The ledger of some customers as it was exported at the end of a month.

    >>> made = exported(Dice(1))
    >>> made["today"] in MONTH_ENDS, len({one["customer"] for one in made["ledger"]}) <= CUSTOMERS
    (True, True)
    """
    today = dice.one_of(MONTH_ENDS)
    return {"today": today, "ledger": _rows(dice, today)}


def exported_later(dice: Dice) -> dict[str, Any]:
    """The same with a day some months before the export, from which on it is to be tested.

    >>> made = exported_later(Dice(1))
    >>> made["split"] < made["today"]
    True
    """
    split = dice.one_of(SPLITS)
    today = date(2024, split.month + 4, 30 if split.month + 4 == 11 else 31)
    return {"split": split, "today": today, "ledger": _rows(dice, today)}


def four_firms(dice: Dice) -> dict[str, Any]:
    """Four firms' backtests of weekly cash, in a random order: one allows planning, each of the others looks so in one way.

    Errors in units of 10,000 yuan, `inside` in percent of the weeks.

    >>> [one["firm"] for one in four_firms(Dice(1))["firms"]]
    ['A', 'B', 'C', 'D']
    """
    rows = []
    for role, model, less, inside in (
        ("fit", dice.whole(60, 75), dice.whole(8, 14), dice.whole(76, 84)),
        ("sharp", dice.whole(40, 50), dice.whole(18, 26), dice.whole(38, 52)),
        ("beaten", dice.whole(20, 30), -dice.whole(3, 6), dice.whole(77, 83)),
        ("safe", dice.whole(62, 78), dice.whole(4, 9), 100),
    ):
        rows.append({"role": role, "model": model, "simple": model + less, "inside": inside})
    rows = [{"firm": name, **row} for name, row in zip("ABCD", dice.some(rows, 4), strict=True)]
    return {"firms": rows} | {row["role"]: row["firm"] for row in rows}


@cache
def _year() -> Ledger:
    ledger = read_ledger(demo_ledger())
    return ledger.picked(ledger.issued >= np.datetime64(YEAR))


def _rows(dice: Dice, today: date) -> list[dict[str, Any]]:
    whole = _year()
    some = set(dice.some(sorted(set(whole.customer)), CUSTOMERS))
    ledger = whole.picked(np.array([name in some for name in whole.customer])).known_on(today)
    columns = zip(ledger.invoice, ledger.customer, ledger.issued.tolist(), ledger.due.tolist(), ledger.amount.tolist(),
                  ledger.paid.tolist(), strict=True)  # fmt: skip
    names = ("invoice", "customer", "issued", "due", "amount", "paid_on")
    return [dict(zip(names, (*row[:4], row[4] / FEN, row[5]), strict=True)) for row in columns]
