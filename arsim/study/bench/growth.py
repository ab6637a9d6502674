"""How time and memory of the compiled engine grow with the company; each size in a process of its own."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass

from arsim.domain.policies import read_policy
from arsim.model.world import deal
from arsim.study.bench.timing import Spread
from arsim.study.company import Company
from arsim.study.enlarged import enlarged

CUSTOMERS_A_COLLECTOR = 500
RUNS = 3  # of a process; the median counts


@dataclass(frozen=True)
class Size:
    """What was found at one size: µs and bytes an invoice; `memory` (the world, the run and its journal) is nan where nobody tells."""

    customers: int
    invoices: int
    micros: Spread
    memory: float


def held() -> float:
    """The most memory this process has held so far, bytes; nan where it cannot be asked."""
    try:
        import resource
    except ImportError:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def one(customers: int, days: int) -> dict[str, float]:
    """Measure one size here and now: invoices, µs and bytes an invoice."""
    from arsim.engine.compiled.simulate import simulate

    company = Company.demo().population
    policy = read_policy("baseline").replace({"team.collectors": max(1, customers // CUSTOMERS_A_COLLECTOR)})
    simulate(deal(company, 1, 0, 20), policy)
    before = held()
    world = deal(enlarged(company, customers), 1, 0, days)
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        simulate(world, policy)
        taken.append(time.process_time() - begun)
        taken_memory = held()
    count = len(world.customer)
    return {"invoices": count, "micros": sorted(taken)[RUNS // 2] / count * 1e6, "memory": (taken_memory - before) / count}


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
        Size(size, all_[0]["invoices"], Spread.of(one["micros"] for one in all_), Spread.of(one["memory"] for one in all_).median)
        for size, all_ in found.items()
    ]


def compared(small: Size, large: Size) -> float:
    """How many times as long an invoice takes in the larger company."""
    return large.micros.median / small.micros.median


if __name__ == "__main__":
    print(json.dumps(one(int(sys.argv[1]), int(sys.argv[2]))))
