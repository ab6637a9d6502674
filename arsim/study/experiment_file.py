"""An experiment as a file: the claim in words of both languages, the two arms, what is measured and what is claimed."""

import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from arsim.domain.lever import Part
from arsim.domain.places import place
from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput, Problem
from arsim.model.evidence import constants
from arsim.model.scenario import BASE
from arsim.study.claims import MEASURES, Measure
from arsim.study.finding import Claim, Compare, Direction
from arsim.study.outcome import OUTCOMES, Outcome

PRESENT = "baseline"  # stands for what the company does today
OUTCOME = {outcome.key: outcome for outcome in OUTCOMES}


class Text(Part):
    """An experiment in one language: what it is called, what is claimed, what is asked, and what not to conclude."""

    title: str
    claim: str
    question: str
    caution: str


class Side(Part):
    """One arm: a built-in policy, the levers changed in it, and what the world does meanwhile."""

    policy: str = PRESENT
    levers: dict[str, Any] = {}
    scenario: str = BASE.name


class Measured(Part):
    """What is measured, how the arms are compared, and what is claimed to come out; see `finding.Claim`.

    `of` is the key of an outcome or the name of a measure of `arsim.study.claims`.
    """

    of: str
    compare: Compare
    direction: Direction
    claimed: float | tuple[float, float]


class Experiment(Part):
    """A claim as an experiment. Frozen; read from ``data/experiments``.

    Parameters
    ----------
    name : str
    source : str
        Which of the course's sources claims it, S0 … S4.
    days : int
        Days that count.
    reference, trial : Side
        What is done today, and what the claim is about. A level is measured in the trial alone.
    measure : Measured
    also : tuple of str
        Outcomes and measures reported beside it, without a verdict.
    rests_on : tuple of str
        Beginnings of the paths of those constants of behaviour the answer leans on most.
    en, zh : Text
    """

    name: str
    source: str = Field(pattern=r"^S[0-4](, S[0-4])*$")
    days: int = 365
    reference: Side = Side()
    trial: Side
    measure: Measured
    also: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    en: Text
    zh: Text

    def told(self, language: Literal["en", "zh"]) -> Text:
        """Its words in `language`."""
        return getattr(self, language)

    @property
    def claim(self) -> Claim:
        """What is claimed."""
        claimed = self.measure.claimed
        low, high = claimed if isinstance(claimed, tuple) else (claimed, claimed)
        return Claim(low, high, self.measure.direction, 1.0 if self.measure.compare == "ratio" else 0.0)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Paths of the constants of behaviour the answer leans on."""
        return tuple(path for path in constants() if path.startswith(self.rests_on)) if self.rests_on else ()

    def policies(self, present: Policy | None = None) -> tuple[Policy, Policy]:
        """The policies of both arms, called "reference" and "trial"; `present` in place of the one that stands for today's practice."""
        made = []
        for name, side in (("reference", self.reference), ("trial", self.trial)):
            policy = present if present is not None and side.policy == PRESENT else read_policy(side.policy)
            made.append(policy.replace(side.levers).model_copy(update={"name": name}))
        return made[0], made[1]


def measure_of(key: str) -> Outcome | Measure:
    """The outcome or the measure of claims of that name."""
    return OUTCOME.get(key) or MEASURES[key]


@cache
def experiments() -> tuple[str, ...]:
    """Names of the experiments that ship with arsim."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def read_experiment(name: str) -> Experiment:
    """An experiment by name.

    Raises
    ------
    BadInput
        If there is none of that name.
    """
    if name not in experiments():
        near = get_close_matches(name, experiments(), 3, 0.5)
        raise BadInput(
            Problem(
                "There is no experiment {name}.",
                "Perhaps you mean {near}; `arsim experiment list` shows them all." if near else "`arsim experiment list` shows them all.",
                values={"name": name, "near": ", ".join(near)},
            )
        )
    data = tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    return Experiment.model_validate({"name": name, **data})


def _folder() -> Path:
    return place("data") / "experiments"
