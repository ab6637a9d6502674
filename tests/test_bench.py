"""The benchmark of reading a ledger runs; how fast is for a reader to judge, not for a test."""

import json
import subprocess
import sys
from pathlib import Path


def test_the_benchmark_of_reading_runs():
    script = Path(__file__).parent / "bench" / "bench_ledger.py"
    asked = ("--rows", "400", "800", "--what", "csv", "xlsx", "--json")
    done = subprocess.run([sys.executable, script, *asked], capture_output=True, text=True, check=True)
    found = {(one["what"], one["rows"]): one for one in json.loads(done.stdout)}
    assert found.keys() == {("csv", 401), ("xlsx", 401), ("csv", 801), ("xlsx", 801)}
    for rows in (401, 801):  # a workbook is the same ledger
        assert found["csv", rows]["loaded"] == found["xlsx", rows]["loaded"] < rows
    assert found["xlsx", 801]["read_over_smallest"] > 0 and found["csv", 401]["read_over_smallest"] == 1
