"""Policies compared on the same customers with the same luck, so that a difference is the policy and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from arsim.domain.policies import read_policy
from arsim.domain.policy import CHANNELS, Policy
from arsim.domain.problem import BadInput, Problem
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.company import Company
from arsim.study.outcome import OUTCOMES, outcomes
from arsim.study.prices import Prices
from arsim.study.series import weekly

CONFIDENCE = 0.95
ENOUGH = 10  # replications before a verdict: with fewer the interval misses the truth too often


@dataclass(frozen=True, eq=False)
class Replication:
    """One replication: the same luck met by every policy.

    `outcomes` and `weekly` are per policy name; see `arsim.study.outcome` and `arsim.study.series`.
    """

    number: int
    outcomes: dict[str, dict[str, float]]
    weekly: dict[str, dict[str, np.ndarray]]


@dataclass(frozen=True, eq=False)
class Comparison:
    """What came out, replication by replication.

    Parameters
    ----------
    policies : tuple of Policy
        The first is what the others are compared with.
    replications : tuple of Replication
    asked : int
        Replications asked for; fewer came out if the run was stopped.
    days : int
    seed : int
    """

    policies: tuple[Policy, ...]
    replications: tuple[Replication, ...]
    asked: int
    days: int
    seed: int

    def runs(self) -> pd.DataFrame:
        """Tidy: one row per replication, policy and outcome, in the order of names; money in fen.

        The order does not depend on how the policies were named, so neither does a file of it.
        """
        names = sorted(policy.name for policy in self.policies)
        return pd.DataFrame(
            [
                (replication.number, name, outcome.key, replication.outcomes[name][outcome.key])
                for replication in self.replications for name in names for outcome in OUTCOMES
            ],
            columns=["replication", "policy", "outcome", "value"],
        )  # fmt: skip

    def summary(self) -> pd.DataFrame:
        """Each policy against the first: means, paired difference, its 95 % interval.

        Returns
        -------
        DataFrame
            Columns policy, outcome, reference (mean), mean, difference, low, high, better: +1 the policy is surely better than the
            first, −1 surely worse, 0 no telling (or fewer than `ENOUGH` replications, or no matter of better).
        """
        rows = []
        for policy in self.policies[1:]:
            for outcome in OUTCOMES:
                ours, theirs = self.values(policy.name, outcome.key), self.values(self.policies[0].name, outcome.key)
                difference, low, high = interval(ours - theirs)
                sure = ((low > 0) - (high < 0)) * (len(self.replications) >= ENOUGH)
                rows.append((policy.name, outcome.key, _mean(theirs), _mean(ours), difference, low, high, int(sure) * outcome.direction))
        return pd.DataFrame(rows, columns=["policy", "outcome", "reference", "mean", "difference", "low", "high", "better"])

    def values(self, policy: str, outcome: str) -> np.ndarray:
        """One outcome of one policy, per replication."""
        return np.array([replication.outcomes[policy][outcome] for replication in self.replications])


def interval(differences: np.ndarray, confidence: float = CONFIDENCE) -> tuple[float, float, float]:
    """Mean of paired differences with its interval; nan bounds for fewer than two.

    Student's t, with Hall's (1992) correction for skewness: one large invoice paid or not makes such differences lopsided, and the
    plain interval would miss the truth far more often than it says. Without skewness the two are the same.

    >>> [round(x, 3) for x in interval(np.array([1.0, 2.0, 3.0]))]
    [2.0, -0.484, 4.484]
    """
    from scipy.special import stdtrit

    differences = differences[~np.isnan(differences)]
    n = len(differences)
    if n < 2:
        return _mean(differences), float("nan"), float("nan")
    mean, spread = float(differences.mean()), float(differences.std(ddof=1))
    if spread == 0:
        return mean, mean, mean
    lopsided = float(np.mean((differences - mean) ** 3)) / spread**3 / np.sqrt(n)

    def unskewed(t):
        """Hall's monotone transformation, inverted: the quantile of the skewed statistic from Student's."""
        return t if abs(lopsided) < 1e-9 else 3 / lopsided * (np.cbrt(1 + lopsided * (t - lopsided / 6)) - 1)

    t = float(stdtrit(n - 1, 0.5 + confidence / 2))
    return mean, *(float(mean - unskewed(bound) * spread / np.sqrt(n)) for bound in (t, -t))


def _mean(values: np.ndarray) -> float:
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else float("nan")


def prices(behaviour: Behaviour) -> Prices:
    """The prices of `behaviour`, in fen."""
    p = behaviour.prices
    return Prices(
        annual_rate=p["annual_rate"],
        gross_margin=p["gross_margin"],
        collector_month=p["collector_month"] * 100,
        provision=tuple(p[f"provision_{age}"] for age in ("current", "30", "60", "90", "over")),
        goodwill_price={code: behaviour.channels[code].goodwill for code in range(len(CHANNELS))},
        goodwill_halflife_days=p["goodwill_half_life"],
        hold_goodwill=p["hold_goodwill"],
    )


def replicate(
    number: int, policies: Sequence[Policy], company: Company, days: int, seed: int, behaviour: Behaviour | None = None
) -> Replication:
    """Deal one world and run every policy in it.

    Parameters
    ----------
    number : int
        Which replication, from 0.
    policies : sequence of Policy
    company : Company
    days : int
        Days that count, after the company's warm-up.
    seed : int
    behaviour : Behaviour, optional
    """
    behaviour = behaviour or Behaviour.default()
    world = deal(company.population, seed, number, company.warmup + days)
    journals = {policy.name: simulate(world, policy, behaviour, company.warmup) for policy in policies}
    cost = prices(behaviour)
    return Replication(
        number,
        {name: outcomes(journal, cost) for name, journal in journals.items()},
        {name: weekly(journal, cost) for name, journal in journals.items()},
    )


def compare(
    policies: Sequence[Policy | str | Path],
    company: Company | None = None,
    days: int = 365,
    replications: int = 40,
    seed: int = 1,
    behaviour: Behaviour | None = None,
    progress: Callable[[int, int], None] | None = None,
    workers: int = 0,
) -> Comparison:
    """Run `policies` on the same company with the same luck.

    Parameters
    ----------
    policies : sequence of Policy, built-in name or path of a TOML file
        Two or more; the others are compared with the first.
    company : Company, optional
        The demo company if not given.
    days, replications, seed : int
    behaviour : Behaviour, optional
    progress : callable, optional
        Called with (replications done, asked).
    workers : int
        Processes; 0 chooses. The result does not depend on it.

    Returns
    -------
    Comparison
        If interrupted (Ctrl-C), with the replications finished by then.

    Raises
    ------
    BadInput
        If a policy cannot be read, two bear the same name, or there are fewer than two.

    Examples
    --------
    >>> found = compare(["do_nothing", "baseline"], days=60, replications=2)
    >>> found.summary().query("outcome == 'contacts'")[["reference", "difference"]].gt(0).values.tolist()
    [[False, True]]
    """
    policies = tuple(policy if isinstance(policy, Policy) else read_policy(policy) for policy in policies)
    check(policies, days, replications)
    company = company or Company.demo()
    done: list[Replication] = []
    try:
        for replication in _results(policies, company, days, replications, seed, behaviour, workers):
            done.append(replication)
            if progress:
                progress(len(done), replications)
    except KeyboardInterrupt:
        pass  # what was finished is still worth having; `asked` says that it is not all
    return Comparison(policies, tuple(done), replications, days, seed)


def check(policies: Sequence[Policy], days: int, replications: int) -> None:
    """Refuse what cannot be compared."""
    names = [policy.name for policy in policies]
    if len(names) < 2:
        raise BadInput(
            Problem("A comparison needs at least two policies.", "Name another one; `arsim policy list` shows the built-in ones.")
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(
            Problem('Two policies are called "{name}".', "Give one of them another name in its file.", values={"name": twice[0]})
        )
    for name, value, most in (("days", days, 3650), ("replications", replications, 10_000)):
        if not 1 <= value <= most:
            raise BadInput(
                Problem(
                    "The number of {name} must lie between 1 and {most}.",
                    "Choose another number.",
                    value=str(value),
                    values={"name": name, "most": most},
                )
            )


def _results(policies, company, days, replications, seed, behaviour, workers) -> Iterator[Replication]:
    from joblib import Parallel, cpu_count, delayed

    # Starting processes costs about a second; below a handful of replications it is not earned back.
    workers = workers or (cpu_count() if replications >= 6 else 1)
    if workers == 1:
        yield from (replicate(number, policies, company, days, seed, behaviour) for number in range(replications))
    else:
        yield from Parallel(n_jobs=workers, return_as="generator", batch_size=1)(
            delayed(replicate)(number, policies, company, days, seed, behaviour) for number in range(replications)
        )
