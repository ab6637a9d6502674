"""From what a call with a made-up debtor has left to a call in the books of a real-sized portfolio."""

from datetime import date, timedelta

from arsim.model import conduct
from arsim.study.called import VALUE, Account
from arsim.workbook.roleplay.call import Call
from arsim.workbook.roleplay.outcome import ENDS, HIGH, LOW, CallOutcome, assumed, outcome

PROMISED = ("full", "part", "plan")  # a friendly word names no day: nothing goes into the books


def linked(found: CallOutcome, owed: int, turns: int, on: date, to: Account, end: str = VALUE) -> conduct.Call:
    """The call as the portfolio model takes it.

    Parameters
    ----------
    found : CallOutcome
        What the call left, judged for the day `on` and at the same `end` of the ranges.
    owed : int
        Fen the made-up debtor owed; sums are scaled from it to what the account is overdue with.
    turns : int
        How long the call was.
    on : date
        The account's day.
    to : Account
    end : {"value", "low", "high"}
        Of the ranges of `arsim.workbook.roleplay.outcome.assumed`; low is the worse for us.

    Returns
    -------
    arsim.model.conduct.Call
    """
    worse = {LOW: HIGH, HIGH: LOW}.get(end, VALUE)
    scaled = lambda fen: min(to.overdue, round(fen / owed * to.overdue))  # noqa: E731
    promised = scaled(found.promised) if found.kind in PROMISED else 0
    return conduct.Call(
        day=to.day,
        customer=to.customer,
        promised=promised,
        due=to.day + (found.due - on).days if promised and found.due else None,
        kept=found.kept if promised else 0.0,
        goodwill=found.goodwill,
        provable=found.restarts,
        instalments=round(getattr(assumed()["plan_months"], worse)) if promised and found.kind == "plan" else 0,
        disputed=scaled(found.disputed),
        handed_on=found.kind == "route",
        minutes=round(turns * assumed()["turn_minutes"].value),
    )


def made(call: Call, start: date):
    """For `arsim.study.called.played`: from an account to the call in the books, at the value and at both ends of the ranges."""

    def at(to: Account) -> dict[str, conduct.Call]:
        on = start + timedelta(to.day)
        return {end: linked(outcome(call, on, end), call.who.fen, len(call.turns) - 1, on, to, end) for end in ENDS}

    return at
