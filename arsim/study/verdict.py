"""What a backtest allows: each use of the model, with what speaks for and against it."""

from dataclasses import dataclass

import numpy as np

from arsim.study.backtest import Backtest
from arsim.study.baselines import NAMES
from arsim.study.view import View

LATE, QUANTILE, DSO, OVERDUE = 0.02, (1.0, 2.0, 4.0), 1.5, 0.03  # how near is near enough: shares, days late, days, share
COVERED = (0.70, 0.90)  # of the weeks, by the interval that should hold 80 %
YES, CARE, NO = "yes", "care", "no"


@dataclass(frozen=True)
class Check:
    """One thing that was checked: what was measured, what it had to be, whether it was."""

    key: str
    value: float
    bound: float
    passed: bool


def checks(view: View) -> tuple[Check, ...]:
    """All checks of one view."""
    truth, model = view.truth, view.methods["model"]
    late = abs(model.late - truth.late)
    found = [Check("late", late, LATE, late <= LATE)]
    for name, mine, true, most in zip(("p50", "p90", "p95"), model.quantiles, truth.quantiles, QUANTILE, strict=True):
        found.append(Check(name, abs(mine - true), most, bool(abs(mine - true) <= most)))
    dso, overdue = float(np.abs(model.dso - truth.dso).max()), float(np.abs(model.overdue - truth.overdue).max())
    found += [Check("dso", dso, DSO, dso <= DSO), Check("overdue", overdue, OVERDUE, overdue <= OVERDUE)]
    covered = view.coverage()[1]
    found.append(Check("covered", covered, COVERED[0], COVERED[0] - 1e-9 <= covered <= COVERED[1] + 1e-9))
    cash, best_cash = view.cash_error("model"), min(view.cash_error(name) for name in NAMES)
    score, best_score = model.crps, min(view.methods[name].crps for name in NAMES)
    return (*found, Check("cash", cash, best_cash, cash < best_cash), Check("crps", score, best_score, score < best_score))


USES = {
    "plan": ("cash", "covered"),
    "invoice": ("crps", "late", "p50", "p90", "p95"),
    "book": ("dso", "overdue"),
    "compare": ("late", "p50", "p90", "dso", "overdue"),
}


def uses(found: Backtest) -> dict[str, str]:
    """Whether the model may be used to plan weekly cash, foretell invoices, foretell the book, compare policies: yes, care or no.

    Yes needs every check of it passed in the rolling view and at least all but one in the other; no is said when half or more fail. For
    comparing policies this speaks of the level only: the effects of contacts are assumptions, which no ledger of payments can confirm.
    """
    rolling, at_once = ({check.key: check.passed for check in checks(view)} for view in (found.rolling, found.at_once))
    told = {}
    for use, keys in USES.items():
        failed, later = sum(not rolling[key] for key in keys), sum(not at_once[key] for key in keys)
        told[use] = (
            YES if not failed and later <= 1 else NO if failed * 2 >= len(keys) and failed + later > 2 or failed == len(keys) else CARE
        )
    return told
