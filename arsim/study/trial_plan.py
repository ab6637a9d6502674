"""The plan of a champion–challenger trial: all that is settled before it begins."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from arsim.domain.policy import Policy
from arsim.study.company import Company
from arsim.study.looks import bounds
from arsim.study.sample_size import power
from arsim.study.trial_figures import Figure
from arsim.study.trial_horizon import Horizon, confidence_of, days_of


@dataclass(frozen=True, eq=False)
class Plan:
    """All of a trial that is settled before it begins.

    Parameters
    ----------
    policies : tuple of two Policy
        Champion and challenger.
    company : Company
    figure : Figure
        The main one.
    months, looks, seed, per_arm : int
    asked : float
        Power asked for.
    replications : int
    horizons : tuple of Horizon
        By length; one of them is of `months`.
    forecast : tuple of 3 float
        What a trial of this size is to show, and between which bounds 95 of 100 such trials lie.
    seen : float
        Share of such trials in the simulation that show a difference at the last look.
    by_money : float
        The simulated effect with each customer counted by what it was invoiced before, not by heads.
    fell : tuple of 3 float
        Orders in the trial as a multiple of each customer's usual, B less A: mean, and between which 95 of 100 trials lie.
    goodwill : float
        Points of goodwill moved by the end of the longest trial looked at.
    before, usual : ndarray of float, shape (customers,)
        Each customer's figure, and fen invoiced a day, in the `HISTORY` days before the start.
    units, strata : ndarray of int
        Of customers, shape (customers,); of units, shape (units,).
    arms : ndarray of int, shape (customers,)
    grades : bool
        Strata are by size and grade; else by size and how late customers pay.
    own_history : bool
        The history is the ledger's, not simulated.
    """

    policies: tuple[Policy, Policy]
    company: Company
    figure: Figure
    months: int
    looks: int
    seed: int
    per_arm: int
    asked: float
    replications: int
    horizons: tuple[Horizon, ...]
    forecast: tuple[float, float, float]
    seen: float
    by_money: float
    fell: tuple[float, float, float]
    goodwill: float
    before: np.ndarray
    usual: np.ndarray
    units: np.ndarray
    strata: np.ndarray
    arms: np.ndarray
    grades: bool
    own_history: bool

    @property
    def days(self) -> int:
        """Length of the trial."""
        return days_of(self.months)

    @property
    def chosen(self) -> Horizon:
        """The horizon of the months chosen."""
        return next(one for one in self.horizons if one.months == self.months)

    @property
    def bounds(self) -> tuple[float, ...]:
        """Normal bounds at the looks."""
        return bounds(self.looks)

    @property
    def each(self) -> int:
        """Units of each arm of this trial that will have a figure, about."""
        return int(self.chosen.units * min(0.5, self.per_arm / len(self.strata) if self.per_arm else 0.5))

    @property
    def chance(self) -> float:
        """Power of this trial at the simulated effect, worked out."""
        one = self.chosen
        return power(max(2, self.each), one.effect, one.left, confidence_of(self.bounds[-1])) if one.left else 1.0

    def drawn_for(self, figures: int) -> int:
        """How many units must be drawn into an arm for so many of them to have a figure."""
        return ceil(figures * len(self.strata) / self.chosen.units)
