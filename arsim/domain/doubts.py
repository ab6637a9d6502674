"""What a ledger looks like as a whole, where that limits what may be concluded from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import Problem

FEW = 100  # invoices
STILL = 21  # days without any payment, while invoices went on
OLD = 365  # days open
LONELY = 400  # days from the nearest other invoice
WEEKEND = 0.2  # share of payments on Saturday and Sunday; evenly spread it is 2/7
SAMPLE = 0.5  # of the numbers between the first and the last


@dataclass(frozen=True)
class Doubt:
    """Something odd about the whole, and its effect on what may be concluded (an English template, as in `Problem`)."""

    problem: Problem
    effect: Problem


def doubts(ledger: Ledger) -> tuple[Doubt, ...]:
    """All doubts about `ledger`, the gravest first; none about an empty one."""
    return tuple(_all(ledger)) if len(ledger) else ()


def _all(ledger: Ledger) -> Iterator[Doubt]:
    yield from _ends(ledger)
    yield from _number_gaps(ledger)
    yield from _weekdays(ledger)
    yield from _lonely(ledger)
    if len(ledger) < FEW:
        yield Doubt(
            Problem("The ledger has only {count} invoices.", values={"count": len(ledger)}),
            Problem("Every estimate from it is wide; differences between customers can hardly be told from chance."),
        )


def _ends(ledger: Ledger) -> Iterator[Doubt]:
    """How the file was cut off: only open, only closed, payments that stop, old debts gone."""
    paid, open_ = ledger.paid[~ledger.open], ledger.open
    if not len(paid):
        yield Doubt(
            Problem("No invoice in the file has been paid: these are open items only."),
            Problem("How customers pay cannot be estimated; add the closed items of at least six months, in this file or a second one."),
        )
        return
    last_paid, last_issued = paid.max(), ledger.issued.max()
    if not open_.any():
        wait = np.sort((paid - ledger.issued).astype(np.int64))
        long = int(wait[min(int(np.ceil(0.95 * len(wait))), len(wait)) - 1])
        values = {"last": str(last_paid.item()), "whole": str(last_paid.item() - timedelta(long)), "days": long}
        if _year_end(last_paid.item()):
            found = Problem(
                "There is no open invoice, and the last payment is of {last}: only what was paid by the year's end is here.", values=values
            )
        else:
            found = Problem("There is no open invoice: only closed items were exported, the last paid on {last}.", values=values)
        yield Doubt(
            found,
            Problem(
                "Invoices issued after {whole} are here only if they were paid fast, so lateness looks smaller than it is towards the "
                "end: 19 of 20 invoices take up to {days} days.",
                values=values,
            ),
        )
        yield Doubt(
            Problem("Every invoice in the file was paid in the end: those never paid are missing (survivor bias)."),
            Problem(
                "Losses, write-offs and the longest delays cannot be estimated; take them from elsewhere, and read collection rates as a "
                "best case."
            ),
        )
        return
    if (last_issued - last_paid).astype(int) > STILL:
        yield Doubt(
            Problem(
                "Nothing is paid after {paid}, though invoices were issued until {issued}.",
                values={"paid": str(last_paid.item()), "issued": str(last_issued.item())},
            ),
            Problem(
                "The payments end earlier than the invoices: customers seem to have stopped paying. Use the ledger as of the earlier day."
            ),
        )
    age = (np.datetime64(ledger.as_of) - ledger.due[open_]).astype(int)
    span = (np.datetime64(ledger.as_of) - ledger.issued.min()).astype(int)
    late = (paid - ledger.due[~open_]).astype(int)
    if span > OLD and len(age) >= 20 and age.max() < 60 <= np.quantile(late, 0.99):
        yield Doubt(
            Problem(
                "No open invoice is more than {age} days overdue, though some were paid later than that.", values={"age": int(age.max())}
            ),
            Problem("Old debts were perhaps written off or left out of the export, so losses look smaller than they are (survivor bias)."),
        )


def _year_end(day: date) -> bool:
    return (day.month, day.day) == (12, 31) or (day.month == 12 and day.day >= 28)


def _number_gaps(ledger: Ledger) -> Iterator[Doubt]:
    """Invoices numbered through, of which most are missing."""
    if len(ledger) < 2 * FEW:
        return
    digits = [number[len(number.rstrip("0123456789")) :] for number in ledger.invoice]
    heads = {number.rstrip("0123456789") for number in ledger.invoice}
    if len(heads) > 1 or not all(digits) or max(map(len, digits)) > 15:
        return
    values = np.sort(np.array(digits, dtype=np.int64))
    low, high = np.quantile(values, (0.05, 0.95), method="nearest")
    inside = int(((values >= low) & (values <= high)).sum())
    share = inside / (high - low + 1)
    rising = np.corrcoef(np.argsort(np.argsort(np.array(digits, dtype=np.int64))), ledger.issued.astype(np.int64))[0, 1]
    if share < SAMPLE and rising > 0.9:
        yield Doubt(
            Problem(
                "Invoice numbers rise with the dates, but only {share:.0%} of the numbers between them are here: this looks like a sample.",
                values={"share": float(share)},
            ),
            Problem(
                "Shares and delays can be estimated; balances, weekly cash and each customer's volume are too small by an unknown factor."
            ),
        )


def _weekdays(ledger: Ledger) -> Iterator[Doubt]:
    paid = ledger.paid[~ledger.open].astype(np.int64)
    if len(paid) < FEW:
        return
    share = float(np.isin((paid + 3) % 7, (5, 6)).mean())  # 1970-01-01 was a Thursday
    if share > WEEKEND:
        yield Doubt(
            Problem(
                "{share:.0%} of the payments fall on Saturday or Sunday, when banks do not book business payments.", values={"share": share}
            ),
            Problem("The file looks synthetic, or its paid dates are not days of payment: do not read weekdays or payment runs from it."),
        )


def _lonely(ledger: Ledger) -> Iterator[Doubt]:
    """Issue dates far from all others: a wrong year, most often."""
    days = np.unique(ledger.issued)
    if len(days) < 10:
        return
    gaps = np.flatnonzero(np.diff(days).astype(int) > LONELY)
    counts = np.searchsorted(ledger.issued, days)
    alone = []
    for gap in gaps.tolist():
        before = int(counts[gap + 1])
        alone += [days[gap]] if before <= 0.02 * len(ledger) else [days[gap + 1]] if len(ledger) - before <= 0.02 * len(ledger) else []
    if alone:
        yield Doubt(
            Problem("Issue dates such as {day} lie more than a year away from all others.", values={"day": str(alone[0].item())}),
            Problem("A wrong year, perhaps: it stretches the time the ledger covers, and every rate per month with it."),
        )
