"""What came out of looking for better policies: the front with its values on fresh luck, and what fresh luck took away."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from arsim.domain.policy import Policy
from arsim.model.scenario import BASE, Scenario
from arsim.study.aim import DECIDED, Limit, direction
from arsim.study.comparison import ENOUGH, interval
from arsim.study.outcome import Outcome
from arsim.study.plan import Plan
from arsim.study.search import Found
from arsim.study.space import Space


@dataclass(frozen=True, eq=False)
class Exploration:
    """The result of `arsim.study.explore.explore`.

    Parameters
    ----------
    space : Space
    plan : Plan
    found : Found
    days, seed : int
    scenario : Scenario
    """

    space: Space
    plan: Plan
    found: Found
    days: int
    seed: int
    scenario: Scenario = BASE

    @property
    def spent(self) -> int:
        """Runs in all; a run is one policy in one replication."""
        return self.found.spent

    @property
    def aims(self) -> tuple[Outcome, ...]:
        """Outcomes aimed at."""
        return self.found.aims

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Constraints kept to."""
        return self.found.limits

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The front, best on the first aim on fresh luck first, called front_1, front_2 and so on."""
        made = []
        for place, each in enumerate(self.found.front, 1):
            title = {"en": f"Front {place}", "zh": f"前沿 {place}"}
            source = f"found by arsim explore, beginning from {self.space.base.name}"
            made.append(self.space.policy(each.candidate).model_copy(update={"name": f"front_{place}", "title": title, "source": source}))
        return tuple(made)

    def fresh(self, place: int, key: str) -> np.ndarray:
        """An outcome of the front's policy at `place` on fresh luck, by replication; of the base for place -1."""
        column = self.found.keys.index(key)
        return self.found.fresh_base[:, column] if place < 0 else self.found.fresh[place][:, column]

    def front(self) -> pd.DataFrame:
        """One row per policy and outcome aimed at.

        Returns
        -------
        DataFrame
            Columns policy, outcome, reference and mean (on fresh luck), difference, low, high (paired, 95 %), better (+1 surely better
            than the base, -1 surely worse, 0 no telling), searched (the difference the search believed in), beaten_by (a policy of the
            front that is as good on every aim and surely better on one, by fresh luck). Money in fen.
        """
        rows, beaten = [], self.beaten()
        for place, (policy, tried) in enumerate(zip(self.policies, self.found.front, strict=True)):
            for column, aim in enumerate(self.aims):
                ours, theirs = self.fresh(place, aim.key), self.fresh(-1, aim.key)
                difference, low, high = interval(ours - theirs)
                sure = ((low > 0) - (high < 0)) * (len(ours) >= ENOUGH)
                rows.append((policy.name, aim.key, np.nanmean(theirs), np.nanmean(ours), difference, low, high,
                             int(sure) * direction(aim), float(tried.change[column]), beaten[place]))  # fmt: skip
        columns = ["policy", "outcome", "reference", "mean", "difference", "low", "high", "better", "searched", "beaten_by"]
        return pd.DataFrame(rows, columns=columns)

    def beaten(self) -> list[str]:
        """For each policy of the front, another that beats it on fresh luck: as good on every aim, surely better on one; else ""."""
        return [
            next((self.policies[other].name for other in range(len(self.policies)) if other != place and self._beats(other, place)), "")
            for place in range(len(self.policies))
        ]

    def beats_base(self) -> list[bool]:
        """For each policy of the front, whether it is as good as the base on every aim and surely better on one, on fresh luck."""
        return [self._beats(place, -1) for place in range(len(self.policies))]

    def _beats(self, one: int, other: int) -> bool:
        ahead = [interval(direction(aim) * (self.fresh(one, aim.key) - self.fresh(other, aim.key))) for aim in self.aims]
        enough = len(self.found.fresh_base) >= ENOUGH
        return enough and any(low > 0 for _, low, _ in ahead) and all(mean >= 0 for mean, _, _ in ahead)

    def shrinkage(self) -> pd.DataFrame:
        """What fresh luck left of the differences the search believed in: one row per aim, for the policy best on it in the search.

        Returns
        -------
        DataFrame
            Columns outcome, policy, searched, fresh, low, high, left: fresh / searched, nan where the search saw no gain over the base.
        """
        rows, table = [], self.front().set_index(["outcome", "policy"])
        for column, aim in enumerate(self.aims):
            gains = [direction(aim) * each.change[column] for each in self.found.front]
            line = table.loc[aim.key, self.policies[int(np.argmax(gains))].name]
            left = line.difference / line.searched if max(gains) > 0 else float("nan")
            rows.append((aim.key, line.name[1], line.searched, line.difference, line.low, line.high, left))
        return pd.DataFrame(rows, columns=["outcome", "policy", "searched", "fresh", "low", "high", "left"])

    def tried(self) -> pd.DataFrame:
        """Every policy that was run: its levers, replications, mean difference from the base on each aim, whether it keeps the limits."""
        names = {each.candidate: f"front_{place}" for place, each in enumerate(self.found.front, 1)}
        rows = [
            self.space.values(each.candidate) | {"replications": each.replications}
            | {aim.key: float(each.change[column]) for column, aim in enumerate(self.aims)}
            | {"keeps_limits": each.kept, "policy": names.get(each.candidate, "")}
            for each in self.found.tried
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def runs(self) -> pd.DataFrame:
        """Tidy, on fresh luck: one row per replication, policy and outcome measured; money in fen."""
        rows = [
            (number, name, key, float(self.fresh(place, key)[number]))
            for number in range(len(self.found.fresh_base))
            for place, name in enumerate((self.space.base.name, *(policy.name for policy in self.policies)), -1)
            for key in self.found.keys
        ]
        return pd.DataFrame(rows, columns=["replication", "policy", "outcome", "value"])

    def on_fresh_luck(self, limit: Limit) -> list[float]:
        """What each policy of the front comes to where `limit` looks, on fresh luck."""
        if limit.key in DECIDED:
            return [DECIDED[limit.key](policy) for policy in self.policies]
        return [float(np.nanmean(self.fresh(place, limit.key))) for place in range(len(self.policies))]
