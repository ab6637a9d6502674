"""Replications of the demo company's year under four policies, run once a session, to draw studies from."""

from functools import cache

from arsim.domain.policies import read_policy
from arsim.study.bench.decision import pairs
from arsim.study.compare import compare
from arsim.study.coverage import World

SIZE = 500
KEYS = ("net_value", "dso", "overdue_share", "goodwill")


@cache
def pool():
    """Baseline first; reminders sooner (alike), nothing done (unlike), the course's recovery plan (unlike)."""
    usual, sooner = pairs()["alike"]
    return compare([usual, sooner, read_policy("do_nothing"), read_policy("source_recovery_plan")], replications=SIZE)


def world():
    """The same as a world to draw from."""
    return World.of(pool(), KEYS)
