"""The full model on the demo company: the compiled engine, the reference, and the same rules in idiomatic SimPy."""

import gc
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.engine.compiled.simulate import simulate as compiled
from arsim.engine.journal import Journal, Kind
from arsim.engine.simulate import simulate as reference
from arsim.engine.yardstick.simulate import simulate as idiomatic
from arsim.model.behaviour import Behaviour
from arsim.model.world import deal
from arsim.study.bench.timing import Spread, Times, interleaved
from arsim.study.company import Company
from arsim.study.compare import prices
from arsim.study.outcome import outcomes
from arsim.study.quick import quicken
from arsim.study.window import TOUCHES

# What a policy must not use, or the idiomatic model would leave something out: law, plans, early warning, reviews, security, discounts …
BUSY = {
    "name": "busy", "credit.over_limit": "hold", "credit.hold_overdue_days": 30, "credit.call_on_hold": "yes", "dispute.desk": 1,
    "dispute.claim_undisputed": "yes", "dispute.pause": "yes", "promise.follow_up": "call",
}  # fmt: skip


def policies() -> list[Policy]:
    """What is run: the usual way, and one with holds, a dispute desk and calls after broken promises."""
    usual = read_policy("baseline")
    return [usual, usual.replace(BUSY)]


@dataclass(frozen=True)
class Engines:
    """What was found.

    Parameters
    ----------
    invoices : int
        Orders and open items of a round, all policies together.
    rows : int
        Lines of the compiled engine's journals in the first round.
    identical : bool
        Compiled and reference engine wrote the same bytes in every round.
    apart : float
        The largest share by which the idiomatic model's invoices, payments or contacts differ from the reference's.
    times : Times
        Of "deal" (the round's world, once for all policies), "compiled", "reference", "simpy", "simpy_gc_off".
    """

    invoices: int
    rows: int
    identical: bool
    apart: float
    times: Times

    def over(self, slow: str) -> Spread:
        """How many times as long as the compiled engine."""
        return self.times.ratio(slow, "compiled")


def mark(journal: Journal) -> str:
    """A hash of a journal's lines."""
    return hashlib.sha256(journal.rows.tobytes()).hexdigest()


def totals(journal: Journal) -> np.ndarray:
    """Invoices, payments, fen paid, contacts."""
    rows = journal.rows
    paid = rows["kind"] == Kind.PAYMENT
    return np.array([(rows["kind"] == Kind.INVOICE).sum(), paid.sum(), rows["amount"][paid].sum(), np.isin(rows["kind"], TOUCHES).sum()])


def measure(days: int, run_off: int, rounds: int, tell: Callable[[], None] = lambda: None, least: float = 0.0) -> Engines:
    """Run all engines in the same worlds, a world a round; journal and outcomes are in the time, dealing the world is told apart.

    Parameters
    ----------
    days, run_off : int
        Of orders, and of collecting after them.
    rounds : int
    tell, least
        As for `interleaved`.
    """
    company, cost, both = Company.demo(), prices(Behaviour.default()), policies()
    worlds = {}

    def dealt(turn):
        world = deal(company.population, 1, turn, days, run_off=run_off)
        world.spells, world.calendar_next  # noqa: B018  dealt on first use; whoever runs first would pay for all
        worlds[turn] = world

    written: dict[str, dict[int, list[Journal]]] = {}

    def run(name, simulate):
        def call(turn):
            journals = [simulate(worlds[turn], policy) for policy in both]
            for journal in journals:
                outcomes(journal, cost)
            written.setdefault(name, {})[turn] = journals

        return call

    without = run("simpy_gc_off", idiomatic)

    def unswept(turn):
        gc.disable()
        try:
            without(turn)
        finally:
            gc.enable()

    quicken()
    for policy in both:
        compiled(deal(company.population, 1, 0, 20), policy)  # compiled now, not while the clock runs
    calls = {
        "deal": dealt,
        "compiled": run("compiled", compiled),
        "reference": run("reference", reference),
        "simpy": run("simpy", idiomatic),
        "simpy_gc_off": unswept,
    }
    times = interleaved(calls, rounds, tell, least)

    def pairs(one, other):
        return ((a, b) for turn in worlds for a, b in zip(written[one][turn], written[other][turn], strict=True))

    return Engines(
        invoices=len(both) * sum(len(world.customer) for world in worlds.values()) // rounds,
        rows=sum(len(journal.rows) for journal in written["compiled"][0]),
        identical=all(mark(one) == mark(other) for one, other in pairs("compiled", "reference")),
        apart=max(float(np.max(np.abs(totals(one) / np.maximum(totals(other), 1) - 1))) for one, other in pairs("simpy", "reference")),
        times=times,
    )
