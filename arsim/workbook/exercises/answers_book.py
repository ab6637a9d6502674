"""Right and wrong answers about reading a book of receivables. Money in yuan, shares in percent."""

from collections.abc import Sequence
from datetime import date

from arsim.study import kpi
from arsim.workbook.course.book_keys import age_class

CLASSES = ("not_due", "1-30", "31-60", "61-90", "90+")


def dso_of_all_sales(ar_end: float, credit_sales: float, cash_sales: float, days: float) -> float:
    """DSO with the sales for cash among the sales: a usual mistake.

    >>> dso_of_all_sales(100, 80, 20, 30)
    30.0
    """
    return kpi.dso(ar_end, credit_sales + cash_sales, days)


def ageing(invoices: Sequence[dict], today: date, since: str = "due", of: str = "open", grace: int = 0) -> dict[str, float]:
    """What is open by days overdue on the evening of `today`.

    Parameters
    ----------
    invoices : sequence of dict
        Each with issued, due (dates), amount, paid.
    since : {"due", "issued"}
        What the days are counted from.
    of : {"open", "amount"}
        What is added up.
    grace : int
        Added to every due date; −1 counts the due date itself as overdue, as some do by mistake.

    Examples
    --------
    >>> bill = {"issued": date(2025, 3, 1), "due": date(2025, 3, 31), "amount": 100, "paid": 40}
    >>> ageing([bill], date(2025, 3, 31))["not_due"], ageing([bill], date(2025, 3, 31), since="issued")["1-30"]
    (60.0, 60.0)
    """
    sums = dict.fromkeys(CLASSES, 0.0)
    for one in invoices:
        began = date.fromordinal(one[since].toordinal() + grace)
        sums[age_class(began.isoformat(), began.isoformat(), today.isoformat())] += one["amount"] - (one["paid"] if of == "open" else 0)
    return sums
