"""Kills studies with SIGKILL and lets them go on; ``python killed.py FOLDER`` prints what came of it as JSON.

A process of its own that has everything imported already, forks a study, and lets it be killed: a fresh Python for every kill would
take its seconds, and a fork of a test process, with all its threads, could hang.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

from people import people

from arsim.domain.policies import read_policy
from arsim.study import keep as module
from arsim.study import spread
from arsim.study.company import Company
from arsim.study.compare import compare

COUNT, KILLS = 8, 20
COMPANY = Company(people(15), warmup=30)
POLICIES = [read_policy(name) for name in ("do_nothing", "baseline")]


def study(folder, progress=None):
    return compare(POLICIES, COMPANY, 30, COUNT, keep=folder, workers=2, progress=progress)


def files(found):
    return found.runs().to_csv() + found.summary().to_csv()


def in_a_child(work):
    """`work` in a process of its own; whether SIGKILL ended it."""
    if not (child := os.fork()):
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(status := os.waitpid(child, 0)[1]) and os.WTERMSIG(status) == signal.SIGKILL


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def after(folder, done, seconds):
    """Killed so many seconds after so many results, while others are being made and written."""

    def later():
        time.sleep(seconds)
        die()

    def progress(now, _):
        if now == done:
            threading.Thread(target=later).start()

    progress(0, COUNT)
    study(folder, progress)
    threading.Event().wait()  # done before its time: killed none the less, at the very end


def torn(folder, number, share):
    """Killed in the middle of writing a result: only a share of its line is on the disk."""
    write, met = os.write, []

    def half(file, data):
        met.append(data)
        if len(met) == number:
            write(file, data[: int(len(data) * share)])
            die()
        return write(file, data)

    module.os.write = half
    study(folder)


def begun(folder):
    """Killed before what is asked is on the disk whole."""
    module.write_whole = die
    study(folder)


def main(root):
    undisturbed, luck, told = files(study(None)), random.Random(7), []
    began = time.monotonic()
    assert files(study(root / "whole")) == undisturbed
    pace = (time.monotonic() - began) / COUNT
    ways = [(after, luck.randrange(COUNT + 1), luck.uniform(0, 2 * pace)) for _ in range(KILLS)]
    ways += [(torn, 1, 0.0), (torn, 1, 0.5), (torn, COUNT, 0.999), (torn, 3, 0.0001), (begun,)]
    for place, (way, *given) in enumerate(ways):
        folder = root / str(place)
        killed = in_a_child(lambda: way(folder, *given))  # noqa: B023
        ran, there = [], []
        with module.Keep(folder, there.append) as keep:
            at_once = spread._numbered
            spread._numbered = lambda task, number, given: (ran.append(number), at_once(task, number, given))[1]  # noqa: B023
            found = study(keep)
            spread._numbered = at_once
        told.append({"way": way.__name__, "killed": killed, "there": sum(there), "ran": len(ran), "same": files(found) == undisturbed,
                     "damaged": keep.damaged})  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
