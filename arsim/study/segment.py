"""What policies do to some of the customers, such as those of one industry: the same luck, one group looked at alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import ready
from arsim.engine.journal import Cost, Kind, Paid, Stage
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import INDUSTRIES, Scenario, read_scenario
from arsim.study.book import Book, balance, overdue
from arsim.study.company import Company
from arsim.study.compare import check, dealt, play, prices
from arsim.study.comparison import interval
from arsim.study.quick import quicken
from arsim.study.window import CASH, Window, window

# Measure → unit, as in `arsim.study.outcome`.
MEASURES = {
    "cash": "fen",
    "overdue": "fen",
    "overdue_share": "share",
    "over_90": "fen",
    "at_law": "fen",
    "legal_costs": "fen",
    "filed": "cases",
    "complaints": "cases",
    "heard": "cases",
    "goodwill": "points",
}
OLD = 90  # days past due


@dataclass(frozen=True, eq=False)
class Segment:
    """What came of each policy among some customers.

    Parameters
    ----------
    policies : tuple of Policy
        The first is what the others are compared with.
    customers : int
        How many there are.
    runs : DataFrame
        Columns replication, policy (its name), measure, value: money in fen over the window; `overdue`, `over_90` the mean over its
        days; `goodwill` when the run ends, points of 100.
    scenario : Scenario
    days, replications : int
    """

    policies: tuple[Policy, ...]
    customers: int
    runs: pd.DataFrame
    scenario: Scenario
    days: int
    replications: int

    def summary(self) -> pd.DataFrame:
        """Each policy against the first: columns policy, measure, reference, mean, difference, low, high (its 95 % interval)."""
        wide = self.runs.pivot(index="replication", columns=["policy", "measure"], values="value")
        first, rows = self.policies[0].name, []
        for policy in self.policies[1:]:
            for measure in MEASURES:
                ours, theirs = wide[policy.name, measure].to_numpy(), wide[first, measure].to_numpy()
                rows.append((policy.name, measure, theirs.mean(), ours.mean(), *interval(ours - theirs)))
        return pd.DataFrame(rows, columns=["policy", "measure", "reference", "mean", "difference", "low", "high"])


def segment(
    policies: Sequence[Policy | str], industry: str | None = None, company: Company | None = None, days: int = 365,
    replications: int = 20, seed: int = 1, scenario: Scenario | str = "base",
) -> Segment:  # fmt: skip
    """Run `policies` on the whole company with the same luck and look at the customers of one industry.

    Parameters
    ----------
    policies : sequence of Policy or str
        Two or more; the others are compared with the first.
    industry : str, optional
        One of `arsim.model.scenario.INDUSTRIES`; all customers if not given.
    company : Company, optional
        The demo company if not given.
    days, replications, seed : int
    scenario : Scenario or str

    Returns
    -------
    Segment

    Raises
    ------
    BadInput
        There is no such industry, nobody is in it, or the policies cannot be compared.
    """
    policies = tuple(policy if isinstance(policy, Policy) else read_policy(policy) for policy in policies)
    check(policies, days, replications)
    company = company or Company.demo()
    scenario = read_scenario(scenario) if isinstance(scenario, str) else scenario
    who, behaviour, rows = members(company, industry), Behaviour.default(), []
    cost = prices(behaviour, scenario)
    if ready():
        quicken()
    for number in range(replications):
        world = dealt(number, company, days, seed, behaviour, scenario)
        for name, journal in play(world, policies, company, behaviour).items():
            found = _measured(window(journal, cost), who)
            rows += [(number, name, measure, found[measure]) for measure in MEASURES]
    runs = pd.DataFrame(rows, columns=["replication", "policy", "measure", "value"])
    return Segment(policies, int(who.sum()), runs, scenario, days, replications)


def members(company: Company, industry: str | None) -> np.ndarray:
    """Who of the company's customers is in `industry`: ndarray of bool, shape (customers,); all of them for None."""
    if industry is None:
        return np.ones(len(company.population), bool)
    if industry not in INDUSTRIES:
        values = {"name": industry, "known": ", ".join(INDUSTRIES)}
        raise BadInput(Problem("There is no industry {name}.", "Use one of {known}.", values=values))
    who = np.asarray(company.population.industry) == INDUSTRIES.index(industry)
    if not who.any():
        raise BadInput(Problem("No customer is in the industry {name}.", "Choose another industry.", values={"name": industry}))
    return who


def _measured(seen: Window, who: np.ndarray) -> dict[str, float]:
    """Every measure of the window, of the customers `who` alone."""
    ours = lambda *kinds: _of(seen.rows(*kinds), who)  # noqa: E731
    payments, steps, others = ours(Kind.PAYMENT), ours(Kind.LAW), ours(Kind.COST)
    stage = lambda *stages: float(np.isin(steps["a"], stages).sum())  # noqa: E731
    book = _part(seen.book, who[seen.book.customer])
    counted = slice(seen.journal.warmup + 1, None)
    late, old = overdue(book, seen.journal.days)[counted], _older(book, seen.journal.days)[counted]
    open_ = balance(book, seen.journal.days)[counted]
    return {
        "cash": float(ours(*CASH)["amount"].sum()),
        "overdue": float(late.mean()),
        "overdue_share": float(late.sum() / open_.sum()) if open_.any() else float("nan"),
        "over_90": float(old.mean()),
        "at_law": float(payments["amount"][payments["a"] == Paid.AT_LAW].sum()),
        "legal_costs": float(steps["amount"].sum() + others["amount"][others["a"] == Cost.COMMISSION].sum()),
        "filed": stage(Stage.FILED, Stage.HANDED_OVER) - stage(Stage.OBJECTED, Stage.NOT_AGREED),
        "complaints": stage(Stage.COMPLAINED),
        "heard": stage(Stage.HEARD),
        "goodwill": float(seen.goodwill[who].mean()),
    }


def _of(rows: np.ndarray, who: np.ndarray) -> np.ndarray:
    return rows[who[rows["customer"]]]


def _part(book: Book, which: np.ndarray) -> Book:
    return Book(**{name: getattr(book, name)[which] for name in Book.__dataclass_fields__})


def _older(book: Book, days: int) -> np.ndarray:
    """Balance more than `OLD` days overdue by day, laid out as `arsim.study.book.overdue`."""
    later = {name: getattr(book, name) for name in Book.__dataclass_fields__} | {"due_day": book.due_day + OLD}
    return overdue(Book(**later), days)
