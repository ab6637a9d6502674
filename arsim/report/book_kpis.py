"""The sheet of figures a meeting on receivables looks at, period beside period; and one book's many overdue shares."""

from collections.abc import Sequence
from datetime import date, timedelta

from arsim.domain.ledger import Ledger
from arsim.report import words
from arsim.report.calc.answer import percent
from arsim.report.figures import figure, money_scale
from arsim.study.ledger_figures import figures
from arsim.study.overdue_shares import overdue_shares


def sheet(ledger: Ledger, *until: date, days: int = 90) -> list[list[str]]:
    """Figures of the `days` days up to each of the days `until` (the ledger's last if none is given), a column each."""
    say = words.say
    found = [figures(ledger, day, days) for day in until or [ledger.as_of]]
    scale = money_scale(max(one.end for one in found), ledger.currency)
    rows = [[say("{days} days up to", days=days), *(one.day.isoformat() for one in found)]]
    for name, unit, of in (
        (say("Credit sales of the period ({unit})", unit=scale.name), "fen", "sales"),
        (say("Receivables at the end ({unit})", unit=scale.name), "fen", "end"),
        (say("overdue of these ({unit})", unit=scale.name), "fen", "overdue"),
        (say("more than 90 days past due ({unit})", unit=scale.name), "fen", "over_90"),
        (say("Overdue share of the balance, %"), "share", "overdue_share"),
        (say("DSO, balance method, days"), "days", "dso"),
        (say("DSO, countback, days"), "days", "countback"),
        (say("BPDSO: if nothing were overdue, days"), "days", "bpdso"),
        (say("ADD: DSO less BPDSO, days"), "days", "add"),
        (say("CEI with all sales of the period, %"), "%", "cei"),
        (say("CEI with one month's sales, %"), "%", "cei_month"),
        (say("Mean days to pay of what was paid, days"), "days", "days_to_pay"),
        (say("Not paid on time, of what fell due, %"), "share", "late"),
        (say("Recovery rate: paid in the period, of what was overdue before it, %"), "share", "recovered"),
    ):
        rows.append([name, *(figure(getattr(one, of), unit, scale) for one in found)])
    return rows


def quarter_before(day: date) -> date:
    """The day to set beside `day`: of a month end the month end three months before, else the same weekday thirteen weeks before.

    Due dates crowd at month ends, so a month end compared with the second of a month compares calendars.

    >>> quarter_before(date(2024, 12, 31)).isoformat(), quarter_before(date(2024, 12, 30)).isoformat()
    ('2024-09-30', '2024-09-30')
    """
    if (day + timedelta(1)).day > 1:
        return day - timedelta(91)
    month = 12 * day.year + day.month - 3  # counted from 0: the month after the one wanted
    return date(month // 12, month % 12 + 1, 1) - timedelta(1)


_COUNTED = {
    "amount": "Amount past due, of the open amount",
    "invoices": "Invoices past due, of the open invoices",
    "customers": "Customers with anything past due, of those who owe",
    "past_30": "Amount more than 30 days past due, of the open amount",
    "past_90": "Amount more than 90 days past due, of the open amount",
    "issued_30": "Amount older than 30 days since the invoice, of the open amount",
    "issued_60": "Amount older than 60 days since the invoice, of the open amount",
    "late": "Amount not paid on time, of all that fell due in the year",
    "before": "Amount past due, of the open amount, 30 days earlier",
}


def overdue(ledger: Ledger, day: date | None = None, only: Sequence[str] = tuple(_COUNTED)) -> list[list[str]]:
    """What one book may call its overdue share, by what is counted; smallest first."""
    say, found = words.say, overdue_shares(ledger, day)
    rows = [[say(_COUNTED[key]), percent(found[key], 1)] for key in sorted(only, key=lambda key: found[key])]
    return [[say("What is counted, over what"), say("“overdue”")], *rows]
