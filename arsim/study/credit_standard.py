"""What a looser or tighter credit standard brings a year: margin, receivables to finance, bad debt.

Money in any one unit. `BadInput` is raised for an amount that is negative or no number, and a share outside 0 to 1.
Gitman, *Principles of Managerial Finance*, "Changing credit standards". Editions differ by the year and by rounding the turnover.
"""

from dataclasses import dataclass

from arsim.domain.problem import BadInput, Problem
from arsim.study.inputs import check_amounts, check_shares


@dataclass(frozen=True)
class Standard:
    """A credit standard and what it brings.

    Parameters
    ----------
    units : float
        Units sold on credit a year.
    collection_days : float
        Average collection period.
    bad_debt : float
        Share of sales never paid.
    """

    units: float
    collection_days: float
    bad_debt: float

    def __post_init__(self):
        check_amounts(units=self.units, collection_days=self.collection_days)
        check_shares(bad_debt=self.bad_debt)


@dataclass(frozen=True)
class Change:
    """What a change of standard brings a year; every field counts for the new standard (costs are positive).

    Parameters
    ----------
    contribution : float
        Margin on the units added.
    investment : float
        Money added to receivables, at variable cost (not a yearly flow).
    carrying : float
        Required return on it.
    bad_debt : float
        Bad debt added.
    """

    contribution: float
    investment: float
    carrying: float
    bad_debt: float

    @property
    def net(self) -> float:
        """Contribution less carrying cost less bad debt, a year."""
        return self.contribution - self.carrying - self.bad_debt


def invested(units: float, variable_cost: float, collection_days: float, *, year: int) -> float:
    """Money tied up in receivables: variable cost of a year's sales / (year / collection period).

    At variable cost, because the margin was never paid out.

    Parameters
    ----------
    units, variable_cost, collection_days : float
        Units a year, their variable cost each, days to collect.
    year : {360, 365}
        Day-count convention; any other is refused. It moves the answer, so it must be said.

    Returns
    -------
    float
        Money; a stock, not a yearly flow.

    Examples
    --------
    360,000 of cost a year, a twelfth of it outstanding:

    >>> invested(60_000, 6, 30, year=360)
    30000.0
    """
    check_amounts(units=units, variable_cost=variable_cost, collection_days=collection_days)
    if year not in (360, 365):
        raise BadInput(Problem("A year of {given} days is no day-count convention here.", "Choose 360 or 365.", values={"given": year}))
    return units * variable_cost * collection_days / year


def change_of_standard(now: Standard, then: Standard, price: float, variable_cost: float, rate: float, *, year: int) -> Change:
    """Price a change of credit standard: margin gained, receivables financed, bad debt suffered.

    net = (P - v) Δunits - rate × Δinvestment - Δ(bad-debt share × P × units)

    Parameters
    ----------
    now, then : Standard
        Before and after.
    price, variable_cost : float
        Of one unit.
    rate : float
        Required return a year on the money tied up.
    year : {360, 365}
        As in `invested`.

    Returns
    -------
    Change
        Its `net` above 0: the change pays.

    Examples
    --------
    Sales 1,000 → 1,200 at a margin of 4; 36 → 72 days ties up 600 → 1,440; bad debt 100 → 240.

    >>> change = change_of_standard(Standard(1000, 36, 0.01), Standard(1200, 72, 0.02), price=10, variable_cost=6, rate=0.1, year=360)
    >>> change.contribution, change.investment, round(change.carrying, 6), change.bad_debt, round(change.net, 6)
    (800, 840.0, 84.0, 140.0, 576.0)
    """
    check_amounts(price=price, variable_cost=variable_cost, rate=rate)
    before, after = (invested(s.units, variable_cost, s.collection_days, year=year) for s in (now, then))
    return Change(
        contribution=(price - variable_cost) * (then.units - now.units),
        investment=after - before,
        carrying=rate * (after - before),
        bad_debt=price * (then.units * then.bad_debt - now.units * now.bad_debt),
    )
