"""All measurements of ``arsim bench`` together, and their ratios by name."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from arsim.domain.calendar import YEAR
from arsim.study.bench import budget, decision, engines, growth, toys
from arsim.study.bench.budget import LARGE, LIVE, Budget, Spent
from arsim.study.bench.decision import Decision
from arsim.study.bench.engines import Engines
from arsim.study.bench.growth import Size
from arsim.study.bench.timing import Spread
from arsim.study.bench.toys import DIALECTS, Toys
from arsim.study.compare import RUN_OFF


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    `toys` is pairs (customers, dialects). Days are of orders; `run_off` of collecting after them; `most` replications of a decision;
    `least` seconds a turn of the full model and the toys; `budgets` are whole comparisons.
    """

    rounds: int
    days: int
    run_off: int
    toys: tuple[tuple[int, tuple[str, ...]], ...]
    toy_rounds: int
    sizes: tuple[int, ...]
    growth_rounds: int
    most: int
    timed: int
    least: float
    budgets: tuple[Budget, ...] = ()


ALL, COMPILED = tuple(DIALECTS), ("numba", "c")
FULL = Plan(7, YEAR, RUN_OFF, ((500, ALL), (5_000, ALL), (50_000, COMPILED)), 5, (500, 5_000, 50_000), 3, 200, 5, 0.2, (LIVE,))
QUICK = Plan(1, 60, 30, ((100, ALL),), 1, (500, 1_000), 1, 12, 1, 0.0, (Budget(None, 60, 4),))


@dataclass(frozen=True)
class Measured:
    """Everything that was found."""

    engines: Engines
    toys: tuple[Toys, ...]
    growth: tuple[Size, ...]
    decisions: tuple[Decision, ...]
    budgets: tuple[Spent, ...]
    imports: dict[str, float]

    @property
    def identical(self) -> bool:
        """All journals that must be the same are."""
        return self.engines.identical and all(toy.identical for toy in self.toys)

    @property
    def toy_over_c(self) -> Spread | None:
        """How many times as long numba takes as C, at the largest size; None without a compiler."""
        times = self.toys[-1].times
        return times.ratio("numba", "c") if "c" in times.seconds else None

    @property
    def decision_speedup(self) -> float:
        """The smaller of the gains in time to a decision."""
        return min(decision.speedup for decision in self.decisions)

    def ratios(self) -> dict:
        """The figures to quote, by name."""
        over = self.engines.over
        return {
            "journals_identical": self.identical,
            "speedup_over_simpy": over("simpy").median,
            "speedup_over_simpy_gc_off": over("simpy_gc_off").median,
            "speedup_over_reference": over("reference").median,
            "toy_over_c": self.toy_over_c.median if self.toy_over_c else None,
            f"growth_{self.growth[0].customers}_to_{self.growth[-1].customers}": growth.compared(self.growth[0], self.growth[-1]),
            f"growth_{self.growth[0].customers}_to_{self.growth[-1].customers}_staff_unchanged": growth.compared_unstaffed(
                self.growth[0], self.growth[-1]
            ),
            "decision_speedup": self.decision_speedup,
        }


def larger(plan: Plan) -> Plan:
    """The plan, and the comparison of a large company, which takes minutes."""
    return replace(plan, budgets=(*plan.budgets, LARGE))


def measure(plan: Plan = FULL, tell: Callable[[], None] = lambda: None) -> Measured:
    """Measure everything.

    Parameters
    ----------
    plan : Plan
        `FULL`, or `QUICK` to see that it works.
    tell : callable, optional
        Called whenever a piece is done.
    """
    return Measured(
        engines.measure(plan.days, plan.run_off, plan.rounds, tell, plan.least),
        tuple(toys.measure(size, plan.toy_rounds, {name: DIALECTS[name] for name in names}, tell, plan.least) for size, names in plan.toys),
        tuple(growth.measure(plan.sizes, plan.days, plan.growth_rounds, tell)),
        tuple(decision.decide(name, both, plan.days, plan.run_off, plan.most, plan.timed, tell) for name, both in decision.pairs().items()),
        tuple(_told(tell, budget.measure(one)) for one in plan.budgets),
        budget.imports(),
    )


def _told(tell, found):
    tell()
    return found
