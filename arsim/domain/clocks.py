"""The clocks of Chinese law that matter to a creditor, as functions of dates. Not legal advice; have a lawyer check.

Every function names its article; all as of 2025-04-19. Lengths come from ``data/law_cn.toml``, days are counted as in `counting`.
"Last day" means that an act on that day is in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from arsim.domain.counting import after_days, after_months, after_working_days, after_years
from arsim.domain.given import choice, whole
from arsim.domain.law import rules

PROCEDURES = ("small_claims", "summary", "ordinary")


def limitation_end(due: date, demands: Iterable[date] = ()) -> date:
    """Last day of limitation (Civil Code 188, 195; SPC Provisions on Limitation 8; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    due : date
        Last day for payment; of the last instalment, if there are several (189).
    demands : iterable of date, optional
        Days of provable demands or agreements to pay, in any order. Each one inside the period starts three years anew; one up to
        the due date changes nothing, nor does one after the period is over. A suit is not a day but a stretch of time: after it
        the three years start when the proceedings end.

    Returns
    -------
    date
        Three years after the last demand that counted, but no later than twenty years after `due`, which no demand restarts.

    Examples
    --------
    Due on Friday 2022-03-04; the demand of 2024-05-06 is in time, that of 2027-05-07, the day after the last, is not.

    >>> limitation_end(date(2022, 3, 4))
    datetime.date(2025, 3, 4)
    >>> limitation_end(date(2022, 3, 4), [date(2024, 5, 6), date(2027, 5, 7)])
    datetime.date(2027, 5, 6)
    """
    end = _restarted(due, demands, _number("limitation", "years"))
    return min(end, after_years(due, _number("limitation_absolute", "years")))


def barred(on: date, due: date, demands: Iterable[date] = ()) -> bool:
    """Whether the debtor may refuse on the day `on` (Civil Code 188, 192; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    on : date
    due, demands
        As for `limitation_end`; demands after `on` have not happened yet and make no difference.

    Examples
    --------
    >>> barred(date(2025, 3, 4), date(2022, 3, 4)), barred(date(2025, 3, 5), date(2022, 3, 4))
    (False, True)
    """
    return on > limitation_end(due, demands)


def guarantee_end(due: date, agreed_months: int | None = None) -> date:
    """Last day of the guarantee period (Civil Code 692; SPC Interpretation on Security 32; as of 2025-04-19). Not legal advice.

    Never suspended, interrupted or extended.

    Parameters
    ----------
    due : date
        Due date of the guaranteed debt.
    agreed_months : int, optional
        Length agreed, counted from `due`. None for nothing agreed or something unclear such as "until repaid": six months. So does
        0 or less, a period that ends no later than the debt falls due.

    Examples
    --------
    >>> guarantee_end(date(2025, 1, 31)), guarantee_end(date(2025, 1, 31), 24)
    (datetime.date(2025, 7, 31), datetime.date(2027, 2, 1))
    """
    agreed = agreed_months is not None and agreed_months > 0
    return after_months(due, whole(agreed_months) if agreed else _number("guarantee_period", "months"))


def guarantee_alive(
    kind: str, due: date, claimed: date | None, *, on: date, by: str | None = None, agreed_months: int | None = None
) -> bool:
    """Whether the guarantor still answers on the day `on` (Civil Code 693; SPC Interpretation on Security 34; as of 2025-04-19).

    Not legal advice. A guarantee kept alive then has a limitation period of its own (694), which is not counted here.

    Parameters
    ----------
    kind : {"general", "joint"}
    due : date
        Due date of the guaranteed debt.
    claimed : date or None
        Day of the creditor's act; None: none yet. A suit withdrawn counts as none (31).
    on : date
    by : {"suit", "demand"}, optional
        What the act was: suit or arbitration against the debtor, or demand on the guarantor. Only the first keeps a general
        guarantee alive, only the second a joint one. None: the right one.
    agreed_months : int, optional
        As for `guarantee_end`.

    Raises
    ------
    BadInput
        If `kind` or `by` is none of the above.

    Examples
    --------
    Due on 2025-01-31, so the period ends on 2025-07-31.

    >>> guarantee_alive("joint", date(2025, 1, 31), date(2025, 7, 31), on=date(2026, 1, 5))
    True
    >>> guarantee_alive("general", date(2025, 1, 31), date(2025, 7, 31), on=date(2026, 1, 5), by="demand")
    False
    """
    needed = {"general": "suit", "joint": "demand"}[choice(kind, ("general", "joint"))]
    end = guarantee_end(due, agreed_months)
    kept = claimed is not None and choice(by or needed, ("suit", "demand")) == needed and due < claimed <= end
    return on <= end or kept


@dataclass(frozen=True)
class PaymentOrder:
    """Dates of a payment order.

    Parameters
    ----------
    answer_by, issue_by, serve_by, object_by : date
        Last day for the court to say yes or no, to issue, to serve, and for the debtor to pay or object in writing.
    enforceable_from : date
        First day to apply for enforcement, if the debtor does neither.
    """

    answer_by: date
    issue_by: date
    serve_by: date
    object_by: date
    enforceable_from: date


def payment_order_deadlines(
    filed: date, accepted: date | None = None, issued: date | None = None, served: date | None = None
) -> PaymentOrder:
    """Clock of a payment order (Civil Procedure Law 226, 227; SPC Interpretation 427-439; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    filed : date
        Day of the application.
    accepted, issued : date, optional
        Days the court accepted and issued; None: the last day it may.
    served : date, optional
        Day the debtor received it; None: the day of issue.

    Examples
    --------
    5 days to Monday 2025-03-10 (the 8th is a Saturday), 15 to the 25th, 15 to the 9th of April.

    >>> payment_order_deadlines(date(2025, 3, 3)).enforceable_from
    datetime.date(2025, 4, 10)
    """
    answer_by = after_days(filed, _number("payment_order", "accept_days"))
    issue_by = after_days(accepted or answer_by, _number("payment_order", "issue_days"))
    out = issued or issue_by
    object_by = after_days(served or out, _number("payment_order", "object_days"))
    return PaymentOrder(answer_by, issue_by, after_days(out, _number("payment_order", "serve_days")), object_by, object_by + timedelta(1))


def trial_end(filed: date, procedure: str, extended: bool = False) -> date:
    """Last day for judgment in the first instance (Civil Procedure Law 168, 164, 152; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    filed : date
        Day the court docketed the case.
    procedure : {"small_claims", "summary", "ordinary"}
        2, 3 or 6 months.
    extended : bool, default False
        With the extension the court itself may approve: 1, 1 or 6 months more.

    Raises
    ------
    BadInput
        If there is no such procedure.

    Examples
    --------
    >>> trial_end(date(2025, 3, 3), "small_claims"), trial_end(date(2025, 3, 3), "ordinary", extended=True)
    (datetime.date(2025, 5, 6), datetime.date(2026, 3, 3))
    """
    choice(procedure, PROCEDURES)
    return after_months(filed, _number(procedure, "months") + (_number(procedure, "more_months") if extended else 0))


def enforcement_deadline(judgment: date, demands: Iterable[date] = ()) -> date:
    """Last day to apply for enforcement (Civil Procedure Law 250; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    judgment : date
        Last day the judgment gives for payment, of the last instalment if there are several; if it gives none, the day it takes
        effect.
    demands : iterable of date, optional
        As for `limitation_end`: each one inside the period starts two years anew.

    Examples
    --------
    >>> enforcement_deadline(date(2023, 3, 3))
    datetime.date(2025, 3, 3)
    """
    return _restarted(judgment, demands, _number("enforcement", "years"))


def sme_due(delivery: date, buyer: str, agreed_days: int | None = None) -> date:
    """Last day to pay a small or medium-sized seller (SME payment regulation 9; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    delivery : date
        Delivery; or passed inspection, or the end of the agreed inspection period if the buyer drags it out (10); or the day both
        sides confirmed the amount, with periodic settlement.
    buyer : {"public", "large"}
        Public body or institution, or large enterprise.
    agreed_days : int, optional
        Terms of the contract. None: 30 days (public) or 60 (large). Above 60 a public body's terms are cut to 60; a large
        enterprise's stand if they follow trade custom and are reasonable, which is for a court to say.

    Raises
    ------
    BadInput
        If there is no such buyer or `agreed_days` is not a whole number of 0 or more.

    Examples
    --------
    >>> sme_due(date(2025, 6, 3), "public", 90), sme_due(date(2025, 6, 3), "large", 90)
    (datetime.date(2025, 8, 4), datetime.date(2025, 9, 1))
    """
    choice(buyer, ("public", "large"))
    days = _number("sme_terms", f"{buyer}_days") if agreed_days is None else whole(agreed_days)
    return after_days(delivery, min(days, _number("sme_terms", "public_most")) if buyer == "public" else days)


@dataclass(frozen=True)
class Complaint:
    """Dates of a complaint: last day to pass it on, for the result, and for the result if extended as far as possible."""

    forwarded_by: date
    result_by: date
    result_at_most: date


def complaint_deadlines(filed: date, forwarded: date | None = None) -> Complaint:
    """Clock of a complaint about late payment (SME payment regulation 25; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    filed : date
        Day the complaint was formally accepted.
    forwarded : date, optional
        Day the office in charge received it; None: the last day it may.

    Examples
    --------
    >>> complaint_deadlines(date(2025, 6, 3))
    Complaint(forwarded_by=datetime.date(2025, 6, 17), result_by=datetime.date(2025, 7, 17), result_at_most=datetime.date(2025, 9, 15))
    """
    forwarded_by = after_working_days(filed, _number("sme_complaint", "working_days"))
    received = forwarded or forwarded_by
    return Complaint(forwarded_by, *(after_days(received, _number("sme_complaint", name)) for name in ("days", "most_days")))


def confirmation_deadline(agreed: date) -> date:
    """Last day to ask for judicial confirmation (Civil Procedure Law 205; Mediation Law 33; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    agreed : date
        Day the mediated agreement took effect.

    Examples
    --------
    >>> confirmation_deadline(date(2025, 3, 3))
    datetime.date(2025, 4, 2)
    """
    return after_days(agreed, _number("mediation", "days"))


def proof_of_claim_window(announced: date) -> tuple[date, date]:
    """Earliest and latest last day for filing claims (Enterprise Bankruptcy Law 45; as of 2025-04-19). Not legal advice.

    Parameters
    ----------
    announced : date
        Day of the court's public notice.

    Returns
    -------
    tuple of date
        The court sets the last day between these two: 30 days to 3 months.

    Examples
    --------
    >>> proof_of_claim_window(date(2025, 3, 3))
    (datetime.date(2025, 4, 2), datetime.date(2025, 6, 3))
    """
    return after_days(announced, _number("proof_of_claim", "least_days")), after_months(announced, _number("proof_of_claim", "most_months"))


def _restarted(start: date, demands: Iterable[date], years: int) -> date:
    end = after_years(start, years)
    for day in sorted(demands):
        if start < day <= end:
            end = after_years(day, years)
    return end


def _number(rule: str, name: str) -> int:
    return rules()[rule].numbers[name]
