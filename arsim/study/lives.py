"""Every invoice and every customer twice, under two policies with the same luck: what moved, by how much, and where they part.

What moved adds up: over all invoices, customers and what belongs to neither, each column of `Moved` is the difference of the comparison's
outcome in that replication. Fen are whole and agree to the fen; net value is discounted and agrees but for rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np

from arsim.domain.policies import read_policy, told_apart
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import AUTO
from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.model.behaviour import Behaviour
from arsim.model.population import Population
from arsim.model.scenario import BASE, Scenario, read_scenario
from arsim.model.world import World
from arsim.study.company import Company
from arsim.study.compare import check, dealt, play, prices
from arsim.study.moved import COLUMNS, CUSTOMER, INVOICE, Moved, sum_up, values
from arsim.study.window import COSTS, PERIOD, Window, window

_UNTOLD = (Kind.LIQUIDITY, Kind.GOODWILL, Kind.COST)  # hidden, or no event of a day


@dataclass(frozen=True, eq=False)
class Parting:
    """The first event where two lives differ: on `day`, the journal's lines that only the one or only the other has."""

    day: int
    only: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Lives:
    """Two policies in the same world.

    Parameters
    ----------
    company : Company
    world : World
    policies : tuple of two Policy
    seen : tuple of two Window
        Of each policy, summed up.
    """

    company: Company
    world: World
    policies: tuple[Policy, Policy]
    seen: tuple[Window, Window]

    @property
    def people(self) -> Population:
        """The company's customers."""
        return self.company.population

    @property
    def journals(self) -> tuple[Journal, Journal]:
        """What happened under each."""
        return tuple(one.journal for one in self.seen)

    @cached_property
    def invoices(self) -> Moved:
        """What moved, by invoice; an order that became none has its number all the same."""
        return self._moved(INVOICE, len(self.world.customer))

    @cached_property
    def customers(self) -> Moved:
        """What moved, by customer."""
        return self._moved(CUSTOMER, len(self.people))

    @cached_property
    def firm(self) -> dict[str, np.ndarray]:
        """What belongs to no customer: tools, desks and salaries. ``cost`` and ``value``, shape (2,), fen; salaries only in the value."""
        cost, value = np.zeros(2, np.int64), np.zeros(2)
        for at, seen in enumerate(self.seen):
            rows = seen.rows(*COSTS)
            cost[at] = rows["amount"][rows["customer"] < 0].sum()
            place, worth = values(seen, self.world)
            fade = seen.prices.discount(seen.days)[:-1]
            staff = seen.journal.staff() * seen.prices.collector_month / PERIOD
            value[at] = worth[seen.journal.rows["customer"][place] < 0].sum() - staff @ fade
        return {"cost": cost, "value": value}

    @cached_property
    def goodwill(self) -> np.ndarray:
        """Points each customer has left under each policy, shape (2, customers)."""
        return np.array([one.goodwill for one in self.seen])

    @cached_property
    def identical(self) -> np.ndarray:
        """Customers whose two lives do not differ in anything; bool, shape (customers,)."""
        return self.customers.part_day < 0

    def name(self, invoice: int) -> str:
        """An invoice as the reader knows it: an open item by its number in the ledger, an order to come as N and its place."""
        told = self.people.opening.number
        return told[invoice] if invoice < len(told) else f"N{invoice}"

    def customer(self, name: str) -> int:
        """The customer called so.

        Raises
        ------
        BadInput
            Nobody is; the nearest names are told.
        """
        known = {one: at for at, one in enumerate(self.people.ids)}
        if name not in known:
            raise BadInput(_unknown("There is no customer {name}.", name, self.people.ids))
        return known[name]

    def invoice(self, name: str) -> int:
        """The invoice called so; refused as by `customer`."""
        told = self.people.opening.number
        known = {one: at for at, one in enumerate(told)}
        if name in known:
            return known[name]
        digits = name[1:] if name[:1] in "Nn" else ""
        if digits.isdecimal() and len(told) <= int(digits) < len(self.world.customer):
            return int(digits)
        near = self.invoices.order(200).tolist()
        raise BadInput(_unknown("There is no invoice {name}.", name, [*told, *(self.name(at) for at in near)]))

    def life(self, which: int, invoice: int | None = None, customer: int | None = None) -> np.ndarray:
        """The journal's lines about an invoice or a customer under policy 0 or 1, in order; what nobody can see is left out."""
        rows = self.journals[which].rows
        mine = rows["invoice"] == invoice if invoice is not None else rows["customer"] == customer
        return rows[mine & ~np.isin(rows["kind"], [int(kind) for kind in _UNTOLD])]

    def parted(self, invoice: int | None = None, customer: int | None = None) -> Parting | None:
        """The first event where the two lives of an invoice or a customer differ; None where they are the same.

        Only the minute of the day may be another: in what order a collector goes through the day's list is no difference.
        """
        moved, which = (self.invoices, invoice) if invoice is not None else (self.customers, customer)
        day = int(moved.part_day[which])
        if day < 0:
            return None
        both = [self.life(at, invoice, customer) for at in (0, 1)]
        both = [rows[rows["time"] // MINUTES_A_DAY == day] for rows in both]
        return Parting(day, (_without(*both), _without(*both[::-1])))

    def _moved(self, by: str, size: int) -> Moved:
        sides, value = {name: np.zeros((2, size), np.int64) for name in COLUMNS}, np.zeros((2, size))
        for at, seen in enumerate(self.seen):
            sum_up(seen, by, size, {name: column[at] for name, column in sides.items()})
            place, worth = values(seen, self.world)
            who = seen.journal.rows[by][place]
            value[at] = np.bincount(who[who >= 0], worth[who >= 0], size)
        return Moved(sides, value, self._part_days[by])

    @cached_property
    def _part_days(self) -> dict[str, np.ndarray]:
        """Day on which each invoice's and each customer's lives part."""
        keys = np.concatenate([_keys(journal) for journal in self.journals])
        sign = np.repeat([1, -1], [len(self.journals[0].rows), len(self.journals[1].rows)])
        told = ~np.isin(keys["kind"], [int(kind) for kind in _UNTOLD])
        keys, sign = keys[told], sign[told]
        order = np.lexsort([keys[name] for name in keys.dtype.names])
        keys, sign = keys[order], sign[order]
        first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, int)
        apart = keys[first[np.add.reduceat(sign, first) != 0]] if len(first) else keys
        found = {}
        for name, size in ((INVOICE, len(self.world.customer)), (CUSTOMER, len(self.people))):
            day = np.full(size, np.iinfo(np.int64).max)
            of = apart[apart[name] >= 0]
            np.minimum.at(day, of[name], of["day"].astype(np.int64))
            found[name] = np.where(day == np.iinfo(np.int64).max, -1, day)
        return found


def lives(policies: Sequence[Policy | str], company: Company | None = None, days: int = 365, number: int = 0, seed: int = 1,
          scenario: Scenario | str = BASE, behaviour: Behaviour | None = None, engine: str = AUTO) -> Lives:  # fmt: skip
    """Play two policies with the same luck, to look at single invoices and customers.

    Parameters
    ----------
    policies : sequence of two Policy or str
    company : Company, optional
        The demo company if not given.
    days : int
        That count, after the company's warm-up.
    number, seed : int
        Which replication of which luck: the same numbers as in a comparison give the same journals.
    scenario : Scenario or str
    behaviour : Behaviour, optional
    engine : str
        As for `arsim.engine.engines.simulate`.

    Raises
    ------
    BadInput
        Not two different policies, or they cannot be read.
    """
    policies = told_apart([policy if isinstance(policy, Policy) else read_policy(policy) for policy in policies])
    check(policies, days, number + 1)
    if len(policies) != 2:
        raise BadInput(Problem("Two policies can be set side by side, not {count}.", "Name two.", values={"count": len(policies)}))
    company, behaviour = company or Company.demo(), behaviour or Behaviour.default()
    scenario = read_scenario(scenario) if isinstance(scenario, str) else scenario
    world, cost = dealt(number, company, days, seed, behaviour, scenario), prices(behaviour, scenario)
    journals = play(world, policies, company, behaviour, engine)
    return Lives(company, world, policies, tuple(window(journals[policy.name], cost) for policy in policies))


def _unknown(what: str, name: str, known: Sequence[str]) -> Problem:
    near = get_close_matches(name, known, 5, 0.4) or list(known[:3])
    return Problem(what, "Nearest: {near}.", values={"name": name, "near": ", ".join(near)})


def _keys(journal: Journal) -> np.ndarray:
    """Each line as what must be the same for two lives to be the same; the minute of the day is left out."""
    rows = journal.rows
    kinds = [("kind", "i4"), ("customer", "i4"), ("invoice", "i4"), ("day", "i4"), ("a", "i4"), ("b", "i4"), ("amount", "i8")]
    made = np.empty(len(rows), kinds)
    for name in ("kind", "customer", "invoice", "a", "b", "amount"):
        made[name] = rows[name]
    made["day"] = rows["time"] // MINUTES_A_DAY
    return made


def _without(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Lines of `mine` that `theirs` has not, as often as it has not."""
    key = lambda row: tuple(int(row[name]) for name in ("kind", "customer", "invoice", "a", "b", "amount"))  # noqa: E731
    left, keep = [key(row) for row in theirs], []
    for at, row in enumerate(mine):
        if key(row) in left:
            left.remove(key(row))
        else:
            keep.append(at)
    return mine[keep]
