"""One process compiles, nobody stops it by accident, and when it dies another takes over: real processes, which compile nothing."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from arsim import cli
from arsim.engine import claim, engines
from arsim.model import store
from arsim.report import words

# In place of the compiler: it shows that it is alive until it is told to finish, or to fail.
CHILD = """
import json, os, sys, time
sys.path[:] = json.loads(sys.argv.pop())
from arsim.engine import claim
from arsim.model import store
claim.BEAT = 0.1
with claim.held(os.environ["ARSIM_CLAIM"]):
    (store.folder() / f"pid.{os.getpid()}").touch()
    for _ in range(600):
        time.sleep(0.1)
        if (store.folder() / "fail").exists():
            raise MemoryError("no room to compile")
        if (store.folder() / "finish").exists():
            store.keep()
            break
"""


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    """A cache of the test's own; what still runs in it afterwards is told to finish."""
    monkeypatch.setenv("ARSIM_CACHE", str(tmp_path))
    monkeypatch.setattr(engines, "_COMPILE", CHILD)
    monkeypatch.setattr(claim, "STALE", 2.0)
    yield
    store.folder().mkdir(parents=True, exist_ok=True)
    (store.folder() / "finish").touch()
    until(lambda: not claim.alive())


def until(true):
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, claim.log().read_text("utf-8")
        time.sleep(0.05)
    return True


def pids():
    return {int(path.suffix[1:]) for path in store.folder().glob("pid.*")}


def tell(what):
    (store.folder() / what).touch()


def test_several_at_once_begin_one_process_which_finishes():
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: engines.warm(), range(8)))
    until(pids)
    tell("finish")
    until(engines.ready)
    until(lambda: not claim.alive())
    assert len(pids()) == 1 and claim.tries() == 1 and not engines.warm() and engines.given_up() is None


def test_of_many_who_take_at_once_one_succeeds_also_in_taking_over():
    with ThreadPoolExecutor(8) as pool:
        for number in range(100):
            (mine,) = filter(None, pool.map(lambda _: claim.take(byhand=True), range(8)))
            if number % 3:
                claim.release(mine)
            else:  # nobody touches it any more
                (newest,) = (path for path in store.folder().glob("claim*") if path.is_file() and path.read_text("utf-8") == mine)
                os.utime(newest, (0, 0))


def test_when_it_is_killed_the_next_caller_takes_over():
    assert engines.warm() and until(pids)
    (first,) = pids()
    os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert engines.warm() and pids() == {first}  # it may still be alive
    until(lambda: not claim.alive())
    assert engines.warm() and until(lambda: len(pids()) == 2)
    tell("finish")
    assert until(engines.ready)


def test_it_outlives_who_began_it_and_all_descendants_killed():
    """Joblib kills its workers so when a run is stopped with Ctrl-C; the compiler was begun in one of them."""
    psutil = pytest.importorskip("psutil")
    begin = f"import time; from arsim.engine import engines; engines._COMPILE = {CHILD!r}; engines.warm()"
    program = begin + "; print(1, flush=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout.readline() and until(pids)
    for process in [*psutil.Process(parent.pid).children(recursive=True), psutil.Process(parent.pid)]:
        process.kill()
    parent.communicate()
    tell("finish")
    assert until(engines.ready)


def test_it_finds_the_program_even_where_the_working_directory_is_gone(monkeypatch, tmp_path):
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    if sys.platform != "win32":
        here.rmdir()
    assert engines.warm() and until(pids)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_after_a_few_failures_the_user_is_told_and_the_log_says_why(capsys, language):
    store.folder().mkdir(parents=True)
    tell("fail")
    for _ in range(claim.MOST):
        assert engines.given_up() is None and engines.warm()
        until(lambda: not claim.alive())
    assert not engines.warm() and len(pids()) == claim.MOST and engines.given_up() == claim.log()
    assert claim.log().read_text("utf-8").count("MemoryError: no room to compile") == claim.MOST
    cli.main(["compare", "do_nothing", "baseline", "--days", "5", "--replications", "1", "--lang", language])
    told = capsys.readouterr().err
    assert str(claim.log()) in told and "arsim warm" in told
    assert claim.take() is None and (mine := claim.take(byhand=True))
    claim.release(mine)


def test_what_cannot_be_started_is_one_try_and_stands_in_the_log(monkeypatch):
    monkeypatch.setattr(sys, "executable", str(Path("no") / "python"))
    assert not engines.warm() and claim.tries() == 1 and "Error" in claim.log().read_text("utf-8")


def test_a_clock_that_was_set_back_holds_nobody_up():
    assert claim.take() and claim.take() is None
    os.utime(store.folder() / f"{claim.CLAIM}.1", (time.time() + 3600,) * 2)
    assert (mine := claim.take())
    claim.release(mine)


def test_a_claim_taken_over_is_not_given_back_by_who_held_it_before():
    first = claim.take()
    os.utime(store.folder() / f"{claim.CLAIM}.1", (0, 0))
    second = claim.take()
    claim.release(first)
    assert second and claim.alive()
    claim.release(second)
    assert not claim.alive()


def test_by_hand_one_waits_for_another_process(monkeypatch, capsys):
    assert engines.warm() and until(pids)
    monkeypatch.setattr("arsim.study.quick.prepare", store.kept)  # compiling would take a minute
    monkeypatch.setattr("arsim.commands.warm.LOOK", 0.05)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(cli.main, ["warm"])
        until(lambda: "waiting" in capsys.readouterr().err)
        assert not done.done()
        tell("finish")
        assert done.result(60) == 0
    assert not claim.tries()
