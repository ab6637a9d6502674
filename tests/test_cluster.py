"""A study on a real Dask cluster, a scheduler and two workers of this computer: the same files, whoever did the work and whoever died."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from arsim import cli
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study import cluster as module
from arsim.study.company import Company
from arsim.study.explore import explore
from arsim.study.keep import Keep
from arsim.study.question import made_by
from arsim.study.robust import robust
from arsim.study.spread import spread

POLICIES = ("do_nothing", "baseline")
PATIENCE = 120  # seconds that a process may take to start on a busy machine


class Cluster:
    """A scheduler and its workers, all on 127.0.0.1."""

    def __init__(self, folder: Path):
        self.folder, self.file, self.workers = folder, folder / "scheduler.json", []
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(self.file))
        deadline = time.monotonic() + PATIENCE
        while not (self.file.exists() and self.file.read_text("utf-8")):
            assert self.scheduler.poll() is None and time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        self.address = json.loads(self.file.read_text("utf-8"))["address"]

    def _start(self, what, *arguments):
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        surroundings = os.environ | {"DASK_TEMPORARY_DIRECTORY": str(self.folder), "PYTHONPATH": str(Path(__file__).parent)}
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=surroundings)

    def staffed(self, count=2):
        """Itself, with so many workers alive and known to the scheduler."""
        from distributed import Client

        self.workers = [one for one in self.workers if one.poll() is None]
        while len(self.workers) < count:
            self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--memory-limit", "0"))
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=PATIENCE)
        return self

    def end(self):
        """Kill all of it."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.end()


def run(folder, *arguments, replications=12):
    given = ["--days", "30", "--customers", "15", "--replications", str(replications), "--out", str(folder)]
    return cli.main(["compare", *POLICIES, *given, *arguments])


def files(folder):
    return [(folder / name).read_bytes() for name in ("runs.csv", "summary.csv")]


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The files that one process writes."""
    folder = tmp_path_factory.mktemp("alone")
    assert run(folder, "--workers", "1") == 0
    return files(folder)


def test_two_workers_write_the_same_files_as_one_process(tmp_path, cluster, alone):
    assert run(tmp_path, "--cluster", cluster.staffed().address) == 0
    assert files(tmp_path) == alone


def test_a_worker_killed_half_way_changes_nothing(tmp_path, cluster, alone, monkeypatch):
    honest, victim = Keep.add, cluster.staffed().workers[0]

    def add(self, number, *rest):
        honest(self, number, *rest)
        if len(self._at) == 4:
            victim.kill()  # SIGKILL
            victim.wait()

    monkeypatch.setattr(Keep, "add", add)
    assert run(tmp_path, "--cluster", cluster.address) == 0
    assert victim.returncode and files(tmp_path) == alone


def test_begun_on_the_cluster_a_study_goes_on_without_it(tmp_path, cluster, alone, capsys):
    assert run(tmp_path, "--cluster", cluster.staffed(1).address, replications=5) == 0
    capsys.readouterr()
    assert run(tmp_path) == 0 and "5 of 12" in capsys.readouterr().err
    assert files(tmp_path) == alone


def where(number):
    from distributed import get_worker

    return get_worker().address


def test_both_workers_have_a_share_of_the_work_and_what_is_not_wanted_is_left(cluster):
    coming = spread(where, (), 10_000, cluster=cluster.staffed().address)
    met = {next(coming)}
    while len(met) < 2:  # or it ends with StopIteration
        met.add(next(coming))
    coming.close()


def test_a_worker_of_another_version_is_refused_by_name(cluster, monkeypatch, language):
    cluster.staffed()
    monkeypatch.setattr(module, "made_by", lambda: made_by() | {"arsim": "9.9"})
    with pytest.raises(BadInput) as refused:
        list(spread(where, (), 4, cluster=cluster.address))
    told = words.explain(refused.value.problems[0])
    assert cluster.address.rsplit(":", 1)[0] in told and "9.9" in told
    monkeypatch.setattr(module, "_same_everywhere", lambda *_: None)  # as if it came when the work had begun
    with pytest.raises(BadInput, match="9.9") as refused:
        list(spread(where, (), 4, cluster=cluster.address))
    assert refused.value.problems[0].file.startswith("tcp://127.0.0.1:")


def too_large(number):
    raise MemoryError


def ends(number):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def test_what_does_not_fit_on_a_worker_is_said(cluster, tmp_path):
    with pytest.raises(BadInput, match="memory of the workers"), Keep(tmp_path) as keep:
        keep.ask({"kind": "test"})
        list(spread(too_large, (), 4, cluster=cluster.staffed(1).address, keep=keep))


def test_without_workers_nobody_waits_for_ever(cluster, monkeypatch, language):
    monkeypatch.setattr(module, "ALONE", 0.5)
    with pytest.raises(BadInput) as refused:  # whoever tries it dies, until nobody is left
        list(spread(ends, (), 8, cluster=cluster.staffed().address))
    assert cluster.address in words.explain(refused.value.problems[0])
    for worker in cluster.workers:
        worker.wait()
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    with pytest.raises(BadInput, match="has no worker.*dask worker tcp://"):
        list(spread(where, (), 4, cluster=cluster.address))


def test_a_cluster_that_goes_away_leaves_what_is_kept(tmp_path, alone, capsys, monkeypatch, tmp_path_factory):
    honest, cluster = Keep.add, Cluster(tmp_path_factory.mktemp("short")).staffed(1)

    def add(self, number, *rest):
        honest(self, number, *rest)
        if len(self._at) == 3:
            cluster.end()

    with monkeypatch.context() as short:
        short.setattr(Keep, "add", add)
        assert run(tmp_path, "--cluster", cluster.address) == 2
    assert "cluster" in capsys.readouterr().err
    assert run(tmp_path) == 0 and files(tmp_path) == alone


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "http://127.0.0.1:80", "a host:8786"])
def test_a_wrong_address_is_said(address, monkeypatch, language, capsys, tmp_path):
    monkeypatch.setattr(module, "KNOCK", 0.5)
    assert run(tmp_path, "--cluster", address, "--lang", language) == 2
    assert address in capsys.readouterr().err


def test_what_answers_and_is_no_scheduler_is_said(monkeypatch):
    import socket

    monkeypatch.setattr(module, "KNOCK", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(BadInput, match="No Dask scheduler"):
        list(spread(where, (), 4, cluster=f"127.0.0.1:{silent.getsockname()[1]}"))


def test_without_the_package_its_installation_is_told(monkeypatch, language):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput) as refused:
        list(spread(where, (), 4, cluster="127.0.0.1:8786"))
    assert "pip install distributed" in words.explain(refused.value.problems[0])


def test_a_search_and_plausible_worlds_come_out_the_same_there(cluster):
    company, address = Company.demo(15), cluster.staffed().address
    terms = {"company": company, "days": 20, "budget": 320, "finalists": 2, "aim": ("net_value", "goodwill")}
    here, there = (explore(["team.contact_cap=1:4", "promise.pause"], **terms, cluster=where) for where in ("", address))
    pd.testing.assert_frame_equal(here.front(), there.front())
    policies = [read_policy(name) for name in POLICIES]
    here, there = (robust(policies, company, count=3, each=1, days=20, cluster=where) for where in ("", address))
    np.testing.assert_array_equal(here.values, there.values)
