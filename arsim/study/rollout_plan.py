"""A champion–challenger trial planned from simulation: how many customers, how long, who gets what, when to stop."""

import numpy as np

from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import AUTO
from arsim.model.scenario import BASE, Scenario
from arsim.study.adjusted import by_unit
from arsim.study.company import Company
from arsim.study.compare import check
from arsim.study.looks import bounds
from arsim.study.lottery import draw, strata_of, third, units_of
from arsim.study.room import needed
from arsim.study.spread import spread
from arsim.study.trial_figures import CASH_DAYS, CASH_LEAST, Figure, Records, figure, invoiced
from arsim.study.trial_horizon import days_of, horizon
from arsim.study.trial_luck import HISTORY, one_luck, simulated_history, trials
from arsim.study.trial_plan import Plan

MONTHS = (3, 6, 9, 12)
LEAST = 10  # units in each arm, for any statement


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
    records = history or simulated_history(first, company, seed, scenario, engine)
    before, usual = kind.of(records, -HISTORY, -1), invoiced(records, -HISTORY, -1)
    people = company.population
    units = units_of(people.ids, together)
    grades = "grade" not in people.assumed
    strata = strata_of(people.demand, np.asarray(people.grade, np.int64) if grades else third(-people.payer), units)
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
    horizons = tuple(horizon(span, figures[:, at], past, strata, asked, bound) for at, span in enumerate(spans))
    at = spans.index(months)
    outcome = trials(figures[:, at], past, strata, seed, per_arm)
    ordered = trials(by_unit(np.array([one.orders[at] for one in lucks]), units), past, strata, seed, per_arm)
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
