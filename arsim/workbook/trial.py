"""The lab's experiment: two policies in one company, run replication by replication, each run remembered.

A run depends only on what it was asked (luck is addressed), so moving a lever of B leaves A's runs as they were, and moving it
back finds B's again.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from arsim.domain.policy import Policy
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE, Scenario
from arsim.model.world import World
from arsim.report.words import LANGUAGES
from arsim.study.company import Company
from arsim.study.compare import dealt, replicate
from arsim.study.comparison import Comparison, Replication

KEPT = 6000  # runs remembered; each takes a few kB
INVOICES = 500_000  # of the worlds remembered, so that a moved lever finds them dealt; about 100 bytes each
A, B = "a", "b"


@dataclass(frozen=True, eq=False)
class Question:
    """What the user wants to know.

    Parameters
    ----------
    company : Company
    reference, policy : Policy
        A, and B which is compared with it.
    days, replications, seed : int
    scenario : Scenario
        What the world does meanwhile.
    """

    company: Company
    reference: Policy
    policy: Policy
    days: int
    replications: int
    seed: int
    scenario: Scenario = BASE

    @property
    def policies(self) -> tuple[Policy, Policy]:
        """A and B, named so: both may be the same built-in policy."""
        return _as(self.reference, A), _as(self.policy, B)


@dataclass(frozen=True, eq=False)
class Stage:
    """How far an answer has come.

    Parameters
    ----------
    found : Comparison
        Over the replications done so far.
    without : Comparison or None
        The same luck again where no contact and no hold moves anybody; None until the first of these is done.
    """

    found: Comparison
    without: Comparison | None = None


class Trials:
    """Answers questions step by step and remembers every run."""

    def __init__(self):
        self._runs: OrderedDict[tuple, tuple[dict, dict]] = OrderedDict()
        self._worlds: OrderedDict[tuple, World] = OrderedDict()

    def stages(self, question: Question) -> Iterator[Stage | None]:
        """The answer as it grows: first one replication, then more, then the same without effects.

        Yields
        ------
        Stage or None
            None between two runs, so that whoever asks can stop there.
        """
        done = None
        for done in self.growing(question):
            yield Stage(done) if done else None
        for again in self.growing(question, Behaviour.default().without_effects()):
            yield Stage(done, again) if again else None

    def growing(self, question: Question, behaviour: Behaviour | None = None) -> Iterator[Comparison | None]:
        """The comparison after every replication that had to be run, and after the last; None after every run."""
        replications, policies = [], question.policies
        keys = [_key(question, policy, behaviour is None) for policy in policies]
        for number in range(question.replications):
            outcomes, weekly = {}, {}
            for policy, key in zip(policies, keys, strict=True):
                if (key, number) not in self._runs:
                    world = self._world(number, question, behaviour or Behaviour.default(), behaviour is None)
                    one = replicate(
                        number, (policy,), question.company, question.days, question.seed, behaviour, question.scenario, world=world
                    )  # fmt: skip
                    self._keep((key, number), one, policy.name)
                    yield None
                self._runs.move_to_end((key, number))
                outcomes[policy.name], weekly[policy.name] = self._runs[key, number]
            replications.append(Replication(number, outcomes, weekly))
            last = number + 1 == question.replications
            if last or any((key, number + 1) not in self._runs for key in keys):
                yield Comparison(policies, tuple(replications), question.replications, question.days, question.seed, question.scenario)

    def _world(self, number: int, question: Question, behaviour: Behaviour, effects: bool) -> World:
        key = number, question.company, question.days, question.seed, question.scenario, effects
        if key not in self._worlds:
            self._worlds[key] = dealt(number, question.company, question.days, question.seed, behaviour, question.scenario)
            while len(self._worlds) > 1 and sum(len(world.customer) for world in self._worlds.values()) > INVOICES:
                self._worlds.popitem(last=False)
        return self._worlds[key]

    def _keep(self, key: tuple, one: Replication, name: str) -> None:
        self._runs[key] = one.outcomes[name], one.weekly[name]
        while len(self._runs) > KEPT:
            self._runs.popitem(last=False)


def _key(question: Question, policy: Policy, effects: bool) -> tuple:
    """All that a run depends on but its number; what a policy is called is not part of it."""
    decided = policy.model_dump_json(exclude={"name", "title", "source"})
    return question.company, question.days, question.seed, question.scenario, decided, effects


def _as(policy: Policy, letter: str) -> Policy:
    titles = {language: f"{letter.upper()} · {policy.called(language)}" for language in LANGUAGES}
    return policy.model_copy(update={"name": letter, "title": titles})
