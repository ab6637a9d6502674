"""How work on a ledger grows: ``uv run python tests/bench/bench_ledger.py [--rows 10000 100000 1000000] [--what csv xlsx] [--json]``.

Each kind of work on each size is done in a process of its own: ``csv`` and ``xlsx`` read the file and report on its rows, ``estimate`` and
``backtest`` read the CSV and go on from there. Figures are µs a row, and the most memory the process held; beside them each as a ratio to
the smallest size. Times wander with the machine: quote the ratios.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SIZES = (10_000, 100_000, 1_000_000)
WHAT = ("csv", "xlsx", "estimate", "backtest")
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


def workbook(path: Path) -> Path:
    """The ledger in the CSV file `path` as a workbook beside it, its days and amounts typed as a spreadsheet has them."""
    import csv

    import openpyxl

    def typed(place: int, cell: str) -> object:
        if place in (2, 3, 5) and len(cell) == 10 and cell != "2021-02-31":
            return date.fromisoformat(cell)
        return float(cell) if place == 4 else cell or None

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        sheet.append(next(rows))
        for row in rows:
            sheet.append([typed(place, cell) for place, cell in enumerate(row)])
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def measured(path: Path, what: str) -> dict[str, float]:
    """Do `what` with `path` here and now: seconds of each step, and MB at the most."""
    import resource

    from arsim.domain.intake import take_in
    from arsim.report import intake as report
    from arsim.study.backtest import backtest
    from arsim.study.company import Company
    from arsim.study.split import splits, usual_split

    times = [("", time.perf_counter())]
    intake = take_in(path)
    times.append(("read", time.perf_counter()))
    assert len(intake.ledger) + sum(intake.sheet.fate != 0) == len(intake.sheet)
    report.text(intake)
    times.append(("report", time.perf_counter()))
    found = {"what": what, "rows": len(intake.sheet), "loaded": len(intake.ledger)}
    if what == "estimate":
        Company.of(intake.ledger)
        times.append((what, time.perf_counter()))
    elif what == "backtest":
        backtest(intake.ledger, usual_split(splits(intake.ledger), intake.ledger.as_of))
        times.append((what, time.perf_counter()))
    found |= {f"{name}_s": end - begin for (_, begin), (name, end) in itertools.pairwise(times)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return found | {"peak_mb": peak}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    parser.add_argument("--what", nargs="+", choices=WHAT, default=WHAT)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measured(arguments.one, *arguments.what)))
        return
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in arguments.rows:
            path = Path(folder) / f"{rows}.csv"
            made(path, rows)
            for what in arguments.what:
                file = workbook(path) if what == "xlsx" else path
                done = subprocess.run([sys.executable, __file__, "--one", file, "--what", what], capture_output=True, text=True)
                if done.returncode:  # killed for want of memory, say: the other figures still count
                    print(f"{what} of {rows:,} rows ended with {done.returncode}\n{done.stderr}", file=sys.stderr)
                    continue
                found.append(json.loads(done.stdout))
    smallest = {}
    for one in found:
        for name in (key.removesuffix("_s") for key in list(one) if key.endswith("_s")):
            one[f"us_per_row_{name}"] = one[f"{name}_s"] / one["rows"] * 1e6
            one[f"{name}_over_smallest"] = one[f"us_per_row_{name}"] / smallest.setdefault((one["what"], name), one[f"us_per_row_{name}"])
    if arguments.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{'rows':>10}  {'file':<9}{'step':<10}{'s':>8}{'µs/row':>10}{'ratio':>8}{'peak MB':>10}")
    for one in sorted(found, key=lambda one: WHAT.index(one["what"])):
        for name in (key.removesuffix("_s") for key in one if key.endswith("_s")):
            if one["what"] in ("csv", "xlsx") or name == one["what"]:
                print(
                    f"{one['rows']:>10,}  {one['what'] if one['what'] == 'xlsx' else 'csv':<9}{name:<10}{one[f'{name}_s']:>8.1f}"
                    f"{one[f'us_per_row_{name}']:>10.1f}{one[f'{name}_over_smallest']:>8.2f}{one['peak_mb']:>10.0f}"
                )


if __name__ == "__main__":
    main()
