"""The means the course recommends, one at a time and together, as policies to be set against today's."""

import tomllib
from functools import cache

from arsim.domain.places import place
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.study.parts import graft

TODAY, FULL = "baseline", "source_full_system"
STOPS = ("credit", "warning")  # the groups by which supply is stopped


@cache
def _listed() -> tuple[dict, ...]:
    return tuple(tomllib.loads((place("data") / "course" / "means.toml").read_text("utf-8"))["means"])


def means() -> list[Policy]:
    """Today's policy with one of the means each, in the order of ``data/course/means.toml``."""
    return [graft(read_policy(TODAY), read_policy(FULL), one["groups"], one["name"], one["title"]) for one in _listed()]


def together() -> Policy:
    """Today's policy with all of the means: the full system, put together from its parts."""
    whole = read_policy(TODAY)
    for one in _listed():
        whole = graft(whole, read_policy(FULL), one["groups"], "together", {"en": "All means together", "zh": "全部手段合在一起"})
    return whole


def without_stops() -> Policy:
    """The full system without the rules that stop supply."""
    title = {"en": "Full system without supply stops", "zh": "不停供的全套做法"}
    return graft(read_policy(FULL), read_policy(TODAY), STOPS, "without_stops", title)
