"""A champion–challenger trial planned from simulation: how many customers, how long, who gets what, when to stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import AUTO, REFERENCE, ready
from arsim.engine.journal import Kind
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE, Scenario
from arsim.model.world import deal
from arsim.study.adjusted import by_unit, covariates, gaps, left_over
from arsim.study.book import book
from arsim.study.company import Company
from arsim.study.compare import check, play
from arsim.study.comparison import interval
from arsim.study.looks import bounds
from arsim.study.lottery import B, draw, strata_of, third, units_of
from arsim.study.quick import quicken
from arsim.study.room import needed
from arsim.study.sample_size import MOST, per_group, power
from arsim.study.spread import spread
from arsim.study.trial_figures import CASH_DAYS, CASH_LEAST, Figure, Records, figure, invoiced, orders, simulated

MONTHS = (3, 6, 9, 12)
HISTORY = 180  # days before the start that tell what each customer is like
LOTS = 200  # draws of lots in each simulated course of luck
OWN_LUCK = 1_000_000  # replication whose luck is not the trial's: of a simulated history
LEAST = 10  # units in each arm, for any statement


def days_of(months: int) -> int:
    """Days of so many months."""
    return round(months * 365 / 12)


@dataclass(frozen=True)
class Horizon:
    """What a trial of `months` would show.

    Parameters
    ----------
    months : int
    units : float
        Customers (or groups drawn together) with a figure, on average.
    effect, low, high : float
        Simulated difference of a customer's figure, B less A, and the 95 % interval of its mean over courses of luck.
    sd, left : float
        Spread between units, and what is left once their history and stratum are known.
    full, half : int or None
        Units in each arm for the power asked for, at this effect and at half of it; None: more than can be counted.
    full_90, half_90 : int or None
        The same for a power of 90 %.
    chance : float
        Power with all units of this company drawn.
    least : float
        Smallest effect that all units would show with the power asked for.
    """

    months: int
    units: float
    effect: float
    low: float
    high: float
    sd: float
    left: float
    full: int | None
    half: int | None
    full_90: int | None
    half_90: int | None
    chance: float
    least: float

    @property
    def removed(self) -> float:
        """Share of the variance that history and stratum take away."""
        return 1 - (self.left / self.sd) ** 2 if self.sd else 0.0


@dataclass(frozen=True, eq=False)
class Plan:
    """All of a trial that is settled before it begins.

    Parameters
    ----------
    policies : tuple of two Policy
        Champion and challenger.
    company : Company
    figure : Figure
        The main one.
    months, looks, seed, per_arm : int
    asked : float
        Power asked for.
    replications : int
    horizons : tuple of Horizon
        By length; one of them is of `months`.
    forecast : tuple of 3 float
        What a trial of this size is to show, and between which bounds 95 of 100 such trials lie.
    seen : float
        Share of such trials in the simulation that show a difference at the last look.
    by_money : float
        The simulated effect with each customer counted by what it was invoiced before, not by heads.
    fell : tuple of 3 float
        Orders in the trial as a multiple of each customer's usual, B less A: mean, and between which 95 of 100 trials lie.
    goodwill : float
        Points of goodwill moved by the end of the longest trial looked at.
    before, usual : ndarray of float, shape (customers,)
        Each customer's figure, and fen invoiced a day, in the `HISTORY` days before the start.
    units, strata : ndarray of int
        Of customers, shape (customers,); of units, shape (units,).
    arms : ndarray of int, shape (customers,)
    grades : bool
        Strata are by size and grade; else by size and how late customers pay.
    own_history : bool
        The history is the ledger's, not simulated.
    """

    policies: tuple[Policy, Policy]
    company: Company
    figure: Figure
    months: int
    looks: int
    seed: int
    per_arm: int
    asked: float
    replications: int
    horizons: tuple[Horizon, ...]
    forecast: tuple[float, float, float]
    seen: float
    by_money: float
    fell: tuple[float, float, float]
    goodwill: float
    before: np.ndarray
    usual: np.ndarray
    units: np.ndarray
    strata: np.ndarray
    arms: np.ndarray
    grades: bool
    own_history: bool

    @property
    def days(self) -> int:
        """Length of the trial."""
        return days_of(self.months)

    @property
    def chosen(self) -> Horizon:
        """The horizon of the months chosen."""
        return next(one for one in self.horizons if one.months == self.months)

    @property
    def bounds(self) -> tuple[float, ...]:
        """Normal bounds at the looks."""
        return bounds(self.looks)

    @property
    def each(self) -> int:
        """Units of each arm of this trial that will have a figure, about."""
        return int(self.chosen.units * min(0.5, self.per_arm / len(self.strata) if self.per_arm else 0.5))

    @property
    def chance(self) -> float:
        """Power of this trial at the simulated effect, worked out."""
        one = self.chosen
        return power(max(2, self.each), one.effect, one.left, _confidence(self.bounds[-1])) if one.left else 1.0

    def drawn_for(self, figures: int) -> int:
        """How many units must be drawn into an arm for so many of them to have a figure."""
        return ceil(figures * len(self.strata) / self.chosen.units)


@dataclass(frozen=True, eq=False)
class Luck:
    """One course of luck: by horizon and policy, each customer's figure and orders; arrays of shape (horizons, 2, customers)."""

    figures: np.ndarray
    orders: np.ndarray
    goodwill: np.ndarray


def one_luck(number: int, policies: Sequence[Policy], company: Company, months: Sequence[int], main: str, usual: np.ndarray, seed: int,
             scenario: Scenario, engine: str) -> Luck:  # fmt: skip
    """Play both policies from the trial's first day, with the same luck."""
    if engine != REFERENCE and ready():
        quicken()
    behaviour, people = Behaviour.default(), company.population
    world = deal(people, seed, number, company.warmup + days_of(max(months)), scenario, behaviour)
    found, ordered, goodwill = [], [], []
    for policy in policies:
        records, points = _played(world, policy, company, behaviour, engine)
        found.append([figure(main).of(records, 0, days_of(one) - 1) for one in months])
        ordered.append([orders(records, usual, 0, days_of(one) - 1) for one in months])
        goodwill.append(points)
    return Luck(np.array(found).swapaxes(0, 1), np.array(ordered).swapaxes(0, 1), np.array(goodwill))


def _played(world, policy: Policy, company: Company, behaviour: Behaviour, engine: str) -> tuple[Records, np.ndarray]:
    journal = play(world, [policy], company, behaviour, engine)[policy.name]
    told = journal.rows[journal.rows["kind"] == Kind.GOODWILL]
    points = np.full(journal.customers, 100.0)
    points[told["customer"]] = told["amount"] / 100
    return simulated(book(journal), journal.customers, company.warmup), points


def plan(
    first: Policy, second: Policy, company: Company, main: str = "overdue_share", months: int = 6, asked: float = 0.8, looks: int = 3,
    history: Records | None = None, together: dict[str, str] | None = None, per_arm: int = 0, replications: int = 20, seed: int = 1,
    scenario: Scenario = BASE, workers: int = 0, engine: str = AUTO, progress=None,
) -> Plan:  # fmt: skip
    """Plan a trial of `second` against `first` in `company`, from the day the company stands at.

    Parameters
    ----------
    first, second : Policy
        Champion and challenger.
    company : Company
    main : str
        One of `arsim.study.trial_figures.FIGURES`.
    months : int
        Length of the trial.
    asked : float
        Power asked for.
    looks : int
        Evenly spaced, the end among them.
    history : Records, optional
        The company's invoices before the start (days below 0); without them a history is simulated under `first`, with luck of its own.
    together : dict, optional
        Customer → group of companies to be drawn as one.
    per_arm : int
        Units in each arm; 0: everybody takes part.
    replications, seed : int
        Courses of luck; the seed also draws the lots.
    scenario, workers, engine
        As for `arsim.study.compare.compare`.
    progress : callable, optional
        Told (courses of luck done, asked).

    Returns
    -------
    Plan

    Raises
    ------
    BadInput
        The main figure is unknown or cannot be had in so few months, there are too few customers for two arms, or too many looks.
    """
    check((first, second), days_of(12), replications)
    kind = figure(main)
    _refuse(kind, months, asked, replications, len(company.population), per_arm)
    bound = bounds(looks)[-1]
    records = history or _history(first, company, seed, scenario, engine)
    before, usual = kind.of(records, -HISTORY, -1), invoiced(records, -HISTORY, -1)
    people = company.population
    units = units_of(people.ids, together)
    grades = "grade" not in people.assumed
    strata = strata_of(people.orders_a_day * np.exp(people.log_mean + people.log_sd**2 / 2),
                       np.asarray(people.grade, np.int64) if grades else third(-people.payer), units)  # fmt: skip
    if len(strata) < 2 * LEAST:
        raise BadInput(_few(len(strata)))
    spans = tuple(sorted({*(one for one in MONTHS if main != "cash_90" or days_of(one) >= CASH_LEAST), months}))
    given = ((first, second), company, spans, main, usual, seed, scenario, engine)
    lucks = []
    for one in spread(one_luck, given, replications, workers, engine, needed(company, days_of(spans[-1]))):
        lucks.append(one)
        if progress:
            progress(len(lucks), replications)
    figures = by_unit(np.array([one.figures for one in lucks]), units)
    past = by_unit(before, units)
    horizons = tuple(_horizon(span, figures[:, at], past, strata, asked, bound) for at, span in enumerate(spans))
    at = spans.index(months)
    outcome = _trials(figures[:, at], past, strata, seed, per_arm)
    ordered = _trials(by_unit(np.array([one.orders[at] for one in lucks]), units), past, strata, seed, per_arm)
    lots = draw(strata, seed, per_arm)[0]
    span = lambda gap: (float(gap[0].mean()), *(float(one) for one in np.quantile(gap[0], (0.025, 0.975))))  # noqa: E731
    return Plan(
        policies=(first, second), company=company, figure=kind, months=months, looks=looks, seed=seed, per_arm=per_arm, asked=asked,
        replications=replications, horizons=horizons, forecast=span(outcome), seen=float((np.abs(outcome[1]) > bound).mean()),
        by_money=_by_money(np.array([one.figures[at] for one in lucks]), usual), fell=span(ordered),
        goodwill=float(np.mean([one.goodwill[1] - one.goodwill[0] for one in lucks])), before=before, usual=usual,
        units=units, strata=strata, arms=lots[units].astype(np.int64), grades=grades, own_history=history is not None,
    )  # fmt: skip


def _by_money(figures: np.ndarray, usual: np.ndarray) -> float:
    """Mean effect weighted by usual amounts; figures of shape (lucks, 2, customers)."""
    apart = figures[:, 1] - figures[:, 0]
    weight = np.where(np.isfinite(apart), usual, 0.0)
    whole = weight.sum()
    return float((weight * np.nan_to_num(apart)).sum() / whole) if whole else float("nan")


def _history(policy: Policy, company: Company, seed: int, scenario: Scenario, engine: str) -> Records:
    """A half-year simulated with luck of its own, as if it had been before."""
    behaviour = Behaviour.default()
    world = deal(company.population, seed, OWN_LUCK, company.warmup + HISTORY, scenario, behaviour)
    records, _ = _played(world, policy, company, behaviour, engine)
    return Records(simulated(records.book, records.customers, HISTORY).book, records.customers)


def _trials(values: np.ndarray, before: np.ndarray, strata: np.ndarray, seed: int, per_arm: int) -> tuple[np.ndarray, np.ndarray]:
    """Many trials: in each course of luck, lots drawn `LOTS` times; what each shows, and its normal score. Values (lucks, 2, units)."""
    shown, scores = [], []
    for number, (under_a, under_b) in enumerate(values):
        lots = draw(strata, seed + 1 + number, per_arm, LOTS)
        inside = np.isfinite(under_a) & np.isfinite(under_b)
        if per_arm and 2 * per_arm < len(strata):  # who stays out differs from draw to draw
            for lot in lots[: LOTS // 4]:
                keep = inside & (lot >= 0)
                gap = gaps(lot[None, keep], under_a[keep], under_b[keep], covariates(before[keep], strata[keep]))
                shown.append(gap.value), scores.append(gap.score)
            continue
        gap = gaps(lots[:, inside] == B, under_a[inside], under_b[inside], covariates(before[inside], strata[inside]))
        shown.append(gap.value), scores.append(gap.score)
    return np.concatenate(shown), np.concatenate(scores)


def _horizon(months: int, values: np.ndarray, before: np.ndarray, strata: np.ndarray, asked: float, bound: float) -> Horizon:
    confidence = _confidence(bound)
    effects, spreads, rests, counts = [], [], [], []
    for under in values:
        inside = np.isfinite(under).all(axis=0)
        known = covariates(before[inside], strata[inside])
        effects.append(float((under[1] - under[0])[inside].mean()))
        spreads.append(np.sqrt(np.mean([side[inside].var(ddof=1) for side in under])))
        rests.append(np.sqrt(np.mean([left_over(side[inside], known) ** 2 for side in under])))
        counts.append(int(inside.sum()))
    mean, low, high = interval(np.array(effects))
    sd, left, units = float(np.mean(spreads)), float(np.mean(rests)), float(np.mean(counts))
    half = max(2, int(units // 2))
    size = lambda share, chance: _size(share * mean, left, chance, confidence)  # noqa: E731
    return Horizon(months, units, mean, low, high, sd, left, size(1, asked), size(0.5, asked), size(1, 0.9), size(0.5, 0.9),
                   power(half, mean, left, confidence) if left else 1.0, least_effect(half, left, asked, confidence))  # fmt: skip


def _confidence(bound: float) -> float:
    from scipy.special import ndtr

    return float(2 * ndtr(bound) - 1)


def _size(difference: float, left: float, chance: float, confidence: float) -> int | None:
    if not left > 0:
        return 2
    if abs(difference) < 1e-3 * left:  # far beyond `MOST` customers
        return None
    try:
        return per_group(difference, left, chance, confidence)
    except BadInput:
        return None


def least_effect(units: int, left: float, chance: float, confidence: float = 0.95) -> float:
    """Smallest effect that two arms of so many units show with the chance asked for.

    >>> round(least_effect(64, 1.0, 0.8), 2)
    0.5
    """
    if not left > 0:
        return 0.0
    low, high = 0.0, left
    while power(units, high, left, confidence) < chance and high < MOST * left:
        high *= 2
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if power(units, middle, left, confidence) < chance else (low, middle)
    return high


def _refuse(kind: Figure, months: int, asked: float, replications: int, customers: int, per_arm: int) -> None:
    problems = []
    if not 1 <= months <= 36:
        problems.append(Problem("A trial lasts 1 to 36 months.", "Choose another number.", value=str(months)))
    elif kind.key == "cash_90" and days_of(months) < CASH_LEAST:
        problems.append(Problem("In {months} months too few invoices of the trial become {days} days old.",
                                "Plan 5 months or more, or another main figure.",
                                values={"months": months, "days": CASH_DAYS}))  # fmt: skip
    if not 0.5 <= asked < 1:
        problems.append(Problem("The power must lie between 0.5 and 1.", "Usual are 0.8 and 0.9.", value=str(asked)))
    if replications < 2:
        problems.append(Problem("Two replications at least are needed.", "Choose another number.", value=str(replications)))
    if customers < 2 * LEAST:
        problems.append(_few(customers))
    if per_arm and not LEAST <= per_arm <= customers // 2:
        problems.append(Problem("Each arm takes from {least} customers to half of them.", "Choose another number.", value=str(per_arm),
                                values={"least": LEAST}))  # fmt: skip
    if problems:
        raise BadInput(*problems)


def _few(customers: int) -> Problem:
    return Problem("{count} customers (or groups) are too few to draw lots among.", "{least} are needed at least; pool branches, or decide "
                   "without a trial and watch the stop rules.", values={"count": customers, "least": 2 * LEAST})  # fmt: skip
