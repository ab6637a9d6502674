"""How a search spends its runs: on looking, on making sure, and on luck it has never seen."""

from dataclasses import dataclass

from arsim.domain.problem import BadInput, Problem

RUNGS = (4, 8, 16, 32)  # replications a policy gets: the first for everybody, more for those that look good
BATCH = 16  # policies tried between two looks at the results
RISING = 6  # of a batch's best, how many climb a rung
# Numbers of replications nobody comes across by chance: `arsim compare` counts from 0, so it meets luck of its own again.
SEARCH, FRESH = 1_000_000, 2_000_000
MOST_FRESH, LEAST_FRESH = 40, 10
RACE = 0.2  # of the budget, for the finalists on the luck of the search


@dataclass(frozen=True)
class Plan:
    """A budget and its parts. A run is one policy in one replication.

    Parameters
    ----------
    budget : int
        Runs in all.
    finalists : int
        Policies reported at most.
    fresh : int
        Replications of fresh luck (holdout) each of them, and the base, gets at the end.
    seed : int
        Of the search's own choices; the luck of the world is the measure's.
    """

    budget: int
    finalists: int
    fresh: int
    seed: int = 1

    @classmethod
    def of(cls, budget: int, finalists: int = 8, fresh: int | None = None, seed: int = 1) -> "Plan":
        """A plan; `fresh` is chosen by the budget if not given.

        Raises
        ------
        BadInput
            If the budget is too small for anything to be found, or a number makes no sense.
        """
        if not 1 <= finalists <= 20:
            raise _beyond("policies on the front", 1, 20, finalists)
        if fresh is not None and not 2 <= fresh <= 1000:
            raise _beyond("replications of fresh luck", 2, 1000, fresh)
        fresh = fresh or min(MOST_FRESH, max(LEAST_FRESH, budget // (6 * (finalists + 1))))
        least = (finalists + 1) * fresh + 3 * RUNGS[0] * BATCH
        least = max(least + RUNGS[-1], round(least / (1 - RACE)))
        if budget < least:
            raise BadInput(Problem("A budget of {budget} runs is too small for this search.", "Give at least {least}, or ask for fewer "
                                   "policies on the front or fewer replications of fresh luck.",
                                   values={"budget": budget, "least": least}))  # fmt: skip
        if budget > 10_000_000:
            raise _beyond("runs", least, 10_000_000, budget)
        return cls(budget, finalists, fresh, seed)

    @property
    def before_fresh(self) -> int:
        """Runs on the luck of the search at most."""
        return self.budget - (self.finalists + 1) * self.fresh

    @property
    def looking(self) -> int:
        """Runs after which no new policy is tried."""
        return self.before_fresh - round(RACE * self.budget)


def _beyond(name: str, least: int, most: int, value: int) -> BadInput:
    return BadInput(Problem("The number of {name} must lie between {least} and {most}.", "Choose another number.", value=str(value),
                            values={"name": name, "least": least, "most": most}))  # fmt: skip
