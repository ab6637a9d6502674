"""The toy model in every dialect at hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from arsim.engine.yardstick import toy_c, toy_lean, toy_numba, toy_salabim, toy_simpy
from arsim.engine.yardstick.toy import deal_toy
from arsim.study.bench.timing import Times, interleaved

DIALECTS = {
    "salabim": toy_salabim.simulate_toy, "simpy": toy_simpy.simulate_toy, "lean": toy_lean.simulate_toy, "numba": toy_numba.simulate_toy,
    "c": toy_c.simulate_toy,
}  # fmt: skip
SALABIM_MOST = 500  # customers: a thousand times slower than the compiled ones, it would hold everybody up


@dataclass(frozen=True)
class Toys:
    """What was found at one size: by dialect the CPU time; `missing` are those not at hand; `identical`: all wrote the same bytes."""

    customers: int
    invoices: int
    rows: int
    identical: bool
    times: Times
    missing: tuple[str, ...]


def measure(customers: int, rounds: int, dialects: Mapping = DIALECTS, tell: Callable[[], None] = lambda: None, least: float = 0.0) -> Toys:
    """Run the toy of so many customers in all `dialects`; `rounds`, `tell`, `least` as for `interleaved`."""
    toy, small = deal_toy(customers), deal_toy(50)
    calls, missing, written = {}, [], {}

    def run(name, simulate):
        def call(turn):
            written.setdefault(name, simulate(toy))

        return call

    for name, simulate in dialects.items():
        if name == "salabim" and customers > SALABIM_MOST:
            continue
        try:
            simulate(small)  # compiled or imported now, not while the clock runs
        except (ImportError, OSError):
            missing.append(name)
        else:
            calls[name] = run(name, simulate)
    times = interleaved(calls, rounds, tell, least)
    identical = len({rows.tobytes() for rows in written.values()}) == 1
    return Toys(customers, toy.invoices, len(written["numba"]), identical, times, tuple(missing))
