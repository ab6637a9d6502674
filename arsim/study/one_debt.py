"""One debt of one customer, played many times under several policies with the same luck: what would have happened otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.journal import MINUTES_A_DAY, Cost, Journal, Kind
from arsim.model.behaviour import Behaviour
from arsim.model.liquidity import STATES
from arsim.model.population import OpenItems
from arsim.model.world import World, deal
from arsim.study.company import Company
from arsim.study.compare import play
from arsim.study.window import CASH, TOUCHES

GRADES = "ABCD"
MOST_WORLDS = 200  # so many worlds are looked at for each that is wanted, before one gives up


@dataclass(frozen=True)
class Debt:
    """One invoice, overdue today, and the customer who owes it. Everything in it is invented by whoever writes the case.

    Parameters
    ----------
    amount : int
        Open, CNY.
    overdue : int
        Days past due today.
    terms : int
        Days from invoice to due date.
    pace : float
        The customer's readiness, times the common one: 1 pays like the middle, 0.2 is very slow.
    grade : {"A", "B", "C", "D"}
    liquidity : {"sound", "tight", "distressed"}
        How the customer stands today; luck moves it on from there.
    insolvency : float
        Insolvencies a year to expect of such a customer.
    disputed : bool
        Part of the invoice is disputed, and nobody has said so yet.
    large : bool
        A large enterprise, bound by the SME payment regulation.
    """

    amount: int
    overdue: int
    terms: int = 60
    pace: float = 0.5
    grade: str = "C"
    liquidity: str = "sound"
    insolvency: float = 0.02
    disputed: bool = False
    large: bool = False

    def company(self) -> Company:
        """A company with this customer only, who orders nothing more.

        Raises
        ------
        BadInput
            If the grade or the state of liquidity is none we know.
        """
        for given, known in ((self.grade, GRADES), (self.liquidity, STATES[:3])):
            if given not in tuple(known):
                raise BadInput(Problem("{given} is none of {known}.", "Choose one.", values={"given": given, "known": ", ".join(known)}))
        people = Company.demo().population
        one = {name: column[:1] for name, column in vars(people).items() if isinstance(column, np.ndarray) and len(column) == len(people)}
        told = {
            "orders_a_day": 0.0, "terms": self.terms, "payer": self.pace, "grade": GRADES.index(self.grade), "large": self.large,
            "insolvency": self.insolvency, "run_days": 0b11111, "month_end": False,
        }  # fmt: skip
        one |= {name: np.array([value], one[name].dtype) for name, value in told.items()}
        at = lambda value, kind=np.int64: np.array([value], kind)  # noqa: E731
        item = OpenItems(at(0), at(-self.overdue - self.terms), at(-self.overdue), at(self.amount * FEN), at(self.disputed, bool), ("1",))
        return Company(people.replace(**one, ids=("1",), name="one debt", opening=item))


@dataclass(frozen=True, eq=False)
class Replay:
    """What came of it.

    Parameters
    ----------
    debt : Debt
    policies : tuple of Policy
    cash : dict of str to ndarray, shape (worlds, days + 1)
        By policy: share of the debt received by the end of each day; before day 0 nothing. Interest counts as well.
    cost : dict of str to ndarray, shape (worlds,)
        Fen spent on contacts, courts, lawyers and notaries, without wages.
    minutes : dict of str to ndarray, shape (worlds,)
        Staff time.
    """

    debt: Debt
    policies: tuple[Policy, ...]
    cash: dict[str, np.ndarray]
    cost: dict[str, np.ndarray]
    minutes: dict[str, np.ndarray]

    def share_by(self, policy: str, day: int) -> float:
        """Mean share of the debt received by the end of `day` (0: today)."""
        return float(self.cash[policy][:, day + 1].mean())

    def worth(self, policy: str, annual_rate: float) -> float:
        """Mean value today of what comes in, less what is spent on the way, as a share of the debt.

        Costs are not discounted: most of them come early.
        """
        flow = np.diff(self.cash[policy], axis=1)
        fade = (1 + annual_rate) ** (-np.arange(flow.shape[1]) / 365)
        return float((flow @ fade - self.cost[policy] / (self.debt.amount * FEN)).mean())


def replay(debt: Debt, policies: Sequence[Policy], days: int = 365, worlds: int = 200, seed: int = 1,
           behaviour: Behaviour | None = None) -> Replay:  # fmt: skip
    """Play `debt` under every policy in the same worlds.

    Parameters
    ----------
    debt : Debt
    policies : sequence of Policy
        Their ladders count from the due date, so a level at 50 days meets a debt 45 days overdue on the fifth day.
    days : int
    worlds : int
        Courses of events. Only worlds count in which the customer's liquidity today is as the debt says.
    seed : int
    behaviour : Behaviour, optional

    Raises
    ------
    BadInput
        If the debt is impossible, or hardly any world has such a customer.

    Examples
    --------
    >>> from arsim.domain.policies import read_policy
    >>> found = replay(Debt(100_000, 30), [read_policy("do_nothing"), read_policy("baseline")], days=60, worlds=5)
    >>> found.share_by("baseline", 59) >= found.share_by("do_nothing", 59)
    True
    """
    behaviour, company, names = behaviour or Behaviour.default(), debt.company(), [policy.name for policy in policies]
    cash, cost, minutes = ({name: [] for name in names} for _ in range(3))
    for world in _worlds(debt, company, days, worlds, seed, behaviour):
        for name, journal in play(world, policies, company, behaviour).items():
            cash[name].append(_received(journal, debt, days))
            cost[name].append(_spent(journal, days))
            minutes[name].append(_worked(journal, days))
    gathered = [{name: np.array(rows) for name, rows in one.items()} for one in (cash, cost, minutes)]
    return Replay(debt, tuple(policies), *gathered)


def _worlds(debt: Debt, company: Company, days: int, wanted: int, seed: int, behaviour: Behaviour) -> list[World]:
    """Worlds in which the customer stands as told."""
    found, state = [], STATES.index(debt.liquidity)
    for number in range(wanted * MOST_WORLDS):
        world = deal(company.population, seed, number, days, behaviour=behaviour)
        if world.liquidity.on(0)[0] == state:
            found.append(world)
            if len(found) == wanted:
                return found
    raise BadInput(Problem("Hardly any world has such a customer.", "Choose a likelier state for its grade."))


def _before(journal: Journal, days: int, *kinds: Kind) -> np.ndarray:
    rows = journal.rows[journal.rows["time"] // MINUTES_A_DAY < days]
    return rows[np.isin(rows["kind"], [int(kind) for kind in kinds])]


def _received(journal: Journal, debt: Debt, days: int) -> np.ndarray:
    rows, share = _before(journal, days, *CASH), np.zeros(days + 1)
    np.add.at(share, rows["time"] // MINUTES_A_DAY + 1, rows["amount"] / (debt.amount * FEN))
    return np.cumsum(share)


def _spent(journal: Journal, days: int) -> float:
    other = _before(journal, days, Kind.COST)
    other = other[np.isin(other["a"], [int(cost) for cost in (Cost.COMMISSION, Cost.JOINT_VISIT, Cost.NOTARY)])]
    return float(_before(journal, days, *TOUCHES, Kind.LAW)["amount"].sum() + other["amount"].sum())


def _worked(journal: Journal, days: int) -> int:
    return int(_before(journal, days, *TOUCHES)["b"].sum())
