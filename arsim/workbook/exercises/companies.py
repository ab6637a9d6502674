"""A company as an answer: what of it shows whether it was estimated as asked."""

from dataclasses import dataclass
from datetime import date

from arsim.report import words
from arsim.study.company import Company


@dataclass(frozen=True)
class Seen:
    """What can be seen of an estimated company.

    Parameters
    ----------
    start : date
        Its first day: the one after the last that was known.
    open : frozenset of str
        Numbers of the invoices it starts with.
    under : str
        The policy its ledger is said to have been observed under.
    way : str
        How it is made, as code; "" of a trainee's.
    """

    start: date
    open: frozenset[str]
    under: str = "baseline"
    way: str = ""

    def __str__(self) -> str:
        return self.way


def read(answer: object, customers: frozenset[str]) -> Seen | str:
    """What is seen of a company of these `customers`; or, in words, why it is none."""
    if isinstance(answer, Seen):
        return answer
    if not isinstance(answer, Company) or answer.found is None:
        return words.say("A company estimated from the ledger is expected here: what Company.of returns.")
    people = answer.population
    if not set(people.ids) <= customers:
        return words.say("This company has other customers than the ledger. Estimate it from the file of this exercise.")
    opened = people.opening.number if people.opening is not None else ()
    return Seen(people.start, frozenset(opened), answer.found.under.name)
