"""What luck deals before any policy acts: orders, disputes, thresholds, insolvencies. Dealt once, met by every policy alike."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.calendar import CUT_OFF, DAY, OFFICE_OPENS, Calendar
from arsim.model import exact
from arsim.model.behaviour import NEVER
from arsim.model.luck import Purpose, address, uniforms
from arsim.model.population import Population

_OPENING = 1 << 24  # ordinals of opening items lie above those of orders, so a longer book re-deals no order
_BLOCK = 64  # orders are dealt in blocks of this many until the horizon is passed


@dataclass(frozen=True, eq=False)
class World:
    """One replication's luck, as columns. Invoices 0 … opening − 1 are the open items; then come the orders in time order.

    Parameters
    ----------
    population : Population
    calendar : Calendar
    seed, replication, days : int
    opening : int
        How many of the invoices are open items.
    customer, amount, disputed : ndarray, shape (invoices,)
    time : ndarray of int
        Minute of the order; negative for open items.
    due : ndarray of int
        Day due, where it is given: for open items, and for a ledger's own invoices; −1 where it follows from the delivery.
    ordinal : ndarray of int
        Which of its customer's orders or open items it is: with the customer, its address in luck.
    threshold : ndarray of float
        Unit-exponential: readiness needed until the invoice is paid.
    pace : ndarray of float
        Payer type × dispute × size: the factor on base readiness.
    patience : ndarray of float
        Unit-exponential: how long, in mean patiences, a held order waits.
    insolvent : ndarray of int, shape (customers,)
        Day from which the customer pays nothing more, `NEVER` if not in the run.
    """

    population: Population
    calendar: Calendar
    seed: int
    replication: int
    days: int
    opening: int
    customer: np.ndarray
    amount: np.ndarray
    disputed: np.ndarray
    time: np.ndarray
    due: np.ndarray
    ordinal: np.ndarray
    threshold: np.ndarray
    pace: np.ndarray
    patience: np.ndarray
    insolvent: np.ndarray


def deal(population: Population, seed: int, replication: int, days: int) -> World:
    """The world of one replication over `days`; a pure function of its arguments."""
    calendar = population.working(days)

    def at(purpose):
        return address(seed, replication, purpose)

    insolvent = _insolvent(population, uniforms(at(Purpose.INSOLVENCY), np.arange(len(population)), 0), days)
    customer, ordinal, time = _orders(population, calendar, days, at, insolvent)
    size = exact.exp(
        population.log_mean[customer]
        + population.log_sd[customer] * exact.normal_quantile(uniforms(at(Purpose.ORDER_SIZE), customer, ordinal))
    )
    amount = np.maximum(100, np.floor(size)).astype(np.int64)
    disputed = uniforms(at(Purpose.DISPUTE), customer, ordinal) < population.dispute_rate[customer]
    return _assemble(
        population, calendar, seed, replication, days, at, insolvent, customer, ordinal, time, np.full(len(time), -1), amount, disputed
    )


def replay(population: Population, seed: int, replication: int, days: int, customer, issue_day, due, amount, disputed) -> World:
    """A world whose orders are given (a ledger's own invoices, in order of issue) and only the customers' luck is dealt."""
    calendar = population.working(days)

    def at(purpose):
        return address(seed, replication, purpose)

    order = np.argsort(customer, kind="stable")
    counts = np.bincount(customer, minlength=len(population))
    ordinal = np.empty(len(customer), np.int64)
    ordinal[order] = np.arange(len(customer)) - np.repeat(np.cumsum(counts) - counts, counts)
    insolvent = np.full(len(population), NEVER)
    time = np.asarray(issue_day, np.int64) * DAY + OFFICE_OPENS
    return _assemble(population, calendar, seed, replication, days, at, insolvent, customer, ordinal, time, due, amount, disputed)


def _insolvent(population, luck, days):
    years = -exact.log(luck) / np.maximum(population.insolvency, 1e-12)
    return np.where(years * 365 < days, np.floor(np.minimum(years, 1e6) * 365), NEVER).astype(np.int64)


def _orders(population, calendar, days, at, insolvent):
    """Poisson streams in working time: customer, ordinal and minute of every order, in time order."""
    working = np.flatnonzero(calendar.open[:days])
    active = np.flatnonzero(population.orders_a_day > 0)
    elapsed, first, found = np.zeros(len(active)), 0, []
    while len(active):
        ordinal = np.arange(first, first + _BLOCK)
        gap = -exact.log(uniforms(at(Purpose.ORDER_GAP), active[:, None], ordinal[None, :])) / population.orders_a_day[active, None]
        gap[:, 0] += elapsed
        moment = np.cumsum(gap, axis=1)
        who, which = np.nonzero(moment < len(working))
        found.append((active[who], ordinal[which], moment[who, which]))
        elapsed, first = moment[:, -1], first + _BLOCK
        more = elapsed < len(working)
        active, elapsed = active[more], elapsed[more]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    customer, ordinal, moment = (np.concatenate(column) for column in zip(*found, strict=True))
    day = np.floor(moment).astype(np.int64)
    minute = np.floor((moment - day) * (CUT_OFF - OFFICE_OPENS)).astype(np.int64)
    time = working[day] * DAY + OFFICE_OPENS + minute
    keep = time < insolvent[customer] * DAY
    customer, ordinal, time = customer[keep], ordinal[keep], time[keep]
    order = np.lexsort((ordinal, customer, time))
    return customer[order], ordinal[order], time[order]


def _assemble(population, calendar, seed, replication, days, at, insolvent, customer, ordinal, time, due, amount, disputed):
    book = population.opening
    items = len(book.customer)
    # An open item's place in its customer's chain of moods: 0, 1, 2 … before the customer's orders.
    rank = np.zeros(items, np.int64)
    seen: dict[int, int] = {}
    for item, who in enumerate(book.customer.tolist()):
        rank[item] = seen.get(who, 0)
        seen[who] = rank[item] + 1
    who = np.concatenate([book.customer, customer])
    step = np.concatenate([rank + _OPENING, ordinal])
    amount = np.concatenate([book.amount, amount])
    disputed = np.concatenate([book.disputed, disputed])
    small = np.where(amount < population.small_amount, population.small_factor, 1.0)
    return World(
        population=population, calendar=calendar, seed=seed, replication=replication, days=days, opening=items,
        customer=who, amount=amount, disputed=disputed,
        time=np.concatenate([book.issue * DAY, time]),
        due=np.concatenate([book.due, due]),
        ordinal=step,
        threshold=_thresholds(population.mood, at, who, step),
        pace=population.payer[who] * np.where(disputed, population.dispute_factor, 1.0) * small,
        patience=-exact.log(uniforms(at(Purpose.PATIENCE), who, step)),
        insolvent=insolvent,
    )  # fmt: skip


def _thresholds(mood, at, customer, step):
    """Unit exponentials whose normal scores are autocorrelated along each customer's invoices: a customer's mood lasts."""
    z = exact.normal_quantile(uniforms(at(Purpose.THRESHOLD), customer, step))
    if mood:
        fresh, last, chained = (1.0 - mood * mood) ** 0.5, {}, z.tolist()
        # Open items have a chain of their own, or one item more in the book would re-deal the orders.
        for number, chain in enumerate(zip(customer.tolist(), (step >= _OPENING).tolist(), strict=True)):
            if chain in last:
                chained[number] = mood * last[chain] + fresh * chained[number]
            last[chain] = chained[number]
        z = np.array(chained)
    return -exact.log(exact.normal_below(z))
