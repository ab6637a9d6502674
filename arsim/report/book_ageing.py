"""The ageing of a ledger as a table, counted from the due date or from the invoice date."""

from datetime import date

from arsim.domain.ledger import Ledger
from arsim.report import words
from arsim.report.calc.answer import percent
from arsim.report.figures import money_scale, number
from arsim.study.kpi import ratio
from arsim.study.overdue_shares import ages

ISSUE_EDGES = (30, 60, 90, 180)  # counted from the invoice date nothing is younger than its first day


def ageing(ledger: Ledger, day: date | None = None, since: str = "due") -> list[list[str]]:
    """The open balance by age, a head first and the total last.

    Parameters
    ----------
    ledger : Ledger
    day : date, optional
        The end of this day; the ledger's last if none is given.
    since : {"due", "issue"}
        What the age is counted from. The head says so: a table that does not is worth nothing.
    """
    say = words.say
    edges, names = _ages(since)
    fen, counts = ages(ledger, day, since, edges)
    total = int(fen.sum())
    scale = money_scale(float(total), ledger.currency)
    counted = say("days past due") if since == "due" else say("days since the invoice")
    rows = [[counted, say("invoices"), say("balance ({unit})", unit=scale.name), say("share")]]
    for name, held, count in zip([*names, say("total")], [*fen.tolist(), total], [*counts.tolist(), int(counts.sum())], strict=True):
        rows.append([name, f"{count:,}", number(held / scale.fen, 0), percent(ratio(held, total), 1)])
    return rows


def _ages(since: str) -> tuple[tuple[int, ...], list[str]]:
    say = words.say
    if since == "due":
        between = [say("{bucket} days", bucket=bucket) for bucket in ("1–30", "31–60", "61–90")]
        return (0, 30, 60, 90), [say("not due"), *between, say("over 90 days")]
    between = [say("{bucket} days", bucket=bucket) for bucket in ("31–60", "61–90", "91–180")]
    return ISSUE_EDGES, [say("up to {day} days", day=30), *between, say("over {day} days", day=180)]
