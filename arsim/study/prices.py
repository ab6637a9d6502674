"""What things cost and are worth: the assumptions in money that net value and cost to collect rest on."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np


@dataclass(frozen=True)
class Prices:
    """Prices, from the company or from ``behaviour.toml``.

    Parameters
    ----------
    annual_rate : float
        Cost of capital, share a year.
    gross_margin : float
        Share of a sale left after the goods are paid for.
    collector_month : float
        Full cost of one collector, fen per 30 days.
    provision : tuple of 5 float
        Share expected to be lost of what is not yet due, 1-30, 31-60, 61-90 and over 90 days past due.
    """

    annual_rate: float
    gross_margin: float
    collector_month: float
    provision: tuple[float, float, float, float, float]

    def discount(self, days: int) -> np.ndarray:
        """What one fen paid on day 0 … `days` is worth on day 0: ``(1 + r) ^ (-day / 365)``, shape (days + 1,)."""
        return _discount(self.annual_rate, days)

    def worth(self, ageing: np.ndarray) -> float:
        """Fen expected back from a book, given its balance by age bucket."""
        return float(ageing @ (1 - np.asarray(self.provision)))


@lru_cache(maxsize=8)
def _discount(annual_rate: float, days: int) -> np.ndarray:
    """The same in every replication, which must not change it."""
    fade = (1 + annual_rate) ** (np.arange(days + 1) / -365)
    fade.flags.writeable = False
    return fade
