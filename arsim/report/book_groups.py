"""Groupings of a ledger's customers with the names a reader knows: from the demo company's customer file, from a column, by size."""

import numpy as np

from arsim.domain.ledger import Ledger
from arsim.domain.problem import BadInput, Problem
from arsim.model.scenario import INDUSTRIES
from arsim.report import words
from arsim.report.scenario import industry
from arsim.study.company import Company
from arsim.study.groups import Groups, by_size

BY = ("industry", "size", "grade")


def demo_groups(ledger: Ledger, by: str) -> Groups:
    """Customers of the demo company by what its customer file says of them.

    The file knows their industry, whether they are large (the ten largest buyers) and their credit grade. It knows no region and no
    product line: nothing is made up for these.

    Parameters
    ----------
    ledger : Ledger
        The demo company's.
    by : {"industry", "size", "grade"}

    Raises
    ------
    BadInput
        A customer is not the demo company's, or the file does not know `by`.
    """
    people, say = Company.demo().population, words.say
    if by not in BY:
        known = {"name": by, "known": ", ".join(BY)}
        raise BadInput(Problem("The customer file says nothing about {name}.", "It knows {known}.", values=known))
    place = {name: at for at, name in enumerate(people.ids)}
    if strange := sorted(set(ledger.customer) - set(place)):
        raise BadInput(
            Problem("The customer {name} is not in the demo company's file.", "Use the demo ledger.", values={"name": strange[0]})
        )
    who = np.array([place[name] for name in ledger.customer], int)
    if by == "industry":
        return Groups(tuple(industry(name) for name in INDUSTRIES), people.industry[who])
    if by == "size":
        return Groups((say("small and medium"), say("large")), people.large[who].astype(int))
    return Groups(tuple(say("grade {letter}", letter=letter) for letter in "ABCD"), people.grade[who])


def size_groups(ledger: Ledger) -> Groups:
    """Thirds of the customers by what they were invoiced."""
    names = (words.say("largest third"), words.say("middle third"), words.say("smallest third"))
    return Groups(names, by_size(ledger).group)
