"""Counting periods of law in calendar days (Civil Code 200-203, Civil Procedure Law 85; as of 2025-04-19). Not legal advice.

The day that starts a period does not count; a period whose last day is a rest day of the mainland ends on the next working day.
"""

from calendar import monthrange
from datetime import date, timedelta

from arsim.domain.calendar import is_open


def working_day(day: date) -> date:
    """`day` itself if it is a working day of the mainland, else the next one (Civil Code 203).

    Public holidays and make-up days are known for published years; for later ones statutory holidays only.

    Examples
    --------
    Saturday 2025-03-01; Saturday 2025-02-08 was worked to make up for the Spring Festival.

    >>> working_day(date(2025, 3, 1)), working_day(date(2025, 2, 8))
    (datetime.date(2025, 3, 3), datetime.date(2025, 2, 8))
    """
    while not is_open("CN", day):
        day += timedelta(1)
    return day


def after_days(start: date, days: int) -> date:
    """Last day of a period of `days` days that `start` sets off (Civil Code 200, 201, 203).

    Examples
    --------
    >>> after_days(date(2025, 3, 3), 15)
    datetime.date(2025, 3, 18)
    """
    return working_day(start + timedelta(days))


def after_months(start: date, months: int) -> date:
    """Last day of a period of `months` months that `start` sets off (Civil Code 202, 203).

    The day of the same number, the last of the month if there is none; then the next working day.

    Examples
    --------
    Six months from 31 August 2025 end on 28 February 2026, a Saturday worked for the Spring Festival.

    >>> after_months(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return working_day(date(year, month, min(start.day, monthrange(year, month)[1])))


def after_years(start: date, years: int) -> date:
    """Last day of a period of `years` years that `start` sets off (Civil Code 202, 203).

    Examples
    --------
    Three years from a leap day end on 28 February 2023, a Tuesday.

    >>> after_years(date(2020, 2, 29), 3)
    datetime.date(2023, 2, 28)
    """
    return after_months(start, 12 * years)


def after_working_days(start: date, days: int) -> date:
    """The `days`-th working day after `start`, itself not counted.

    Examples
    --------
    >>> after_working_days(date(2025, 3, 7), 1)
    datetime.date(2025, 3, 10)
    """
    day = start
    for _ in range(days):
        day = working_day(day + timedelta(1))
    return day
