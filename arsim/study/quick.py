"""All that is compiled, made ready together: the engine, the dealing of worlds, the summing up of journals."""

from datetime import date

from arsim.domain.policy import Policy
from arsim.model import fast, store
from arsim.model.demo import people
from arsim.model.world import deal

KERNELS = (fast.DEALING, "arsim.study.kernels")


def quicken() -> None:
    """Let worlds be dealt and journals summed up by compiled code from now on, in this process."""
    for module in KERNELS:
        fast.warm(module)


def prepare() -> bool:
    """Compile everything and keep the machine code on this computer; whether the next run will find it."""
    from arsim.engine.compiled.simulate import simulate

    quicken()
    simulate(deal(people(date(2025, 1, 1)), 1, 0, 2), Policy(name="nothing"))
    store.keep()
    return store.kept()
