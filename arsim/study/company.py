"""A company to try policies on: the demo company, or the user's own ledger."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.places import place
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.domain.reading import read_ledger
from arsim.model import demo
from arsim.model.behaviour import Behaviour
from arsim.model.population import Population
from arsim.study.enlarged import enlarged
from arsim.study.estimate import Estimate, estimate, open_items, starting

DEMO_START = date(2025, 1, 1)
MOST_CUSTOMERS = 1_000_000
EMPTY_WARMUP = 90  # days beyond the longest terms that fill an empty book


@dataclass(frozen=True, eq=False)
class Company:
    """Customers, the book they start from, and where both come from.

    Parameters
    ----------
    population : Population
    warmup : int
        Days to run before outcomes count: 0 from a ledger's open items, more from an empty book.
    found : Estimate or None
        How the population was estimated; None where its traits are given (the demo company).
    """

    population: Population
    warmup: int = 0
    found: Estimate | None = None

    @classmethod
    def demo(cls, customers: int | None = None) -> "Company":
        """The demo company on 1 January 2025, with the open items of its committed ledger.

        Parameters
        ----------
        customers : int, optional
            So many customers like its own, each with luck of its own, to try arsim on a company of another size.

        Raises
        ------
        BadInput
            If that is no number of customers, or more than a million.
        """
        if customers is None:
            return _demo()
        if not 1 <= customers <= MOST_CUSTOMERS:
            raise BadInput(Problem("The number of {name} must lie between 1 and {most}.", "Choose another number.", value=str(customers),
                                   values={"name": "customers", "most": MOST_CUSTOMERS}))  # fmt: skip
        return cls(enlarged(_demo().population, customers))

    @classmethod
    def of(cls, ledger: Ledger | str | Path, under: Policy | str = "baseline", day: date | None = None, behaviour: Behaviour | None = None,
           progress=None, **reading) -> "Company":  # fmt: skip
        """The company behind a ledger.

        Parameters
        ----------
        ledger : Ledger or path
        under : Policy or str
            The policy the ledger was observed under.
        day : date, optional
            Start from the book at the end of this day; by default the ledger's last.
        progress : callable, optional
            Told the share done.
        **reading
            For `read_ledger`, such as ``date_order``.

        Raises
        ------
        BadInput
            If the ledger cannot be read or is too thin to learn from.
        """
        if not isinstance(ledger, Ledger):
            ledger = read_ledger(ledger, **reading)
        under = read_policy(under) if isinstance(under, str) else under
        _learnable(ledger)
        if day is not None and not ledger.issued.min().item() <= day <= ledger.as_of:
            raise BadInput(
                Problem(
                    "The ledger says nothing about this day.", "Choose a day from {first} to {last}.", file=ledger.source, value=str(day),
                    values={"first": ledger.issued.min().item().isoformat(), "last": ledger.as_of.isoformat()},
                )
            )  # fmt: skip
        if day is not None:
            ledger = ledger.known_on(day)  # what came after must not be learnt from
            _learnable(ledger)
        found = estimate(ledger, under, behaviour, progress)
        population = starting(found, ledger, day)
        if not len(population.opening.customer):
            return cls(population, EMPTY_WARMUP + int(population.terms.max()), found)
        return cls(population, 0, found)


LEAST_PAYMENTS = 50
LONGEST_TERMS, OLDEST = 1000, 5000  # days; beyond what the model's table of ages holds


def _learnable(ledger: Ledger) -> None:
    """Refuse a ledger that says too little, or things no trade credit does."""
    payments = int((~ledger.open).sum())
    if payments < LEAST_PAYMENTS:
        raise BadInput(
            Problem(
                "The ledger shows only {found} payments; no behaviour can be learnt from so few.",
                "Give at least {least} paid invoices, better a year or two of them.",
                file=ledger.source, values={"found": payments, "least": LEAST_PAYMENTS},
            )
        )  # fmt: skip
    terms, age = ledger.due - ledger.issued, np.datetime64(ledger.as_of) - ledger.issued
    for what, days, most in (
        ("The invoice is due {days} days after its issue; the model knows terms of up to {most} days.", terms, LONGEST_TERMS),
        ("The invoice is {days} days older than the ledger's last day; the model knows up to {most} days.", age, OLDEST),
    ):
        worst = int(np.argmax(days))
        if (found := int(days[worst].astype(int))) > most:
            raise BadInput(
                Problem(
                    what,
                    "Correct the date or leave the invoice out.",
                    file=ledger.source,
                    value=ledger.invoice[worst],
                    values={"days": found, "most": most},
                )
            )


@cache
def _demo() -> Company:
    people = demo.people(DEMO_START)
    ledger = read_ledger(demo_ledger())
    book = open_items(ledger, {name: number for number, name in enumerate(people.ids)}, ledger.as_of, read_policy("baseline"))
    return Company(people.replace(opening=book))


def demo_ledger() -> Path:
    """The demo company's committed ledger."""
    return place("data") / "demo_ledger.csv"
