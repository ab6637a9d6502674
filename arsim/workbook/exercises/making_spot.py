"""Makes worked solutions that are wrong, as they are found in public: their figures, with the trainee's own numbers."""

from datetime import date, timedelta
from typing import Any

from arsim.domain.counting import working_day
from arsim.study import kpi
from arsim.workbook.exercises.answers_book import cei_less_overdue
from arsim.workbook.exercises.answers_spot import add_against, age_and_terms, interest_after, mean_age, paid_at_first
from arsim.workbook.exercises.dice import Dice


def chain(dice: Dice) -> dict[str, Any]:
    """Three classes of age, and a solution that takes next month's payments for all that will ever come.

    >>> made = chain(Dice(1))
    >>> made["first"] < made["total"]
    True
    """
    rows = []
    for amount, name, paid, stays, lost in (
        (dice.whole(16, 24), {"en": "not due", "zh": "未到期"}, dice.whole(60, 75, 5), 0, 0),
        (dice.whole(8, 14), {"en": "1–30 days overdue", "zh": "逾期 1–30 天"}, dice.whole(30, 45, 5), dice.whole(15, 25, 5), 0),
        (dice.whole(4, 9), {"en": "more than 30 days", "zh": "逾期 30 天以上"}, dice.whole(20, 35, 5), dice.whole(40, 50, 5), None),
    ):
        rest = 100 - paid - stays
        rows.append({"age": name, "amount": amount * 50_000, "paid": paid, "stays": stays,
                     "older": 0 if lost is None else rest, "lost": rest if lost is None else 0})  # fmt: skip
    total, first = sum(one["amount"] for one in rows), round(paid_at_first(rows))
    return {"classes": rows, "total": total, "first": first, "rest": total - first}


def quarter(dice: Dice, ar_begin: float, credit_sales: float, ar_end: float, current_end: float) -> dict[str, Any]:
    """A solution of CEI that takes off what is overdue.

    >>> round(quarter(Dice(1), 6_000, 4_000, 5_000, 3_000)["printed"], 1)
    62.5
    """
    overdue = ar_end - current_end
    return {"overdue": overdue, "collected": ar_begin + credit_sales - ar_end, "below": ar_begin + credit_sales - overdue,
            "printed": cei_less_overdue(ar_begin, credit_sales, ar_end, current_end)}  # fmt: skip


def best(dice: Dice, ar_end: float, credit_sales: float, days: float, industry: float, terms: float) -> dict[str, Any]:
    """A solution that takes the industry's DSO less the terms for the best possible DSO.

    >>> best(Dice(1), 100, 100, 90, 70, 30)
    {'dso': 90.0, 'claimed_best': 40, 'claimed_add': 50.0}
    """
    dso = kpi.dso(ar_end, credit_sales, days)
    return {"dso": dso, "claimed_best": industry - terms, "claimed_add": add_against(ar_end, credit_sales, days, industry, terms)}


def middles(dice: Dice, not_due: float, d30: float, d60: float, d90: float, older: float, terms: float) -> dict[str, Any]:
    """A solution that finds “DSO” from the middles of ageing classes.

    >>> middles(Dice(1), 50, 50, 0, 0, 0, 30)
    {'total': 100, 'age': 7.5, 'claimed': 37.5}
    """
    return {"total": not_due + d30 + d60 + d90 + older, "age": mean_age(not_due, d30, d60, d90, older),
            "claimed": age_and_terms(not_due, d30, d60, d90, older, terms)}  # fmt: skip


def sixty(dice: Dice, claim: float, terms: int) -> dict[str, Any] | None:
    """A delivery, its payment, and a solution that lets every claim against a large firm fall due after sixty days.

    None if payment falls due on a rest day, which would move it.

    >>> made = next(filter(None, (sixty(Dice(at), 100_000, 90) for at in range(9))))
    >>> made["paid"] > made["due"] > made["claimed_due"]
    True
    """
    delivered = date(2025, dice.whole(7, 10), dice.whole(1, 28))
    due = delivered + timedelta(terms)
    paid = due + timedelta(dice.whole(12, 45))
    if working_day(due) != due:
        return None
    return {"delivered": delivered, "due": due, "paid": paid, "claimed_due": delivered + timedelta(60),
            "claimed_days": (paid - delivered).days - 60, "claimed": interest_after(claim, delivered, paid, 60)}  # fmt: skip
