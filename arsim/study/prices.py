"""What things cost and are worth: the assumptions in money that net value, cost to collect and goodwill rest on."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    goodwill_price : mapping of int to float
        Channel code → points of goodwill one *reached* contact costs.
    goodwill_halflife_days : float
        Days in which half of the lost goodwill comes back.
    hold_goodwill : float, default 0
        Points one held order costs.
    """

    annual_rate: float
    gross_margin: float
    collector_month: float
    provision: tuple[float, float, float, float, float]
    goodwill_price: Mapping[int, float]
    goodwill_halflife_days: float
    hold_goodwill: float = 0.0

    def discount(self, days: int) -> np.ndarray:
        """What one fen paid on day 0 … `days` is worth on day 0: ``(1 + r) ^ (-day / 365)``, shape (days + 1,)."""
        return (1 + self.annual_rate) ** (np.arange(days + 1) / -365)

    def worth(self, ageing: np.ndarray) -> float:
        """Fen expected back from a book, given its balance by age bucket."""
        return float(ageing @ (1 - np.asarray(self.provision)))

    def points(self, channel: np.ndarray) -> np.ndarray:
        """Goodwill cost of each reached contact, given the channel codes. An unpriced channel is an error, not free of charge."""
        codes = np.bincount(channel).nonzero()[0]
        table = np.zeros(len(codes) and codes[-1] + 1)
        table[codes] = [self.goodwill_price[code] for code in codes.tolist()]
        return table[channel]
