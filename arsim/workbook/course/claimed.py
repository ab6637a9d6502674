"""Late interest: what is claimed, what is let go and what comes in."""

import numpy as np

from arsim.domain.policy import Policy
from arsim.engine.journal import Kind
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE
from arsim.report import words
from arsim.report.figures import figure, money_scale
from arsim.study.company import Company
from arsim.study.compare import dealt, play, prices
from arsim.study.window import window
from arsim.workbook.course.lesson import show_table

KINDS = (Kind.INTEREST, Kind.WAIVED, Kind.INTEREST_PAID)


def claimed(*policies: Policy, company: Company | None = None, days: int = 365, replications: int = 10, seed: int = 1) -> dict[str, dict]:
    """Late interest claimed, waived and paid under each policy, mean fen over the replications; shown as a table as well.

    Parameters
    ----------
    *policies : Policy
    company : Company, optional
    days, replications, seed : int

    Returns
    -------
    dict of str to dict
        Policy's name → ``{"claimed": …, "waived": …, "paid": …}``.
    """
    company, behaviour = company or Company.demo(), Behaviour.default()
    cost, sums = prices(behaviour), {policy.name: np.zeros(len(KINDS)) for policy in policies}
    for number in range(replications):
        world = dealt(number, company, days, seed, behaviour, BASE)
        for name, journal in play(world, policies, company, behaviour).items():
            seen = window(journal, cost)
            sums[name] += [seen.total(kind) / replications for kind in KINDS]
    found = {name: dict(zip(("claimed", "waived", "paid"), map(float, total), strict=True)) for name, total in sums.items()}
    scale = money_scale(0)
    head = [words.say("Late interest ({unit})", unit=scale.name), words.say("claimed"), words.say("let go"), words.say("paid"),
            words.say("paid of 100 claimed")]  # fmt: skip
    body = [
        [policy.called(words.language()), *(figure(one, "fen", scale) for one in found[policy.name].values()),
         figure(found[policy.name]["paid"] / (found[policy.name]["claimed"] or 1), "share", scale)]
        for policy in policies
    ]  # fmt: skip
    show_table([head, *body])
    return found
