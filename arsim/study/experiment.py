"""Experiments: a claim of the course put to the test, two arms on the same customers with the same luck."""

from collections.abc import Callable
from contextlib import closing

import numpy as np

from arsim.domain.policy import Policy
from arsim.engine.engines import AUTO
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import read_scenario
from arsim.study.arm import Arm
from arsim.study.claims import MEASURES
from arsim.study.company import Company
from arsim.study.compare import check, dealt, play, prices
from arsim.study.experiment_file import OUTCOME, Experiment, experiments, read_experiment
from arsim.study.finding import Beside, Compare, Estimate, Finding, estimated, judge
from arsim.study.room import needed
from arsim.study.spread import spread
from arsim.study.window import window

__all__ = ["Experiment", "experiments", "read_experiment", "run"]


def run(
    experiment: Experiment | str, company: Company | None = None, replications: int = 40, seed: int = 1,
    behaviour: Behaviour | None = None, present: Policy | None = None, progress: Callable[[int, int], None] | None = None,
    workers: int = 0, engine: str = AUTO, cluster: str = "",
) -> Finding:  # fmt: skip
    """Put a claim to the test.

    Parameters
    ----------
    experiment : Experiment or str
    company : Company, optional
        The demo company if not given.
    replications, seed : int
    behaviour : Behaviour, optional
        Other constants of behaviour, to see whether the answer survives them.
    present : Policy, optional
        What the company does today, where the experiment says "baseline".
    progress : callable, optional
        Called with (replications done, asked).
    workers : int
        How many at a time; 0 chooses. The result does not depend on it.
    engine : str, optional
        As for `arsim.engine.engines.simulate`. The result does not depend on it either.
    cluster : str, optional
        Address of a Dask scheduler whose workers do the work.

    Returns
    -------
    Finding
        If interrupted (Ctrl-C), of the replications finished by then.

    Raises
    ------
    BadInput
        If there is no such experiment, a lever does not fit the policy, or the number of replications is out of bounds.
    """
    experiment = read_experiment(experiment) if isinstance(experiment, str) else experiment
    policies, company = experiment.policies(present), company or Company.demo()
    check(policies, experiment.days, replications)
    done: list[np.ndarray] = []
    try:
        given = experiment, policies, company, seed, behaviour or Behaviour.default(), engine
        each = 2 * needed(company, experiment.days)  # both arms
        with closing(spread(_replicate, given, replications, workers, engine, each, cluster=cluster)) as coming:
            for figures in coming:
                done.append(figures)
                if progress:
                    progress(len(done), replications)
    except KeyboardInterrupt:
        pass  # what was finished is still worth having; `asked` says that it is not all
    return _found(experiment, np.array(done).reshape(len(done), 1 + len(experiment.also), 2, 2), replications)


def _found(experiment: Experiment, figures: np.ndarray, asked: int) -> Finding:
    """The finding from the figures, shape (replications, measures, arms, 2): reference and trial, part and whole."""
    compare = experiment.measure.compare
    n, found = _estimate(figures[:, 0], compare)
    _, alone = _estimate(figures[:, 0, ::-1], "level")
    _, trial = _estimate(figures[:, 0], "level")
    beside = []
    for row, key in enumerate(experiment.also, start=1):
        change = compare != "level" and np.isfinite((apart := _estimate(figures[:, row], "difference")[1]).value)
        beside.append(Beside(key, apart if change else _estimate(figures[:, row], "level")[1], bool(change)))
    claim = experiment.claim
    return Finding(
        experiment.name, found.value, found.low, found.high, judge(found.low, found.high, claim, n), claim, n, len(figures), asked,
        alone.value, trial.value, tuple(beside), experiment.assumptions,
    )  # fmt: skip


def _estimate(arms: np.ndarray, compare: Compare) -> tuple[int, Estimate]:
    """Replications that gave a figure, and the estimate from them; `arms` has shape (replications, arms, 2)."""
    needed = arms[:, 1:] if compare == "level" else arms
    arms = arms[np.isfinite(needed).all(axis=(1, 2)) & needed[:, :, 1].any(axis=1)]
    return len(arms), estimated(compare, arms[:, 1], arms[:, 0])


def _replicate(number, experiment, policies, company, seed, behaviour, engine) -> np.ndarray:
    """Figures of one replication, shape (measures, arms, 2)."""
    arms: list[Arm] = []
    for side, policy in zip((experiment.reference, experiment.trial), policies, strict=True):
        if arms and side == experiment.reference:
            arms.append(arms[0])  # nothing differs: a level is measured, and needs no second run
            continue
        scenario = read_scenario(side.scenario)
        world = dealt(number, company, experiment.days, seed, behaviour, scenario)
        journal = play(world, [policy], company, behaviour, engine)[policy.name]
        arms.append(Arm(world, policy, journal, window(journal, prices(behaviour, scenario))))
    ways = ((arms[0], arms[1]), (arms[1], arms[0]))
    return np.array([[_figure(key, *way) for way in ways] for key in (experiment.measure.of, *experiment.also)], float)


def _figure(key: str, arm: Arm, other: Arm) -> tuple[float, float]:
    return (OUTCOME[key].compute(arm.seen), 1.0) if key in OUTCOME else MEASURES[key].compute(arm, other)
