"""A study in a folder: killed at any moment it goes on without repeating anything, and comes out as if nothing had happened."""

import errno
import json
import math
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from people import people

from arsim import cli
from arsim.domain.problem import BadInput
from arsim.domain.reading import read_ledger
from arsim.model.behaviour import Behaviour
from arsim.model.scenario import read_scenario
from arsim.report import words
from arsim.study import keep as module
from arsim.study import records, spread
from arsim.study.company import Company
from arsim.study.company_file import read_company
from arsim.study.compare import compare
from arsim.study.keep import COMPANY as COMPANY_FILE
from arsim.study.keep import RESULTS, STUDY, Keep
from arsim.study.question import fingerprint, question

COMPANY = Company(people(15), warmup=30)
POLICIES = ["do_nothing", "baseline"]
ASKED = {"kind": "test"}


@dataclass(frozen=True)
class Made:
    """A result such as studies have."""

    number: int
    found: dict
    courses: tuple


@contextmanager
def asking(folder, asked=ASKED, kinds=()):
    with Keep(folder) as keep:
        keep.ask(asked, kinds)
        yield keep


def in_folder(folder, asked=ASKED):
    with Keep(folder) as keep:
        keep.ask(asked)
        return {number for _, number in keep._at}


def twice(number, *_):
    return {"twice": 2.0 * number}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process of Windows is not forked")
def test_killed_at_any_moment_a_study_goes_on_and_comes_out_the_same(tmp_path):
    script = Path(__file__).with_name("killed.py")
    made = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, check=False)
    assert not made.returncode, made.stderr
    told = json.loads(made.stdout)
    at_random = [one for one in told if one["way"] == "after"]
    assert len(at_random) == 20 and all(one["killed"] and one["same"] and one["there"] + one["ran"] == 8 for one in told)
    assert sum(0 < one["there"] < 8 for one in at_random) >= 5  # it is half-way that it was killed
    assert sum(one["damaged"] for one in told) == 2  # of the lines cut short, the two of which anything was written


@given(some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.tuples(inner, inner) | some.dictionaries(some.text() | some.integers() | some.just("~"), inner),
))  # fmt: skip
def test_a_result_is_read_back_to_the_last_bit(value):
    def same(one, other):
        if isinstance(one, float):
            return type(other) is float and (math.isnan(one) and math.isnan(other) or one.hex() == other.hex())
        if isinstance(one, list | tuple):
            return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
        if isinstance(one, dict):
            return type(other) is dict and list(one) == list(other) and all(same(one[key], other[key]) for key in one)
        return type(one) is type(other) and one == other

    line = records.text(value)
    assert "\n" not in line and same(value, records.value(line))


def test_arrays_and_dataclasses_come_back_as_they_were(tmp_path):
    courses = np.array([[1, 2**62]]), np.array([0.1, np.nan, -0.0, np.inf]), np.zeros((0, 3)), np.array(True), np.float32([0.1])
    result = Made(np.int64(3), {"share": np.float64(1 / 3)}, courses)
    with asking(tmp_path, kinds=(Made,)) as keep:
        keep.add(7, result)
    with asking(tmp_path, kinds=(Made,)) as keep:
        found = keep.get(7)
    assert found.number == 3 and found.found == result.found
    assert all(
        a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes() for a, b in zip(courses, found.courses, strict=True)
    )
    with pytest.raises(TypeError):
        records.text({"what": object()})


def test_what_is_kept_is_not_run_again_and_more_may_be_asked(tmp_path):
    ran = []
    alone = compare(POLICIES, COMPANY, 30, 6)
    for count in (2, 6, 6, 4):
        there = []
        with Keep(tmp_path, there.append) as keep:
            found = compare(POLICIES, COMPANY, 30, count, keep=keep, progress=lambda done, _: ran.append(done))
        assert found.runs().equals(alone.runs().query("replication < @count"))
        assert there == ([] if not ran[count:] else [min(6, max(2, there[0]))])
    assert in_folder(tmp_path, question("compare", COMPANY, found.policies, 30, 1)) == set(range(6))
    assert len((tmp_path / RESULTS).read_text("utf-8").splitlines()) == 6


def test_stopped_early_nothing_more_is_run_and_what_came_is_kept(tmp_path):
    with asking(tmp_path) as keep:
        coming = spread.spread(twice, (), 1000, 2, "compiled", keep=keep)
        assert [next(coming) for _ in range(3)] == [twice(number) for number in range(3)]
        coming.close()
        with pytest.raises(StopIteration):
            next(coming)
    assert {0, 1, 2} <= in_folder(tmp_path) and len(in_folder(tmp_path)) < 1000


def test_the_parts_of_a_study_have_numbers_of_their_own(tmp_path):
    for _ in range(2):
        with asking(tmp_path) as keep:
            for name in ("first", "second"):
                assert list(spread.spread(lambda number, name: [name, number], (name,), 3, 1, keep=keep.part(name))) == [
                    [name, number] for number in range(3)
                ]
            assert 0 not in keep
    assert len((tmp_path / RESULTS).read_bytes().splitlines()) == 6


@pytest.mark.parametrize(
    ("spoil", "damaged", "lost"),
    [
        (lambda data: data[:-20], 1, 1),
        (lambda data: data[20:], 1, 1),
        (lambda data: data.replace(b"4.0", b"5.0"), 1, 1),
        (lambda data: data[:-1], 0, 0),  # but for the end of the line it is whole
        (lambda data: b"\xff\n" + data, 1, 0),
    ],
)
def test_a_torn_or_changed_line_is_not_used_and_its_result_made_again(tmp_path, spoil, damaged, lost):
    with asking(tmp_path) as keep:
        list(spread.spread(twice, (), 4, 1, keep=keep))
    path = tmp_path / RESULTS
    path.write_bytes(spoil(path.read_bytes()))
    for again in (False, True):
        with asking(tmp_path) as keep:
            missing = [number for number in range(4) if number not in keep]
            assert keep.damaged == damaged and len(missing) == (0 if again else lost)
            assert list(spread.spread(twice, (), 4, 1, keep=keep)) == [twice(number) for number in range(4)]


def test_results_of_another_study_are_not_taken_for_its_own(tmp_path):
    for place, asked in (("one", ASKED), ("other", {"kind": "else"})):
        with asking(tmp_path / place, asked) as keep:
            keep.add(0, place)
    (tmp_path / "one" / RESULTS).write_bytes((tmp_path / "other" / RESULTS).read_bytes())
    assert not in_folder(tmp_path / "one")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"days": 31}, "days: 30 → 31"),
        ({"seed": 2}, "seed: 1 → 2"),
        ({"policies": ["do_nothing", "source_full_system"]}, "policies.1.name"),
        ({"scenario": read_scenario("downturn")}, "scenario.name"),
        ({"behaviour": Behaviour.default({"promise.kept": 0.5})}, "behaviour.promise.kept"),
        ({"company": Company(people(16), warmup=30)}, "company.customers: 15 → 16"),
        ({"company": Company(people(15).replace(payer=people(15).payer * 1.01), warmup=30)}, "company.fingerprint"),
    ],
)
def test_another_question_is_refused_with_what_differs(tmp_path, change, told, language):
    given = {"policies": POLICIES, "company": COMPANY, "days": 30, "replications": 2, "seed": 1}
    compare(**given, keep=tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(BadInput) as refused:
        compare(**(given | change), keep=tmp_path)
    assert told in words.explain(refused.value.problems[0])
    assert before == {path: path.read_bytes() for path in tmp_path.iterdir()}


def test_another_version_is_refused_as_such(tmp_path, monkeypatch):
    compare(POLICIES, COMPANY, 30, 2, keep=tmp_path)
    monkeypatch.setattr("arsim.study.question.made_by", lambda: {"arsim": "9.9", "numpy": np.__version__})
    with pytest.raises(BadInput, match="another version.*9.9"):
        compare(POLICIES, COMPANY, 30, 2, keep=tmp_path)


def test_neither_engine_nor_workers_are_part_of_the_question(tmp_path):
    compare(POLICIES, COMPANY, 30, 2, keep=tmp_path, engine="reference")
    assert compare(POLICIES, COMPANY, 30, 4, keep=tmp_path, workers=2).runs().equals(compare(POLICIES, COMPANY, 30, 4).runs())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"kind": "arsim study", "version": 99, "question": {}}', b"\xff"])
def test_a_damaged_study_file_is_refused(tmp_path, content):
    in_folder(tmp_path)
    (tmp_path / STUDY).write_bytes(content)
    with pytest.raises(BadInput, match="damaged"), Keep(tmp_path) as keep:
        keep.ask(ASKED)


def test_results_without_their_question_are_refused(tmp_path):
    (tmp_path / RESULTS).write_text("something of the user's\n", "utf-8")
    with pytest.raises(BadInput, match=STUDY), Keep(tmp_path) as keep:
        keep.ask(ASKED)
    assert (tmp_path / RESULTS).read_text("utf-8") == "something of the user's\n"


def test_two_programs_do_not_work_in_one_folder_and_a_killed_one_locks_nobody_out(tmp_path):
    script = "import sys, time; from arsim.study.keep import Keep; Keep(sys.argv[1]).__enter__(); print('in', flush=True); time.sleep(99)"
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "in\n"
        with pytest.raises(BadInput, match="Another program"), Keep(tmp_path):
            pass
        other.kill()
    assert in_folder(tmp_path) == set()


def full_after(lines, monkeypatch, error=errno.ENOSPC):
    """A disk with room for so many lines, and for half of the next."""
    write, met = os.write, []

    def writes(file, data):
        met.append(data)
        if len(met) <= lines:
            return write(file, data)
        if len(met) == lines + 1:
            return write(file, data[: len(data) // 2])
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(module.os, "write", writes)


@pytest.mark.parametrize(("error", "said"), [(errno.ENOSPC, "disk is full"), (errno.EIO, "cannot be written to")])
def test_a_full_disk_stops_with_what_is_kept_and_nothing_is_lost(tmp_path, monkeypatch, error, said):
    with monkeypatch.context() as full:
        full_after(3, full, error)
        with pytest.raises(BadInput, match=f"{tmp_path.name}.*{said}.*3 results") as refused:
            compare(POLICIES, COMPANY, 30, 6, keep=tmp_path, workers=1)
        assert "ask the same again" in str(refused.value)
    with Keep(tmp_path) as keep:
        found = compare(POLICIES, COMPANY, 30, 6, keep=keep)
        assert keep.damaged == 1
    assert found.runs().equals(compare(POLICIES, COMPANY, 30, 6).runs())


def test_a_disk_that_is_full_at_once_is_said(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(BadInput, match="disk is full. 0 results"):
        compare(POLICIES, COMPANY, 30, 2, keep=tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="cannot be written"):
        compare(POLICIES, COMPANY, 30, 2, keep=tmp_path / "file" / "folder")


def dies_once(number, marker):
    """Ends its process as the system does when memory runs short, once for each marker."""
    if number == 3 and not (path := Path(marker)).exists():
        path.touch()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return number


def dies(number):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM)) if number == 2 else None
    return number


def test_a_worker_that_is_killed_costs_nothing(tmp_path):
    with asking(tmp_path / "kept") as keep:
        found = list(spread.spread(dies_once, (tmp_path / "marker",), 8, 2, "reference", keep=keep))
    assert found == list(range(8)) and (tmp_path / "marker").exists()


def test_a_task_that_ends_every_worker_is_given_up_and_the_rest_is_kept(tmp_path):
    with pytest.raises(BadInput, match="ended by the system"), asking(tmp_path) as keep:
        list(spread.spread(dies, (), 4, 2, "reference", keep=keep))
    assert {0, 1} <= in_folder(tmp_path) and 2 not in in_folder(tmp_path)


def test_short_of_memory_fewer_are_done_at_a_time(monkeypatch):
    at_once, most = [], 2

    def task(number):
        if at_once[-1] > most:
            raise MemoryError
        return number

    honest = spread._at_once
    monkeypatch.setattr(spread, "_at_once", lambda *given: at_once.append(given[3]) or honest(*given))
    assert list(spread.spread(task, (), 20, 8, "compiled")) == list(range(20)) and at_once == [8, 4, 2]
    most = 0
    with pytest.raises(BadInput, match="single replication does not fit"):
        list(spread.spread(task, (), 20, 8, "compiled"))


def run(*arguments):
    return cli.main(["compare", *POLICIES, "--days", "30", "--customers", "15", *map(str, arguments)])


def test_the_command_goes_on_and_writes_the_same_files(tmp_path, capsys, monkeypatch):
    assert run("--replications", 6, "--out", tmp_path / "whole") == 0
    assert run("--replications", 6, "--out", tmp_path / "whole") == 0  # asked again it has nothing to do, and says so
    assert "6 of 6" in capsys.readouterr().err
    honest = Keep.add

    def stopped(self, number, *rest):
        honest(self, number, *rest)
        if len(self._at) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as early:
        early.setattr(Keep, "add", stopped)
        assert run("--replications", 6, "--workers", 1, "--out", tmp_path / "stopped") == 130
    assert "same command goes on" in capsys.readouterr().err
    assert run("--replications", 6, "--out", tmp_path / "stopped") == 0 and "2 of 6" in capsys.readouterr().err
    for name in ("runs.csv", "summary.csv"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "stopped" / name).read_bytes()
    assert run("--replications", 6, "--seed", 2, "--out", tmp_path / "whole") == 2 and "seed: 1 → 2" in capsys.readouterr().err


def test_the_final_files_are_written_whole_or_not_at_all(tmp_path, monkeypatch, capsys):
    assert run("--replications", 2, "--out", tmp_path) == 0
    before = (tmp_path / "runs.csv").read_bytes()
    monkeypatch.setattr("arsim.report.put.write_whole", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "no room")))
    assert run("--replications", 3, "--out", tmp_path) == 2 and "no room" in capsys.readouterr().err
    assert (tmp_path / "runs.csv").read_bytes() == before


def test_without_a_terminal_a_line_now_and_then_tells_how_far_it_is(capsys, monkeypatch, language):
    from arsim.commands import running

    now = iter(range(0, 4000, 20))
    monkeypatch.setattr(running.time, "monotonic", lambda: float(next(now)))
    with running.Progress("things") as progress:
        progress.continuing(10, 40)
        for done in range(1, 41):
            progress(done, 40)
    first, *lines = capsys.readouterr().err.splitlines()
    assert "10" in first and "40" in first and 5 < len(lines) < 30
    assert "12" in lines[0] and "9" in lines[0]  # two took 40 seconds, so 28 take 9 minutes


def test_the_company_of_a_ledger_is_kept_beside_its_results_and_goes_on_without_the_ledger(tmp_path, capsys):
    ledger, out = tmp_path / "book.csv", tmp_path / "out"
    rows = [
        f"R-{n:03},C{n % 4},2024-{1 + n % 9:02}-05,2024-{2 + n % 9:02}-04,{100 + n}.00,2024-{2 + n % 9:02}-{6 + n % 9:02}"
        for n in range(60)
    ]
    ledger.write_text("\n".join(["Invoice number,Customer,Issue date,Due date,Amount,Paid date", *rows]) + "\n", "utf-8")
    common = ("compare", *POLICIES, "--days", "30", "--out", str(out), "--ledger")
    assert cli.main([*common, str(ledger), "--replications", "2"]) == 0
    before = Company.of(read_ledger(ledger))
    company, currency = read_company(out / COMPANY_FILE)
    assert fingerprint(company) == fingerprint(before) and company.found.gap == before.found.gap and currency == "CNY"
    capsys.readouterr()
    assert cli.main([*common, str(out / COMPANY_FILE), "--replications", "3"]) == 0 and "2 of 3" in capsys.readouterr().err
