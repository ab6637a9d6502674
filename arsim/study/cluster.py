"""Work done on a Dask cluster: any number of computers that run the same arsim.

What a worker was doing when it died is done again by another; the results are the same, wherever they are computed.
"""

import logging
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress

from arsim.domain.problem import BadInput, Problem
from arsim.study.question import made_by

PATIENCE = 10.0  # seconds to find the scheduler, and at least one worker
KNOCK = 5.0  # seconds in which something at the address must answer
ALONE = 60.0  # seconds without a single worker after which nobody waits for another
LOOK = 2.0  # seconds between two looks at who is there
AHEAD = 2  # tasks handed out for each that can be done at a time, so that nobody waits for work


def work(task, given: tuple, missing: Sequence[int], address: str) -> Generator[tuple[int, object], None, None]:
    """Numbers with the results of ``task(number, *given)`` as they come; parameters as for `arsim.study.spread.spread`.

    Raises
    ------
    BadInput
        There is no `distributed`, no such scheduler, no worker, or one that runs another arsim; or the cluster went away.
    """
    if not missing:
        return
    with _client(address) as client:
        _same_everywhere(client, address)
        # A task on the cluster, not data scattered over it: should the worker that holds it die, another makes it again.
        loaded = client.submit(_loaded, given, pure=False)
        yield from _flow(client, address, task, loaded, missing)


def _flow(client, address: str, task, loaded, missing: Sequence[int]):
    from distributed import wait

    rest, going, seen = iter(missing), {}, time.monotonic()
    try:
        while True:
            cores = sum(client.nthreads().values())
            while len(going) < max(1, AHEAD * cores) and (number := next(rest, None)) is not None:
                going[client.submit(_checked, made_by(), task, number, loaded, pure=False)] = number
            if not going:
                return
            seen = time.monotonic() if cores else seen
            if time.monotonic() - seen > ALONE:
                raise BadInput(_gone(address, "No worker is left in the cluster at this address."))
            with client.as_current(), suppress(TimeoutError):
                wait(list(going), timeout=LOOK, return_when="FIRST_COMPLETED")
            for future in [one for one in going if one.done()]:
                result = _result(future, address)
                yield going.pop(future), result
    except (OSError, TimeoutError):
        raise BadInput(_gone(address, "The connection to the cluster at this address was lost.")) from None
    finally:
        with suppress(Exception):
            client.cancel(list(going))


def _result(future, address: str) -> object:
    from distributed import CancelledError, KilledWorker

    try:
        return future.result()
    except (KilledWorker, MemoryError):
        raise BadInput(Problem(
            "A replication does not fit into the memory of the workers, or ended each that tried it.",
            "Give the workers more memory or fewer threads, or take fewer customers or days.", file=address)) from None  # fmt: skip
    except CancelledError:
        raise BadInput(_gone(address, "The connection to the cluster at this address was lost.")) from None


def _gone(address: str, what: str) -> Problem:
    return Problem(what, "Start it again, and give the same command: with a folder for the results it goes on from there.", file=address)


@contextmanager
def _client(address: str):
    try:
        from dask import config
        from distributed import Client
    except ImportError:
        raise BadInput(Problem(
            "A cluster needs the package distributed, which is not installed.", "Install it: {command}", file=address,
            values={"command": f"{sys.executable} -m pip install distributed"})) from None  # fmt: skip
    logs = logging.getLogger("distributed")
    level = logs.level
    logs.setLevel(logging.CRITICAL)  # what matters of it is said in plain words
    # A company may be large: it is handed over once, and that is meant.
    changed = {"distributed.admin.large-graph-warning-threshold": "1TiB", "distributed.comm.timeouts.connect": f"{PATIENCE}s"}
    try:
        with config.set(changed):
            try:
                _knock(address)
                client = Client(address, timeout=PATIENCE, set_as_default=False, name="arsim")
            except Exception:  # what answers may be no scheduler, and then anything can go wrong
                raise BadInput(Problem(
                    "No Dask scheduler answers at this address.", "Check it, such as tcp://192.168.1.5:8786, and that the scheduler runs.",
                    file=address)) from None  # fmt: skip
            try:
                yield client
            finally:
                with suppress(Exception):
                    client.close(timeout=LOOK)
    finally:
        logs.setLevel(level)


def _knock(address: str) -> None:
    """Connect once and leave: a client that cannot connect would take its time about it, and complain when it is deleted."""
    import asyncio
    from threading import Thread

    from distributed.comm import connect

    failed: list[BaseException] = []

    async def visit() -> None:
        await (await connect(address, timeout=KNOCK)).close()

    def run() -> None:
        try:
            asyncio.run(asyncio.wait_for(visit(), KNOCK + 1))
        except BaseException as error:  # raised again below, in the thread that asked
            failed.append(error)

    thread = Thread(target=run, daemon=True)  # of its own, as a notebook's has a loop running already
    thread.start()
    thread.join(KNOCK + 2)
    if failed or thread.is_alive():
        raise failed[0] if failed else TimeoutError(address)


def _same_everywhere(client, address: str) -> None:
    """Refuse a cluster without workers, or with one that would compute something else."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, TimeoutError):
        raise BadInput(Problem("The cluster at this address has no worker.", "Start one: dask worker {address}", file=address,
                               values={"address": address})) from None  # fmt: skip
    try:
        found = {address: client.run_on_scheduler(made_by)}
    except Exception as error:  # whatever an environment without arsim, or with another one, comes up with
        found = {address: error}
    for computer, told in (found | client.run(made_by, on_error="return")).items():
        if told != made_by():
            raise BadInput(_other(computer, told, made_by()))


def _other(computer: str, found: object, ours: dict[str, str]) -> Problem:
    """That a computer of the cluster runs something else; `found` is what it told, or why it could not tell."""
    if isinstance(found, dict):
        found = ", ".join(f"{name} {found.get(name)} ≠ {value}" for name, value in ours.items() if found.get(name) != value)
    return Problem(
        "A computer of the cluster does not run the same arsim as this one ({difference}).",
        "Install the same version there, with the same Python and numpy.", file=computer, values={"difference": found},
    )  # fmt: skip


def _loaded(given: tuple) -> tuple:
    return given


def _checked(versions: dict[str, str], task, number: int, given: tuple) -> object:
    """On the worker: a result, unless the worker, which may have come later, runs something else."""
    if versions != made_by():
        from distributed import get_worker

        raise BadInput(_other(get_worker().address, made_by(), versions))
    return task(number, *given)
