"""The toy in plain C, compiled on the spot by the system's compiler where there is one and the source lies beside the package."""

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from arsim.engine.yardstick.toy import END, ROW, Toy
from arsim.engine.yardstick.toy_numba import EVENT, NIL, OWED, ROWS_AN_INVOICE, width

SOURCE = Path(__file__).resolve().parents[3] / "tests" / "bench" / "toy.c"


@cache
def _library():
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler or not SOURCE.exists():
        raise ImportError("C compiler" if SOURCE.exists() else SOURCE.name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "toy.so"
        done = subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", SOURCE, "-o", made], capture_output=True, text=True)
        if done.returncode:
            raise ImportError(done.stderr)
        play = ctypes.CDLL(str(made)).play
    play.restype = ctypes.c_int64
    return play


def simulate_toy(toy: Toy) -> np.ndarray:
    """The journal, as `arsim.engine.yardstick.toy_simpy.simulate_toy`.

    Raises
    ------
    ImportError
        If there is no compiler, or no source (an installed package has none).
    """
    play = _library()
    owed = np.zeros(len(toy.order), OWED)
    owed["order"], owed["pay"] = toy.order, toy.pay
    bits = width(toy.invoices)
    buckets, events = np.full((END >> bits) + 2, NIL, NIL.dtype), np.zeros(2 * len(owed), EVENT)
    rows = np.empty(ROWS_AN_INVOICE * toy.invoices, ROW)

    def at(table):
        return ctypes.c_void_p(table.ctypes.data)

    whole = ctypes.c_int64
    count = play(
        whole(toy.customers), whole(toy.collectors), ctypes.c_uint64(toy.seed), at(owed), at(events), at(buckets), whole(bits),
        whole(len(buckets)), at(rows),
    )  # fmt: skip
    return rows[:count]
