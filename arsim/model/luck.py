"""Addressed luck: every random number is a pure function of (seed, replication, purpose, entity, ordinal).

Nothing is drawn in sequence, so two policies meet the same customers, orders and moods, and adding a lever re-deals nothing.
The hash is the SplitMix64 finaliser, chained address part by address part; the same lines serve Python integers and uint64 arrays.
"""

from enum import IntEnum

import numpy as np

_MASK = (1 << 64) - 1
GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class Purpose(IntEnum):
    """What a random number decides. Numbers are addresses: never renumber, only append."""

    ORDER_GAP = 1
    ORDER_SIZE = 2
    ORDER_HOUR = 3
    DISPUTE = 4
    THRESHOLD = 5
    INSOLVENCY = 6
    REACH = 7
    PREPAY = 8
    PATIENCE = 9
    FIRST_GAP = 10
    PERSON = 11
    LIQUIDITY = 12
    TURN = 13
    STATEMENT = 14
    CAUSE = 15
    CONTESTED = 16
    JUSTIFIED = 17
    COMPLAINT = 18
    PART = 19
    RIGHT_PARTY = 20
    ANSWER = 21
    PROMISE_DAY = 22
    KEPT = 23
    FUNDS = 24
    SHORT = 25
    INTEREST = 26
    INSTALMENT = 27
    LAW = 28
    LOYALTY = 29
    SECURITY = 30
    TERMS = 31
    DISPUTE_WORK = 32
    REST = 33
    DEMAND = 34
    DISCLOSE = 35
    PURSUED = 36
    OFFER = 37
    RECOVERY = 38
    WRITTEN_OFF = 39


def _mix(x):
    x = (x ^ (x >> 30)) * FIRST & _MASK
    x = (x ^ (x >> 27)) * SECOND & _MASK
    return x ^ (x >> 31)


def address(seed: int, replication: int, purpose: int) -> int:
    """The part of the address one stream of questions shares. The seed is hashed first, or replications would be shifted copies."""
    h = _mix((seed + GOLDEN) & _MASK)
    h = _mix(h ^ (replication + 1) * GOLDEN & _MASK)
    return _mix(h ^ (purpose + 1) * GOLDEN & _MASK)


def uniform(at: int, entity: int, ordinal: int) -> float:
    """The number in (0, 1) at address `at`, `entity`, `ordinal` (both ≥ 0): 52 bits, never 0 or 1.

    >>> uniform(address(1, 0, Purpose.REACH), 5, 7) == uniform(address(1, 0, Purpose.REACH), 5, 7)
    True
    """
    h = _mix(at ^ (entity + 1) * GOLDEN & _MASK)
    return ((_mix(h ^ (ordinal + 1) * GOLDEN & _MASK) >> 12) + 0.5) * 2.0**-52


def uniforms(at: int, entity: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """`uniform` for arrays that broadcast together; the same bits."""
    entity, ordinal = np.atleast_1d(np.asarray(entity, np.uint64)), np.atleast_1d(np.asarray(ordinal, np.uint64))  # arrays wrap silently
    h = _mix(np.uint64(at) ^ (entity + np.uint64(1)) * np.uint64(GOLDEN))
    h = _mix(h ^ (ordinal + np.uint64(1)) * np.uint64(GOLDEN))
    return ((h >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
