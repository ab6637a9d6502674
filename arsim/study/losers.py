"""Who loses: what a policy does to each kind of customer, while the total may look well."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from arsim.domain.policy import Policy
from arsim.engine.engines import AUTO, REFERENCE, ready
from arsim.engine.journal import Hold, Kind
from arsim.model.behaviour import Behaviour
from arsim.model.population import Population
from arsim.model.scenario import BASE, INDUSTRIES, Scenario
from arsim.model.world import World
from arsim.study.by_customer import open_days
from arsim.study.company import Company
from arsim.study.compare import dealt, play, prices
from arsim.study.keep import Keep, Part
from arsim.study.moved import values
from arsim.study.quick import quicken
from arsim.study.room import needed
from arsim.study.spread import counted, spread
from arsim.study.window import TOUCHES, Window, window

# Measure → (unit, direction): +1 more is better for us or for the customer, −1 less is, 0 neither.
MEASURES = {
    "value": ("fen", 1), "outstanding": ("days", -1), "overdue_share": ("share", -1), "contacts": ("contacts", 0),
    "held": ("orders", -1), "lost": ("fen", -1), "goodwill": ("points", 1),
}  # fmt: skip
GRADES = "ABCD"
SIZES, PAYERS = ("small", "middle", "big"), ("slow", "usual", "prompt")  # thirds of the customers
ALL = "all"


@dataclass(frozen=True)
class Effect:
    """What the policy does to one measure in one segment, against the first policy.

    Parameters
    ----------
    grouping, segment : str
        Such as "industry", "construction".
    customers : int
    measure : str
    reference, difference, low, high : float
        A customer's mean under the first policy and the paired difference, a customer and window (a year, say); shares and days are of
        the segment as a whole. The interval is so wide that all segments' intervals of the measure hold together with 95 %.
    """

    grouping: str
    segment: str
    customers: int
    measure: str
    reference: float
    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> int:
        """+1 surely better, −1 surely worse, 0 cannot be told."""
        return ((self.low > 0) - (self.high < 0)) * MEASURES[self.measure][1]


@dataclass(frozen=True, eq=False)
class Losers:
    """All segments of one policy against the first."""

    policies: tuple[Policy, Policy]
    effects: tuple[Effect, ...]
    replications: int
    days: int

    def of(self, measure: str) -> list[Effect]:
        """One measure in every segment, all customers together first."""
        return [one for one in self.effects if one.measure == measure]

    def total(self, measure: str) -> Effect:
        """One measure of all customers together."""
        return next(one for one in self.of(measure) if one.grouping == ALL)

    @property
    def flagged(self) -> tuple[Effect, ...]:
        """Segments that are surely worse off on a measure on which all customers together are better off, or at least no worse."""
        kind = lambda one: self.total(one.measure).difference * MEASURES[one.measure][1]  # noqa: E731
        return tuple(one for one in self.effects if one.verdict < 0 and one.grouping != ALL and kind(one) >= 0)


def groups(people: Population) -> dict[tuple[str, str], np.ndarray]:
    """Who is in which segment: (grouping, segment) → ndarray of bool, shape (customers,); segments without anybody are left out."""
    made = {(ALL, ALL): np.ones(len(people), bool)}
    made |= {("industry", name): np.asarray(people.industry) == code for code, name in enumerate(INDUSTRIES)}
    made |= {("size", name): third == at for third in [_thirds(people.demand)] for at, name in enumerate(SIZES)}
    made |= {("grade", name): np.asarray(people.grade) == code for code, name in enumerate(GRADES)}
    made |= {("payer", name): third == at for third in [_thirds(people.payer)] for at, name in enumerate(PAYERS)}
    return {key: who for key, who in made.items() if who.any()}


def _thirds(values: np.ndarray) -> np.ndarray:
    """0, 1 or 2: which third of the ranks each value lies in."""
    rank = np.empty(len(values), int)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return rank * 3 // max(1, len(values))


def one_luck(number: int, policies: Sequence[Policy], company: Company, days: int, seed: int, behaviour: Behaviour, scenario: Scenario,
             engine: str) -> np.ndarray:  # fmt: skip
    """Every measure of every segment with the luck of replication `number`: ndarray of float, shape (policies, segments, measures)."""
    if engine != REFERENCE and ready():
        quicken()
    world, cost, found = dealt(number, company, days, seed, behaviour, scenario), prices(behaviour, scenario), []
    members = list(groups(company.population).values())
    for policy in policies:
        parts = _parts(window(play(world, [policy], company, behaviour, engine)[policy.name], cost), world)
        found.append([_measures({name: part[who].sum() for name, part in parts.items()}, int(who.sum())) for who in members])
    return np.array(found)


def _parts(seen: Window, world: World) -> dict[str, np.ndarray]:
    """What the measures are made of, by customer."""
    journal, size = seen.journal, seen.journal.customers
    stood, late = open_days(seen.book, size, journal.warmup, journal.days - 1)
    cases = lambda rows: np.bincount(rows["customer"], minlength=size).astype(float)  # noqa: E731
    held = seen.rows(Kind.HELD)
    lost = seen.rows(Kind.LOST, Kind.WALKED)
    new = ~seen.book.opening & (seen.book.issue_day >= journal.warmup) & (seen.book.issue_day < journal.days)
    return {
        "value": _value(seen, world), "stood": stood, "late": late,
        "invoiced": np.bincount(seen.book.customer[new], seen.book.amount[new].astype(float), size),
        "contacts": cases(seen.rows(*TOUCHES)), "held": cases(held[held["a"] != Hold.APPROVAL]),
        "lost": np.bincount(lost["customer"], lost["amount"].astype(float), size), "goodwill": seen.goodwill,
    }  # fmt: skip


def _value(seen: Window, world: World) -> np.ndarray:
    """Each customer's part of the net value, fen; what is nobody's, such as salaries, is left out."""
    lines, fen = values(seen, world)
    customer = seen.journal.rows["customer"][lines]
    known = customer >= 0
    return np.bincount(customer[known], fen[known], seen.journal.customers)


def _measures(part: dict[str, float], customers: int) -> list[float]:
    divided = lambda a, b: a / b if b else np.nan  # noqa: E731
    return [
        part["value"] / customers, divided(part["stood"], part["invoiced"]), divided(part["late"], part["stood"]),
        part["contacts"] / customers, part["held"] / customers, part["lost"] / customers, part["goodwill"] / customers,
    ]  # fmt: skip


def losers(
    first: Policy, second: Policy, company: Company | None = None, days: int = 365, replications: int = 20, seed: int = 1,
    known: dict | None = None, scenario: Scenario = BASE, workers: int = 0, engine: str = AUTO,
    keep: Keep | Part | None = None, cluster: str = "", told: Callable[[int], None] | None = None,
) -> Losers:  # fmt: skip
    """What the second policy does to each kind of customer against the first, everything as used, with the same luck.

    Parameters
    ----------
    first, second : Policy
    company : Company, optional
    days, replications, seed : int
    known : dict, optional
        Constants with another value than the usual one.
    scenario : Scenario
    workers, engine, keep, cluster
        As for `arsim.study.spread.spread`.
    told : callable, optional
        Told how many replications are done.
    """
    company = company or Company.demo()
    given = ((first, second), company, days, seed, Behaviour.default(known), scenario, engine)
    found = np.array(list(counted(spread(one_luck, given, replications, workers, engine, needed(company, days), keep, cluster), told)))
    members = groups(company.population)
    confidence, effects = 1 - 0.05 / max(1, len(members) - 1), []
    for at, ((grouping, segment), who) in enumerate(members.items()):
        for place, measure in enumerate(MEASURES):
            theirs, ours = found[:, 0, at, place], found[:, 1, at, place]
            apart = _interval(ours - theirs, confidence)
            effects.append(Effect(grouping, segment, int(who.sum()), measure, float(np.nanmean(theirs)), *apart))
    return Losers((first, second), tuple(effects), replications, days)


def _interval(apart: np.ndarray, confidence: float) -> tuple[float, float, float]:
    """Mean with Student's interval. So far out in the tails a correction for skewness, as `comparison.interval` has it, is guesswork."""
    from scipy.special import stdtrit

    apart = apart[~np.isnan(apart)]
    if len(apart) < 2:
        return float(apart.mean()) if len(apart) else float("nan"), float("nan"), float("nan")
    half = float(stdtrit(len(apart) - 1, 0.5 + confidence / 2)) * float(apart.std(ddof=1)) / np.sqrt(len(apart))
    return float(apart.mean()), float(apart.mean() - half), float(apart.mean() + half)
