"""One customer's account under several policies with the same luck: what it owed from day to day, and what was done at law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind, Paid, Stage
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import Scenario, read_scenario
from arsim.study.book import Book, book, overdue
from arsim.study.company import Company
from arsim.study.compare import dealt, play
from arsim.study.segment import members

Choice = Literal["most_collected", "most_left"]
READABLE = 2  # filings and complaints: with more, nobody can follow the account
_OPENS = (Stage.FILED, Stage.COMPLAINED, Stage.HANDED_OVER)
_TOLD = (Kind.LAW, Kind.PAYMENT, Kind.RECOVERY, Kind.PLAN, Kind.PLAN_BROKEN, Kind.WRITE_OFF, Kind.INSOLVENT, Kind.BARRED, Kind.WALKED)


@dataclass(frozen=True)
class Step:
    """What happened on a day: `kind` and, of a step at law, `stage`; `amount` in fen (a cost for steps at law), days from the start."""

    day: int
    kind: Kind
    stage: Stage | None
    amount: int


@dataclass(frozen=True, eq=False)
class Account:
    """A customer under one policy: `overdue` at the end of each day, ndarray of int64 in fen, shape (days,); the `steps`, in order."""

    policy: Policy
    overdue: np.ndarray
    steps: tuple[Step, ...]

    @property
    def collected(self) -> int:
        """What came in through the law, fen."""
        return sum(step.amount for step in self.steps if step.kind == Kind.PAYMENT)

    @property
    def spent(self) -> int:
        """Court and lawyers' fees, fen."""
        return sum(step.amount for step in self.steps if step.kind == Kind.LAW)


@dataclass(frozen=True, eq=False)
class Story:
    """The same customer with the same luck under each policy; day 0 is `start`."""

    customer: str
    start: date
    accounts: tuple[Account, ...]
    scenario: Scenario


def story(
    policies: Sequence[Policy | str], choose: Choice = "most_collected", industry: str | None = None, company: Company | None = None,
    days: int = 730, number: int = 0, seed: int = 1, scenario: Scenario | str = "base",
) -> Story:  # fmt: skip
    """Follow one customer whom the last policy takes to law.

    Parameters
    ----------
    policies : sequence of Policy or str
    choose : {"most_collected", "most_left"}
        Of the customers with a step at law under the last policy, the one the law brought most from, or the one who in the end owes
        most in spite of it; where there is one, a customer with at most `READABLE` filings.
    industry : str, optional
        Only customers of this industry.
    company : Company, optional
        The demo company if not given.
    days : int
    number, seed : int
        Which replication of which luck.
    scenario : Scenario or str

    Returns
    -------
    Story

    Raises
    ------
    BadInput
        Nobody has a step at law under the last policy.
    """
    policies = tuple(policy if isinstance(policy, Policy) else read_policy(policy) for policy in policies)
    company, behaviour = company or Company.demo(), Behaviour.default()
    scenario = read_scenario(scenario) if isinstance(scenario, str) else scenario
    world = dealt(number, company, days, seed, behaviour, scenario)
    journals = play(world, policies, company, behaviour)
    told = {name: book(journal) for name, journal in journals.items()}
    last = policies[-1].name
    who = _chosen(journals[last], told[last], members(company, industry), choose)
    accounts = tuple(_account(policy, journals[policy.name], told[policy.name], who) for policy in policies)
    return Story(company.population.ids[who], journals[last].start, accounts, scenario)


def _chosen(journal: Journal, book: Book, among: np.ndarray, choose: Choice) -> int:
    rows = journal.rows[(journal.rows["time"] < journal.days * MINUTES_A_DAY) & among[journal.rows["customer"]]]
    opened = rows[(rows["kind"] == Kind.LAW) & np.isin(rows["a"], _OPENS)]
    filings = np.bincount(opened["customer"], minlength=journal.customers)
    sued = filings > 0
    if not sued.any():
        raise BadInput(Problem("Nobody is taken to law under the last policy.", "Set law.days or law.complaint_days."))
    if choose == "most_left":
        late = (book.due_day < journal.days - 1) & (book.close_day >= journal.days)
        worth = np.bincount(book.customer[late], book.amount[late], journal.customers)
    else:
        paid = rows[(rows["kind"] == Kind.PAYMENT) & (rows["a"] == Paid.AT_LAW)]
        worth = np.bincount(paid["customer"], paid["amount"], journal.customers)
    few = sued & (filings <= READABLE) & (worth > 0)
    return int(np.where(few if few.any() else sued, worth, -1.0).argmax())


def _account(policy: Policy, journal: Journal, told: Book, who: int) -> Account:
    rows = journal.rows[(journal.rows["customer"] == who) & (journal.rows["time"] < journal.days * MINUTES_A_DAY)]
    rows = rows[np.isin(rows["kind"], _TOLD)]
    rows = rows[(rows["kind"] != Kind.PAYMENT) | (rows["a"] == Paid.AT_LAW)]
    mine = Book(**{name: getattr(told, name)[told.customer == who] for name in Book.__dataclass_fields__})
    return Account(policy, overdue(mine, journal.days)[1:], tuple(_together(rows)))


def _together(rows: np.ndarray) -> list[Step]:
    """The lines as steps; lines alike on one day are one."""
    steps: dict[tuple, int] = {}
    for row in rows:
        kind = Kind(int(row["kind"]))
        at = (int(row["time"]) // MINUTES_A_DAY, kind, Stage(int(row["a"])) if kind == Kind.LAW else None)
        steps[at] = steps.get(at, 0) + int(row["amount"])
    return [Step(*at, amount) for at, amount in steps.items()]
