"""A champion–challenger trial planned before it begins: how many customers, worked out from how far simulated customers differ."""

import numpy as np

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE
from arsim.report import words
from arsim.report.figures import number
from arsim.study.by_customer import overdue_shares, spread_of
from arsim.study.company import Company
from arsim.study.compare import dealt, play, prices
from arsim.study.sample_size import per_group
from arsim.study.window import window
from arsim.workbook.course.lesson import show_table


def trial_size(first: Policy | str, second: Policy | str, days: int = 365, replications: int = 4, seed: int = 1) -> dict[str, float]:
    """Work out a champion–challenger trial in which customers are drawn by lot, from how far simulated customers differ.

    The figure compared is each customer's own overdue share in the second half of the run; the first half is the time before.

    Returns
    -------
    dict
        ``customers``, ``sd`` and ``left`` (percentage points), ``difference`` (percentage points), ``plain`` and ``adjusted`` (customers
        in each group without and with the time before taken into account).
    """
    company, behaviour = Company.demo(), Behaviour.default()
    pair = [policy if isinstance(policy, Policy) else read_policy(policy) for policy in (first, second)]
    spreads, apart = [], []
    for nth in range(replications):
        journals = play(dealt(nth, company, days, seed, behaviour, BASE), pair, company, behaviour)
        books = [window(journal, prices(behaviour)).book for journal in journals.values()]
        people = next(iter(journals.values())).customers
        start = company.warmup
        before, after, other = (
            overdue_shares(book, people, start + low, start + high - 1)
            for book, low, high in ((books[0], 0, days // 2), (books[0], days // 2, days), (books[1], days // 2, days))
        )
        spreads.append(spread_of(before, after))
        apart.append(float(np.nanmean(other) - np.nanmean(after)))
    mean = lambda values: float(np.mean(values))  # noqa: E731
    sd, left, difference = mean([one.sd for one in spreads]), mean([one.left for one in spreads]), mean(apart)
    made = {"customers": mean([one.customers for one in spreads]), "sd": 100 * sd, "left": 100 * left, "difference": 100 * difference}
    made |= {"plain": per_group(difference, sd), "adjusted": per_group(difference, left)}
    points = words.say("percentage points")
    show_table([
        [words.say("For a trial by customers"), words.say("Figure")],
        [words.say("Customers with something open in both halves of the year"), number(made["customers"], 0)],
        [words.say("Spread between customers (standard deviation of the overdue share)"), f"{number(made['sd'], 1)} {points}"],
        [words.say("… left when each customer's own first half is known"), f"{number(made['left'], 1)} {points}"],
        [words.say("Difference the simulation leads one to expect"), f"{number(made['difference'], 1, sign=True)} {points}"],
        [words.say("Customers in each group, 80 % chance to see it, 95 % confidence"), number(made["plain"], 0)],
        [words.say("… with the first half taken into account"), number(made["adjusted"], 0)],
    ])  # fmt: skip
    return made
