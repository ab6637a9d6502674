"""A ledger's own invoices sent through the model that was learnt from them, and both laid side by side, group by group."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.model.behaviour import Behaviour
from arsim.study import traits
from arsim.study.company import Company
from arsim.study.estimate import SIMULATED, invoices, replayed
from arsim.study.facts import taken
from arsim.study.groups import Groups
from arsim.study.readiness import sampled
from arsim.study.survival import settle_curve

LONGEST = 180  # days shown
ROUNDS = 12
BAND = (10, 90)  # percentiles of the rounds
SEED = 13  # luck of none of the fits


@dataclass(frozen=True, eq=False)
class Group:
    """One group of customers: what the ledger shows, and what the model makes of the same invoices.

    Parameters
    ----------
    name : str or None
        None for all customers together.
    count : int
        Invoices.
    observed, model : ndarray of float, shape (days,)
        Share not yet settled by days from issue (Kaplan–Meier).
    came : ndarray of float, shape (weeks,)
        Cash by week, fen.
    cash : ndarray of float, shape (3, weeks)
        The model's: mean, and the two percentiles of `BAND`.
    late : tuple of float
        Share of what was paid that was paid late: observed, the model's.
    """

    name: str | None
    count: int
    observed: np.ndarray
    model: np.ndarray
    came: np.ndarray
    cash: np.ndarray
    late: tuple[float, float]

    @property
    def gap(self) -> float:
        """Largest distance between the curves, as a share."""
        return float(np.abs(self.observed - self.model).max())


@dataclass(frozen=True, eq=False)
class Repeated:
    """All customers first, then group by group; `start` is day 0; `sampled` where a large book is shown by some of its customers."""

    groups: tuple[Group, ...]
    start: date
    sampled: bool


def repeat(company: Company, ledger: Ledger, groups: Groups, progress: Callable[[float], None] | None = None) -> Repeated:
    """Lay `ledger` beside what the model, estimated from it, makes of the same invoices under the same policy.

    Parameters
    ----------
    company : Company
        Learnt from `ledger`.
    ledger : Ledger
    groups : Groups
    progress : callable, optional
        Told the share done.
    """
    found = company.found
    complete = ledger.issued >= traits.complete_from(ledger)
    watched = ledger.picked(complete)
    book = invoices(watched, found.customers)
    place = traits.unhurried(book)
    place = place[sampled(taken(book, place), len(found.customers), 2 * SIMULATED)]
    tried, group = taken(book, place), groups.group[complete][place]
    runs = []
    for number in range(ROUNDS):
        runs.append(replayed(found.population, tried, found.under, Behaviour.default(), number, SEED))
        if progress:
            progress((number + 1) / ROUNDS)
    chosen = [(None, np.arange(len(place))), *((name, np.flatnonzero(group == at)) for at, name in enumerate(groups.names))]
    told = tuple(_group(name, which, tried, runs) for name, which in chosen if len(which))
    return Repeated(told, found.population.start, len(place) < len(traits.unhurried(book)))


def _group(name, which, book, runs):
    longest = min(LONGEST, int(np.max(np.where(book.paid >= 0, book.paid, book.last) - book.issued)))
    mine, made = taken(book, which), [taken(run, which) for run in runs]
    cash = np.array([_cash(run) for run in made])
    return Group(
        name, len(which), settle_curve(mine, longest), np.mean([settle_curve(run, longest) for run in made], axis=0), _cash(mine),
        np.stack([cash.mean(0), *np.percentile(cash, BAND, axis=0)]), (_late(mine), float(np.mean([_late(run) for run in made]))),
    )  # fmt: skip


def _cash(book):
    weeks = (book.last + 1) // 7
    paid = (book.paid >= 0) & (book.paid < 7 * weeks)
    return np.bincount(book.paid[paid] // 7, book.amount[paid].astype(float), weeks)


def _late(book):
    paid = book.paid >= 0
    return float(np.mean(book.paid[paid] > book.due[paid])) if paid.any() else float("nan")
