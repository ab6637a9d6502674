"""What dealing a world computes order by order, as loops compiled by numba: the same bits as the arrays of `arsim.model.world`.

Here stands what numpy must go about in rounds or computes for nothing; long series of arithmetic (`exact.exp`) it does as well.
Only `arsim.model.fast` imports this file, when it is told to.
"""

import numpy as np
from numba import njit
from numba.extending import register_jitable

from arsim.domain.calendar import CUT_OFF, DAY, OFFICE_OPENS
from arsim.model import exact
from arsim.model.liquidity import STEP
from arsim.model.luck import FIRST, GOLDEN, SECOND
from arsim.model.store import entry as kernel

for _rule in (exact.log_one, exact.series, exact.quantile_one):
    register_jitable(_rule)
log, quantile = exact.log_one, exact.quantile_one

_GOLDEN, _FIRST, _SECOND = np.uint64(GOLDEN), np.uint64(FIRST), np.uint64(SECOND)
_ONE, _12, _27, _30, _31 = (np.uint64(number) for number in (1, 12, 27, 30, 31))
inner = njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)


@inner
def mix(x):
    """The finaliser of SplitMix64, as `arsim.model.luck` has it, in words of 64 bits."""
    x = (x ^ (x >> _30)) * _FIRST
    x = (x ^ (x >> _27)) * _SECOND
    return x ^ (x >> _31)


@inner
def _who(at, entity):
    """The part of the address all questions to one customer share."""
    return mix(at ^ (np.uint64(entity) + _ONE) * _GOLDEN)


@inner
def _luck(who, ordinal):
    return (np.float64(mix(who ^ (np.uint64(ordinal) + _ONE) * _GOLDEN) >> _12) + 0.5) * 2.0**-52


@kernel
def _numbers(at, entity, ordinal):
    found = np.empty(len(entity))
    for place in range(len(found)):
        found[place] = _luck(_who(at, entity[place]), ordinal[place])
    return found


@kernel
def _arrivals(at, rate, working, insolvent, shift, room):
    counts, keys, size = np.zeros(len(rate), np.int64), np.empty(room, np.int64), 0
    for customer in range(len(rate)):
        if rate[customer] > 0.0:
            who, moment, ordinal = _who(at, customer), 0.0, 0
            while True:
                moment += -log(_luck(who, ordinal)) / rate[customer]
                if moment >= len(working):
                    break
                day = int(moment)
                time = working[day] * DAY + OFFICE_OPENS + int((moment - day) * (CUT_OFF - OFFICE_OPENS))
                if time >= insolvent[customer] * DAY:
                    break
                if size == len(keys):
                    keys = np.concatenate((keys, np.empty(size + 64, np.int64)))
                keys[size] = time << shift | size
                size += 1
                ordinal += 1
            counts[customer] = ordinal
    return counts, keys[:size]


@kernel
def _scores(at, customer, step, mood, opening, customers):
    found, last, begun = np.empty(len(customer)), np.empty((2, customers)), np.zeros((2, customers), np.bool_)
    fresh = (1.0 - mood * mood) ** 0.5
    for place in range(len(customer)):
        one, book = customer[place], int(place < opening)
        z = quantile(_luck(_who(at, one), step[place]))
        if mood != 0.0:
            if begun[book, one]:
                z = mood * last[book, one] + fresh * z
            last[book, one], begun[book, one] = z, True
        found[place] = z
    return found


@kernel
def _liquidity(at_turn, at_move, bounds, down, up, hit, from_day, until_day, steps):
    turn, state = np.empty(len(bounds), np.int64), np.empty((len(bounds), steps), np.int8)
    for customer in range(len(bounds)):
        turn[customer] = 1 + int(_luck(_who(at_turn, customer), 0) * STEP)
        who = _who(at_move, customer)
        luck = _luck(who, 0)
        now = int(luck >= bounds[customer, 0]) + int(luck >= bounds[customer, 1])
        state[customer, 0] = now
        for step in range(1, steps):
            day, luck = turn[customer] + (step - 1) * STEP, _luck(who, step)
            strained = int(hit[customer] and from_day <= day < until_day)
            now += int(luck < down[strained, customer, now]) - int(luck >= up[strained, customer, now])
            state[customer, step] = now
    return turn, state


def _columns(*given, kind=np.int64):
    """Arrays of the one kind the kernels are compiled for; any other would be compiled for anew."""
    return [column if column.dtype == kind and column.flags.carray else np.require(column, kind, "CW") for column in given]


def numbers(at, customer, ordinal):
    """Numbers in (0, 1) at the addresses of two columns."""
    return _numbers(np.uint64(at), *_columns(customer, ordinal))


def arrivals(at, rate, working, insolvent, shift):
    """Orders of each customer, and ``minute << shift | place`` of every order, place counting them customer by customer."""
    room = int(1.2 * len(working) * rate.sum()) + 64
    return _arrivals(np.uint64(at), *_columns(rate, kind=np.float64), *_columns(working, insolvent), shift, room)


def scores(at, customer, step, mood=0.0, opening=0, customers=0):
    """Standard normal scores, each customer's a chain if there is `mood`; the first `opening` invoices have chains of their own."""
    return _scores(np.uint64(at), *_columns(customer, step), float(mood), int(opening), customers)


def liquidity(at_turn, at_move, bounds, down, up, hit, from_day, until_day, steps):
    """Day of each customer's first move, and its state during each step."""
    chain = _columns(bounds, down, up, kind=np.float64)
    return _liquidity(np.uint64(at_turn), np.uint64(at_move), *chain, *_columns(hit, kind=np.bool_), from_day, until_day, steps)


def compile_all() -> None:
    """Compile every kernel, or load it from the cache."""
    none, moves = np.zeros(0, np.int64), np.zeros((2, 0, 4))
    numbers(1, none, none)
    arrivals(1, none, none, none, 1)
    scores(1, none, none)
    liquidity(1, 1, np.zeros((0, 2)), moves, moves, none, 0, 0, 1)
