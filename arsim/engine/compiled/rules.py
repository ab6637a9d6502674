"""The rules both engines share, made known to numba: it compiles the very lines that the reference engine runs.

Only what Python and the machine do differently stands here a second time: the hash of luck in 64-bit words, and `bisect` on arrays.
Tests hold both to the same bits.
"""

from bisect import bisect_left, bisect_right

import numpy as np
from numba.extending import overload, register_jitable

from arsim.domain import alert, banded, scorecard
from arsim.engine.disputes import statement_address
from arsim.model import behaviour, contact, credit, dispute, exact, goodwill, legal, luck, money, plan, promises, readiness
from arsim.model.kernels import mix

SHARED = (
    behaviour.strongest, behaviour.last_felt, behaviour.ready_day, behaviour.grown, exact.log_one, readiness.exponential, contact.answered,
    legal.enforced_share, legal.recovery_share, alert.extent, alert.points, alert.level, scorecard.on_scale, scorecard.five_c,
    scorecard.score, scorecard.graded, banded.fee, *goodwill.RULES, *credit.RULES, *plan.RULES, *money.RULES, promises.kept_share,
    promises.waits, dispute.contested_part, dispute.answered_after, legal.commission, statement_address,
)  # fmt: skip
for _rule in SHARED:
    register_jitable(_rule)

_GOLDEN, _ONE, _12 = np.uint64(luck.GOLDEN), np.uint64(1), np.uint64(12)


@overload(luck.uniform)
def _uniform(at, entity, ordinal):
    def answer(at, entity, ordinal):
        h = mix(at ^ (np.uint64(entity) + _ONE) * _GOLDEN)
        return (np.float64(mix(h ^ (np.uint64(ordinal) + _ONE) * _GOLDEN) >> _12) + 0.5) * 2.0**-52

    return answer


@overload(bisect_right)
def _bisect_right(a, x, lo=0):
    def answer(a, x, lo=0):
        hi = len(a)
        while lo < hi:
            mid = (lo + hi) // 2
            if x < a[mid]:
                hi = mid
            else:
                lo = mid + 1
        return lo

    return answer


@overload(bisect_left)
def _bisect_left(a, x, lo=0):
    def answer(a, x, lo=0):
        # In strides that double: what is looked for is mostly near, and the table is long.
        hi, stride = lo, 1
        while hi < len(a) and a[hi] < x:
            lo, hi, stride = hi + 1, hi + stride, 2 * stride
        hi = min(hi, len(a))
        while lo < hi:
            mid = (lo + hi) // 2
            if a[mid] < x:
                lo = mid + 1
            else:
                hi = mid
        return lo

    return answer
