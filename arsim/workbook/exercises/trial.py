"""A trainee's policy put to the test beside today's: the same customers, the same luck, few replications."""

from functools import lru_cache

import numpy as np

from arsim.domain.policy import Policy, build
from arsim.engine.engines import AUTO, REFERENCE, ready
from arsim.report import words
from arsim.report.figures import number
from arsim.study.company import Company
from arsim.study.compare import replicate
from arsim.study.comparison import ENOUGH, interval
from arsim.workbook.exercises import policies
from arsim.workbook.exercises.reading import nothing

CUSTOMERS, DAYS = 60, 180
UNIT = 1_000_000  # fen: 10,000 yuan
REPLICATIONS = 2 * ENOUGH
PRACTICE, JUDGED = 1, 70_000  # luck to try things on; luck by which an answer is judged, a trial's number added


def against(policy: Policy, today: Policy, luck: int) -> dict[str, tuple[float, float, float]]:
    """Net value (10,000 yuan) and goodwill (points) of `policy` less those of `today`: mean and 95 % interval.

    Parameters
    ----------
    policy, today : Policy
    luck : int
        Seed of all replications.
    """
    ours, theirs = (_played(one.model_copy(update={"name": "tried", "title": {}}).model_dump_json(), luck) for one in (policy, today))
    return {what: interval(ours[what] - theirs[what]) for what in ours}


def show(exercise, answer: object) -> None:
    """Say how a policy does on practice luck, beside the policy of today that the exercise gives; nothing is noted."""
    policy = words.say("Put your policy in place of the dots first.") if nothing(answer) else policies.read(answer)
    if isinstance(policy, str):
        print(policy)
        return
    found = against(policy, policies.read(exercise.given["today"]), PRACTICE)
    value, low, high = (number(one, 1) for one in found["net_value"])
    told = words.say(
        "Practice luck, against today's policy: net value {value} ({low} to {high}) ten thousand yuan, goodwill {goodwill} points.",
        value=value, low=low, high=high, goodwill=number(found["goodwill"][0], 1),
    )  # fmt: skip
    print(told)


@lru_cache(64)
def _played(policy: str, luck: int) -> dict[str, np.ndarray]:
    one = build(Policy.model_validate_json(policy).model_dump(), "tried")
    engine = AUTO if ready() else REFERENCE  # judging an answer begins no minute of compiling
    runs = [replicate(turn, [one], _company(), DAYS, luck, engine=engine).outcomes["tried"] for turn in range(REPLICATIONS)]
    return {"net_value": np.array([run["net_value"] for run in runs]) / UNIT, "goodwill": np.array([run["goodwill"] for run in runs])}


@lru_cache(1)
def _company() -> Company:
    return Company.demo(CUSTOMERS)
