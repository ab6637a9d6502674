"""The lab's experiment: two policies in one company, run replication by replication, each run remembered.

A run depends only on what it was asked (luck is addressed), so moving a lever of B leaves A's runs as they were, and moving it
back finds B's again.
"""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

from arsim.domain.policy import Policy
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import BASE, Scenario
from arsim.model.world import World
from arsim.report.words import LANGUAGES
from arsim.study.company import Company
from arsim.study.compare import dealt, replicate
from arsim.study.comparison import Comparison, Replication
from arsim.study.sure import Sure

KEPT = 6000  # runs remembered; each takes a few kB
INVOICES = 500_000  # of the worlds remembered, so that a moved lever finds them dealt; about 100 bytes each
LATEST = 40  # runs whose times are remembered
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
    sure : Sure, optional
        Stop when its intervals are narrow enough, and `replications` says nothing. It may not want a sign: nothing is put aside here.
    """

    company: Company
    reference: Policy
    policy: Policy
    days: int
    replications: int
    seed: int
    scenario: Scenario = BASE
    sure: Sure | None = None

    def __post_init__(self):
        if self.sure and self.sure.aside:
            raise ValueError(self.sure)

    @property
    def most(self) -> int:
        """Replications at the most."""
        return self.sure.budget if self.sure else self.replications

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

    @property
    def whole(self) -> bool:
        """Whether the comparison has all its replications."""
        return len(self.found.replications) == self.found.asked


class Trials:
    """Answers questions step by step and remembers every run."""

    def __init__(self):
        self._runs: OrderedDict[tuple, tuple[dict, dict]] = OrderedDict()
        self._worlds: OrderedDict[tuple, World] = OrderedDict()
        self._took: dict[tuple, deque[float]] = {}  # by company and days: the seconds that the last runs took

    def pace(self, question: Question) -> float | None:
        """Seconds a run takes here, as a rule; None if there was none like it."""
        took = self._took.get((question.company, question.days))
        return median(took) if took else None

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
        count = len(done.replications) if done else question.most  # as many as it took
        for again in self.growing(replace(question, sure=None, replications=count), Behaviour.default().without_effects()):
            yield Stage(done, again) if again else None

    def growing(self, question: Question, behaviour: Behaviour | None = None) -> Iterator[Comparison | None]:
        """The comparison after every replication that had to be run, and after the last; None after every run."""
        replications, policies = [], question.policies
        keys = [_key(question, policy, behaviour is None) for policy in policies]
        for number in range(question.most):
            outcomes, weekly = {}, {}
            for policy, key in zip(policies, keys, strict=True):
                if (key, number) not in self._runs:
                    began = perf_counter()
                    world = self._world(number, question, behaviour or Behaviour.default(), behaviour is None)
                    one = replicate(
                        number, (policy,), question.company, question.days, question.seed, behaviour, question.scenario, world=world
                    )  # fmt: skip
                    self._keep((key, number), one, policy.name)
                    took = self._took.setdefault((question.company, question.days), deque(maxlen=LATEST))
                    took.append(perf_counter() - began)
                    yield None
                self._runs.move_to_end((key, number))
                outcomes[policy.name], weekly[policy.name] = self._runs[key, number]
            replications.append(Replication(number, outcomes, weekly))
            stop = question.sure and question.sure.stop(replications, [policy.name for policy in policies])
            if stop or number + 1 == question.most or any((key, number + 1) not in self._runs for key in keys):
                asked = len(replications) if stop else question.most
                yield Comparison(policies, tuple(replications), asked, question.days, question.seed, question.scenario, stop)
            if stop:
                return

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
