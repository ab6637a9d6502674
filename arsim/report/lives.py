"""Invoices and customers under two policies side by side: totals, biggest movers, two lives and where they part."""

import html
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from arsim.report import words
from arsim.report.columns import aligned
from arsim.report.events import by_day, lost, money, phrases
from arsim.report.figures import number
from arsim.report.firm import Firm
from arsim.study.fate import Fate, fate
from arsim.study.lives import Lives
from arsim.study.moved import COLUMNS

PARTS, DIFFERS, SAME = "▶", "≠", "="
MANY = 6  # phrases of a day that are told; of a large customer there may be dozens
DAYS = 30  # days of a life shown in a terminal
DAY = 0.5  # days by which a payment must have moved to be called earlier or later


def titles(both: Lives) -> tuple[str, str]:
    """What the two policies are called."""
    return tuple(policy.called(words.language()) for policy in both.policies)


def label(column: str) -> str:
    """What one of the `COLUMNS` is called."""
    say = words.say
    return {
        "cash": say("Cash collected"), "delivered": say("Delivered, on credit or prepaid"), "gone": say("Orders lost or gone elsewhere"),
        "written_off": say("Written off"), "reduced": say("Discounts, credit notes, small rests"), "open": say("Open on the last day"),
        "waiting": say("Outstanding, amount × days"), "late": say("Overdue, amount × days"),
        "cost": say("Contacts, law, tools, reviews (salaries apart)"),
    }[column]  # fmt: skip


def total_rows(both: Lives, currency: str = "CNY") -> list[list[str]]:
    """A head, then each figure under both policies and the difference, all customers and the firm's own together."""
    say = words.say
    made = [[say("In the counted days, {unit}", unit=_unit(currency)), *titles(both), say("difference")]]
    customers, firm = both.customers, both.firm
    for column in COLUMNS:
        a, b = (int(customers.sides[column][at].sum()) + (int(firm["cost"][at]) if column == "cost" else 0) for at in (0, 1))
        made.append([label(column), money(a), money(b), money(b - a, sign=True)])
    a, b = customers.value.sum(axis=1) + firm["value"]
    return [*made, [say("Net value"), money(a), money(b), money(b - a, sign=True)]]


def same(both: Lives) -> str:
    """How many lives do not differ, and that what moved adds up."""
    quiet, all_of = int(both.identical.sum()), len(both.people)
    goes = both.invoices.part_day >= 0
    return words.say(
        "{same} of {all} customers live the same life under both, to the fen and the day. Invoices and orders that part: {moved} of "
        "{count}.",
        same=quiet, all=all_of, moved=int(goes.sum()), count=len(goes),
    )  # fmt: skip


def customer_rows(both: Lives, top: int = 20) -> list[list[str]]:
    """A head, and the customers that moved most, second policy less first."""
    say, moved, points = words.say, both.customers, both.goodwill
    made = [[say("Customer"), say("net value"), say("cash"), say("delivered"), say("written off"), say("overdue, amount × days"),
             say("goodwill, points"), say("first parts on")]]  # fmt: skip
    for who in moved.order(top).tolist():
        made.append([
            both.people.ids[who], money(moved.worth[who], sign=True),
            *(money(moved.difference(column)[who], sign=True) for column in ("cash", "delivered", "written_off", "late")),
            number(points[1][who] - points[0][who], 1, sign=True), date(both, moved.part_day[who]),
        ])  # fmt: skip
    return made


def goodwill_rows(both: Lives, top: int = 5) -> list[list[str]]:
    """A head, and the customers whose goodwill moved most."""
    points = both.goodwill
    apart = points[1] - points[0]
    order = np.argsort(-np.abs(apart), kind="stable")[:top]
    head = [words.say("Customer"), *titles(both), words.say("goodwill, points")]
    return [head, *([both.people.ids[at], *(number(side[at], 1) for side in points), number(apart[at], 1, sign=True)]
                    for at in order.tolist() if apart[at])]  # fmt: skip


def invoice_rows(both: Lives, top: int = 20, customer: int | None = None) -> list[list[str]]:
    """A head, and the invoices and orders that moved most; of one customer only, if asked for."""
    say, moved = words.say, both.invoices
    made = [[say("Invoice"), say("Customer"), say("amount"), say("net value"), say("what moved"), say("first parts on")]]
    order = moved.order(len(moved.worth) if customer is not None else top)
    if customer is not None:
        order = order[both.world.customer[order] == customer][:top]
    for which in order.tolist():
        made.append([both.name(which), both.people.ids[both.world.customer[which]], money(int(both.world.amount[which])),
                     money(moved.worth[which], sign=True), what_moved(both, which), date(both, moved.part_day[which])])  # fmt: skip
    return made


def what_moved(both: Lives, invoice: int) -> str:
    """In few words: sold or not, paid or lost, earlier or later."""
    say, (a, b) = words.say, (fate(both, at, invoice) for at in (0, 1))
    first, second = titles(both)
    if bool(a.sold) != bool(b.sold):
        seller, other, at = (second, a, first) if b.sold else (first, b, second)
        return say("sold on credit only under {policy}; {other}: {fate}", policy=seller, other=at, fate=told(other))
    if not a.sold:
        return say("{first}: {one}; {second}: {two}", first=first, one=told(a), second=second, two=told(b))
    gone = [one.lost + one.left for one in (a, b)]
    if gone[0] != gone[1]:
        return say("never paid: {one} under {first}, {two} under {second}", first=first, one=money(gone[0]), second=second,
                   two=money(gone[1]))  # fmt: skip
    if a.reduced != b.reduced:
        return say("taken off: {one} under {first}, {two} under {second}", first=first, one=money(a.reduced), second=second,
                   two=money(b.reduced))  # fmt: skip
    if a.paid and b.paid and abs(b.paid_day - a.paid_day) >= DAY:
        days = number(abs(b.paid_day - a.paid_day), 0)
        return say("paid later, by days: {days}", days=days) if b.paid_day > a.paid_day else say("paid earlier, by days: {days}", days=days)
    if a.due_day != b.due_day:
        return say("other terms, paid on the same day")
    return say("paid on the same day; steps on the way differ")


def told(one: Fate) -> str:
    """What became of it under one policy."""
    say = words.say
    if one.sold:
        return say("sold on credit")
    if one.prepaid:
        return say("delivered against cash in advance")
    if one.walked:
        return say("an order goes to somebody else")
    return say("order lost ({reason})", reason=lost(one.why)) if one.why is not None else say("still waiting")


def parting(both: Lives, invoice: int | None = None, customer: int | None = None) -> str:
    """Where two lives part, in a sentence; or that they do not."""
    found = both.parted(invoice, customer)
    if found is None:
        return words.say("The two lives are identical: nothing happens to it under the one that does not under the other, on the same day.")
    start, nothing = both.people.start, words.say("nothing")
    sides = [_some(phrases(rows, start)) or nothing for rows in found.only]
    first, second = titles(both)
    line = words.say("They part on {date} (day {day}). {first}: {one}. {second}: {two}.", date=date(both, found.day), day=found.day,
                     first=first, one=sides[0], second=second, two=sides[1])  # fmt: skip
    if invoice is None:
        return line
    owner = int(both.world.customer[invoice])
    before = both.customers.part_day[owner]
    if 0 <= before < found.day:
        gap = words.gap()
        line += gap + words.say("Its customer's account had parted before, on {date}: what follows may come from there.",
                                date=date(both, int(before)))  # fmt: skip
    return line


def life_rows(both: Lives, invoice: int | None = None, customer: int | None = None) -> list[list[str]]:
    """A head, then a row for each day on which anything happened: a mark, the date, and what happened under each policy."""
    moved, which = (both.invoices, invoice) if invoice is not None else (both.customers, customer)
    start, ends, after = both.people.start, int(moved.part_day[which]), both.journals[0].days
    sides = [by_day(both.life(at, invoice, customer)) for at in (0, 1)]
    made = [["", words.say("date"), *titles(both)]]
    for day in sorted(set(sides[0]) | set(sides[1])):
        one, two = (sorted(phrases(side[day], start)) if day in side else [] for side in sides)
        mark = PARTS if day == ends else SAME if one == two else DIFFERS
        when = date(both, day) + (" " + words.say("(after the year)") if day >= after else "")
        made.append([mark, when, _some(one) or "–", _some(two) or "–"])
    return made


def legend() -> str:
    """What the marks say."""
    return words.say("{parts} here they part; {differs} differs; {same} the same under both.", parts=PARTS, differs=DIFFERS, same=SAME)


def heading(both: Lives, invoice: int | None = None, customer: int | None = None) -> str:
    """Whose lives these are."""
    if invoice is None:
        return words.say("Customer {name}", name=both.people.ids[customer])
    return words.say("Invoice {name} of customer {customer}: {amount}", name=both.name(invoice),
                     amount=money(int(both.world.amount[invoice])),
                     customer=both.people.ids[both.world.customer[invoice]])  # fmt: skip


def side_text(both: Lives, invoice: int | None = None, customer: int | None = None, days: int = DAYS) -> str:
    """Two lives for a terminal: the sentence, then the days from the parting on, at most so many."""
    rows = life_rows(both, invoice, customer)
    told_of = [row for row in rows[1:] if invoice is not None or row[0] != SAME]  # of a customer, days alike would bury the others
    days_ = told_of[:days]
    lines = [heading(both, invoice, customer), parting(both, invoice, customer), ""]
    for mark, when, one, two in days_:
        lines += [f"{mark} {when}", *([f"    {one}"] if mark == SAME else [f"    A  {one}", f"    B  {two}"])]
    if left := len(rows) - 1 - len(days_):
        lines.append(words.say("… {count} more days; --out FOLDER writes them all.", count=left))
    return "\n".join([*lines, "", legend()])


def shown(rows: list[list[str]], right: Sequence[int]) -> str:
    """Rows for a terminal; the columns `right` flush right."""
    return "\n".join(aligned(rows, right))


def text(both: Lives, firm: Firm, top: int = 20) -> str:
    """Totals and biggest movers for a terminal."""
    say = words.say
    pages = [
        say("A: {first}. B: {second}. Differences are B less A, replication {number}.", first=titles(both)[0], second=titles(both)[1],
            number=both.world.replication),
        shown(total_rows(both, firm.currency), (1, 2, 3)), same(both),
        say("Customers that moved most (net value, {unit}):", unit=_unit(firm.currency)), shown(customer_rows(both, top), range(1, 7)),
        say("Goodwill that moved most:"), shown(goodwill_rows(both), (1, 2, 3)),
        say("Invoices and orders that moved most:"), shown(invoice_rows(both, top), (2, 3)),
    ]  # fmt: skip
    return "\n\n".join(pages)


def as_html(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Rows, the first of them a head, as a table; the row of the parting is bold and framed."""

    def line(row: Sequence[str], tag: str) -> str:
        bold = "font-weight:600;outline:1.5px solid currentColor;" if row[0] == PARTS else ""
        cells = "".join(
            f'<{tag} style="text-align:{"right" if at in right else "left"};padding:2px 8px 2px 0;vertical-align:top;'
            f'white-space:normal;min-width:1em">{html.escape(cell)}</{tag}>' for at, cell in enumerate(row)
        )  # fmt: skip
        return f'<tr style="{bold}">{cells}</tr>'

    head, *body = rows
    inside = "".join(line(row, "td") for row in body)
    return ('<div style="overflow-x:auto"><table class="arsim-lives" style="border-collapse:collapse;font-size:13px">'
            f"<thead>{line(head, 'th')}</thead><tbody>{inside}</tbody></table></div>")  # fmt: skip


def _some(told_: list[str]) -> str:
    kept = told_[:MANY]
    more = [words.say("and {count} more", count=len(told_) - MANY)] if len(told_) > MANY else []
    return ("；" if words.language() == "zh" else "; ").join([*kept, *more])


def date(both: Lives, day: int) -> str:
    """A day of the run as a date; a dash for −1."""
    return "–" if day < 0 else (both.people.start + timedelta(int(day))).isoformat()


def _unit(currency: str) -> str:
    return words.say("CNY") if currency == "CNY" else currency
