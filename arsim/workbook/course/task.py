"""The task of the capstone: the scenario, the limits, the luck, and the house's own policies on the table."""

import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from arsim.domain.places import place
from arsim.domain.policy import levers
from arsim.model.scenario import read_scenario
from arsim.report import scenario, words


class Task(BaseModel):
    """What every team's policy has to live with.

    Parameters
    ----------
    scenario : str
    days, replications, seed : int
    beside : tuple of str
        Built-in policies on the table with the teams'; the first is what all are compared with.
    limits : dict
        Lever → the most it may be.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    scenario: str
    days: int = Field(gt=0)
    replications: int = Field(gt=0)
    seed: int
    beside: tuple[str, ...]
    limits: dict[str, float]

    def rows(self) -> list[list[str]]:
        """The task as a table, a head first."""
        labels = {lever.path: words.pick(lever.label) for lever in levers()}
        made = [[words.say("Given"), words.say("Set to")], [words.say("Scenario"), scenario.called(read_scenario(self.scenario))]]
        made.append([words.say("Days that count"), str(self.days)])
        return made + [[words.say("{lever}, at most", lever=labels[path]), f"{most:g}"] for path, most in self.limits.items()]


@cache
def read_task() -> Task:
    """The task as ``data/course/capstone.toml`` has it."""
    return Task.model_validate(tomllib.loads((place("data") / "course" / "capstone.toml").read_text("utf-8")))
