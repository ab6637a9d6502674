"""How time and memory of the compiled engine grow with the company; each size in a process of its own.

A company a hundred times as large has a hundred times the staff, or it would be another company: most of what waits would never be
seen to. So the figure to quote keeps the proportions of the firm, a collector to `CUSTOMERS_A_COLLECTOR` customers. What the policy's own
staff makes of each size is measured beside it: then the work that waits grows without end, and the time must not grow with it.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.engine.compiled.simulate import simulate
from arsim.model.world import World, deal
from arsim.study.bench.timing import Spread
from arsim.study.company import Company
from arsim.study.enlarged import enlarged

CUSTOMERS_A_COLLECTOR = 500
RUNS = 3  # of a process; the median counts


@dataclass(frozen=True)
class Size:
    """What was found at one size.

    Parameters
    ----------
    customers, invoices : int
    micros, unstaffed : Spread
        CPU time an invoice, µs: with staff in proportion, and with no more than the policy's own whatever the size.
    memory : float
        Bytes an invoice of the world, the run and its journal; nan where nobody tells.
    """

    customers: int
    invoices: int
    micros: Spread
    unstaffed: Spread
    memory: float


def held() -> float:
    """The most memory this process has held so far, bytes; nan where it cannot be asked."""
    try:
        import resource
    except ImportError:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def one(customers: int, days: int) -> dict[str, float]:
    """Measure one size here and now: invoices, µs (with staff in proportion, and with the policy's own) and bytes an invoice."""
    company = Company.demo().population
    usual = read_policy("baseline")
    policy = usual.replace({"team.collectors": max(1, customers // CUSTOMERS_A_COLLECTOR)})
    simulate(deal(company, 1, 0, 20), policy)
    before = held()
    world = deal(enlarged(company, customers), 1, 0, days)
    count = len(world.customer)
    micros = _micros(world, policy)
    memory = (held() - before) / count
    return {"invoices": count, "micros": micros, "unstaffed": _micros(world, usual), "memory": memory}


def _micros(world: World, policy: Policy) -> float:
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        simulate(world, policy)
        taken.append(time.process_time() - begun)
    return sorted(taken)[RUNS // 2] / len(world.customer) * 1e6


def measure(sizes, days: int, rounds: int, tell=lambda: None) -> list[Size]:
    """Every size once a round, smallest to largest, each in a fresh process."""
    found: dict[int, list[dict]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            command = [sys.executable, "-m", "arsim.study.bench.growth", str(size), str(days)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found[size].append(json.loads(done.stdout))
            tell()
    return [
        Size(
            size, all_[0]["invoices"], Spread.of(one["micros"] for one in all_), Spread.of(one["unstaffed"] for one in all_),
            Spread.of(one["memory"] for one in all_).median,
        )
        for size, all_ in found.items()
    ]  # fmt: skip


def compared(small: Size, large: Size) -> float:
    """How many times as long an invoice takes in the larger company, staff in proportion."""
    return large.micros.median / small.micros.median


def compared_unstaffed(small: Size, large: Size) -> float:
    """How many times as long it takes where no more staff comes with more customers."""
    return large.unstaffed.median / small.unstaffed.median


if __name__ == "__main__":
    print(json.dumps(one(int(sys.argv[1]), int(sys.argv[2]))))
