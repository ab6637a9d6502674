"""The months of a season as days of a run."""

from datetime import date


def boundaries(start: date, months: int) -> tuple[int, ...]:
    """First day of each month, and the day after the last, counted from `start`; shape (months + 1,).

    A month begins on the day of the month that `start` has, or on the last day of a shorter one.

    >>> boundaries(date(2025, 1, 1), 3)
    (0, 31, 59, 90)
    """
    return tuple((_later(start, count) - start).days for count in range(months + 1))


def _later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    for day in range(start.day, 0, -1):
        try:
            return date(start.year + years, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
