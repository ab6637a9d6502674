"""Liquidity: sound → tight → distressed → insolvent, a Markov chain per customer that no policy of ours moves.

It moves every `STEP` days, each customer on days of its own. Payment slows as it worsens and stops at insolvency; statements echo it.
"""

from dataclasses import dataclass

import numpy as np

from arsim.domain.calendar import YEAR
from arsim.model.behaviour import NEVER, Behaviour, Spells
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
        steady = bool((self.state == self.state[:, :1]).all())
        late = scenario.touches(industry) & (scenario.readiness != 1.0)
        found = []
        for who in range(len(self.state)):
            path, factor = self.state[who], self.factor[who]
            starts, factors = [-(1 << 20)], [float(factor[path[0]])]
            if not steady:
                for step in np.flatnonzero(path[1:] != path[:-1]).tolist():
                    starts.append(int(self.turn[who]) + step * STEP)
                    factors.append(float(factor[path[step + 1]]))
            found.append(_overlaid(starts, factors, scenario) if late[who] else (starts, factors))
        return found


def _overlaid(starts: list[int], factors: list[float], scenario: Scenario) -> Spells:
    """Spells with the scenario's factor on readiness laid over its window."""
    cuts = sorted({*starts, scenario.from_day, scenario.until_day})
    laid = []
    for day in cuts:
        at = max(place for place, start in enumerate(starts) if start <= day)
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
    count, steps, who = len(grade), days // STEP + 2, np.arange(len(grade))
    usual, share = chances(behaviour, grade, insolvency)
    factor = np.array([behaviour[f"liquidity.{state}"] for state in STATES[:3]] + [0.0])
    mean = share @ factor[:3]
    turn = 1 + np.floor(uniforms(address(seed, replication, Purpose.TURN), who, 0) * STEP).astype(np.int64)
    luck = uniforms(address(seed, replication, Purpose.LIQUIDITY), who[:, None], np.arange(steps)[None, :])
    state = np.zeros((count, steps), np.int8)
    state[:, 0] = (luck[:, 0, None] >= np.cumsum(share, axis=1)[:, :2]).sum(axis=1)
    strained = scenario.strained(usual)
    hit = scenario.touches(industry)
    for step in range(1, steps):
        day = turn + (step - 1) * STEP
        inside = hit & (scenario.from_day <= day) & (day < scenario.until_day)
        now = np.minimum(state[:, step - 1], DISTRESSED)
        rows = np.where(inside[:, None], strained[who, now], usual[who, now])
        state[:, step] = np.where(state[:, step - 1] == INSOLVENT, INSOLVENT, _next(rows, now, luck[:, step]))
    return Liquidity(state, turn, factor / mean[:, None])


def _next(rows: np.ndarray, now: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """The next state: low luck moves down, high luck up, so a harsher world is worse for every customer, never better."""
    down = np.take_along_axis(rows, np.minimum(now + 1, INSOLVENT)[:, None], 1)[:, 0]
    up = np.where(now > 0, np.take_along_axis(rows, np.maximum(now - 1, 0)[:, None], 1)[:, 0], 0.0)
    return now + (luck < down) - ((luck >= 1.0 - up) & (now > 0))
