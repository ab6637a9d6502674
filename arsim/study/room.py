"""How much memory runs take, and how many of them this computer can hold at a time."""

import os
from contextlib import suppress
from pathlib import Path

from arsim.study.company import Company

AN_INVOICE = 800  # bytes: its world, the compiled run's tables and journal, and the sums over it; measured, see tests/test_room.py
SHARE = 0.5  # of the memory: the rest is for the browser, the ledger in Excel and the system
UNKNOWN = 4 * 2**30  # bytes supposed where the system does not tell


def needed(company: Company, days: int) -> float:
    """Bytes that one run over `days` of orders holds at most, roughly."""
    people = company.population
    working = people.working(company.warmup + days).open[: company.warmup + days].sum() if days else 0
    return AN_INVOICE * (len(people.opening.customer) + float(people.orders_a_day.sum()) * working)


def at_once(each: float) -> int:
    """How many things of `each` bytes may be held at a time; one at least."""
    return max(1, int(SHARE * total() / max(each, 1.0)))


def total() -> float:
    """Bytes of memory this computer has, or this process may use of it."""
    found = [_installed()]
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):  # of a container
        with suppress(OSError, ValueError):
            found.append(float(Path(limit).read_text("utf-8")))
    return min(found)


def _installed() -> float:
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return _on_windows() or UNKNOWN


def _on_windows() -> float:
    with suppress(ImportError, AttributeError, OSError):
        import ctypes

        kilobytes = ctypes.c_ulonglong(0)
        if ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes)):
            return kilobytes.value * 1024.0
    return 0.0
