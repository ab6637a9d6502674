"""Right and wrong answers about time, proof and fees of law, beside `arsim.workbook.course.law_keys`. Not legal advice."""

from collections.abc import Sequence
from datetime import date, timedelta

from arsim.domain import clocks, late_interest, law
from arsim.domain.money import FEN
from arsim.workbook.course.law_keys import after_last_contact, flat, limitation_end, sme_interest


def last_day(due: date, contacts: Sequence[dict]) -> date:
    """Last day of limitation after `contacts`, each with day and channel; only those that prove a demand count.

    >>> last_day(date(2022, 3, 4), [{"day": date(2024, 5, 6), "channel": "letter"}, {"day": date(2025, 1, 2), "channel": "call"}])
    datetime.date(2027, 5, 6)
    """
    return limitation_end(due, [[one["day"], one["channel"]] for one in contacts])


def after_latest(contacts: Sequence[dict]) -> date:
    """Three years from the latest contact, proved or not: a usual mistake.

    >>> after_latest([{"day": date(2024, 5, 6), "channel": "letter"}, {"day": date(2024, 6, 3), "channel": "call"}])
    datetime.date(2027, 6, 3)
    """
    return after_last_contact([[one["day"], one["channel"]] for one in contacts])


def after_first_proof(due: date, contacts: Sequence[dict]) -> date:
    """As if only the first demand that is proved restarted limitation: a usual mistake.

    >>> after_first_proof(date(2022, 3, 4), [{"day": date(2023, 5, 8), "channel": "email"}, {"day": date(2024, 5, 6), "channel": "letter"}])
    datetime.date(2026, 5, 8)
    """
    return clocks.limitation_end(due, [one["day"] for one in contacts if law.provable()[one["channel"]].counts][:1])


def unproved(customers: Sequence[dict]) -> str:
    """The `role` of the one customer whose contact does not prove a demand.

    >>> unproved([{"role": "chat", "channel": "chat"}, {"role": "spoken", "channel": "call"}])
    'spoken'
    """
    (found,) = (one["role"] for one in customers if not law.provable()[one["channel"]].counts)
    return found


def capped_interest(claim: float, due: date, paid: date) -> float:
    """Late interest at four times the LPR, the ceiling of private lending, as if it governed the price of goods: a usual mistake.

    >>> capped_interest(100_000, date(2025, 7, 1), date(2026, 7, 1))
    12000.0
    """
    rate = law.lpr().rate * law.rules()["late_private_lending"].numbers["times"]
    return late_interest.interest(round(claim * FEN), rate, (paid - due).days) / FEN


def a_day_too_many(claim: float, due: date, paid: date) -> float:
    """Late interest of a large buyer with the due date counted as a day of delay: a usual mistake.

    >>> a_day_too_many(100_000, date(2025, 7, 1), date(2025, 7, 31))
    1550.0
    """
    return sme_interest(claim, due - timedelta(1), paid)


def half_a_year_of_days(due: date) -> date:
    """180 days after `due`, for six months of the calendar: a usual mistake.

    >>> half_a_year_of_days(date(2025, 3, 4))
    datetime.date(2025, 8, 31)
    """
    return due + timedelta(180)


def saved_at_one_rate(claim: float, percent: float) -> float:
    """What an order would save if the acceptance fee were one rate of the whole claim: a usual mistake.

    >>> saved_at_one_rate(480_000, 1.5)
    4800.0
    """
    return flat(percent, claim) * 2 / 3
