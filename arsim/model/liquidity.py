"""Liquidity: sound → tight → distressed → insolvent, a Markov chain per customer that no policy of ours moves.

It moves every `STEP` days, each customer on days of its own. Payment slows as it worsens and stops at insolvency; statements echo it.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from arsim.domain.calendar import YEAR
from arsim.model.behaviour import NEVER, Behaviour, Spells
from arsim.model.fast import twins
from arsim.model.luck import Purpose, address, uniforms
from arsim.model.scenario import Scenario

SOUND, TIGHT, DISTRESSED, INSOLVENT = range(4)
STATES = ("sound", "tight", "distressed", "insolvent")
STEP = 30  # days between moves


@dataclass(frozen=True, eq=False)
class Liquidity:
    """The paths of all customers.

    Parameters
    ----------
    state : ndarray of int8, shape (customers, steps)
        State during each step.
    turn : ndarray of int, shape (customers,)
        Day of the customer's first move, 1 … STEP; step k > 0 begins on day ``turn + (k - 1) × STEP``.
    factor : ndarray of float, shape (customers, 4)
        Readiness factor of each state, 1 on the average of ordinary times: payer types are averages over states.
    """

    state: np.ndarray
    turn: np.ndarray
    factor: np.ndarray

    def on(self, day: int) -> np.ndarray:
        """State of every customer on `day`."""
        return self.state[np.arange(len(self.state)), np.clip((day - self.turn) // STEP + 1, 0, self.state.shape[1] - 1)]

    def insolvent_day(self) -> np.ndarray:
        """First day of insolvency per customer, `NEVER` if it does not come; shape (customers,)."""
        fails = self.state == INSOLVENT
        first = fails.argmax(axis=1)
        return np.where(fails.any(axis=1), np.where(first == 0, 0, self.turn + (first - 1) * STEP), NEVER)

    def moves(self) -> list[tuple[int, int, int, int]]:
        """Every change as (day, customer, state, state before); what is not sound on day 0 stands first, as a change from sound."""
        before = np.concatenate([np.zeros((len(self.state), 1), np.int8), self.state[:, :-1]], axis=1)
        who, step = np.nonzero(self.state != before)
        day = np.where(step == 0, 0, self.turn[who] + (step - 1) * STEP)
        return list(zip(day.tolist(), who.tolist(), self.state[who, step].tolist(), before[who, step].tolist(), strict=True))

    def spells(self, scenario: Scenario, industry: np.ndarray) -> list[Spells]:
        """Per customer, the days from which readiness is multiplied by what; a scenario's arrears are in it."""
        who, step = np.nonzero(self.state[:, 1:] != self.state[:, :-1])
        starts, factors = (self.turn[who] + step * STEP).tolist(), self.factor[who, self.state[who, step + 1]].tolist()
        first = self.factor[np.arange(len(self.state)), self.state[:, 0]].tolist()
        ends, begin, found = np.cumsum(np.bincount(who, minlength=len(first))).tolist(), 0, []
        for factor, end in zip(first, ends, strict=True):
            found.append(([-(1 << 20), *starts[begin:end]], [factor, *factors[begin:end]]))
            begin = end
        if scenario.readiness != 1.0:
            for customer in np.flatnonzero(scenario.touches(industry)).tolist():
                found[customer] = _overlaid(*found[customer], scenario)
        return found


def _overlaid(starts: list[int], factors: list[float], scenario: Scenario) -> Spells:
    """Spells with the scenario's factor on readiness laid over its window."""
    cuts = sorted({*starts, scenario.from_day, scenario.until_day})
    laid = []
    for day in cuts:
        at = bisect_right(starts, day) - 1
        laid.append(factors[at] * (scenario.readiness if scenario.from_day <= day < scenario.until_day else 1.0))
    return cuts, laid


def chances(behaviour: Behaviour, grade: np.ndarray, insolvency: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Moves of one step in ordinary times.

    Parameters
    ----------
    behaviour : Behaviour
    grade : ndarray of int, shape (customers,)
    insolvency : ndarray of float, shape (customers,)
        Expected insolvencies a year; they come out of distress, so the chance there is what gives this many.

    Returns
    -------
    moves : ndarray, shape (customers, 3, 4)
        Chance of each next state from sound, tight, distressed.
    share : ndarray, shape (customers, 3)
        Share of the time spent in these states, insolvency aside.
    """
    worse = behaviour["liquidity.grade"] ** (grade - 1.0)
    down1 = np.minimum(0.5, behaviour["liquidity.sound_tight"] * worse)
    up1 = np.minimum(0.7, behaviour["liquidity.tight_sound"] / worse)
    down2 = np.minimum(0.25, behaviour["liquidity.tight_distressed"] * worse)
    up2 = np.minimum(0.7, behaviour["liquidity.distressed_tight"] / worse)
    # Balance of flows between neighbours: the time shares of a birth-and-death chain.
    weight = np.stack([np.ones(len(grade)), down1 / up1, down1 / up1 * down2 / up2], axis=1)
    share = weight / weight.sum(axis=1, keepdims=True)
    fails = np.minimum(0.25, insolvency * STEP / YEAR / share[:, DISTRESSED])
    moves = np.zeros((len(grade), 3, 4))
    moves[:, 0, 1], moves[:, 1, 0], moves[:, 1, 2], moves[:, 2, 1], moves[:, 2, 3] = down1, up1, down2, up2, fails
    for state in range(3):
        moves[:, state, state] = 1.0 - moves[:, state].sum(axis=1)
    return moves, share


def deal_liquidity(
    behaviour: Behaviour, scenario: Scenario, grade: np.ndarray, insolvency: np.ndarray, industry: np.ndarray,
    seed: int, replication: int, days: int,
) -> Liquidity:  # fmt: skip
    """The liquidity of every customer over `days`: begun as in ordinary times, moved by luck and the scenario."""
    steps, who, hit = days // STEP + 2, np.arange(len(grade)), scenario.touches(industry)
    chain = _chain(
        tuple(behaviour[f"liquidity.{name}"] for name in _READ), scenario.down, scenario.up,
        np.asarray(grade, np.int64).tobytes(), np.asarray(insolvency, np.float64).tobytes(),
    )  # fmt: skip
    at_turn, at_move = (address(seed, replication, purpose) for purpose in (Purpose.TURN, Purpose.LIQUIDITY))
    if kernels := twins():
        turn, state = kernels.liquidity(
            at_turn, at_move, chain.bounds, chain.down, chain.up, hit, scenario.from_day, scenario.until_day, steps
        )
        return Liquidity(state, turn, chain.factor)
    turn = 1 + np.floor(uniforms(at_turn, who, 0) * STEP).astype(np.int64)
    luck = uniforms(at_move, who[None, :], np.arange(steps)[:, None])
    state = np.zeros((len(grade), steps), np.int8)
    state[:, 0] = (luck[0, :, None] >= chain.bounds).sum(axis=1)
    day = turn + np.arange(steps - 1)[:, None] * STEP
    inside = hit & (scenario.from_day <= day) & (day < scenario.until_day)
    cell = (inside * len(grade) + who) * len(STATES)  # where each customer's chances begin, usual or strained
    for step in range(1, steps):
        now = cell[step - 1] + state[:, step - 1]
        state[:, step] = state[:, step - 1] + (luck[step] < chain.down.take(now)) - (luck[step] >= chain.up.take(now)).astype(np.int8)
    return Liquidity(state, turn, chain.factor)


@dataclass(frozen=True, eq=False)
class _Chain:
    """What every replication's liquidity moves by.

    Low luck moves down, high luck up, so a harsher world is worse for every customer, never better.

    Parameters
    ----------
    bounds : ndarray, shape (customers, 2)
        Luck from which a customer begins tight, and distressed.
    down, up : ndarray, shape (2, customers, 4)
        Usual and strained: luck below which each state is left for the worse, and from which for the better.
    factor : ndarray, shape (customers, 4)
        As in `Liquidity`.
    """

    bounds: np.ndarray
    down: np.ndarray
    up: np.ndarray
    factor: np.ndarray


_READ = ("grade", "sound_tight", "tight_sound", "tight_distressed", "distressed_tight", *STATES[:3])


@lru_cache(maxsize=8)
def _chain(values: tuple[float, ...], down: float, up: float, grade: bytes, insolvency: bytes) -> _Chain:
    """The chances of a population in a scenario, of which replications by the thousand are dealt."""
    behaviour = Behaviour({f"liquidity.{name}": value for name, value in zip(_READ, values, strict=True)})
    usual, share = chances(behaviour, np.frombuffer(grade, np.int64), np.frombuffer(insolvency))
    moves = np.stack([usual, Scenario(down=down, up=up).strained(usual)])
    falls, rises = np.zeros((*moves.shape[:2], len(STATES))), np.ones((*moves.shape[:2], len(STATES)))
    for state in range(INSOLVENT):  # which nobody leaves
        falls[:, :, state] = moves[:, :, state, state + 1]
        if state:
            rises[:, :, state] = 1.0 - moves[:, :, state, state - 1]
    factor = np.array([*values[-3:], 0.0])
    return _Chain(np.cumsum(share, axis=1)[:, :2].copy(), falls, rises, factor / (share @ factor[:3])[:, None])
