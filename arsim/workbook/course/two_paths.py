"""One customer of the demo company twice: the same luck, once with warnings nobody acts on and once with warnings acted on."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE
from arsim.model.world import QUARTER
from arsim.study.company import Company
from arsim.study.compare import dealt, play, prices
from arsim.study.window import Window, window

DAYS = 365
ACTS = {"call": "blue", "visit": "yellow", "shorten": "yellow", "lower": "yellow", "stop": "red", "plan": "red"}


def unheeded() -> Policy:
    """The baseline with limits kept and warnings raised every week, on which nobody acts."""
    policy = read_policy("baseline").replace({"credit.over_limit": "hold", "warning.check": "weekly"})
    return policy.model_copy(update={"name": "unheeded", "title": {"en": "Warnings unheeded", "zh": "有预警，无行动"}})


def heeded(**acts) -> Policy:
    """The same, each action of `ACTS` taken from its level on; ``stop="none"`` leaves one out."""
    policy = unheeded().replace({f"warning.{act}": level for act, level in (ACTS | acts).items()})
    return policy.model_copy(update={"name": "heeded", "title": {"en": "Warnings acted on", "zh": "按预警行动"}})


def gentle() -> Policy:
    """The same without what turns orders away: no lower limit, no stop of supply."""
    policy = heeded(lower="none", stop="none")
    return policy.model_copy(update={"name": "gentle", "title": {"en": "Acted on, supply goes on", "zh": "按预警行动，不停供"}})


@dataclass(frozen=True, eq=False)
class Path:
    """A customer under one policy; arrays have shape (DAYS,), money in fen.

    Parameters
    ----------
    balance, overdue : ndarray of int
        At the end of each day.
    level : ndarray of int
        Warning level, 0 none … 3 red.
    delivered, lost_orders : int
        In the year: on credit or prepaid; orders that went elsewhere.
    loss : int
        What was never paid, security and recoveries taken off.
    """

    balance: np.ndarray
    overdue: np.ndarray
    level: np.ndarray
    delivered: int
    lost_orders: int
    loss: int


class TwoPaths:
    """The year of replication `replication`, under both policies.

    Parameters
    ----------
    replication, seed : int
    """

    def __init__(self, replication: int, seed: int = 1):
        company, behaviour = Company.demo(), Behaviour.default()
        self.policies = (unheeded(), heeded())
        self.world = dealt(replication, company, DAYS, seed, behaviour, BASE)
        journals = play(self.world, self.policies, company, behaviour)
        self.seen = {name: window(journal, prices(behaviour)) for name, journal in journals.items()}
        self.margin = behaviour["price.gross_margin"]

    @cached_property
    def failed(self) -> np.ndarray:
        """Customers that became insolvent in the year; no policy moves that."""
        return np.flatnonzero(self.world.insolvent < DAYS)

    def paths(self, customer: int) -> tuple[Path, Path]:
        """One customer under both policies."""
        return tuple(_path(self.seen[policy.name], customer) for policy in self.policies)

    def losses(self, name: str) -> np.ndarray:
        """What each customer never paid under the policy `name`, fen."""
        seen = self.seen[name]
        book, size = seen.book, seen.journal.customers
        unpaid = book.written_off | (book.close_day >= seen.journal.days + seen.journal.run_off)
        back = seen.lines.of(Kind.RECOVERY)
        lost = np.bincount(book.customer[unpaid], book.amount[unpaid], size) - np.bincount(back["customer"], back["amount"], size)
        return np.maximum(0, lost).astype(np.int64)

    def gone(self, name: str) -> np.ndarray:
        """Orders of each customer that went elsewhere in the year under the policy `name`, fen."""
        lost = self.seen[name].rows(Kind.LOST, Kind.WALKED)
        return np.bincount(lost["customer"], lost["amount"], self.seen[name].journal.customers).astype(np.int64)

    def quarters(self, customer: int) -> list[tuple[int, tuple[float, float, float, float]]]:
        """The statements as they became known: day, and current, quick and debt ratio and sales growth."""
        lag = int(self.world.behaviour["ratio.lag"])
        end = min(DAYS, int(self.world.insolvent[customer]))
        days = [day for day in range(lag, end, QUARTER)]
        return [(day, self.world.statement(customer, day)) for day in days]


def _path(seen: Window, customer: int) -> Path:
    book, days = seen.book, np.arange(DAYS)
    mine = book.customer == customer
    entry, close, due, amount = (column[mine] for column in (book.entry_day, book.close_day, book.due_day, book.amount))
    standing = (entry[:, None] <= days) & (days < close[:, None])
    level = np.zeros(DAYS, int)
    changes = seen.rows(Kind.WARNING)
    for line in changes[changes["customer"] == customer]:
        level[line["time"] // MINUTES_A_DAY :] = line["a"]
    total = lambda *kinds: int(sum(line["amount"] for line in seen.rows(*kinds) if line["customer"] == customer))  # noqa: E731
    back = seen.lines.of(Kind.RECOVERY)
    unpaid = book.written_off[mine] | (close >= seen.journal.days + seen.journal.run_off)
    return Path(
        balance=(standing * amount[:, None]).sum(axis=0),
        overdue=(standing * (due[:, None] < days) * amount[:, None]).sum(axis=0),
        level=level,
        delivered=total(Kind.INVOICE, Kind.PREPAID),
        lost_orders=total(Kind.LOST, Kind.WALKED),
        loss=max(0, int(amount[unpaid].sum()) - int(back["amount"][back["customer"] == customer].sum())),
    )
