"""Courses of luck for a trial: both policies played on the same customers, and the lots drawn among these many times."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from arsim.domain.policy import Policy
from arsim.engine.engines import REFERENCE, ready
from arsim.engine.journal import Kind
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import Scenario
from arsim.model.world import deal
from arsim.study.adjusted import covariates, gaps
from arsim.study.book import book
from arsim.study.company import Company
from arsim.study.compare import play
from arsim.study.lottery import B, draw
from arsim.study.quick import quicken
from arsim.study.trial_figures import Records, figure, orders, simulated
from arsim.study.trial_horizon import days_of

HISTORY = 180  # days before the start that tell what each customer is like
LOTS = 200  # draws of lots in each simulated course of luck
OWN_LUCK = 1_000_000  # replication whose luck is not the trial's: of a simulated history


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


def simulated_history(policy: Policy, company: Company, seed: int, scenario: Scenario, engine: str) -> Records:
    """A half-year simulated with luck of its own, as if it had been before."""
    behaviour = Behaviour.default()
    world = deal(company.population, seed, OWN_LUCK, company.warmup + HISTORY, scenario, behaviour)
    records, _ = _played(world, policy, company, behaviour, engine)
    return Records(simulated(records.book, records.customers, HISTORY).book, records.customers)


def _played(world, policy: Policy, company: Company, behaviour: Behaviour, engine: str) -> tuple[Records, np.ndarray]:
    journal = play(world, [policy], company, behaviour, engine)[policy.name]
    told = journal.rows[journal.rows["kind"] == Kind.GOODWILL]
    points = np.full(journal.customers, 100.0)
    points[told["customer"]] = told["amount"] / 100
    return simulated(book(journal), journal.customers, company.warmup), points


def trials(values: np.ndarray, before: np.ndarray, strata: np.ndarray, seed: int, per_arm: int) -> tuple[np.ndarray, np.ndarray]:
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
