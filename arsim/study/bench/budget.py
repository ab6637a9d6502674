"""How long whole comparisons take, as a user waits for them, and the memory they need: each in a process of its own.

Unlike the other figures these are seconds on the clock, so they mean something on a machine that does nothing else meanwhile.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass

from arsim.study.bench.growth import CUSTOMERS_A_COLLECTOR, held
from arsim.study.quick import prepare

FIRST = "import time; begun = time.perf_counter(); import {module}; print(time.perf_counter() - begun)"
STARTS = 5  # processes; the median counts


@dataclass(frozen=True)
class Budget:
    """What is to be done: `replications` of two policies (`do_nothing` and `baseline`) over `days`; `customers` None: the demo company."""

    customers: int | None
    days: int
    replications: int


LIVE, LARGE = Budget(None, 365, 100), Budget(50_000, 730, 20)


@dataclass(frozen=True)
class Spent:
    """What one took: seconds of the comparison and of the whole process, and the most memory of it, bytes (nan where nobody tells)."""

    budget: Budget
    seconds: float
    process: float
    memory: float
    workers: int


def one(budget: Budget) -> dict[str, float]:
    """Do it here and now, as `arsim compare` would."""
    from joblib import cpu_count

    from arsim.domain.policies import read_policy
    from arsim.study.company import Company
    from arsim.study.compare import compare

    company = Company.demo(budget.customers)
    policies = [read_policy(name) for name in ("do_nothing", "baseline")]
    if budget.customers:  # the staff such a company would have
        policies = [one.replace({"team.collectors": max(1, budget.customers // CUSTOMERS_A_COLLECTOR)}) for one in policies]
    begun = time.perf_counter()
    compare(policies, company, budget.days, budget.replications, engine="compiled")
    return {"seconds": time.perf_counter() - begun, "memory": held(), "workers": cpu_count()}


def measure(budget: Budget) -> Spent:
    """Do it in a fresh process, which finds the machine code compiled and has to load it."""
    prepare()
    given = ["" if value is None else str(value) for value in (budget.customers, budget.days, budget.replications)]
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "arsim.study.bench.budget", *given], capture_output=True, text=True, check=True)
    return Spent(budget, process=time.perf_counter() - begun, **json.loads(done.stdout))


def imports() -> dict[str, float]:
    """Seconds it takes to import arsim and its command line, by module; each time in a fresh process."""
    found = {}
    for module in ("arsim", "arsim.cli"):
        runs = [subprocess.run([sys.executable, "-c", FIRST.format(module=module)], capture_output=True, text=True, check=True)
                for _ in range(STARTS)]  # fmt: skip
        found[module] = sorted(float(run.stdout) for run in runs)[STARTS // 2]
    return found


if __name__ == "__main__":
    print(json.dumps(one(Budget(*(int(value) if value else None for value in sys.argv[1:])))))
