"""Branches that do the same and fare differently: what a success story looks like where there is nothing but luck."""

from dataclasses import dataclass

import numpy as np

from arsim.domain.policies import read_policy
from arsim.report import luck, words
from arsim.study.company import Company
from arsim.study.compare import replicate
from arsim.study.spread import spread
from arsim.workbook.course.rollout import display_picture


@dataclass(frozen=True)
class TwoYears:
    """Share of receivables *not* overdue, in percent, of each branch this year and next.

    Parameters
    ----------
    first, second : ndarray, shape (branches,)
    best : int
        How many are called the best.
    """

    first: np.ndarray
    second: np.ndarray
    best: int

    @property
    def winners(self) -> np.ndarray:
        """Places of the best of the first year."""
        return np.argsort(-self.first, kind="stable")[: self.best]

    @property
    def lead(self) -> float:
        """Percentage points by which the best led the mean of all in the first year."""
        return float(self.first[self.winners].mean() - self.first.mean())

    @property
    def lead_later(self) -> float:
        """… and in the second."""
        return float(self.second[self.winners].mean() - self.second.mean())


def two_years(policy: str = "baseline", branches: int = 24, best: int = 5, seed: int = 1) -> TwoYears:
    """Run as many branches as asked for, all alike and under one policy, for two years of separate luck, and show them.

    The branches have the same customers, staff and rules; each year is dealt afresh.

    Returns
    -------
    TwoYears
    """
    rules, company = read_policy(policy), Company.demo()
    share = lambda one: 100 * (1 - one.outcomes[rules.name]["overdue_share"])  # noqa: E731
    first, second = (
        np.array([share(one) for one in spread(replicate, ((rules,), company, 365, luck_of), branches, 0)]) for luck_of in (seed, seed + 1)
    )
    found = TwoYears(first, second, best)
    display_picture(
        luck.two_years(first, second, best, words.say("Share of receivables not overdue (%), {count} branches", count=branches))
    )
    return found
