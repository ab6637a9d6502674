"""Which policies to try next: half by a genetic algorithm (NSGA-II, from optuna), half small steps away from the best so far.

NSGA-II keeps a whole front alive and mixes levers of unlike kinds, but optuna's draws a changed lever anew from its whole range, so it is
slow to walk the last steps; those are ours. On planted landscapes of six mixed levers the two together came nearer than either alone.
"""

import logging
from collections.abc import Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from arsim.study.plan import BATCH
from arsim.study.space import Candidate, Space

TRIES = 20  # steps drawn before one that leads to something new is given up


class Proposer:
    """Proposes batches and is told how they did; a pure function of its seed and of what it is told.

    Parameters
    ----------
    space : Space
    aims : int
        Number of columns, all wanted small.
    seed : int
    """

    def __init__(self, space: Space, aims: int, seed: int):
        import optuna

        self.space, self.random = space, np.random.default_rng(seed)
        self.axes = {
            each.path: optuna.distributions.CategoricalDistribution(tuple(range(len(each.values)))) if each.chosen
            else optuna.distributions.IntDistribution(0, len(each.values) - 1)
            for each in space.axes
        }  # fmt: skip
        with _quiet():
            sampler = optuna.samplers.NSGAIISampler(seed=seed, population_size=BATCH)
            self.study = optuna.create_study(directions=["minimize"] * aims, sampler=sampler)
            self.study.enqueue_trial(dict(zip(self.axes, space.start, strict=True)))

    def ask(self, best: Sequence[Candidate], ends: Sequence[Candidate], known) -> list[tuple[Any, Candidate]]:
        """A batch of proposals, each with the token to tell its result by.

        Parameters
        ----------
        best : sequence of Candidate
            The front so far; steps begin there.
        ends : sequence of Candidate
            Of it, the best on each aim.
        known : container of Candidate
            Those tried already.
        """
        with _quiet():
            for _ in range(BATCH // 2 if len(best) else 0):
                self.study.enqueue_trial(dict(zip(self.axes, self._step(best, ends, known), strict=True)))
            trials = [self.study.ask(self.axes) for _ in range(BATCH)]
        return [(trial, tuple(trial.params[path] for path in self.axes)) for trial in trials]

    def tell(self, trial: Any, values: Sequence[float], broken: Sequence[float]) -> None:
        """What a proposal brought, and how far it is past each limit (0 or less: kept)."""
        for place, each in enumerate(broken):
            trial.set_constraint(str(place), float(each))
        with _quiet():
            self.study.tell(trial, list(map(float, values)))

    def _step(self, best: Sequence[Candidate], ends: Sequence[Candidate], known) -> Candidate:
        random, made = self.random, best[0]
        for _ in range(TRIES):
            pool = best if random.random() < 0.6 else ends
            made = list(pool[random.integers(len(pool))])
            for place in random.permutation(len(made))[: 1 if random.random() < 0.6 else 2]:
                made[place] = self._moved(int(place), made[place])
            if tuple(made) not in known:
                break
        return tuple(made)

    def _moved(self, place: int, value: int) -> int:
        random, size = self.random, int(self.space.sizes[place])
        if self.space.axes[place].chosen:
            return int((value + random.integers(1, size)) % size)
        if random.random() < 0.1:  # the ends are special: 0 is often "never"
            return (0, size - 1)[random.integers(2)]
        far = max(1, round(size * 10 ** random.uniform(-2.5, -0.3)))
        return min(size - 1, max(0, value + (far if random.random() < 0.5 else -far)))


@contextmanager
def _quiet():
    """Without a line for every study: it is not the user's."""
    log = logging.getLogger("optuna")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)
