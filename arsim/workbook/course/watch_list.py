"""Ten customers as a credit desk sees them on one day, and, kept apart, what became of them."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.policies import read_policy
from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.model.behaviour import Behaviour
from arsim.model.liquidity import DISTRESSED, INSOLVENT
from arsim.model.luck import Purpose, address, uniforms
from arsim.model.scenario import BASE
from arsim.model.world import QUARTER
from arsim.study.company import Company
from arsim.study.compare import dealt, play, prices
from arsim.study.window import window

TODAY, AHEAD, RECENT = 270, 180, 90  # day of the run; days ahead that count; days whose payments are called recent
NAMES = "ABCDEFGHIJ"
MONTHS = 6  # of `AHEAD`


@dataclass(frozen=True)
class Watched:
    """One customer on the list.

    Parameters
    ----------
    name : str
        A letter.
    balance, purchases : int
        Owed today, and bought in a month, fen.
    current, before, quick, debt, growth : float
        Ratios of the last statement published, and the current ratio of the one before it.
    usual, recent : float
        Mean days late of payments up to, and in, the last `RECENT` days; nan if there were none.
    oldest : int
        Days the oldest open invoice is overdue.
    level : int
        Of the early warning by the points rule: 0 none … 3 red.
    fate : int
        The worst state from today until `AHEAD` days on: of `arsim.model.liquidity`, hidden from everybody until then.
    day : int
        Days from today until it came to that.
    """

    name: str
    balance: int
    purchases: int
    current: float
    before: float
    quick: float
    debt: float
    growth: float
    usual: float
    recent: float
    oldest: int
    level: int
    fate: int
    day: int

    @property
    def troubled(self) -> bool:
        """Whether it fell into distress or worse."""
        return self.fate >= DISTRESSED


@dataclass(frozen=True)
class WatchList:
    """Ten customers, more of them troubled than in the company as a whole, whose `share` of troubled customers is told apart."""

    customers: tuple[Watched, ...]
    share: float
    margin: float


def watch_list(draw: int = 0, seed: int = 1) -> WatchList:
    """The ten of one draw: two to four that will be in trouble, some that look so and will not, the others as they come.

    Parameters
    ----------
    draw : int
        Which replication of the demo company; the same draw shows the same ten.
    seed : int
    """
    company, behaviour = Company.demo(), Behaviour.default()
    policy = read_policy("baseline").replace({"warning.check": "weekly"})
    world = dealt(draw, company, TODAY + AHEAD, seed, behaviour, BASE)
    journal = play(world, [policy], company, behaviour)[policy.name]
    seen, size = window(journal, prices(behaviour)), journal.customers
    book = seen.book
    standing = (book.entry_day <= TODAY) & (TODAY < book.close_day)
    balance = np.bincount(book.customer[standing], book.amount[standing], size).astype(np.int64)
    level = np.zeros(size, int)
    for line in seen.lines.of(Kind.WARNING):
        if line["time"] < TODAY * MINUTES_A_DAY:
            level[line["customer"]] = line["a"]
    fate, when = _fates(world)
    here = np.flatnonzero((balance > 0) & (world.liquidity.on(TODAY) < INSOLVENT))
    chosen = _chosen(here, fate, level, balance, address(seed, draw, Purpose.PERSON))
    quarter = max(0, (TODAY - int(behaviour["ratio.lag"])) // QUARTER)
    ratios = world.statements
    made = []
    for name, who in zip(NAMES, chosen, strict=False):
        mine = book.customer == who
        paid = mine & book.paid
        late = (book.close_day - book.due_day).astype(float)
        lately = (book.close_day > TODAY - RECENT) & (book.close_day <= TODAY)
        bought = mine & ~book.opening & (book.issue_day > TODAY - AHEAD) & (book.issue_day <= TODAY)
        made.append(
            Watched(
                name, int(balance[who]), int(book.amount[bought].sum() / MONTHS),
                float(ratios.current_ratio[who, quarter]), float(ratios.current_ratio[who, max(0, quarter - 1)]),
                float(ratios.quick_ratio[who, quarter]), float(ratios.debt_ratio[who, quarter]), float(ratios.sales_growth[who, quarter]),
                _mean(late[paid & (book.close_day <= TODAY - RECENT)]), _mean(late[paid & lately]),
                int(max(0, (TODAY - book.due_day[mine & standing]).max(initial=0))), int(level[who]), int(fate[who]), int(when[who]),
            )
        )  # fmt: skip
    return WatchList(tuple(made), float((fate[here] >= DISTRESSED).mean()), behaviour["price.gross_margin"])


def _fates(world) -> tuple[np.ndarray, np.ndarray]:
    """Worst state of every customer from today on, and in how many days it came to that."""
    states = np.stack([world.liquidity.on(TODAY + day) for day in range(AHEAD + 1)], axis=1)
    return states.max(axis=1), states.argmax(axis=1)


def _chosen(here, fate, level, balance, at) -> list[int]:
    """Ten of `here`, in the order of luck."""
    luck = uniforms(at, np.arange(len(fate)), 0)
    order = here[np.argsort(luck[here])]
    sizeable = balance >= np.median(balance[here])
    bad = [who for who in order if fate[who] >= DISTRESSED and sizeable[who]][: 2 + int(3 * luck[0])]
    fine = [who for who in order if fate[who] < DISTRESSED and sizeable[who]]
    suspect = [who for who in fine if level[who] >= 2][:2]
    rest = [who for who in fine if who not in suspect][: len(NAMES) - len(bad) - len(suspect)]
    return sorted([*bad, *suspect, *rest], key=lambda who: uniforms(at, np.array([who]), 1)[0])


def _mean(values) -> float:
    return float(values.mean()) if len(values) else float("nan")
