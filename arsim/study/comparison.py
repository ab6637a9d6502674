"""What came out of comparing policies: replication by replication, and summed up with intervals."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from arsim.domain.policy import Policy
from arsim.model.scenario import BASE, Scenario
from arsim.study.outcome import OUTCOMES

if TYPE_CHECKING:
    from arsim.study.sure import Stop

CONFIDENCE = 0.95
LONGER = 1.5  # times the skewness seen
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
    scenario : Scenario
    stop : Stop, optional
        Why there are so many replications, where a rule decided on that.
    """

    policies: tuple[Policy, ...]
    replications: tuple[Replication, ...]
    asked: int
    days: int
    seed: int
    scenario: Scenario = BASE
    stop: "Stop | None" = None

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

    Student's t, and on the side of the longer tail Hall's correction for skewness (1992, *On the removal of skewness by transformation*,
    Journal of the Royal Statistical Society B 54) where it reaches further: one large invoice paid or not makes such differences lopsided,
    and the plain interval would miss the truth far more often than it says. The correction would also draw the other side in; it must not,
    as with heavy tails on both sides the skewness seen is mostly luck. Where tails are heavy a sample shows too little of the skewness
    (never more than the root of its size), so `LONGER` times what is seen is corrected for. Without skewness the interval is Student's.
    How often it holds the truth is measured by `arsim.study.coverage`, which is also where `LONGER` comes from.

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
    lopsided = LONGER * float(np.mean((differences - mean) ** 3)) / spread**3 / np.sqrt(n)

    def unskewed(t):
        """Hall's monotone transformation, inverted: the quantile of the skewed statistic from Student's."""
        return t if abs(lopsided) < 1e-9 else 3 / lopsided * (np.cbrt(1 + lopsided * (t - lopsided / 6)) - 1)

    t = float(stdtrit(n - 1, 0.5 + confidence / 2))
    reach = max(t, unskewed(t)), min(-t, unskewed(-t))
    return mean, *(float(mean - bound * spread / np.sqrt(n)) for bound in reach)


def _mean(values: np.ndarray) -> float:
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else float("nan")
