"""An early warning scored on a run: what was warned of against what came."""

import numpy as np

from arsim.engine.journal import MINUTES_A_DAY, Journal, Kind
from arsim.model.liquidity import DISTRESSED, INSOLVENT
from arsim.study.lines import Lines
from arsim.study.warning_score import WarningScore, score_warnings

YELLOW, WINDOW, EVERY = 2, 90, 7  # an alarm from this level on; days ahead a warning should come; how often a standing one counts anew


def warning_score(journal: Journal, level: int = YELLOW, window: int = WINDOW, lines: Lines | None = None) -> WarningScore:
    """Score the warnings of a run.

    A failure is a customer's becoming distressed or insolvent after day 0; who was so when the run began could not be warned of.

    Parameters
    ----------
    journal : Journal
    level : int
        1 blue, 2 yellow, 3 red: what counts as an alarm, and all above it.
    window : int
        Days ahead.
    lines : Lines, optional
        The journal's lines by kind, if they are at hand.
    """
    lines, days = lines or Lines(journal), journal.days
    changes, moves = (found[found["time"] < days * MINUTES_A_DAY] for found in (lines.of(Kind.WARNING), lines.of(Kind.LIQUIDITY)))
    who, day, warned = _standing(changes, days)
    fails = moves[(moves["a"] >= DISTRESSED) & (moves["b"] < moves["a"]) & (moves["b"] < INSOLVENT) & (moves["time"] > 0)]
    return score_warnings(
        who, day, warned, fails["customer"], fails["time"] // MINUTES_A_DAY,
        customers=journal.customers, horizon=days, window=window, level=level,
    )  # fmt: skip


def _standing(changes: np.ndarray, days: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A level stands until the next change: one line a week while it does."""
    order = np.lexsort((changes["time"], changes["customer"]))
    changes = changes[order]
    begin, customer = changes["time"] // MINUTES_A_DAY, changes["customer"]
    end = np.full(len(changes), days)
    same = customer[1:] == customer[:-1]
    end[:-1][same] = begin[1:][same]
    weeks = np.maximum(1, -(-(end - begin) // EVERY))
    place = np.repeat(np.arange(len(changes)), weeks)
    turn = np.arange(len(place)) - np.repeat(np.cumsum(weeks) - weeks, weeks)
    return customer[place].astype(np.int64), begin[place] + turn * EVERY, changes["a"][place].astype(np.int64)
