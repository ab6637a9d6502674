"""What luck deals before any policy acts: orders, disputes, thresholds, insolvencies. Dealt once, met by every policy alike."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from arsim.domain.calendar import CUT_OFF, DAY, OFFICE_OPENS, Calendar
from arsim.domain.counting import after_months
from arsim.model import exact
from arsim.model.behaviour import NEVER, Behaviour
from arsim.model.dispute import Disputes, deal_disputes
from arsim.model.fast import numbers, scores, twins
from arsim.model.liquidity import STATES, Liquidity, deal_liquidity
from arsim.model.luck import Purpose, address, uniforms
from arsim.model.population import Population
from arsim.model.ratios import Means, Spreads, Statements, statements
from arsim.model.scenario import BASE, Scenario

QUARTER = 91  # days
RATIOS = ("current", "quick", "debt", "growth")
_OPENING = 1 << 24  # ordinals of opening items lie above those of orders, so a longer book re-deals no order
_BLOCK = 16  # so many orders of each customer are dealt first, then as many again until the horizon is passed
_PLACE = 28  # bits for an order's place among all orders; a minute has the other 35


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
    part, short : ndarray of float
        Luck of paying in two parts, and of paying a little short.
    disputes : Disputes
        Cause, contested share and merits of the disputed ones.
    liquidity : Liquidity
    insolvent : ndarray of int, shape (customers,)
        Day from which the customer pays nothing more, `NEVER` if not in the run.
    scenario : Scenario
    behaviour : Behaviour
        What it was dealt with.
    run_off : int
        How many of the days, the last, bring no orders: what is owed by then is collected, or not.
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
    part: np.ndarray
    short: np.ndarray
    disputes: Disputes
    liquidity: Liquidity
    insolvent: np.ndarray
    scenario: Scenario
    behaviour: Behaviour
    run_off: int = 0

    @cached_property
    def calendar_next(self) -> list[int]:
        """First working day on or after each day."""
        return self.calendar.next_open().tolist()

    def date_of(self, day: int) -> date:
        """The date of a day of the run."""
        return self.population.start + timedelta(day)

    def day_of(self, moment: date) -> int:
        """The day of the run a date is."""
        return (moment - self.population.start).days

    def months_later(self, day: int, months: int) -> int:
        """The last day of a period of `months` that `day` sets off (see `arsim.domain.counting`)."""
        return self.day_of(after_months(self.date_of(day), months))

    @cached_property
    def statements(self) -> Statements:
        """Ratios of every customer at the end of each quarter of `QUARTER` days, arrays of shape (customers, quarters)."""
        quarters = self.days // QUARTER + 1
        state = np.stack([self.liquidity.on(quarter * QUARTER) for quarter in range(quarters)], axis=1)
        at = address(self.seed, self.replication, Purpose.STATEMENT)
        who, which = np.arange(len(state)), np.arange(quarters * len(RATIOS))
        luck = uniforms(at, who[:, None], which[None, :]).reshape(len(state), quarters, len(RATIOS))
        means = [tuple(self.behaviour[f"ratio.{name}_{level}"] for level in STATES) for name in RATIOS]
        spreads = [self.behaviour[f"ratio.{name}_sd"] for name in RATIOS]
        return statements(state, luck, Means(*means), Spreads(*spreads), self.behaviour["ratio.persistent"])

    @cached_property
    def _shown(self) -> list:
        return np.stack(self.statements, axis=2).tolist()

    def statement(self, customer: int, day: int) -> tuple[float, float, float, float]:
        """Current, quick and debt ratio and sales growth as published by `day`: the last quarter's, once it has appeared."""
        quarter = max(0, (day - int(self.behaviour["ratio.lag"])) // QUARTER)
        return tuple(self._shown[customer][quarter])

    @cached_property
    def spells(self) -> list:
        """Per customer, the factor of liquidity (and of the scenario) on readiness over time."""
        return self.liquidity.spells(self.scenario, self.population.industry)


def deal(
    population: Population, seed: int, replication: int, days: int, scenario: Scenario = BASE, behaviour: Behaviour | None = None,
    run_off: int = 0,
) -> World:  # fmt: skip
    """The world of one replication over `days` of orders and `run_off` days without; a pure function of its arguments."""
    ordering, days = days, days + run_off
    behaviour, calendar = behaviour or Behaviour.default(), population.working(days)

    def at(purpose):
        return address(seed, replication, purpose)

    liquidity = deal_liquidity(
        behaviour, scenario, population.grade, population.insolvency, population.industry, seed, replication, calendar.days
    )  # as far as due dates reach: a longer run must not begin differently
    insolvent = np.where((fails := liquidity.insolvent_day()) < days, fails, NEVER)
    customer, ordinal, time = _orders(population, calendar, ordering, at, insolvent)
    if scenario.orders < 1.0:
        day, hit = time // DAY, scenario.touches(population.industry)[customer]
        away = hit & (scenario.from_day <= day) & (day < scenario.until_day)
        stays = ~away | (numbers(at(Purpose.DEMAND), customer, ordinal) < scenario.orders)
        customer, ordinal, time = customer[stays], ordinal[stays], time[stays]
    amount, disputed = _sizes(population, at, customer, ordinal)
    return _assemble(
        population, calendar, seed, replication, days, at, liquidity, insolvent, scenario, behaviour,
        customer, ordinal, time, np.full(len(time), -1), amount, disputed, run_off,
    )  # fmt: skip


def replay(
    population: Population, seed: int, replication: int, days: int, customer, issue_day, due, amount, disputed,
    behaviour: Behaviour | None = None,
) -> World:  # fmt: skip
    """A world whose orders are given (a ledger's own invoices, in order of issue) and only the customers' luck is dealt."""
    behaviour, calendar = behaviour or Behaviour.default(), population.working(days)

    def at(purpose):
        return address(seed, replication, purpose)

    order = np.argsort(customer, kind="stable")
    counts = np.bincount(customer, minlength=len(population))
    ordinal = np.empty(len(customer), np.int64)
    ordinal[order] = np.arange(len(customer)) - np.repeat(np.cumsum(counts) - counts, counts)
    alive = np.zeros(len(population))
    liquidity = deal_liquidity(behaviour, BASE, population.grade, alive, population.industry, seed, replication, calendar.days)
    insolvent = np.full(len(population), NEVER)
    time = np.asarray(issue_day, np.int64) * DAY + OFFICE_OPENS
    return _assemble(
        population, calendar, seed, replication, days, at, liquidity, insolvent, BASE, behaviour,
        customer, ordinal, time, due, amount, disputed,
    )  # fmt: skip


def _orders(population, calendar, days, at, insolvent):
    """Poisson streams in working time: customer, ordinal and minute of every order, in time order."""
    working, rate = np.flatnonzero(calendar.open[:days]), population.orders_a_day
    if kernels := twins():
        counts, key = kernels.arrivals(at(Purpose.ORDER_GAP), rate, working, insolvent, _PLACE)
    else:
        counts, key = _arrivals(at(Purpose.ORDER_GAP), rate, working, insolvent)
    # Place among all orders, customer by customer, below the minute: one sort of plain numbers puts all in order.
    key.sort()
    place = key & ((1 << _PLACE) - 1)
    customer = np.repeat(np.arange(len(counts)), counts)[place]
    return customer, place - (np.cumsum(counts) - counts)[customer], key >> _PLACE


def _arrivals(at, rate, working, insolvent):
    """Orders of each customer, and ``minute << _PLACE | place`` of every order, place counting them customer by customer."""
    active = np.flatnonzero(rate > 0)
    elapsed, first, block, found = np.zeros(len(active)), 0, _BLOCK, []
    while len(active):
        ordinal = np.arange(first, first + block)
        gap = -exact.log(uniforms(at, active[:, None], ordinal[None, :])) / rate[active, None]
        gap[:, 0] += elapsed
        moment = np.cumsum(gap, axis=1)
        who, which = np.nonzero(moment < len(working))
        found.append((active[who], ordinal[which], moment[who, which]))
        elapsed, first = moment[:, -1], first + block
        block = first  # few customers order often
        more = elapsed < len(working)
        active, elapsed = active[more], elapsed[more]
    if not found:
        return np.zeros(len(rate), np.int64), np.zeros(0, np.int64)
    customer, ordinal, moment = (np.concatenate(column) for column in zip(*found, strict=True))
    day = moment.astype(np.int64)
    minute = ((moment - day) * (CUT_OFF - OFFICE_OPENS)).astype(np.int64)
    time = working[day] * DAY + OFFICE_OPENS + minute
    keep = time < insolvent[customer] * DAY
    customer, ordinal, time = customer[keep], ordinal[keep], time[keep]
    counts = np.bincount(customer, minlength=len(rate))
    return counts, time << _PLACE | (np.cumsum(counts) - counts)[customer] + ordinal


def _sizes(population, at, customer, ordinal):
    """Amount of each order, and whether it will be disputed."""
    log_mean, log_sd, rate = population.log_mean, population.log_sd, population.dispute_rate
    size = exact.exp(log_mean[customer] + log_sd[customer] * scores(at(Purpose.ORDER_SIZE), customer, ordinal))
    return np.maximum(100, np.floor(size)).astype(np.int64), numbers(at(Purpose.DISPUTE), customer, ordinal) < rate[customer]


def _assemble(
    population, calendar, seed, replication, days, at, liquidity, insolvent, scenario, behaviour,
    customer, ordinal, time, due, amount, disputed, run_off=0,
):  # fmt: skip
    book = population.opening
    items = len(book.customer)
    who = np.concatenate([book.customer, customer])
    step = np.concatenate([book.rank + _OPENING, ordinal])
    amount = np.concatenate([book.amount, amount])
    disputed = np.concatenate([book.disputed, disputed])
    small = np.where(amount < population.small_amount, population.small_factor, 1.0)
    return World(
        population=population, calendar=calendar, seed=seed, replication=replication, days=days, opening=items,
        customer=who, amount=amount, disputed=disputed,
        time=np.concatenate([book.issue * DAY, time]),
        due=np.concatenate([book.due, due]),
        ordinal=step,
        threshold=_thresholds(population.mood, at, who, step, len(population)),
        pace=population.payer[who] * np.where(disputed, population.dispute_factor, 1.0) * small,
        patience=-exact.log(numbers(at(Purpose.PATIENCE), who, step)),
        part=numbers(at(Purpose.PART), who, step),
        short=numbers(at(Purpose.SHORT), who, step),
        disputes=deal_disputes(behaviour, seed, replication, disputed, who, step),
        liquidity=liquidity,
        insolvent=insolvent,
        scenario=scenario,
        behaviour=behaviour,
        run_off=run_off,
    )  # fmt: skip


def _thresholds(mood, at, customer, step, customers):
    """Unit exponentials whose normal scores are autocorrelated along each customer's invoices: a customer's mood lasts."""
    at, opening = at(Purpose.THRESHOLD), step >= _OPENING  # open items have a chain of their own, or one more would re-deal the orders
    if kernels := twins():
        return -exact.log(exact.normal_below(kernels.scores(at, customer, step, mood, opening.sum(), customers)))
    z = scores(at, customer, step)
    if mood:
        fresh, last, chained = (1.0 - mood * mood) ** 0.5, [None] * (2 * customers), z.tolist()
        for number, chain in enumerate((customer + customers * opening).tolist()):
            before = last[chain]
            if before is not None:
                chained[number] = mood * before + fresh * chained[number]
            last[chain] = chained[number]
        z = np.array(chained)
    return -exact.log(exact.normal_below(z))
