"""Right and wrong answers about estimating a ledger. Its rows are dicts with invoice, customer, issued, due, amount, paid_on."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from arsim.study.survival import kaplan_meier
from arsim.study.verdict import COVERED
from arsim.workbook.exercises import companies
from arsim.workbook.exercises.companies import Seen

Rows = Sequence[Mapping]


def paid_by(ledger: Rows, today: date, days: int, since: str = "due", unpaid: str = "watched") -> float:
    """Percent of the invoices due by `today` that are paid within `days` of the day `since`, by Kaplan–Meier.

    Usual mistakes: `since` "issued"; `unpaid` invoices "left out", taken as "never" paid, or as paid "today".

    >>> day = date(2025, 3, 1)
    >>> row = lambda paid: {"issued": date(2025, 1, 1), "due": date(2025, 2, 19), "paid_on": paid}
    >>> ledger = [row(date(2025, 2, 20)), row(date(2025, 2, 10)), row(None), row(None)]
    >>> paid_by(ledger, day, 30), paid_by(ledger, day, 30, unpaid="left out")
    (50.0, 100.0)
    """
    ripe = [one for one in ledger if one["due"] <= today and (one["paid_on"] or unpaid != "left out")]
    length = np.array([max(0, ((one["paid_on"] or today) - one[since]).days) for one in ripe])
    paid = np.array([one["paid_on"] is not None or unpaid == "today" for one in ripe])
    if unpaid == "never":
        return float(100 * np.mean(paid & (length <= days)))
    return float(100 * (1 - kaplan_meier(length, paid, days)[days]))


def known_then(ledger: Rows, split: date, keep_open: bool = True, under: str = "baseline") -> Seen:
    """The company as it must look if it is estimated from what was known at the end of the day `split`.

    Without `keep_open` the invoices unpaid on that day were taken out first; `under` another policy the effects of the reminders that
    did go out are taken for something else: usual mistakes.

    >>> row = {"invoice": "A", "issued": date(2025, 1, 1), "paid_on": date(2025, 3, 1)}
    >>> str(known_then([row], date(2025, 2, 1)))
    'Company.of(file, day=date(2025, 2, 1))'
    """
    still = frozenset(one["invoice"] for one in ledger if one["issued"] <= split and not (one["paid_on"] and one["paid_on"] <= split))
    way = f"Company.of(file, day=date({split.year}, {split.month}, {split.day}))"
    return Seen(split + timedelta(1), still if keep_open else frozenset(), under, way)


def known_now(ledger: Rows, today: date) -> Seen:
    """The company estimated from the whole file: a usual mistake where the days after the split are to test it.

    >>> known_now([{"invoice": "A", "issued": date(2025, 1, 1), "paid_on": None}], date(2025, 3, 1)).start
    datetime.date(2025, 3, 2)
    """
    return known_then(ledger, today)


def company_fault(answer: object, ledger: Rows, split: date) -> str:
    """What is wrong with an estimated company: "" if nothing, the name of a usual mistake, or words."""
    seen = companies.read(answer, frozenset(one["customer"] for one in ledger))
    if isinstance(seen, str):
        return seen
    right = known_then(ledger, split)
    if seen.start != right.start:
        return "hindsight"
    if seen.open != right.open:
        return "no_open"
    return "" if seen.under == right.under else "other_policy"


def may_plan(firms: Sequence[Mapping]) -> str:
    """The `role` of the one firm with whose backtest weekly cash may be planned.

    The model errs less than the best simple method, and its 80 % interval held about 80 % of the weeks.

    >>> may_plan([{"role": "bold", "model": 5, "simple": 9, "inside": 40}, {"role": "fit", "model": 7, "simple": 9, "inside": 80}])
    'fit'
    """
    low, high = COVERED
    (found,) = (one["role"] for one in firms if one["model"] < one["simple"] and 100 * low <= one["inside"] <= 100 * high)
    return found
