"""The benchmark of reading a ledger runs; how fast is for a reader to judge, not for a test."""

import json
import subprocess
import sys
from pathlib import Path


def test_the_benchmark_of_reading_runs():
    script = Path(__file__).parent / "bench" / "bench_ledger.py"
    done = subprocess.run([sys.executable, script, "--rows", "400", "800", "--json"], capture_output=True, text=True, check=True)
    small, large = json.loads(done.stdout)
    assert (small["rows"], large["rows"]) == (401, 801) and small["loaded"] < 401 and large["read_over_smallest"] > 0
