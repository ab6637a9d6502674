"""A landscape with a known summit over mixed levers, met with luck; and one whose whole front is known."""

import numpy as np

from arsim.domain.policies import read_policy
from arsim.model.luck import address, uniform
from arsim.study.aim import aims
from arsim.study.space import Space

LEVERS = ("team.contact_cap=0:20", "law.days=0:365", "credit.limit_factor", "law.route", "promise.follow_up", "team.collectors=1:10")
SPACE = Space.of(read_policy("baseline"), LEVERS)
ROUTES = {"payment_order": 9.0, "mediation": 4.0, "suit": 0.0, "preserved_suit": 7.0, "lawyer_on_commission": 12.0}
FOLLOWING = {"none": 3.0, "call": 0.0, "visit": 6.0, "lawyer_letter": 4.0}
SUMMIT = 100.0  # at contact_cap 13, law.days 90, limit_factor 3.1, suit, call, 4 collectors


def height(policy):
    """Of the landscape without luck; `SUMMIT` where it is highest."""
    cap, days = (policy.team.contact_cap - 13) / 20, (policy.law.days - 90) / 365
    smooth = 48 * cap**2 + 30 * days**2 + 40 * ((policy.credit.limit_factor - 3.1) / 5) ** 2 - 10 * cap * days
    uneven = ROUTES[policy.law.route] + FOLLOWING[policy.promise.follow_up] + abs(policy.team.collectors - 4)
    trap = 8 * (policy.law.route == "payment_order" and policy.team.contact_cap > 10)
    return SUMMIT - smooth - uneven - trap


def effort(policy):
    """A second aim, at odds with the first."""
    return policy.team.contact_cap + policy.team.collectors + 3.0 * (policy.law.route == "suit")


def luck(seed, replication, policy, shared, own):
    """Noise of a run: what all policies of a replication share, and what each has of its own."""
    draws = uniform(address(seed, replication, 1), 0, 0)
    levers = sum(int(1000 * value) * (97 * place + 13) for place, value in enumerate((height(policy), effort(policy), policy.law.days)))
    mine = uniform(address(seed, replication, 2), levers % (1 << 40), 0)
    return shared * (draws - 0.5) + own * (mine - 0.5)


def measure(space, *figures, seed=1, shared=40.0, own=4.0):
    """A measure of these functions of a policy, with luck on the first; what it is asked for is written down in its `asked`."""

    def measured(jobs):
        for replication, candidates in jobs:
            policies = [space.policy(candidate) for candidate in candidates]
            measured.asked += [(replication, candidate) for candidate in candidates]
            rows = [[figure(policy) for figure in figures] for policy in policies]
            for row, policy in zip(rows, policies, strict=True):
                row[0] += luck(seed, replication, policy, shared, own)
            yield np.array(rows)

    measured.asked = []
    return measured


VALUE, EFFORT = aims(["net_value"]), aims(["net_value", "contact_minutes"])
