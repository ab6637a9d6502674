"""Dates as people write them, and the one question a date cannot answer itself: whether the day or the month comes first."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arsim.domain.problem import Problem

ORDERS = ("day-first", "month-first")
_YEARS = range(1980, 2100)
_TIME = r"(?:[T ]\s*(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?)\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})" + _TIME)
_CHINESE = re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?" + _TIME)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})" + _TIME)
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})" + _TIME)
_DAY_NAME = re.compile(r"(?P<d>\d{1,2})[-/. ]?(?P<n>[A-Z]{3,9})[-/., ]?\s*(?P<y>\d{4}|\d{2})" + _TIME)  # Oracle: 05-MAR-25
_SERIAL = re.compile(r"(?P<n>[34]\d{4})(?:\.(?P<part>\d+))?")
_NAME_DAY = re.compile(r"(?P<n>[A-Z]{3,9})\.?[- ](?P<d>\d{1,2})(?:,\s*|[- ])(?P<y>\d{4})" + _TIME)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MIDNIGHT = re.compile(r"(?:12:00(?::00(?:\.0+)?)?\s*AM|0?0:00(?::00(?:\.0+)?)?)")


@dataclass(frozen=True)
class Either:
    """A date such as 3/4/2025: the day it is if the day comes first, and if the month does (None: no such day)."""

    day_first: date | None
    month_first: date | None

    def under(self, order: str) -> date | None:
        """The day under one of `ORDERS`."""
        return self.day_first if order == "day-first" else self.month_first


@dataclass(frozen=True)
class Serial:
    """A day as Excel counts it inside: 45721 is 2025-03-05."""

    day: date


@dataclass(frozen=True)
class Timed:
    """A date that came with a time of day other than midnight; the time is dropped, and said so."""

    day: "date | Either | Serial"


def parse_date(cell: object) -> "date | Either | Serial | Timed | Problem":
    """One cell → a date, two possible dates, or what is wrong with it (not yet knowing where it stands).

    >>> parse_date("2025年3月5日"), parse_date("20250305") == parse_date("5 Mar 2025")
    (datetime.date(2025, 3, 5), True)
    >>> parse_date("3/4/2025").under("day-first")
    datetime.date(2025, 4, 3)
    """
    if isinstance(cell, datetime):
        day = _plausible(cell.date())
        return Timed(day) if (cell.hour or cell.minute or cell.second) and not isinstance(day, Problem) else day
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip().upper()
    if text.endswith(".0") and text[:-2].isdecimal():
        text = text[:-2]
    for pattern in (_YEAR_FIRST, _YEAR_LAST, _COMPACT, _CHINESE, _DAY_NAME, _NAME_DAY):
        found = pattern.fullmatch(text)
        if found:
            part = found.groupdict()
            day = _two_ways(part) if "a" in part else _one_way(part)
            timed = part["time"] and not _MIDNIGHT.fullmatch(part["time"]) and not isinstance(day, Problem)
            return Timed(day) if timed else day
    if found := _SERIAL.fullmatch(text):
        serial = Serial(date(1899, 12, 30) + timedelta(int(found["n"])))
        return Timed(serial) if (found["part"] or "").strip("0") else serial
    return _unreadable(text)


def _one_way(part: dict[str, str]) -> date | Problem:
    month = _month(part["n"]) if "n" in part else int(part["m"])
    if month is None:
        return _unreadable("")
    year = int(part["y"])
    if year < 100:  # as Oracle's RR does; only where the month is named, so that nothing else is open
        year += 2000 if year < 50 else 1900
    return _plausible(_day(year, month, int(part["d"])))


def _two_ways(part: dict[str, str]) -> date | Either | Problem:
    year, a, b = int(part["y"]), int(part["a"]), int(part["b"])
    day_first, month_first = _day(year, b, a), _day(year, a, b)
    if day_first == month_first:  # both None: no such day; or 5/5/2025: the same day either way
        return _plausible(day_first)
    sound = _plausible(day_first or month_first)
    return sound if isinstance(sound, Problem) else Either(day_first, month_first)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int | None:
    fits = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold()) or name == "SEPT" and number == 9]
    return fits[0] if len(fits) == 1 else None


def _plausible(day: date | None) -> date | Problem:
    if day is None:
        return Problem("This day does not exist in the calendar.", "Correct the date.")
    if day.year not in _YEARS:
        return Problem(
            "The year {year} cannot be right.", "Correct the date; if it only stands for none, leave the cell empty.",
            values={"year": day.year})
    return day


def _unreadable(text: str) -> Problem:
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", text):
        return Problem("The year has only two digits.", "Write it with four, for instance 2025-03-05.")
    if re.fullmatch(r"#+", text):
        return Problem("Excel showed # signs because the column was too narrow.", "Widen the column, then export again.")
    return Problem("This is not a date.", "Write it as year-month-day, for instance 2025-03-05.")


@dataclass(frozen=True)
class Place:
    """Where a date stands in the file, for messages."""

    row: int
    column: str
    value: str


def decide_order(dates: Iterable[tuple[Either, Place, int]]) -> tuple[str | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """Day first or month first, from all the dates of a file that can be read both ways: (order, problems, notes).

    Each comes with its first place and the number of cells that hold it. One date that can only be one of them decides for the whole
    file; two that disagree, or none, and the user must say.
    """
    only: dict[str, Place] = {}
    count, example = 0, None
    for either, place, times in dates:
        count += times
        if either.day_first is None:
            only.setdefault("month-first", place)
        elif either.month_first is None:
            only.setdefault("day-first", place)
        example = example or place
    if len(only) == 2:
        day, month = only["day-first"], only["month-first"]
        return None, (Problem(
            "Here the day must come first, but in row {row}, column \"{column}\", value \"{value}\" the month must: "
            "the file mixes both orders.",
            "Write all dates as year-month-day, for instance 2025-03-05.",
            row=day.row, column=day.column, value=day.value,
            values={"row": month.row, "column": month.column, "value": month.value}),), ()
    if only:
        order, place = next(iter(only.items()))
        where = {"row": place.row, "column": place.column, "value": place.value}
        note = Problem("Dates were read day first: this one allows nothing else.", **where)
        if order == "month-first":
            note = Problem("Dates were read month first: this one allows nothing else.", **where)
        return order, (), (note,)
    if example:
        return None, (Problem(
            "This date can be read day first or month first, and so can all {count} dates of this form in the file.",
            "Say which it is with --dates day-first or --dates month-first.",
            row=example.row, column=example.column, value=example.value, values={"count": count}),), ()
    return None, (), ()
