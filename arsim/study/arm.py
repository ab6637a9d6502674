"""One arm of an experiment in one replication: the world it met, what it did, what came of it."""

from dataclasses import dataclass

from arsim.domain.policy import Policy
from arsim.engine.journal import Journal
from arsim.model.world import World
from arsim.study.window import Window

Figure = tuple[float, float]  # part and whole


@dataclass(frozen=True, eq=False)
class Arm:
    """A policy's run in a world, and its window summed up."""

    world: World
    policy: Policy
    journal: Journal
    seen: Window

    @property
    def days(self) -> range:
        """The days that count."""
        return range(self.journal.warmup, self.journal.days)

    @property
    def horizon(self) -> int:
        """The day up to which what becomes of the book is known: the run-off follows the days that count."""
        return self.journal.days + self.journal.run_off
