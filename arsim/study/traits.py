"""Traits of customers that a ledger shows directly: calendar, terms, payment days, orders, disputes, exposure."""

import numpy as np

from arsim.domain.calendar import KINDS, Calendar
from arsim.domain.ledger import Ledger
from arsim.study.facts import Invoices

AWAY = 0.25  # of the payments usual around them, rest days show fewer
TELLING = 5.0  # payments one would expect on the days in question before their absence says anything


def payment_calendar(ledger: Ledger) -> str:
    """The strictest calendar that the payments keep.

    A calendar is kept if its rest days (those that a laxer one does not have) show a small part of the payments usual in the days around
    them. Where too few payments would be expected on them to tell, the Chinese calendar is taken for a ledger in yuan only.
    """
    paid = ledger.paid[~np.isnat(ledger.paid)]
    if not len(paid):
        return KINDS[0]
    first = paid.min()
    count = np.bincount((paid - first).astype(int)).astype(float)
    china, week = (Calendar(kind, first.item(), len(count)).open for kind in KINDS[:2])
    if _away(count, ~week, np.ones(len(count), bool)) is False:
        return KINDS[2] if _away(count, ~china, china) is False else KINDS[0]
    told = _away(count, week & ~china, week & china)
    return KINDS[0] if (told if told is not None else ledger.currency == "CNY") else KINDS[1]


def _away(count, rest, around):
    """Whether the days `rest` show few of the payments of the days `around` them; None where that cannot be told."""
    window = np.ones(21)
    usual = np.convolve(count * around, window, "same") / np.maximum(np.convolve(around, window, "same"), 1)
    expected = usual[rest].sum()
    return None if expected < TELLING else bool(count[rest].sum() < AWAY * expected)


def calendar_of(kind: str, ledger: Ledger, days: int) -> Calendar:
    """The calendar `kind` from the ledger's first day on."""
    return Calendar(kind, ledger.issued.min().item(), days)


def complete_from(ledger: Ledger) -> np.datetime64:
    """The day from which the file holds every invoice issued, as far as can be seen.

    An open invoice says nothing about it: however old, it is in the file because it is still open. Of the paid ones all but the
    oldest hundredth are taken to lie in the complete part; those may be stragglers of an extract by payment date.
    """
    return np.quantile(ledger.issued[~ledger.open].astype(np.int64), 0.01, method="lower").astype("datetime64[D]")


def unhurried(book: Invoices) -> np.ndarray:
    """Places of the invoices that teach how fast is paid.

    A book without an open invoice shows of the last weeks only what was paid quickly: there those invoices are left out that were issued
    less than the longest usual time to settle before the last payment. In a book with open invoices all teach.
    """
    everything = np.arange(len(book.amount))
    if (book.paid < 0).any():
        return everything
    days = book.paid - book.issued
    early = book.issued <= np.median(book.issued)
    kept = np.flatnonzero(book.issued <= book.paid.max() - np.quantile(days[early], 0.99))
    return kept if len(kept) >= len(everything) / 2 else everything


def terms(book: Invoices, calendar: Calendar, customers: int) -> tuple[np.ndarray, np.ndarray]:
    """Each customer's most frequent terms, counted from the issue or from the month's end, whichever explains more invoices."""
    plain, from_end = book.due - book.issued, book.due - calendar.month_end[book.issued]
    found, month_end = np.zeros(customers, np.int64), np.zeros(customers, bool)
    for who, mine in enumerate(_by_customer(book.customer, customers)):
        (a, a_count), (b, b_count) = (_mode(way[mine]) for way in (plain, from_end))
        month_end[who] = b_count > a_count and b >= 0
        found[who] = b if month_end[who] else a
    return found, month_end


def _mode(values):
    found, counts = np.unique(values, return_counts=True)
    return int(found[counts.argmax()]), int(counts.max())


def _by_customer(customer, customers):
    order = np.argsort(customer, kind="stable")
    return np.split(order, np.cumsum(np.bincount(customer, minlength=customers))[:-1])


def run_days(book: Invoices, first_weekday: int, customers: int) -> np.ndarray:
    """Weekdays on which a customer pays.

    The fewest weekdays that hold all but a twentieth of its payment days, if that is no accident: with the usual shares of these weekdays
    so few payment days beside them (on any as many weekdays) would come less often than one time in a hundred. Else all usual ones.
    """
    from scipy.special import bdtr, comb

    paid = book.paid >= 0
    days = np.unique(book.customer[paid] * 100_000 + book.paid[paid])  # invoices of one run count once
    who, weekday = days // 100_000, (days % 100_000 + first_weekday) % 7
    counts = np.bincount(who * 7 + weekday, minlength=customers * 7).reshape(customers, 7)
    total, regular = counts.sum(1), np.ones(customers, bool)
    for _ in range(2):
        # Customers with few run days would make their own days look usual.
        usual = counts[regular].sum(0) / max(1, counts[regular].sum())
        worked = usual > 0.005
        kept, settled = np.broadcast_to(worked, counts.shape).copy(), np.zeros(customers, bool)
        order = np.argsort(-counts, axis=1, kind="stable")
        for size in range(1, int(worked.sum())):
            chosen = np.zeros(counts.shape, bool)
            np.put_along_axis(chosen, order[:, :size], True, axis=1)
            beside = total - (counts * chosen).sum(1)
            chance = bdtr(beside, total, np.clip(1 - (usual * chosen).sum(1), 0.0, 1.0)) * comb(worked.sum(), size)
            found = ~settled & (total > 0) & (beside <= 0.05 * total) & (chance < 0.01)
            kept[found], settled = chosen[found], settled | found
        regular = ~settled if (~settled).any() else regular
    kept[~kept.any(1)] = True
    return (kept * (1 << np.arange(7))).sum(1)


def orders(book: Invoices, calendar: Calendar, customers: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Orders per working day; mean and spread of ln amount, drawn towards the whole ledger's where a customer has few."""
    counts = np.bincount(book.customer, minlength=customers)
    logs = np.log(book.amount)
    mean, spread = logs.mean(), max(logs.std(), 0.01)
    log_mean = (np.bincount(book.customer, logs, customers) + 3 * mean) / (counts + 3)
    within = np.bincount(book.customer, (logs - log_mean[book.customer]) ** 2, customers)
    pooled = within.sum() / len(logs)
    log_sd = np.sqrt((within + 10 * pooled) / (counts + 10))
    return counts / calendar.open[: book.last + 1].sum(), log_mean, np.maximum(log_sd, 0.01 * spread)


def dispute_rates(book: Invoices, customers: int) -> np.ndarray:
    """Dispute rate per customer, drawn towards the whole ledger's."""
    counts = np.bincount(book.customer, minlength=customers)
    return (np.bincount(book.customer, book.disputed, customers) + 10 * book.disputed.mean()) / (counts + 10)


def peak_exposure(book: Invoices, customers: int) -> np.ndarray:
    """The most each customer ever owed."""
    until = np.where(book.paid >= 0, book.paid, book.last + 1)
    peak = np.zeros(customers, np.int64)
    for who, mine in enumerate(_by_customer(book.customer, customers)):
        moves = np.zeros(book.last + 2, np.int64)
        np.add.at(moves, book.issued[mine], book.amount[mine])
        np.add.at(moves, until[mine], -book.amount[mine])
        peak[who] = np.cumsum(moves).max()
    return peak
