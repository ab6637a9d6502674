"""How reading a ledger grows with it: ``uv run python tests/bench/bench_ledger.py [--rows 10000 100000 1000000] [--json]``.

Each size is read in a process of its own. Figures are µs a row for reading, the report on the rows and the doubts about the whole, and the
most memory the process held; beside them each as a ratio to the smallest size. Times wander with the machine: quote the ratios.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SIZES = (10_000, 100_000, 1_000_000)
HEAD = "Invoice number,Customer,Issue date,Due date,Amount,Paid date,Document type,Invoice referred to\n"


def made(path: Path, rows: int, seed: int = 1) -> None:
    """A ledger of so many rows: one in 50 a credit note, one in 100 a repetition, one in 200 faulty, two totals."""
    luck = np.random.default_rng(seed)
    start = date(2020, 1, 1)
    days = [str(start + timedelta(place)) for place in range(2400)]
    issued, term, late = luck.integers(0, 1800, rows), luck.choice([30, 45, 60, 90], rows), luck.integers(-10, 60, rows)
    amount, odd = luck.lognormal(11, 1.5, rows).astype(np.int64) + 100, luck.random(rows)
    customer = luck.integers(0, max(rows // 50, 5), rows)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        before = ""
        for n, (day, net, wait, fen, who, how) in enumerate(
            zip(issued.tolist(), term.tolist(), late.tolist(), amount.tolist(), customer.tolist(), odd.tolist(), strict=True)
        ):
            paid = days[day + net + wait] if day + net + wait < 1850 else ""
            money = f"{fen // 100}.{fen % 100:02d}"
            line = f"INV{n:08d},C{who:06d},{days[day]},{days[day + net]},{money},{paid},RV,\n"
            if how < 0.02 and before:
                number, owner = before.split(",")[:2]
                line = f"CN{n:08d},{owner},{days[day]},{days[day]},-0.50,,DG,{number}\n"
            elif how < 0.03 and before:
                line = before
            elif how < 0.035:
                line = line.replace(days[day], "2021-02-31", 1)
            before = line if line.startswith("INV") else before
            file.write(line)
        file.write("合计,,,,1.00,,,\n")


def measured(path: Path) -> dict[str, float]:
    """Read `path` here and now: seconds, and MB at the most."""
    import resource

    from arsim.domain.intake import take_in
    from arsim.report import intake as report

    begin = time.perf_counter()
    intake = take_in(path)
    read = time.perf_counter()
    report.text(intake)
    told = time.perf_counter()
    assert len(intake.ledger) + sum(intake.sheet.fate != 0) == len(intake.sheet)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return {"rows": len(intake.sheet), "loaded": len(intake.ledger), "read_s": read - begin, "report_s": told - read, "peak_mb": peak}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measured(arguments.one)))
        return
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in arguments.rows:
            path = Path(folder) / f"{rows}.csv"
            made(path, rows)
            done = subprocess.run([sys.executable, __file__, "--one", path], capture_output=True, text=True, check=True)
            found.append(json.loads(done.stdout))
    for one in found:
        one |= {f"us_per_row_{name}": one[f"{name}_s"] / one["rows"] * 1e6 for name in ("read", "report")}
        one |= {f"{name}_over_smallest": one[f"us_per_row_{name}"] / found[0][f"us_per_row_{name}"] for name in ("read", "report")}
    if arguments.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{'rows':>10}{'read µs/row':>14}{'ratio':>8}{'report µs/row':>16}{'ratio':>8}{'peak MB':>10}")
    for one in found:
        print(
            f"{one['rows']:>10,}{one['us_per_row_read']:>14.1f}{one['read_over_smallest']:>8.2f}{one['us_per_row_report']:>16.2f}"
            f"{one['report_over_smallest']:>8.2f}{one['peak_mb']:>10.0f}"
        )


if __name__ == "__main__":
    main()
