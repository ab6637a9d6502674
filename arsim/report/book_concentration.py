"""Where a book's money lies, as tables: the largest customers, and groups of customers side by side."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.report import words
from arsim.report.calc.answer import percent
from arsim.report.figures import figure, money_scale, number
from arsim.study.concentration import Part, balances, effective_number
from arsim.study.kpi import ratio


def groups(found: Sequence[Part], currency: str = "CNY") -> list[list[str]]:
    """Groups of customers as rows, with a head."""
    say, total = words.say, sum(part.open for part in found)
    scale = money_scale(float(total), currency)
    head = [
        say("group"), say("number of customers"), say("open ({unit})", unit=scale.name), say("of the book"), say("overdue"),
        say("over 90 days"), say("not paid on time"), say("days from due date to payment"),
    ]  # fmt: skip
    rows = [
        [part.name, f"{part.customers:,}", number(part.open / scale.fen, 0), percent(ratio(part.open, total), 1),
         percent(ratio(part.overdue, part.open), 1), percent(ratio(part.over_90, part.open), 1), percent(part.late, 1),
         figure(part.days_late, "days", scale)]
        for part in found
    ]  # fmt: skip
    return [head, *rows]


def largest(ledger: Ledger, day: date | None = None, tops: Sequence[int] = (1, 5, 10, 20, 50)) -> list[list[str]]:
    """What share of the open balance the largest customers hold, and how many equal ones the book is worth."""
    say, held = words.say, np.array(list(balances(ledger, day).values()), float)
    rows = [[say("largest customers"), say("of the open balance")]]
    rows += [[say("top {count}", count=top), percent(ratio(held[:top].sum(), held.sum()), 1)] for top in tops if top <= len(held)]
    rows.append([say("all {count}", count=len(held)), percent(ratio(held.sum(), held.sum()), 1)])
    return [*rows, [say("as concentrated as so many customers of equal size"), number(effective_number(held), 0)]]
