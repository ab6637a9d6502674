"""What a search has measured so far: every run by policy and replication, kept in a file if it is to outlive the program."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from arsim.domain.problem import BadInput, Problem
from arsim.study.keep import at_work, unwritable
from arsim.study.lock import hold
from arsim.study.space import Candidate

Job = tuple[int, tuple[Candidate | None, ...]]  # a replication, and whom it is played for
Measure = Callable[[Sequence[Job]], Iterator[np.ndarray]]  # of each job in order, an array of shape (candidates, outcomes)
AT_ONCE = 8  # policies a job holds: its world is dealt once for them. Never by the number of workers, or the file would differ


@dataclass
class Tally:
    """Runs measured, and how many were asked for.

    Parameters
    ----------
    measure : callable
    before : dict
        Runs known from an earlier, interrupted search; taken from here instead of being measured.
    keep : callable, optional
        Told every job that was measured.
    told : callable, optional
        Told how many runs are done.
    """

    measure: Measure
    before: dict[tuple[Candidate | None, int], np.ndarray] = field(default_factory=dict)
    keep: Callable[[Job, np.ndarray], None] | None = None
    told: Callable[[int], None] | None = None
    runs: dict[Candidate | None, dict[int, np.ndarray]] = field(default_factory=dict)
    spent: int = 0

    def need(self, candidates: Iterable[Candidate | None], replications: Sequence[int]) -> None:
        """Have each of `candidates` measured in all `replications`, where it is not yet."""
        candidates, jobs = list(dict.fromkeys(candidates)), []
        for number in replications:
            new = [candidate for candidate in candidates if number not in self.runs.get(candidate, ())]
            jobs += [(number, tuple(new[at : at + AT_ONCE])) for at in range(0, len(new), AT_ONCE)]
        # a job is known wholly or not at all: what was kept differs from what is needed only where a search was cut off
        missing = [(number, names) for number, names in jobs if any((name, number) not in self.before for name in names)]
        for number, names in jobs:
            if (number, names) not in missing:
                self._take(number, names, [self.before[name, number] for name in names])
        for (number, names), found in zip(missing, self.measure(missing) if missing else (), strict=True):
            if self.keep:
                self.keep((number, names), found)
            self._take(number, names, found)

    def _take(self, number: int, names: Sequence[Candidate | None], found: Iterable[np.ndarray]) -> None:
        for name, values in zip(names, found, strict=True):
            self.runs.setdefault(name, {})[number] = np.asarray(values, dtype=float)
        self.spent += len(names)
        if self.told:
            self.told(self.spent)

    def of(self, candidate: Candidate | None, replications: Iterable[int]) -> np.ndarray:
        """Outcomes of a candidate, shape (replications, outcomes)."""
        return np.array([self.runs[candidate][number] for number in replications])


class Kept:
    """A file that grows by one line a job, each on the disk before the next is begun. Its first line says what is searched.

    As long as it is not closed, no other program may work on it.

    Parameters
    ----------
    path : Path
    question : dict
        What the runs depend on; plain data.

    Raises
    ------
    BadInput
        If the file belongs to another question, is damaged, cannot be written, or another program is at work on it.
    """

    def __init__(self, path: Path, question: dict):
        self.path, self.kept = path, 0
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise unwritable(path.parent, error, 0) from None
        try:
            self._begin(question)
        except BaseException:
            self.close()
            raise

    def _begin(self, question: dict) -> None:
        if not hold(self._file):
            raise at_work(self.path.parent)
        lines = self.path.read_bytes().splitlines(keepends=True)
        whole = [line for line in lines if line.endswith(b"\n")]  # one torn by a kill is measured again
        self.before = self._read(whole, question) if whole else {}
        self.kept = len(self.before)
        if len(whole) < len(lines):
            os.ftruncate(self._file, sum(map(len, whole)))
        if not whole:
            self._write(question)

    def close(self) -> None:
        """Leave the file to others."""
        os.close(self._file)

    def _read(self, lines: list[bytes], question: dict) -> dict[tuple[Candidate | None, int], np.ndarray]:
        try:
            asked, *jobs = map(json.loads, lines)
            known = {
                (None if name is None else tuple(name), job["replication"]): np.array(values, dtype=float)
                for job in jobs for name, values in zip(job["policies"], job["outcomes"], strict=True)
            }  # fmt: skip
        except (ValueError, KeyError, TypeError):
            raise BadInput(Problem("The runs kept here cannot be read.", "Choose another folder, or delete the file.",
                                   file=str(self.path))) from None  # fmt: skip
        differs = [key for key in question if not isinstance(asked, dict) or asked.get(key) != json.loads(json.dumps(question[key]))]
        if differs:
            raise BadInput(Problem("The runs kept here are of another search: {differs} differ.",
                                   "Choose another folder, or delete the file to begin anew.", file=str(self.path),
                                   values={"differs": ", ".join(differs)}))  # fmt: skip
        return known

    def __call__(self, job: Job, found: np.ndarray) -> None:
        """Keep what a job brought; floats are written so that they are read back exactly."""
        self._write({"replication": job[0], "policies": job[1], "outcomes": np.asarray(found).tolist()})
        self.kept += len(job[1])

    def _write(self, content: dict) -> None:
        line = json.dumps(content, separators=(",", ":")).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as error:
            raise unwritable(self.path.parent, error, self.kept) from None
