"""Makes what exercises about law give."""

from datetime import date, timedelta
from typing import Any

from arsim.domain import law, law_fees
from arsim.domain.counting import after_months, working_day
from arsim.domain.money import FEN
from arsim.workbook.exercises.dice import Dice

PROVED, SPOKEN = ("email", "sms", "letter", "lawyer_letter", "statement"), ("call", "visit")


def _row(day: date, channel: str) -> dict[str, Any]:
    return {"day": day, "contact": law.provable()[channel].label, "channel": channel}


def _unmoved(start: date, months: int) -> bool:
    """Whether a period of so many months ends on the day of the same number: no rest day moves it, no short month cuts it."""
    end = after_months(start, months)
    return (end.day, end.month) == (start.day, (start.month + months - 1) % 12 + 1)


def contacts(dice: Dice) -> dict[str, Any] | None:
    """A due date and four contacts after it, by day: two prove a demand, the last one does not; None if a last day is no working day.

    >>> made = next(filter(None, (contacts(Dice(at)) for at in range(200))))
    >>> [one["channel"] in PROVED for one in made["contacts"]].count(True), made["contacts"][-1]["channel"] in SPOKEN
    (2, True)
    """
    due = date(2022, dice.whole(1, 12), dice.whole(1, 28))
    proved = dice.some(PROVED, 2)
    first, second = dice.some(SPOKEN, 2)
    channels = [*dice.some([proved[0], first], 2), proved[1], second]
    day, rows = due, []
    for channel in channels:
        day = working_day(day + timedelta(dice.whole(60, 260)))
        rows.append(_row(day, channel))
    plain = all(_unmoved(start, 36) for start in (due, *(one["day"] for one in rows)))
    return {"due": due, "contacts": rows} if plain and rows[-1]["day"] < min(after_months(due, 36), date(2025, 12, 1)) else None


def four_files(dice: Dice) -> dict[str, Any]:
    """Four customers in a random order, each asked for its money once: three can be proved, one cannot.

    >>> sorted(one["role"] for one in four_files(Dice(1))["customers"])
    ['chat', 'paper', 'post', 'spoken']
    """
    rows = []
    for role, channel in (
        ("chat", dice.one_of(["chat", "sms"])), ("post", dice.one_of(["email", "letter"])),
        ("paper", dice.one_of(["statement", "lawyer_letter"])), ("spoken", dice.one_of(SPOKEN)),
    ):  # fmt: skip
        due = date(2022, dice.whole(8, 12), dice.whole(1, 28))
        asked = working_day(due + timedelta(dice.whole(200, 900)))
        amount = dice.whole(60, 480) * 1000
        rows.append({"role": role, "amount": amount, "due": due, **_row(asked, channel)})
    rows = [{"customer": name, **row} for name, row in zip("ABCD", dice.some(rows, 4), strict=True)]
    today = date(2025, 7, dice.whole(1, 25))
    return {"today": today, "customers": rows} | {row["role"]: row["customer"] for row in rows}


def fee_table(dice: Dice, claim: float) -> dict[str, Any]:
    """The bands of the court's acceptance fee as far as `claim` reaches, and the rate of the last of them.

    >>> made = fee_table(Dice(1), 480_000)
    >>> [one["percent"] for one in made["bands"]], made["top"]
    ([0.0, 2.5, 2.0, 1.5], 1.5)
    """
    rows, floor = [], 0
    for band in law_fees.tariffs()["acceptance"].bands:
        if claim <= floor:
            break
        end = None if band.up_to is None else band.up_to / FEN
        rows.append({"above": floor, "up_to": end, "fixed": band.fixed / FEN, "percent": float(100 * band.rate)})
        floor = end if end is not None else claim
    return {"bands": rows, "top": rows[-1]["percent"]}


def paid_late(dice: Dice) -> dict[str, Any]:
    """A due date, a payment one to five months after it, and the one-year LPR in percent.

    >>> made = paid_late(Dice(1))
    >>> made["paid"] > made["due"]
    True
    """
    due = working_day(date(2025, dice.whole(7, 11), dice.whole(1, 28)))
    return {"due": due, "paid": due + timedelta(dice.whole(30, 150)), "lpr": float(100 * law.lpr().rate)}


def guaranteed(dice: Dice) -> dict[str, Any] | None:
    """A guarantee, the due date of its debt and a first demand on the guarantor; None if a last day is no working day.

    >>> made = next(filter(None, (guaranteed(Dice(at)) for at in range(200))))
    >>> made["signed"] < made["due"] < made["asked"]
    True
    """
    due = working_day(date(2025, dice.whole(1, 11), dice.whole(2, 27)))
    signed, asked = due - timedelta(dice.whole(60, 150)), due + timedelta(dice.whole(20, 90))
    plain = all(_unmoved(*one) for one in ((due, 6), (due, 24), (due, 36), (asked, 6), (signed, 6)))
    return {"due": due, "signed": signed, "asked": asked} if plain else None
