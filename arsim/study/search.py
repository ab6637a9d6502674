"""The search itself: propose, measure with paired luck, let those that look good prove it, and judge the best on fresh luck.

Everything is a pure function of the plan and of what the measure answers, never of time or of the number of workers. So a search that was
cut off is simply run again: what was kept is not measured twice, and it ends as if nothing had happened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from arsim.domain.problem import BadInput, Problem
from arsim.study.aim import DECIDED, Limit, direction
from arsim.study.outcome import Outcome
from arsim.study.pareto import representative, unbeaten
from arsim.study.plan import BATCH, FRESH, RISING, RUNGS, SEARCH, Plan
from arsim.study.proposer import Proposer
from arsim.study.space import Candidate, Space
from arsim.study.tally import Measure, Tally

NEAR = 0.02  # a mean so near to its bound, as a share of it, stands at it
IDLE = 25  # batches without anything new that may be run, before there is nothing left to try


@dataclass(frozen=True, eq=False)
class Tried:
    """A policy that was tried, against the base on the same luck.

    Parameters
    ----------
    candidate : Candidate
    replications : int
    change : ndarray, shape (aims,)
        Mean difference from the base.
    means : ndarray, shape (keys,)
        Mean outcomes, in the order of `Found.keys`.
    broken : tuple of float
        How far it is past each limit; 0 or less: kept.
    """

    candidate: Candidate
    replications: int
    change: np.ndarray
    means: np.ndarray
    broken: tuple[float, ...]

    @property
    def kept(self) -> bool:
        """Whether it keeps to all limits."""
        return all(each <= 0 for each in self.broken)


@dataclass(frozen=True, eq=False)
class Found:
    """What a search came to.

    Parameters
    ----------
    keys : tuple of str
        Outcomes measured.
    aims : tuple of Outcome
    limits : tuple of Limit
    tried : tuple of Tried
        In the order they were first tried.
    front : tuple of Tried
        The finalists.
    fresh : ndarray, shape (finalists, replications, keys)
        On luck the search has not seen.
    fresh_base : ndarray, shape (replications, keys)
    base : ndarray, shape (keys,)
        Means of the base on the luck of the search.
    refused : tuple of int
        For each limit, policies not run because they break it by themselves.
    binding : tuple of bool
        For each limit, whether it holds the search back: a finalist stands at the bound, or a policy was tried that breaks this limit
        alone and that no finalist beats.
    spent : int
        Runs.
    """

    keys: tuple[str, ...]
    aims: tuple[Outcome, ...]
    limits: tuple[Limit, ...]
    tried: tuple[Tried, ...]
    front: tuple[Tried, ...]
    fresh: np.ndarray
    fresh_base: np.ndarray
    base: np.ndarray
    refused: tuple[int, ...]
    binding: tuple[bool, ...]
    spent: int


def keys_of(aims: Sequence[Outcome], limits: Sequence[Limit]) -> tuple[str, ...]:
    """What has to be measured."""
    return tuple(dict.fromkeys([*(aim.key for aim in aims), *(each.key for each in limits if each.key not in DECIDED)]))


def search(
    space: Space, measure: Measure, aims: Sequence[Outcome], limits: Sequence[Limit], plan: Plan, before: dict | None = None,
    keep: Callable | None = None, progress: Callable[[int, int], None] | None = None,
) -> Found:  # fmt: skip
    """Look for the front of `space`.

    Parameters
    ----------
    space : Space
    measure : callable
        See `arsim.study.tally.Measure`; it gives the outcomes of `keys_of`, in that order.
    aims : sequence of Outcome
    limits : sequence of Limit
    plan : Plan
    before, keep
        As for `arsim.study.tally.Tally`.
    progress : callable, optional
        Told (runs done, budget).

    Raises
    ------
    BadInput
        If no policy that was tried keeps to the limits.
    """
    told = (lambda done: progress(min(done, plan.budget), plan.budget)) if progress else None
    return _Search(space, Tally(measure, before or {}, keep, told), tuple(aims), tuple(limits), plan).run()


class _Search:
    def __init__(self, space: Space, tally: Tally, aims: tuple[Outcome, ...], limits: tuple[Limit, ...], plan: Plan):
        self.space, self.tally, self.aims, self.limits, self.plan = space, tally, aims, limits, plan
        self.keys = keys_of(aims, limits)
        self.columns = [self.keys.index(aim.key) for aim in aims]
        self.signs = np.array([-direction(aim) for aim in aims])  # times a difference: small is good
        self.rung: dict[Candidate, int] = {}  # of each policy tried, its number of replications
        self.proposer = Proposer(space, len(aims), plan.seed)
        self.climbed: dict[Candidate, list[np.ndarray]] = {}  # the change on each rung it has been on
        self.decided: dict[Candidate, tuple[float, ...]] = {}
        self.now: dict[Candidate, Tried] = {}

    def run(self) -> Found:
        until, before = self.plan.looking, -1
        while self.tally.spent > before:  # what the race did not need goes to another look, and so on
            before = self.tally.spent
            self._look(until)
            if not self._front():
                raise self._impossible()
            self._race()
            until = (self.tally.spent + self.plan.before_fresh) // 2
        front = self._finalists(RUNGS[2])
        luck = range(FRESH, FRESH + self.plan.fresh)
        self.tally.need([None, *front], luck)
        front.sort(key=lambda each: (self.signs[0] * np.nanmean(self.tally.of(each, luck)[:, self.columns[0]]), each))
        fresh = np.array([self.tally.of(candidate, luck) for candidate in front])
        tried = tuple(self.now[candidate] for candidate in self.rung)
        chosen = tuple(self.now[candidate] for candidate in front)
        numbers = range(SEARCH, SEARCH + max(self.rung.values()))
        return Found(
            self.keys, self.aims, self.limits, tried, chosen, fresh, self.tally.of(None, luck), self.tally.of(None, numbers).mean(axis=0),
            tuple(sum(broken[place] > 0 for broken in self.decided.values()) for place in range(len(self.limits))),
            tuple(self._binds(place, chosen) for place in range(len(self.limits))), self.tally.spent,
        )  # fmt: skip

    def _look(self, until: int) -> None:
        """Try new policies, batch by batch, until so many runs are spent or nothing is new."""
        idle, dearest = 0, BATCH * RUNGS[0] + RISING * (RUNGS[-2] - RUNGS[1]) + RUNGS[-1]
        while self.tally.spent + dearest <= until and idle < IDLE:
            front = self._front()
            ends = [front[int(np.argmin([self._points(each)[column] for each in front]))] for column in range(len(self.aims)) if front]
            asked = self.proposer.ask(front, ends, self.rung.keys() | self.decided.keys())
            new = [each for each in dict.fromkeys(each for _, each in asked) if each not in self.rung and each not in self.decided]
            allowed = [each for each in new if not self._refused(each)]
            idle = 0 if allowed else idle + 1
            self._measure(allowed, RUNGS[0])
            self._rise([each for each in self._spread(self._front()) if self.rung[each] < RUNGS[-2]][:RISING], RUNGS[-2])
            for trial, each in asked:
                self.proposer.tell(trial, self._told(each), self._broken(each))

    def _race(self) -> None:
        """Have those that would be chosen prove it on more luck, least proven first, until all have or the budget is spent."""
        while low := [each for each in self._finalists() if self.rung[each] < RUNGS[-1]]:
            least = min(self.rung[each] for each in low)
            price = self._next(min(low, key=self.rung.get)) - least
            room = (self.plan.before_fresh - self.tally.spent - RUNGS[-1]) // price  # the base may need as many
            if room < 1:
                return
            self._rise([each for each in low if self.rung[each] == least][:room], RUNGS[-1])

    def _next(self, candidate: Candidate) -> int:
        return next((rung for rung in RUNGS if rung > self.rung[candidate]), RUNGS[-1])

    def _rise(self, candidates: Sequence[Candidate], most: int) -> None:
        """Each goes up one rung, no higher than `most`."""
        going = {each: self._next(each) for each in candidates}
        for rung in RUNGS[1:]:
            self._measure([each for each, goal in going.items() if goal == rung <= most and self.rung[each] < rung], rung)

    def _measure(self, candidates: Sequence[Candidate], rung: int) -> None:
        if not candidates:
            return
        numbers = range(SEARCH, SEARCH + rung)
        self.tally.need([None], numbers)
        self.tally.need(candidates, numbers)
        base = self.tally.of(None, numbers)
        for each in candidates:
            runs = self.tally.of(each, numbers)
            means, change = runs.mean(axis=0), (runs - base).mean(axis=0)[self.columns]
            self.rung[each] = rung
            self.climbed.setdefault(each, []).append(change)
            self.now[each] = Tried(each, rung, change, means, self._limits(each, means))

    def _limits(self, candidate: Candidate | None, means: np.ndarray | None) -> tuple[float, ...]:
        """How far past each limit; of what is not measured yet, as if it were kept."""
        policy, found = self.space.policy(candidate), []
        for each in self.limits:
            value = DECIDED[each.key](policy) if each.key in DECIDED else None if means is None else means[self.keys.index(each.key)]
            broken = 0.0 if value is None else each.broken(float(value))
            found.append(broken if broken == broken else 1e9)  # an outcome that is not defined keeps no limit
        return tuple(found)

    def _refused(self, candidate: Candidate) -> bool:
        """Whether it breaks a limit before it is run; no run is spent on it."""
        broken = self._limits(candidate, None)
        if any(each > 0 for each in broken):
            self.decided[candidate] = broken
            return True
        return False

    def _points(self, candidate: Candidate) -> np.ndarray:
        return self.signs * self.now[candidate].change

    def _told(self, candidate: Candidate) -> np.ndarray:
        known = self._points(candidate) if candidate in self.now else np.zeros(len(self.aims))
        return np.where(np.isnan(known), 0.0, known)

    def _broken(self, candidate: Candidate) -> tuple[float, ...]:
        broken = self.decided.get(candidate) or self.now[candidate].broken
        undefined = candidate in self.now and bool(np.isnan(self.now[candidate].change).any())
        return (*broken, 1e9 if undefined else 0.0)

    def _front(self) -> list[Candidate]:
        """Who is beaten by nobody. Two policies are held against each other on the luck both have met, and on no other."""
        good = [each for each in self.rung if self.now[each].kept and not np.isnan(self.now[each].change).any()]
        if not good:
            return []
        points = np.full((len(RUNGS), len(good), len(self.aims)), np.nan)
        for place, each in enumerate(good):
            for level, change in enumerate(self.climbed[each]):
                points[level, place] = self.signs * change
        levels = np.array([len(self.climbed[each]) - 1 for each in good])
        return [good[place] for place in unbeaten(points, levels)]

    def _spread(self, front: Sequence[Candidate], count: int = 4 * RISING) -> list[Candidate]:
        return [front[place] for place in representative(np.array([self._points(each) for each in front]), count)] if front else []

    def _finalists(self, proven: int = 0) -> list[Candidate]:
        """A few that stand for the front; of those with at least `proven` replications, where there are any."""
        front = self._front()
        front = [each for each in front if self.rung[each] >= proven] or front
        front = [each for each in front if not any(self._doubles(each, other) for other in front)]
        ends = {front[place] for place in np.argmin([self._points(each) for each in front], axis=0)} if front else set()
        rivals = [*front, *([None] if self._base_allowed() else [])]
        front = [each for each in front if each in ends or not any(self._outdone(each, other) for other in rivals)]
        chosen = self._spread(front, self.plan.finalists)
        return sorted(chosen, key=lambda each: (self._points(each)[0], each))

    def _base_allowed(self) -> bool:
        """Whether the base keeps to the limits, so that it can stand against others."""
        numbers = range(SEARCH, SEARCH + RUNGS[0])
        return all(each <= 0 for each in self._limits(None, self.tally.of(None, numbers).mean(axis=0)))

    def _outdone(self, one: Candidate, other: Candidate | None) -> bool:
        """Whether `other` is surely better on one aim and `one` surely on none: a front of what luck alone tells apart helps nobody."""
        from scipy.special import stdtrit

        common = self.rung[one] if other is None else min(self.rung[one], self.rung[other])
        numbers = range(SEARCH, SEARCH + common)
        apart = (self.tally.of(one, numbers) - self.tally.of(other, numbers))[:, self.columns] * self.signs
        mean, half = apart.mean(axis=0), stdtrit(common - 1, 0.975) * apart.std(axis=0, ddof=1) / np.sqrt(common)
        return bool((mean - half > 0).any() and not (mean + half < 0).any())

    def _doubles(self, one: Candidate, other: Candidate) -> bool:
        """Whether `other` brings exactly the same with fewer levers moved: the route at law matters only to those who go to law."""
        if one == other or any((mine != theirs).any() for mine, theirs in zip(self.climbed[one], self.climbed[other], strict=False)):
            return False
        moved = [(sum(now != then for now, then in zip(each, self.space.start, strict=True)), each) for each in (one, other)]
        return moved[1] < moved[0]

    def _binds(self, place: int, front: Sequence[Tried]) -> bool:
        key = self.limits[place].key
        if key in DECIDED:
            return self._any_refused(place) and any(self._limits(each.candidate, None)[place] == 0 for each in front)
        if any(each.broken[place] >= -NEAR for each in front):
            return True
        beyond = [each for each in self.now.values() if each.broken[place] > 0 and sum(one > 0 for one in each.broken) == 1]
        points = np.array([self.signs * each.change for each in front])
        return any(not (points <= self.signs * each.change).all(axis=1).any() for each in beyond)

    def _any_refused(self, place: int) -> bool:
        return any(broken[place] > 0 for broken in self.decided.values())

    def _impossible(self) -> BadInput:
        """Which limit nothing kept, and how near anything came."""
        seen = [*(each.broken for each in self.now.values()), *self.decided.values()]
        worst = int(np.argmax([min(broken[place] for broken in seen) for place in range(len(self.limits))])) if self.limits else 0
        if not self.limits:
            return BadInput(Problem("What is aimed at is not defined for any policy that was tried.", "Aim at another outcome."))
        limit, nearest = self.limits[worst], min(broken[worst] for broken in seen)
        if nearest <= 0:
            return BadInput(Problem("No policy that was tried keeps to all limits at once, though each of them can be kept.",
                                    "Loosen one of them, or let more levers move."))  # fmt: skip
        bound = limit.bound + limit.side * nearest * max(abs(limit.bound), 1e-9)
        return BadInput(Problem(
            "No policy that was tried keeps {key} at or below {bound}; the lowest was {nearest}." if limit.side > 0
            else "No policy that was tried keeps {key} at or above {bound}; the highest was {nearest}.",
            "Loosen the limit, or let levers move that lead there.",
            values={"key": limit.key, "bound": limit.shown(limit.bound), "nearest": limit.shown(bound)}))  # fmt: skip
