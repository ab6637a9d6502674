"""One debt, many twins: the same overdue sum lies with a hundred customers, and each way of going on meets the same luck.

What a way is worth is what it brings in, discounted, less what it costs. That is what a negotiator walks away to.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from arsim.domain.calendar import SHIFT
from arsim.domain.policy import Law, Level, Plan, Policy, Team
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import simulate
from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.model.behaviour import Behaviour
from arsim.model.liquidity import SOUND
from arsim.model.population import ORIGIN, OpenItems, Population
from arsim.model.world import World, deal
from arsim.study.compare import prices
from arsim.study.comparison import interval
from arsim.study.prices import Prices
from arsim.study.window import COSTS, PERIOD, TOUCHES, WORKED

TWINS, YEARS = 100, 730  # customers at most that owe the debt, and days it is followed
WHO = ("all", "good", "weak", "short")
WAYS = ("wait", "chase", "plan", "order", "suit")
_WEAK = 2  # grade C


@dataclass(frozen=True)
class Debt:
    """An overdue sum.

    Parameters
    ----------
    amount : int
        Fen.
    overdue : int
        Days, one at least.
    who : {"all", "good", "weak", "short"}
        With whom it lies: any customer, grades A and B, grades C and D, or customers short of cash on the first day.
    """

    amount: int
    overdue: int
    who: str = "all"

    def __post_init__(self):
        if self.amount <= 0 or self.overdue < 1 or self.who not in WHO:
            raise BadInput(Problem("This is no overdue debt.", "Give an amount above 0, a day overdue at least, and one of {known}.",
                                   values={"known": ", ".join(WHO)}))  # fmt: skip


@dataclass(frozen=True)
class Worth:
    """What one way of going on comes to, as shares of the debt.

    Parameters
    ----------
    value, low, high : float
        Discounted cash less cost, with its 95 % interval over the replications.
    paid : float
        Principal paid within the time followed.
    in_a_year : float
        … within a year.
    spent : float
        Costs, undiscounted: contacts, staff by the minute, court, lawyers, notary.
    buyer : float
        What the customer pays in all, discounted at the customer's rate.
    """

    value: float
    low: float
    high: float
    paid: float
    in_a_year: float
    spent: float
    buyer: float


def ways(debt: Debt, plan: Plan | None = None) -> dict[str, Policy]:
    """The ways of going on: wait; calls and letters; the same with a plan for who pleads hardship; payment order; suit with preservation.

    Parameters
    ----------
    debt : Debt
    plan : Plan, optional
        Terms of the plan on offer.
    """
    day = debt.overdue
    ladder = tuple(Level(days=day + more, channel=channel) for more, channel in ((1, "call"), (15, "call"), (30, "letter"), (60, "call")))
    chase = Policy(name="chase", dunning=ladder, write_off_days=1825)
    offer = (plan or Plan(season="yes")).model_copy(update={"offer": "yes"})
    court = Law(days=1, min_amount=0, cases_a_week=100)
    still = Policy(name="wait", team=Team(collectors=0), write_off_days=1825)
    return {
        "wait": still,
        "chase": chase,
        "plan": chase.model_copy(update={"name": "plan", "plan": offer}),
        "order": still.model_copy(update={"name": "order", "law": court}),
        "suit": still.model_copy(update={"name": "suit", "law": court.model_copy(update={"route": "preserved_suit"})}),
    }


def weigh(
    debt: Debt, population: Population, policies: Mapping[str, Policy] | None = None, replications: int = 20, seed: int = 1,
    buyer_rate: float = 0.12,
) -> dict[str, Worth]:  # fmt: skip
    """What each way brings, measured on twins: the same customers with the same luck.

    Parameters
    ----------
    debt : Debt
    population : Population
        The customers it may lie with.
    policies : mapping of str to Policy, optional
        By default `ways`.
    replications, seed : int
    buyer_rate : float
        What the customer's own money costs it, a year.

    Returns
    -------
    dict of str to Worth
        Empty if there is no such customer.
    """
    policies = policies or ways(debt)
    owing, behaviour = indebted(debt, population), Behaviour.default()
    cost = prices(behaviour)
    figures: dict[str, list[np.ndarray]] = {name: [] for name in policies}
    for number in range(replications):
        world = deal(owing, seed, number, 1, behaviour=behaviour, run_off=YEARS)
        weight = _weight(debt, world)
        if not weight.any():
            continue
        for name, policy in policies.items():
            figures[name].append(_figures(simulate(world, policy, behaviour), weight, debt.amount, cost, buyer_rate))
    return {name: _worth(np.array(found)) for name, found in figures.items() if found}


def indebted(debt: Debt, population: Population) -> Population:
    """`population`, ordering nothing more, in which `TWINS` customers at most owe the debt and nothing else."""
    fit = {"good": population.grade < _WEAK, "weak": population.grade >= _WEAK}.get(debt.who, np.ones(len(population), bool))
    who = np.flatnonzero(fit)
    who = who[np.linspace(0, len(who) - 1, min(TWINS if debt.who != "short" else len(who), len(who))).astype(int)]
    due = np.full(len(who), -debt.overdue)
    items = OpenItems(
        customer=who, issue=due - population.terms[who], due=due, amount=np.full(len(who), debt.amount),
        disputed=np.zeros(len(who), bool), number=tuple(f"T{at + 1}" for at in range(len(who))),
    )  # fmt: skip
    order = np.argsort(items.issue, kind="stable")
    columns = {name: getattr(items, name)[order] for name in ("customer", "issue", "due", "amount", "disputed")}
    return population.replace(opening=OpenItems(**columns, number=items.number), orders_a_day=np.zeros(len(population)))


def _weight(debt: Debt, world: World) -> np.ndarray:
    """How likely it is each customer's: how much it orders, and how likely one that pays as it does still owes the sum by now.

    Most debts this old lie with slow payers; counting every customer alike would flatter every way of going on.
    """
    people, owes = world.population, np.zeros(len(world.population), bool)
    owes[people.opening.customer] = True
    if debt.who == "short":
        owes &= (world.liquidity.on(0) > SOUND) & (world.insolvent > 0)
    ripe = np.concatenate([[0.0], np.cumsum(people.base)])
    unpaid = np.exp(-people.payer * (ripe[ORIGIN + debt.overdue] - ripe[ORIGIN - people.terms]))
    return owes * unpaid


def _figures(journal: Journal, weight: np.ndarray, amount: int, cost: Prices, buyer_rate: float) -> np.ndarray:
    """Value, paid, paid in a year, spent and the customer's outlay, as shares of the debt over the weighted customers; and all weight."""
    rows = journal.rows[journal.rows["customer"] >= 0]
    rows = rows[weight[rows["customer"]] > 0]
    day, kind, sums = rows["time"] // MINUTES_A_DAY, rows["kind"], rows["amount"] * weight[rows["customer"]]
    minutes = np.where(np.isin(kind, TOUCHES), rows["b"] * weight[rows["customer"]], 0)
    spent = np.where(np.isin(kind, COSTS), sums, 0) + minutes * cost.collector_month / (PERIOD * WORKED * SHIFT)
    principal = np.where(kind == Kind.PAYMENT, sums, 0)
    cash = principal + np.where(np.isin(kind, (Kind.INTEREST_PAID, Kind.RECOVERY)), sums, 0)
    fade, theirs = cost.discount(YEARS + 1)[day], (1 + buyer_rate) ** (day / -365)
    owed = weight.sum() * amount
    parts = ((cash - spent) @ fade, principal.sum(), principal[day <= 365].sum(), spent.sum(), cash @ theirs)
    return np.array([*(part / owed for part in parts), weight.sum()])


def _worth(found: np.ndarray) -> Worth:
    weight = found[:, 5] / found[:, 5].sum()
    value, paid, soon, spent, buyer = weight @ found[:, :5]
    _, low, high = interval(found[:, 0])
    return Worth(float(value), low, high, float(paid), float(soon), float(spent), float(buyer))
