"""One view of a backtest: what came, what each method foretold, and how wide the model's intervals were."""

from dataclasses import dataclass

import numpy as np

from arsim.study import baselines
from arsim.study.method import Method

METHODS = ("model", *baselines.NAMES)


@dataclass(frozen=True, eq=False)
class View:
    """One view: what came, every method's forecast, the model's intervals of weekly cash, shape (levels, 2, weeks)."""

    truth: Method
    methods: dict[str, Method]
    bands: np.ndarray

    def coverage(self) -> tuple[float, ...]:
        """Share of the weeks whose cash fell into the interval, by level."""
        came = self.truth.cash
        return tuple(float(np.mean((low <= came) & (came <= high))) for low, high in self.bands)

    def cash_error(self, method: str) -> float:
        """Mean absolute error of weekly cash, as a share of mean weekly cash."""
        came = self.truth.cash
        return float(np.abs(self.methods[method].cash - came).mean() / came.mean())

    def beaten(self) -> bool:
        """Whether the model's cash error and score are below all three baselines'."""
        mine = (self.cash_error("model"), self.methods["model"].crps)
        return all(mine[0] < self.cash_error(name) and mine[1] < self.methods[name].crps for name in baselines.NAMES)
