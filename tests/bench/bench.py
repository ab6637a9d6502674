"""How fast the pieces are, side by side in one run: ``uv run python tests/bench/bench.py [--json] [--quick]``.

Figures are µs per invoice (orders and open items of a run), medians of interleaved rounds; single figures wander with the machine, so
quote the ratios. The share of SimPy is the profiler's own time inside the simpy package and the heap it uses, under the profiler.
"""

import argparse
import cProfile
import json
import pstats
import statistics
import sys
import time

from arsim.domain.policies import read_policy
from arsim.engine.simulate import simulate
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.company import Company
from arsim.study.compare import compare, prices
from arsim.study.outcome import outcomes
from arsim.study.series import weekly

POLICIES = ("do_nothing", "source_recovery_plan")


def measure(rounds: int = 5, days: int = 365) -> dict[str, float]:
    """µs per invoice of dealing the world, the engine, the outcomes and a whole comparison; SimPy's share of the engine."""
    company, cost = Company.demo(), prices(Behaviour.default())
    policies = [read_policy(name) for name in POLICIES]
    times: dict[str, list[float]] = {}

    def timed(name, call, count):
        begin = time.perf_counter()
        result = call()
        times.setdefault(name, []).append((time.perf_counter() - begin) / count * 1e6)
        return result

    for number in range(rounds):
        world = timed("deal_world", lambda number=number: deal(company.population, 1, number, days), 1)
        times["deal_world"][-1] /= (count := len(world.customer))
        for policy in policies:
            journal = timed(f"engine_{policy.name}", lambda policy=policy, world=world: simulate(world, policy), count)
            timed("outcomes", lambda journal=journal: outcomes(journal, cost), count)
            timed("weekly", lambda journal=journal: weekly(journal, cost), count)
        timed("compare_per_run", lambda: compare(policies, company, days, 1, workers=1), 2 * count)
    found = {name: statistics.median(values) for name, values in times.items()}
    engine = statistics.mean(found[f"engine_{name}"] for name in POLICIES)
    return {
        "invoices": count,
        **{f"us_per_invoice_{name}": value for name, value in found.items()},
        "simpy_share_of_engine": simpy_share(deal(company.population, 1, 0, days), policies[1]),
        "outcomes_over_engine": found["outcomes"] / engine,
        "compare_over_engine": found["compare_per_run"] / engine,
    }


def simpy_share(world, policy) -> float:
    """Time inside SimPy (and the heap under it) as a share of a run, under the profiler."""
    profile = cProfile.Profile()
    profile.runcall(simulate, world, policy)
    own = {where: own for where, (_, _, own, _, _) in pstats.Stats(profile).stats.items()}
    inside = sum(value for (file, _, name), value in own.items() if "simpy" in file.replace("arsim", "") or "heapq" in name)
    return inside / sum(own.values())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    found = measure(*((1, 60) if arguments.quick else ()))
    if arguments.json:
        json.dump(found, sys.stdout, indent=1)
    else:
        for name, value in found.items():
            print(f"{name:<46}{value:>12.3f}")


if __name__ == "__main__":
    main()
