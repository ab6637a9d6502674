"""Replications spread over the cores, in order."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from arsim.engine.engines import AUTO, COMPILED, ready
from arsim.study import room

Result = TypeVar("Result")
OBJECTS = 3  # times the memory, roughly, where the reference engine keeps an object for every invoice
FEW = 6  # replications that do not earn back the second it takes to start processes


def spread(
    task: Callable[..., Result], given: tuple, count: int, workers: int = 0, engine: str = AUTO, each: float = 0.0
) -> Iterator[Result]:
    """``task(number, *given)`` for every number up to `count`, in order; the result does not depend on `workers`.

    Parameters
    ----------
    task : callable
        Importable by name, as other processes must find it.
    given : tuple
    count : int
    workers : int
        0 chooses.
    engine : str
        Which engine the task runs: threads suffice for the compiled one, which runs outside Python's lock; the other needs processes.
    each : float
        Bytes a task holds at most, so that no more are at work at a time than this computer can hold.
    """
    from joblib import Parallel, cpu_count, delayed

    threads = engine == COMPILED or engine == AUTO and ready()
    workers = workers or (min(cpu_count(), count, room.at_once(each if threads else OBJECTS * each)) if threads or count >= FEW else 1)
    if workers == 1:
        yield from (task(number, *given) for number in range(count))
    else:
        work = (delayed(task)(number, *given) for number in range(count))
        yield from Parallel(n_jobs=workers, return_as="generator", batch_size=1, backend="threading" if threads else "loky")(work)
