"""Books made by the model itself with known parameters, and what is estimated from them: do the intervals hold the truth?

``python tests/round_trip.py 50`` makes fifty and prints coverage and bias, ``python tests/round_trip.py 50 moving`` the same for customers
whose liquidity moves; the test suite makes a few.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from people import people, rates  # noqa: E402

from arsim.domain.policies import read_policy  # noqa: E402
from arsim.engine.simulate import simulate  # noqa: E402
from arsim.model.behaviour import Behaviour  # noqa: E402
from arsim.model.population import ORIGIN  # noqa: E402
from arsim.model.world import deal  # noqa: E402
from arsim.study.estimate import gaps, invoices  # noqa: E402
from arsim.study.history import as_ledger  # noqa: E402
from arsim.study.intervals import PERIODS, figures, payer_intervals, rate_key, values  # noqa: E402
from arsim.study.readiness import fit  # noqa: E402
from arsim.study.traits import run_days  # noqa: E402

FRAILTY, MOOD, DISPUTE, DISPUTED, ORDERS, MEAN, SPREAD, CUSTOMERS, DAYS = 0.4, 0.3, 0.4, 0.15, 0.3, 13.8, 0.5, 60, 360
BASE = rates((-30, 0.01), (-7, 0.03), (0, 0.3), (3, 0.08), (14, 0.04))
# Courses of liquidity are left out unless asked for: the fit knows none, and takes them for moods and for differences between customers.
STEADY = {f"liquidity.{state}": 1.0 for state in ("sound", "tight", "distressed")}


def truth() -> dict[str, float]:
    """The parameters the books are made with."""
    summed = {rate_key((low, high)): float(BASE[ORIGIN + low : ORIGIN + high + 1].sum()) for low, high in PERIODS}
    return {**summed, "frailty": FRAILTY, "dispute_factor": DISPUTE, "mood": MOOD, "orders": ORDERS, "log_mean": MEAN, "log_sd": SPREAD,
            "dispute_rate": DISPUTED}  # fmt: skip


def book(seed: int, moving: bool = False):
    """One book and its true payer types; `moving`: liquidity takes its usual courses."""
    payer = np.random.default_rng(seed).gamma(1 / FRAILTY, FRAILTY, CUSTOMERS)
    made = people(
        CUSTOMERS, base=BASE, payer=payer, mood=MOOD, dispute_factor=DISPUTE, dispute_rate=np.full(CUSTOMERS, DISPUTED),
        orders_a_day=np.full(CUSTOMERS, ORDERS), insolvency=np.zeros(CUSTOMERS),
        run_days=np.where(np.arange(CUSTOMERS) % 3 == 0, 0b00100, 0b11111),
    )  # fmt: skip
    behaviour = Behaviour.default({} if moving else STEADY)
    journal = simulate(deal(made, seed, 0, DAYS, behaviour=behaviour), read_policy("do_nothing"), behaviour)
    return as_ledger(journal, made.ids, "round trip"), payer, made


# Standard deviation of each estimate across 300 books.
ACROSS = {
    "ready_-20_-8": 0.0129, "ready_-7_-1": 0.0202, "ready_0_2": 0.0795, "ready_3_13": 0.0892, "ready_14_44": 0.1447, "frailty": 0.0764,
    "dispute_factor": 0.0209, "mood": 0.0153, "orders": 0.0046, "log_mean": 0.0073, "log_sd": 0.0055, "dispute_rate": 0.0053,
}  # fmt: skip


def plain(seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """Estimates of one book without intervals or corrections, and the truth for its own customers' payer types."""
    ledger, payer, made = book(seed)
    seen = invoices(ledger, {name: place for place, name in enumerate(made.ids)})
    gap, working = gaps(seen, made.calendar, ledger.issued.min().item(), made.run_days)
    true = truth() | {"frailty": float(payer.var(ddof=1) / payer.mean() ** 2)}
    true = {key: value * payer.mean() if key.startswith("ready") else value for key, value in true.items()}
    return values(seen, fit(seen, CUSTOMERS, gap), CUSTOMERS, working), true


def trip(seed: int, moving: bool = False):
    """Each figure as (estimate, low, high), and the share of payer types inside their intervals."""
    ledger, payer, made = book(seed, moving)
    names = {name: place for place, name in enumerate(made.ids)}
    seen, kind = invoices(ledger, names), made.calendar
    masks = run_days(seen, ledger.issued.min().item().weekday(), CUSTOMERS)
    gap, working = gaps(seen, kind, ledger.issued.min().item(), masks)
    found = fit(seen, CUSTOMERS, gap)
    told = figures(seen, CUSTOMERS, gap, found, working)
    low, high = payer_intervals(found)
    true = payer / payer.mean()
    inside = float(np.mean((low <= true) & (true <= high)))
    return {key: (one.value, one.low, one.high) for key, one in told.items()}, inside, float(np.mean(found.payer - true))


def table(found) -> list[tuple[str, float, float, float, float]]:
    """Per parameter: truth, mean estimate, share of intervals that hold the truth, bias in standard deviations across books."""
    rows = []
    for key, true in truth().items():
        value, low, high = np.array([one[0][key] for one in found]).T
        rows.append((key, true, value.mean(), np.mean((low <= true) & (true <= high)), (value.mean() - true) / value.std(ddof=1)))
    return rows


if __name__ == "__main__":
    from joblib import Parallel, delayed

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    moving = "moving" in sys.argv[2:]
    found = Parallel(n_jobs=2)(delayed(trip)(seed, moving) for seed in range(1, number + 1))
    for row in table(found):
        print("{:<16}{:>9.4f}{:>9.4f}{:>7.0%}{:>8.2f}".format(*row))
    print(f"payer types inside their intervals: {np.mean([one[1] for one in found]):.1%}")
