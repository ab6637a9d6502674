"""Payment terms as people write them → the due date they mean."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from arsim.domain.problem import Problem

_LONGEST = 1000  # days
_DAYS = re.compile(r"(?:NET|N/?|账期|帐期|信用期)?\s*(\d+)\s*(?:天|日|个?自然日|D|DAYS?|DAYS? NET|NET)?")
_DISCOUNT = re.compile(r"\d+(?:\.\d+)?\s*%?\s*/\s*\d+\s*,?\s*(?:NET|N/?)\s*(\d+)(?:\s*DAYS?)?")  # 2/10 net 30: due on day 30
_MONTH_END = re.compile(r"(?:月结|EOM\s*\+?|NET EOM\s*\+?)\s*(\d+)\s*(?:天|日|DAYS?)?|(?:NET\s*)?(\d+)\s*(?:DAYS?)?\s*(?:EOM|月结)")
_AT_ONCE = {"现结", "现款", "现金", "即期", "货到付款", "款到发货", "CASH", "COD", "IMMEDIATE", "IMMEDIATELY", "DUE ON RECEIPT",
            "ON RECEIPT", "PREPAID"}
_ARRIVAL = re.compile(r"(?:票到|到票|收票|收到发票|票后|见票)(?:之?日)?(?:起|后)?\s*(\d+)\s*(?:天|日|个?自然日)?(?:内|付款)*")
_NEXT_MONTH = re.compile(r"(?:次月|下月|下个月)\s*(?:(\d{1,2})\s*(?:日|号)|底|末|月底|月末)(?:前|付款)*")
# How terms were read, told to the user: `kind` → what it means.
READ_AS = {
    "issue": "Terms of so many days were counted from the issue date",
    "month end": "Terms from the month's end were counted from the last day of the month of issue",
    "at once": "Terms without days were read as due on the day of issue",
    "arrival": "Terms from the invoice's arrival were counted from the issue date, since the day it arrived is not in the ledger",
    "next month": "Terms that name a day of the next month were read as that day of the month after issue",
    "discount": "Of terms with a discount for early payment, only the last day was read",
}


@dataclass(frozen=True)
class Terms:
    """So many days after issue, or after the end of the month of issue; or a `day` of the month after issue (31: its last).

    `kind` says how they were written, a key of `READ_AS`; it does not change the due date.
    """

    days: int
    from_month_end: bool = False
    day: int | None = None
    kind: str = field(default="issue", compare=False)

    def due(self, issued: date) -> date:
        """The due date of an invoice issued on that day.

        >>> Terms(30).due(date(2025, 1, 15)), Terms(30, from_month_end=True).due(date(2025, 1, 15))
        (datetime.date(2025, 2, 14), datetime.date(2025, 3, 2))
        >>> Terms(0, day=25).due(date(2025, 12, 31)), Terms(0, day=31).due(date(2025, 1, 15))
        (datetime.date(2026, 1, 25), datetime.date(2025, 2, 28))
        """
        end = issued.replace(day=monthrange(issued.year, issued.month)[1])
        if self.day is None:
            return (end if self.from_month_end else issued) + timedelta(self.days)
        first = end + timedelta(1)
        return first.replace(day=min(self.day, monthrange(first.year, first.month)[1]))


def parse_terms(cell: object) -> Terms | Problem:
    """One cell → terms, or what is wrong with it.

    >>> parse_terms("net 30") == Terms(30), parse_terms("月结30天") == Terms(30, from_month_end=True)
    (True, True)
    >>> parse_terms("票到30天") == Terms(30), parse_terms("次月25日") == Terms(0, day=25)
    (True, True)
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip().upper()
    if text in _AT_ONCE:
        return Terms(0, kind="at once")
    if found := _NEXT_MONTH.fullmatch(text):
        day = int(found[1] or 31)
        return Terms(0, day=day, kind="next month") if 1 <= day <= 31 else _unreadable()
    kinds = {"issue": _DAYS, "month end": _MONTH_END, "arrival": _ARRIVAL, "discount": _DISCOUNT}
    kind, found = next(((kind, found) for kind, shape in kinds.items() if (found := shape.fullmatch(text))), (None, None))
    if not found:
        return _unreadable()
    days = int(next(filter(None, found.groups())))
    if days > _LONGEST:
        return Problem(
            "Payment terms of {days} days cannot be right.", "Correct them; a due date belongs in its own column.", values={"days": days})
    return Terms(days, from_month_end=kind == "month end", kind=kind)


def _unreadable() -> Problem:
    return Problem(
        "These are not payment terms that can be read.",
        "Write the number of days, for instance 30; from the end of the month, 30 EOM; or give the due date in a column of its own.")
