"""Payment terms as people write them → the due date they mean."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from arsim.domain.problem import Problem

_LONGEST = 1000  # days
_DAYS = re.compile(r"(?:NET|N/?|账期|帐期|信用期)?\s*(\d+)\s*(?:天|日|个?自然日|D|DAYS?|DAYS? NET|NET)?")
_DISCOUNT = re.compile(r"\d+(?:\.\d+)?\s*%?\s*/\s*\d+\s*,?\s*(?:NET|N/?)\s*(\d+)(?:\s*DAYS?)?")  # 2/10 net 30: due on day 30
_MONTH_END = re.compile(r"(?:月结|EOM\s*\+?|NET EOM\s*\+?)\s*(\d+)\s*(?:天|日|DAYS?)?|(?:NET\s*)?(\d+)\s*(?:DAYS?)?\s*(?:EOM|月结)")
_AT_ONCE = {"现结", "现款", "现金", "即期", "货到付款", "款到发货", "CASH", "COD", "IMMEDIATE", "IMMEDIATELY", "DUE ON RECEIPT",
            "ON RECEIPT", "PREPAID"}


@dataclass(frozen=True)
class Terms:
    """So many days after issue, or after the end of the month of issue."""

    days: int
    from_month_end: bool = False

    def due(self, issued: date) -> date:
        """The due date of an invoice issued on that day.

        >>> Terms(30).due(date(2025, 1, 15)), Terms(30, from_month_end=True).due(date(2025, 1, 15))
        (datetime.date(2025, 2, 14), datetime.date(2025, 3, 2))
        """
        start = issued.replace(day=monthrange(issued.year, issued.month)[1]) if self.from_month_end else issued
        return start + timedelta(self.days)


def parse_terms(cell: object) -> Terms | Problem:
    """One cell → terms, or what is wrong with it.

    >>> parse_terms("net 30"), parse_terms("月结30天")
    (Terms(days=30, from_month_end=False), Terms(days=30, from_month_end=True))
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip().upper()
    if text in _AT_ONCE:
        return Terms(0)
    month_end = _MONTH_END.fullmatch(text)
    plain = _DAYS.fullmatch(text) or _DISCOUNT.fullmatch(text)
    found = month_end or plain
    if not found:
        return Problem(
            "These are not payment terms in days.", "Write the number of days, for instance 30; from the end of the month, 30 EOM.")
    days = int(next(filter(None, found.groups())))
    if days > _LONGEST:
        return Problem(
            "Payment terms of {days} days cannot be right.", "Correct them; a due date belongs in its own column.", values={"days": days})
    return Terms(days, from_month_end=bool(month_end))
