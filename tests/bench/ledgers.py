"""How long a ledger of so many rows takes to estimate, and how much memory: ``python tests/bench/ledgers.py 10000 100000 1000000``."""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from stylised import distributor  # noqa: E402

from arsim.domain.policies import read_policy  # noqa: E402
from arsim.study.estimate import estimate  # noqa: E402

if __name__ == "__main__":
    for rows in [int(text) for text in sys.argv[1:]] or [10_000, 100_000]:
        ledger = distributor(1, customers=max(100, rows // 50), invoices=rows, closed_only=False, cut="2020-01-31")
        before = time.perf_counter()
        found = estimate(ledger, read_policy("do_nothing"))
        spent = time.perf_counter() - before
        before = time.perf_counter()
        found.told()
        told, peak = time.perf_counter() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{len(ledger):>9,} rows  estimate {spent:6.1f} s  intervals {told:.1f} s, peak {peak:.1f} GB, gap {100 * found.gap:.1f} points"
        )
