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


def dso_of_mean_balance(ar_begin: float, ar_end: float, credit_sales: float, days: float) -> float:
    """DSO with the mean of both balances on top: another convention, and here a usual mistake.

    >>> dso_of_mean_balance(80, 120, 100, 30)
    30.0
    """
    return kpi.dso((ar_begin + ar_end) / 2, credit_sales, days)


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


def overdue_share(not_due: float, d30: float, d60: float, d90: float, older: float, after: int = 0) -> float:
    """Percent of a balance that is overdue by more than `after` (0, 30 or 90) days.

    >>> overdue_share(80, 10, 5, 3, 2), overdue_share(80, 10, 5, 3, 2, after=90)
    (20.0, 2.0)
    """
    parts = {0: d30 + d60 + d90 + older, 30: d60 + d90 + older, 90: older}
    return 100 * kpi.ratio(parts[after], not_due + d30 + d60 + d90 + older)


def overdue_to_current(not_due: float, d30: float, d60: float, d90: float, older: float) -> float:
    """Overdue in percent of what is not yet due: a usual mistake.

    >>> overdue_to_current(80, 10, 5, 3, 2)
    25.0
    """
    return 100 * kpi.ratio(d30 + d60 + d90 + older, not_due)


def not_due_share(not_due: float, d30: float, d60: float, d90: float, older: float) -> float:
    """Percent of a balance that is not yet due: the other part, a usual mistake.

    >>> not_due_share(80, 10, 5, 3, 2)
    80.0
    """
    return 100 - overdue_share(not_due, d30, d60, d90, older)


def cei_less_overdue(ar_begin: float, credit_sales: float, ar_end: float, current_end: float) -> float:
    """CEI with the overdue part taken off below the line, as a calculator on the web has it.

    >>> round(cei_less_overdue(6_000, 4_000, 5_000, 3_000), 2)
    62.5
    """
    return kpi.cei(ar_begin, credit_sales, ar_end, ar_end - current_end)


def cei_of_one_month(ar_begin: float, credit_sales: float, ar_end: float, current_end: float) -> float:
    """CEI of a quarter with the sales of a month.

    >>> round(cei_of_one_month(6_000, 6_000, 5_000, 3_000), 2)
    60.0
    """
    return kpi.cei(ar_begin, credit_sales / 3, ar_end, current_end)


def collected_of_sales(ar_begin: float, credit_sales: float, ar_end: float) -> float:
    """What was collected in percent of sales.

    >>> collected_of_sales(6_000, 4_000, 5_000)
    125.0
    """
    return 100 * kpi.ratio(ar_begin + credit_sales - ar_end, credit_sales)


def dso_change(quarters: Sequence[dict], days: float) -> float:
    """By how many days DSO changed from the first quarter to the second.

    >>> dso_change([{"sales": 90, "open": 60}, {"sales": 90, "open": 62}], 90)
    2.0
    """
    first, second = (kpi.dso(one["open"], one["sales"], days) for one in quarters)
    return second - first


def best_change(quarters: Sequence[dict], days: float) -> float:
    """By how many days the best possible DSO changed.

    >>> best_change([{"sales": 90, "current": 50}, {"sales": 90, "current": 40}], 90)
    -10.0
    """
    first, second = (kpi.bpdso(one["current"], one["sales"], days) for one in quarters)
    return second - first


def add_change(quarters: Sequence[dict], days: float) -> float:
    """By how many days ADD changed.

    >>> add_change([{"sales": 90, "open": 60, "current": 50}, {"sales": 90, "open": 62, "current": 40}], 90)
    12.0
    """
    return dso_change(quarters, days) - best_change(quarters, days)


def add_after(quarters: Sequence[dict], days: float) -> float:
    """ADD of the second quarter.

    >>> add_after([{}, {"sales": 90, "open": 62, "current": 40}], 90)
    22.0
    """
    last = quarters[-1]
    return kpi.add(kpi.dso(last["open"], last["sales"], days), kpi.bpdso(last["current"], last["sales"], days))


def dso_by_countback(ar_end: float, months: Sequence[dict], oldest_first: bool = False, whole: bool = False) -> float:
    """DSO by countback over months, the newest first; `oldest_first` and `whole` are usual mistakes.

    >>> months = [{"sales": 100, "days": 30}, {"sales": 80, "days": 31}]
    >>> dso_by_countback(140, months), dso_by_countback(140, months, whole=True)
    (45.5, 61.0)
    """
    held = list(reversed(months)) if oldest_first else list(months)
    if whole:
        days = 0.0
        for one in held:
            if ar_end <= 0:
                break
            ar_end, days = ar_end - one["sales"], days + one["days"]
        return days
    return kpi.countback(ar_end, [one["sales"] for one in held], [one["days"] for one in held])


def dso_of_months(ar_end: float, months: Sequence[dict]) -> float:
    """DSO by the balance method over all the months.

    >>> dso_of_months(140, [{"sales": 100, "days": 30}, {"sales": 80, "days": 30}])
    46.666666666666664
    """
    return kpi.dso(ar_end, sum(one["sales"] for one in months), sum(one["days"] for one in months))


def dso_of_newest_month(ar_end: float, months: Sequence[dict]) -> float:
    """The whole balance at the newest month's daily sales: a usual mistake.

    >>> dso_of_newest_month(140, [{"sales": 100, "days": 30}, {"sales": 80, "days": 30}])
    42.0
    """
    return dso_of_months(ar_end, months[:1])


def overdue_on(
    ledger: Sequence[dict], today: date, hindsight: bool = False, by_count: bool = False, unissued: bool = False, due_day: bool = False
) -> float:
    """Percent of the balance open on the evening of `today` that was overdue then; what follows `today` are usual mistakes.

    Parameters
    ----------
    ledger : sequence of dict
        Each with issued, due, amount, and paid_on or None.
    today : date
    hindsight : bool
        Whatever has been paid by now is left out.
    by_count : bool
        Invoices are counted, not their amounts.
    unissued : bool
        Invoices issued later are in it.
    due_day : bool
        What is due on the day counts as overdue.

    Examples
    --------
    >>> bill = {"issued": date(2025, 1, 1), "due": date(2025, 1, 31), "amount": 100, "paid_on": date(2025, 3, 9)}
    >>> overdue_on([bill, bill | {"due": date(2025, 3, 1), "amount": 300}], date(2025, 2, 15))
    25.0
    """
    held = [one for one in ledger if (unissued or one["issued"] <= today)
            and (one["paid_on"] is None or not hindsight and one["paid_on"] > today)]  # fmt: skip
    weight = lambda one: 1 if by_count else one["amount"]  # noqa: E731
    late = [one for one in held if one["due"] < today or due_day and one["due"] == today]
    return 100 * kpi.ratio(sum(map(weight, late)), sum(map(weight, held)))
