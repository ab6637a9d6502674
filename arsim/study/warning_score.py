"""How good an early warning was: its alarms held against the customers that failed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arsim.domain.problem import BadInput, Problem


@dataclass(frozen=True)
class WarningScore:
    """What an early warning was worth. Shares and means are nan where there is nothing to divide by.

    Parameters
    ----------
    failures, hits : int
        Failures within the horizon; those warned of in time.
    alarms, false_alarms : int
        Alarms that can be judged; those no failure followed.
    late : int
        Of the false alarms, those raised within the window after a failure: too late rather than wrong.
    unjudged : int
        Alarms raised so near the end that what followed is not known; counted nowhere else.
    lead_mean, lead_median : float
        Days from the first warning in the window to the failure, over the hits.
    warned_share, failed_share : float
        Share of the customers ever warned, and ever failed. Warning everybody hits everything: look at both.
    """

    failures: int
    hits: int
    alarms: int
    false_alarms: int
    late: int
    unjudged: int
    lead_mean: float
    lead_median: float
    warned_share: float
    failed_share: float

    @property
    def hit_rate(self) -> float:
        """Share of the failures warned of in time."""
        return _share(self.hits, self.failures)

    @property
    def false_alarm_rate(self) -> float:
        """Share of the alarms no failure followed."""
        return _share(self.false_alarms, self.alarms)

    @property
    def precision(self) -> float:
        """Share of the alarms a failure followed."""
        return _share(self.alarms - self.false_alarms, self.alarms)


def score_warnings(
    warned: ArrayLike, warned_day: ArrayLike, warned_level: ArrayLike, failed: ArrayLike, failed_day: ArrayLike, *,
    customers: int, horizon: int, window: int = 90, level: int = 1,
) -> WarningScore:  # fmt: skip
    """Hold warnings against failures.

    A failure on day d is hit if its customer was warned at `level` or above on one of the days d - window … d. Warnings of a customer
    that lie no more than `window` days apart make one alarm; it is true if a failure falls between its first warning and `window` days
    after its last. So an alarm is true exactly if one of its warnings hits, and a warning repeated every week is one alarm, not many.

    Parameters
    ----------
    warned, warned_day, warned_level : array_like of int, shape (warnings,)
        Customer (0 … customers - 1), day of the run, and level: a row for every check at which the level stood, in any order. If only
        changes of level are recorded, a warning that stands for longer than the window is forgotten.
    failed, failed_day : array_like of int, shape (failures,)
        Customer, and the day on which it became distressed or insolvent, as the question has it; several a customer may be given.
    customers : int
        How many there are.
    horizon : int
        The run covers days 0 … horizon - 1; rows outside are ignored.
    window : int, default 90
        Days a warning has to come true.
    level : int, default 1
        Lowest level that counts as a warning.

    Returns
    -------
    WarningScore

    Raises
    ------
    BadInput
        If columns differ in length, a customer number is out of range, or the horizon or window is negative.

    Examples
    --------
    Customer 0 is warned on day 10 and fails on day 40; customer 1 is warned for nothing; customer 2 fails unwarned.

    >>> found = score_warnings([0, 1], [10, 20], [1, 2], [0, 2], [40, 50], customers=3, horizon=360)
    >>> found.hit_rate, found.false_alarm_rate, found.precision, found.lead_mean
    (0.5, 0.5, 0.5, 30.0)
    """
    if horizon < 0 or window < 0:
        raise BadInput(Problem("The horizon or the window is negative.", "Give both in days, 0 or more."))
    warned, day, rank = _columns(customers, warned, warned_day, warned_level)
    failed, failed_day = _columns(customers, failed, failed_day)
    # One number a row, customers far enough apart that a window never reaches from one into the next.
    apart = horizon + window + 1
    kept = (rank >= level) & (day >= 0) & (day < horizon)
    at = np.unique(warned[kept] * apart + day[kept])
    fell = np.unique((failed * apart + failed_day)[(failed_day >= 0) & (failed_day < horizon)])

    since = np.searchsorted(at, fell - window)  # first warning not older than the window
    hit = np.searchsorted(at, fell, "right") > since
    lead = (fell[hit] - at[since[hit]]).astype(float)

    opens = np.diff(at, prepend=-apart) > window
    first, last = at[opens], at[np.roll(opens, -1)]
    true = np.searchsorted(fell, last + window, "right") > np.searchsorted(fell, first)
    after = np.searchsorted(fell, first) > np.searchsorted(fell, first - window)
    judged = first % apart + window < horizon
    return WarningScore(
        failures=len(fell),
        hits=int(hit.sum()),
        alarms=int(judged.sum()),
        false_alarms=int((judged & ~true).sum()),
        late=int((judged & ~true & after).sum()),
        unjudged=int((~judged).sum()),
        lead_mean=float(lead.mean()) if len(lead) else np.nan,
        lead_median=float(np.median(lead)) if len(lead) else np.nan,
        warned_share=_share(len(np.unique(at // apart)), customers),
        failed_share=_share(len(np.unique(fell // apart)), customers),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else np.nan


def _columns(customers: int, *given: ArrayLike) -> list[np.ndarray]:
    columns = [np.asarray(column, np.int64) for column in given]
    if len({column.shape for column in columns}) > 1 or columns[0].ndim != 1:
        raise BadInput(
            Problem(
                "The columns of warnings or failures differ in length.",
                "Give each row its customer, its day and, for a warning, its level.",
            )
        )
    if np.any((columns[0] < 0) | (columns[0] >= customers)):
        raise BadInput(
            Problem(
                "A warning or failure belongs to no customer.", "Number the customers from 0 to {last}.", values={"last": customers - 1}
            )
        )
    return columns
