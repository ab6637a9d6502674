"""Replications spread over the cores or over a cluster, in order, and kept as they come."""

import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import TypeVar

from arsim.domain.problem import BadInput, Problem
from arsim.engine.engines import AUTO, COMPILED, ready
from arsim.study import room
from arsim.study.keep import Keep, Part

Result = TypeVar("Result")
OBJECTS = 3  # times the memory, roughly, where the reference engine keeps an object for every invoice
FEW = 6  # replications that do not earn back the second it takes to start processes
TRIES = 3  # deaths of a worker in a row, with nothing finished between them, after which it is no accident


def spread(
    task: Callable[..., Result], given: tuple, count: int, workers: int = 0, engine: str = AUTO, each: float = 0.0,
    keep: Keep | Part | None = None, cluster: str = "",
) -> Generator[Result, None, None]:  # fmt: skip
    """``task(number, *given)`` for every number up to `count`, in order; the result does not depend on who does the work.

    Closing the generator stops the work: whoever does not know how many are needed asks for the most, and closes it when they suffice.

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
    keep : Keep or Part, optional
        Where results are kept as they come, already told its question; what it has is not run again.
    cluster : str
        Address of a Dask scheduler whose workers do the work, and not this computer.

    Raises
    ------
    BadInput
        The work cannot be done: a single task does not fit into memory, the cluster is gone, or what came out cannot be kept. What was
        finished before is kept.
    """
    there = () if keep is None else keep
    missing = [number for number in range(count) if number not in there]
    if cluster:
        from arsim.study.cluster import work

        coming = work(task, given, missing, cluster)
    else:
        coming = _here(task, given, missing, workers, engine, each)
    waiting: dict[int, Result] = {}
    with closing(coming):
        for number in range(count):
            if number in there and number not in waiting:
                yield keep.get(number)
                continue
            while number not in waiting:
                came, result = next(coming)
                if keep is not None:
                    keep.add(came, result)
                waiting[came] = result
            yield waiting.pop(number)


def counted(coming: Iterable[Result], told: Callable[[int], None] | None) -> Iterator[Result]:
    """Results as they come; `told` is told how many have."""
    for done, result in enumerate(coming, 1):
        if told:
            told(done)
        yield result


def _here(task, given, missing: Sequence[int], workers: int, engine: str, each: float) -> Generator[tuple[int, Result], None, None]:
    """Numbers with their results as they come; after the death of a worker the rest, with fewer at a time."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    threads, died, left = engine == COMPILED or engine == AUTO and ready(), 0, dict.fromkeys(missing)
    workers = workers or _fitting(len(left), threads, each)
    apart = not threads and workers > 1
    while left:
        try:
            with closing(_at_once(task, given, list(left), workers, threads, apart)) as coming:
                for number, result in coming:
                    del left[number]
                    died = 0
                    yield number, result
        except (MemoryError, BrokenProcessPool) as error:
            died += 1
            if workers == 1 and (isinstance(error, MemoryError) or died >= TRIES):
                raise BadInput(_too_large(error)) from error
            workers = max(1, workers // 2)


def _fitting(count: int, threads: bool, each: float) -> int:
    """How many are done at a time."""
    from joblib import cpu_count

    return max(1, min(cpu_count(), count, room.at_once(each if threads else OBJECTS * each))) if threads or count >= FEW else 1


def _at_once(task, given, missing: Sequence[int], workers: int, threads: bool, apart: bool):
    """Numbers with their results as they come, `workers` at a time; `apart`: in no case in this process."""
    from joblib import Parallel, delayed

    if workers > 1:
        work = (delayed(_numbered)(task, number, given) for number in missing)
        made = Parallel(n_jobs=workers, return_as="generator_unordered", batch_size=1, backend="threading" if threads else "loky")(work)
        try:
            for one in made:  # noqa: UP028 - "yield from" would close it before what it says then is silenced
                yield one
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # that work was begun which nobody wants any more
                made.close()
    elif apart:  # joblib would do it in this process, and with it would go the whole study
        from joblib.externals.loky import ProcessPoolExecutor

        with ProcessPoolExecutor(1) as alone:
            for number in missing:
                yield alone.submit(_numbered, task, number, given).result()
    else:
        yield from (_numbered(task, number, given) for number in missing)


def _numbered(task, number: int, given: tuple) -> tuple[int, Result]:
    return number, task(number, *given)


def _too_large(error: Exception) -> Problem:
    if isinstance(error, MemoryError):
        return Problem("A single replication does not fit into this computer's memory.",
                       "Close other programs, take fewer customers or days, or a computer with more memory.")  # fmt: skip
    return Problem(
        "The process at work was ended by the system {tries} times in a row, even alone: most likely there is not enough memory.",
        "Close other programs, take fewer customers or days, or a computer with more memory.", values={"tries": TRIES})  # fmt: skip
